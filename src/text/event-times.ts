// When what a sentence tells happened: every time expression resolved to a day, month or year, against the day the text was published.
// A form that needs the publication day ("last Tuesday") gives nothing where that is unknown; a week becomes the month or year that holds it,
// never a day that was not said. Pure; English.
import type { Dated, Span } from "../domain.ts";
import { dayNumber, isoDay, WEEKDAYS, WEEKDAYS_WRITTEN, weekdayOf } from "./date-words.ts";
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

/** In order of place, without overlaps. `published`: ISO day, or less where no more is known. */
export function findEventTimes(text: string, published: Dated | null): EventTime[] {
  const read = text.slice(0, LONGEST);
  const day = published !== null && published.length >= 10 ? published.slice(0, 10) : null;
  const found: EventTime[] = [];
  const add = (times: readonly EventTime[]): void => {
    for (const time of times) if (!found.some((other) => time.start < other.end && other.start < time.end)) found.push(time);
  };
  const stretches = day === null ? [] : periods(read, day);
  add(stretches.filter(({ until }) => until !== null));
  add(fixedDates(read, day));
  if (day !== null) {
    add(weekdays(read, day));
    add(counted(read, found));
    add(stretches);
  }
  return found.filter((time) => !isImpossible(read, time, day)).sort((a, b) => a.start - b.start);
}

/** What is told as done lies behind: "clinched a ticket to next year's cup" happened in no next year. */
function isImpossible(text: string, { date, start, end }: EventTime, day: string | null): boolean {
  // a year that stands there is the text's own
  if (day === null || date <= day || /\d{4}/.test(text.slice(start, end))) return false;
  const { whole } = clauseAround(text, start, end);
  return isPast(whole) && !PLANS.test(whole) && !FUTURE.test(whole);
}

/** Calendar dates as they stand; a year that is left out is that of the last such day, or of the next where the sentence looks ahead. */
function fixedDates(text: string, day: string | null): EventTime[] {
  return findDates(text, day ?? undefined).map(({ start, end, value, precision, inferred }) => {
    const date = value.slice(0, 10);
    const turned = inferred && day !== null ? placed([date, date], day, directionOf(text, start, end))[0] : date;
    return { start, end, date: turned, precision: precision === "time" ? "day" : precision, until: null };
  });
}

/** "the past several days" is a stretch up to now, not when something happened. */
const STRETCH =
  /\b(?:last|past|previous|recent|next|coming)\s+(?:several|few|couple|\d+|two|three|four|five|six|seven|eight|nine|ten|twelve)\b/i;
const LEAD = /^(?:since|starting(?:\s+(?:in|from|on))?|from|after|following|before|prior\s+to|until|till|up\s+to|by|as\s+of)\s+/i;
const DAYS_TO_DAYS = /\d\s*(?:-|–|—|to|and|until|till|through)\s*\d(?!\d{3}$)/i;

/** Stretches as the day, month or year that holds them; "from 3 to 7 May" with both its ends. */
function periods(text: string, day: string): EventTime[] {
  const now = new Date(`${day}T12:00:00Z`);
  return findPeriods(text, now).flatMap(({ since, until, text: words, start, end, relative }): EventTime[] => {
    if (STRETCH.test(words)) return [];
    // an open side: what stands behind "since" or "until" is the time that is named
    const bare = since === null || until === null ? `in ${words.replace(LEAD, "").replace(/\s+(?:on|onwards?)$/, "")}` : words;
    const [named] = bare === words ? [{ since, until }] : findPeriods(bare, now);
    if (named === undefined || named.since === null || named.until === null) return [];
    const said = relative || /\d{4}|\b(?:last|past|this|next)\b/i.test(words);
    const days: Days = [named.since, named.until];
    const [from, to] = said ? days : placed(days, day, directionOf(text, start, end));
    if (from === to) return [{ start, end, date: from, precision: "day", until: null }];
    if (DAYS_TO_DAYS.test(words)) return [{ start, end, date: from, precision: "day", until: to }];
    if (from.slice(0, 7) === to.slice(0, 7)) return [{ start, end, date: from.slice(0, 7), precision: "month", until: null }];
    return from.slice(0, 4) === to.slice(0, 4) ? [{ start, end, date: from.slice(0, 4), precision: "year", until: null }] : [];
  });
}

