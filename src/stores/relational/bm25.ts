// BM25 over postings in memory, whichever database they come from.
import type { TextHit } from "../knowledge.ts";
import type { Catalogue } from "./passage-catalogue.ts";

const K1 = 1.2;
const B = 0.75;
/** A question has some ten terms; a pasted text is cut here, rarest terms kept. */
const MOST_TERMS = 64;
/** Words that are looked at at all, before the rarest are picked. */
export const MOST_WORDS = 2000;
export const MOST_PHRASES = 8;
/** Postings kept in memory: 8 bytes each. */
export const MOST_POSTINGS = 3_000_000;

/** Passages that hold a term: positions in the catalogue, and what the term adds to their score for an idf of 1. */
export interface Postings {
  places: Uint32Array;
  gains: Float32Array;
}

/** The length that BM25 reckons with: words in the context count as those in the text; measured with `briefing eval`. */
export function weightOf(text: string, context: string): number {
  return countWords(text) + countWords(context);
}

/** The terms worth looking for: all of a question's, the rarest of a long text. */
export function tellingTerms(
  wanted: readonly string[],
  frequencies: (terms: readonly string[]) => readonly number[],
): readonly string[] {
  if (wanted.length <= MOST_TERMS) return wanted;
  const found = frequencies(wanted);
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
  allowed: Uint8Array | null,
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
  const mask = phrases.reduce((mask, { places }) => both(mask, places, count), allowed);
  return best(scores, mask, Math.min(k, count)).map((place) => ({
    passage: ids[place] ?? 0,
    score: Math.min(1, (scores[place] ?? 0) / reachable),
  }));
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

/** The positions of the k best scores above zero, best first; equals in the order of their ids. */
function best(scores: Float32Array, allowed: Uint8Array | null, k: number): number[] {
  const heap: number[] = [];
  const worse = (a: number, b: number): boolean => {
    const difference = (scores[a] ?? 0) - (scores[b] ?? 0);
    return difference === 0 ? a > b : difference < 0;
  };
  const sink = (from: number): void => {
    for (let at = from; ;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const right = left + 1;
      const child = right < heap.length && worse(heap[right] ?? 0, heap[left] ?? 0) ? right : left;
      if (!worse(heap[child] ?? 0, heap[at] ?? 0)) return;
      [heap[at], heap[child]] = [heap[child] ?? 0, heap[at] ?? 0];
      at = child;
    }
  };
  for (let place = 0; place < scores.length; place += 1) {
    if (!((scores[place] ?? 0) > 0) || (allowed !== null && allowed[place] !== 1)) continue;
    if (heap.length < k) {
      heap.push(place);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!worse(heap[at] ?? 0, heap[parent] ?? 0)) break;
        [heap[at], heap[parent]] = [heap[parent] ?? 0, heap[at] ?? 0];
        at = parent;
      }
    } else if (worse(heap[0] ?? 0, place)) {
      heap[0] = place;
      sink(0);
    }
  }
  return heap.sort((a, b) => (worse(a, b) ? 1 : -1));
}

function both(mask: Uint8Array | null, places: Uint32Array, count: number): Uint8Array {
  const held = new Uint8Array(count);
  for (const place of places) held[place] = mask === null ? 1 : (mask[place] ?? 0);
  return held;
}

function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]+/gu)) count += 1;
  return count;
}
