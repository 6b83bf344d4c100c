// Which sentence answers a question best: what the reader makes of it (models/bundled: a question and one sentence with its title and the one before),
// and, where it reads two alike, whether the sentence holds the kind of thing asked for and the question's words, and how well its passage was found.
// Measured on questions by readers over news pages; the measure is named in CONTRIBUTING.
import type { Inquiry } from "../domain.ts";
import type { Readable, ReadAnswers } from "../models/embedder.ts";
import { createRecent } from "../text/recent.ts";
import { withoutBars, wordsOf } from "../text/words.ts";
import { askedFor, evidenceOf } from "./asked-for.ts";
import type { Candidate } from "./candidates.ts";
import { PRERANK, promisedCosine, type Scored, wantedStems, weightsOf } from "./relevance.ts";

/** Sentences read for one question, the likeliest by words first: some ten milliseconds each. */
const READ = 12;
/** Besides how sure the reader is, which counts whole. */
const WEIGHT = { kind: 0.3, words: 0.6, passage: 0.2 };
/** What a word of the question is worth where it stands in the sentence, in the title, elsewhere in the passage. */
const SHARE = { itself: 1, title: 0.8, passage: 0.5 };
/** What a sentence is taken for that was not read. */
const UNREAD = 0.05;

/** All candidates for one question (or one part of it), best first. */
export async function rankAnswers(
  question: string,
  inquiry: Inquiry,
  candidates: readonly Candidate[],
  read: ReadAnswers,
  signal?: AbortSignal,
): Promise<Scored[]> {
  const kind = askedFor(question);
  const stems = new Set(wordsOf(question).map(({ stem }) => stem));
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
  const likely = rough.slice(0, READ).map(({ candidate }) => readableOf(candidate, candidates));
  const readings = likely.length === 0 ? [] : await read(withoutBars(question), likely, signal);
  return rough
    .map(({ candidate, coverage }, at): Scored => {
      const sure = readings[at];
      const holds = evidenceOf(kind, candidate, { text: question, stems });
      const about = shareHeld(wanted, weights, (stem) => worthOf(stem, candidate));
      const base = (sure ?? UNREAD) + WEIGHT.words * about + WEIGHT.passage * candidate.passageScore;
      const score = base + (sure === undefined ? 0 : WEIGHT.kind * holds);
      return { candidate, coverage, holds, sure, cosine: promisedCosine(candidate), score };
    })
    .sort((a, b) => b.score - a.score);
}

function readableOf(candidate: Candidate, candidates: readonly Candidate[]): Readable {
  const { passage, text } = candidate;
  const before = candidates[candidates.indexOf(candidate) - 1];
  const said = before !== undefined && before.passage === passage ? before.text : "";
  // the reader's letters are plain ones: “Łukasz” as “Lukasz”
  return { text: withoutBars(text), context: withoutBars(`${passage.document.title ?? ""}. ${said}`) };
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
