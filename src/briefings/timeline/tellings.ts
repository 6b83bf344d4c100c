// A telling: one sentence that gives one time. Finds them and says which of them tell the same event. Reads; words nothing.
import type { Candidate } from "../../answer/candidates.ts";
import { givesOtherFigures } from "../../answer/figures.ts";
import { sayTheSame } from "../../answer/select.ts";
import type { Span } from "../../domain.ts";
import { type EventTime, findEventTimes } from "../../text/event-times.ts";
import { deniesPlan } from "../../text/event-times.ts";
import { isStopWord, wordsOf } from "../../text/words.ts";
import { mainTime } from "./main-time.ts";
import { mentionedEvent } from "./mentioned-event.ts";

export interface Telling {
  candidate: Candidate;
  time: EventTime;
  /** Relevance of the sentence to the topic. */
  score: number;
  /** Stems of the words around the time expression: what happened then. */
  around: Set<string>;
  /** Where the sentence only mentions what happened then: the words that name it, as positions in its text. */
  mention: Span | null;
  /** The sentence is about this one of its times. */
  main: boolean;
}

/** Words to either side of a time expression that say what happened then. */
const REACH = 6;
const CLAUSE_END = /[,;:.]$/;
const DATE_WORD =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|year|month|week|day|early|late|since|last|past|next|recent)$/;
/** Cosine of two sentences from which the same date makes them one event. */
const ALIKE = 0.68;
/** With a word in common around the date. */
const NEAR = 0.5;

export function tellingsOf(candidate: Candidate, score: number): Telling[] {
  const all = findEventTimes(candidate.text, candidate.passage.document.published);
  // "the third this year" beside "on Thursday": the day is when it happened
  const times = all.filter(({ date }) => !all.some((other) => other.date.length > date.length && other.date.startsWith(date)));
  if (times.length === 0) return [];
  const main = mainTime(candidate.text, times);
  const words = wordsOf(candidate.text);
  return times.map((time) => {
    const before = words.filter((word) => word.end <= time.start).slice(-REACH);
    const after = words.filter((word) => word.start >= time.end).slice(0, REACH);
    // a comma ends what the time belongs to
    const from = before.findLastIndex(
      (word) => CLAUSE_END.test(candidate.text.slice(word.end, word.end + 1)) && word.end < time.start - 2,
    );
    const to = after.findIndex((word) => CLAUSE_END.test(candidate.text.slice(word.end, word.end + 1)));
    const near = [...before.slice(from + 1), ...(to === -1 ? after : after.slice(0, to + 1))];
    const mention = mentionedEvent(candidate.text, time);
    const around = new Set(
      (mention === null ? near : words.filter((word) => word.start >= mention.start && word.end <= mention.end))
        .filter((word) => !isStopWord(word.folded) && !/\d/.test(word.folded) && !DATE_WORD.test(word.folded))
        .map((word) => word.stem),
    );
    return { candidate, time, score, around, mention, main: time === main };
  });
}

/** Nothing is to happen then: the sentence says that nothing is planned for a time that was to come. */
export function isDeniedPlan({ candidate, time }: Telling): boolean {
  const { published } = candidate.passage.document;
  const past = published !== null && time.date < published.slice(0, time.date.length);
  return !past && deniesPlan(candidate.text, time.start, time.end);
}

/** Whether two tellings are of one event: dates that can be the same, and the same matter. `cosine`: of their sentences. */
export function sameEvent(a: Telling, b: Telling, cosine: number): boolean {
  if (!compatible(a.time, b.time)) return false;
  if (a.candidate === b.candidate) return a.time.date === b.time.date;
  const shared = [...a.around].filter((stem) => b.around.has(stem)).length;
  // what is mentioned is one event with what is told or mentioned in the same words
  if (a.mention !== null || b.mention !== null) return shared >= 2;
  if (givesOtherFigures(a.candidate.text, b.candidate.text)) return false;
  if (sayTheSame(a.candidate, b.candidate)) return true;
  if (a.time.date !== b.time.date) return shared >= 2 && cosine >= ALIKE;
  // a day holds fewer events than a month or a year
  return a.time.precision === "day"
    ? cosine >= ALIKE || (shared >= 1 && cosine >= NEAR) || shared >= 3
    : shared >= 2 && cosine >= ALIKE;
}

function compatible(a: EventTime, b: EventTime): boolean {
  if (a.date.startsWith(b.date) || b.date.startsWith(a.date)) return true;
  const within = (one: EventTime, range: EventTime): boolean =>
    range.until !== null && one.precision === "day" && one.date >= range.date && one.date <= range.until;
  return within(a, b) || within(b, a);
}
