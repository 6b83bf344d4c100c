// Where one value is asked for and documents on the same matter give different ones: the sentence of each that answers, with its value.
// What both documents say is no difference; what only one says, in the sentence that answers, and the other says otherwise, is.
import type { Inquiry } from "../domain.ts";
import { attributionsOf } from "../text/attribution.ts";
import { findNames } from "../text/names.ts";
import { findQuantities } from "../text/numbers.ts";
import { sameName } from "../text/same-name.ts";
import { fold, isStopWord, wordsOf } from "../text/words.ts";
import { answerKind } from "./asked-for.ts";
import type { Candidate } from "./candidates.ts";
import { rivals, sameMood, sameValue, type Value, type ValueKind, valuesOf } from "./given-values.ts";
import { rankAnswers, type Reading } from "./rank-answers.ts";
import type { Scored } from "./relevance.ts";

/** A question, or one part of it, with its sentences, best first. */
export interface RankedPart {
  question: string;
  ranked: readonly Scored[];
}

export interface GivenAnswer {
  candidate: Candidate;
  value: Value;
}

/** Documents that are held against the one that answers, those that share most with it first; each costs some ten sentences to read. */
const OTHERS = 2;
/** Names and numbers that two documents on one matter share, the question's own left out; three rare words stand for one. */
const SHARED = 2;
const WORDS_FOR_ONE = 3;
/** A number of this size or less is in any two texts. */
const SMALL = 12;
/** Share of the score of a side's best sentence with a value that another one must reach. */
const WORTH = 0.5;
/** Share of the best sentence's score that the other side's must reach. */
const FROM = 0.25;
/** The other side's sentence is one of so many that answer best of all that was read: what stands further down merely holds such a value. */
const BEST = 14;

const OUTCOME =
  /\bhow (?:did|does|do|has|have) .{2,80} (?:turn out|end|go|vote|rule|decide)\b|\bwhat (?:was|is) the (?:outcome|result)\b/i;

/** A follow-up that stands beside the question before, "who (What happened there)", asks for no one value of either. */
function valueAsked(question: string): ValueKind | null {
  if (/\(.+\)\W*$/.test(question)) return null;
  const kind = answerKind(question);
  if (kind === "yes/no" || OUTCOME.test(question)) return "outcome";
  return kind === "number" || kind === "date" || kind === "person" || kind === "place" ? kind : null;
}

/** `lead`: the sentence that answers best. One pair for each document that has it otherwise. */
export async function rivalAnswers(
  { question, ranked: all }: RankedPart,
  inquiry: Inquiry,
  lead: Candidate | undefined,
  candidates: readonly Candidate[],
  reading: Reading,
): Promise<[GivenAnswer, GivenAnswer][]> {
  const kind = valueAsked(question);
  if (kind === null || lead === undefined) return [];
  const best = new Set(all.slice(0, BEST).map(({ candidate }) => candidate));
  const documents = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { id } = candidate.passage.document;
    documents.set(id, [...(documents.get(id) ?? []), candidate]);
  }
  const home = documents.get(lead.passage.document.id) ?? [];
  const found: [GivenAnswer, GivenAnswer][] = [];
  for (const other of onSameMatter(question, home, [...documents.values()])) {
    // both tell of one matter: what it is need not stand in the other one's title
    const { title } = lead.passage.document;
    const ranked = await rankAnswers(question, inquiry, [...home, ...other], { ...reading, title });
    const [ours, theirs] = [answering(question, kind, home, other, ranked), answering(question, kind, other, home, ranked)];
    // a sentence that answers far worse speaks of something else
    const least = FROM * (ranked[0]?.score ?? 0);
    let closest = 0;
    let pair: [GivenAnswer, GivenAnswer] | null = null;
    for (const one of ours)
      for (const two of theirs) {
        if (two.score < least || !best.has(two.candidate)) continue;
        const score = one.score + two.score;
        if (score <= closest || !rivals(one.value, two.value)) continue;
        if (!sameMood([one.candidate.text, two.candidate.text], [one.value, two.value])) continue;
        [closest, pair] = [score, [one, two]];
      }
    if (pair !== null) found.push(pair);
  }
  return found;
}

type Answering = GivenAnswer & { score: number };

