// Reads a text once into what statements are compared by: sentences with their words, quantities, names, dates and negations.
// It judges nothing. Readings of sources are remembered, as one source is asked about many claims.
import { countryOf } from "../../text/countries.ts";
import { findAcronyms, findNames, type Name } from "../../text/names.ts";
import { findNegations, type Negation } from "../../text/negation.ts";
import { findQuantities, type Quantity } from "../../text/numbers.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import { baseOf, isStopWord, type Word, wordsOf } from "../../text/words.ts";
import { foldTypography } from "../../verify/quotations.ts";
import { type DateMention, findDateMentions } from "./date-mentions.ts";

export interface ReadWord extends Word {
  base: string;
  /** Carries matter: no function word, no number, no part of a date. */
  content: boolean;
  /** What it counts in coverage: names much, everyday verbs little. */
  weight: number;
  /** Number of negations above it, modulo 2. */
  negated: boolean;
  /** Index of the name it belongs to, or -1. */
  name: number;
}

export interface ReadSentence {
  text: string;
  words: ReadWord[];
  quantities: Quantity[];
  names: Name[];
  /** Countries named, by name or by their people. */
  countries: Set<string>;
  dates: DateMention[];
  negations: Negation[];
  /** Bases of all words, with the index of the first that has it. */
  bases: Map<string, number>;
}

export interface Reading {
  text: string;
  sentences: ReadSentence[];
  /** Base of every word -> the sentences that hold it. */
  vocabulary: Map<string, number[]>;
  acronyms: Map<string, string>;
  years: Set<number>;
  /** The text with its typography folded, and its neighbouring word pairs: both made when first asked for. */
  folded(): string;
  pairs(): Set<string>;
}

/** Everyday words that say little about what a sentence is about. */
const LIGHT = new Set(
  "say tell state add note report write argue accord make get take go come give put use include also one new time year day people thing way lot even still much many well call know want see need may can would could like us let keep seem become stand number old mr mrs ms dr"
    .split(" ")
    .map((word) => baseOf(word)),
);

/** Longest text that is read whole; what is behind it supports nothing. */
const LONGEST = 200_000;

const remembered = new Map<string, Reading>();

/** The reading of a source; the last few are kept. */
export function readSource(text: string): Reading {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const reading = read(text.slice(0, LONGEST));
  if (remembered.size >= 32) remembered.delete(remembered.keys().next().value ?? "");
  if (text.length < 20_000) remembered.set(text, reading);
  return reading;
}

export function read(text: string): Reading {
  const names = findNames(text);
  const spans = sentenceSpans(text);
  let next = 0;
  const sentences = spans.map((span) => {
    const own: Name[] = [];
    while (next < names.length && (names[next]?.start ?? 0) < span.end) {
      const name = names[next];
      if (name !== undefined && name.start >= span.start)
        own.push({ ...name, start: name.start - span.start, end: name.end - span.start });
      next += 1;
    }
    return readSentence(text.slice(span.start, span.end), own);
  });
  const years = new Set<number>();
  for (const sentence of sentences) for (const date of sentence.dates) if (date.year !== null) years.add(date.year);
  const vocabulary = new Map<string, number[]>();
  sentences.forEach((sentence, index) => {
    for (const base of sentence.bases.keys()) {
      const known = vocabulary.get(base);
      if (known === undefined) vocabulary.set(base, [index]);
      else known.push(index);
    }
  });
  let [folded, pairs]: [string | null, Set<string> | null] = [null, null];
  return {
    text,
    sentences,
    vocabulary,
    acronyms: findAcronyms(text),
    years,
    folded: () => (folded ??= foldTypography(text)),
    pairs: () => (pairs ??= pairsOf(sentences)),
  };
}

function pairsOf(sentences: readonly ReadSentence[]): Set<string> {
  const pairs = new Set<string>();
  for (const { words } of sentences)
    for (let at = 1; at < words.length; at += 1) pairs.add(`${words[at - 1]?.base} ${words[at]?.base}`);
  return pairs;
}

function readSentence(text: string, names: Name[]): ReadSentence {
  const dates = findDateMentions(text);
  const quantities = findQuantities(text).filter(
    (quantity) => quantity.kind !== "day" && !dates.some((date) => quantity.start < date.end && date.start < quantity.end),
  );
  const plain = wordsOf(text);
  const negations = findNegations(text, plain);
  const bases = new Map<string, number>();
  let name = 0;
  const taken = [...quantities.filter((found) => found.kind !== "measure" && found.kind !== "ordinal"), ...dates];
  const words = plain.map((word, at): ReadWord => {
    while (name < names.length && (names[name]?.end ?? 0) <= word.start) name += 1;
    const inName = (names[name]?.start ?? Infinity) < word.end;
    const base = baseOf(word.folded);
    const counted = /^\d/.test(word.folded) || taken.some((span) => word.start >= span.start && word.end <= span.end);
    const content = !counted && !isStopWord(word.folded) && word.folded.length > 1;
    if (!bases.has(base)) bases.set(base, at);
    let negated = false;
    for (const negation of negations) if (at >= negation.from && at < negation.to) negated = !negated;
    return {
      ...word,
      base,
      content,
      weight: !content ? 0 : inName ? 1.5 : LIGHT.has(base) ? 0.3 : 1,
      negated,
      name: inName ? name : -1,
    };
  });
  const countries = new Set<string>();
  words.forEach((word, at) => {
    if (!/^\p{Lu}/u.test(word.raw)) return;
    const next = words[at + 1]?.raw ?? "";
    const country = countryOf(word.folded) ?? (/^\p{Lu}/u.test(next) ? countryOf(`${word.raw} ${next}`) : null);
    if (country !== null) countries.add(country);
  });
  for (const found of names) {
    if (found.words.length < 2 && !found.text.includes(".")) continue;
    const country = countryOf(found.text);
    if (country !== null) countries.add(country);
  }
  return { text, words, quantities, names, countries, dates, negations, bases };
}
