// One stated date, in whatever form a page, feed or letter gives it, to the program's form: as precise as it stands, never guessed. Scripts and
// languages that the date finder does not read are rewritten with English months and plain figures; the Persian solar calendar is converted.
import type { Dated } from "../../domain.ts";
import { DAY_MS, monthNumber } from "../../text/date-words.ts";
import { findDates, type DayMonthOrder, type FoundDate } from "../../text/dates.ts";
import { folded } from "./dom.ts";

/**
 * `order` says how 04/11/2025 reads where the source's language tells. An ambiguous or impossible date, years outside 1900..2100 and unset
 * clocks (1970-01-01, 0001) give null.
 */
export function statedDate(value: string, order?: DayMonthOrder): Dated | null {
  const text = folded(value);
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
      (_whole, year, month, day, hour?, minute?, second = "00") =>
        `${year}-${month}-${day}${hour === undefined ? "" : `T${hour}:${minute}:${second}`}`,
    )
    .replace(/(?<=\d[ -]\p{L}{3,9}\.?[ -])\d\d(?= \d{1,2}:)/u, (year) => `${Number(year) < 70 ? 20 : 19}${year}`)
    .replace(/( \d\d:\d\d:\d\d [+-]\d{4}) (\d{4})$/, " $2$1")
    // names that stand for several zones, here as mails and feeds mean them
    .replace(/ CST$/, " -0600")
    .replace(/ BST$/, " +0100");

/** The clock of the page, not of the article. */
const NOW = /\b(?:aktuelle zeit|heute|current time|today)\b/iu;
/** What may stand beside the date in a line that is nothing but a date line. */
const BESIDE = 70;

export const besides = (text: string, dates: readonly FoundDate[]): string =>
  dates.reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text).trim();

/** True where little stands beside the date and nothing of it is a sentence. */
export function isDateLine(text: string, dates: readonly FoundDate[]): boolean {
  if (dates.length > 2 || NOW.test(text)) return false;
  const beside = besides(text, dates);
  const words = beside.match(/\p{L}+/gu)?.length ?? 0;
  return beside.length <= BESIDE && words <= 9 && !(words > 4 && /[.!?]["”’]?$/u.test(beside));
}

/** A language that writes another's name for another month stands behind it. */
const LANGUAGES = "ar ar-SY fa ur pl uk el id sv tr hi bn sk ro hu cs fi th nl da nb bg sr es it pt fr".split(" ");
const ENGLISH = "January February March April May June July August September October November December".split(" ");
const WORD = "(?<!\\p{L})\\p{L}[\\p{L}\\p{M}]+(?:\\s\\p{L}[\\p{L}\\p{M}]+)?[،.]?";
const NEAR_FIGURES = new RegExp(`(?<=\\d\\.?[\\s،,-]{0,2}(?:de\\s)?)${WORD}|${WORD}(?=[\\s،,]{1,2}\\d)`, "gu");
const YEAR_FIRST = new RegExp(`(?<!\\p{N})((?:19|20)\\d{2})\\.?\\s(${ENGLISH.join("|")})\\s(\\d{1,2})(?!\\p{N})\\.?`, "gu");
const SOLAR_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند";
const SOLAR = new RegExp(
  `(?<!\\d)(?:(\\d{1,2})\\s(${SOLAR_MONTHS})(?:\\s?ماه)?\\s(1[34]\\d{2})|(1[34]\\d{2})/(\\d{1,2})/(\\d{1,2}))(?!\\d)`,
  "gu",
);

/** The same text where it has no such date; nothing else is touched. */
export function plainDateText(text: string): string {
  if (!/\p{Nd}/u.test(text)) return text;
  return text
    .replace(/(?!\d)\p{Nd}/gu, figureOf)
    .replace(SOLAR, (whole, d1?: string, name?: string, y1?: string, y2?: string, m2?: string, d2?: string) => {
      const month = name === undefined ? Number(m2) : SOLAR_MONTHS.split("|").indexOf(name) + 1;
      return gregorian(Number(y1 ?? y2), month, Number(d1 ?? d2)) ?? whole;
    })
    .replace(NEAR_FIGURES, (words) => {
      const [first = "", ...more] = words.split(/\s/);
      if (monthNumber(first.replace(/[،.]$/, "")) !== null) return words;
      const both = more.length === 0 ? undefined : months().get(bareWord(words));
      const month = both ?? months().get(bareWord(first));
      return month === undefined ? words : [month, ...(both === undefined ? more : [])].join(" ");
    })
    .replace(YEAR_FIRST, "$3 $2 $1");
}

const bareWord = (word: string): string =>
  word
    .normalize("NFKD")
    .replace(/[\p{M}،.]/gu, "")
    .toLowerCase();

let known: ReadonlyMap<string, string> | null = null;
const months = (): ReadonlyMap<string, string> =>
  (known ??= new Map(
    LANGUAGES.flatMap(monthsOf)
      .filter(([name]) => name.length > 1)
      .reverse(),
  ));

const monthsOf = (language: string): [name: string, english: string][] =>
  (["long", "short"] as const).flatMap((style) => {
    const form = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { day: "numeric", month: style, timeZone: "UTC" });
    const nameOf = (at: number): string =>
      form.formatToParts(Date.UTC(2024, at, 5)).find(({ type }) => type === "month")?.value ?? "";
    return ENGLISH.map((english, at): [string, string] => [bareWord(nameOf(at)), english]);
  });

function figureOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

/** A day of the Persian solar calendar as ISO; null for no day. */
function gregorian(year: number, month: number, day: number): string | null {
  const form = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", { dateStyle: "short", timeZone: "UTC" });
  const start = Date.UTC(year + 621, 2, 18) + (month - 1) * 30 * DAY_MS + day * DAY_MS;
  for (let at = start; at < start + 12 * DAY_MS; at += DAY_MS)
    if (form.format(at).startsWith(`${month}/${day}/${year} `)) return new Date(at).toISOString().slice(0, 10);
  return null;
}
