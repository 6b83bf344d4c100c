// Names of months and weekdays as news writes them, in the languages that pages most often carry. Pure tables.
// Foreign abbreviations that are ordinary English words ("out", "set", "ago") are left out on purpose.

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

const NUMBERS = new Map(NAMES.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

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
export function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

export function isCalendarDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysIn(year, month);
}
