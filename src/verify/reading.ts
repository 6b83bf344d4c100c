// Reads a statement and its source into what facts are compared by: words, quantities, names, dates, negations. It judges nothing.
import type { CitedText } from "../domain.ts";
import { findNames, type Name } from "../text/names.ts";
import { findNegations, type Negation } from "../text/negation.ts";
import { findQuantities, type Quantity } from "../text/numbers.ts";
import { createRecent } from "../text/recent.ts";
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
  /** Of these, what its relative words mean. */
  meant: DateParts[];
  quantities: Quantity[];
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

/** The last few texts are kept, as one source is asked about many statements; of long ones none. */
const remembered = createRecent<ReadSentence[]>(32);
const LONG = 20_000;

const readOnce = (text: string): ReadSentence[] =>
  text.length < LONG ? remembered(text, () => sentencesOf(text)) : sentencesOf(text);

export function readSource(cited: readonly CitedText[]): ReadSource {
  const texts = cited.map(({ text }) => text.slice(0, LONGEST));
  const lines = cited.map(({ title, publisher, author, speaker, role, genre }) =>
    [title, publisher, author, speaker, role, genre].filter((value) => value !== null && value !== ""),
  );
  const known = lines.flat().map((line) => readSentence(line ?? ""));
  const perText = texts.map(readOnce);
  const sentences = perText.flat();
  const meant = cited.flatMap(({ published }, index) =>
    (perText[index] ?? []).flatMap((sentence) => meantDates(sentence.text, published)),
  );
  const dates = [
    ...cited.flatMap(({ published }) => (published === null ? [] : statedDates(published.slice(0, 10)))),
    ...sentences.flatMap((sentence) => sentence.dates),
    ...meant,
  ];
  const text = texts.join("\n");
  return {
    sentences,
    known,
    names: [...sentences, ...known].flatMap(({ names }) => names),
    dates: [...dates, ...known.flatMap((line) => line.dates)],
    meant,
    quantities: [...sentences, ...known].flatMap((part) => part.quantities),
    folded: foldTypography(text),
    text,
  };
}

/** How much of the claim's matter the sentence holds, 0..1. */
export function overlap(claim: ReadSentence, sentence: ReadSentence): number {
  const matter = claim.words.filter((word) => word.content);
  return matter.length === 0 ? 0 : matter.filter((word) => sentence.bases.has(word.base)).length / matter.length;
}
