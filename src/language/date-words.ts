// How a stored date is written for people: no more precise than its source, in nobody's time zone.
import type { Dated } from "../domain.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** `2025-10-31T23:03` → `31 Oct 2025`, `2025-10` → `Oct 2025`, `2025` → `2025`. The calendar day is the source's own. */
export function dateInWords(value: Dated): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(value) ?? [];
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  if (year === undefined) return value;
  if (name === undefined) return year;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}
