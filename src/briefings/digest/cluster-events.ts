// Which documents tell the same event: nearness of meaning, shared rare words and names, and time, joined by the average over all pairs, so that no chain
// of half-likenesses runs two events together. Of a document only one vector and the words of its beginning are kept, so that thousands fit. Knows no store.
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
  /** Of its first passage, unit length; null where the index has none. */
  vector: Float32Array | null;
  /** Base forms of the words of title and beginning that carry matter. */
  terms: ReadonlySet<string>;
  /** Of these, what is certainly a name here. */
  names: ReadonlySet<string>;
  /** Runs of words, for copies. */
  runs: ReadonlySet<string>;
}

/** Characters read: the beginning of a news text says what happened; further down comes background that many events share. */
const READ = 1100;
const RUN = 5;
/**
 * Shares of meaning and words; what two tellings of one event reach, and all pairs of two groups on the average; the agreement of names from which all is left
 * (nothing is without any); what two groups reach that have names of their own each; what is left of reports from one mould, and the agreement of wording that shows one; what a day apart costs. Chosen on ECB+ as
 * streams of news and on four made-up months (`tests/benchmarks/digest-streams.ts`, `digest-months.ts`); no set was kept aside. Without the words' share 4 more
 * in a hundred entries of two of the months hold two events, without the mould 5 to 18 of all four; without names of their own 2.6 more in a
 * hundred entries of forty small days do; weights for rare kinds of words, a second vector and a rule for
 * copies changed next to nothing and are not here.
 */
const LIKENESS = {
  meaning: 0.7,
  words: 0.3,
  same: 0.3,
  joined: 0.16,
  apart: 0.5,
  known: 0.25,
  mould: 0.3,
  wording: 0.6,
  perDay: 0.03,
};
/** Pairs further apart in meaning are not looked at. */
const FAR = 0.3;
/** Names of a group's own: how many, and the share of its texts that hold each. */
const OWN = { least: 3, share: 0.6 };
/** Share of the shorter one's runs, of at least so many, that stand in a copy. */
const COPY = { runs: 0.5, least: 8 };
const LONGEST_GAP_MS = 14 * DAY_MS;

export function tellingOf(document: Document, passages: readonly Passage[], vector: Float32Array | null): Telling {
  const lead = leadOf(passages);
  const text = `${document.title ?? ""}.\n${lead}`;
  const matter = wordsOf(text).filter(({ folded }) => !isStopWord(folded) && folded.length > 1);
  const named = findNames(text).flatMap(({ certain, words }) => (certain ? words : []));
  const published = document.published === null || document.published.length < 10 ? document.fetched : document.published;
  return {
    document,
    at: Date.parse(published.replace(" ", "T")) || 0,
    vector,
    terms: new Set(matter.map(({ folded }) => baseOf(folded))),
    names: new Set(named.filter((word) => !isStopWord(word)).map(baseOf)),
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

interface Weighed extends Telling {
  /** Unit length over the idf of the terms. */
  words: Map<string, number>;
  /** The same over those that are names in any text: empty where there are none. */
  called: Map<string, number>;
  /** The same over what is neither name nor number, */
  wording: Map<string, number>;
  /** and what is. */
  facts: string[];
}

/** Every telling is in one event, in the order of their publication. */
export function clusterEvents(tellings: readonly Telling[]): Telling[][] {
  const weighed = weigh(tellings);
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
  /** Names that most of one group share and none of the other mentions: another one won, was hired, was hit. */
  const own = (xs: readonly number[], ys: readonly number[]): string[] => {
    const holders = (name: string, of: readonly number[]): number => of.filter((at) => weighed[at]?.terms.has(name)).length;
    const names = new Set(xs.flatMap((x) => [...(weighed[x]?.names ?? [])]));
    const isShared = (name: string): boolean => holders(name, xs) >= Math.max(2, xs.length * OWN.share);
    return [...names].filter((name) => isShared(name) && holders(name, ys) === 0);
  };
  const isApart = (xs: readonly number[], ys: readonly number[]): boolean =>
    own(xs, ys).length >= OWN.least && own(ys, xs).length >= OWN.least;
  const home = weighed.map((_, at) => [at]);
  const edges = [...likeness].filter(([, value]) => value >= LIKENESS.same).sort(([x, a], [y, b]) => b - a || x - y);
  for (const [pair] of edges) {
    const [one, other] = [home[Math.floor(pair / count)] ?? [], home[pair % count] ?? []];
    if (one === other) continue;
    const near = between(one, other);
    if (near < LIKENESS.joined || (near < LIKENESS.apart && isApart(one, other))) continue;
    one.push(...other);
    for (const at of other) home[at] = one;
  }
  return [...new Set(home)].map((members) =>
    members.flatMap((at) => tellings[at] ?? []).sort((p, q) => p.at - q.at || (p.document.id < q.document.id ? -1 : 1)),
  );
}

function weigh(tellings: readonly Telling[]): Weighed[] {
  const holding = new Map<string, number>();
  for (const { terms } of tellings) for (const term of terms) holding.set(term, (holding.get(term) ?? 0) + 1);
  const names = new Set(tellings.flatMap((telling) => [...telling.names]));
  const isFact = (term: string): boolean => names.has(term) || isNumber(term);
  const unit = (terms: readonly string[]): Map<string, number> => {
    const weights = terms.map((term) => Math.log(1 + tellings.length / (holding.get(term) ?? 1)));
    const length = Math.hypot(...weights) || 1;
    return new Map(terms.map((term, at) => [term, (weights[at] ?? 0) / length]));
  };
  return tellings.map((telling) => {
    const terms = [...telling.terms];
    const facts = terms.filter(isFact);
    return {
      ...telling,
      words: unit(terms),
      called: unit(terms.filter((term) => names.has(term))),
      wording: unit(terms.filter((term) => !isFact(term))),
      facts,
    };
  });
}

const isNumber = (term: string): boolean => /^\d/.test(term);

/** Reports of one mould share all words but the names and numbers; tellings of one event share names whatever their words. */
function likenessOf(a: Weighed, b: Weighed): number {
  const apart = Math.abs(a.at - b.at);
  if (apart > LONGEST_GAP_MS) return 0;
  const names = a.called.size > 0 && b.called.size > 0 ? shared(a.called, b.called) : LIKENESS.known;
  // most pairs end here, and it is cheap to know
  if (names === 0) return 0;
  const meaning = a.vector === null || b.vector === null ? null : cosineOf(a.vector, b.vector);
  if (meaning !== null && meaning < FAR) return 0;
  const words = shared(a.words, b.words);
  const near = (LIKENESS.meaning * (meaning ?? words) + LIKENESS.words * words) * Math.min(1, names / LIKENESS.known);
  const isMould = shared(a.wording, b.wording) >= LIKENESS.wording && lacks(a.facts, b.terms) && lacks(b.facts, a.terms);
  return (isMould ? LIKENESS.mould : 1) * (near - LIKENESS.perDay * (apart / DAY_MS));
}

/** A copy or light rewrite. */
export function isCopy(a: Telling, b: Telling): boolean {
  const [few, many] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
  const factsOf = ({ names, terms }: Telling): string[] => [...names, ...[...terms].filter(isNumber)];
  return few.size >= COPY.least && !(lacks(factsOf(a), b.terms) && lacks(factsOf(b), a.terms)) && shareOf(few, many) >= COPY.runs;
}

/** Whether one has a fact that the other lacks. */
const lacks = (facts: readonly string[], terms: ReadonlySet<string>): boolean => facts.some((fact) => !terms.has(fact));

function shared(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of few) sum += value * (many.get(term) ?? 0);
  return sum;
}
