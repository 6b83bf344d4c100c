// How a stored date is written for people: no more precise than its source, in nobody's time zone.
import type { Dated } from "../domain.ts";
import { daysIn, isCalendarDay } from "./months.ts";

/** Of a day in UTC. */
export const DAY_MS = 86_400_000;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `2025-10-31T23:03` → `31 Oct 2025`, `2025-10` → `Oct 2025`, `2025` → `2025`. The calendar day is the source's own. */
export function dateInWords(value: Dated): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(value) ?? [];
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
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
