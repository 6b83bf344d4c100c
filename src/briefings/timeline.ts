// What happened when: dated sentences on a topic under the time that each is about, one entry an event with every place that tells it, undated ones
// apart. Dates are those of the events as the texts give them, never the publication's. Sentences are whole and verbatim.
import type { Candidate } from "../answer/candidates.ts";
import { tellChecked } from "../answer/checked-writing.ts";
import { createSourceList, numbersOf, placesOf, type SourceList, type Statement, textOf } from "../answer/citations.ts";
import { givesOtherFigures } from "../answer/figures.ts";
import { framed, standsAlone } from "../answer/frame.ts";
import type { EmbedSentences, Scored } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import type { Retrieval } from "../domain.ts";
import { cosineOf } from "../models/embedder.ts";
import type { Timeline, TimelineEvent } from "../results.ts";
import { dateInWords } from "../text/date-words.ts";
import { deniesPlan, type EventTime, findEventTimes } from "../text/event-times.ts";
import { modalityOf } from "../text/negation.ts";
import { isStopWord, wordsOf } from "../text/words.ts";
import { carries } from "../verify/carries.ts";
import { citedFrom } from "../verify/cited-text.ts";
import { chooseSentences, sentencesOn, statementsOf } from "./choose-sentences.ts";
import { excerptOf, QUOTED, type WriteParts, writtenBy } from "./written-parts.ts";

/** One sentence and the time that it is about. */
export interface Telling {
  candidate: Candidate;
  time: EventTime;
  /** The time only places what the sentence tells, or says when it was told. */
  aside: boolean;
  /** Stems of the words around the time expression: what happened then. */
  around: Set<string>;
  /** Relevance of the sentence to the topic. */
  score: number;
}

const MOST_EVENTS = 40;
const MOST_TOLD_BY = 6;
/** Tellings of an event that a model reads. */
const MOST_READ = 3;
/** Undated sentences told, and the share of the best weight that each must reach. */
const UNDATED = { sentences: 5, words: Infinity, worth: 0.6 };
/** Dated sentences compared with each other by meaning. */
const EMBEDDED = 48;
/** Words to either side of a time expression that say what happened then. */
const REACH = 6;
/** Cosine of two sentences from which the same date makes them one event; of a day, and with a word in common around it. */
const ALIKE = { other: 0.68, day: 0.5 };
/** What only places the rest, and who said it. */
const ASIDE =
  /(?:^|,?\s+)(?:after|before|since|when|while|until|as|because|although|following|who|which|where|than|from)\s|,\s+(?=[^,]{2,70}\s(?:said|says|told|announced|reported|confirmed|wrote)\b)|,\s+(?=(?:said|says|told|announced|reported|confirmed|wrote)\b)/giu;

export async function timelineOf(
  topic: string,
  retrieval: Retrieval,
  embed: EmbedSentences,
  writeParts?: WriteParts,
  asker?: string,
): Promise<Timeline> {
  const sources = createSourceList();
  const warnings = [...retrieval.warnings];
  const { ranked: about } = await sentencesOn(topic, retrieval, embed);
  if (about.length === 0) {
    warnings.push("The sources tell nothing of this.");
    return { topic, events: [], undated: [], sources: [], warnings, ...QUOTED };
  }
  const tellings = about.flatMap(({ candidate, score }) => tellingOf(candidate, score) ?? []);
  const groups = await grouped(
    tellings.filter((telling) => !isDeniedPlan(telling)),
    embed,
  );
  const best = (group: readonly Telling[]): number => Math.max(...group.map(({ score }) => score));
  groups.sort((a, b) => best(b) - best(a));
  if (groups.length > MOST_EVENTS) warnings.push(`The ${MOST_EVENTS} events nearest to the topic of ${groups.length} are shown.`);
  const entries = groups.slice(0, MOST_EVENTS).flatMap((group) => entryOf(group) ?? []);
  entries.sort((a, b) => a.date.localeCompare(b.date) || a.precision.localeCompare(b.precision));
  const parts = entries.map(({ date, statement }) => ({
    lead: dateInWords(date),
    passages: placesOf(statement).slice(0, MOST_READ).map(excerptOf),
  }));
  const wrote =
    parts.length === 0 ? undefined : await writeParts?.({ kind: "Timeline", parts, topic, asOf: retrieval.filter.asOf, asker });
  const events = entries.map(({ statement, ...entry }, at): TimelineEvent => {
    const [line] = wrote?.parts[at]?.sentences ?? [];
    return { ...entry, ...(line === undefined ? told(statement, sources) : tellChecked(line, [], sources)) };
  });
  const undated = undatedOf(about, tellings).map((statement) => told(statement, sources));
  if (events.length === 0) warnings.push("No source gives a day, month or year for what it tells of this.");
  warnings.push(...(wrote?.warnings ?? []));
  return { topic, events, undated, sources: sources.list(), warnings, ...writtenBy(wrote) };
}

/** Under the first of its times that stands in its main clause, else the first; null where it gives none. */
export function tellingOf(candidate: Candidate, score: number): Telling | null {
  const { text, passage } = candidate;
  const all = findEventTimes(text, passage.document.published);
  // "the third this year" beside "on Thursday": the day is when it happened
  const times = all.filter(({ date }) => !all.some((other) => other.date.length > date.length && other.date.startsWith(date)));
  const main = times.find((one) => !isAside(text, one));
  const time = main ?? times[0];
  if (time === undefined) return null;
  // a comma ends what the time belongs to
  const before =
    text
      .slice(0, time.start)
      .split(/[,;:.]\s/u)
      .at(-1) ?? "";
  const [after = ""] = text.slice(time.end).split(/[,;:.]\s/u);
  const words = [...wordsOf(before).slice(-REACH), ...wordsOf(after).slice(0, REACH)];
  const around = words.flatMap(({ folded, stem }) => (isStopWord(folded) || /\d/.test(folded) ? [] : [stem]));
  return { candidate, time, aside: main === undefined, around: new Set(around), score };
}

