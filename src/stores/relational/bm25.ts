// BM25 over postings in memory, whichever database they come from.
import { fold, stemOf } from "../../text/words.ts";
import type { TextHit } from "../knowledge.ts";
import type { Catalogue, Passing } from "./passage-catalogue.ts";

const K1 = 1.2;
const B = 0.75;
/** A question has some ten terms; a pasted text is cut here, rarest terms kept. */
const MOST_TERMS = 64;

/** Passages that hold a term: positions in the catalogue, and what the term adds to their score for an idf of 1. */
export interface Postings {
  places: Uint32Array;
  gains: Float32Array;
}

/** The terms worth looking for: all of a question's, the rarest of a long text. */
export async function tellingTerms(
  wanted: readonly string[],
  frequencies: (terms: readonly string[]) => Promise<readonly number[]>,
): Promise<readonly string[]> {
  if (wanted.length <= MOST_TERMS) return wanted;
  const found = await frequencies(wanted);
  return wanted
    .map((term, at) => ({ term, passages: found[at] ?? 0 }))
    .filter(({ passages }) => passages > 0)
    .sort((a, b) => a.passages - b.passages)
    .slice(0, MOST_TERMS)
    .map(({ term }) => term);
}

/** The k best passages that hold all phrases, best first. */
export function ranked(
  terms: readonly Postings[],
  phrases: readonly Postings[],
  catalogue: Catalogue,
  passing: Passing | null,
  k: number,
): TextHit[] {
  const { count, ids } = catalogue;
  const scores = new Float32Array(count);
  let reachable = 0;
  for (const { places, gains } of [...terms, ...phrases]) {
    const idf = Math.log(1 + (count - places.length + 0.5) / (places.length + 0.5));
    // a term that is nowhere counts too: a question whose one telling word is unknown has found little, whatever else matches
    reachable += idf * (K1 + 1);
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] ?? 0;
      scores[place] = (scores[place] ?? 0) + idf * (gains[at] ?? 0);
    }
  }
  const mask = phrases.reduce((mask, { places }) => both(mask, places, count), passing?.mask ?? null);
  let best: TextHit[] = [];
  const sort = (): TextHit[] => best.sort((a, b) => b.score - a.score).slice(0, k);
  for (let place = 0, least = 0; place < count; place += 1) {
    const score = scores[place] ?? 0;
    if (score <= least || (mask !== null && mask[place] !== 1)) continue;
    best.push({ passage: ids[place] ?? 0, score });
    // sorting all that hold a common word would take longer than scoring them
    if (best.length <= 2 * k) continue;
    best = sort();
    least = best.at(-1)?.score ?? least;
  }
  return sort().map(({ passage, score }) => ({ passage, score: Math.min(1, score / reachable) }));
}

/**
 * `found`: the passages that hold a term, ascending, each as often as it does. Those that the catalogue does not know were written or removed
 * since: left out.
 */
export function gathered(found: ArrayLike<number>, catalogue: Catalogue): Postings {
  const places = new Uint32Array(found.length);
  const gains = new Float32Array(found.length);
  const { weights, averageWeight, ids } = catalogue;
  let length = 0;
  let place = 0;
  for (let at = 0; at < found.length;) {
    const id = found[at] ?? 0;
    const first = at;
    while (at < found.length && found[at] === id) at += 1;
    const frequency = at - first;
    place = ids[place] === id ? place : catalogue.placeOf(id);
    if (place === -1) {
      place = 0;
      continue;
    }
    const long = 1 - B + (B * (weights[place] ?? 0)) / averageWeight;
    places[length] = place;
    gains[length] = (frequency * (K1 + 1)) / (frequency + K1 * long);
    length += 1;
    place += 1;
  }
  return { places: places.subarray(0, length), gains: gains.subarray(0, length) };
}

function both(mask: Uint8Array | null, places: Uint32Array, count: number): Uint8Array {
  const held = new Uint8Array(count);
  for (const place of places) held[place] = mask === null ? 1 : (mask[place] ?? 0);
  return held;
}

/** A term is not longer: PostgreSQL keeps none above 2 KB, and nobody types one. */
const LONGEST_TERM = 80;

/** Words of a text as an index keeps them: folded, without accents, Porter stems. */
export const termsOf = (text: string): string[] =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemOf(word).slice(0, LONGEST_TERM));

/** The length that BM25 reckons with: words in the context count as those in the text; measured with `briefing eval`. */
export const weightOf = (text: string, context: string): number =>
  [text, context].reduce((sum, part) => sum + (part.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
