// chunking-evaluation: questions with the exact stretches of text that answer them, over five long texts. Read from ../shared/data.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Span } from "../../../src/domain.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { meanWithInterval } from "./bootstrap.ts";
import { readCsv } from "./csv.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { coveredShare } from "./metrics.ts";
import { askAll, modeFigures, sampled, skipped, withIndex } from "./searching.ts";

const FOLDER = path.join(PROJECT_ROOT, "../shared/data/chunking-evaluation");
const CORPORA = ["chatlogs", "finance", "pubmed", "state_of_the_union", "wikitexts"];
const K = 5;
const ABOUT = "questions with the exact characters that answer them, five long texts (MIT)";

export const chunkingSet: EvaluationSet = {
  name: "chunking",
  about: ABOUT,
  async run(pieces, options) {
    if (!existsSync(FOLDER)) return skipped("chunking", ABOUT, `${FOLDER} is not there`);
    const texts = CORPORA.map((id) => ({ id, text: readFileSync(path.join(FOLDER, "corpora", `${id}.md`), "utf8") }));
    const units = new Map(texts.map(({ id, text }) => [id, unitsOf(text)]));
    const questions = sampled(
      readCsv(readFileSync(path.join(FOLDER, "questions_df.csv"), "utf8")).map((row) => {
        const corpus = row["corpus_id"] ?? "";
        const references = JSON.parse(row["references"] ?? "[]") as { start_index: number; end_index: number }[];
        const at = units.get(corpus) ?? [];
        const wanted = references.map((one): Span => ({ start: at[one.start_index] ?? 0, end: at[one.end_index] ?? 0 }));
        return { question: row["question"] ?? "", corpus, wanted };
      }),
      options,
    );
    const progress = (doing: string) => (done: number, total: number) =>
      options.onProgress?.({ set: "chunking", done, total, doing });
    return withIndex(pieces, texts, progress("indexing"), async (store, lengths) => {
      const rows = await askAll(
        pieces,
        store,
        questions,
        K,
        ({ corpus, wanted }, ranking) => {
          const found = ranking.filter(({ passage }) => passage.document.id === corpus).map(({ passage }) => passage);
          return { "recall@5": coveredShare(wanted, found) };
        },
        progress("asking"),
      );
      const { value: mean } = meanWithInterval(lengths);
      return {
        set: "chunking",
        about: ABOUT,
        skipped: null,
        ...modeFigures("recall@5", rows.get("recall@5") ?? [], 0.9),
        notes: [`${lengths.length} passages of ${Math.round(mean)} characters in the mean`],
      };
    });
  },
};

/** The set counts characters as Unicode code points; a JavaScript string counts UTF-16 units. Position of each code point, and the end. */
function unitsOf(text: string): number[] {
  const positions: number[] = [];
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) positions.push(at);
  positions.push(text.length);
  return positions;
}
