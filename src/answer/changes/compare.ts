// Two sentences of different days: does the later one change what the earlier one told, dispute it, or repeat it? Cautious in both directions.
import { DAY_MS } from "../../language/date-words.ts";
import { findNames } from "../../language/names.ts";
import type { Candidate } from "../candidates.ts";
import { conflictOf, isMereComment } from "../conflict.ts";
import { verifyClaim } from "../gate/verify-claim.ts";
import { sayTheSame } from "../select.ts";
import { readStatement, type Statement } from "../statement.ts";

const BRINGS_NEWS =
  /\b(?:now|has|have|since then|later|revised|updated|corrected|by then|in the end|final(?:ly)?|no longer|rose to|risen to|raised|resumed|reopened)\b/i;
/** Beyond this a different value belongs to another time. */
const SAME_STORY_DAYS = 200;
/** What the comparison itself takes as one time. */
const NEAR_DAYS = 45;

/** Null where the two may both be right. */
export function kindOf(earlier: Candidate, later: Candidate): "changed" | "disputed" | null {
  const [a, b] = [earlier.passage.document, later.passage.document];
  if (a.id === b.id) return null;
  const days = a.published === null || b.published === null ? 0 : daysBetween(a.published, b.published);
  if (days > SAME_STORY_DAYS) return null;
  const [told, tells] = [readStatement(earlier.text, a.published), readStatement(later.text, b.published)];
  const undated = (statement: Statement): Statement => (days > NEAR_DAYS ? { ...statement, published: null } : statement);
  const conflict = conflictOf(undated(told), undated(tells), { a: namesAround(earlier), b: namesAround(later) });
  if (conflict === null || isMereComment(conflict, [told, tells], [a.genre, b.genre])) return null;
  const follows = a.published !== null && b.published !== null && a.published.slice(0, 10) < b.published.slice(0, 10);
  const reports = [earlier, later].every(({ passage }) => passage.document.genre === "report" && passage.speaker === null);
  if (!follows || !reports || conflict.kind === "denial") return "disputed";
  return conflict.kind === "outcome" && !BRINGS_NEWS.test(later.text) ? "disputed" : "changed";
}

/** One earlier sentence says the same, or carries it. */
export function wasTold(candidate: Candidate, old: readonly Candidate[]): boolean {
  return old.some(
    (other) =>
      sayTheSame(other, candidate) ||
      verifyClaim(candidate.text, other.text, { context: { published: other.passage.document.published } }).supported,
  );
}

function namesAround({ passage }: Candidate): string[] {
  return findNames(`${passage.document.title ?? ""}.\n${passage.text}`).map((name) => name.text);
}

function daysBetween(a: string, b: string): number {
  return Math.abs(Date.parse(a.slice(0, 10)) - Date.parse(b.slice(0, 10))) / DAY_MS;
}