/** Values of the kind in the sentences of one side that answer best, which only this side gives. Days next to the publication come first. */
function answering(
  question: string,
  kind: ValueKind,
  side: readonly Candidate[],
  other: readonly Candidate[],
  ranked: readonly Scored[],
): Answering[] {
  const asked = kind === "outcome" ? [] : valuesOf(question, kind, null);
  const ahead = AHEAD.test(question);
  const held = holdings(other, kind, ahead);
  const own = new Set(side);
  const holding = ranked
    .filter(({ candidate, sure }) => sure !== undefined && own.has(candidate))
    .flatMap(({ candidate, score }) => {
      const values = valuesIn(candidate, kind, ahead).filter((value) => !asked.some((one) => sameValue(one, value)));
      return values.length === 0 ? [] : [{ candidate, score, values }];
    });
  const least = WORTH * (holding[0]?.score ?? 0);
  return holding
    .filter(({ score }) => score >= least)
    .flatMap(({ candidate, score, values }) =>
      values.filter((value) => !held(value)).map((value) => ({ candidate, score, value })),
    );
}

const AHEAD = /^\W*(?:when|on what day|what day) (?:will|does|do|is|are)\b/i;

/** Where what is to come is asked for, a day without a year is the next such day. */
function valuesIn({ text, passage }: Candidate, kind: ValueKind, ahead: boolean): Value[] {
  const day = passage.document.published?.slice(0, 10) ?? null;
  const { author, publisher } = passage.document;
  // who only speaks of a matter is not who it was
  const voices = [author, publisher, passage.speaker, ...attributionsOf(text).map((attribution) => attribution.speaker)];
  const told = valuesOf(text, kind, day).filter(
    (value) => !voices.some((who) => who !== null && (sameName(who, value.text) || who.includes(value.text))),
  );
  const values = told.map((value): Value => {
    if (
      value.kind !== "date" ||
      !ahead ||
      day === null ||
      /\d{4}/.test(value.text) ||
      value.time.date >= day.slice(0, value.time.date.length)
    )
      return value;
    const { date } = value.time;
    return { ...value, time: { ...value.time, date: `${Number(date.slice(0, 4)) + 1}${date.slice(4)}` } };
  });
  const apart = (value: Value): number =>
    value.kind === "date" && day !== null ? Math.abs(Date.parse(value.time.date) - Date.parse(day)) : 0;
  return values.sort((a, b) => apart(a) - apart(b));
}

/** Whether a document says a value, wherever and in whatever form. */
function holdings(side: readonly Candidate[], kind: ValueKind, ahead: boolean): (value: Value) => boolean {
  const values = side.flatMap((candidate) => valuesIn(candidate, kind, ahead));
  const words = new Set(
    side.flatMap(({ text, passage }) => wordsOf(`${passage.document.title ?? ""}. ${text}`).map(({ folded }) => folded)),
  );
  const isNamed = (name: string): boolean =>
    wordsOf(name).some(({ folded }) => folded.length > 2 && !isStopWord(folded) && words.has(folded));
  return (value) =>
    values.some((one) => sameValue(one, value)) || ((value.kind === "person" || value.kind === "place") && isNamed(value.text));
}

function onSameMatter(question: string, home: readonly Candidate[], documents: readonly Candidate[][]): Candidate[][] {
  const asked = detailsOf(question);
  const stems = new Set(wordsOf(question).map(({ stem }) => stem));
  const [mine, words] = [detailsIn(home), stemsIn(home)];
  const holding = new Map<string, number>();
  for (const one of documents) for (const stem of stemsIn(one)) holding.set(stem, (holding.get(stem) ?? 0) + 1);
  return documents
    .filter((other) => other[0]?.passage.document.id !== home[0]?.passage.document.id)
    .map((other) => {
      const details = [...detailsIn(other)].filter((one) => mine.has(one) && !asked.has(one));
      const rare = [...stemsIn(other)].filter((stem) => words.has(stem) && !stems.has(stem) && holding.get(stem) === 2);
      return { other, shared: details.length + Math.floor(rare.length / WORDS_FOR_ONE) };
    })
    .filter(({ shared }) => shared >= SHARED)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, OTHERS)
    .map(({ other }) => other);
}

/** Names and numbers: what two accounts of one event have in common, whatever their words. */
function detailsOf(text: string): Set<string> {
  return new Set([
    ...findNames(text).flatMap(({ words }) => words.map(fold)),
    ...findQuantities(text).flatMap(({ weak, value, kind, unit }) =>
      weak || kind === "ordinal" || kind === "year" || (unit === null && value <= SMALL) ? [] : [`${value} ${unit ?? ""}`],
    ),
  ]);
}

const detailsIn = (side: readonly Candidate[]): Set<string> =>
  new Set(side.flatMap(({ text, passage }) => [...detailsOf(`${passage.document.title ?? ""}. ${text}`)]));
const stemsIn = (side: readonly Candidate[]): Set<string> => new Set(side.flatMap(({ stems }) => [...stems]));
