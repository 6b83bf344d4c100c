import { tells } from "../retrieve/query.ts";
// A stretch of a text pasted instead of a question: which document it was taken from, by the runs of words that both share. It judges no
// meaning: a text about the same matter in other words is not where it was taken from.
import { shareOf, shinglesOf } from "../text/shingles.ts";
import type { Candidate } from "./candidates.ts";

const RUN = 3;
/** Share of its runs that its document holds, a few words changed or left out; and of a sentence's runs that stand in it. */
const SHARED = 0.5;
export interface Pasted {
  /** Sentences of its document that stand in it, in the order of the text; none where no document holds it. */
  sentences: Candidate[];
}

/** Reads `text` as an excerpt; null where it asks something, or is too short to be one. */
export function pastedFrom(text: string, candidates: readonly Candidate[]): Pasted | null {
  if (!tells(text)) return null;
  const runs = shinglesOf(text, RUN);
  const documents = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { id } = candidate.passage.document;
    documents.set(id, [...(documents.get(id) ?? []), candidate]);
  }
  const [best] = [...documents.values()]
    .map((own) => {
      const held = new Set(own.flatMap(({ passage }) => passage.text).flatMap((passage) => [...shinglesOf(passage, RUN)]));
      return { own, share: shareOf(runs, held) };
    })
    .sort((a, b) => b.share - a.share);
  if (best !== undefined && best.share >= SHARED) {
    const sentences = best.own
      .map((candidate) => ({ candidate, share: shareOf(shinglesOf(candidate.text, RUN), runs) }))
      .sort((a, b) => b.share - a.share);
    const inside = sentences.filter(({ share }, at) => share >= SHARED || at === 0);
    return { sentences: inside.map(({ candidate }) => candidate).sort((a, b) => a.start - b.start) };
  }
  return { sentences: [] };
}
