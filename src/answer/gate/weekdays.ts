// Weekdays and relative days ("on Friday", "yesterday") as the calendar days they mean beside a publication date. Pure.
import { DAY_MS } from "../../language/date-words.ts";
import type { DateMention } from "./date-mentions.ts";

type Parts = Pick<DateMention, "year" | "month" | "day">;

/** The ISO day of a date whose missing year another mention supplies; null when it is no full date. */
export function isoOf(date: Parts, other: Parts): string | null {
  const year = date.year ?? other.year;
  if (year === null || date.month === null || date.day === null) return null;
  return `${String(year).padStart(4, "0")}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
}

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
