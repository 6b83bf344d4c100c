// Two sentences of different days: does the later one change what the earlier one told, dispute it, or repeat it? Cautious in both directions.
import type { Candidate } from "../../answer/candidates.ts";
import { conflictOf } from "../../answer/contradictions.ts";
import { sayTheSame } from "../../answer/select.ts";
import { carries } from "../../verify/carries.ts";
import { citedFrom } from "../../verify/cited-text.ts";

const BRINGS_NEWS =
  /\b(?:now|has|have|since then|later|revised|updated|corrected|by then|in the end|final(?:ly)?|no longer|rose to|risen to|raised|resumed|reopened)\b/i;

/** Null where the two may both be right. */
export function kindOf(earlier: Candidate, later: Candidate): "changed" | "disputed" | null {
  const conflict = conflictOf(earlier, later);
  if (conflict === null) return null;
  const [a, b] = [earlier.passage.document, later.passage.document];
  const follows = a.published !== null && b.published !== null && a.published.slice(0, 10) < b.published.slice(0, 10);
  const reports = [earlier, later].every(({ passage }) => passage.document.genre === "report" && passage.speaker === null);
  if (!follows || !reports || conflict.kind === "denial") return "disputed";
  return conflict.kind === "outcome" && !BRINGS_NEWS.test(later.text) ? "disputed" : "changed";
}

/** One earlier sentence says the same, or carries it. */
export function wasTold(candidate: Candidate, old: readonly Candidate[]): boolean {
  return old.some((other) => sayTheSame(other, candidate) || carries(candidate.text, citedFrom(other.passage, other.text)));
}
