// Times that are counted from another day: weekdays ("on Tuesday", "Friday's vote", "Monday of last week"), a bare day of the month ("on the
// 14th"), and "two days later", counted from the date named before. Pure; English.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS } from "./date-words.ts";
import { looksAhead, weekdayAhead } from "./looks-ahead.ts";

export interface RelativeTime extends Span {
  date: Dated;
  precision: "day" | "month" | "year";
}

const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");
const COUNTS = "a one two three four five six seven eight nine ten".split(" ");
const WEEKDAY =
  /(?<![\p{L}\p{N}-])(?:(?<which>last|this|next|coming|past)\s+)?(?<name>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?![\p{L}-])(?:['’]s)?(?:\s+(?:of\s+)?(?<week>last|this|next)\s+week)?(?<after>\s+week\b)?/gu;
const MONTH_DAY =
  /\bon the (?<day>[12]?\d|3[01])(?:st|nd|rd|th)(?:\s+of (?<which>this|last) month)?(?=[,.;]|\s+of (?:this|last)|\s+and\b|$)/gu;
const COUNTED =
  /\b(?<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?<unit>day|week|month|year)s? (?<way>later|earlier|before|afterwards)\b(?! (?:the|this|he|she|it|they))/giu;
const NEIGHBOUR =
  /\bthe (?<way>next|following|previous) (?<unit>day|month|year)\b|\bthe (?<unit2>day|month|year) (?<way2>before|after)\b(?! (?:the|that|a|its|his|her))/giu;

/** `named`: dates that the text gives in full, which others are counted from. */
export function relativeTimes(text: string, published: string, named: readonly RelativeTime[]): RelativeTime[] {
  const own = [...weekdays(text, published), ...monthDays(text, published)].filter(
    (time) => !named.some((other) => time.start < other.end && other.start < time.end),
  );
  return [...own, ...counted(text, [...named, ...own])];
}

function weekdays(text: string, published: string): RelativeTime[] {
  const today = serial(published);
  return [...text.matchAll(WEEKDAY)].map((match) => {
    const { which, name = "", week, after } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const wanted = WEEKDAYS.indexOf(name.toLowerCase());
    const back = (dayOfWeek(today) - wanted + 7) % 7;
    const forward = (7 - back) % 7;
    let day = today - back;
    if (week !== undefined) {
      const weeks = week.toLowerCase() === "last" ? -7 : week.toLowerCase() === "next" ? 7 : 0;
      day = today - dayOfWeek(today) + wanted + weeks;
    } else if (which === "last" || which === "past") day = today - (back === 0 ? 7 : back);
    else if (which === "next" || which === "coming") day = today + (forward === 0 ? 7 : forward);
    else if (weekdayAhead(text, start, end)) day = today + forward;
    if (after !== undefined) day = today + (forward === 0 ? 7 : forward) + 7;
    return { start, end, date: iso(day), precision: "day" };
  });
}

function monthDays(text: string, published: string): RelativeTime[] {
  return [...text.matchAll(MONTH_DAY)].flatMap((match) => {
    const { day = "", which } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const at = published.slice(0, 8) + day.padStart(2, "0");
    const ahead = which === undefined && looksAhead(text, start, end);
    const months = which === "last" || (which === undefined && !ahead && at > published) ? -1 : ahead && at < published ? 1 : 0;
    const date = shifted(published.slice(0, 7), "month", months) + at.slice(7);
    return Number.isNaN(Date.parse(date)) || iso(serial(date)) !== date ? [] : [{ start, end, date, precision: "day" as const }];
  });
}

/** Counted from the nearest date named before; nothing where there is none. */
function counted(text: string, from: readonly RelativeTime[]): RelativeTime[] {
  const found: RelativeTime[] = [];
  for (const match of [...text.matchAll(COUNTED), ...text.matchAll(NEIGHBOUR)].sort((a, b) => a.index - b.index)) {
    const { count = "one", unit, unit2, way, way2 } = match.groups ?? {};
    const of = (unit ?? unit2 ?? "day").toLowerCase();
    const said = (way ?? way2 ?? "").toLowerCase();
    const base = [...from, ...found].filter((time) => time.end <= match.index).sort((a, b) => b.end - a.end)[0];
    const n =
      (Number(count) || Math.max(1, COUNTS.indexOf(count.toLowerCase()))) *
      (/later|afterwards|next|following|after/.test(said) ? 1 : -1);
    const date = base === undefined ? null : countedFrom(base, of, n);
    if (date !== null) found.push({ start: match.index, end: match.index + match[0].length, ...date });
  }
  return found;
}

/** As precise as both the base and the unit are; null where days are counted from a month. */
function countedFrom(base: RelativeTime, unit: string, n: number): Pick<RelativeTime, "date" | "precision"> | null {
  if (unit === "day" || unit === "week") {
    if (base.precision !== "day") return null;
    return { date: iso(serial(base.date) + n * (unit === "day" ? 1 : 7)), precision: "day" };
  }
  if (unit === "month")
    return base.precision === "year" ? null : { date: shifted(base.date.slice(0, 7), "month", n), precision: "month" };
  return base.precision === "year"
    ? { date: String(Number(base.date) + n), precision: "year" }
    : { date: shifted(base.date.slice(0, 7), "year", n), precision: "month" };
}

function shifted(month: string, unit: "month" | "year", n: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + n * (unit === "month" ? 1 : 12));
  return at.toISOString().slice(0, 7);
}

const serial = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
const iso = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const dayOfWeek = (day: number): number => (day + 3) % 7;
