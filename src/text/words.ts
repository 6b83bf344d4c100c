// Words of a text as search and comparison see them: folded, stemmed, with their places. Pure; English.
import { stemmer } from "stemmer";
import { IRREGULAR } from "./irregular-forms.ts";

export interface Word {
  /** As it stands in the text. */
  raw: string;
  /** Lower case, without accents, typographic apostrophes or a possessive `'s`. */
  folded: string;
  stem: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’ʼ][\p{L}]+)*(?:[.,](?=\p{N})\p{N}+)*/gu;

/** Function words: they carry no matter of their own, so they neither search nor support. */
const STOP_WORDS = new Set(
  (
    "a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does doing " +
    "down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more most my myself no nor " +
    "not now of off on once only or other our ours out over own same she should so some such than that the their theirs them then there these they this those " +
    "through to too under until up us very was we were what when where which while who whom why will with would you your yours shall may might must upon whose " +
    "one's there's let's don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't"
  ).split(" "),
);

export function isStopWord(folded: string): boolean {
  return STOP_WORDS.has(folded);
}

/** Weight of a word that `holding` of the texts at hand hold: the rarer, the more it tells them apart. */
export const rarity = (holding: number, texts: number): number => Math.log(1 + (texts + 1) / (holding + 0.5));

const PLAIN: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ð: "d",
  ı: "i",
  ħ: "h",
  ŧ: "t",
};
const BARRED = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "giu");

/** Letters that no normal form takes apart, put plainly: “Łukasz” as “Lukasz”. */
export const withoutBars = (text: string): string => text.replace(BARRED, (letter) => PLAIN[letter.toLowerCase()] ?? letter);

/** Case, accents and typographic apostrophes folded away, and letters such as ø and ß put plainly. Keeps no positions: lengths may change. */
export function fold(text: string): string {
  // most text is plain: nothing to take apart
  if (/^[\x20-\x5F\x61-\x7E]*$/.test(text)) return text.toLowerCase();
  return withoutBars(
    text
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .replace(/[’ʼ‘`´]/g, "'")
      .toLowerCase()
      .normalize("NFKC"),
  );
}

const stems = new Map<string, string>();

/** Porter stem of a folded word. */
export function stemOf(folded: string): string {
  const known = stems.get(folded);
  if (known !== undefined) return known;
  const stem = /^[a-z]+$/.test(folded) ? stemmer(folded) : folded;
  if (stems.size > 50_000) stems.clear(); // bounds the memory of a long-running bot
  stems.set(folded, stem);
  return stem;
}

const bases = new Map<string, string>();

/**
 * Stem of a folded word for comparing statements: irregular forms are led back to their base first ("fell" and "fallen" to "fall",
 * "men" to "man") and British spelling to American. Coarser than `stemOf`, which is what the search index knows.
 */
export function baseOf(folded: string): string {
  const known = bases.get(folded);
  if (known !== undefined) return known;
  const spelled = (IRREGULAR.get(folded) ?? folded)
    .replace(/is(e|ed|es|ing|ation|ations)$/, (whole, end: string) => (KEEPS_S.test(folded) ? whole : `iz${end}`))
    .replace(/^(.{2,})our(s|ed|ing|able|ful)?$/, (whole, start: string, end: string | undefined) =>
      /^(?:h|fl|p|t|det|cont|vel|hour|four|your|glam|ent|dev|sc|resc|res)$/.test(start) ? whole : `${start}or${end ?? ""}`,
    )
    .replace(/^(cent|theat|fib|met|lit)re(s?)$/, "$1er$2")
    .replace(/^defence(s?)$/, "defense$1");
  const base = stemOf(spelled);
  if (bases.size > 50_000) bases.clear();
  bases.set(folded, base);
  return base;
}

/** Words whose -ise is their own, not the British spelling of -ize. */
const KEEPS_S =
  /(?:^(?:ra|pra|no|wi|ri|po|mi|pre[cm]i|prom|comprom|surpr|exerc|adv|dev|rev|superv|telev|improv|disgu|franch|expert|enterpr|upr|ari|concise|cru|bru|prai|appra|adverti|advert|chast|dem|desp|otherw|likew|para|treat|parad)is|wise$|cise$|vise)/;

/** Every word of the text, in order. Positions are UTF-16 units. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const folded = fold(match[0]).replace(/'s$/, "");
    words.push({ raw: match[0], folded, stem: stemOf(folded), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** The words that carry matter: no function words. */
export function contentWords(text: string): Word[] {
  return wordsOf(text).filter((word) => !isStopWord(word.folded));
}

/** The text as a regular expression that matches just this. */
export function asPattern(text: string): string {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
