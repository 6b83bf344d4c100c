// Whether two sentences of different voices tell one matter differently. A sentence that is told is looked at as closely as a claim that is
// checked: over the months of one story, and clause by clause; of the others only what plainly cannot be right together counts.
import { type Contradiction, heldAgainst } from "../briefings/check/contradictions.ts";
import { wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";
import { type Conflict, conflictOf, conflictOverTime, isMereComment } from "./conflict.ts";
import { voiceOf } from "./frame.ts";
import { namesAround, outcomeIn, statementOf } from "./read-once.ts";
import { createRecent } from "./recent.ts";

const LEAST_SHARED = 3;
/** In common with a sentence that is told. */
const LEAST_SHARED_WITH_TOLD = 2;
/** Words from which the front of a sentence, up to its first comma, is a claim of its own. */
const LEAST_CLAIM = 5;

const claims = createRecent<((candidate: Candidate) => Contradiction | null)[]>(50);

/** How closely: in passing, as a sentence that is told, or as one that is asked to be checked, however far apart in time. */
export type Look = "glance" | "told" | "check";

/** Null where both may be right. The first is the one looked at. */
export function opposed(a: Candidate, b: Candidate, look: Look): Conflict | null {
  const told = look !== "glance";
  if (voiceOf(a.passage) === voiceOf(b.passage) || !mayMeet(a, b, told)) return null;
  const other = statementOf(b);
  const around = { a: namesAround(a), b: namesAround(b) };
  const compared = told
    ? firstOf(partsOf(a.text), (text) => conflictOverTime(statementOf({ text, passage: a.passage }), other, around))
    : conflictOf(statementOf(a), other, around);
  const conflict = compared ?? (look === "check" ? contradicted(a, b) : null);
  if (conflict === null) return null;
  const genres = [a, b].map(({ passage }) => passage.document.genre);
  return isMereComment(conflict, [statementOf(a), other], genres) ? null : conflict;
}

/** As `check` finds it of a claim. */
function contradicted(told: Candidate, other: Candidate): Conflict | null {
  if (told.passage.document.id === other.passage.document.id) return null;
  const held = claims(told.text, () => partsOf(told.text).map(heldAgainst));
  const found = firstOf(held, (against) => against(other));
  return found === null || found.judges ? null : found.conflict;
}

/** The sentence, and its front where that is a statement of its own. */
function partsOf(text: string): string[] {
  const [front = ""] = text.split(/,\s/, 1);
  return front.length < text.length && wordsOf(front).length >= LEAST_CLAIM ? [text, `${front}.`] : [text];
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}

/** Cheap test in front of the comparison: two outcomes, or some matter in common. */
function mayMeet(a: Candidate, b: Candidate, told: boolean): boolean {
  let shared = 0;
  for (const stem of a.stems) if (b.stems.has(stem)) shared += 1;
  return shared >= (told ? LEAST_SHARED_WITH_TOLD : LEAST_SHARED) || (outcomeIn(a) !== null && outcomeIn(b) !== null);
}
