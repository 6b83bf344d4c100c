// Words of a text as search and comparison see them: folded, stemmed, with their places. Pure; English.
import { stemmer } from "stemmer";

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

/** Case, accents and typographic apostrophes folded away. Keeps no positions: lengths may change. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[’ʼ‘`´]/g, "'")
    .toLowerCase();
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
