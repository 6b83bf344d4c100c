// The calendar's words: names of months and weekdays as news writes them, in the languages that pages most often carry, and how a stored date is
// written for people: no more precise than its source, in nobody's time zone. Foreign abbreviations that are English words ("out", "set") are left out.
import type { Dated } from "../domain.ts";

const NAMES: readonly (readonly string[])[] = [
  "january jan januar janvier enero gennaio janeiro januari января январь ocak",
  "february feb febr februar février fevrier febrero febbraio fevereiro februari февраля февраль şubat",
  "march mar märz maerz mars marzo março maart марта март mart",
  "april apr avril abril aprile апреля апрель nisan",
  "may mai mayo maggio maio mei мая май mayıs",
  "june jun juni juin junio giugno junho июня июнь haziran",
  "july jul juli juillet julio luglio julho июля июль temmuz",
  "august aug août aout agosto augustus августа август ağustos",
  "september sept sep septembre septiembre settembre setembro сентября сентябрь eylül",
  "october oct oktober okt octobre octubre ottobre outubro октября октябрь ekim",
  "november nov novembre noviembre novembro ноября ноябрь kasım",
  "december dec dezember dez décembre decembre diciembre dicembre dezembro декабря декабрь aralık",
].map((line) => line.split(" "));

export const MONTH_NAMES = NAMES.map(([english = ""]) => english);
const NUMBERS = new Map(NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

/** English names and their first letters, alternatives for a pattern with the flag `i`. */
export const MONTH_FORMS = ["sept", ...MONTH_NAMES.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`)].join("|");

/** Alternatives for a pattern, longest first; to be used with the flags `iu`. */
export const MONTH_PATTERN = [...NUMBERS.keys()].sort((a, b) => b.length - a.length).join("|");

export const WEEKDAY_PATTERN =
  "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|" +
  "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo";

/** 1..12; null where it is no month's name. Case and a final full stop do not matter. */
export function monthNumber(name: string): number | null {
  return NUMBERS.get(name.toLowerCase().replace(/\.$/, "")) ?? null;
}

/** Of a month 1..12 in the (proleptic Gregorian) calendar. */
function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function isCalendarDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysIn(year, month);
}

/** Of a day in UTC. */
export const DAY_MS = 86_400_000;

const written = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** With their capitals: "March" is no month where it is "march". */
export const MONTHS_WRITTEN = MONTH_NAMES.map(written);
export const MONTHS_SHORT = MONTHS_WRITTEN.map((name) => name.slice(0, 3));

/** `2025-10-31T23:03` → `31 Oct 2025`, `2025-10` → `Oct 2025`, `2025` → `2025`. The calendar day is the source's own. */
export function dateInWords(value: Dated): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(value) ?? [];
  const name = month === undefined ? undefined : MONTHS_SHORT[Number(month) - 1];
  if (year === undefined) return value;
  if (name === undefined) return year;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

const DATED = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/;

/** A year, month, day or instant in ISO form that the calendar has. */
export function isDated(value: string): boolean {
  const match = DATED.exec(value);
  if (match === null) return false;
  const [, year, month, day] = match;
  if (month === undefined) return Number(year) > 0;
  return isCalendarDay(Number(year), Number(month), day === undefined ? 1 : Number(day));
}

/** The first calendar day that the date may mean, `YYYY-MM-DD`. */
export function firstDay(value: Dated): string {
  return `${value.slice(0, 10)}${"-01-01".slice(Math.min(6, value.length - 4))}`.slice(0, 10);
}

/** The last calendar day that the date may mean, `YYYY-MM-DD`. */
export function lastDay(value: Dated): string {
  if (value.length >= 10) return value.slice(0, 10);
  if (value.length < 7) return `${value.slice(0, 4)}-12-31`;
  return `${value}-${daysIn(Number(value.slice(0, 4)), Number(value.slice(5, 7)))}`;
}

export const WEEKDAYS: readonly string[] = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
/** With their capitals, alternatives for a pattern. */
export const WEEKDAYS_WRITTEN = WEEKDAYS.map(written).join("|");
/** A day as a count of days, so that arithmetic has no time zone, and back. */
export const dayNumber = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
export const isoDay = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
/** 0 Monday … 6 Sunday. */
export const weekdayOf = (number: number): number => (number + 3) % 7;
