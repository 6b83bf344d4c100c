// How near a candidate sentence stands to a topic: the topic's rare words and names, the nearness of meaning, its passage's rank. Pre-ranks by words, so
// that only a few sentences are embedded. Questions are ranked by rank-answers.
import type { Inquiry } from "../domain.ts";
import { cosineOf } from "../models/embedder.ts";
import { baseOf, isStopWord, rarity, wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";

/** Vectors of sentences, in order; unit length. */
export type EmbedSentences = (texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>;

export interface Scored {
  candidate: Candidate;
  /** About 0..1.5; comparable within one question only. */
  score: number;
  /** Share of the question's matter words (weighed by rarity) that the sentence holds, 0..1. */
  coverage: number;
  /** Cosine of question and sentence; about the passage's where the sentence was not embedded. */
  cosine: number;
  /** How sure the reader is that it answers, 0..1; absent where it was not read. */
  sure?: number | undefined;
}

/** Sentences embedded for one topic. */
const EMBEDDED = 4;
/** By which sentences are put in order before they are read. */
export const PRERANK = { words: 0.42, passage: 0.1, cosine: 0.5 };
const SHARE = { itself: 1, context: 0.45, around: 0.3 };

/** Scores of all candidates for one topic, best first. */
export async function rankCandidates(
  topic: string,
  inquiry: Inquiry,
  candidates: readonly Candidate[],
  embed: EmbedSentences,
  signal?: AbortSignal,
): Promise<Scored[]> {
  const wanted = wantedStems(topic, inquiry);
  const weights = weightsOf(wanted, candidates);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bases = new Map(wordsOf(topic).map((word) => [word.stem, baseOf(word.folded)]));
  const rough = candidates.map((candidate) => {
    const context = contextStems(candidate);
    const hit = wanted.reduce(
      (sum, stem, at) => sum + shareOf(stem, bases.get(stem) ?? stem, candidate, context) * (weights[at] ?? 0),
      0,
    );
    const coverage = total > 0 ? hit / total : 0;
    return { candidate, coverage, base: PRERANK.words * coverage + PRERANK.passage * candidate.passageScore };
  });
  rough.sort(
    (a, b) => b.base + PRERANK.cosine * (b.candidate.cosine ?? 0) - (a.base + PRERANK.cosine * (a.candidate.cosine ?? 0)),
  );
  const texts = rough.slice(0, EMBEDDED).map((entry) => entry.candidate.text);
  const near = await nearness(topic, texts, embed, signal);
  return rough
    .map(({ candidate, coverage, base }, index) => {
      const cosine = near[index] ?? promisedCosine(candidate);
      return { candidate, coverage, cosine, score: base + PRERANK.cosine * Math.max(0, cosine) };
    })
    .sort((a, b) => b.score - a.score);
}

/** An unread sentence is a little below what its passage promises. */
export const promisedCosine = ({ cosine }: Candidate): number => (cosine ?? 0) - 0.12;

/** How well the sentence holds a word of the topic: itself, or by what it is said among. */
function shareOf(stem: string, base: string, candidate: Candidate, context: ReadonlySet<string>): number {
  if (candidate.stems.has(stem) || candidate.bases.has(base)) return SHARE.itself;
  return context.has(stem) ? SHARE.context : candidate.around.has(stem) ? SHARE.around : 0;
}

async function nearness(question: string, texts: string[], embed: EmbedSentences, signal?: AbortSignal): Promise<number[]> {
  if (texts.length === 0) return [];
  const [asked, ...vectors] = await embed([question, ...texts], signal);
  if (asked === undefined) return [];
  return vectors.map((vector) => cosineOf(vector, asked));
}

/** Stems of the question's matter words; of a part, only its own. */
export function wantedStems(question: string, inquiry: Inquiry): string[] {
  const own = new Set(
    wordsOf(question)
      .filter((word) => !isStopWord(word.folded))
      .map((word) => word.stem),
  );
  const kept = inquiry.stems.filter((stem) => own.has(stem));
  return kept.length > 0 ? kept : [...own];
}

/** Rarity of each among the sentences at hand: a word that all of them hold tells nothing apart. */
export const weightsOf = (stems: readonly string[], candidates: readonly Candidate[]): number[] =>
  stems.map((stem) => rarity(candidates.filter((candidate) => candidate.stems.has(stem)).length, candidates.length));

/** What the sentence is about without saying it: title, heading, speaker. */
function contextStems(candidate: Candidate): Set<string> {
  const { document, heading, speaker, role } = candidate.passage;
  return new Set(
    wordsOf([document.title, heading, speaker, role, document.author, document.publisher].filter(Boolean).join(" ")).map(
      (word) => word.stem,
    ),
  );
}
