// Every calendar date that stands in a text, as precise as it stands there. Pure, no guessing: an impossible day, a day and month that
// could be swapped, a two-digit year without a reference give nothing at all. Relative forms ("last Tuesday") are not read here.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS, dayNumber, isCalendarDay, MONTH_PATTERN, monthNumber, WEEKDAY_PATTERN } from "./date-words.ts";

export interface FoundDate extends Span {
  /** `2025`, `2025-10`, `2025-10-31`, `2025-10-31T23:03`, and with seconds and offset where the text has them. */
  value: Dated;
  precision: "year" | "month" | "day" | "time";
  /** What the text calls it, just before it: "Published: …", "Last updated on …". */
  label: "published" | "updated" | null;
  /** The text gives no year (or two digits of it) and the reference filled it in. */
  inferred: boolean;
}

/** How "04/11/2025" is to be read where the caller knows (a page in German); without it such a date is left out. */
export type DayMonthOrder = "day-first" | "month-first";

interface Parts {
  year: string | undefined;
  month: string;
  day?: string | undefined;
  /** First day of a range like "27–31 October 2025". */
  from?: string | undefined;
}

const EDGE = "(?<![\\p{L}\\p{N}]|[\\p{N}][./\\-])";
const END = "(?![\\p{L}\\p{N}]|[./\\-]\\p{N})";
const WEEKDAY = `(?:(?:${WEEKDAY_PATTERN})\\.?,?\\s{1,3}(?:the\\s)?)?`;
const MONTH = `(?<month>${MONTH_PATTERN})\\.?`;
const DAY = "(?<day>\\d{1,2})(?:st|nd|rd|th|er|º|ª|\\.)?";
const TO = "\\s?(?:-|–|—|to|and|until|through|bis)\\s?";
const YEAR = "(?<year>\\d{4}|['’]\\d{2})";
const CLOCK_BETWEEN = "(?:\\d{1,2}:\\d{2}(?::\\d{2})?\\s(?:[A-Z]{3,4}\\s)?)?";

const FORMS: readonly RegExp[] = [
  // 2025-10-31, 2025/10/31, 2025.10.31, 2025年10月31日
  `${EDGE}(?<year>\\d{4})(?<sep>[-/.])(?<month>\\d{1,2})\\k<sep>(?<day>\\d{1,2})(?!\\p{N}|[-/.]\\p{N})`,
  `(?<!\\p{N})(?<year>\\d{4})\\s?[年년]\\s?(?<month>\\d{1,2})\\s?[月월](?:\\s?(?<day>\\d{1,2})\\s?[日일])?`,
  // 2025-10 on its own
  `${EDGE}(?<year>(?:19|20)\\d{2})-(?<month>0[1-9]|1[0-2])${END}(?![-–])`,
  // Friday, 31 October 2025; the 4th of Nov. 2025; 31-Oct-2025; 31 de octubre de 2025; 27–31 October 2025
  `${EDGE}${WEEKDAY}(?:(?<from>\\d{1,2})(?:st|nd|rd|th)?${TO})?${DAY}(?:\\s{1,3}|-)?(?:of\\s|de\\s)?${MONTH}(?:,?\\s{1,3}|,|-)(?:of\\s|de\\s|del\\s)?${YEAR}${END}`,
  // November 4, 2025; Mon Oct 27 2025; Oct. 27–31, 2025; Mon Oct 27 10:23:45 GMT 2025
  `${EDGE}${WEEKDAY}${MONTH}(?:\\s{1,3}|-)(?:the\\s)?(?:(?<from>\\d{1,2})(?:st|nd|rd|th)?${TO})?${DAY}(?:\\s?,\\s{0,3}|\\s{1,3}|-)${CLOCK_BETWEEN}${YEAR}${END}`,
  // 31.10.2025, 10/31/2025, 31-10-25
  `${EDGE}(?<first>\\d{1,2})(?<sep>[./-])(?<second>\\d{1,2})\\k<sep>(?<year>\\d{4}|\\d{2})(?!\\p{N}|[-/.]\\p{N})`,
  // Oct 2025, October, 2025
  `${EDGE}${MONTH},?\\s{1,3}(?:of\\s|de\\s)?(?<year>\\d{4})${END}`,
  // without a year: 31 October; October 31; Sunday, Nov. 2
  `${EDGE}${WEEKDAY}(?:(?<from>\\d{1,2})(?:st|nd|rd|th)?${TO})?${DAY}\\s{1,3}(?:of\\s)?${MONTH}${END}`,
  `${EDGE}${WEEKDAY}${MONTH}\\s{1,3}(?:(?<from>\\d{1,2})(?:st|nd|rd|th)?${TO})?${DAY}${END}`,
].map((form) => new RegExp(form, "giu"));

