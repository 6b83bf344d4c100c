// Our own made-up news notes with questions: what a reader of such a corpus asks, and what it cannot answer. Ships with the project; the
// same file serves the sets on refusal and answers.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../../../src/project.ts";
import type { SetText } from "./article.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { reciprocalRank } from "./metrics.ts";
import { askAll, modeFigures, sampled, skipped, withIndex } from "./searching.ts";

const FILE = path.join(PROJECT_ROOT, "tests/fixtures/evaluation/news.json");
const ABOUT = "our own made-up news notes: questions whose answer one or two of them hold";

export interface NewsQuestion {
  question: string;
  /** Ids of the texts that answer it, each on its own; empty where none does. */
  answered_by: string[];
  /** Words that a right answer holds, one of each list; empty where nothing answers. */
  answer: string[][];
  /** Where nothing answers: `on-topic` when the texts speak of its subject, `off-topic` when they do not. */
  unanswerable: "on-topic" | "off-topic" | null;
}

export interface NewsSet {
  texts: SetText[];
  questions: NewsQuestion[];
}

/** The shipped set; null where the tests did not come along. */
export function readNewsSet(): NewsSet | null {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as NewsSet) : null;
}

export const newsSet: EvaluationSet = {
  name: "news",
  about: ABOUT,
  async run(pieces, options) {
    const set = readNewsSet();
    if (set === null) return skipped("news", ABOUT, `${FILE} is not there`);
    const answerable = sampled(
      set.questions.filter((one) => one.answered_by.length > 0),
      options,
    );
    const progress = (doing: string) => (done: number, total: number) =>
      options.onProgress?.({ set: "news", done, total, doing });
    return withIndex(pieces, set.texts, progress("indexing"), async (store, lengths) => {
      const rows = await askAll(
        pieces,
        store,
        answerable,
        10,
        ({ answered_by }, ranking) => {
          const right = ranking.map(({ passage }) => answered_by.includes(passage.document.id));
          return { "MRR@10": reciprocalRank(right, 10), "Hits@5": right.slice(0, 5).includes(true) ? 1 : 0 };
        },
        progress("asking"),
      );
      const mrr = modeFigures("MRR@10", rows.get("MRR@10") ?? [], null);
      const hits = modeFigures("Hits@5", rows.get("Hits@5") ?? [], null);
      return {
        set: "news",
        about: ABOUT,
        skipped: null,
        figures: [...mrr.figures, ...hits.figures],
        comparisons: [...mrr.comparisons, ...hits.comparisons],
        notes: [`${set.texts.length} texts, ${lengths.length} passages`],
      };
    });
  },
};
