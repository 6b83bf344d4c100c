// How much of a claim its source carries, as one number 0..1. The weights were fitted offline (logistic regression); no text is in them.
import type { Alignment } from "./alignment.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import type { Window } from "./window.ts";

/** What the score is made of; each 0..1. */
export interface Features {
  coverage: number;
  bestCoverage: number;
  anywhere: number;
  share: number;
  /** Share of the claim's neighbouring word pairs that are neighbours in the source. */
  pairs: number;
  /** Longest run of words that the claim shares with one sentence, over its length. */
  run: number;
}

export function features(claim: ReadSentence, source: Reading, window: Window, alignment: Alignment): Features {
  const bases = claim.words.map((word) => word.base);
  const known = source.pairs();
  let [pairs, run, longest] = [0, 1, 1];
  for (let at = 1; at < bases.length; at += 1) {
    const met = known.has(`${bases[at - 1]} ${bases[at]}`);
    if (met) pairs += 1;
    run = met ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return {
    coverage: window.coverage,
    bestCoverage: window.bestCoverage,
    anywhere: window.anywhere,
    share: alignment.share,
    pairs: bases.length < 2 ? window.coverage : pairs / (bases.length - 1),
    run: bases.length === 0 ? 0 : longest / bases.length,
  };
}

const WEIGHTS: Features = { coverage: 0.3, bestCoverage: 0.2, anywhere: 0.1, share: 0.1, pairs: 0.2, run: 0.1 };

export function scoreOf(values: Features, cosine?: number): number {
  let sum = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) sum += weight * values[name as keyof Features];
  return cosine === undefined ? sum : 0.8 * sum + 0.2 * Math.max(0, cosine);
}
