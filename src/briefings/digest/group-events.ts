// Which documents tell the same event: nearness of meaning, shared rare names, words and numbers, and time, joined by the average over
// all pairs, so that no chain of half-likenesses runs two events together. Copies are joined first. Knows no store.
import { cosineOf } from "../../models/embedder.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { NAME_WEIGHT, type Telling } from "./telling.ts";

export interface EventGroup {
  /** In the order of their publication. */
  tellings: Telling[];
}

/**
 * Shares of meaning and words; what two tellings of one event reach; the agreement of names from which all is left (nothing is without any);
 * what is left where one of them has no name, and of reports from one mould, and the agreement of wording that shows one;
 * what a day apart costs. Found on made-up months of two kinds of
 * news; the test reports another month, the benchmark many.
 */
const LIKENESS = { meaning: 0.7, words: 0.3, same: 0.3, known: 0.35, nameless: 0.8, mould: 0.3, wording: 0.6, perDay: 0.016 };
/** Pairs further apart in meaning are not looked at. */
const FAR = 0.3;
const COPY = 0.5;
/** Cheaper to know than the runs: a copy has most of its words in common. */
const COPY_WORDS = 0.3;
/** Members of a cluster that are compared one by one. */
const LOOKED_AT = 6;
const LONGEST_GAP_MS = 14 * DAY_MS;

interface Weighed extends Telling {
  /** Unit length over the idf of the terms. */
  words: Map<string, number>;
  /** The same over the names alone; empty where there are none. */
  names: Map<string, number>;
  /** The same over what is neither name nor number. */
  wording: Map<string, number>;
}

interface Cluster {
  members: Weighed[];
  vector: Float32Array | null;
  words: Map<string, number>;
  names: Map<string, number>;
  at: number;
}

/** Every telling is in one group. */
export function groupEvents(tellings: readonly Telling[]): EventGroup[] {
  const weighed = weigh(acquainted(tellings));
  const clusterOf = weighed.map((one): Cluster => ({ members: [one], ...weightsOf(one) }));
  const edges: { a: number; b: number; likeness: number }[] = [];
  for (let a = 0; a < weighed.length; a += 1) {
    for (let b = a + 1; b < weighed.length; b += 1) {
      const [one, other] = [weighed[a], weighed[b]];
      if (one === undefined || other === undefined) continue;
      const likeness = likenessOf(one, other);
      if (likeness >= LIKENESS.same) edges.push({ a, b, likeness });
    }
  }
  edges.sort((x, y) => y.likeness - x.likeness || x.a - y.a || x.b - y.b);
  const home = clusterOf.map((_, index) => index);
  for (const { a, b, likeness } of edges) {
    const [x, y] = [home[a] ?? a, home[b] ?? b];
    const [one, other] = [clusterOf[x], clusterOf[y]];
    if (x === y || one === undefined || other === undefined) continue;
    if (likeness < 1 && between(one, other) < LIKENESS.same) continue;
    clusterOf[x] = merged(one, other);
    home.forEach((at, index) => {
      if (at === y) home[index] = x;
    });
  }
  return [...new Set(home)].map((at) => ({
    tellings: (clusterOf[at]?.members ?? []).toSorted((p, q) => p.at - q.at || (p.document.id < q.document.id ? -1 : 1)),
  }));
}

/** A word that begins a sentence is a name if it is one in another text. */
function acquainted(tellings: readonly Telling[]): Telling[] {
  const names = new Set(tellings.flatMap(({ terms }) => [...terms.keys()].filter(isName)));
  return tellings.map((telling) => {
    const shown = [...telling.maybe].filter(([word]) => names.has(`@${word}`));
    if (shown.length === 0) return telling;
    const terms = new Map(telling.terms);
    for (const [word, base] of shown) {
      terms.delete(base);
      terms.set(`@${word}`, NAME_WEIGHT);
    }
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
    return {
      ...telling,
      words: unit(words),
      names: unit(words.filter(([term]) => isName(term))),
      wording: unit(words.filter(([term]) => !isFact(term))),
    };
  });
}

function unit(entries: readonly [string, number][]): Map<string, number> {
  const length = Math.sqrt(entries.reduce((sum, [, value]) => sum + value * value, 0)) || 1;
  return new Map(entries.map(([term, value]) => [term, value / length]));
}

const weightsOf = ({ vector, words, names, at }: Weighed): Omit<Cluster, "members"> => ({ vector, words, names, at });

