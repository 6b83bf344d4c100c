// BM25 over the FTS5 index. FTS5 finds which passages hold a term; the score is counted here, over the postings of the query's terms,
// kept in memory until the next write: its own bm25() takes 60 ms for a ten-word question at 50,000 passages, this takes 2.
import { plainLetters } from "../../text/words.ts";
import type { TextHit, TextQuery } from "../knowledge.ts";
import type { Catalogue } from "./catalogue.ts";
import { numbers } from "./catalogue.ts";
import type { Connection } from "./database.ts";
import { storable } from "./database.ts";
import type { TermReader } from "./terms.ts";

const K1 = 1.2;
const B = 0.75;
/** A word in the context (title, publisher, heading, date) counts this much of one in the text; measured with `briefing eval`. */
const CONTEXT_WEIGHT = 1;
/** A question has some ten; a pasted text is cut here, rarest terms kept. */
const MOST_TERMS = 64;
/** Words that are looked at at all, before the rarest are picked. */
const MOST_WORDS = 2000;
const MOST_PHRASES = 8;
/** Postings kept in memory: 8 bytes each. */
const MOST_POSTINGS = 3_000_000;

/** Passages that hold a term: positions in the catalogue, and what the term adds to their score for an idf of 1. */
interface Postings {
  places: Uint32Array;
  gains: Float32Array;
}

export interface TextSearch {
  search(query: TextQuery, catalogue: Catalogue, allowed: Uint8Array | null, k: number): TextHit[];
  /** Number of passages that hold each word, all its terms where it has several. */
  holding(words: readonly string[], catalogue: Catalogue): number[];
  vocabulary(prefix: string): { word: string; passages: number }[];
}

/** The length that BM25 reckons with. */
export function weightOf(text: string, context: string): number {
  return countWords(text) + CONTEXT_WEIGHT * countWords(context);
}

export function createTextSearch(connection: Connection, terms: TermReader): TextSearch {
  let cache = new Map<string, Postings>();
  let cached = 0;
  let cacheOf: Catalogue | null = null;

  const postingsOf = (term: string, catalogue: Catalogue): Postings => {
    if (cacheOf !== catalogue || cached > MOST_POSTINGS) {
      cache = new Map();
      cached = 0;
      cacheOf = catalogue;
    }
    const known = cache.get(term);
    if (known !== undefined) return known;
    // one string of passage * 2 (+ 1 in the context), ascending: rows would cost ten times as much
    const found = connection
      .sql("SELECT group_concat(doc * 2 + (col = 'context')) FROM (SELECT doc, col FROM places WHERE term = ? ORDER BY doc)")
      .get([term]);
    const postings = gathered(numbers(found?.[0]), catalogue);
    cache.set(term, postings);
    cached += postings.places.length;
    return postings;
  };

  const phrasePostings = (phrase: string, catalogue: Catalogue): Postings => {
    const ids = numbers(
      connection
        .sql("SELECT group_concat(rowid) FROM (SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid)")
        .get([asPhrase(phrase)])?.[0],
    );
    return gathered(
      ids.map((id) => id * 2),
      catalogue,
    );
  };

  const frequency = (term: string): number =>
    Number(connection.sql("SELECT doc FROM terms WHERE term = ?").get([term])?.[0] ?? 0);

  return {
    search(query, catalogue, allowed, k) {
      const count = catalogue.count;
      if (count === 0 || k <= 0) return [];
      const phrases = query.phrases
        .filter((phrase) => terms.termsOf([phrase])[0]?.length)
        .slice(0, MOST_PHRASES)
        .map((phrase) => phrasePostings(phrase, catalogue));
      const wanted = [...new Set(terms.termsOf(query.words.slice(0, MOST_WORDS)).flat())];
      const rarest =
        wanted.length <= MOST_TERMS
          ? wanted
          : wanted
              .map((term) => ({ term, passages: frequency(term) }))
              .filter(({ passages }) => passages > 0)
              .sort((a, b) => a.passages - b.passages)
              .slice(0, MOST_TERMS)
              .map(({ term }) => term);
      const lists = [...rarest.map((term) => postingsOf(term, catalogue)), ...phrases];
      const scores = new Float32Array(count);
      let reachable = 0;
      for (const { places, gains } of lists) {
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
        passage: catalogue.ids[place] ?? 0,
        score: Math.min(1, (scores[place] ?? 0) / reachable),
      }));
    },
    holding(words, catalogue) {
      return terms.termsOf(words).map((cut, at) => {
        if (cut.length === 0) return 0;
        return cut.length === 1 ? frequency(cut[0] ?? "") : phrasePostings(words[at] ?? "", catalogue).places.length;
      });
    },
    vocabulary(prefix) {
      // terms are folded: the prefix is cut like a word, but not stemmed
      const list = connection
        .sql(
          "SELECT group_concat(term || ' ' || doc, char(10)) FROM (SELECT term, doc FROM terms WHERE term >= ? AND term < ? ORDER BY term)",
        )
        .get([prefix, `${prefix}\u{10FFFF}`])?.[0];
      if (typeof list !== "string") return [];
      return list.split("\n").map((line) => {
        const gap = line.lastIndexOf(" ");
        return { word: line.slice(0, gap), passages: Number(line.slice(gap + 1)) };
      });
    },
  };
}

/** From `passage * 2 + inContext`, ascending. Passages that the catalogue does not know were written or removed since: left out. */
function gathered(found: readonly number[], catalogue: Catalogue): Postings {
  const places = new Uint32Array(found.length);
  const gains = new Float32Array(found.length);
  const { weights, averageWeight, ids } = catalogue;
  let length = 0;
  let place = 0;
  for (let at = 0; at < found.length;) {
    const id = Math.floor((found[at] ?? 0) / 2);
    let frequency = 0;
    for (; at < found.length && Math.floor((found[at] ?? 0) / 2) === id; at += 1) {
      frequency += (found[at] ?? 0) % 2 === 1 ? CONTEXT_WEIGHT : 1;
    }
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

/** In FTS5's syntax everything between double quotes is text; a quote is doubled. */
function asPhrase(text: string): string {
  return `"${plainLetters(storable(text)).replaceAll('"', '""')}"`;
}

function countWords(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(/[\p{L}\p{N}]+/gu)) count += 1;
  return count;
}
