// What happened when: dated sentences on a topic, one entry an event with every place that tells it, undated ones apart. Dates are those of the
// events as the texts give them, never the publication's. An entry quotes a sentence, or the words that name the event.
import { isAboutTopic } from "../../answer/about-topic.ts";
import { candidatesOf, type Candidate } from "../../answer/candidates.ts";
import { tellChecked } from "../../answer/checked-writing.ts";
import { createSourceList, numbersOf, placesOf, type SourceList, type Statement, textOf } from "../../answer/citations.ts";
import { givesAllFigures } from "../../answer/figures.ts";
import { framed, standsAlone } from "../../answer/frame.ts";
import { type EmbedSentences, rankCandidates, type Scored } from "../../answer/relevance.ts";
import { sayTheSame } from "../../answer/select.ts";
import type { Retrieval } from "../../domain.ts";
import { cosineOf } from "../../models/embedder.ts";
import type { Timeline, TimelineEvent } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { modalityOf } from "../../text/negation.ts";
import { carries } from "../../verify/carries.ts";
import { citedFrom } from "../../verify/cited-text.ts";
import { excerptOf, QUOTED, type WriteParts, writtenBy } from "../written-parts.ts";
import { isDeniedPlan, sameEvent, type Telling, tellingsOf } from "./tellings.ts";

/** Either is enough for a dated sentence to belong to the topic. */
const LEAST_COVERAGE = 0.3;
const LEAST_COSINE = 0.33;
const MOST_EVENTS = 40;
const MOST_TOLD_BY = 6;
/** Tellings of an event that a model reads. */
const MOST_READ = 3;
const MOST_UNDATED = 5;
/** Dated sentences compared with each other by meaning. */
const EMBEDDED = 48;
export async function timelineOf(
  topic: string,
  retrieval: Retrieval,
  embed: EmbedSentences,
  writeParts?: WriteParts,
  asker?: string,
): Promise<Timeline> {
  const sources = createSourceList();
  const warnings = [...retrieval.warnings];
  const ranked = await rankCandidates(topic, retrieval.inquiry, candidatesOf(retrieval.passages), embed);
  if (!isAboutTopic(topic, retrieval.inquiry, ranked)) {
    warnings.push("The sources tell nothing of this.");
    return { topic, events: [], undated: [], sources: [], warnings, ...QUOTED };
  }
  const about = ranked.filter(({ coverage, cosine }) => coverage >= LEAST_COVERAGE || cosine >= LEAST_COSINE);
  const tellings = about.flatMap(({ candidate, score }) => tellingsOf(candidate, score));
  const groups = await grouped(
    tellings.filter((telling) => !isDeniedPlan(telling)),
    embed,
  );
  groups.sort((a, b) => bestOf(b) - bestOf(a));
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

async function grouped(tellings: readonly Telling[], embed: EmbedSentences): Promise<Telling[][]> {
  const texts = [...new Set(tellings.map(({ candidate }) => candidate.text))].slice(0, EMBEDDED);
  const vectors = texts.length < 2 ? [] : await embed(texts);
  const vectorOf = new Map(texts.map((text, index) => [text, vectors[index]]));
  const cosine = (a: Telling, b: Telling): number => cosineOf(vectorOf.get(a.candidate.text), vectorOf.get(b.candidate.text));
  const groups: Telling[][] = [];
  // the most precise first, so that "2021" joins "August 2021" and does not join two months
  const sorted = [...tellings].sort((a, b) => b.time.date.length - a.time.date.length || b.score - a.score);
  for (const telling of sorted) {
    const home = groups.find((group) => group.some((other) => sameEvent(telling, other, cosine(telling, other))));
    if (home === undefined) groups.push([telling]);
    else home.push(telling);
  }
  return groups;
}

const bestOf = (group: readonly Telling[]): number => Math.max(...group.map(({ score }) => score));

interface Entry extends Omit<TimelineEvent, "text" | "citations"> {
  statement: Statement;
}

/** The telling that reads best carries the entry: a report, understood alone, with the most precise date. */
function entryOf(group: readonly Telling[]): Entry | null {
  const merit = ({ candidate, time, mention }: Telling): number =>
    time.date.length / 10 -
    (mention === null ? 0 : 2) +
    (standsAlone(candidate.passage, candidate.text) ? 0.5 : 0) -
    (candidate.leans === null ? 0 : 0.6) -
    candidate.words / 200;
  const sorted = [...group].sort((a, b) => merit(b) - merit(a));
  const precise = [...group].sort((a, b) => b.time.date.length - a.time.date.length)[0];
  for (const telling of sorted) {
    const { candidate } = telling;
    const statement = statementOf(telling);
    if (statement === null || precise === undefined) continue;
    const documents = new Set([candidate.passage.document.id]);
    const beside = sorted.flatMap(({ candidate: other, ...rest }) => {
      const { id } = other.passage.document;
      if (documents.has(id) || documents.size >= MOST_TOLD_BY) return [];
      if (!tellsTheSame(textOf(statement), telling, { candidate: other, ...rest })) return [];
      documents.add(id);
      return [other];
    });
    const { date, precision } = precise.time;
    return { date, precision, statement: { ...statement, beside } };
  }
  return null;
}

/** Whether the other's sentence carries the entry: most of its words and its facts, or all of its numbers and a date that agrees. */
function tellsTheSame(text: string, { time }: Telling, { candidate, time: theirs }: Telling): boolean {
  if (carries(text, citedFrom(candidate.passage, candidate.text))) return true;
  const agrees =
    theirs.date.startsWith(time.date) || (time.date.startsWith(theirs.date) && theirs.date.length < time.date.length);
  return agrees && givesAllFigures(text, candidate.text);
}

/** The whole sentence in its frame. Null where it cannot be understood alone, or where it is about another time and names no event of this one. */
function statementOf({ candidate, mention, main }: Telling): Statement | null {
  if (!main && mention === null) return null;
  const { leans, passage, end } = candidate;
  if (leans === null) return framed({ passage, start: candidate.whole, end, whole: candidate.whole }, []);
  if (leans === "missing" || leans.leans !== null || leans.passage !== passage) return null;
  return framed({ passage, start: leans.whole, end, whole: leans.whole }, []);
}

/** Reported events of the topic that no sentence dates. */
function undatedOf(about: readonly Scored[], tellings: readonly Telling[]): Statement[] {
  const dated = new Set(tellings.map(({ candidate }) => candidate));
  const chosen: Candidate[] = [];
  const best = about[0]?.score ?? 0;
  return about.flatMap(({ candidate, score }) => {
    if (chosen.length >= MOST_UNDATED || score < 0.6 * best || dated.has(candidate) || candidate.leans !== null) return [];
    if (!standsAlone(candidate.passage, candidate.text) || modalityOf(candidate.text) !== "fact") return [];
    if ([...dated, ...chosen].some((other) => sayTheSame(other, candidate))) return [];
    chosen.push(candidate);
    return [framed(candidate, [])];
  });
}

const told = (statement: Statement, sources: SourceList): { text: string; citations: number[] } => ({
  text: textOf(statement),
  citations: numbersOf(placesOf(statement), sources),
});
