// What a model wrote becomes sentences of an answer: each is gated against the places it cites, what fails is left out, sources are numbered.
// It adds no citation and changes no word. What is made of quotations needs no gate (citations.ts).
import type { DroppedSentence, Passage, Sentence, Verdict } from "../domain.ts";
import { quoteOf, type SourceList } from "./citations.ts";
import type { DraftSentence, VerifyDraft } from "./draft.ts";
import type { GateContext } from "./gate/finding.ts";
import { verifyClaim } from "./gate/verify-claim.ts";

export interface Composed {
  sentences: Sentence[];
  dropped: DroppedSentence[];
}

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

/** Gates and cites the drafts, in order. `draftAfter` is asked for the next one with those kept so far, as a frame depends on them. */
export function compose<T>(
  items: readonly T[],
  draftAfter: (item: T, kept: readonly T[]) => DraftSentence,
  gate: VerifyDraft,
  sources: SourceList,
): Composed {
  const composed: Composed = { sentences: [], dropped: [] };
  const kept: T[] = [];
  for (const item of items) {
    const draft = draftAfter(item, kept);
    const verdict = gate(draft);
    if (!verdict.supported) {
      composed.dropped.push({ text: draft.text, reasons: verdict.reasons });
      continue;
    }
    kept.push(item);
    composed.sentences.push({
      text: draft.text,
      citations: [...new Set(draft.citations.map((citation) => sources.cite(citation)))],
      check: { supported: true, score: Math.min(1, Math.max(0, verdict.score)), method: methodOf(draft) },
    });
  }
  return composed;
}

function methodOf({ text, citations }: DraftSentence): string {
  const quotes = citations.map(quoteOf);
  if (quotes.some((quote) => quote.toLowerCase() === text.toLowerCase())) return "verbatim";
  return quotes.some((quote) => text.includes(quote)) ? "framed quote" : "paraphrase";
}

/** What a frame may say of a document without its text saying so. */
function contextOf({ document, speaker, role }: Passage): GateContext {
  const { publisher, author, published, title, genre } = document;
  return { publisher, author, published, title, genre, speaker, role };
}