type Days = readonly [from: string, to: string];
type Direction = "ahead" | "back" | "nearer";

/** Days whose year is not said, in the last such year, in the next one, or in the one that is nearer. */
function placed([from, to]: Days, day: string, direction: Direction): Days {
  const moved = (years: number): Days =>
    [from, to].map((date) => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`) as [string, string];
  const last = from > day ? moved(-1) : ([from, to] as const);
  const next = to < day ? moved(1) : ([from, to] as const);
  if (direction === "nearer") return Date.parse(next[0]) - Date.parse(day) < Date.parse(day) - Date.parse(last[1]) ? next : last;
  return direction === "ahead" ? next : last;
}

const WEEKDAY = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:(?<which>last|this|next|coming|past)\s+)?(?<name>${WEEKDAYS_WRITTEN})(?![\p{L}-])(?:['’]s)?(?:\s+(?:of\s+)?(?<week>last|this|next)\s+week)?(?<after>\s+week\b)?`,
  "gu",
);

function weekdays(text: string, published: string): EventTime[] {
  const today = dayNumber(published);
  return [...text.matchAll(WEEKDAY)].map((match) => {
    const { which, name = "", week, after } = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const wanted = WEEKDAYS.indexOf(name.toLowerCase());
    const back = (weekdayOf(today) - wanted + 7) % 7;
    const next = today - back + (back === 0 && which === undefined && after === undefined ? 0 : 7);
    let day = today - back;
    if (week !== undefined) day = today - weekdayOf(today) + wanted + (week === "last" ? -7 : week === "next" ? 7 : 0);
    else if (after !== undefined) day = next + 7;
    else if (which === "last" || which === "past") day = today - (back || 7);
    else if (which === "next" || which === "coming" || weekdayAhead(text, start, end)) day = next;
    return { start, end, date: isoDay(day), precision: "day", until: null };
  });
}

const COUNTS = "a one two three four five six seven eight nine ten".split(" ");
const COUNTED =
  /\b(?:(?<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?<unit>day|week|month|year)s? (?<way>later|earlier|before|afterwards)\b(?! (?:the|this|he|she|it|they))|the (?<way2>next|following|previous) (?<unit2>day|month|year)\b|the (?<unit3>day|month|year) (?<way3>before|after)\b(?! (?:the|that|a|its|his|her)))/giu;

/** "two days later": counted from the nearest date named before, as precise as that and the unit are; nothing where there is none. */
function counted(text: string, from: readonly EventTime[]): EventTime[] {
  const found: EventTime[] = [];
  for (const match of text.matchAll(COUNTED)) {
    const { count = "one", unit, unit2, unit3, way, way2, way3 } = match.groups ?? {};
    const of = (unit ?? unit2 ?? unit3 ?? "day").toLowerCase();
    const base = [...from, ...found].filter((time) => time.end <= match.index).sort((a, b) => b.end - a.end)[0];
    if (base === undefined || (base.precision !== "day" && /day|week/.test(of)) || (base.precision === "year" && of === "month"))
      continue;
    const ahead = /later|afterwards|next|following|after/i.test(way ?? way2 ?? way3 ?? "");
    const n = (Number(count) || Math.max(1, COUNTS.indexOf(count.toLowerCase()))) * (ahead ? 1 : -1);
    const [start, end] = [match.index, match.index + match[0].length];
    if (/day|week/.test(of)) {
      const date = isoDay(dayNumber(base.date) + n * (of === "day" ? 1 : 7));
      found.push({ start, end, date, precision: "day", until: null });
    } else {
      const date = base.precision === "year" ? String(Number(base.date) + n) : shifted(base.date, of === "month" ? n : n * 12);
      found.push({ start, end, date, precision: base.precision === "year" ? "year" : "month", until: null });
    }
  }
  return found;
}

/** The month that lies so many months from that of the date. */
const shifted = (date: string, months: number): string =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months)).toISOString().slice(0, 7);

