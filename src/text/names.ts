// Proper names in a text without a model: capitalised runs with their particles, titles stripped, sentence beginnings weighed.
// It finds names, it does not say of what kind they are. Pure; English. Texts without capitals have no names here.
import type { Span } from "../domain.ts";
import { countryOf } from "./countries.ts";
import { MONTH_NAMES, WEEKDAYS } from "./date-words.ts";
import { sentenceSpans } from "./sentences.ts";
import { fold, isStopWord } from "./words.ts";

export interface Name extends Span {
  /** As it stands in the text, without title and possessive. */
  text: string;
  /** Folded words without particles and articles: what names are compared by. */
  words: string[];
  acronym: boolean;
  /** False for a lone capitalised word at the beginning of a sentence that nothing else shows to be a name. */
  certain: boolean;
}

const TOKEN = /(?:\p{Lu}\.){2,}|\p{L}[\p{L}\p{M}]*(?:['’ʼ][\p{L}]+)*|\p{N}+/gu;

/** Lower-case words that may stand inside a name. */
const PARTICLES = new Set(
  "al el ul ur e i o de del della di da dos das du la le les van von der den ter ten bin ibn bint abu ben of the and for y zu zum st".split(
    " ",
  ),
);
/** Of those, the ones that only join longer names: "Bank of England", "Food and Drug Administration". */
const JOINERS = new Set(["of", "the", "and", "for", "de", "la", "du", "y", "di", "e", "o", "i"]);

const TITLES = new Set(
  "mr mrs ms miss dr prof professor sir dame lord lady president vice premier chancellor minister prime governor mayor senator judge general colonel captain king queen prince pope secretary chief director chairman spokesman spokeswoman".split(
    " ",
  ),
);

/** Never a name on their own, even with a capital. */
const CALENDAR = [...MONTH_NAMES, ...WEEKDAYS];
const NOT_NAMES = new Set([
  ...CALENDAR,
  ...CALENDAR.map((name) => name.slice(0, 3)),
  ..."sept tues thurs am pm gmt utc bst est ok i i'm i've i'd i'll tv".split(" "),
]);

/** Words that begin a sentence in front of a name: "Meanwhile Turkey", "Yet Merkel". Any longer list changes no figure. */
const OPENERS = new Set(
  "however meanwhile moreover therefore thus hence instead although despite since unless whether perhaps maybe yet still even according like unlike amid among following given last next earlier later today yesterday nearly almost".split(
    " ",
  ),
);

interface Token extends Span {
  raw: string;
  folded: string;
  upper: boolean;
  initial: boolean;
}

/** Every proper name of the text in order of place. */
export function findNames(text: string): Name[] {
  const tokens = tokensOf(text);
  const inside = new Set<string>();
  const lower = new Set<string>();
  for (const token of tokens) (token.upper ? (token.initial ? null : inside) : lower)?.add(token.folded);
  const names: Name[] = [];
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (token === undefined || !token.upper) {
      at += 1;
      continue;
    }
    const end = runEnd(text, tokens, at);
    for (const part of splitRun(text, tokens.slice(at, end))) {
      const name = toName(text, part, inside, lower);
      if (name !== null) names.push(name);
    }
    at = end;
  }
  return names;
}

function tokensOf(text: string): Token[] {
  const starts = sentenceSpans(text).map((span) => span.start);
  const tokens: Token[] = [];
  let sentence = 0;
  let fresh = true;
  for (const match of text.matchAll(TOKEN)) {
    while (sentence < starts.length && (starts[sentence] ?? 0) <= match.index) {
      sentence += 1;
      fresh = true;
    }
    const raw = match[0].replace(/['’ʼ]s$/u, "");
    const before = text.slice(Math.max(0, match.index - 2), match.index);
    const token = {
      raw,
      folded: fold(raw),
      start: match.index,
      end: match.index + raw.length,
      upper: /^\p{Lu}/u.test(raw) || /^\p{Ll}{1,2}-?\p{Lu}/u.test(raw),
      initial: fresh || /(?:^|[\s(])["“‘'`]$|[:“]\s?$/.test(before),
    };
    tokens.push(token);
    fresh = false;
  }
  return tokens;
}

/** A name goes on over blanks, hyphens and initials' full stops, and over particles when a capital follows. */
function runEnd(text: string, tokens: Token[], from: number): number {
  let end = from + 1;
  for (;;) {
    const last = tokens[end - 1];
    const next = tokens[end];
    if (last === undefined || next === undefined || !joined(text, last, next) || end - from > 9) return end;
    if (next.upper && !(next.initial && /[.!?]/.test(text.slice(last.end, next.start)))) {
      end += 1;
      continue;
    }
    let skip = end;
    while (skip < end + 2 && PARTICLES.has(tokens[skip]?.folded ?? "") && joined(text, tokens[skip], tokens[skip + 1])) skip += 1;
    const behind = tokens[skip];
    if (skip === end || behind === undefined || !behind.upper) {
      if (/^\d+$/.test(next.raw) && text.slice(last.end, next.start) === "-") return end + 1;
      return end;
    }
    const joiner = tokens[end]?.folded ?? "";
    if (joiner === "and") return end;
    if (
      (joiner === "for" || joiner === "the") &&
      !/^(?:centre|center|institute|party|council|movement|ministry|fund|alliance|campaign|court|association|committee)$/.test(
        last.folded,
      )
    )
      return end;
    end = skip + 1;
  }
}

function joined(text: string, a: Token | undefined, b: Token | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const between = text.slice(a.end, b.start);
  if (/^(?:['’ʼ]s) $/.test(between)) return false;
  return (
    between === "" || /^(?: |-|‑|–|’|'|&| & |\u00A0)$/.test(between) || (/^\. ?$/.test(between) && a.raw.length <= 2 && a.upper)
  );
}

/** Titles are cut out of a run; what stands before one is a name of its own ("Pakistan Prime Minister Shehbaz Sharif"). */
function splitRun(text: string, run: Token[]): Token[][] {
  const parts: Token[][] = [[]];
  run.forEach((token, index) => {
    const office = TITLES.has(token.folded);
    const possessive = index > 0 && /['’ʼ]s\b/u.test(text.slice(run[index - 1]?.end ?? 0, token.start + 1));
    if (office) parts.push([]);
    else if (possessive) parts.push([token]);
    else parts[parts.length - 1]?.push(token);
  });
  return parts;
}

function toName(text: string, run: Token[], inside: Set<string>, lower: Set<string>): Name | null {
  let part = run;
  // leading and trailing words that are no part of the name
  for (;;) {
    const first = part[0];
    const last = part[part.length - 1];
    if (first === undefined || last === undefined) return null;
    const known = inside.has(first.folded) && !isStopWord(first.folded);
    const drop =
      !first.upper ||
      (isStopWord(first.folded) && first.raw !== "US" && first.raw.length > 0 && !/^\p{Lu}{2,}$/u.test(first.raw)) ||
      (NOT_NAMES.has(first.folded) && part.length === 1) ||
      (first.initial && part.length > 1 && !known && OPENERS.has(first.folded));
    if (drop) part = part.slice(1);
    else if (!last.upper && !/\d/.test(last.raw)) part = part.slice(0, -1);
    else break;
  }
  const [first, last] = [part[0], part[part.length - 1]];
  if (first === undefined || last === undefined) return null;
  const words = part
    .map((token) => token.folded.replace(/\./g, ""))
    .filter((word) => !JOINERS.has(word) && word !== "al" && word !== "el" && word !== "");
  if (words.every((word) => NOT_NAMES.has(word))) return null;
  const acronym = part.length === 1 && /^(?:\p{Lu}\.?){2,6}s?$/u.test(first.raw);
  const lone = part.length === 1 && first.initial && !acronym;
  const country = countryOf(first.raw) !== null && (first.raw.length > 3 || first.raw === first.raw.toUpperCase());
  if (lone && !country && (OPENERS.has(first.folded) || /^(?:\p{Lu})?\p{Ll}+ly$/u.test(first.raw))) return null;
  if (lone && lower.has(first.folded) && !inside.has(first.folded)) return null;
  if (part.length === 1 && first.raw.length === 1) return null;
  const certain = !lone || inside.has(first.folded) || country;
  return { text: text.slice(first.start, last.end), start: first.start, end: last.end, words, acronym, certain };
}

/** Behind a preposition of place: "arrested on Birch Lane", "in Port Hasle". */
export const standsForPlace = (text: string, { start }: Span): boolean =>
  /(?:^|[\s("“])(?:in|at|on|near|along|outside|inside|across|around|towards?|off|of the)\s+(?:the\s+)?$/i.test(
    text.slice(Math.max(0, start - 14), start),
  );

const EXPANSION = /\(\s*([\p{Lu}][\p{L}\p{N}.&-]{1,9})\s*\)/gu;

/** Acronyms that the text itself explains, "Tehrik-e-Taliban Pakistan (TTP)": acronym -> expansion as written. */
export function findAcronyms(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of text.matchAll(EXPANSION)) {
    const short = (match[1] ?? "").replace(/\./g, "");
    const letters = short.replace(/[^\p{Lu}]/gu, "");
    if (letters.length < 2) continue;
    const before = text.slice(Math.max(0, match.index - 120), match.index).trimEnd();
    const words = [...before.matchAll(/[\p{L}\p{N}]+/gu)].slice(-letters.length * 2 - 2);
    for (let from = words.length - 1; from >= 0; from -= 1) {
      const start = words[from]?.index ?? 0;
      const long = before.slice(start);
      if (PARTICLES.has(fold(words[from]?.[0] ?? "")) || /[.;:!?\n]\s/.test(long)) continue;
      if (spells(letters, long) && long.length > short.length + 2) {
        found.set(short, long);
        break;
      }
    }
  }
  return found;
}

/** Whether the letters are the initials of the phrase; joining words may or may not count. */
export function spells(letters: string, phrase: string): boolean {
  const words = [...phrase.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => match[0]);
  const initials = (list: string[]): string => fold(list.map((word) => word.charAt(0)).join(""));
  const want = fold(letters.replace(/[^\p{L}]/gu, ""));
  const heavy = words.filter((word) => !PARTICLES.has(fold(word)));
  return want.length >= 2 && heavy.length >= 2 && (initials(words) === want || initials(heavy) === want);
}
