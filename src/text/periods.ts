// Stretches of time that a question speaks of ("in September", "since Monday", "last week"), resolved against a given now.
// Whole calendar days of UTC; a year that is not said is the most recent one that has begun. Pure; it does not judge what the period is for.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS, dayNumber, isoDay, lastDay, MONTH_FORMS, MONTH_NAMES, monthNumber, WEEKDAYS, weekdayOf } from "./date-words.ts";
import { findDates } from "./dates.ts";

export interface Period extends Span {
  /** First and last day, `YYYY-MM-DD`, inclusive; null where that side is open. */
  since: string | null;
  until: string | null;
  /** As it stands in the text, with its preposition. */
  text: string;
  /** It is counted from now ("last week", "yesterday"): its words name no date that a text would repeat. */
  relative: boolean;
}

/** Days as counts, so that arithmetic has no time zone. */
type Days = readonly [first: number, last: number];

/** Which days the words mean, or null where they are no date after all. */
interface Reading {
  today: number;
  /** No later than this where no year is said. */
  latest: number;
  /** A preposition or a partner vouches for a bare month, year or season. */
  sure: boolean;
}

interface Moment extends Span {
  relative: boolean;
  days(reading: Reading): Days | null;
}

const SEASONS: Readonly<Record<string, number>> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 };
const COUNTS = "one two three four five six seven eight nine ten eleven twelve".split(" ");
/** Months in each of the longer units. */
const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12, decade: 120 };

const MONTH = `(?:${MONTH_FORMS})\\.?`;
const YEAR = String.raw`(?:1[89]|20)\d\d`;
const COUNT = String.raw`(?:\d{1,3}|an?|couple\s+of|few|several|${COUNTS.join("|")})`;
const UNIT = String.raw`(?:hour|day|week|weekend|fortnight|month|quarter|year|decade)`;
const PART = String.raw`(?:(?:the\s+)?(?<part>early|mid|late|beginning\s+of|middle\s+of|end\s+of)[\s-]+)?`;

type Groups = Readonly<Record<string, string | undefined>>;
type Read = (groups: Groups, reading: Reading, words: string) => Days | null;

const CALENDAR: readonly (readonly [pattern: string, read: Read])[] = [
  [
    String.raw`(?:the\s+)?(?<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?<of>quarter|half)(?:\s+of)?\s+(?<year>${YEAR})`,
    partOfYear,
  ],
  [String.raw`(?<of>q|h)(?<nth>[1-4])(?:\s+of)?\s+(?<year>${YEAR})`, partOfYear],
  [String.raw`(?:the\s+)?week\s+(?<week>[1-9]|[1-4]\d|5[0-3])(?:\s+of|,)?\s+(?<year>${YEAR})`, numberedWeek],
  // no part of a day that the calendar does not have
  [
    String.raw`(?<!\d(?:st|nd|rd|th)?\.?\s(?:of\s)?)${PART}(?:(?<which>last|this|next)\s+)?(?<month>${MONTH})(?:,?\s+(?:of\s+)?(?<year>${YEAR}))?(?!\s?\d)`,
    month,
  ],
  [
    String.raw`(?:the\s+)?(?:(?<which>last|this|past|next)\s+)?(?<season>spring|summer|autumn|fall|winter)(?:\s+of)?(?:\s+(?<year>${YEAR}))?`,
    season,
  ],
  [String.raw`(?:the\s+)?(?<decade>(?:1[89]|20)\d0)s`, ({ decade }) => months(Number(decade), 1, 120)],
  [
    String.raw`${PART}(?:the\s+year\s+)?(?<year>${YEAR})`,
    ({ part, year }, { sure }) => (sure || part !== undefined ? partOf(months(Number(year), 1, 12), part) : null),
  ],
];

const FROM_NOW: readonly (readonly [pattern: string, read: Read])[] = [
  [String.raw`(?:the\s+)?day\s+before\s+yesterday`, (_, { today }) => [today - 2, today - 2]],
  [String.raw`yesterday(?:\s+(?:morning|afternoon|evening))?|last\s+night`, (_, { today }) => [today - 1, today - 1]],
  [String.raw`today|tonight|this\s+(?:morning|afternoon|evening)`, (_, { today }) => [today, today]],
  [String.raw`tomorrow`, (_, { today }) => [today + 1, today + 1]],
  [
    String.raw`(?:the\s+)?(?:last|past|previous|recent)\s+(?<count>${COUNT})\s+(?<unit>${UNIT})s?|the\s+(?:last|past)\s+(?<one>${UNIT})(?!\s+of\s)`,
    lastMany,
  ],
  [String.raw`(?<count>${COUNT})\s+(?<unit>${UNIT})s?\s+ago`, ago],
  [String.raw`(?<which>last|past|previous|this|the\s+current|next|the\s+coming)\s+(?<unit>${UNIT})(?!\s+of\s)`, named],
  [String.raw`(?:(?<which>last|this|next|past)\s+)?(?<weekday>${WEEKDAYS.join("|")})`, weekday],
];

