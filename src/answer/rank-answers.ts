// Which sentence answers a question best: how near its words stand to the question's in meaning (each word of the question by the nearest word of
// the sentence, of the one before it and of the title, the rarer the heavier), whether it holds the kind of thing asked for, how near the two are
// as a whole, how well its passage was found. Measured on questions by readers over news pages; the measure is named in CONTRIBUTING.
import type { Inquiry } from "../domain.ts";
import { cosineOf, matterPlaces, nearestTokens, rarityOfTokens, type ReadTokens, type TokenVectors } from "../models/embedder.ts";
import { wordsOf } from "../text/words.ts";
import { isAbout, namesAsked } from "./answerability.ts";
import { askedFor, evidenceOf } from "./asked-for.ts";
import type { Candidate } from "./candidates.ts";
import { type Scored, weightsOf } from "./relevance.ts";

/** Sentences read for one question, the likeliest by words first: some ten milliseconds each. */
const READ = 12;
const WEIGHT = { whole: 0.25, kind: 0.3, passage: 0.1, leans: 0.05, orphan: 0.1, elsewhere: 0.25 };
/** What a word is worth that stands in the title, or in the sentence before. */
const ABOUT = { title: 0.9, before: 0.75 };
/** What a sentence is taken for that was not read, by the share of the question's words that it holds and by its passage. */
const UNREAD = { base: 0.25, words: 0.3, below: 0.12 };

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
  const wanted = inquiry.stems.filter((stem) => stems.has(stem));
  const weights = weightsOf(wanted, candidates);
  const rough = candidates
    .map((candidate) => {
      const coverage = shareHeld(wanted, weights, candidate.stems);
      return {
        candidate,
        coverage,
        rough: 0.42 * coverage + 0.1 * candidate.passageScore + 0.5 * Math.max(0, candidate.cosine ?? 0),
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
  const elsewhere = notAbout(namesAsked(question, inquiry), candidates);
  const held = asked === undefined ? [] : heldBy(asked, readings, near.length);
  return rough
    .map(({ candidate, coverage }, at): Scored => {
      const share = held[at] ?? UNREAD.base + UNREAD.words * coverage;
      const cosine = at < near.length ? cosineOf(asked?.whole, readings[at]?.whole) : (candidate.cosine ?? 0) - UNREAD.below;
      const holds = evidenceOf(kind, candidate, { text: question, stems });
      const leans = candidate.leans === null ? 0 : candidate.leans === "missing" ? WEIGHT.orphan : WEIGHT.leans;
      const score =
        share +
        WEIGHT.whole * cosine +
        WEIGHT.kind * holds +
        WEIGHT.passage * candidate.passageScore -
        leans -
        (elsewhere.has(candidate.passage.document.id) ? WEIGHT.elsewhere : 0);
      return { candidate, coverage, holds, cosine, read: at < near.length, score };
    })
    .sort((a, b) => b.score - a.score);
}

/** Documents that do not name all that the question names, where others do. */
function notAbout(names: readonly string[], candidates: readonly Candidate[]): Set<string> {
  const passages = [...new Set(candidates.map(({ passage }) => passage))];
  const documents = [...new Set(passages.map(({ document }) => document.id))];
  const others = documents.filter((id) => !isAbout(names, id, passages));
  return new Set(others.length < documents.length ? others : []);
}

/** For each sentence, how much of the question's matter it holds with what stands around it, 0..1. `readings`: sentences, those before, titles. */
function heldBy(asked: TokenVectors, readings: readonly TokenVectors[], count: number): number[] {
  const places = matterPlaces(asked);
  const sentences = readings.slice(0, count);
  const weights = rarityOfTokens(asked, places, sentences);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const nearest = new Map(readings.map((reading) => [reading, nearestTokens(asked, places, reading)]));
  return sentences.map((sentence, at) => {
    const sources: [TokenVectors | undefined, number][] = [
      [sentence, 1],
      [readings[count + at], ABOUT.before],
      [readings[2 * count + at], ABOUT.title],
    ];
    const values = places.map((_, place) =>
      Math.max(0, ...sources.map(([one, worth]) => worth * ((one === undefined ? undefined : nearest.get(one)?.[place]) ?? 0))),
    );
    return total === 0 ? 0 : values.reduce((sum, value, place) => sum + value * (weights[place] ?? 0), 0) / total;
  });
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
