// "What happened in June 2021?": sentences whose own time lies in the period that was asked for, whenever they were published. Framed
// and cited like every sentence of an answer. It looks at the passages it is given; an empty result says that none of them dates anything there.
import { type Candidate, candidatesOf } from "../answer/candidates.ts";
import { cited, createSourceList } from "../answer/citations.ts";
import { framedInOrder } from "../answer/frame.ts";
import { MOST_SENTENCES, sayTheSame } from "../answer/select.ts";
import type { Dated, Inquiry, Retrieval, Sentence, Source } from "../domain.ts";
import { lastDay } from "../text/date-words.ts";
import { findEventTimes, type EventTime } from "../text/event-times.ts";
import { modalityOf } from "../text/negation.ts";
import { contentWords, isStopWord, wordsOf } from "../text/words.ts";

const HAPPENING =
  /\b(?:what(?: all)?(?: else)? (?:happened|occurred|took place|went on|was going on|has happened|had happened|is going on|is known|was reported|do (?:the )?(?:sources|documents) (?:say|tell|report)|came to pass)|what (?:were|are) the (?:main |key |major |important )?(?:events|news|developments|incidents)|(?:which|what) (?:events|things|incidents|developments) (?:happened|occurred|took place|were there)|(?:any|the) (?:events|news|developments|incidents)|events|did anything happen)\b/i;
const ASKING = new Set(
  "happen occur take place go event news development incident main key major important know report source document say tell thing come pass anything".split(
    " ",
  ),
);

/** Whether the question asks what happened in a period that it names. */
export function asksForEvents({ text, period }: Inquiry): boolean {
  return period !== null && HAPPENING.test(text);
}

/** What the question says besides the asking and the period: the topic, as stems; empty where it asks for all that happened. */
function topicOf({ text, period }: Inquiry): string[] {
  const rest = text.replace(HAPPENING, " ").replace(period?.text ?? "", " ");
  const stems = contentWords(rest)
    .filter(({ folded, stem }) => !ASKING.has(stem) && !ASKING.has(folded) && !/^\d+(?:st|nd|rd|th)?$/.test(folded))
    .map(({ stem }) => stem);
  return [...new Set(stems)];
}

export function eventsIn(retrieval: Retrieval): { sentences: Sentence[]; sources: Source[] } {
  const { inquiry, passages } = retrieval;
  const { since, until } = inquiry.period ?? { since: null, until: null };
  const topic = topicOf(inquiry);
  const within = candidatesOf(passages, true).flatMap((candidate) => {
    if (candidate.leans !== null || modalityOf(candidate.text) === "possible") return [];
    const { document } = candidate.passage;
    const times = findEventTimes(candidate.text, document.published).filter((time) => lies(time, since, until));
    const [time] = times;
    if (time === undefined || !sharesTopic(candidate, topic)) return [];
    return [{ candidate, time }];
  });
  const chosen: { candidate: Candidate; time: EventTime }[] = [];
  // the most precise first; a sentence about something else that only mentions the year comes last
  for (const entry of within.sort((a, b) => b.time.date.length - a.time.date.length || a.candidate.rank - b.candidate.rank)) {
    if (chosen.length >= MOST_SENTENCES) break;
    if (!chosen.some((other) => sayTheSame(other.candidate, entry.candidate))) chosen.push(entry);
  }
  chosen.sort((a, b) => a.time.date.localeCompare(b.time.date));
  const sources = createSourceList();
  const statements = framedInOrder(chosen.map(({ candidate }) => candidate));
  return { sentences: statements.map((statement) => cited(statement, sources)), sources: sources.list() };
}

/** Whether the time lies in the period; what is only dated to a year is not known to lie in one of its months. */
function lies({ date, until: last }: EventTime, since: Dated | null, until: Dated | null): boolean {
  const [from, to] = [date, last ?? lastDay(date)];
  const first = from.length === 10 ? from : from.length === 7 ? `${from}-01` : `${from}-01-01`;
  const inside = (since === null || first >= since) && (until === null || to <= until);
  // a range of days that reaches into the period
  return inside || (last !== null && (since === null || last >= since) && (until === null || first <= until));
}

function sharesTopic({ stems, around, passage }: Candidate, topic: readonly string[]): boolean {
  if (topic.length === 0) return true;
  const title = new Set(
    wordsOf(passage.document.title ?? "")
      .filter((word) => !isStopWord(word.folded))
      .map(({ stem }) => stem),
  );
  const held = topic.filter((stem) => stems.has(stem));
  return held.length > 0 && topic.every((stem) => stems.has(stem) || around.has(stem) || title.has(stem));
}
