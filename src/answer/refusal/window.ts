// Finds the one to three neighbouring sentences of a source that a claim rests on, and how much of the claim's matter they hold.
// A bag of words over the whole source would let a claim gather its words from everywhere.
import { countryOf } from "../../text/countries.ts";
import { sameName, sameWord } from "../../text/same-name.ts";
import { areRelated, areSynonyms } from "../../text/synonyms.ts";
import type { Reading, ReadSentence, ReadWord } from "./compared-text.ts";

export interface Window {
  /** First and last sentence (inclusive) of the source. */
  from: number;
  to: number;
  /** The single sentence that holds most. */
  best: number;
  /** Share of the claim's weight held by the window, by the single best sentence and by the whole source, 0..1. */
  coverage: number;
  bestCoverage: number;
  anywhere: number;
  /** The same for each sentence of the source alone. */
  single: number[];
  /** For each word of the claim: how well the window holds it, 0..1. */
  held: number[];
  /** For each word of the claim: the word of the best sentence that answers it, or -1. */
  answers: number[];
  /** Weight of the claim's matter; 0 when it has none. */
  matter: number;
}

/** Longest window in sentences, and what each further sentence must bring. */
const WIDEST = 3;
const PRICE_OF_WIDTH = 0.06;

/** How far a word of a source, given by its base, stands for the claim's word, 0..1. */
export type Likeness = (word: ReadWord, base: string) => number;

export function findWindow(
  claim: ReadSentence,
  source: Reading,
  granted: (word: ReadWord) => boolean,
  alike: Likeness = likeness,
): Window {
  const words = claim.words;
  const count = source.sentences.length;
  const matter = words.reduce((sum, word) => sum + (granted(word) ? 0 : word.weight), 0);
  const rows = words.map((word) => (word.weight === 0 || granted(word) ? null : strengths(word, source, alike)));
  holdBySurname(claim, source, rows);
  const held = (word: number, from: number, to: number): number => {
    const row = rows[word];
    if (row === null || row === undefined) return 1;
    let most = 0;
    for (let at = from; at <= to; at += 1) most = Math.max(most, row.get(at) ?? 0);
    return most;
  };
  const cover = (from: number, to: number): number => {
    if (matter === 0) return 1;
    let sum = 0;
    words.forEach((word, index) => {
      if (rows[index] !== null) sum += word.weight * held(index, from, to);
    });
    return sum / matter;
  };
  const single = source.sentences.map((_, index) => cover(index, index));
  let best = 0;
  for (let at = 1; at < count; at += 1) if ((single[at] ?? 0) > (single[best] ?? 0) + 1e-9) best = at;
  let [from, to, top] = [best, best, single[best] ?? 0];
  for (let start = 0; start < count; start += 1) {
    for (let end = start + 1; end < Math.min(count, start + WIDEST); end += 1) {
      const value = cover(start, end) - PRICE_OF_WIDTH * (end - start);
      if (value > top + 1e-9) [from, to, top] = [start, end, value];
    }
  }
  // the best sentence of the window, not of the source: both halves of the comparison look at one place
  for (let at = from; at <= to; at += 1) if (best < from || best > to || (single[at] ?? 0) > (single[best] ?? 0)) best = at;
  const sentence = source.sentences[best];
  return {
    from,
    to,
    best,
    coverage: cover(from, to),
    bestCoverage: single[best] ?? 0,
    anywhere: cover(0, count - 1),
    single,
    held: words.map((_, index) => held(index, from, to)),
    answers: words.map((word) => (sentence === undefined ? -1 : answerIn(word, sentence, alike))),
    matter,
  };
}

/** Sentence -> how well it holds the word. */
function strengths(word: ReadWord, source: Reading, alike: Likeness): Map<number, number> {
  const row = new Map<number, number>();
  for (const [base, places] of source.vocabulary) {
    const strength = alike(word, base);
    if (strength > 0) for (const place of places) row.set(place, Math.max(row.get(place) ?? 0, strength));
  }
  return row;
}

/** "Brask" holds the claim's "Lida Brask" where the source gives the full name somewhere: else the sentence that introduces her seems to tell all. */
function holdBySurname({ names, words }: ReadSentence, source: Reading, rows: readonly (Map<number, number> | null)[]): void {
  names.forEach((name, index) => {
    const full = source.sentences.some(({ names: given }) =>
      given.some((other) => other.words.length > 1 && sameName(other.text, name.text)),
    );
    if (!name.certain || name.words.length < 2 || !full) return;
    const surname = rows[words.findLastIndex((word) => word.name === index)];
    for (const [sentence, strength] of surname ?? []) {
      words.forEach((word, at) => {
        if (word.name === index) rows[at]?.set(sentence, Math.max(rows[at].get(sentence) ?? 0, 0.95 * strength));
      });
    }
  });
}

/** How far a word of a source, given by its base, stands for the claim's word. */
export function likeness(word: ReadWord, base: string): number {
  if (word.base === base) return 1;
  if (word.name >= 0) {
    if (base.charAt(0) === word.base.charAt(0) && sameWord(word.base, base)) return 0.95;
    const country = countryOf(word.folded);
    return country !== null && country === countryOf(base) ? 0.95 : 0;
  }
  if (areSynonyms(word.base, base)) return 0.85;
  return areRelated(word.base, base) ? 0.8 : 0;
}

function answerIn(word: ReadWord, sentence: ReadSentence, alike: Likeness): number {
  const same = sentence.bases.get(word.base);
  if (same !== undefined) return same;
  if (!word.content) return -1;
  return sentence.words.findIndex((other) => other.content && alike(word, other.base) > 0);
}
