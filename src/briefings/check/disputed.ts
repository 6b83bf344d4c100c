// What speaks against an answer that was given: for each of its first sentences the documents are searched as for a claim that is checked.
import { candidatesOf } from "../../answer/candidates.ts";
import { createSourceList } from "../../answer/citations.ts";
import { findDisagreements } from "../../answer/disagreements.ts";
import { isCited } from "../../answer/superseded.ts";
import type { Answer, Disagreement, Retrieval, Source } from "../../domain.ts";

/** Sentences of the answer; each costs a search. */
const MOST = 3;

/** The disagreements that the answer tells, else those that are found now, with the sources that they cite behind those of the answer. */
export async function disputesOver(
  given: Answer,
  retrieve: (query: string) => Promise<Retrieval>,
): Promise<{ disagreements: Disagreement[]; sources: Source[] }> {
  if (given.disagreements.length > 0) return given;
  const sources = createSourceList(given.sources);
  const found: Disagreement[] = [];
  for (const { citations } of given.sentences.slice(0, MOST)) {
    const told = given.sources.filter(({ n }) => citations.includes(n));
    if (told.length === 0) continue;
    const { inquiry, passages } = await retrieve(told.map(({ quote }) => quote).join(" "));
    const candidates = candidatesOf(passages);
    const ranked = candidates.map((candidate) => ({ candidate, score: candidate.passageScore, coverage: 0, cosine: 0 }));
    const chosen = candidates.filter((candidate) => isCited(candidate, told));
    const disputes = findDisagreements({
      inquiry,
      ranked,
      chosen,
      sources,
      everyMatter: true,
      checking: true,
    });
    found.push(...disputes.filter(({ note }) => !found.some((other) => other.note === note)));
  }
  return { disagreements: found, sources: sources.list() };
}
