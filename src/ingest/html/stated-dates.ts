// One stated date, in whatever form a page, feed or letter gives it, to the program's form: as precise as it stands, never guessed.
// An ambiguous or impossible date gives null.
import type { Dated } from "../../domain.ts";
import { findDates, type DayMonthOrder } from "../../text/dates.ts";
import { plainDateText } from "./plain-date-text.ts";

const ISO =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:(?:[T ]|\s{1,3})(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s{0,2}(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?)?$/i;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/;
const SLASHED = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const RFC822 =
  /^(?:\p{L}{2,10}\.?,?\s+)?(\d{1,2})[\s-]+(\p{L}{3,10})\.?[\s-]+(\d{4}|\d{2}),?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*(\(?[a-z]{1,4}\)?|[+-]\d{2}:?\d{2}))?(?:\s*\(.{1,30}\))?$/iu;
const JS_DATE =
  /^[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+(?:(\d{2}):(\d{2}):(\d{2})\s+(?:([A-Z]{3,4}|[+-]\d{4})\s+)?)?(\d{4})(?:\s+(\d{2}):(\d{2}):(\d{2})\s+(?:GMT|UTC)?([+-]\d{4})?)?(?:\s*\(.{1,60}\))?$/i;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
/** Abbreviations that feeds in other languages put into the English form; "mar" and its kin mean the same everywhere. */
const OTHER_MONTHS: Record<string, string> = {
  ene: "jan",
  gen: "jan",
  fev: "feb",
  fév: "feb",
  mär: "mar",
  mrz: "mar",
  abr: "apr",
  avr: "apr",
  mai: "may",
  mag: "may",
  giu: "jun",
  lug: "jul",
  ago: "aug",
  aoû: "aug",
  set: "sep",
  okt: "oct",
  out: "oct",
  ott: "oct",
  dez: "dec",
  dic: "dec",
  déc: "dec",
};
const ZONES: Record<string, string> = {
  z: "Z",
  gmt: "Z",
  ut: "Z",
  utc: "Z",
  est: "-05:00",
  edt: "-04:00",
  cst: "-06:00",
  cdt: "-05:00",
  mst: "-07:00",
  mdt: "-06:00",
  pst: "-08:00",
  pdt: "-07:00",
  cet: "+01:00",
  cest: "+02:00",
  bst: "+01:00",
  msk: "+03:00",
  jst: "+09:00",
  eet: "+02:00",
  eest: "+03:00",
  wet: "Z",
};

/** `order` says how 04/11/2025 reads where the source's language tells. Years outside 1900..2100 and unset clocks (1970-01-01, 0001) give null. */
export function statedDate(value: string, order?: DayMonthOrder): Dated | null {
  const text = plainDateText(value.replace(/\s+/g, " ").trim());
  if (text === "" || text.length > 120) return null;
  const iso = ISO.exec(text) ?? COMPACT.exec(text) ?? SLASHED.exec(text);
  if (iso !== null) return assemble(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7]);
  const mail = RFC822.exec(text);
  if (mail !== null) {
    const month = monthNumber(mail[2]);
    if (month !== null)
      return assemble(longYear(mail[3]), month, mail[1], mail[4], mail[5], mail[6], mail[7]?.replace(/[()]/g, ""));
  }
  const js = JS_DATE.exec(text);
  if (js !== null) {
    const month = monthNumber(js[1]);
    if (month !== null) return assemble(js[7], month, js[2], js[3] ?? js[8], js[4] ?? js[9], js[5] ?? js[10], js[6] ?? js[11]);
  }
  if (/^\d{10}$|^\d{13}$/.test(text)) {
    const at = new Date(text.length === 10 ? Number(text) * 1000 : Number(text));
    return plausible(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
      ? at.toISOString().replace(/\.\d+Z$/, "Z")
      : null;
  }
  const found = findDates(text, undefined, order).filter((date) => date.precision !== "year" && !date.inferred);
  const only = found[0];
  return found.length === 1 && only !== undefined && inRange(only.value) ? dropMidnight(only.value) : null;
}

function assemble(
  year: string | undefined,
  month: string | undefined,
  day?: string,
  hour?: string,
  minute?: string,
  second?: string,
  zone?: string,
): Dated | null {
  const y = Number(year);
  const m = Number(month);
  if (day === undefined) return m >= 1 && m <= 12 && y >= 1900 && y <= 2100 ? `${year}-${two(m)}` : null;
  const d = Number(day);
  if (!plausible(y, m, d)) return null;
  const date = `${String(y).padStart(4, "0")}-${two(m)}-${two(d)}`;
  if (hour === undefined || minute === undefined) return date;
  const [h, min, s] = [Number(hour), Number(minute), Number(second ?? 0)];
  if (h > 23 || min > 59 || s > 60) return date;
  return dropMidnight(`${date}T${two(h)}:${two(min)}${second === undefined ? "" : `:${two(Math.min(s, 59))}`}${offset(zone)}`);
}

/** A time of exactly midnight is how systems write a day without a time. */
const dropMidnight = (value: Dated): Dated => value.replace(/T00:00(?::00)?(?:Z|[+-]\d{2}:\d{2})?$/, "");

function offset(zone: string | undefined): string {
  if (zone === undefined || zone === "") return "";
  const numeric = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (numeric === null) return ZONES[zone.toLowerCase()] ?? "";
  const [hours, minutes] = [numeric[2] ?? "00", numeric[3] ?? "00"];
  return Number(hours) > 14 ? "" : hours === "00" && minutes === "00" ? "Z" : `${numeric[1]}${hours}:${minutes}`;
}

function monthNumber(name: string | undefined): string | null {
  const own = (name ?? "").slice(0, 3).toLowerCase();
  const index = MONTHS.indexOf(OTHER_MONTHS[own] ?? own);
  return index < 0 ? null : String(index + 1);
}

const longYear = (year: string | undefined): string | undefined =>
  year?.length === 2 ? (Number(year) < 70 ? `20${year}` : `19${year}`) : year;
const two = (value: number): string => String(value).padStart(2, "0");
const inRange = (value: Dated): boolean => Number(value.slice(0, 4)) >= 1900 && Number(value.slice(0, 4)) <= 2100;

function plausible(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2100 || (year === 1970 && month === 1 && day === 1)) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The first and last millisecond that a date can mean, in any time zone where it names none. For comparing dates of different precision. */
export function rangeOf(value: Dated): { from: number; to: number } {
  const HOUR = 3_600_000;
  if (/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value)) {
    const at = Date.parse(value);
    return { from: at, to: at };
  }
  const day = value.slice(0, 10);
  const parts = day.split("-").map(Number);
  const start = Date.UTC(parts[0] ?? 1970, (parts[1] ?? 1) - 1, parts[2] ?? 1);
  const end = Date.UTC(
    parts[0] ?? 1970,
    (parts[1] ?? 12) - 1 + (parts[2] === undefined ? 1 : 0),
    parts[2] === undefined ? 1 : parts[2] + 1,
  );
  return { from: start - 14 * HOUR, to: end + 12 * HOUR };
}

export function sameTime(a: Dated, b: Dated): boolean {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  return x.from <= y.to && y.from <= x.to;
}
