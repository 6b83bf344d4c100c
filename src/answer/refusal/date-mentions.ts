// Dates as a statement gives them, part by part: a claim may leave out the year that the source has, or the weekday. Pure.
import type { Span } from "../../domain.ts";
import { findDates } from "../../text/dates.ts";

export interface DateMention extends Span {
  text: string;
  year: number | null;
  month: number | null;
  day: number | null;
  /** 0 Sunday … 6 Saturday, where the text names it. */
  weekday: number | null;
}

const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const LOOSE =
  /(?<![\p{L}\p{N}])(?:(January|February|March|April|May|June|July|August|September|October|November|December|Sept|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(sunday|monday|tuesday|wednesday|thursday|friday|saturday)s?|((?:1[1-9]|20)\d{2}))(?![\p{L}\p{N}]|[.,]\d|%)/giu;

/** A cheap look before the costly one. */
const DATED =
  /\d[-/.]\d|\d{4}|\d\D{0,8}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\p{L}*\.?\D{0,5}\d/iu;

/** A date in full, a day and month, a month, a year, a weekday: whatever stands there. In order of place, not overlapping. */
export function findDateMentions(sentence: string): DateMention[] {
  const found: DateMention[] = [];
  if (DATED.test(sentence)) {
    for (const date of findDates(sentence, "2001-06-15")) {
      const [year = "", month = "", day = ""] = date.value.slice(0, 10).split("-");
      found.push({
        start: date.start,
        end: date.end,
        text: sentence.slice(date.start, date.end),
        year: date.inferred ? null : Number(year),
        month: month === "" ? null : Number(month),
        day: day === "" ? null : Number(day),
        weekday: null,
      });
    }
  }
  for (const match of sentence.matchAll(LOOSE)) {
    const [text, month, weekday, year] = match;
    const [start, end] = [match.index, match.index + text.length];
    const covering = found.find((date) => start < date.end && date.start < end);
    const day = weekday === undefined ? null : WEEKDAYS.indexOf(weekday.toLowerCase());
    if (covering !== undefined) {
      covering.weekday ??= day;
      continue;
    }
    // a month only with its capital, "may" and "march" are verbs as well; four digits only where they cannot count anything
    if (month !== undefined && !isMonthName(sentence, start, month)) continue;
    if (year !== undefined && !isYear(sentence, start, end)) continue;
    found.push({
      start,
      end,
      text,
      year: year === undefined ? null : Number(year),
      month: month === undefined ? null : MONTHS.findIndex((name) => name.startsWith(month.toLowerCase().slice(0, 3))) + 1,
      day: null,
      weekday: day,
    });
  }
  return merge(found.sort((a, b) => a.start - b.start));
}

/** "Friday" next to "31 October" is one date. */
function merge(dates: DateMention[]): DateMention[] {
  const kept: DateMention[] = [];
  for (const date of dates) {
    const last = kept[kept.length - 1];
    const near = last !== undefined && date.start - last.end <= 3;
    if (near && last.weekday !== null && last.day === null && last.month === null && date.day !== null && date.weekday === null) {
      kept[kept.length - 1] = { ...date, start: last.start, text: `${last.text}, ${date.text}`, weekday: last.weekday };
    } else kept.push(date);
  }
  return kept;
}

function isMonthName(sentence: string, start: number, month: string): boolean {
  const lower = month.toLowerCase();
  if (month === lower) return month.length > 4 && !/^(?:march|august)$/.test(lower);
  if (!/^(?:may|march|mar|jan|sep|dec|august|april|june)$/.test(lower)) return true;
  const before = sentence.slice(Math.max(0, start - 10), start);
  return /(?:^|\s)(?:in|of|by|since|until|from|to|and|last|this|next|early|late|mid|during|through|between|before|after)[\s-]+$/i.test(
    before,
  );
}

function isYear(sentence: string, start: number, end: number): boolean {
  if (/[$€£¥₹#]\s?$|\d[,.]?$/.test(sentence.slice(Math.max(0, start - 2), start))) return false;
  return (
    !/^\s?(?:%|per cent|percent|[a-z]{4,}s\b(?<!was|has|does))/.test(sentence.slice(end, end + 30)) ||
    /\b(?:in|since|by|until|of|from)\s$/i.test(sentence.slice(Math.max(0, start - 7), start))
  );
}

/** Whether the source's date may be the claim's: no part differs. Parts that the claim adds must come from `years` or the calendar. */
export function sameDate(claim: DateMention, source: DateMention, years: ReadonlySet<number>): boolean {
  if (claim.day !== null && (source.day !== claim.day || source.month !== claim.month)) return false;
  if (claim.month !== null && source.month !== claim.month) return false;
  if (claim.year !== null && source.year !== null && source.year !== claim.year) return false;
  if (claim.year !== null && source.year === null && !(claim.month !== null && years.has(claim.year))) return false;
  if (claim.weekday === null) return true;
  if (source.weekday !== null) return source.weekday === claim.weekday;
  const iso = isoOf(source, claim);
  return iso !== null && new Date(`${iso}T00:00:00Z`).getUTCDay() === claim.weekday;
}

type Parts = Pick<DateMention, "year" | "month" | "day">;

/** The ISO day of a date whose missing year another mention supplies; null when it is no full date. */
export function isoOf(date: Parts, other: Parts): string | null {
  const year = date.year ?? other.year;
  if (year === null || date.month === null || date.day === null) return null;
  return `${String(year).padStart(4, "0")}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
}
