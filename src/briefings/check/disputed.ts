// What speaks against an answer that was given: for each of its first sentences the documents are searched as for a claim that is checked.
import { candidatesOf } from "../../answer/candidates.ts";
import { createSourceList } from "../../answer/citations.ts";
import { contradictionsOf, isCited, tellContradictions } from "../../answer/contradictions.ts";
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
    const candidates = candidatesOf((await retrieve(told.map(({ quote }) => quote).join(" "))).passages);
    const disputes = tellContradictions(
      contradictionsOf(
        candidates.filter((candidate) => isCited(candidate, told)),
        candidates,
      ),
      sources,
    );
    found.push(...disputes.filter(({ note }) => !found.some((other) => other.note === note)));
  }
  return { disagreements: found, sources: sources.list() };
}
