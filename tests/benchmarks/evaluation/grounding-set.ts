// Grounding: does the gate tell sentences that a news article supports from those it does not (QAGS, read from ../shared/data), and does
// it catch errors planted in true sentences of our own made-up notes, and false readings of such sentences, kind by kind?
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import type { EvaluationOptions, EvaluationPieces, EvaluationSet, Figure } from "../../../src/evaluate/evaluation.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { meanWithInterval, withInterval } from "./bootstrap.ts";
import { areaUnderCurve } from "./metrics.ts";
import { readNewsSet } from "./news-set.ts";
import { plantErrors } from "./planted-errors.ts";
import { sampled } from "./searching.ts";
import { statementFigures } from "./statements-set.ts";

const QAGS = path.join(PROJECT_ROOT, "../shared/data/qags/mturk_cnndm.jsonl.gz");
const ABOUT =
  "is a sentence supported by its source: summaries of news, errors planted in true sentences, paraphrases and false readings";

export const groundingSet: EvaluationSet = {
  name: "grounding",
  about: ABOUT,
  run(pieces, options) {
    const figures = [...qagsFigures(pieces, options), ...plantedFigures(pieces, options), ...statementFigures(pieces, options)];
    const notes = existsSync(QAGS) ? [] : [`${QAGS} is not there: summaries were not measured`];
    return Promise.resolve({
      set: "grounding",
      about: ABOUT,
      skipped: figures.length === 0 ? "none of its texts are there" : null,
      figures,
      comparisons: [],
      notes,
    });
  },
};

interface Summary {
  article: string;
  summary_sentences: { sentence: string; responses: { response: string }[] }[];
}

function qagsFigures(pieces: EvaluationPieces, options: EvaluationOptions): Figure[] {
  if (!existsSync(QAGS)) return [];
  const summaries = gunzipSync(readFileSync(QAGS))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Summary);
  const rows = sampled(summaries, options).flatMap(({ article, summary_sentences }) =>
    summary_sentences.map(({ sentence, responses }) => ({
      score: pieces.verify(sentence, article).score,
      positive: responses.filter(({ response }) => response === "yes").length * 2 > responses.length,
    })),
  );
  return [{ name: "QAGS CNN/DM, area under the curve", ...withInterval(rows, areaUnderCurve), n: rows.length, goal: 0.86 }];
}

function plantedFigures(pieces: EvaluationPieces, options: EvaluationOptions): Figure[] {
  const set = readNewsSet();
  if (set === null) return [];
  const planted = plantErrors(sampled(set.texts, options).map(({ text }) => text));
  const figures: Figure[] = [];
  for (const kind of new Set(planted.map((one) => one.kind))) {
    const values = planted
      .filter((one) => one.kind === kind)
      .map((one) => (pieces.verify(one.claim, one.source).supported === one.holds ? 1 : 0));
    figures.push({
      name: kind === "true" ? "true sentences let through" : `caught: ${kind}`,
      ...meanWithInterval(values),
      n: values.length,
      goal: kind === "true" ? 0.98 : 0.95,
    });
  }
  return figures;
}
