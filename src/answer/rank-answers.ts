// Which sentence answers a question best: what the reader makes of it (models/bundled: a question and one sentence with its title and the one before),
// and, where it reads two alike, how much of the question's words it holds and how well its passage was found.
// Measured on questions by readers over news pages; the measure is named in CONTRIBUTING.
import type { Inquiry } from "../domain.ts";
import type { Readable, ReadAnswers } from "../models/embedder.ts";
import { createRecent } from "../text/recent.ts";
import { withoutBars, wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";
import { PRERANK, promisedCosine, type Scored, wantedStems, weightsOf } from "./relevance.ts";

/** Sentences read for one question, the likeliest by words first: some ten milliseconds each. Where the reader is not `sure` of one of them, more. */
const READ = { first: 12, more: 32, sure: 0.3 };
/** Besides how sure the reader is, which counts whole. */
const WEIGHT = { words: 0.9, passage: 0.1 };
/** What a word of the question is worth where it stands in the sentence, in the title, elsewhere in the passage. */
const SHARE = { itself: 1, title: 0.8, passage: 0.5 };
/** What a sentence is taken for that was not read. */
const UNREAD = 0.05;

export interface Reading {
  read: ReadAnswers;
  signal?: AbortSignal | undefined;
  title?: string | null | undefined;
}

/** All candidates for one question (or one part of it), best first. `title`: of all of them, where it is known that they tell of one matter. */
export async function rankAnswers(
  question: string,
  inquiry: Inquiry,
  candidates: readonly Candidate[],
  { read, signal, title }: Reading,
): Promise<Scored[]> {
  const wanted = wantedStems(question, inquiry);
  const weights = weightsOf(wanted, candidates);
  const rough = candidates
    .map((candidate) => {
      const coverage = shareHeld(wanted, weights, (stem) => (candidate.stems.has(stem) ? 1 : 0));
      const { words, passage, cosine } = PRERANK;
      const near = words * coverage + passage * candidate.passageScore + cosine * Math.max(0, candidate.cosine ?? 0);
      return { candidate, coverage, near };
    })
    .sort((a, b) => b.near - a.near);
  const readAll = async (of: typeof rough): Promise<readonly number[]> =>
    of.length === 0
      ? []
      : await read(
          withoutBars(question),
          of.map(({ candidate }) => readableOf(candidate, candidates, title)),
          signal,
        );
  const first = await readAll(rough.slice(0, READ.first));
  const isSure = first.some((sure) => sure >= READ.sure);
  const readings = isSure ? first : [...first, ...(await readAll(rough.slice(READ.first, READ.more)))];
  return rough
    .map(({ candidate, coverage }, at): Scored => {
      const sure = readings[at];
      const about = shareHeld(wanted, weights, (stem) => worthOf(stem, candidate));
      const score = (sure ?? UNREAD) + WEIGHT.words * about + WEIGHT.passage * candidate.passageScore;
      return { candidate, coverage, sure, cosine: promisedCosine(candidate), score };
    })
    .sort((a, b) => b.score - a.score);
}

function readableOf(candidate: Candidate, candidates: readonly Candidate[], title?: string | null): Readable {
  const { passage, text } = candidate;
  const before = candidates[candidates.indexOf(candidate) - 1];
  const said = before !== undefined && before.passage === passage ? before.text : "";
  // the reader's letters are plain ones: “Łukasz” as “Lukasz”
  return { text: withoutBars(text), context: withoutBars(`${title ?? passage.document.title ?? ""}. ${said}`) };
}

function worthOf(stem: string, { stems, around, passage }: Candidate): number {
  if (stems.has(stem)) return SHARE.itself;
  if (stemsOf(passage.document.title ?? "").has(stem)) return SHARE.title;
  return around.has(stem) ? SHARE.passage : 0;
}

const remembered = createRecent<Set<string>>(500);
const stemsOf = (text: string): Set<string> => remembered(text, () => new Set(wordsOf(text).map(({ stem }) => stem)));

/** Share of the wanted words, by their weights, that a sentence holds, 0..1. */
function shareHeld(wanted: readonly string[], weights: readonly number[], worth: (stem: string) => number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const held = wanted.reduce((sum, stem, at) => sum + worth(stem) * (weights[at] ?? 0), 0);
  return total === 0 ? 0 : held / total;
}
