// An answer on its way out, and the ones that need no passage: about documents, about an earlier answer, or a word to the reader.
import type { DraftAnswer } from "./answer/answerer.ts";
import type { Answer, Reply, Retrieval } from "./domain.ts";

/** With what was read for it. */
export interface Asked {
  draft: DraftAnswer;
  retrieval: Retrieval;
}

type Parts = Pick<Answer, "status" | "sentences" | "sources" | "warnings"> & Partial<Pick<Answer, "disagreements">>;

export function plainDraft(question: string, { coverage }: Retrieval, parts: Parts): DraftAnswer {
  return {
    question,
    disagreements: [],
    ...parts,
    nearest: [],
    dropped: [],
    coverage,
    mode: "extractive",
    usage: null,
    timing_ms: { answer: 0, check: 0 },
  };
}

/** The answer without the sentences that cite another document than these. */
export function restingOn(known: ReadonlySet<string>, given: Answer): Answer {
  const lost = new Set(given.sources.filter(({ document }) => !known.has(document.id)).map(({ n }) => n));
  if (lost.size === 0) return given;
  return {
    ...given,
    sentences: given.sentences.filter(({ citations }) => !citations.some((n) => lost.has(n))),
    disagreements: given.disagreements.filter(({ sides }) => !sides.some(({ citations }) => citations.some((n) => lost.has(n)))),
    sources: given.sources.filter(({ n }) => !lost.has(n)),
  };
}

/** Documents that the answer's sentences cite, in the order of citing. */
export function citedDocuments(given: Answer | undefined): string[] {
  const cited = (given?.sentences ?? []).flatMap(({ citations }) => citations);
  const ids = cited.flatMap((n) => given?.sources.find((source) => source.n === n)?.document.id ?? []);
  return [...new Set(ids)];
}

/** A word that stands for something which nobody named, or not before this question. */
export function unclear(word: string, before: boolean): Reply {
  const text = before
    ? `I cannot tell what “${word}” stands for here. Please name the person, place or matter.`
    : `“${word}” points at something that was said before, and there is nothing before it here. Please ask in full.`;
  return { kind: "note", text, questions: [] };
}
