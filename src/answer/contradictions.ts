// Where the sources tell the same matter differently: each side quoted, dated and cited. It takes no side; a later report is called later
// only where it says that it brings something new. Asked for one value, it holds the sentences that answer against each other; else sentences
// of the same wording that differ in a number, an ending or a denial.
import type { Disagreement, Inquiry, Passage, Side, Source } from "../domain.ts";
import { DAY_MS, dateInWords } from "../text/date-words.ts";
import { findNames } from "../text/names.ts";
import { deniedStems } from "../text/negation.ts";
import type { Quantity } from "../text/numbers.ts";
import { isStopWord, wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";
import { cited, type SourceList } from "./citations.ts";
import { attributed, isView } from "./frame.ts";
import { rivals, sameMood, sameValue, type ValueKind, valuesOf } from "./given-values.ts";
import type { Reading } from "./rank-answers.ts";
import { type RankedPart, rivalAnswers } from "./rival-answers.ts";

export type ConflictKind = ValueKind | "denial";

export interface Conflict {
  kind: ConflictKind;
  /** What differs, as each side writes it; empty where it is no single word or value. */
  words: [a: string, b: string];
}

interface Told {
  candidate: Candidate;
  word: string;
}

/** One matter and its sides, the earliest first. */
export interface Contradiction {
  kind: ConflictKind;
  sides: Told[];
}

/** Share of the shorter sentence's matter that the other one must hold, and the same for a denial, which has no value to show it. */
const ALIGNED = 0.4;
const CLOSELY = 0.6;
/** Share of the best sentence's score from which a sentence speaks of what is asked: what others differ in besides is nobody's question. */
const ASKED = 0.7;
/** How many times over two counts in sentences that are worded alike may differ. */
const OF_ONE = 10;
/** Names and matter that two accounts of how something ended have in common. */
const MATTER = 2;
/** Days after which another value is the newer one, and after which it is another matter. */
const WEEKS = 30;
const LONG_AGO = 200;
/** Best sentences that others are held against, told or not, and how many of those. */
export const LOOKED_INTO = 5;
const COMPARED = 90;
const MOST = 3;
const MOST_SIDES = 3;

/** What the documents answer differently where a question asks for one value; else, or with it, what others tell otherwise than the answer. */
export async function contradictionsFor(
  inquiry: Inquiry,
  parts: readonly RankedPart[],
  chosen: readonly Candidate[],
  candidates: readonly Candidate[],
  reading: Reading,
): Promise<Contradiction[]> {
  const found: Contradiction[] = [];
  for (const [at, part] of parts.entries())
    for (const pair of await rivalAnswers(part, inquiry, chosen[at] ?? chosen[0], candidates, reading))
      found.push({
        kind: pair[0].value.kind,
        sides: byDate(pair.map(({ candidate, value }) => ({ candidate, word: value.text }))),
      });
  if (found.some(({ kind }) => kind !== "outcome")) return merged(found);
  const near = new Set(
    parts.flatMap(({ ranked }) =>
      ranked.filter(({ score }) => score >= ASKED * (ranked[0]?.score ?? 0)).map(({ candidate }) => candidate),
    ),
  );
  const others = contradictionsOf(chosen.slice(0, LOOKED_INTO), candidates);
  // how a matter ended is told by all who tell of it
  const asked = others.filter(({ kind, sides }) => kind === "outcome" || sides.every(({ candidate }) => near.has(candidate)));
  return merged([...found, ...asked]);
}

/** What others tell otherwise than the chosen sentences. */
export function contradictionsOf(chosen: readonly Candidate[], others: readonly Candidate[]): Contradiction[] {
  const found = chosen.flatMap((one) =>
    others.slice(0, COMPARED).flatMap((other): Contradiction[] => {
      const conflict = conflictOf(one, other);
      if (conflict === null) return [];
      const sides = [one, other].map((candidate, at) => ({ candidate, word: conflict.words[at] ?? "" }));
      return [{ kind: conflict.kind, sides: byDate(sides) }];
    }),
  );
  const closeness = ({ sides: [a, b] }: Contradiction): number =>
    a === undefined || b === undefined ? 0 : [...a.candidate.stems].filter((stem) => b.candidate.stems.has(stem)).length;
  return merged(newestFirst(found.sort((a, b) => closeness(b) - closeness(a))));
}

/** Null where the two may both be right, or stand in one document. */
export function conflictOf(a: Candidate, b: Candidate): Conflict | null {
  if (a.passage.document.id === b.passage.document.id) return null;
  const shared = [...matterOf(a)].filter((stem) => b.stems.has(stem));
  const aligned = shared.length / Math.max(1, Math.min(matterOf(a).size, matterOf(b).size));
  if (shared.length < MATTER || !sameYear(a, b) || daysApart(a, b) > LONG_AGO) return null;
  if (aligned >= ALIGNED) {
    const number = rivalValue("number", a, b, aligned >= CLOSELY);
    if (number !== null) return number;
  }
  // an opinion of how something went is no other account of what a report tells
  if (isView(a.passage) !== isView(b.passage)) return null;
  if (shared.length > MATTER || findNames(a.text).some(({ words }) => words.every((word) => namesIn(b).has(word)))) {
    const ending = rivalValue("outcome", a, b);
    if (ending !== null) return ending;
  }
  return aligned >= CLOSELY && (denies(a, b) || denies(b, a)) ? { kind: "denial", words: ["", ""] } : null;
}

export function tellContradictions(found: readonly Contradiction[], sources: SourceList): Disagreement[] {
  return found.map(({ kind, sides }) => ({
    about: aboutOf(kind, sides),
    sides: sides.map(({ candidate }): Side => {
      const { text, citations } = cited(attributed(candidate), sources);
      return { text, citations, published: candidate.passage.document.published };
    }),
    note: noteOf(kind, sides),
  }));
}

/** The statement that is to lead an answer, where a later one brings its matter up to date, and what is told with it. */
export function leadingOf(
  inquiry: Inquiry,
  chosen: readonly Candidate[],
  found: readonly Contradiction[],
): { lead: Candidate; chosen: Candidate[] } | null {
  const [first] = chosen;
  if (first === undefined) return null;
  for (const { sides } of found) {
    const pair = supersedingOf(sides);
    if (pair === null || !pair.some((side) => overlaps(side, first))) continue;
    const lead = pair.findLast((side) => isOf(inquiry, side));
    if (lead === undefined) continue;
    // what stands around the other statement is of its day as well
    const other = (lead === pair[1] ? pair[0] : pair[1]).passage.document.id;
    return { lead, chosen: [lead, ...chosen.filter((one) => one.passage.document.id !== other && !overlaps(one, lead))] };
  }
  return null;
}

/** Without what merely changed in the course of months, where the question asks neither for now nor for one of the two times. */
export function ofInterest(inquiry: Inquiry, found: readonly Contradiction[]): Contradiction[] {
  return found.filter(({ kind, sides }) => {
    const pair = supersedingOf(sides);
    const updated = pair !== null && kind !== "denial" && daysApart(...pair) > WEEKS && !CORRECTS.test(headed(pair[1]));
    return !updated || pair.some((side) => isOf(inquiry, side));
  });
}

/** Whether a citation rests on the sentence. */
export function isCited({ passage, start, end }: Candidate, sources: readonly Source[]): boolean {
  return sources.some((source) => source.document.id === passage.document.id && source.start < end && start < source.end);
}

/** `closely`: the two are worded alike, so that what they count is the same, however far apart. */
function rivalValue(kind: "number" | "outcome", a: Candidate, b: Candidate, closely = false): Conflict | null {
  const [left, right] = [a, b].map(({ text, passage }) => valuesOf(text, kind, passage.document.published));
  const only = (own: typeof left, other: typeof left): NonNullable<typeof left> =>
    (own ?? []).filter((value) => !(other ?? []).some((known) => sameValue(known, value)));
  for (const one of only(left, right))
    for (const other of only(right, left)) {
      if (kind === "outcome" && !endsTheSame(a, one.text, b, other.text)) continue;
      if (!rivals(one, other, closely ? OF_ONE : undefined) || !sameMood([a.text, b.text], [one, other])) continue;
      if (one.kind === "number" && other.kind === "number" && !closely && !countsAlike(one.quantity, other.quantity)) continue;
      return { kind, words: [one.text, other.text] };
    }
  return null;
}

const countsAlike = (one: Quantity, other: Quantity): boolean =>
  one.unit !== null || one.counts.some((base) => other.counts.includes(base));

/** Words around an ending that say what ended. */
const AROUND = 90;

function endsTheSame(a: Candidate, wordA: string, b: Candidate, wordB: string): boolean {
  const [one, other] = [
    [a.text, wordA],
    [b.text, wordB],
  ].map(([text = "", word = ""]) => {
    const at = text.indexOf(word);
    const around = `${text.slice(Math.max(0, at - AROUND), at)} ${text.slice(at + word.length, at + word.length + AROUND)}`;
    return wordsOf(around).flatMap(({ raw, folded, stem }) => (isStopWord(folded) || /^\p{Lu}/u.test(raw) ? [] : [stem]));
  });
  return one?.some((stem) => other?.includes(stem)) === true;
}

const matterOf = ({ stems }: Candidate): Set<string> => new Set([...stems].filter((stem) => !/\d/.test(stem)));
const namesIn = ({ text }: Candidate): Set<string> => new Set(findNames(text).flatMap(({ words }) => words));

/** What the one denies the other says of the same. */
function denies(a: Candidate, b: Candidate): boolean {
  const other = deniedStems(b.text);
  return [...deniedStems(a.text)].some((stem) => b.stems.has(stem) && !other.has(stem));
}

function sameYear(a: Candidate, b: Candidate): boolean {
  const years = ({ text }: Candidate): string[] => text.match(/\b(?:19|20)\d\d\b/g) ?? [];
  const [one, other] = [years(a), years(b)];
  return one.length === 0 || other.length === 0 || one.some((year) => other.includes(year));
}

/** Outcomes of one matter together, one side for each; one sentence takes part in one disagreement. */
function merged(found: readonly Contradiction[]): Contradiction[] {
  const kept: Contradiction[] = [];
  for (const one of found) {
    const shares = kept.find(({ sides }) =>
      sides.some((side) => one.sides.some(({ candidate }) => overlaps(side.candidate, candidate))),
    );
    if (shares === undefined) {
      if (kept.length < MOST) kept.push({ ...one, sides: [...one.sides] });
      continue;
    }
    const { kind } = one;
    if (shares.kind !== kind || kind === "denial") continue;
    for (const side of one.sides) {
      const at = shares.sides.findIndex(({ word }) => saysTheSame(kind, word, side.word));
      const known = shares.sides[at];
      // of two that say the same the dated one
      if (known === undefined) shares.sides.push(side);
      else if (dayOf(known.candidate) === "" && dayOf(side.candidate) !== "") shares.sides[at] = side;
    }
    shares.sides = byDate(shares.sides.slice(0, MOST_SIDES));
  }
  return kept;
}

const saysTheSame = (kind: ValueKind, a: string, b: string): boolean =>
  valuesOf(a, kind, null).some((one) => valuesOf(b, kind, null).some((other) => sameValue(one, other)));

const dayOf = ({ passage }: Candidate): string => passage.document.published?.slice(0, 10) ?? "";
const byDate = (sides: readonly Told[]): Told[] =>
  [...sides].sort((a, b) => dayOf(a.candidate).localeCompare(dayOf(b.candidate)));
const daysApart = (a: Candidate, b: Candidate): number => Math.abs(Date.parse(dayOf(a)) - Date.parse(dayOf(b))) / DAY_MS || 0;
const headed = ({ passage, text }: Candidate): string => `${passage.document.title ?? ""}.\n${text}`;

/** What brings a matter up to date in front, the newest first; the others stay in their order. */
function newestFirst(found: readonly Contradiction[]): Contradiction[] {
  const day = ({ sides }: Contradiction): string => {
    const pair = supersedingOf(sides);
    return pair === null ? "" : dayOf(pair[1]);
  };
  return [...found].sort((a, b) => day(b).localeCompare(day(a)));
}

const CORRECTS = /\b(?:correct(?:s|ed|ion)|retract(?:s|ed|ion)|withdr[ae]wn?|error|mistake(?:n|nly)?|not)\b/i;
/** What a later report says that brings a matter up to date. */
export const BRINGS_NEWS =
  /\b(?:now|has since|have since|since then|later|revised|updated|correct(?:s|ed|ion)|retract(?:s|ed|ion)|withdrawn|by then|in the end|final(?:ly)?|meanwhile|no longer|rose to|risen to|raised (?:the|its)|resumed|reopened)\b/i;
/** A report, or an unlabelled text of a house. */
const isReport = ({ document, speaker }: Passage): boolean =>
  document.genre === "report" || (document.genre === null && document.publisher !== null && speaker === null);

/** Earlier and later of two reports, the later of which says that it is news, or comes when weeks have gone by. */
function supersedingOf(sides: readonly Told[]): [earlier: Candidate, later: Candidate] | null {
  const [before, last] = sides.map(({ candidate }) => candidate);
  if (before === undefined || last === undefined || sides.length > 2 || dayOf(before) === "" || dayOf(before) >= dayOf(last))
    return null;
  if (![before, last].every(({ passage }) => isReport(passage))) return null;
  return BRINGS_NEWS.test(headed(last)) || daysApart(before, last) > WEEKS ? [before, last] : null;
}

const PRESENT = /\b(?:is|are|am|does|do|has|have|can|now|current(?:ly)?|latest|newest|today|still)\b|['’]s\b/i;
const PAST = /\b(?:was|were|did|had|ago|last|earlier|previous(?:ly)?|before|first|known|reported|said|told)\b/i;

/** "What is the fare?" is of now, "what was it in May?" of May. */
function isOf({ text, period }: Inquiry, side: Candidate): boolean {
  if (period === null) return PRESENT.test(text) && !PAST.test(text);
  const { since, until } = period;
  const day = side.passage.document.published;
  return day !== null && (since === null || day >= since) && (until === null || day.slice(0, until.length) <= until);
}

function overlaps(a: Candidate, b: Candidate): boolean {
  return a.passage.document.id === b.passage.document.id && a.start < b.end && b.start < a.end;
}

const WHAT: Record<ConflictKind, string> = {
  number: "the number",
  date: "the date",
  person: "who it was",
  place: "the place",
  outcome: "how it went",
  denial: "whether it is so",
};

/** What differs, and in what matter: the longest run of words that both tell, with only small words between. */
function aboutOf(kind: ConflictKind, [first, second]: readonly Told[]): string {
  const text = first?.candidate.text ?? "";
  let best = "";
  const shared = wordsOf(text).filter(({ stem, folded }) => !isStopWord(folded) && second?.candidate.stems.has(stem) === true);
  for (const [at, from] of shared.entries())
    for (const to of shared.slice(at)) {
      const run = text.slice(from.start, to.end);
      const words = run.split(/\s+/);
      const small = words.every((word) => isStopWord(word.toLowerCase()) || shared.some(({ raw }) => word.startsWith(raw)));
      // "talks between Pakistan" is cut before "and Afghanistan"
      const cut = /^(?:-|['’]s|\s+(?:and|or|of|[\p{Lu}\d]))/u.test(text.slice(to.end));
      if (small && !cut && words.length <= 8 && run.length > best.length && !/[.;:!?“”"]/.test(run)) best = run;
    }
  return /(?:^|\s)\p{Ll}/u.test(best) ? `${WHAT[kind]}: ${best}` : WHAT[kind];
}

/** "The later report says …" only where the later one plainly brings something new; otherwise who says what, and that it is open. */
function noteOf(kind: ConflictKind, sides: readonly Told[]): string {
  const shown = ({ candidate }: Told): string => dateInWords(candidate.passage.document.published ?? "undated");
  const named = kind !== "denial" && sides.every(({ word }) => word !== "");
  const [before, last] = sides;
  if (before === undefined || last === undefined || supersedingOf(sides) === null)
    return `Not settled: ${sides.map((side) => (named ? `“${side.word}” (${shown(side)})` : shown(side))).join(", ")}.`;
  return named
    ? `The later report (${shown(last)}) says “${last.word}”; the earlier one (${shown(before)}) said “${before.word}”.`
    : `The later report (${shown(last)}) says otherwise than the earlier one (${shown(before)}).`;
}
