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
  /** Words of the claim, out of thirty: a short piece shared with the source proves less. */
  length: number;
  /** Sentences that the window needed besides the first, out of two. */
  width: number;
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
    length: Math.min(1, bases.length / 30),
    width: (window.to - window.from) / 2,
  };
}

/** Fitted on half of a set of news articles with summary sentences that three readers judged each. */
const WEIGHTS: Features = {
  coverage: 0.61,
  bestCoverage: 1.1,
  anywhere: 0.03,
  share: 1.01,
  pairs: 1.33,
  run: 1.19,
  length: 1.38,
  width: -0.73,
};
const BIAS = -3.93;

/** What a cosine of claim and source sentence moves, around the one that true and false claims have alike. */
const MEANING = { weight: 3, even: 0.7 };

export function scoreOf(values: Features, cosine?: number): number {
  let sum = BIAS;
  for (const [name, weight] of Object.entries(WEIGHTS)) sum += weight * values[name as keyof Features];
  if (cosine !== undefined) sum += MEANING.weight * (cosine - MEANING.even);
  return 1 / (1 + Math.exp(-sum));
}
