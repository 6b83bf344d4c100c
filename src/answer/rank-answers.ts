// Which sentence answers a question best: how near its words stand to the question's in meaning (each word of the question by the nearest word of
// the sentence, of the one before it and of the title, the rarer the heavier), whether it holds the kind of thing asked for, how near the two are
// as a whole, how well its passage was found. Measured on questions by readers over news pages; the measure is named in CONTRIBUTING.
import type { Inquiry } from "../domain.ts";
import { cosineOf, matterPlaces, nearestTokens, rarityOfTokens, type ReadTokens, type TokenVectors } from "../models/embedder.ts";
import { FRAME } from "../retrieve/query.ts";
import { isSaying } from "../text/attribution.ts";
import { baseOf, wordsOf } from "../text/words.ts";
import { askedFor, evidenceOf } from "./asked-for.ts";
import type { Candidate } from "./candidates.ts";
import { PRERANK, promisedCosine, type Scored, wantedStems, weightsOf } from "./relevance.ts";

/** Sentences read for one question, the likeliest by words first: some ten milliseconds each. */
const READ = 12;
const WEIGHT = { whole: 0.1, kind: 0.3, passage: 0.2 };
/** What a word is worth that stands in the title or in the sentence before. */
const AROUND = 0.9;
/** What a sentence is taken for that was not read, by the share of the question's words that it holds and by its passage. */
const UNREAD = { base: 0.25, words: 0.3 };

/** All candidates for one question (or one part of it), best first. */
export async function rankAnswers(
  question: string,
  inquiry: Inquiry,
  candidates: readonly Candidate[],
  read: ReadTokens,
  signal?: AbortSignal,
): Promise<Scored[]> {
  const kind = askedFor(question);
  const stems = new Set(wordsOf(question).map(({ stem }) => stem));
  const wanted = wantedStems(question, inquiry);
  const weights = weightsOf(wanted, candidates);
  const rough = candidates
    .map((candidate) => {
      const coverage = shareHeld(wanted, weights, candidate.stems);
      return {
        candidate,
        coverage,
        rough:
          PRERANK.words * coverage +
          PRERANK.passage * candidate.passageScore +
          PRERANK.cosine * Math.max(0, candidate.cosine ?? 0),
      };
    })
    .sort((a, b) => b.rough - a.rough);
  const near = rough.slice(0, READ);
  const reading = new Set(near.map(({ candidate }) => candidate));
  // the one before costs nothing where it is read anyway
  const before = near.map(({ candidate }) => {
    const one = candidates[candidates.indexOf(candidate) - 1];
    return one !== undefined && one.passage === candidate.passage && reading.has(one) ? one.text : "";
  });
  const titles = near.map(({ candidate }) => candidate.passage.document.title ?? "");
  const texts = [question, ...near.map(({ candidate }) => candidate.text), ...before, ...titles];
  const [asked, ...readings] = texts.length === 1 ? [] : await read(texts, signal);
  const held = asked === undefined ? [] : heldBy(asked, readings, near.length, inquiry.names);
  return rough
    .map(({ candidate, coverage }, at): Scored => {
      const found = WEIGHT.passage * candidate.passageScore;
      const { share, farthest } = held[at] ?? {};
      if (share === undefined) {
        const cosine = promisedCosine(candidate);
        return { candidate, coverage, cosine, score: UNREAD.base + UNREAD.words * coverage + WEIGHT.whole * cosine + found };
      }
      const cosine = cosineOf(asked?.whole, readings[at]?.whole);
      const holds = evidenceOf(kind, candidate, { text: question, stems });
      const score = share + WEIGHT.whole * cosine + WEIGHT.kind * holds + found;
      return { candidate, coverage, holds, cosine, read: true, score, farthest };
    })
    .sort((a, b) => b.score - a.score);
}

interface Held {
  /** How much of the question's matter the sentence holds with what stands around it, 0..1. */
  share: number;
  /**
   * The question's word that stands farthest from all of that. Names and numbers are left out, which are looked for as they are written, verbs of
   * saying (who says it is known of the passage) and how the question is put.
   */
  farthest: { word: string; near: number } | undefined;
}

/** `readings`: sentences, those before, titles. */
function heldBy(asked: TokenVectors, readings: readonly TokenVectors[], count: number, names: readonly string[]): Held[] {
  const places = matterPlaces(asked);
  const sentences = readings.slice(0, count);
  const weights = rarityOfTokens(asked, places, sentences);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const nearest = new Map(readings.map((reading) => [reading, nearestTokens(asked, places, reading)]));
  const named = new Set(names.flatMap((name) => wordsOf(name).map(({ folded }) => folded)));
  const words = piecedTogether(places.map((place) => asked.tokens[place] ?? "")).filter(
    ({ word }) => !named.has(word) && !/\d/.test(word) && !isSaying(baseOf(word)) && !FRAME.has(word),
  );
  return sentences.map((_, at) => {
    const [own, ...around] = [at, count + at, 2 * count + at].map((one) => nearest.get(readings[one] as TokenVectors) ?? []);
    const most = (place: number, worth: number): number =>
      Math.max(0, own?.[place] ?? 0, ...around.map((values) => worth * (values[place] ?? 0)));
    const share = places.reduce((sum, _, place) => sum + most(place, AROUND) * (weights[place] ?? 0), 0);
    const farthest = words
      .map(({ word, pieces }) => ({ word, near: pieces.reduce((sum, piece) => sum + most(piece, 1), 0) / pieces.length }))
      .sort((a, b) => a.near - b.near)[0];
    return { share: total === 0 ? 0 : share / total, farthest };
  });
}

/** Words of their pieces, in order; `pieces` are places in the list. */
function piecedTogether(tokens: readonly string[]): { word: string; pieces: number[] }[] {
  const words: { word: string; pieces: number[] }[] = [];
  for (const [at, token] of tokens.entries()) {
    const last = words.at(-1);
    if (last === undefined || !token.startsWith("##")) words.push({ word: token, pieces: [at] });
    else {
      last.word += token.slice(2);
      last.pieces.push(at);
    }
  }
  return words;
}

/** Share of the wanted words, by their weights, that a sentence holds, 0..1. */
function shareHeld(wanted: readonly string[], weights: readonly number[], stems: ReadonlySet<string>): number {
  let [held, total] = [0, 0];
  for (const [at, stem] of wanted.entries()) {
    const weight = weights[at] ?? 0;
    total += weight;
    if (stems.has(stem)) held += weight;
  }
  return total === 0 ? 0 : held / total;
}
