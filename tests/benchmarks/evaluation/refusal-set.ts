import { meanWithInterval } from "./bootstrap.ts";
// Refusal: questions that our own made-up news notes answer, do not answer, or know nothing of.
import type { EvaluationOptions, EvaluationPieces, EvaluationSet, Figure } from "./evaluation.ts";
import { readNewsSet } from "./news-set.ts";
import { sampled, withIndex } from "./searching.ts";

const ABOUT = "questions that the texts answer, nearly answer or know nothing of";

export const refusalSet: EvaluationSet = {
  name: "refusal",
  about: ABOUT,
  async run(pieces, options) {
    const figures = await newsFigures(pieces, options);
    return {
      set: "refusal",
      about: ABOUT,
      skipped: figures.length === 0 ? "none of its texts are there" : null,
      figures,
      comparisons: [],
      notes: [],
    };
  },
};

async function newsFigures(pieces: EvaluationPieces, options: EvaluationOptions): Promise<Figure[]> {
  const set = readNewsSet();
  if (set === null) return [];
  const progress = (done: number, total: number): void =>
    options.onProgress?.({ set: "refusal", done, total, doing: "indexing" });
  return withIndex(pieces, set.texts, progress, async (store) => {
    const right = new Map<string, number[]>();
    for (const one of sampled(set.questions, options)) {
      const { status } = await pieces.ask(store, one.question);
      const answered = status !== "not_covered";
      const kind = one.unanswerable === null ? "answerable, answered" : `${one.unanswerable}, refused`;
      right.set(kind, [...(right.get(kind) ?? []), answered === (one.unanswerable === null) ? 1 : 0]);
    }
    const goals: Record<string, number> = { "answerable, answered": 0.9, "on-topic, refused": 0.75, "off-topic, refused": 0.98 };
    return [...right].map(([name, values]) => ({
      name,
      ...meanWithInterval(values),
      n: values.length,
      goal: goals[name] ?? null,
    }));
  });
}
