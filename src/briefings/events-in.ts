// "What happened in June 2021?": sentences whose own time lies in the period that was asked for, whenever they were published. Framed
// and cited like every sentence of an answer. It looks at the passages it is given; an empty result says that none of them dates anything there.
import { candidatesOf } from "../answer/candidates.ts";
import { cited, createSourceList } from "../answer/citations.ts";
import { framedInOrder } from "../answer/frame.ts";
import { MOST_SENTENCES, sayTheSame } from "../answer/select.ts";
import type { Inquiry, Retrieval, Sentence, Source } from "../domain.ts";
import { firstDay, lastDay } from "../text/date-words.ts";
import { findEventTimes, type EventTime } from "../text/event-times.ts";
import { modalityOf } from "../text/negation.ts";
import { contentWords } from "../text/words.ts";

const HAPPENING =
  /\b(?:what(?: all| else)* (?:(?:has |had |was |is )?(?:happened|occurred|took place|went on|going on|known|reported|came to pass)|do (?:the )?(?:sources|documents) (?:say|tell|report))|(?:(?:what|which)(?: were| are)? |any |the )*(?:main |key |major |important )?(?:events|news|developments|incidents)(?: happened| occurred| took place| were there)?|did anything happen)\b/i;

/** Whether the question asks what happened in a period that it names. */
export function asksForEvents({ text, period }: Inquiry): boolean {
  return period !== null && HAPPENING.test(text);
}

export function eventsIn({ inquiry, passages }: Retrieval): { sentences: Sentence[]; sources: Source[] } {
  const { text: question, period } = inquiry;
  const asked = question.replace(HAPPENING, " ").replace(period?.text ?? "", " ");
  // empty where all that happened is asked for
  const topic = contentWords(asked).flatMap(({ folded, stem }) => (/^\d+(?:st|nd|rd|th)?$/.test(folded) ? [] : [stem]));
  const within = candidatesOf(passages, true).flatMap((candidate) => {
    const { text, passage, stems, around, leans } = candidate;
    if (leans !== null || modalityOf(text) === "possible") return [];
    const [time] = findEventTimes(text, passage.document.published).filter((one) => period !== null && lies(one, period));
    const title = new Set(contentWords(passage.document.title ?? "").map(({ stem }) => stem));
    const isAbout = topic.length === 0 || topic.some((stem) => stems.has(stem));
    if (time === undefined || !isAbout) return [];
    return topic.every((stem) => stems.has(stem) || around.has(stem) || title.has(stem)) ? [{ candidate, time }] : [];
  });
  const chosen: typeof within = [];
  // the most precise first; a sentence about something else that only mentions the year comes last
  for (const one of within.sort((a, b) => b.time.date.length - a.time.date.length || a.candidate.rank - b.candidate.rank)) {
    if (chosen.length >= MOST_SENTENCES) break;
    if (!chosen.some((other) => sayTheSame(other.candidate, one.candidate))) chosen.push(one);
  }
  chosen.sort((a, b) => a.time.date.localeCompare(b.time.date));
  const sources = createSourceList();
  const statements = framedInOrder(chosen.map(({ candidate }) => candidate));
  return { sentences: statements.map((statement) => cited(statement, sources)), sources: sources.list() };
}

/** Whether the time lies in the period, or its range of days reaches into it; what is only dated to a year is not known to lie in one of its months. */
function lies({ date, until: last }: EventTime, { since, until }: NonNullable<Inquiry["period"]>): boolean {
  const [from, to] = [firstDay(date), last ?? lastDay(date)];
  const [begins, ends] = last === null ? [from, to] : [to, from];
  return (since === null || begins >= since) && (until === null || ends <= until);
}
