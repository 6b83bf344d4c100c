// Reads a statement and its source into what facts are compared by: words, quantities, names, dates, negations. It judges nothing.
import type { CitedText, Span } from "../domain.ts";
import { findAcronyms, findNames, type Name } from "../text/names.ts";
import { findNegations, type Negation } from "../text/negation.ts";
import { findQuantities, type Quantity } from "../text/numbers.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { baseOf, isStopWord, type Word, wordsOf } from "../text/words.ts";
import { type DateParts, meantDates, statedDates } from "./date-parts.ts";
import { foldTypography } from "./quotations.ts";

export interface ReadWord extends Word {
  base: string;
  /** Carries matter: no function word, no number. */
  content: boolean;
  /** An odd number of negations stands above it. */
  negated: boolean;
}

export interface ReadSentence {
  text: string;
  words: ReadWord[];
  quantities: Quantity[];
  names: Name[];
  dates: DateParts[];
  negations: Negation[];
  bases: ReadonlySet<string>;
}

export interface ReadSource {
  sentences: ReadSentence[];
  /** Title, publisher, people and genre of the cited documents, a line each. */
  known: ReadSentence[];
  names: Name[];
  /** The dates that stand there, those that its relative words mean, and the days of publication. */
  dates: DateParts[];
  quantities: Quantity[];
  acronyms: Map<string, string>;
  /** The texts with their typography folded. */
  folded: string;
  text: string;
}

/** Longest text that is read whole; what is behind it supports nothing. */
const LONGEST = 200_000;

/** `names`: where they were found in a longer text, which tells more of what is a name. */
export function readSentence(text: string, names: Name[] = findNames(text)): ReadSentence {
  const plain = wordsOf(text);
  const negations = findNegations(text, plain);
  const words = plain.map((word, at): ReadWord => {
    const above = negations.filter((negation) => at >= negation.from && at < negation.to).length;
    const content = !isStopWord(word.folded) && word.folded.length > 1 && !/^\d/.test(word.folded);
    return { ...word, base: baseOf(word.folded), content, negated: above % 2 === 1 };
  });
  return {
    text,
    words,
    quantities: findQuantities(text),
    names,
    dates: statedDates(text),
    negations,
    bases: new Set(words.map((word) => word.base)),
  };
}

function sentencesOf(text: string): ReadSentence[] {
  const names = findNames(text);
  return sentenceSpans(text).map(({ start, end }) => {
    const own = names.filter((name) => name.start >= start && name.start < end);
    return readSentence(
      text.slice(start, end),
      own.map((name) => ({ ...name, start: name.start - start, end: name.end - start })),
    );
  });
}

const remembered = new Map<string, ReadSentence[]>();

/** The last few texts are kept, as one source is asked about many statements. */
function readOnce(text: string): ReadSentence[] {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = sentencesOf(text);
  if (remembered.size >= 32) remembered.delete(remembered.keys().next().value ?? "");
  if (text.length < 20_000) remembered.set(text, read);
  return read;
}

export function readSource(cited: readonly CitedText[]): ReadSource {
  const texts = cited.map(({ text }) => text.slice(0, LONGEST));
  const lines = cited.map(({ title, publisher, author, speaker, role, genre }) =>
    [title, publisher, author, speaker, role, genre].filter((value) => value !== null && value !== ""),
  );
  const known = lines.flat().map((line) => readSentence(line ?? ""));
  const perText = texts.map(readOnce);
  const sentences = perText.flat();
  const dates = cited.flatMap(({ published }, index) => [
    ...(published === null ? [] : statedDates(published.slice(0, 10))),
    ...(perText[index] ?? []).flatMap((sentence) => [...sentence.dates, ...meantDates(sentence.text, published)]),
  ]);
  const text = texts.join("\n");
  return {
    sentences,
    known,
    names: [...sentences, ...known].flatMap(({ names }) => names),
    dates: [...dates, ...known.flatMap((line) => line.dates)],
    quantities: [...sentences, ...known].flatMap((part) => part.quantities),
    acronyms: findAcronyms([text, ...lines.flat()].join("\n")),
    folded: foldTypography(text),
    text,
  };
}

/** How much of the claim's matter the sentence holds, 0..1. */
export function overlap(claim: ReadSentence, sentence: ReadSentence): number {
  const matter = claim.words.filter((word) => word.content);
  return matter.length === 0 ? 0 : matter.filter((word) => sentence.bases.has(word.base)).length / matter.length;
}

/** The sentence of the source that a claim was copied from, all but a few words, with what stands in each place. */
export interface NearCopy {
  sentence: ReadSentence;
  /** What the sentence has in place of this span of the claim; null where the two agree there. */
  inPlaceOf(span: Span): Span | null;
  /** Words of the claim that the sentence does not have, and words that the claim leaves out from between two that it has. */
  added: ReadWord[];
  leftOut: ReadWord[];
}

/** Share of the claim's words that must stand in the sentence in the same order, and the longest stretch that may differ. */
const COPIED = 0.7;
const STRETCH = 5;

/** Null for a claim in words of its own. */
export function nearCopy(claim: ReadSentence, source: ReadSource): NearCopy | null {
  let best: { sentence: ReadSentence; partners: number[]; share: number } | null = null;
  for (const sentence of source.sentences) {
    if (overlap(claim, sentence) < 0.5) continue;
    const partners = commonRow(claim, sentence);
    const share = partners.filter((at) => at !== -1).length / Math.max(1, claim.words.length);
    if (share >= COPIED && share > (best?.share ?? 0)) best = { sentence, partners, share };
  }
  if (best === null) return null;
  const { sentence, partners } = best;
  return {
    sentence,
    added: claim.words.filter((_, at) => partners[at] === -1),
    leftOut: sentence.words.filter((_, at) => {
      const before = partners.indexOf(at - 1);
      return !partners.includes(at) && before !== -1 && partners[before + 1] === at + 1;
    }),
    inPlaceOf({ start, end }) {
      const inside = claim.words.flatMap((word, at) => (word.start < end && word.end > start ? [at] : []));
      const open = inside.find((at) => partners[at] === -1);
      if (open === undefined) return null;
      let [from, to] = [open, open];
      while (from > 0 && partners[from - 1] === -1) from -= 1;
      while (to + 1 < partners.length && partners[to + 1] === -1) to += 1;
      const first = from === 0 ? 0 : (partners[from - 1] ?? 0) + 1;
      const last = to + 1 === partners.length ? sentence.words.length - 1 : (partners[to + 1] ?? 0) - 1;
      const [a, b] = [sentence.words[first], sentence.words[last]];
      if (a === undefined || b === undefined || last < first || last - first >= STRETCH || to - from >= STRETCH) return null;
      return { start: a.start, end: b.end };
    },
  };
}

/** For each word of the claim its partner in the longest common row, or -1. */
function commonRow(claim: ReadSentence, sentence: ReadSentence): number[] {
  const a = claim.words.slice(0, 120).map((word) => word.base);
  const b = sentence.words.slice(0, 240).map((word) => word.base);
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const partners = claim.words.map(() => -1);
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) partners[i++] = j++;
    else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return partners;
}
