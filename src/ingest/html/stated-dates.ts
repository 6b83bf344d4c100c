// One stated date, in whatever form a page, feed or letter gives it, to the program's form: as precise as it stands, never guessed.
// An ambiguous or impossible date gives null.
import type { Dated } from "../../domain.ts";
import { findDates, type DayMonthOrder } from "../../text/dates.ts";
import { plainDateText } from "./plain-date-text.ts";

/** `order` says how 04/11/2025 reads where the source's language tells. Years outside 1900..2100 and unset clocks (1970-01-01, 0001) give null. */
export function statedDate(value: string, order?: DayMonthOrder): Dated | null {
  const text = value.replace(/\s+/g, " ").trim();
  if (text === "" || text.length > 120) return null;
  const seconds = /^(\d{10})(?:\d{3})?$/.exec(text)?.[1];
  const written = seconds === undefined ? inFull(plainDateText(text)) : new Date(Number(seconds) * 1000).toISOString();
  const [only, ...others] = findDates(written, undefined, order).filter((date) => date.precision !== "year" && !date.inferred);
  if (only === undefined || others.length > 0 || !/^(?:19|20)/.test(only.value) || only.value.startsWith("1970-01-01"))
    return null;
  // exactly midnight is how systems write a day without a time
  return only.value.replace(/T00:00(?::00)?(?:Z|[+-]\d{2}:\d{2})?$/, "");
}

/** Without separators, with a year of two digits before a time, with the year behind the zone: as machines write and people don't. */
const inFull = (text: string): string =>
  text
    .replace(
      /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?=Z?$|[+-]\d)/,
      (_whole, year, month, day, hour?, minute?, second?) =>
        [`${year}-${month}-${day}`, ...(hour === undefined ? [] : [`T${hour}:${minute}:${second ?? "00"}`])].join(""),
    )
    .replace(/(?<=\d[ -]\p{L}{3,9}\.?[ -])\d\d(?= \d{1,2}:)/u, (year) => `${Number(year) < 70 ? 20 : 19}${year}`)
    .replace(/( \d\d:\d\d:\d\d [+-]\d{4}) (\d{4})$/, " $2$1")
    // names that stand for several zones, here as mails and feeds mean them
    .replace(/ (CST|BST)$/, (_whole, zone) => (zone === "CST" ? " -0600" : " +0100"));
