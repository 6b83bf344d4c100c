// What a question says about itself, before anything is looked up: its words, phrases, names, parts and period. Words only: it asks no
// store and no model, and never fails on strange input.
import type { Inquiry } from "../domain.ts";
import { findNames } from "../text/names.ts";
import { findPeriods } from "../text/periods.ts";
import type { Period } from "../text/periods.ts";
import { tells } from "../text/tells.ts";
import { contentWords, fold, wordsOf } from "../text/words.ts";
import { partsOf } from "./parts.ts";

export interface Understanding {
  inquiry: Inquiry;
  /** Folded words for the text side, without repeats: those of matter, or all where there are no others. */
  words: string[];
  /** Bounds on publication, where the question asks what was written or said in a period; else null and the period is only a preference. */
  publishedIn: { since: string | null; until: string | null } | null;
}

const QUOTED = /"([^"\n]{3,200})"|“([^”\n]{3,200})”|«([^»\n]{3,200})»|„([^“”\n]{3,200})[“”]/gu;
const LATEST =
  /\b(?:latest|newest|most\s+recent|current|currently|now|nowadays|at\s+present|these\s+days|so\s+far|still|as\s+of\s+today|recent|recently|today|up\s+to\s+date|state\s+of\s+play|where\s+do(?:es)?\b.{1,60}\bstand)\b/i;
const ABOUT_REPORTING =
  /\b(?:news|reports?|reported|reporting|articles?|papers?|newspapers?|press|media|outlets?|publish(?:ed|es)?|wrote|writes?|written|coverage|headlines?|posted|stories|editorials?|op-eds?|columns?|pieces?)\b/i;
/** How a question is put, not what it is about. */
const FRAME = new Set(
  "tell please know say says said give show find explain describe summarize summarise list happen happened happening happens thing things latest newest recent recently current currently nowadays".split(
    " ",
  ),
);
const MOST_WORDS = 400;

/** Reads a question (a follow-up already completed) against `now`. */
export function understand(question: string, now: Date): Understanding {
  const phrases = [...question.matchAll(QUOTED)].map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? "").trim());
  // a pasted text asks for no period, whatever days it speaks of
  const periods = tells(question) ? [] : findPeriods(question, now);
  const period = periods[0] ?? null;
  const inquiry: Inquiry = {
    text: question,
    stems: distinct(contentWords(question).map((word) => word.stem)).slice(0, MOST_WORDS),
    phrases: phrases.filter((phrase) => /[\p{L}\p{N}]/u.test(phrase)).slice(0, 5),
    names: distinct(findNames(question.slice(0, 4000)).map((name) => name.text)),
    parts: partsOf(question),
    period: period === null ? null : { since: period.since, until: period.until, text: period.text },
    wantsLatest: LATEST.test(question.slice(0, 2000)),
  };
  return { inquiry, words: searchWords(question, periods), publishedIn: publication(question, period) };
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
 * "Reports since Monday" asks for what was published then. "What happened in 2023" asks for events, which may be reported at any later
 * time, so there the period only prefers. An open "since" with a recent date can be told by newer reports only.
 */
function publication(question: string, period: Period | null): Understanding["publishedIn"] {
  if (period === null || (period.since === null && period.until === null)) return null;
  const outside = `${question.slice(0, period.start)} ${question.slice(period.end)}`.slice(0, 2000);
  const reported = ABOUT_REPORTING.test(outside);
  const sinceLately = period.relative && period.until === null;
  return reported || sinceLately ? { since: period.since, until: period.until } : null;
}

function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

/** In the order of first appearance. */
function distinct(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => fold(value) !== ""))];
}
