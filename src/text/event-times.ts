// When what a sentence tells happened: every time expression resolved to a day, month or year, against the day the text was published.
// A form that needs the publication day ("last Tuesday") gives nothing where that is unknown; a week becomes the month or year that holds it,
// never a day that was not said. Pure; English.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS } from "./date-words.ts";
import { findDates } from "./dates.ts";
import { looksAhead, looksEitherWay } from "./looks-ahead.ts";
import { findPeriods } from "./periods.ts";
import { relativeTimes } from "./relative-times.ts";

export interface EventTime extends Span {
  date: Dated;
  precision: "day" | "month" | "year";
  /** Last day of a range of days that the text gives. */
  until: Dated | null;
}

/** Sentences are short; what is longer is read up to here. */
const LONGEST = 4000;
const RANGE = /\d\s*(?:-|–|—|to|and|until|till|through)\s*\d/i;
const STRETCH =
  /\b(?:last|past|previous|recent|next|coming)\s+(?:several|few|couple|\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b/i;
const LEAD = /^(?:since|starting(?:\s+(?:in|from|on))?|from|after|following|before|prior\s+to|until|till|up\s+to|by|as\s+of)\s+/i;

/** In order of place, without overlaps. `published`: ISO day, or less where no more is known. */
export function findEventTimes(text: string, published: Dated | null): EventTime[] {
  const read = text.slice(0, LONGEST);
  const day = published !== null && published.length >= 10 ? published.slice(0, 10) : null;
  const fixed = fixedDates(read, day);
  const found: EventTime[] = [];
  const add = (time: EventTime): void => {
    if (!found.some((other) => time.start < other.end && other.start < time.end)) found.push(time);
  };
  if (day !== null) for (const time of ranges(read, day)) add(time);
  for (const time of fixed) add(time);
  if (day !== null) {
    for (const time of relativeTimes(read, day, found)) add({ ...time, until: null });
    for (const time of periods(read, day)) add(time);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Calendar dates as they stand; a year that is left out is that of the last such day, or of the next where the sentence looks ahead. */
function fixedDates(text: string, day: string | null): EventTime[] {
  return findDates(text, day ?? undefined).map(({ start, end, value, precision, inferred }) => {
    const date = precision === "time" ? value.slice(0, 10) : value;
    const moved = inferred && day !== null && date.length === 10 ? turned(date, day, directionOf(text, start, end)) : date;
    return { start, end, date: moved, precision: precision === "time" ? "day" : precision, until: null };
  });
}

type Direction = "ahead" | "back" | "nearer";

function directionOf(text: string, start: number, end: number): Direction {
  return looksAhead(text, start, end) ? "ahead" : looksEitherWay(text, start, end) ? "nearer" : "back";
}

/** A yearless day lies behind the publication, or ahead of it where the sentence does; a few days either way are left as they are. */
function turned(date: string, day: string, direction: Direction): string {
  const distance = (Date.parse(date) - Date.parse(day)) / DAY_MS;
  const year = Number(date.slice(0, 4));
  if (direction === "back" && distance > 0) return `${year - 1}${date.slice(4)}`;
  return direction === "ahead" && distance < 0 ? `${year + 1}${date.slice(4)}` : date;
}

/** "from 3 to 7 May": both ends in one. */
function ranges(text: string, day: string): EventTime[] {
  return findPeriods(text, noon(day)).flatMap(({ since, until, text: words, start, end }) => {
    if (since === null || until === null || since === until || !RANGE.test(words)) return [];
    const [from, to] = looksAhead(text, start, end) ? next(since, until, words, day) : [since, until];
    const unit = unitOf(from, to);
    if (/^\d{4}\D+\d{4}$/.test(words.replace(/^\D+/, ""))) return [];
    return [{ start, end, date: from, precision: "day" as const, until: unit.precision === "day" ? null : to }];
  });
}

function periods(text: string, day: string): EventTime[] {
  return findPeriods(text, noon(day)).flatMap(({ since, until, text: words, start, end, relative }) => {
    // "the past several days" is a stretch up to now, not when something happened
    if (STRETCH.test(words)) return [];
    let [from, to] = [since, until];
    if (from === null || to === null) {
      // an open side: what stands behind "since" or "until" is the time that is named
      const [bare] = findPeriods(`in ${words.replace(LEAD, "").replace(/\s+(?:on|onwards?)$/, "")}`, noon(day));
      if (bare === undefined || bare.since === null || bare.until === null) return [];
      [from, to] = [bare.since, bare.until];
    }
    const direction = relative ? "back" : directionOf(text, start, end);
    const [later, latest] = next(from, to, words, day);
    if (direction === "ahead" || (direction === "nearer" && apart(day, later) < apart(to, day))) [from, to] = [later, latest];
    const unit = unitOf(from, to);
    return unit.precision === null ? [] : [{ start, end, date: unit.date, precision: unit.precision, until: null }];
  });
}

/** The next such days, where no year is said. */
function next(since: string, until: string, words: string, day: string): [string, string] {
  if (/\d{4}/.test(words) || until >= day) return [since, until];
  const later = (date: string): string => `${Number(date.slice(0, 4)) + 1}${date.slice(4)}`;
  return [later(since), later(until)];
}

/** The day, month or year that holds all of the days; no more than a year. */
function unitOf(since: string, until: string): { date: string; precision: "day" | "month" | "year" | null } {
  if (since === until) return { date: since, precision: "day" };
  if (since.slice(0, 7) === until.slice(0, 7)) return { date: since.slice(0, 7), precision: "month" };
  return { date: since.slice(0, 4), precision: since.slice(0, 4) === until.slice(0, 4) ? "year" : null };
}

const apart = (from: string, to: string): number => Date.parse(to) - Date.parse(from);
const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);
