// When what a sentence tells happened: every time expression resolved to a day, month or year, against the day the text was published.
// A form that needs the publication day ("last Tuesday") gives nothing where that is unknown; a week becomes the month or year that holds it,
// never a day that was not said. Pure; English.
import type { Dated, Span } from "../domain.ts";
import { DAY_MS, dayNumber, isoDay, WEEKDAYS, weekdayOf } from "./date-words.ts";
import { findDates } from "./dates.ts";
import { IRREGULAR } from "./irregular-forms.ts";
import { findPeriods } from "./periods.ts";
import { wordsOf } from "./words.ts";

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

interface RelativeTime extends Span {
  date: Dated;
  precision: "day" | "month" | "year";
}

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
function relativeTimes(text: string, published: string, named: readonly RelativeTime[]): RelativeTime[] {
  const own = [...weekdays(text, published), ...monthDays(text, published)].filter(
    (time) => !named.some((other) => time.start < other.end && other.start < time.end),
  );
  return [...own, ...counted(text, [...named, ...own])];
}

function weekdays(text: string, published: string): RelativeTime[] {
  const today = dayNumber(published);
  return [...text.matchAll(WEEKDAY)].map((match) => {
    const { which, name = "", week, after } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const wanted = WEEKDAYS.indexOf(name.toLowerCase());
    const back = (weekdayOf(today) - wanted + 7) % 7;
    const forward = (7 - back) % 7;
    let day = today - back;
    if (week !== undefined) {
      const weeks = week.toLowerCase() === "last" ? -7 : week.toLowerCase() === "next" ? 7 : 0;
      day = today - weekdayOf(today) + wanted + weeks;
    } else if (which === "last" || which === "past") day = today - (back === 0 ? 7 : back);
    else if (which === "next" || which === "coming") day = today + (forward === 0 ? 7 : forward);
    else if (weekdayAhead(text, start, end)) day = today + forward;
    if (after !== undefined) day = today + (forward === 0 ? 7 : forward) + 7;
    return { start, end, date: isoDay(day), precision: "day" };
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
    return Number.isNaN(Date.parse(date)) || isoDay(dayNumber(date)) !== date
      ? []
      : [{ start, end, date, precision: "day" as const }];
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
    return { date: isoDay(dayNumber(base.date) + n * (unit === "day" ? 1 : 7)), precision: "day" };
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

/** "beat", "cut" and the like are of the present as well. */
const PAST_FORMS = new Set(
  [...IRREGULAR]
    .filter(([form, base]) => form !== base && !/men$|children|people|^(?:is|are|am)$/.test(form))
    .map(([form]) => form),
);
const AHEAD =
  /\b(?:will|shall|won't|is to|are to|is due|are due|due to|scheduled|plans? to|planned for|expected|expects?|set to|going to|intends?|hopes? to|would|next|coming|upcoming)\b/i;
/** The same, where it stands in front of the time: behind it the plan itself is dated ("in March it was considering a sale"). Case tells may from May. */
const AHEAD_BEFORE =
  /\b(?:(?:is|are|was|were|be|not|still|now|also|already|currently) (?:planning|intending|considering|weighing|preparing|hoping|aiming|proposing|expecting|forecasting|predicting|seeking|thinking)|(?:may|might|could)(?! (?:not )?have\b)(?! not\b)|(?:un)?likely to|hopes? for|wants? to|proposes|promises|pledges|vows|considers|forecasts|predicts|no (?:plans?|intention)|opens|starts|begins|takes (?:effect|place)|comes into (?:force|effect)|expires|resumes|goes on sale)\b/;
/** Looks to what is to come, or to what was: of these the nearer day counts. */
const EITHER =
  /\bhad (?:\w+ )?(?:been )?(?:expected|planned|scheduled|due|set|hoped|intended|going)\b|\b(?:planned|intended|proposed|promised|pledged|vowed|forecast|predicted|considered|hoped for|ruled out|(?:agreed|voted|decided|wanted|ordered|told|asked|promised|pledged|vowed) to)\b/i;
const NO_PLAN =
  /(?:\b(?:not|never|no longer)|n['’]t) (?:\w+ly |yet |now )?(?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|consider(?:s|ed|ing)?|expect(?:s|ed|ing)?|forecast(?:ing)?|propos(?:es?|ed|ing)|aim(?:s|ed|ing)?|prepar(?:es?|ed|ing)|seek(?:s|ing)?|schedul(?:ed|ing)|weigh(?:s|ed|ing)?)\b|\bno (?:plans?|intention|intentions|proposals?)\b|\brul(?:es?|ed|ing) out\b|\bden(?:y|ies|ied|ying) (?:that |having )?(?:\w+ ){0,3}plan/i;
const BREAK =
  /[;:]\s|,?\s(?:but|while|whereas|after|before|when|because|although|which|who|where)\s|,\s(?:and|said|says)\s|(?:\sand|,)\s(?=(?:will|would|is|are|was|were|has|had)\s)|\sthat\s/gi;

function looksAhead(text: string, start: number, end: number): boolean {
  const { before, whole } = clauseAround(text, start, end);
  if (/\bhad\b/i.test(EITHER.exec(whole)?.[0] ?? "")) return false;
  const ahead = AHEAD.exec(whole);
  // "in October revealed plans to expand": the telling of the plan is dated, not the plan
  const told = ahead !== null && /^plans? to/i.test(ahead[0]) && PAST.test(whole.slice(0, ahead.index));
  return (ahead !== null && !told) || precedes(AHEAD_BEFORE, before);
}

/** A verb of the past, but for the participle of "are banned" or "is to be closed". */
const PRESENT_PASSIVE = /\b(?:is|are|be|being|stays?|remains?|keeps?)\s+(?:\w+ly\s+)?\p{Ll}+(?:ed|en|t)\b/giu;
const PAST = /\b(?:was|were|had|did|has|have|\p{Ll}{2,}ed)\b/u;
const LEADS_TO = /\b(?:on|until|till|by|before|from|through|this)\s+$|\b(?:is|are|sale)\s+$/i;

/** "until Thursday", "reopen on Wednesday", "has until Friday": a weekday behind a verb of the present is the one to come. */
function weekdayAhead(text: string, start: number, end: number): boolean {
  if (looksAhead(text, start, end)) return true;
  const lead = LEADS_TO.exec(text.slice(0, start));
  if (lead === null && !/^this\s/i.test(text.slice(start))) return false;
  if (/\b(?:has|have)\s+(?:until|till)\s+$/i.test(text.slice(0, start))) return true;
  // "before" begins no clause here
  const { whole } = clauseAround(text, lead?.index ?? start, end);
  const said = whole.replace(PRESENT_PASSIVE, " ");
  return !PAST.test(said) && !wordsOf(said).some(({ folded }) => PAST_FORMS.has(folded));
}

/** It may look ahead or back: a time without a year is the nearer one. */
function looksEitherWay(text: string, start: number, end: number): boolean {
  const { before } = clauseAround(text, start, end);
  return precedes(EITHER, before);
}

/** "was not planning a rise in December": the clause tells that nothing is planned for the time. */
export function deniesPlan(text: string, start: number, end: number): boolean {
  return NO_PLAN.test(clauseAround(text, start, end).before);
}

/** Something stands between the words and the time: "promised in March" dates the promise, "promised a school in March" the school. */
function precedes(words: RegExp, before: string): boolean {
  const match = words.exec(before);
  if (match === null) return false;
  return TIMETABLE.test(match[0]) || /\p{L}{3,}/u.test(before.slice(match.index + match[0].length));
}

/** Said of a time directly: "opens in May". */
const TIMETABLE = /^(?:opens|starts|begins|takes|comes|expires|resumes|goes|had)\b/i;

function clauseAround(text: string, start: number, end: number): { before: string; whole: string } {
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(BREAK)) {
    if (match.index + match[0].length <= start) from = match.index + match[0].length;
    else if (match.index >= end && match.index < to) to = match.index;
  }
  return { before: text.slice(from, start), whole: text.slice(from, to) };
}