function likenessOf(a: Weighed, b: Weighed): number {
  const apart = Math.abs(a.at - b.at);
  if (apart > LONGEST_GAP_MS) return 0;
  const names = a.names.size > 0 && b.names.size > 0 ? shared(a.names, b.names) : null;
  // most pairs end here, and it is cheap to know
  if (names === 0) return 0;
  const meaning = a.vector === null || b.vector === null ? null : cosineOf(a.vector, b.vector);
  if (meaning !== null && meaning < FAR) return 0;
  const words = shared(a.words, b.words);
  if (words >= COPY_WORDS && isCopy(a, b)) return 1;
  return (isMould(a, b, names) ? LIKENESS.mould : 1) * joined(meaning, words, names, apart);
}

/** Reports of one mould: the same words with other names; where none is known to be one, other numbers and beginnings. */
function isMould(a: Weighed, b: Weighed, names: number | null): boolean {
  if (names === null) return apartBy(a, b);
  return swapped(a.terms, b.terms, isName) && shared(a.wording, b.wording) >= LIKENESS.wording;
}

/** What is left of two clusters' likeness by those of their pairs that are of one mould; of large ones, by the first members. */
function mouldShare(a: Cluster, b: Cluster): number {
  let [moulds, pairs] = [0, 0];
  for (const x of a.members.slice(0, LOOKED_AT))
    for (const y of b.members.slice(0, LOOKED_AT)) {
      const names = x.names.size > 0 && y.names.size > 0 ? shared(x.names, y.names) : null;
      if (isMould(x, y, names)) moulds += 1;
      pairs += 1;
    }
  return 1 - (1 - LIKENESS.mould) * (moulds / pairs);
}

const isName = (term: string): boolean => term.startsWith("@");

function between(a: Cluster, b: Cluster): number {
  const pairs = a.members.length * b.members.length;
  const meaning = a.vector === null || b.vector === null ? null : cosineOf(a.vector, b.vector) / pairs;
  const named = namedIn(a) * namedIn(b);
  const names = named === 0 ? null : shared(a.names, b.names) / named;
  const likeness = joined(meaning, shared(a.words, b.words) / pairs, names, Math.abs(a.at - b.at));
  return likeness < LIKENESS.same ? likeness : likeness * mouldShare(a, b);
}

const namedIn = (cluster: Cluster): number => cluster.members.filter(({ names }) => names.size > 0).length;

/** Reports of one mould share all words but the names; tellings of one event share names whatever their words. */
function joined(meaning: number | null, words: number, names: number | null, apart: number): number {
  const nearness = meaning === null ? words : LIKENESS.meaning * meaning + LIKENESS.words * words;
  const acquainted = names === null ? LIKENESS.nameless : Math.min(1, names / LIKENESS.known);
  return nearness * acquainted - LIKENESS.perDay * (apart / DAY_MS);
}

/** Sums instead of means: the product of two sums is the sum over all pairs. */
function merged(a: Cluster, b: Cluster): Cluster {
  const { vector } = b;
  const members = [...a.members, ...b.members];
  return {
    members,
    vector: a.vector === null || vector === null ? (a.vector ?? vector) : a.vector.map((value, at) => value + (vector[at] ?? 0)),
    words: sum(a.words, b.words),
    names: sum(a.names, b.names),
    at: members.reduce((total, member) => total + member.at, 0) / members.length,
  };
}

function sum(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): Map<string, number> {
  const both = new Map(a);
  for (const [term, value] of b) both.set(term, (both.get(term) ?? 0) + value);
  return both;
}

/** A copy or light rewrite: half of the shorter one's runs of words stand in the other. */
export function isCopy(a: Telling, b: Telling): boolean {
  const [few, many] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
  if (few.size < 8 || swapped(a.terms, b.terms)) return false;
  let same = 0;
  for (const run of few) if (many.has(run)) same += 1;
  return same / few.size >= COPY;
}

function apartBy(a: Telling, b: Telling): boolean {
  const lacks = (x: Telling, y: Telling): boolean =>
    [...x.terms.keys()].some((term) => /^\d/.test(term) && !y.terms.has(term)) ||
    [...x.maybe.values()].some((word) => !y.terms.has(word));
  return lacks(a, b) && lacks(b, a);
}

const isFact = (term: string): boolean => isName(term) || /^\d/.test(term);

/** Each has names or numbers that the other lacks, as two reports from one mould have. */
function swapped(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, counts = isFact): boolean {
  const lacks = (x: ReadonlyMap<string, number>, y: ReadonlyMap<string, number>): boolean =>
    [...x.keys()].some((term) => counts(term) && !y.has(term));
  return lacks(a, b) && lacks(b, a);
}

function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of few) sum += value * (many.get(term) ?? 0);
  return sum;
}