/** A number is a year only where its neighbours say so: "in 2021", "the 2021 takeover", "(2021)". */
const BARE_YEAR =
  /(?<before>(?<![\p{L}])(?:in|since|by|from|until|till|during|of|before|after|between|and|to|early|late|mid|mid-|summer|spring|autumn|fall|winter|year|through|throughout|around|circa|back in|the|its|their|his|her|a)\s|[(–]|mid-|early-|late-)(?<year>1[5-9]\d{2}|20\d{2})(?![\p{L}\p{N}%]|[.,:/]\p{N}|-\p{N}{3})/giu;

const PUBLISHED =
  /(?:^|[^\p{L}])(?:published|posted|publication date|date|dated|released|issued|first published|veröffentlicht|erschienen|publié|publicado|pubblicato|опубликовано)(?:\s(?:on|at|am|le|el|il|date))?\s?[:：]?\s{0,3}$/iu;
const UPDATED =
  /(?:^|[^\p{L}])(?:updated|last update|modified|edited|revised|corrected|aktualisiert|mis à jour|actualizado|aggiornato|обновлено)(?:\s(?:on|at|am|le|el|il|date))?\s?[:：]?\s{0,3}$/iu;

/**
 * Dates in order of place, never overlapping. `reference` (the day the text was published) fills in what newspapers leave out: the
 * nearest year of "31 October", the century of "31.10.25"; without it such forms are passed over.
 */
export function findDates(text: string, reference?: Dated, order?: DayMonthOrder): FoundDate[] {
  const anchor = reference === undefined || reference.length < 10 ? null : dayNumber(reference.slice(0, 10));
  const claimed: { start: number; end: number; found: FoundDate[] }[] = [];
  for (const form of FORMS) {
    for (const match of text.matchAll(form)) {
      const start = match.index;
      const end = start + match[0].length;
      // an invalid or ambiguous match keeps its place too: no part of "31 Feb 2025" is a date
      claimed.push({ start, end, found: read(text, match, anchor, order) });
    }
  }
  for (const match of text.matchAll(BARE_YEAR)) {
    const year = match.groups?.["year"] ?? "";
    const start = match.index + match[0].length - year.length;
    const end = start + 4;
    if (isYear(text, match.groups?.["before"] ?? "", year, end)) {
      claimed.push({ start, end, found: [{ start, end, value: year, precision: "year", label: null, inferred: false }] });
    }
  }
  claimed.sort((a, b) => a.start - b.start || b.end - a.end);
  const dates: FoundDate[] = [];
  let reached = -1;
  for (const claim of claimed) {
    if (claim.start < reached) continue;
    reached = Math.max(claim.end, ...claim.found.map((date) => date.end));
    dates.push(...claim.found);
  }
  return dates;
}

function read(text: string, match: RegExpExecArray, anchor: number | null, order: DayMonthOrder | undefined): FoundDate[] {
  const groups = match.groups ?? {};
  const parts: Parts | null =
    groups["first"] === undefined
      ? { year: groups["year"], month: groups["month"] ?? "", day: groups["day"], from: groups["from"] }
      : unswapped(groups, order);
  if (parts === null) return [];
  const month = /^\d/.test(parts.month) ? Number(parts.month) : (monthNumber(parts.month) ?? 0);
  // "may 2025" and "march 2000" are verbs unless they are written as names
  if (parts.day === undefined && /^(?:may|march|mar|sept?)$/.test(parts.month)) return [];
  const day = parts.day === undefined ? null : Number(parts.day);
  const year = yearOf(parts.year, month, day, anchor);
  if (year === null || year < 1000 || year > 2199 || month < 1 || month > 12) return [];
  if (day !== null && !isCalendarDay(year, month, day)) return [];
  const start = match.index;
  const end = start + match[0].length;
  const inferred = parts.year === undefined || parts.year.replace(/\D/g, "").length === 2;
  const base = `${year}-${pad(month)}`;
  if (day === null) {
    return [{ start, end, value: base, precision: "month", label: labelBefore(text, start), inferred }];
  }
  const last: FoundDate = { start, end, value: `${base}-${pad(day)}`, precision: "day", label: null, inferred };
  if (parts.from === undefined) return [timed(text, last, match[0])];
  // both ends of "27–31 October 2025"; the first one's span is its number alone
  const first = Number(parts.from);
  if (!isCalendarDay(year, month, first) || first >= day) return [];
  const at = start + match[0].search(new RegExp(`(?<!\\d)${first}(?!\\d)`));
  const width = at + String(first).length;
  return [
    { ...last, start: at, end: width, value: `${base}-${pad(first)}` },
    { ...last, start: width + 1 },
  ];
}

/** With the time of day that stands in it, behind it or before it. */
function timed(text: string, date: FoundDate, matched: string): FoundDate {
  const within = / (\d{1,2}:\d{2}(?::\d{2})?(?: [A-Z]{3,4})?) \d{4}$/.exec(matched)?.[1];
  const time = within === undefined ? (timeAfter(text, date.end) ?? timeBefore(text, date.start)) : timeAfter(` ${within}`, 0);
  if (time === null) return { ...date, label: labelBefore(text, date.start) };
  const [start, end] =
    within === undefined ? [Math.min(date.start, time.start), Math.max(date.end, time.end)] : [date.start, date.end];
  return { ...date, start, end, value: `${date.value}T${time.value}`, precision: "time", label: labelBefore(text, start) };
}

/** Day and month of a date in figures, or null where they could be swapped and nobody says how to read them. */
function unswapped(groups: Record<string, string | undefined>, order: DayMonthOrder | undefined): Parts | null {
  const { first = "", second = "", year } = groups;
  const dayFirst = { year, month: second, day: first };
  const monthFirst = { year, month: first, day: second };
  if (Number(first) > 12 || first === second) return dayFirst;
  if (Number(second) > 12) return monthFirst;
  if (order === undefined) return null;
  return order === "day-first" ? dayFirst : monthFirst;
}

/** The year in full. Two digits count only within thirty years before and one after the reference; none means the nearest one. */
function yearOf(written: string | undefined, month: number, day: number | null, anchor: number | null): number | null {
  const digits = written?.replace(/\D/g, "");
  if (digits?.length === 4) return Number(digits);
  if (anchor === null || day === null) return null;
  const now = new Date(anchor * DAY_MS).getUTCFullYear();
  if (digits !== undefined) {
    const year = 2000 + Number(digits);
    return year <= now + 1 && year >= now - 30 ? year : null;
  }
  const distance = (year: number): number => Math.abs(Date.UTC(year, month - 1, day) / DAY_MS - anchor);
  return (
    [now - 1, now, now + 1].filter((year) => isCalendarDay(year, month, day)).sort((a, b) => distance(a) - distance(b))[0] ?? null
  );
}

function isYear(text: string, before: string, year: string, end: number): boolean {
  const next = /^\s(\p{L}+)/u.exec(text.slice(end, end + 24))?.[1] ?? "";
  const lead = before.trim().toLowerCase();
  // "the 2000 soldiers", "of 1500 people": a round number with a noun behind it counts things
  if (/50$|00$/.test(year) && /^\p{Ll}{3,}s$|^(?:people|men|women|children|km|kilometres|kilometers|tons?|tonnes)$/u.test(next)) {
    return false;
  }
  if (["the", "its", "their", "his", "her", "a"].includes(lead))
    return /^\p{L}/u.test(next) && !/^(?:and|or|of|people)$/.test(next);
  return !/^(?:people|men|women|children|soldiers|troops|km|dollars|euros|votes)$/i.test(next);
}

function labelBefore(text: string, start: number): FoundDate["label"] {
  const before = text.slice(Math.max(0, start - 40), start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const near = line === "" ? before : line;
  if (UPDATED.test(near)) return "updated";
  return PUBLISHED.test(near) ? "published" : null;
}

const pad = (value: number): string => String(value).padStart(2, "0");

interface ClockTime {
  /** `HH:MM` or `HH:MM:SS`, then `Z`, `±HH:MM` or nothing. */
  value: string;
  start: number;
  end: number;
}

/** Hours from UTC; "IST", "BST", "CST" and the like stand for several zones and say nothing. */
const OFFSETS = new Map(
  (
    "Z:0 UTC:0 GMT:0 UT:0 WET:0 EST:-5 EDT:-4 CDT:-5 MDT:-6 MST:-7 PST:-8 PDT:-7 CET:1 MEZ:1 CEST:2 MESZ:2 EET:2 EEST:3 SAST:2 EAT:3 MSK:3 TRT:3 " +
    "IRST:3.5 GST:4 AFT:4.5 PKT:5 NPT:5.75 HKT:8 SGT:8 AWST:8 JST:9 KST:9 AEST:10 AEDT:11 NZST:12 NZDT:13"
  )
    .split(" ")
    .map((entry) => entry.split(":"))
    .map(([zone = "", hours]) => [zone, Number(hours) * 60] as const),
);
const AMBIGUOUS = /^(?:IST|BST|CST|ET|PT|CT|MT|AST|PKST|LT)$/;

const CLOCK =
  "(?<hour>[01]?\\d|2[0-3])(?:[:.h](?<minute>[0-5]\\d))(?::(?<second>[0-5]\\d)(?:[.,]\\d{1,9})?)?(?:\\s?(?<half>[apAP])\\.?\\s?[mM]\\b\\.?)?";
const ZONE =
  "(?:\\s?\\(?(?:(?:UTC|GMT)\\s?)?(?<offset>[+\\-\u2212](?:0?\\d|1[0-4])(?::?[0-5]\\d)?)(?!\\d)|\\s?\\(?(?<zone>Z|[A-Z]{2,4})\\)?(?![\\p{L}\\p{N}]))?";
const AFTER = new RegExp(
  `(?:T|\\s?,?\\s{0,3}(?:(?:[Aa]t|AT|um|à|a las|alle|[-–—|•·@/])\\s{0,3})?)(?<![\\d.])${CLOCK}(?![\\d:])${ZONE}`,
  "uy",
);
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}:.,])${CLOCK}${ZONE}\\s?,?\\s{0,3}(?:(?:[Oo]n|am|le|[-–—|•·/])\\s{0,3})?$`, "u");

/** The time that follows a date ending at `at`, or null. */
function timeAfter(text: string, at: number): ClockTime | null {
  AFTER.lastIndex = at;
  const match = AFTER.exec(text);
  if (match === null) return null;
  return fromMatch(match, at, at + match[0].length);
}

/** The time that leads up to a date starting at `at` ("23:03, 31 October"), or null. */
function timeBefore(text: string, at: number): ClockTime | null {
  const from = Math.max(0, at - 40);
  const match = BEFORE.exec(text.slice(from, at));
  if (match === null || /\n/.test(match[0])) return null;
  return fromMatch(match, from + match.index, at);
}

function fromMatch(match: RegExpExecArray, start: number, end: number): ClockTime | null {
  const { hour = "", minute = "", second, half, offset, zone = "" } = match.groups ?? {};
  // "31 October 2025 10.5" is no time, and a dot alone is too little to tell a time from a number
  if (/^\d{1,2}\.\d\d/.test(match[0].replace(/^[^\d]*/, "")) && half === undefined) return null;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  const clock = [pad(hours), minute, ...(second === undefined ? [] : [second])].join(":");
  const minutes = offset === undefined ? OFFSETS.get(zone) : minutesOf(offset);
  // a word in capitals that is no zone ("23:03 WORLD") is not part of the time
  const cut = zone !== "" && minutes === undefined && !AMBIGUOUS.test(zone);
  return { value: clock + asOffset(minutes), start, end: cut ? start + match[0].lastIndexOf(zone) : end };
}

function minutesOf(offset: string): number {
  const [, sign, hours, minutes = "0"] = /^(\D)(\d{1,2}):?(\d\d)?$/.exec(offset) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === "+" ? 1 : -1);
}

function asOffset(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  const size = Math.abs(minutes);
  return minutes === 0 ? "Z" : `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
