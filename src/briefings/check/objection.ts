// When the gate's objection to a claim is a contradiction: the sentence is about the very matter of the claim, and what differs is a number,
// a date, an outcome or a "not". A different name or a missing word alone never contradicts.
import type { Candidate } from "../../answer/candidates.ts";
import type { Finding } from "../../answer/gate/finding.ts";
import type { GateVerdict } from "../../answer/gate/verify-claim.ts";
import { readStatement } from "../../answer/statement.ts";
import { findNames } from "../../text/names.ts";
import { areOpposite, findNegations } from "../../text/polarity.ts";
import { sameName } from "../../text/same-name.ts";
import { baseOf, wordsOf } from "../../text/words.ts";
import { matterOf, SAME_MATTER, shareHeld } from "./matter.ts";

export const NOT = /\b(?:not|no|never|nobody|none|nothing|without)\b|n[’']t\b/i;
/** Refusals in two words, which the gate does not read as such. */
const REFUSED = /\b(?:turn(?:ed|s)? down|voted against|struck down|call(?:ed|s)? off|rule[ds]? out|thr[eo]wn? out)\b/i;

/** "did not inspect", "the failure of the town to inspect" */
export function bothDeny(claim: string, text: string): boolean {
  const denied = (one: string): string[] => {
    const { denied } = readStatement(one, null);
    return [...denied, ...failures(one)];
  };
  const own = denied(text);
  return denied(claim).some((base) => own.includes(base));
}

/** Verbs below nouns of denial: "the failure to pay". */
function failures(text: string): string[] {
  const words = wordsOf(text);
  return findNegations(text, words).flatMap(({ kind, from, to }) =>
    kind === "denial" ? words.slice(from, to).map((word) => baseOf(word.folded)) : [],
  );
}

/** Full names from the passage whose surname alone stands in the sentence. */
export function introduced({ passage, text }: Candidate): string[] {
  const full = findNames(passage.text).filter((name) => name.certain && name.words.length > 1);
  const own = findNames(text).filter((name) => name.words.length === 1);
  return full.flatMap((name) => (own.some((other) => sameName(other.text, name.text)) ? [name.text] : []));
}

/** What differs; null where the sentence does not contradict the claim. */
export function objectionTo(claim: string, candidate: Candidate, verdict: GateVerdict): Finding | null {
  const { text, passage } = candidate;
  if (verdict.findings.some((finding) => finding.about === "name" || finding.about === "role" || finding.about === "quote"))
    return null;
  const [wanted, own] = [matterOf(claim), matterOf(text)];
  const opposite = wanted.plain.some((base) => own.plain.some((other) => areOpposite(base, other)));
  // a verb of refusal in the claim alone ("opposed") may be the source's "voted against"
  const denied =
    !REFUSED.test(claim) && (NOT.test(claim) !== NOT.test(text) || findNegations(text).some(({ kind }) => kind === "denial"));
  const decisive = verdict.findings.find(
    ({ kind, about }) =>
      kind === "contradicted" &&
      (about === "number" || about === "date" || ((about === "negation" || about === "outcome") && (opposite || denied))),
  );
  if (decisive === undefined || (decisive.about === "negation" && bothDeny(claim, text))) return null;
  const title = matterOf([passage.document.title, ...introduced(candidate)].join(" ; "));
  const about =
    wanted.plain.length > 0 &&
    shareHeld(wanted.plain, own, true) >= SAME_MATTER &&
    shareHeld(wanted.named, { plain: own.plain, named: [...own.named, ...title.plain, ...title.named] }) >= SAME_MATTER;
  return about ? decisive : null;
}
