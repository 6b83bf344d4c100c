// Noun phrases of a stretch of words: each with its head and the preposition before it.
import type { PartOfSpeech } from "../../text/parts-of-speech.ts";
import type { ReadWord } from "./reading.ts";

/** A sentence's words with their tags, what stands before each in the text, and whether each is part of a date. */
export interface Grid {
  words: readonly ReadWord[];
  tags: readonly PartOfSpeech[];
  marks: readonly string[];
  dated: readonly boolean[];
}

export interface Chunk {
  from: number;
  to: number;
  head: number;
  /** "of", "by" … where it hangs on one; null where it stands for itself. */
  preposition: string | null;
  dated: boolean;
  /** Joined to the one before by "and" or "or". */
  joined: boolean;
}

export function chunksOf({ words, tags, marks, dated }: Grid, from: number, until: number): Chunk[] {
  const chunks: Chunk[] = [];
  let preposition: string | null = null;
  let joined = false;
  for (let at = from; at < Math.min(until, words.length);) {
    const tag = tags[at];
    if (tag === "ADP" || (tag === "PART" && words[at]?.folded === "to")) preposition = words[at]?.folded ?? null;
    else if (tag === "CCONJ") joined = chunks.length > 0;
    else if (tag === "VERB" || tag === "AUX" || tag === "SCONJ") [preposition, joined] = [null, false];
    if (!isNominal(tag)) {
      at += 1;
      continue;
    }
    let to = at;
    let head = at;
    const isDate = dated[at] === true;
    while (to < until && isNominal(tags[to]) && dated[to] === isDate) {
      if (
        to > at &&
        (/[,;:()"“”–—]/.test(marks[to] ?? "") || opens(tags[to], words[to]) || counts(tags, to) || ended(words, tags, to))
      )
        break;
      if (tags[to] === "NOUN" || tags[to] === "PROPN" || !headed(tags[head])) head = to;
      to += 1;
    }
    const last = chunks.at(-1);
    // a second member of a list hangs on the preposition of the first
    const kept = joined && preposition === null && last !== undefined ? last.preposition : preposition;
    chunks.push({ from: at, to, head, preposition: kept, dated: isDate, joined });
    [preposition, joined] = [null, false];
    at = to;
  }
  return chunks;
}

const isNominal = (tag: PartOfSpeech | undefined): boolean =>
  tag === "NOUN" || tag === "PROPN" || tag === "ADJ" || tag === "DET" || tag === "NUM" || tag === "PRON";
const headed = (tag: PartOfSpeech | undefined): boolean => tag === "NOUN" || tag === "PROPN" || tag === "PRON";

/** An article or "his" begins a phrase of its own. */
const opens = (tag: PartOfSpeech | undefined, word: ReadWord | undefined): boolean =>
  tag === "DET" || (tag === "PRON" && /^(?:its|his|her|their|our|my|your|it|he|she|they|who|which)$/.test(word?.folded ?? ""));

/** "the mill 2 million euros": a number behind a noun begins anew. */
const counts = (tags: readonly PartOfSpeech[], to: number): boolean => tags[to] === "NUM" && tags[to - 1] === "NOUN";

/** A pronoun that stands for a whole phrase ends it: "it second plant". */
const ended = (words: readonly ReadWord[], tags: readonly PartOfSpeech[], to: number): boolean =>
  tags[to - 1] === "PRON" && !/^(?:its|his|her|their|our|my|your)$/.test(words[to - 1]?.folded ?? "");
