// What a question says about itself, before anything is looked up: its words, phrases, names, parts and period. Words only: it asks no
// store and no model, and never fails on strange input. Dates are hints for ranking; only words about publication narrow the search.
import type { Clock } from "../clock.ts";
import type { Dated, Filter, Inquiry } from "../domain.ts";
import { lastDay } from "../text/date-words.ts";
import { foreignQuestion } from "../text/language-of.ts";
import { findNames } from "../text/names.ts";
import { findPeriods, type Period } from "../text/periods.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { contentWords, fold, wordsOf } from "../text/words.ts";

export interface Query {
  inquiry: Inquiry;
  /** Folded words for the text side, without repeats: those of matter, or all where there are no others. */
  words: string[];
  /** The asker's own words, in their places: what is quoted or pasted is blank. */
  own: string;
  /** Bounds on publication, where the question asks what was published in a period; else null and the period is only a preference. */
  publishedIn: { since: string | null; until: string | null } | null;
  /** For the reader: what could not be read. */
  notes: string[];
}

/** How an answer tells that its question was read otherwise than it was typed. */
export const READ_AS = "Read as: ";

/** Nothing between the marks is the asker's. */
const QUOTATION = /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|„[^“”\n]*[“”]/gu;
const LATEST =
  /\b(?:latest|newest|most\s+recent|current|currently|now|nowadays|at\s+present|these\s+days|so\s+far|still|as\s+of\s+today|recent|recently|today|up\s+to\s+date|state\s+of\s+play|where\s+do(?:es)?\b.{1,60}\bstand)\b/i;
const PUBLICATION =
  /\b(?:news|articles?|reports|reporting|coverage|headlines?|stories|editorials?|op-eds?|columns?|press|media|papers|newspapers?|outlets?|publish(?:ed|es)?|wrote|writes?|written|posted|(?:was|were|been)\s+reported)\b/i;
/** How a question is put, not what it is about. */
export const FRAME: ReadonlySet<string> = new Set(
  "tell please know known say says said give show find explain describe summarize summarise list happen happened happening happens thing things latest newest recent recently current currently nowadays".split(
    " ",
  ),
);
const MOST_WORDS = 400;
/** Whatever is longer is no question any more. */
const READ = 4000;

/** Reads a question (a follow-up already completed) against `now`; `newest` is the last day that a document was published. */
export function readQuery(question: string, now: Date, newest: Dated | null = null): Query {
  const phrases = [...question.matchAll(QUOTATION)].map(([quoted]) => quoted.slice(1, -1).trim());
  const own = ownWords(question);
  const periods = findPeriods(own, now, newest);
  const period = periods[0] ?? null;
  const inquiry: Inquiry = {
    text: question,
    stems: distinct(contentWords(question).map((word) => word.stem)).slice(0, MOST_WORDS),
    phrases: phrases.filter((phrase) => /[\p{L}\p{N}]/u.test(phrase) && phrase.length > 2 && phrase.length <= 200).slice(0, 5),
    names: distinct(findNames(question.slice(0, READ)).map((name) => name.text)),
    parts: partsOf(question),
    period: period === null ? null : { since: period.since, until: period.until, text: period.text },
    language: foreignQuestion(question.slice(0, READ)),
    wantsLatest: LATEST.test(own.slice(0, 2000)),
  };
  const [unclear] = /(?<![\d/.])(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|1[0-2])\/\d{4}(?![\d/])/.exec(own) ?? [];
  const notes =
    unclear === undefined || periods.some(({ text }) => text.includes(unclear))
      ? []
      : [`${unclear} may be two days, so it was not read as a date: write the month as a word.`];
  return { inquiry, words: searchWords(question, periods), own, publishedIn: publication(own, period), notes };
}

/** The day from which "today" counts: the one as of which is read, else the clock's. */
export function todayFor({ asOf }: Filter, clock: Clock): Date {
  return asOf === undefined ? clock.now() : new Date(`${lastDay(asOf)}T12:00:00Z`);
}

/** Without what stands in quotation marks and without sentences that tell something at length instead of asking; places stay. */
function ownWords(question: string): string {
  const unquoted = question.slice(0, READ).replace(QUOTATION, (quoted) => " ".repeat(quoted.length));
  if (tells(unquoted)) return " ".repeat(unquoted.length);
  return sentenceSpans(unquoted)
    .filter(({ start, end }) => tells(unquoted.slice(start, end)))
    .reduce((text, { start, end }) => blank(text, start, end), unquoted);
}

