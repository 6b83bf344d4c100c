// Which documents tell the same event: nearness of meaning, shared rare names, words and numbers, and time, joined by the average over
// all pairs, so that no chain of half-likenesses runs two events together. Copies are joined first. Of a document only its vector and rare words are
// kept, so that thousands fit. Knows no store.
import type { Document, Passage } from "../../domain.ts";
import { cosineOf } from "../../models/embedder.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { findNames } from "../../text/names.ts";
import { shareOf, shinglesOf } from "../../text/shingles.ts";
import { baseOf, isStopWord, wordsOf } from "../../text/words.ts";

/** What is kept of one document. */
export interface Telling {
  document: Document;
  /** Milliseconds since 1970 of its publication, or of its reading. */
  at: number;
  /** Unit length; null where the index has none. */
  vector: Float32Array | null;
  /** Words of the beginning with their weights: names (as `@name`) and numbers count more. */
  terms: Map<string, number>;
  /** Words that may be names, as they begin a sentence with a capital, with their base forms: others' texts can show it. */
  maybe: Map<string, string>;
  /** Runs of words, for copies. */
  runs: Set<string>;
}

/** Characters read: the beginning of a news text says what happened; further down comes background that many events share. */
const READ = 1100;
const RUN = 5;
const RARE_WEIGHT = 2;
/** Two outlets that give the same number of more than one figure, no year, seldom tell of two events. */
const NUMBER = /^(?!(?:19|20)\d\d$)\d{2,}$/;
/**
 * Shares of meaning and words; what two tellings of one event reach, and all pairs of two groups on the average; the agreement of names from which all is left (nothing is without any);
 * what is left where one of them has no name, and of reports from one mould, and the agreement of wording that shows one;
 * what a day apart costs. Found on made-up months of two kinds of news; the test reports another month, the benchmark many.
 */
const LIKENESS = {
  meaning: 0.7,
  words: 0.3,
  same: 0.3,
  joined: 0.22,
  known: 0.35,
  nameless: 0.8,
  mould: 0.3,
  wording: 0.6,
  perDay: 0.016,
};
/** Pairs further apart in meaning are not looked at. */
const FAR = 0.3;
/** Share of the shorter one's runs, of at least so many, that stand in a copy; and what is cheaper to know: the share of words in common. */
const COPY = { runs: 0.5, least: 8, words: 0.3 };
const LONGEST_GAP_MS = 14 * DAY_MS;

export function tellingOf(document: Document, passages: readonly Passage[], vectors: readonly Float32Array[]): Telling {
  const lead = leadOf(passages);
  const text = `${document.title ?? ""}.\n${lead}`;
  const names = findNames(text);
  const named = new Set(names.flatMap((name) => (name.certain ? name.words : [])));
  const maybe = names.flatMap((name) => (name.certain ? [] : name.words.filter((word) => !named.has(word))));
  const terms = new Map<string, number>();
  for (const { folded } of wordsOf(text)) {
    if (isStopWord(folded) || folded.length < 2) continue;
    const term = named.has(folded) ? `@${folded}` : baseOf(folded);
    const weight = isName(term) || NUMBER.test(folded) ? RARE_WEIGHT : 1;
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
    runs: shinglesOf(lead, RUN),
  };
}

function leadOf(passages: readonly Passage[]): string {
  let [lead, end] = ["", -1];
  for (const passage of passages) {
    // passages repeat the end of the one before
    lead += `\n${passage.text.slice(Math.max(0, end - passage.start))}`;
    end = passage.end;
  }
  return lead.slice(0, READ);
}

/** The first passage is the news, and counts twice. */
function meanOf(vectors: readonly Float32Array[]): Float32Array | null {
  const [first] = vectors;
  if (first === undefined) return null;
  const sum = first.map((value, at) => vectors.reduce((total, vector) => total + (vector[at] ?? 0), value));
  const length = Math.hypot(...sum);
  return length === 0 ? null : sum.map((value) => value / length);
}

interface Weighed extends Telling {
  /** Unit length over the idf of the terms. */
  words: Map<string, number>;
  /** The same over the names alone; empty where there are none. */
  names: Map<string, number>;
  /** The same over what is neither name nor number. */
  wording: Map<string, number>;
}

