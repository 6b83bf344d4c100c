// Stretches of time that a question speaks of ("in September", "since Monday", "last week"), resolved against a given now.
// Whole calendar days of UTC; a year that is not said is the most recent one that has begun. Pure; it does not judge what the period is for.
import { DAY_MS, dayNumber, isoDay, monthNumber, WEEKDAYS, weekdayOf } from "./date-words.ts";

export interface Period {
  /** First and last day, `YYYY-MM-DD`, inclusive; null where that side is open. */
  since: string | null;
  until: string | null;
  /** As it stands in the text, with its preposition. */
  text: string;
  start: number;
  end: number;
  /** It is counted from now ("last week", "yesterday"): its words name no date that a text would repeat. */
  relative: boolean;
}

interface Days {
  since: string;
  until: string;
  /** The day before the first and the day after the last. */
  before: string;
  next: string;
  relative: boolean;
}

/** A day of the calendar as a count of days, so that arithmetic has no time zone. */
interface Today {
  day: number;
  year: number;
  month: number;
  date: number;
}

const SEASONS: Record<string, number> = { spring: 3, summer: 6, autumn: 9, fall: 9, winter: 12 };
const COUNTS = "one two three four five six seven eight nine ten eleven twelve".split(" ");

const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`;
const YEAR = String.raw`(?:1[89]|20)\d\d`;
const DATE = String.raw`(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?`;
const COUNT = String.raw`(?:\d{1,3}|an?|couple\s+of|few|several|${COUNTS.join("|")})`;
const UNIT = String.raw`(?:hour|day|week|weekend|fortnight|month|quarter|year|decade)`;
const WEEKDAY = `(?:${WEEKDAYS.join("|")})`;
/** In front of a date: "Sunday, 4 May", "Sat. the 3rd of May". */
const ON_WEEKDAY = String.raw`(?:(?<V>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\.?,?\s+)?`;

/** Forms in the order in which they are tried; each with the reader of its match. */
const FORMS: readonly (readonly [
  pattern: string,
  read: (match: RegExpExecArray, today: Today, sure: boolean, before: Days | null) => Days | null,
])[] = [
  [
    String.raw`(?<Y>${YEAR})-(?<M>\d\d)-(?<D>\d\d)`,
    ({ groups: g }) => date(Number(g?.["Y"]), Number(g?.["M"]), Number(g?.["D"])),
  ],
  [String.raw`(?<D>${DATE})\.(?<M>1[0-2]|0?[1-9])\.(?<Y>${YEAR})`, inFigures],
  [String.raw`(?<M>\d\d?)\/(?<D>\d\d?)\/(?<Y>${YEAR})`, inFigures],
  [String.raw`${ON_WEEKDAY}(?:the\s+)?(?<D>${DATE})(?:\s+of)?\s+(?<N>${MONTH})(?:,?\s+(?<Y>${YEAR}))?`, dayOfMonth],
  [String.raw`${ON_WEEKDAY}(?<N>${MONTH})\s+(?:the\s+)?(?<D>${DATE})(?:,?\s+(?<Y>${YEAR}))?(?!\d)`, dayOfMonth],
  [String.raw`(?<D>${DATE})(?=\s*(?:and|to|until|till|through|-|–|—)\s*${DATE}(?:\s+of)?\s+${MONTH})`, dayBefore],
  [
    String.raw`(?:the\s+)?(?<P>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?<U>quarter|half)(?:\s+of)?(?:\s+(?<Y>${YEAR}))`,
    fraction,
  ],
  [String.raw`(?<U>q|h)(?<P>[1-4])(?:\s+of)?\s+(?<Y>${YEAR})`, fraction],
  [
    String.raw`(?:(?:the\s+)?(?<W>early|mid|late|beginning\s+of|middle\s+of|end\s+of)[\s-]+)?(?:(?<R>last|this|next)\s+)?(?<N>${MONTH})(?:,?\s+(?:of\s+)?(?<Y>${YEAR}))?(?!\d)`,
    month,
  ],
  [
    String.raw`(?:the\s+)?(?:(?<R>last|this|past|next)\s+)?(?<S>spring|summer|autumn|fall|winter)(?:\s+of)?(?:\s+(?<Y>${YEAR}))?`,
    season,
  ],
  [
    String.raw`(?:the\s+)?(?<D>(?:1[89]|20)\d0)s`,
    ({ groups: g }) => span(serial(Number(g?.["D"]), 1, 1), serial(Number(g?.["D"]) + 10, 1, 1) - 1),
  ],
  [
    String.raw`(?:(?:the\s+)?(?<W>early|mid|late|beginning\s+of|middle\s+of|end\s+of)[\s-]+)?(?:the\s+year\s+)?(?<Y>${YEAR})`,
    year,
  ],
  [String.raw`(?:the\s+)?day\s+before\s+yesterday`, (_, today) => relative(today.day - 2, today.day - 2)],
  [String.raw`yesterday(?:\s+(?:morning|afternoon|evening))?|last\s+night`, (_, today) => relative(today.day - 1, today.day - 1)],
  [String.raw`today|tonight|this\s+(?:morning|afternoon|evening)`, (_, today) => relative(today.day, today.day)],
  [String.raw`tomorrow`, (_, today) => relative(today.day + 1, today.day + 1)],
  [String.raw`(?:the\s+)?(?:last|past|previous|recent)\s+(?<C>${COUNT})\s+(?<U>${UNIT})s?`, lastMany],
  [String.raw`(?<C>${COUNT})\s+(?<U>${UNIT})s?\s+ago`, ago],
  [String.raw`the\s+(?<R>last|past)\s+(?<U>${UNIT})`, lastMany],
  [String.raw`(?<R>last|past|previous|this|the\s+current|next|the\s+coming)\s+(?<U>${UNIT})`, named],
  [String.raw`(?:(?<R>last|this|next|past)\s+)?(?<N>${WEEKDAY})`, weekday],
];

/** The pattern of all forms for use inside a larger one; group names are left out. */
const MOMENT_PATTERN = FORMS.map(([pattern]) => pattern.replace(/\(\?<[A-Z]>/g, "(?:")).join("|");

const READERS = FORMS.map(([pattern, read]) => ({ pattern: new RegExp(`^(?:${pattern.replace(/\(\?=.*$/, "")})$`, "iu"), read }));

const DASH = String.raw`\s*(?:-|–|—)\s*`;
const FROM = String.raw`(?<lead>between|from|since|starting(?:\s+(?:in|from|on))?|after|following|before|until|till|up\s+to|prior\s+to|by|as\s+of|in|on|during|for|throughout|within|over|of|around|through)\s+`;
const PERIOD = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:${FROM})?(?:the\s+(?:month|year|start|beginning|end|days?)\s+of\s+)?(?<week>(?:the\s+)?week\s+(?:of|beginning|starting)\s+)?(?<first>${MOMENT_PATTERN})` +
    String.raw`(?:(?<link>\s+(?:and|to|until|till|through)\s+|${DASH})(?<second>${MOMENT_PATTERN}))?(?<onward>\s+(?:on|onwards?))?(?![\p{L}\p{N}])`,
  "giu",
);

const OPEN_START = /^(?:before|until|till|up\s+to|prior\s+to|by)$/i;
const FROM_HERE_ON = /^(?:since|starting(?:\s+(?:in|from|on))?)$/i;
const AFTERWARDS = /^(?:after|following)$/i;

/** Most texts name no time at all, and this is a hundredth of the work of the full pattern, which takes some 30 ms to compile. */
const SPEAKS_OF_TIME =
  /\d|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|day|tonight|tomorrow|night|morning|noon|evening|hour|week|fortnight|month|quarter|year|decade|spring|summer|autumn|fall|winter/i;

/** Every period in the text, in order, without overlaps. At most the first 4,000 characters are read. */
export function findPeriods(text: string, now: Date): Period[] {
  if (!SPEAKS_OF_TIME.test(text)) return [];
  const today = calendar(now);
  const found: Period[] = [];
  for (const match of text.slice(0, 4000).matchAll(PERIOD)) {
    const { lead, week, first = "", link, second, onward } = match.groups ?? {};
    let joined = second !== undefined && joins(lead, link ?? "");
    const last = joined && second !== undefined ? readMoment(second, today, lead !== undefined || /^\d{4}$/.test(first)) : null;
    if (last === null) joined = false;
    const moment = readMoment(first, today, lead !== undefined || joined, last);
    const begin = moment === null || week === undefined ? moment : weekOf(moment);
    // "by Friday" looks ahead, and nothing has been reported of it
    if (begin === null || (begin.relative && /^by$/i.test(lead ?? ""))) continue;
    const whole = joined ? match[0] : cutBefore(match[0], link, second);
    const bounds = last === null ? single(begin, lead ?? "", onward !== undefined) : { since: begin.since, until: last.until };
    if (bounds.since !== null && bounds.until !== null && bounds.since > bounds.until) continue;
    found.push({
      ...bounds,
      text: whole.trim(),
      start: match.index,
      end: match.index + whole.trimEnd().length,
      relative: begin.relative,
    });
    // "after the talks in June and in July": the second moment may be a period of its own
    if (!joined && second !== undefined) {
      const rest = readMoment(second, today, false);
      const at = match.index + match[0].indexOf(second, whole.length);
      if (rest !== null)
        found.push({ ...closed(rest), text: second, start: at, end: at + second.length, relative: rest.relative });
    }
  }
  return found;
}

/** "between X and Y", "from X to Y", "X to Y" and "X–Y" are one period; "in X and Y" is two. */
function joins(lead: string | undefined, link: string): boolean {
  if (/and/i.test(link)) return lead !== undefined && /^(?:between|in|during)$/i.test(lead);
  return lead === undefined || !(OPEN_START.test(lead) || AFTERWARDS.test(lead));
}

function cutBefore(whole: string, link: string | undefined, second: string | undefined): string {
  return link === undefined || second === undefined ? whole : whole.slice(0, whole.lastIndexOf(link + second));
}

function closed(days: Days): { since: string; until: string } {
  return { since: days.since, until: days.until };
}

function single(days: Days, lead: string, onward: boolean): { since: string | null; until: string | null } {
  if (onward || FROM_HERE_ON.test(lead)) return { since: days.since, until: null };
  if (AFTERWARDS.test(lead)) return { since: days.next, until: null };
  if (/^(?:before|prior\s+to)$/i.test(lead)) return { since: null, until: days.before };
  if (OPEN_START.test(lead)) return { since: null, until: days.until };
  return closed(days);
}

/** The calendar day of an instant, in UTC. */
function calendar(now: Date): Today {
  return fromSerial(Math.floor(now.getTime() / DAY_MS));
}

/**
 * The days that the words name, or null where they are no date after all: `sure` says that a preposition or a partner vouches for a bare
 * month, year or season. `before`: the moment that this one begins ("June" in "between June and August 2024").
 */
function readMoment(words: string, today: Today, sure: boolean, before: Days | null = null): Days | null {
  for (const { pattern, read } of READERS) {
    const match = pattern.exec(words);
    if (match !== null) return read(match, today, sure, before);
  }
  return null;
}

function dayOfMonth({ groups: g }: RegExpExecArray, today: Today, _sure: boolean, before: Days | null): Days | null {
  const m = monthNumber(g?.["N"] ?? "") ?? 0;
  const d = Number.parseInt(g?.["D"] ?? "", 10);
  if (g?.["Y"] !== undefined) return date(Number(g["Y"]), m, d);
  const latest = before === null ? today.day : dayNumber(before.until);
  const here = fromSerial(latest).year;
  const last = serial(here, m, d) <= latest ? here : here - 1;
  const named = g?.["V"]?.toLowerCase().slice(0, 3);
  // a weekday tells which year is meant; it comes back within six years
  const years = Array.from({ length: 7 }, (_, back) => last - back);
  const y = named === undefined ? last : years.find((one) => WEEKDAYS[weekdayOf(serial(one, m, d))]?.startsWith(named));
  return date(y ?? last, m, d);
}

/** "4.5.2025" has the day first; "05/04/2025" is read only where it can mean one day. */
function inFigures({ groups: g, 0: words }: RegExpExecArray): Days | null {
  const [d, m, y] = [Number(g?.["D"]), Number(g?.["M"]), Number(g?.["Y"])];
  if (words.includes(".") || d === m || d > 12) return date(y, m, d);
  return m > 12 ? date(y, d, m) : null;
}

/** "3" in "between 3 and 7 September". */
function dayBefore({ groups: g }: RegExpExecArray, _today: Today, _sure: boolean, before: Days | null): Days | null {
  if (before === null) return null;
  const last = fromSerial(dayNumber(before.until));
  return date(last.year, last.month, Number.parseInt(g?.["D"] ?? "", 10));
}

function month({ groups: g, 0: words }: RegExpExecArray, today: Today, sure: boolean, before: Days | null): Days | null {
  const m = monthNumber(g?.["N"] ?? "") ?? 0;
  const which = g?.["R"]?.toLowerCase();
  // "may" and "march" are words of their own; a name of a month is capitalised
  if (!sure && g?.["Y"] === undefined && which === undefined && g?.["W"] === undefined) {
    if (/^(?:may|mar(?:ch)?|jan|dec|sep|oct|nov|aug|apr|feb|jun|jul)\b/i.test(words) && !/^[A-Z][a-z]{5,}/.test(words))
      return null;
  }
  if (g?.["Y"] === undefined && /^(?:may|march|mar)$/.test(words)) return null;
  let y = g?.["Y"] === undefined ? today.year : Number(g["Y"]);
  if (g?.["Y"] === undefined) {
    const latest = before === null ? today.day : dayNumber(before.until);
    if (before !== null) y = fromSerial(latest).year;
    if (which === "next") y += serial(y, m, 1) > today.day ? 0 : 1;
    else if (which === "last") y -= serial(y, m + 1, 1) > today.day ? 1 : 0;
    else if (which === undefined && serial(y, m, 1) > latest) y -= 1;
  }
  return part(serial(y, m, 1), serial(y, m + 1, 1) - 1, g?.["W"]);
}

function year({ groups: g }: RegExpExecArray, _today: Today, sure: boolean): Days | null {
  if (!sure && g?.["W"] === undefined) return null;
  const y = Number(g?.["Y"]);
  return part(serial(y, 1, 1), serial(y + 1, 1, 1) - 1, g?.["W"]);
}

function season({ groups: g }: RegExpExecArray, today: Today, sure: boolean): Days | null {
  const which = g?.["R"]?.toLowerCase();
  if (!sure && which === undefined && g?.["Y"] === undefined) return null;
  const m = SEASONS[g?.["S"]?.toLowerCase() ?? ""] ?? 3;
  let y = g?.["Y"] === undefined ? today.year : Number(g["Y"]);
  if (g?.["Y"] === undefined) {
    if (which === "next") y += serial(y, m, 1) > today.day ? 0 : 1;
    else if (which === "last" || which === "past") y -= serial(y, m + 3, 1) > today.day ? 1 : 0;
    else if (serial(y, m, 1) > today.day) y -= 1;
  }
  return span(serial(y, m, 1), serial(y, m + 3, 1) - 1);
}

function fraction({ groups: g }: RegExpExecArray): Days {
  const y = Number(g?.["Y"]);
  const months = /^q/i.test(g?.["U"] ?? "") ? 3 : 6;
  const said = (g?.["P"] ?? "1").toLowerCase();
  const n = said === "last" ? 12 / months : Number.parseInt(said, 10) || ["first", "second", "third", "fourth"].indexOf(said) + 1;
  const first = Math.min(n - 1, 12 / months - 1) * months + 1;
  return span(serial(y, first, 1), serial(y, first + months, 1) - 1);
}

function weekday({ groups: g }: RegExpExecArray, today: Today, sure: boolean): Days | null {
  const which = g?.["R"]?.toLowerCase();
  if (!sure && which === undefined) return null;
  const wanted = WEEKDAYS.indexOf(g?.["N"]?.toLowerCase() ?? "");
  const back = (weekdayOf(today.day) - wanted + 7) % 7;
  if (which === "next") return relative(today.day + (7 - back), today.day + (7 - back));
  const day = today.day - (back === 0 && which === "last" ? 7 : back);
  return relative(day, day);
}

/** "the last three days": a window that ends today. */
function lastMany({ groups: g }: RegExpExecArray, today: Today): Days {
  const n = g?.["C"] === undefined ? 1 : count(g["C"]);
  return relative(back(today, unit(g?.["U"]), n) + (unit(g?.["U"]) === "hour" ? 0 : 1), today.day);
}

/** "three weeks ago": the day, week, month or year that lies so far back. */
function ago({ groups: g }: RegExpExecArray, today: Today): Days {
  const of = unit(g?.["U"]);
  const day = back(today, of, count(g?.["C"] ?? "1"));
  return of === "hour" || of === "day" || of === "weekend"
    ? relative(day, day)
    : around(fromSerial(day), of === "decade" ? "year" : of);
}

/** "last week", "this month", "next year": the calendar's own units. */
function named({ groups: g }: RegExpExecArray, today: Today): Days {
  const of = unit(g?.["U"]);
  const which = (g?.["R"] ?? "").toLowerCase();
  if (of === "hour" || of === "day") return relative(today.day - (which === "this" ? 0 : 1), today.day);
  const here = around(today, of);
  if (/last|past|previous/.test(which))
    return of === "weekend" ? lastWeekend(today) : around(fromSerial(dayNumber(here.since) - 1), of);
  if (/next|coming/.test(which)) return around(fromSerial(dayNumber(here.until) + 1), of);
  return here;
}

function lastWeekend(today: Today): Days {
  const sunday = today.day - ((weekdayOf(today.day) + 1) % 7 || 7);
  return relative(sunday - 1, sunday);
}

function around(at: Today, of: string): Days {
  const monday = at.day - weekdayOf(at.day);
  if (of === "week") return relative(monday, monday + 6);
  if (of === "weekend") return relative(monday + 5, monday + 6);
  if (of === "fortnight") return relative(monday - 7, monday + 6);
  if (of === "month") return relative(serial(at.year, at.month, 1), serial(at.year, at.month + 1, 1) - 1);
  if (of === "quarter") {
    const first = Math.floor((at.month - 1) / 3) * 3 + 1;
    return relative(serial(at.year, first, 1), serial(at.year, first + 3, 1) - 1);
  }
  if (of === "decade") return relative(serial(at.year - (at.year % 10), 1, 1), serial(at.year - (at.year % 10) + 10, 1, 1) - 1);
  return relative(serial(at.year, 1, 1), serial(at.year + 1, 1, 1) - 1);
}

/** The day that lies n units before today. */
function back(today: Today, of: string, n: number): number {
  if (of === "hour") return today.day - Math.ceil(n / 24);
  if (of === "month" || of === "quarter") return serialWithin(today.year, today.month - n * (of === "month" ? 1 : 3), today.date);
  if (of === "year" || of === "decade") return serialWithin(today.year - n * (of === "year" ? 1 : 10), today.month, today.date);
  return today.day - n * (of === "day" ? 1 : of === "fortnight" ? 14 : 7);
}

function part(first: number, last: number, which: string | undefined): Days {
  const third = Math.floor((last - first + 1) / 3);
  if (which === undefined) return span(first, last);
  if (/^(?:early|beginning)/i.test(which)) return span(first, first + third);
  if (/^(?:late|end)/i.test(which)) return span(last - third, last);
  return span(first + third, last - third);
}

function count(words: string): number {
  const said = words.toLowerCase();
  if (/^\d/.test(said)) return Number(said);
  if (said.startsWith("couple")) return 2;
  if (said === "few") return 3;
  if (said === "several") return 5;
  return COUNTS.indexOf(said) + 1 || 1;
}

const unit = (word: string | undefined): string => (word ?? "day").toLowerCase();
const serial = (y: number, m: number, d: number): number => Math.round(Date.UTC(y, m - 1, d) / DAY_MS);

/** As `serial`, with a day past the end of the month moved to its last day. */
function serialWithin(y: number, m: number, d: number): number {
  return Math.min(serial(y, m, d), serial(y, m + 1, 1) - 1);
}

function fromSerial(day: number): Today {
  const at = new Date(day * DAY_MS);
  return { day, year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
}

function date(y: number, m: number, d: number): Days | null {
  const day = serial(y, m, d);
  const read = fromSerial(day);
  return read.month === m && read.date === d ? span(day, day) : null;
}

function span(first: number, last: number): Days {
  return { since: isoDay(first), until: isoDay(last), before: isoDay(first - 1), next: isoDay(last + 1), relative: false };
}

/** The week, Monday to Sunday, that holds the first of the days. */
function weekOf({ since }: Days): Days {
  const day = dayNumber(since);
  return span(day - weekdayOf(day), day - weekdayOf(day) + 6);
}

const relative = (first: number, last: number): Days => ({ ...span(first, last), relative: true });
