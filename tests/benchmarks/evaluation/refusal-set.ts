// Refusal: questions that our own made-up news notes answer, do not answer, or know nothing of; and, where ../shared/data has it, SQuAD 2
// paragraph by paragraph. Half of the SQuAD articles were used to fit the weights: its figure is that of the other half.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { assessCoverage, evidenceScore } from "../../../src/answer/refusal/assess-coverage.ts";
import { evidenceFor, readQuestion } from "../../../src/answer/refusal/evidence.ts";
import type { EmbedSentences } from "../../../src/answer/relevance.ts";
import type { EvaluationOptions, EvaluationPieces, EvaluationSet, Figure } from "../../../src/evaluate/evaluation.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { meanWithInterval, withInterval } from "./bootstrap.ts";
import { balancedAccuracy } from "./metrics.ts";
import { readNewsSet } from "./news-set.ts";
import { sampled, withIndex } from "./searching.ts";

const SQUAD = path.join(PROJECT_ROOT, "../shared/data/squad2-dev-half/dev-v2.0.json.gz");
const ABOUT = "questions that the texts answer, nearly answer or know nothing of";
const PASSAGES = 8;

export const refusalSet: EvaluationSet = {
  name: "refusal",
  about: ABOUT,
  async run(pieces, options) {
    const figures = [...(await newsFigures(pieces, options)), ...squadFigures(options)];
    const notes = existsSync(SQUAD) ? [] : [`${SQUAD} is not there: single paragraphs were not measured`];
    return {
      set: "refusal",
      about: ABOUT,
      skipped: figures.length === 0 ? "none of its texts are there" : null,
      figures,
      comparisons: [],
      notes,
    };
  },
};

async function newsFigures(pieces: EvaluationPieces, options: EvaluationOptions): Promise<Figure[]> {
  const set = readNewsSet();
  if (set === null) return [];
  const progress = (done: number, total: number): void =>
    options.onProgress?.({ set: "refusal", done, total, doing: "indexing" });
  return withIndex(pieces, set.texts, progress, async (store) => {
    const searching = pieces.retriever(store, pieces.embedder);
    const embed: EmbedSentences = (texts, signal) => pieces.embedder.embed(texts, "query", signal);
    const right = new Map<string, number[]>();
    for (const one of sampled(set.questions, options)) {
      const { inquiry, passages } = await searching.retrieve(one.question, { k: PASSAGES, mode: "hybrid" });
      const { status } = await assessCoverage(inquiry, passages, { embed });
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

interface Squad {
  data: { paragraphs: { context: string; qas: { question: string; is_impossible: boolean }[] }[] }[];
}

function squadFigures(options: EvaluationOptions): Figure[] {
  if (!existsSync(SQUAD)) return [];
  const { data } = JSON.parse(gunzipSync(readFileSync(SQUAD)).toString()) as Squad;
  const questions = data
    .filter((_, index) => index % 2 === 1)
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ context, qas }) => qas.map((one) => ({ ...one, context }))));
  const rows = sampled(questions, options).map(({ question, is_impossible, context }) => {
    const asked = readQuestion(question);
    return { positive: !is_impossible, decided: asked !== null && evidenceScore(evidenceFor(asked, context).signals) >= 0 };
  });
  return [
    {
      name: "single paragraph by its wording, balanced accuracy, articles held back",
      ...withInterval(rows, balancedAccuracy),
      n: rows.length,
      goal: 0.7,
    },
  ];
}