/** Words of the shortest one; fewer are a topic or a headline. */
const SHORTEST_TOLD = 12;
const WISHES =
  /^\W*(?:(?:(?:and|but|so|then|in|on|at|by|for|to|from|with|about|of)\W+){0,2}(?:who|whom|whose|what|when|where|why|how|which)|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|tell|explain|describe|list|name|give|show|find|summari[sz]e|compare|please|(?:i|we)(?:['’]?(?:m|d|re))? (?:am|are|want|need|wonder|would|like|wish|look|search|hope)|search|look|write|translate|recommend|help|remind)\b/iu;

/** No question, no wish, and too long for a topic. */
export function tells(text: string): boolean {
  return !/\?\W*$/.test(text) && !WISHES.test(text) && (text.match(/[\p{L}\p{N}]+/gu) ?? []).length >= SHORTEST_TOLD;
}

/** Words to look for in texts. A period counted from now ("last week") is left out: no report repeats it. */
function searchWords(question: string, periods: readonly Period[]): string[] {
  const timeless = periods
    .filter((period) => period.relative)
    .reduce((text, { start, end }) => blank(text, start, end), question);
  const matter = contentWords(timeless).map((word) => word.folded);
  const bare = matter.filter((word) => !FRAME.has(word));
  const chosen = bare.length > 0 ? bare : matter.length > 0 ? matter : wordsOf(question).map((word) => word.folded);
  return distinct(chosen).slice(0, MOST_WORDS);
}

/**
 * "Articles since Monday" asks for what was published then. "What happened in 2023" asks for events, which may be reported at any later
 * time, so there the period only prefers. An open "since" with a recent date can be told by newer reports only.
 */
function publication(own: string, period: Period | null): Query["publishedIn"] {
  if (period === null || (period.since === null && period.until === null)) return null;
  const sentence = sentenceSpans(own).find(({ start, end }) => start <= period.start && period.start < end);
  const from = sentence?.start ?? 0;
  const outside = `${own.slice(from, period.start)} ${own.slice(period.end, sentence?.end)}`;
  const sinceLately = period.relative && period.until === null;
  return PUBLICATION.test(outside) || sinceLately ? { since: period.since, until: period.until } : null;
}

/** The filter that the caller set and the days of publication that the question asks for, the narrower of both on each side. */
export function narrowed(filter: Filter, publishedIn: Query["publishedIn"]): { filter: Filter; notes: string[] } {
  if (publishedIn === null) return { filter, notes: [] };
  const given = (...days: (string | null | undefined)[]): string[] => days.flatMap((day) => day ?? []).toSorted();
  const since = given(filter.since, publishedIn.since).at(-1);
  const [until] = given(filter.until, publishedIn.until);
  if (since === filter.since && until === filter.until) return { filter, notes: [] };
  return { filter: { ...filter, since, until }, notes: [`Only what was published ${spanInDays(since, until)} was read.`] };
}

/** "since 2025-05-05", "from … to …". */
export function spanInDays(since: string | undefined, until: string | undefined): string {
  if (since === undefined) return `until ${until}`;
  if (until === undefined) return `since ${since}`;
  return since === until ? `on ${since}` : `from ${since} to ${until}`;
}

const ASKING = String.raw`(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)`;
const JOINT = new RegExp(
  String.raw`(?<=\?)\s+(?=\S)|\s*[;,]?\s+(?:and|as\s+well\s+as|and\s+also|but)\s+(?=${ASKING}\s+\S+)|\s*[;,]\s+(?=(?:who|what|when|where|why|how|which)\s+\S+)`,
  "iu",
);
const ASKS = new RegExp(`^(?:(?:in|at|on|by|for|to|from|with|about)\\s+)?${ASKING}\\b`, "i");
const MOST_PARTS = 4;
const LONGEST = 1000;

/** The parts in order, none reworded; the question alone where it asks one thing, or is too long to be a question. */
export function partsOf(question: string): string[] {
  if (question.length > LONGEST) return [question];
  const pieces = question
    .split(JOINT)
    .map((piece) => piece.trim())
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
  // the first piece may be a statement that leads up to the question: "The talks failed. Why?" is one question
  if (pieces.length < 2 || pieces.length > MOST_PARTS || !pieces.every((piece) => ASKS.test(piece))) return [question];
  // "what it is and how …": a part needs a word of matter besides its question word
  return pieces.every((piece) => piece.split(/\s+/).length >= 3) ? pieces : [question];
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

/** In the order of first appearance. */
function distinct(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => fold(value) !== ""))];
}