/** Every telling is in one event, in the order of their publication. */
export function clusterEvents(tellings: readonly Telling[]): Telling[][] {
  const weighed = weigh(acquainted(tellings));
  const count = weighed.length;
  const likeness = new Map<number, number>();
  weighed.forEach((one, a) => {
    for (let b = a + 1; b < count; b += 1) {
      const value = likenessOf(one, weighed[b] as Weighed);
      if (value > 0) likeness.set(a * count + b, value);
    }
  });
  const between = (xs: readonly number[], ys: readonly number[]): number => {
    let sum = 0;
    for (const x of xs) for (const y of ys) sum += likeness.get(Math.min(x, y) * count + Math.max(x, y)) ?? 0;
    return sum / (xs.length * ys.length);
  };
  const home = weighed.map((_, at) => [at]);
  const edges = [...likeness].filter(([, value]) => value >= LIKENESS.same).sort(([x, a], [y, b]) => b - a || x - y);
  for (const [pair, value] of edges) {
    const [one, other] = [home[Math.floor(pair / count)] ?? [], home[pair % count] ?? []];
    if (one === other || (value < 1 && between(one, other) < LIKENESS.joined)) continue;
    one.push(...other);
    for (const at of other) home[at] = one;
  }
  return [...new Set(home)].map((members) =>
    members.flatMap((at) => weighed[at] ?? []).sort((p, q) => p.at - q.at || (p.document.id < q.document.id ? -1 : 1)),
  );
}

/** A word that begins a sentence is a name if it is one in another text. */
function acquainted(tellings: readonly Telling[]): Telling[] {
  const names = new Set(tellings.flatMap(({ terms }) => [...terms.keys()].filter(isName)));
  return tellings.map((telling) => {
    const terms = new Map(telling.terms);
    for (const [word, base] of telling.maybe) if (names.has(`@${word}`) && terms.delete(base)) terms.set(`@${word}`, RARE_WEIGHT);
    return { ...telling, terms };
  });
}

function weigh(tellings: readonly Telling[]): Weighed[] {
  const holding = new Map<string, number>();
  for (const { terms } of tellings) for (const term of terms.keys()) holding.set(term, (holding.get(term) ?? 0) + 1);
  return tellings.map((telling) => {
    const words = [...telling.terms].map(([term, weight]): [string, number] => [
      term,
      weight * Math.log(1 + tellings.length / (holding.get(term) ?? 1)),
    ]);
    const names = words.filter(([term]) => isName(term));
    return { ...telling, words: unit(words), names: unit(names), wording: unit(words.filter(([term]) => !isFact(term))) };
  });
}

function unit(entries: readonly [string, number][]): Map<string, number> {
  const length = Math.hypot(...entries.map(([, value]) => value)) || 1;
  return new Map(entries.map(([term, value]) => [term, value / length]));
}

/** 1 for a copy. Reports of one mould share all words but the names; tellings of one event share names whatever their words. */
function likenessOf(a: Weighed, b: Weighed): number {
  const apart = Math.abs(a.at - b.at);
  if (apart > LONGEST_GAP_MS) return 0;
  const names = a.names.size > 0 && b.names.size > 0 ? shared(a.names, b.names) : null;
  // most pairs end here, and it is cheap to know
  if (names === 0) return 0;
  const meaning = a.vector === null || b.vector === null ? null : cosineOf(a.vector, b.vector);
  if (meaning !== null && meaning < FAR) return 0;
  const words = shared(a.words, b.words);
  if (words >= COPY.words && isCopy(a, b)) return 1;
  const nearness = meaning === null ? words : LIKENESS.meaning * meaning + LIKENESS.words * words;
  const acquaintance = names === null ? LIKENESS.nameless : Math.min(1, names / LIKENESS.known);
  return (isMould(a, b) ? LIKENESS.mould : 1) * (nearness * acquaintance - LIKENESS.perDay * (apart / DAY_MS));
}

/** Reports of one mould: the same words with other names; where one of them has no name, other numbers and beginnings. */
function isMould(a: Weighed, b: Weighed): boolean {
  if (a.names.size > 0 && b.names.size > 0)
    return swapped(a.terms, b.terms, isName) && shared(a.wording, b.wording) >= LIKENESS.wording;
  const lacks = (x: Telling, y: Telling): boolean =>
    [...x.terms.keys()].some((term) => /^\d/.test(term) && !y.terms.has(term)) ||
    [...x.maybe.values()].some((word) => !y.terms.has(word));
  return lacks(a, b) && lacks(b, a);
}

/** A copy or light rewrite. */
export function isCopy(a: Telling, b: Telling): boolean {
  const [few, many] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
  return few.size >= COPY.least && !swapped(a.terms, b.terms, isFact) && shareOf(few, many) >= COPY.runs;
}

const isName = (term: string): boolean => term.startsWith("@");
const isFact = (term: string): boolean => isName(term) || /^\d/.test(term);

/** Each has such terms that the other lacks, as two reports from one mould have. */
function swapped(a: Telling["terms"], b: Telling["terms"], counts: (term: string) => boolean): boolean {
  const lacks = (x: Telling["terms"], y: Telling["terms"]): boolean => [...x.keys()].some((term) => counts(term) && !y.has(term));
  return lacks(a, b) && lacks(b, a);
}

function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of few) sum += value * (many.get(term) ?? 0);
  return sum;
}