const PAST_FORMS = new Set(
  [...IRREGULAR].filter(([form]) => !/men$|children|people|^(?:is|are|am|has|having|does)$/.test(form)).map(([form]) => form),
);
const PAST = /\b(?:did|could(?:n['’]t| not)|cut|hit|put|set|beat|hurt|shut|spread|quit|\p{Ll}{2,}ed)\b/u;
/** "is expected", "are banned", "may close": a participle of the present, or no form of its own. */
const PRESENT = /\b(?:(?:is|are|be|being|stays?|remains?|keeps?|to|will|would|may|might|can|must)\s+)+(?:\w+ly\s+)?\p{Ll}+\b/giu;
/** Said of what is to come; of the past only in front of the time, as behind it the plan itself is dated ("in March it was considering a sale"). */
const PLANS =
  /\b(?:would|may|might|could|due|(?:hopes?|plans?|wants?|(?:un)?likely|agreed|decided|voted|wanted|promised|pledged|vowed|supposed) to|scheduled|expect(?:s|ed|ing)?|forecast|upcoming|planned|proposed|intended|(?:planning|considering|intending|proposing|hoping)(?! \w+ion\b)|hopes|no (?:plans?|intention)|opens|starts|begins?|resumes?|expires?|(?:takes|comes|goes) (?:effect|place|into|on sale))\b(?! not)/u;
const FUTURE = /\b(?:will|won['’]t|shall|(?:is|are) (?:not |now |also )?(?:to|due|set|going|scheduled))\b/;
const BREAK =
  /[;:]\s|,?\s(?:but|while|whereas|after|before|when|because|although|which|who|where)\s|,\sand\s|(?:\sand|,)\s(?=(?:said|says|will|would|is|are|was|were|has|had)\s)|\sthat\s/gi;

function clauseAround(text: string, start: number, end: number): { before: string; whole: string } {
  let [from, to] = [0, text.length];
  for (const match of text.matchAll(BREAK)) {
    if (match.index + match[0].length <= start) from = match.index + match[0].length;
    else if (match.index >= end && match.index < to) to = match.index;
  }
  return { before: text.slice(from, start), whole: text.slice(from, to) };
}

/** A time without a year lies behind, or ahead in a clause of plans; what was planned in the past may lie either way. */
function directionOf(text: string, start: number, end: number): Direction {
  const { before, whole } = clauseAround(text, start, end);
  if (FUTURE.test(before)) return "ahead";
  if (isPast(whole)) return PLANS.test(before) ? "nearer" : "back";
  return PLANS.test(whole) || FUTURE.test(whole) ? "ahead" : "back";
}

function isPast(clause: string): boolean {
  const said = clause.replace(/n['’]t\b/g, "").replace(PRESENT, " ");
  return PAST.test(said) || wordsOf(said).some(({ folded }) => PAST_FORMS.has(folded));
}

/** "until Thursday", "reopen on Wednesday", "has until Friday": behind a verb of the present it is the one to come. */
function weekdayAhead(text: string, start: number, end: number): boolean {
  const lead = /\b(?:on|until|till|by|before|from|through|for|is|are|sale)\s+(?:this )?$/i.exec(text.slice(0, start));
  // "before" begins no clause here
  const at = lead?.index ?? start;
  return (
    directionOf(text, at, end) === "ahead" ||
    ((lead !== null || /^this\s/i.test(text.slice(start))) && !isPast(clauseAround(text, at, end).whole))
  );
}

const NO_PLAN =
  /(?:\b(?:not|never|no longer)|n['’]t) (?:\w+ly |yet |now )?(?:plan|intend|consider|expect|forecast|propos|aim|prepar|schedul)\w*|\bno (?:plans?|intentions?|proposals?)\b|\brul(?:es?|ed|ing) out\b|\bden(?:y|ies|ied|ying) (?:that |having )?(?:\w+ ){0,3}plan/i;

/** "was not planning a rise in December": the clause tells that nothing is planned for the time. */
export const deniesPlan = (text: string, start: number, end: number): boolean =>
  NO_PLAN.test(clauseAround(text, start, end).before);
