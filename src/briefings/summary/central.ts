// How much a sentence stands for what all the sentences at hand are about: the share of their common words that it holds. Without a topic
// this is what a summary is chosen by; with one it helps. Words only.
import type { Candidate } from "../../answer/candidates.ts";

/** 0..1 for each candidate, in order; the beginning of a document counts a little more. */
export function centrality(candidates: readonly Candidate[]): number[] {
  const holding = new Map<string, Set<string>>();
  for (const { stems, passage } of candidates) {
    for (const stem of stems) {
      const documents = holding.get(stem) ?? new Set();
      documents.add(passage.document.id);
      holding.set(stem, documents);
    }
  }
  const counts = new Map<string, number>();
  for (const { stems } of candidates) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  // a word of many documents is the matter of all; one of every sentence tells nothing
  const weight = (stem: string): number => {
    const count = counts.get(stem) ?? 0;
    return count < 2
      ? 0
      : Math.log(1 + count) * Math.sqrt(holding.get(stem)?.size ?? 1) * Math.log(1 + candidates.length / count);
  };
  const raw = candidates.map((candidate) => {
    const sum = [...candidate.stems].reduce((total, stem) => total + weight(stem), 0);
    return (sum / (6 + candidate.stems.size)) * leadFactor(candidate);
  });
  const best = Math.max(...raw, 1e-9);
  return raw.map((value) => value / best);
}

function leadFactor({ passage, position, leans }: Candidate): number {
  const early = passage.start < 600 ? 1.15 : 1;
  return early * (position === 0 ? 1.1 : 1) * (leans === null ? 1 : 0.7);
}