const FORMS = [...CALENDAR, ...FROM_NOW].map(([pattern, read], at) => ({
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${pattern})(?![\p{L}\p{N}])`, "giu"),
  read,
  relative: at >= CALENDAR.length,
}));

const LEAD =
  /(?<![\p{L}\p{N}-])(?:(?<lead>between|from|since|starting(?:\s+(?:in|from|on))?|after|following|before|until|till|up\s+to|prior\s+to|by|as\s+of|in|on|during|for|throughout|within|over|of|around|through)\s+)?(?:the\s+(?:month|year|start|beginning|end|days?)\s+of\s+)?(?<week>(?:the\s+)?(?:(?<nth>first|second|third|fourth|last)\s+)?week(?:end)?\s+(?:of|in|beginning|starting)\s+)?$/iu;
const LINK = /^(?:\s+(?:and|to|until|till|through)\s+|\s*[-–—]\s*)$/i;
const OPEN_START = /^(?:before|until|till|up\s+to|prior\s+to|by)$/i;

/** Most texts name no time at all, and this is a hundredth of the work of all forms. */
const SPEAKS_OF_TIME =
  /\d|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|day|tonight|tomorrow|night|morning|noon|evening|hour|week|fortnight|month|quarter|year|decade|spring|summer|autumn|fall|winter/i;

/**
 * Every period in the text, in order, without overlaps. At most the first 4,000 characters are read. `newest`: the last day that anything is told of; a year
 * that is not said is no later.
 */
export function findPeriods(text: string, now: Date, newest: Dated | null = null): Period[] {
  if (!SPEAKS_OF_TIME.test(text)) return [];
  const read = text.slice(0, 4000);
  const today = Math.floor(now.getTime() / DAY_MS);
  const latest = newest === null ? today : Math.min(today, dayNumber(lastDay(newest)));
  const moments = momentsOf(read, today);
  const found: Period[] = [];
  for (let at = 0; at < moments.length; at += 1) {
    const [moment, partner] = moments.slice(at, at + 2);
    if (moment === undefined) break;
    const before = LEAD.exec(read.slice(Math.max(0, moment.start - 60), moment.start));
    const { lead, week, nth } = before?.groups ?? {};
    const link = partner === undefined ? "" : read.slice(moment.end, partner.start);
    const bare = lead !== undefined || /^\d{4}$/.test(read.slice(moment.start, moment.end));
    const last = LINK.test(link) && joins(lead, link) ? partner?.days({ today, latest, sure: bare }) : undefined;
    const joined = last !== undefined && last !== null;
    // the second half of "room 7-2019" is no date
    if (!joined && read.charAt(moment.start - 1) === "-") continue;
    const first = moment.days({ today, latest: joined ? last[1] : latest, sure: lead !== undefined || joined });
    // "by Friday" looks ahead, and nothing has been reported of it
    if (first === null || (moment.relative && /^by$/i.test(lead ?? ""))) continue;
    const end = joined ? (partner?.end ?? moment.end) : moment.end;
    const onward = /^\s+(?:on|onwards?)(?![\p{L}\p{N}])/u.exec(read.slice(end))?.[0] ?? "";
    const days = week === undefined ? first : weekIn(first, week, nth);
    const [since, until] = joined ? [first[0], last[1]] : bounds(days, lead ?? "", onward !== "");
    if (joined) at += 1;
    if (since !== null && until !== null && since > until) continue;
    const start = moment.start - (before?.[0].length ?? 0);
    const [from, to] = [since, until].map((day) => (day === null ? null : isoDay(day)));
    const whole = { text: read.slice(start, end + onward.length), start, end: end + onward.length };
    found.push({ since: from ?? null, until: to ?? null, ...whole, relative: moment.relative });
  }
  return found;
}

/** In order of place; of those that overlap the first, and of those the longest. */
function momentsOf(text: string, today: number): Moment[] {
  const all = [...calendarDays(text, today)];
  for (const { pattern, read, relative } of FORMS)
    for (const { 0: words, index: start, groups = {} } of text.matchAll(pattern))
      all.push({ start, end: start + words.length, relative, days: (reading) => read(groups, reading, words) });
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  let reached = 0;
  return all.filter(({ start, end }) => {
    if (start < reached) return false;
    reached = end;
    return true;
  });
}

/** "05/04/2025" may be two days; "4.5.2025" has the day first, and so has "05/05/2025". */
const EITHER_ORDER = /^(0?[1-9]|1[0-2])([/-])(?!\1\2)(?:0?[1-9]|1[0-2])\2\d/;

/** A weekday tells which year is meant; it comes back within six years. */
function calendarDays(text: string, today: number): Moment[] {
  return findDates(text, isoDay(today), "day-first").flatMap(({ start: from, end: to, value, precision, inferred }) => {
    const words = text.slice(from, to).replace(/\.$/, "");
    if ((precision !== "day" && precision !== "time") || EITHER_ORDER.test(words)) return [];
    const end = from + words.length;
    const start = from + (/^(?:\s*(?:to|and|until|through)\s+|[-–—\s]+)/i.exec(words)?.[0].length ?? 0);
    const [, month, day] = value.slice(0, 10).split("-").map(Number);
    const said = /^(?:mon|tue|wed|thu|fri|sat|sun)/i.exec(words)?.[0].toLowerCase();
    const days = ({ latest }: Reading): Days | null => {
      if (!inferred) return [dayNumber(value.slice(0, 10)), dayNumber(value.slice(0, 10))];
      const [last] = partsOf(latest);
      const years = Array.from({ length: 8 }, (_, back) => dayOf(last - back, month ?? 1, day ?? 1));
      const meant = years.find((at) => at <= latest && (said === undefined || WEEKDAYS[weekdayOf(at)]?.startsWith(said)));
      return meant === undefined ? null : [meant, meant];
    };
    return [{ start, end, relative: false, days }];
  });
}

/** "between X and Y", "from X to Y", "X to Y" and "X–Y" are one period; "on X and Y" is two. */
function joins(lead: string | undefined, link: string): boolean {
  if (/and/i.test(link)) return /^(?:between|in|during)$/i.test(lead ?? "");
  return !/^(?:before|until|till|up\s+to|prior\s+to|by|after|following)$/i.test(lead ?? "");
}

function bounds([first, last]: Days, lead: string, onward: boolean): [number | null, number | null] {
  if (onward || /^(?:since|starting.*)$/i.test(lead)) return [first, null];
  if (/^(?:after|following)$/i.test(lead)) return [last + 1, null];
  if (/^(?:before|prior\s+to)$/i.test(lead)) return [null, first - 1];
  return [OPEN_START.test(lead) ? null : first, last];
}

const dayOf = (year: number, month: number, day: number): number => Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
const months = (year: number, month: number, count: number): Days => [dayOf(year, month, 1), dayOf(year, month + count, 1) - 1];

function partsOf(day: number): [year: number, month: number, day: number] {
  const at = new Date(day * DAY_MS);
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
}

function partOfYear({ nth = "", of = "", year }: Groups): Days {
  const count = /^q/i.test(of) ? 3 : 6;
  const ordinal = ["first", "second", "third", "fourth"].indexOf(nth.toLowerCase()) + 1;
  const n = /^last$/i.test(nth) ? 12 / count : Number.parseInt(nth, 10) || ordinal;
  return months(Number(year), Math.min(n - 1, 12 / count - 1) * count + 1, count);
}

/** The week of 4 January is the first. */
function numberedWeek({ week, year }: Groups): Days {
  const start = dayOf(Number(year), 1, 4);
  return around(start + 7 * (Number(week) - 1), "week");
}

function month({ month = "", year, which, part }: Groups, reading: Reading, words: string): Days | null {
  // "may", "march" and abbreviations are words of their own
  const vouched = reading.sure || which !== undefined || part !== undefined;
  const plain = MONTH_NAMES.includes(words.toLowerCase()) && !/^(?:may|march)$/i.test(words);
  if (year === undefined && (/^(?:may|mar(?:ch)?)$/.test(words) || !(vouched || plain))) return null;
  return partOf(inYear(monthNumber(month) ?? 1, 1, { year, which }, reading), part);
}

function season({ season = "", year, which }: Groups, reading: Reading): Days | null {
  if (!reading.sure && which === undefined && year === undefined) return null;
  return inYear(SEASONS[season.toLowerCase()] ?? 3, 3, { year, which }, reading);
}

/** So many months from this one on, in the year that is said or meant. */
function inYear(month: number, count: number, { year, which }: Groups, { today, latest }: Reading): Days {
  if (year !== undefined) return months(Number(year), month, count);
  const [now] = partsOf(latest);
  const [first, last] = months(now, month, count);
  if (/^next$/i.test(which ?? "")) return months(first > today ? now : now + 1, month, count);
  if (/^(?:last|past)$/i.test(which ?? "")) return months(last >= today ? now - 1 : now, month, count);
  return which === undefined && first > latest ? months(now - 1, month, count) : [first, last];
}

function weekday({ weekday = "", which }: Groups, { today, sure }: Reading): Days | null {
  if (!sure && which === undefined) return null;
  const back = (weekdayOf(today) - WEEKDAYS.indexOf(weekday.toLowerCase()) + 7) % 7;
  const day = /^next$/i.test(which ?? "") ? today + 7 - back : today - (back === 0 && /^last$/i.test(which ?? "") ? 7 : back);
  return [day, day];
}

/** "the last three days": a window that ends today. */
function lastMany({ count, unit, one }: Groups, { today }: Reading): Days {
  const of = (unit ?? one ?? "day").toLowerCase();
  return [back(today, of, count === undefined ? 1 : counted(count)) + (of === "hour" ? 0 : 1), today];
}

/** "three weeks ago": the day, week, month or year that lies so far back. */
function ago({ count = "1", unit = "day" }: Groups, { today }: Reading): Days {
  const of = unit.toLowerCase();
  const day = back(today, of, counted(count));
  return /hour|day|weekend/.test(of) ? [day, day] : around(day, of === "decade" ? "year" : of);
}

/** "last week", "this month", "next year": the calendar's own units. */
function named({ unit = "day", which = "" }: Groups, { today }: Reading): Days {
  const of = unit.toLowerCase();
  const past = /last|past|previous/i.test(which);
  if (of === "hour" || of === "day") return [today - (/this/i.test(which) ? 0 : 1), today];
  if (of === "weekend" && past) return around(today - 7, of);
  const here = around(today, of);
  return past ? around(here[0] - 1, of) : /next|coming/i.test(which) ? around(here[1] + 1, of) : here;
}

function around(day: number, of: string): Days {
  const monday = day - weekdayOf(day);
  if (of === "week") return [monday, monday + 6];
  if (of === "weekend") return [monday + 5, monday + 6];
  if (of === "fortnight") return [monday - 7, monday + 6];
  const [year, month] = partsOf(day);
  const count = MONTHS[of] ?? 12;
  return count === 120 ? months(year - (year % 10), 1, 120) : months(year, month - ((month - 1) % count), count);
}

/** "the week of 5 May", "the weekend of 3 May", "the first week of May": the seventh part of a month from its first day. */
function weekIn([first, last]: Days, words: string, nth: string | undefined): Days {
  if (nth === undefined || last - first < 27) return around(first, /weekend/i.test(words) ? "weekend" : "week");
  if (/^last$/i.test(nth)) return [last - 6, last];
  const start = first + 7 * ["first", "second", "third", "fourth"].indexOf(nth.toLowerCase());
  return [start, start + 6];
}

/** The day that lies n units before today; past the end of a month it is the month's last. */
function back(today: number, of: string, n: number): number {
  const count = MONTHS[of];
  if (count === undefined)
    return today - (of === "hour" ? Math.ceil(n / 24) : n * (of === "day" ? 1 : of === "fortnight" ? 14 : 7));
  const [year, month, day] = partsOf(today);
  const [first, last] = months(year, month - n * count, 1);
  return Math.min(first + day - 1, last);
}

function partOf([first, last]: Days, which: string | undefined): Days {
  const third = Math.floor((last - first + 1) / 3);
  if (which === undefined) return [first, last];
  if (/^(?:early|beginning)/i.test(which)) return [first, first + third];
  return /^(?:late|end)/i.test(which) ? [last - third, last] : [first + third, last - third];
}

function counted(words: string): number {
  const said = words.toLowerCase();
  if (/^\d/.test(said)) return Number(said);
  return said.startsWith("couple") ? 2 : said === "few" ? 3 : said === "several" ? 5 : COUNTS.indexOf(said) + 1 || 1;
}
