// Whether two sentences of different voices tell one matter differently. A sentence that is told is looked at as closely as a claim that is
// checked: over the months of one story, and clause by clause; of the others only what plainly cannot be right together counts.
import { findNames } from "../language/names.ts";
import { wordsOf } from "../language/words.ts";
import type { Candidate } from "./candidates.ts";
import { type Contradiction, heldAgainst } from "./check/contradictions.ts";
import { type Conflict, conflictOf, conflictOverTime, isMereComment, ofOneStory } from "./conflict.ts";
import { voiceOf } from "./frame.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { createRecent } from "./recent.ts";
import { readStatement, type Statement } from "./statement.ts";

const LEAST_SHARED = 3;
/** In common with a sentence that is told. */
const LEAST_SHARED_WITH_TOLD = 2;
/** Words from which the front of a sentence, up to its first comma, is a claim of its own. */
const LEAST_CLAIM = 5;

const statements = createRecent<Statement>(3000);
const outcomes = createRecent<Outcome | null>(6000);
const names = createRecent<string[]>(2000);
const claims = createRecent<((candidate: Candidate) => Contradiction | null)[]>(50);

export function statementOf({ text, passage }: Candidate): Statement {
  const { published } = passage.document;
  return statements(`${published}\n${text}`, () => readStatement(text, published));
}

/** Names in a passage and its title. */
export function surroundings({ passage }: Candidate): string[] {
  const text = `${passage.document.title ?? ""}.\n${passage.text}`;
  return names(text, () => [...new Set(findNames(text).map((name) => name.text))]);
}

/** How closely: in passing, as a sentence that is told, or as one that is asked to be checked, however far apart in time. */
export type Look = "glance" | "told" | "check";

/** Null where both may be right. The first is the one looked at. */
export function opposed(a: Candidate, b: Candidate, look: Look): Conflict | null {
  const told = look !== "glance";
  if (voiceOf(a.passage) === voiceOf(b.passage) || !mayMeet(a, b, told)) return null;
  const [one, other] = [statementOf(a), statementOf(b)];
  const around = { a: surroundings(a), b: surroundings(b) };
  const compare = told ? conflictOverTime : conflictOf;
  const conflict =
    compare(one, other, around) ?? (told && (look === "check" || ofOneStory(one, other)) ? contradicted(a, b) : null);
  if (conflict === null) return null;
  const genres = [a, b].map(({ passage }) => passage.document.genre);
  return isMereComment(conflict, [one, other], genres) ? null : conflict;
}

/** As `check` finds it of a claim: the sentence as a whole, or its front. */
function contradicted(told: Candidate, other: Candidate): Conflict | null {
  if (told.passage.document.id === other.passage.document.id) return null;
  const held = claims(told.text, () => claimsOf(told.text).map(heldAgainst));
  for (const against of held) {
    const found = against(other);
    if (found !== null && !found.judges) return found.conflict;
  }
  return null;
}

function claimsOf(text: string): string[] {
  const [front = ""] = text.split(/,\s/, 1);
  return front.length < text.length && wordsOf(front).length >= LEAST_CLAIM ? [text, `${front}.`] : [text];
}

/** Cheap test in front of the comparison: two outcomes, or some matter in common. */
function mayMeet(a: Candidate, b: Candidate, told: boolean): boolean {
  let shared = 0;
  for (const stem of a.stems) if (b.stems.has(stem)) shared += 1;
  return (
    shared >= (told ? LEAST_SHARED_WITH_TOLD : LEAST_SHARED) ||
    (outcomes(a.text, () => outcomeOf(a.text)) !== null && outcomes(b.text, () => outcomeOf(b.text)) !== null)
  );
}
