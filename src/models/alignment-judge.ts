// Judge without reading: how close a claim's words stand to its source, by the sentence model's vectors of single words. For each word of matter the
// nearest word of the nearest sentences, the rarer in the source the heavier. It never says "contradicted", and its "supported" proves nothing:
// who did what to whom, whether, and how surely, look alike to it.
import type { CitedText } from "../domain.ts";
import { plainNumbers } from "../text/number-forms.ts";
import { rememberTexts } from "../text/recent.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { isStopWord, rarity } from "../text/words.ts";
import type { ReadTokens, TokenVectors } from "./embedder.ts";
import type { Judge, Judgement } from "./judge.ts";

/** From here on the wording is called close: nearly all true fluent sentences stand above it, and many that twist their source. */
const CLOSE = 0.5;
/** Sentences that a claim may have been made from. */
const NEAREST = 6;
/** Of one source; a longer one is read up to here. */
const MOST_SENTENCES = 200;
/** Texts whose vectors are kept, some 60 kB each: one claim is held against many, and the next against the same. */
const KEPT = 400;

export function createAlignmentJudge(tokens: ReadTokens): Judge {
  const read = rememberTexts<TokenVectors>(tokens, KEPT);
  return {
    name: "wording",
    reads: "wording",
    async judge(claims, signal) {
      const judgements: Judgement[] = [];
      for (const { text, cited } of claims) {
        const sentences = cited.flatMap(sentencesOf).slice(0, MOST_SENTENCES);
        const [claim, ...source] = await read([text, ...sentences].map(plainNumbers), signal);
        judgements.push(judgementOf(claim === undefined ? 0 : closeness(claim, source), sentences.length));
      }
      return { judgements, usage: null };
    },
  };
}

/** Title and people are part of the source: a claim may name them. */
function sentencesOf({ text, title, publisher, author, speaker, role, published }: CitedText): string[] {
  const frame = [speaker, role, author, publisher, title, published?.slice(0, 10)].filter(
    (part) => part !== null && part !== undefined,
  );
  const spans = sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
  return frame.length === 0 ? spans : [...spans, frame.join(", ")];
}

function judgementOf(close: number, sentences: number): Judgement {
  if (sentences === 0) return { verdict: "not_stated", score: 0, reason: "there is no source" };
  const score = close < CLOSE ? close / CLOSE / 2 : 0.5 + (close - CLOSE) / (1 - CLOSE) / 2;
  const supported = close >= CLOSE;
  return {
    verdict: supported ? "supported" : "not_stated",
    score: Math.round(Math.min(1, Math.max(0, score)) * 1000) / 1000,
    reason: supported ? "close in wording" : "not close to the source in wording",
  };
}

/** Mean of how well the best sentence alone and the nearest together hold the claim's words. */
function closeness(claim: TokenVectors, source: readonly TokenVectors[]): number {
  const places = matterPlaces(claim);
  if (places.length === 0 || source.length === 0) return 0;
  const rarity = rarityOfTokens(claim, places, source);
  const mean = (values: readonly number[]): number => {
    const [sum, weight] = values.reduce(([a, b], value, at) => [a + value * (rarity[at] ?? 0), b + (rarity[at] ?? 0)], [0, 0]);
    return sum / weight;
  };
  const held = source.map((sentence) => nearestTokens(claim, places, sentence));
  const ranked = held.map((values) => ({ values, value: mean(values) })).sort((a, b) => b.value - a.value);
  const nearest = ranked.slice(0, NEAREST);
  const together = places.map((_, at) => Math.max(...nearest.map(({ values }) => values[at] ?? -1)));
  return ((ranked[0]?.value ?? 0) + mean(together)) / 2;
}

/** Places of the tokens that carry matter. */
const matterPlaces = ({ tokens }: TokenVectors): number[] =>
  tokens.flatMap((token, at) => (/[\p{L}\p{N}]/u.test(token) && !isStopWord(token) ? [at] : []));

/** How much each of the `places` tells the `others` apart: what all of them hold tells nothing. */
const rarityOfTokens = ({ ids }: TokenVectors, places: readonly number[], others: readonly TokenVectors[]): number[] =>
  places.map((at) => rarity(others.filter((other) => other.ids.includes(ids[at] ?? -1)).length, others.length));

/** For each of the `places` among the tokens of `text`, the cosine of the nearest token of `other`, -1..1; -1 where that one is empty. */
function nearestTokens(text: TokenVectors, places: readonly number[], other: TokenVectors): number[] {
  const width = text.vectors.length / Math.max(1, text.tokens.length);
  return places.map((place) => {
    let most = -1;
    for (let at = 0; at < other.tokens.length; at += 1) {
      let sum = 0;
      for (let k = 0; k < width; k += 1) sum += (text.vectors[place * width + k] ?? 0) * (other.vectors[at * width + k] ?? 0);
      if (sum > most) most = sum;
    }
    return most;
  });
}
