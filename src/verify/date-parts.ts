// Dates as a text gives them, part by part (a claim may leave out the year, or the weekday), and the days that its relative words mean.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS, MONTH_FORMS, monthNumber, WEEKDAYS } from "../text/date-words.ts";
import { findDates } from "../text/dates.ts";
import { findEventTimes } from "../text/event-times.ts";
import { findPeriods } from "../text/periods.ts";

export interface DateParts extends Span {
  text: string;
  year: number | null;
  month: number | null;
  day: number | null;
  /** 0 Sunday … 6 Saturday, where the text names it. */
  weekday: number | null;
}

const LOOSE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(${MONTH_FORMS})|(${WEEKDAYS.join("|")})s?|((?:1[1-9]|20)\d{2}))(?![\p{L}\p{N}]|[.,]\d|%)`,
  "giu",
);
const MONTH_LEAD =
  /(?:^|\s)(?:in|of|by|since|until|from|to|and|last|this|next|early|late|mid|during|through|for|between|before|after)[\s-]+$/i;

/** Whatever stands there: a date in full, a day and month, a month, a year, a weekday. In order of place, not overlapping. */
export function statedDates(text: string): DateParts[] {
  const found = findDates(text, "2001-06-15").map(({ start, end, value, inferred }): DateParts => {
    const parts = { ...partsOf(value), weekday: null };
    return { start, end, text: text.slice(start, end), ...parts, year: inferred ? null : parts.year };
  });
  for (const match of text.matchAll(LOOSE)) {
    const [words, month, weekday, year] = match;
    const [start, end] = [match.index, match.index + words.length];
    const day = weekday === undefined ? null : (WEEKDAYS.indexOf(weekday.toLowerCase()) + 1) % 7;
    const covering = found.find((date) => start < date.end + 3 && date.start < end + 3 && (start < date.end || day !== null));
    if (covering !== undefined) {
      covering.weekday ??= day;
      continue;
    }
    if (month !== undefined && !isMonth(text, start, month)) continue;
    if (year !== undefined && !isYear(text, start, end)) continue;
    const parts = { year: year === undefined ? null : Number(year), month: monthNumber(month ?? ""), day: null, weekday: day };
    found.push({ start, end, text: words, ...parts });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** "up from 20 a year ago": the same month of the year before is spoken of, too. */
const YEAR_BEFORE =
  /\b(?:a|one|the) year (?:ago|earlier|before)\b|\b(?:in|from|than) the (?:previous|prior) year\b|\byear[- ](?:on|over)[- ]year\b/i;
/** Days of the longest stretch whose ends are told, "last week". */
const WEEK = 8;

/** The days that words like "yesterday", "on Monday" or "last month" mean beside the day of publication. */
export function meantDates(text: string, published: Dated | null): DateParts[] {
  if (published === null || published.length < 10) return [];
  const times = findEventTimes(text, published);
  const days = times.flatMap(({ date, until }) => (until === null ? [date] : [date, until]));
  if (YEAR_BEFORE.test(text)) days.push(...days.map((date) => `${Number(date.slice(0, 4)) - 1}${date.slice(4, 7)}`));
  for (const { since, until, relative, start, end } of findPeriods(text, new Date(`${published.slice(0, 10)}T12:00:00Z`))) {
    const isDay = times.some((time) => time.precision === "day" && start <= time.start && time.end <= end);
    if (relative && !isDay && since !== null && until !== null && Date.parse(until) - Date.parse(since) < WEEK * DAY_MS)
      days.push(since, until);
  }
  const base = Date.parse(`${published.slice(0, 10)}T00:00:00Z`);
  const now = Number(published.slice(0, 4));
  // a month without a year may be the nearest one, whatever the words around it look to
  for (const { year, month, day } of statedDates(text)) {
    if (year !== null || month === null) continue;
    const apart = (when: number): number => Math.abs(Date.UTC(when, month - 1, day ?? 15) - base);
    const [near = now] = [now - 1, now, now + 1].sort((a, b) => apart(a) - apart(b));
    days.push([near, month, ...(day === null ? [] : [day])].map((part) => String(part).padStart(2, "0")).join("-"));
  }
  return days.map((date) => {
    const weekday = date.length < 10 ? null : new Date(date).getUTCDay();
    return { start: 0, end: 0, text: date, ...partsOf(date), weekday };
  });
}

function partsOf(date: Dated): Pick<DateParts, "year" | "month" | "day"> {
  const [year = null, month = null, day = null] = date.slice(0, 10).split("-").map(Number);
  return { year, month, day };
}

/** With its capital only; "May" and "March" are words as well. */
function isMonth(text: string, start: number, month: string): boolean {
  if (month === month.toLowerCase()) return false;
  return (
    !/^(?:may|march|mar|jan|sep|dec|august|april|june)$/i.test(month) ||
    MONTH_LEAD.test(text.slice(Math.max(0, start - 10), start))
  );
}

/** Four digits that cannot count anything. */
function isYear(text: string, start: number, end: number): boolean {
  if (/[$€£¥₹#]\s?$|\d[,.]?$/.test(text.slice(Math.max(0, start - 2), start))) return false;
  return (
    !/^\s?(?:%|per cent|percent|[a-z]{4,}s\b(?<!was|has|does))/.test(text.slice(end, end + 30)) ||
    /\b(?:in|since|by|until|of|from)\s$/i.test(text.slice(Math.max(0, start - 7), start))
  );
}
