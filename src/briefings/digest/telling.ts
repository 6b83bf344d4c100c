// What is kept of one document to find out which others tell the same event: its vector and its rare words, names and numbers. The text
// is let go, so that thousands of documents fit.
import type { Document, Passage } from "../../domain.ts";
import { findNames } from "../../text/names.ts";
import { fold, isStopWord, wordsOf, baseOf } from "../../text/words.ts";

export interface Telling {
  document: Document;
  /** Milliseconds since 1970 of its publication, or of its reading. */
  at: number;
  /** Unit length; null where the index has none. */
  vector: Float32Array | null;
  /** Words of the beginning with their weights: names count more, numbers are words. */
  terms: Map<string, number>;
  /** Words that may be names, as they begin a sentence with a capital: others' texts can show it. */
  maybe: Map<string, string>;
  /** Hashes of runs of words, for copies. */
  runs: Set<number>;
}

/** The beginning of a news text says what happened; further down comes background that many events share. */
const READ = 1100;
const RUN = 5;
const MOST_RUNS = 120;
export const NAME_WEIGHT = 2;
const TITLE_WEIGHT = 1;
/** Two outlets that give the same number of more than one figure, no year, seldom tell of two events. */
const NUMBER = /^(?!(?:19|20)\d\d$)\d{2,}$/;

export function tellingOf(document: Document, passages: readonly Passage[], vectors: readonly Float32Array[]): Telling {
  const lead = leadOf(passages);
  const text = `${document.title ?? ""}.\n${lead}`;
  const names = findNames(text);
  const named = new Set(names.flatMap((name) => (name.certain ? name.words : [])));
  const maybe = names.flatMap((name) => (name.certain ? [] : name.words.filter((word) => !named.has(word))));
  const terms = new Map<string, number>();
  const words = wordsOf(text);
  for (const { folded, start } of words) {
    if (isStopWord(folded) || folded.length < 2) continue;
    const term = named.has(folded) ? `@${folded}` : baseOf(folded);
    const weight =
      named.has(folded) || NUMBER.test(folded) ? NAME_WEIGHT : start < (document.title?.length ?? 0) ? TITLE_WEIGHT : 1;
    // said twice is a little more than said once
    terms.set(term, Math.min((terms.get(term) ?? 0) + weight * (terms.has(term) ? 0.3 : 1), weight * 2));
  }
  const published = document.published === null || document.published.length < 10 ? document.fetched : document.published;
  return {
    document,
    at: Date.parse(published.replace(" ", "T")) || 0,
    vector: meanOf(vectors),
    terms,
    maybe: new Map(maybe.map((word) => [word, baseOf(word)])),
    runs: runsOf(lead),
  };
}

function leadOf(passages: readonly Passage[]): string {
  let lead = "";
  let end = -1;
  for (const passage of passages) {
    if (lead.length >= READ) break;
    // passages repeat the end of the one before
    lead += `\n${passage.text.slice(Math.max(0, end - passage.start))}`;
    end = passage.end;
  }
  return lead.slice(0, READ);
}

function runsOf(text: string): Set<number> {
  const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const runs = new Set<number>();
  for (let at = 0; at + RUN <= words.length && runs.size < MOST_RUNS; at += 1) {
    let hash = 2166136261;
    for (const letter of words.slice(at, at + RUN).join(" ")) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
    runs.add(hash >>> 0);
  }
  return runs;
}

function meanOf(vectors: readonly Float32Array[]): Float32Array | null {
  const [first] = vectors;
  if (first === undefined) return null;
  const sum = new Float32Array(first.length);
  // the first passage is the news
  vectors.forEach((vector, index) => vector.forEach((value, at) => (sum[at] = (sum[at] ?? 0) + value * (index === 0 ? 2 : 1))));
  const length = Math.hypot(...sum);
  return length === 0 ? null : sum.map((value) => value / length);
}
