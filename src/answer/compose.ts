// The gate for claims with their places, as the check of a text asks it.
import type { Passage, Verdict } from "../domain.ts";
import { quoteOf } from "./citations.ts";
import type { VerifyDraft } from "./draft.ts";
import type { GateContext } from "./gate/finding.ts";
import { verifyClaim } from "./gate/verify-claim.ts";

/** The gate for drafts: the quotes are the source; what is known of each cited document is context, one document at a time. */
export const gateDraft: VerifyDraft = (draft) => {
  const source = draft.citations.map(quoteOf).join("\n");
  let best: Verdict = { supported: false, score: 0, reasons: ["it cites nothing"] };
  for (const { passage } of draft.citations) {
    const verdict = verifyClaim(draft.text, source, { context: contextOf(passage) });
    if (verdict.supported) return verdict;
    if (verdict.score >= best.score) best = verdict;
  }
  return best;
};

/** What a frame may say of a document without its text saying so. */
function contextOf({ document, speaker, role }: Passage): GateContext {
  const { publisher, author, published, title, genre } = document;
  return { publisher, author, published, title, genre, speaker, role };
}
