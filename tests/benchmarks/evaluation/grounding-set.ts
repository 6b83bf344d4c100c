// Grounding: does `verify` tell sentences that a news article supports from those it does not (QAGS, read from ../shared/data), and does
// it catch errors planted in true sentences of our own made-up notes, kind by kind?
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { meanWithInterval, withInterval } from "./bootstrap.ts";
import type { EvaluationOptions, EvaluationPieces, EvaluationSet, Figure } from "./evaluation.ts";
import { areaUnderCurve } from "./metrics.ts";
import { readNewsSet } from "./news-set.ts";
import { plantErrors } from "./planted-errors.ts";
import { sampled } from "./searching.ts";

const QAGS = path.join(PROJECT_ROOT, "../shared/data/qags/mturk_cnndm.jsonl.gz");
const ABOUT = "is a sentence supported by its source: summaries of news, errors planted in true sentences";

export const groundingSet: EvaluationSet = {
  name: "grounding",
  about: ABOUT,
  async run(pieces, options) {
    const figures = [...(await qagsFigures(pieces, options)), ...(await plantedFigures(pieces, options))];
    const notes = existsSync(QAGS) ? [] : [`${QAGS} is not there: summaries were not measured`];
    return {
      set: "grounding",
      about: ABOUT,
      skipped: figures.length === 0 ? "none of its texts are there" : null,
      figures,
      comparisons: [],
      notes,
    };
  },
};

interface Summary {
  article: string;
  summary_sentences: { sentence: string; responses: { response: string }[] }[];
}

async function qagsFigures(pieces: EvaluationPieces, options: EvaluationOptions): Promise<Figure[]> {
  if (!existsSync(QAGS)) return [];
  const summaries = gunzipSync(readFileSync(QAGS))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Summary);
  const rows: { score: number; positive: boolean }[] = [];
  for (const { article, summary_sentences } of sampled(summaries, options)) {
    for (const { sentence, responses } of summary_sentences) {
      const { score } = await pieces.verify(sentence, article);
      rows.push({ score, positive: responses.filter(({ response }) => response === "yes").length * 2 > responses.length });
    }
  }
  return [{ name: "QAGS CNN/DM, area under the curve", ...withInterval(rows, areaUnderCurve), n: rows.length, goal: 0.86 }];
}

async function plantedFigures(pieces: EvaluationPieces, options: EvaluationOptions): Promise<Figure[]> {
  const set = readNewsSet();
  if (set === null) return [];
  const planted = plantErrors(sampled(set.texts, options).map(({ text }) => text));
  const figures: Figure[] = [];
  for (const kind of new Set(planted.map((one) => one.kind))) {
    const values: number[] = [];
    for (const one of planted.filter((other) => other.kind === kind))
      values.push((await pieces.verify(one.claim, one.source)).supported === one.holds ? 1 : 0);
    figures.push({
      name: kind === "true" ? "true sentences let through" : `caught: ${kind}`,
      ...meanWithInterval(values),
      n: values.length,
      goal: kind === "true" ? 0.98 : 0.95,
    });
  }
  return figures;
}