function isAside(text: string, { start }: EventTime): boolean {
  const last = [...text.matchAll(ASIDE)].findLast((match) => match.index <= start);
  return last !== undefined && !/,\s/.test(text.slice(last.index + last[0].length, start));
}

/** Nothing is to happen then: the sentence says that nothing is planned for a time that was to come. */
function isDeniedPlan({ candidate, time }: Telling): boolean {
  const { published } = candidate.passage.document;
  const past = published !== null && time.date < published.slice(0, time.date.length);
  return !past && deniesPlan(candidate.text, time.start, time.end);
}

async function grouped(tellings: readonly Telling[], embed: EmbedSentences): Promise<Telling[][]> {
  const texts = [...new Set(tellings.map(({ candidate }) => candidate.text))].slice(0, EMBEDDED);
  const vectors = texts.length < 2 ? [] : await embed(texts);
  const vectorOf = new Map(texts.map((text, index) => [text, vectors[index]]));
  const cosine = (a: Telling, b: Telling): number => cosineOf(vectorOf.get(a.candidate.text), vectorOf.get(b.candidate.text));
  const groups: Telling[][] = [];
  // the most precise first, so that "2021" joins "August 2021" and does not join two months
  for (const telling of tellings.toSorted((a, b) => b.time.date.length - a.time.date.length || b.score - a.score)) {
    const home = groups.find((group) => group.some((other) => sameEvent(telling, other, cosine(telling, other))));
    if (home === undefined) groups.push([telling]);
    else home.push(telling);
  }
  return groups;
}

/** Whether two tellings are of one event: dates that can be the same, and the same matter. `cosine`: of their sentences. */
export function sameEvent(a: Telling, b: Telling, cosine: number): boolean {
  if (!compatible(a.time, b.time)) return false;
  const shared = [...a.around].filter((stem) => b.around.has(stem)).length;
  // what only places the rest is one event with what is told in the same words
  if (a.aside || b.aside) return shared >= 2;
  if (givesOtherFigures(a.candidate.text, b.candidate.text)) return false;
  if (sayTheSame(a.candidate, b.candidate)) return true;
  // a day holds fewer events than a month or a year
  const oneDay = a.time.precision === "day" && a.time.date === b.time.date;
  return oneDay ? cosine >= ALIKE.other || (shared >= 1 && cosine >= ALIKE.day) : shared >= 2 && cosine >= ALIKE.other;
}

function compatible(a: EventTime, b: EventTime): boolean {
  if (a.date.startsWith(b.date) || b.date.startsWith(a.date)) return true;
  const within = (one: EventTime, range: EventTime): boolean =>
    range.until !== null && one.precision === "day" && one.date >= range.date && one.date <= range.until;
  return within(a, b) || within(b, a);
}

interface Entry extends Omit<TimelineEvent, "text" | "citations"> {
  statement: Statement;
}

/** The telling that reads best carries the entry: a report, understood alone, with the most precise date. Null where none can be. */
function entryOf(group: readonly Telling[]): Entry | null {
  const merit = ({ candidate, time, aside }: Telling): number =>
    time.date.length / 10 -
    (aside ? 1 : 0) +
    (standsAlone(candidate.passage, candidate.text) ? 0.5 : 0) -
    (candidate.leans === null ? 0 : 0.6) -
    candidate.words / 200;
  const sorted = group.toSorted((a, b) => merit(b) - merit(a));
  const [precise] = group.toSorted((a, b) => b.time.date.length - a.time.date.length);
  const [first] = sorted.flatMap((telling) => {
    const statement = statementOf(telling.candidate);
    return statement === null ? [] : [{ telling, statement }];
  });
  if (first === undefined || precise === undefined) return null;
  const documents = new Set([first.telling.candidate.passage.document.id]);
  const beside = sorted.flatMap((other) => {
    const { id } = other.candidate.passage.document;
    if (
      documents.has(id) ||
      documents.size >= MOST_TOLD_BY ||
      !carries(textOf(first.statement), citedFrom(other.candidate.passage, other.candidate.text))
    )
      return [];
    documents.add(id);
    return [other.candidate];
  });
  const { date, precision } = precise.time;
  return { date, precision, statement: { ...first.statement, beside } };
}

/** The whole sentence in its frame, with the one that it leans on; null where it cannot be understood alone. */
function statementOf({ leans, passage, whole, end }: Candidate): Statement | null {
  if (leans === null) return framed({ passage, start: whole, end, whole }, []);
  if (leans === "missing" || leans.leans !== null || leans.passage !== passage) return null;
  return framed({ passage, start: leans.whole, end, whole: leans.whole }, []);
}

/** Reported events of the topic that no sentence dates. */
function undatedOf(about: readonly Scored[], tellings: readonly Telling[]): Statement[] {
  const others = about.filter(
    ({ candidate }) =>
      candidate.leans === null &&
      standsAlone(candidate.passage, candidate.text) &&
      modalityOf(candidate.text) === "fact" &&
      !tellings.some((dated) => sayTheSame(dated.candidate, candidate)),
  );
  return statementsOf(chooseSentences(others, UNDATED));
}

const told = (statement: Statement, sources: SourceList): { text: string; citations: number[] } => ({
  text: textOf(statement),
  citations: numbersOf(placesOf(statement), sources),
});
