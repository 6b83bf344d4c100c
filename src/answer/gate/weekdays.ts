// Weekdays and relative days ("on Friday", "yesterday") as the calendar days they mean beside a publication date. Pure.
import { DAY_MS } from "../../text/date-words.ts";

/** The days that a sentence published on `published` can mean by its weekdays and relative words, as ISO dates. */
export function daysMeant(sentence: string, weekdays: readonly number[], published: string): string[] {
  const base = Date.parse(`${published.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(base)) return [];
  const day = (offset: number): string => new Date(base + offset * DAY_MS).toISOString().slice(0, 10);
  const days: string[] = [];
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/i.test(sentence)) days.push(day(0));
  if (/\b(?:yesterday|last night)\b/i.test(sentence)) days.push(day(-1));
  if (/\btomorrow\b/i.test(sentence)) days.push(day(1));
  for (const weekday of weekdays) {
    for (let offset = -7; offset <= 7; offset += 1) {
      if (new Date(base + offset * DAY_MS).getUTCDay() === weekday) days.push(day(offset));
    }
  }
  return days;
}
