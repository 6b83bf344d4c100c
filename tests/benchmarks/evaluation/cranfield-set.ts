// Cranfield: 1,400 abstracts and 225 questions judged decades ago; a check of the ranking against published figures. Read from ../shared/data.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { PROJECT_ROOT } from "../../../src/project.ts";
import type { SetText } from "./article.ts";
import type { EvaluationSet } from "./evaluation.ts";
import { averagePrecision } from "./metrics.ts";
import { askAll, modeFigures, sampled, skipped, withIndex } from "./searching.ts";

const FOLDER = path.join(PROJECT_ROOT, "../shared/data/cranfield");
const ABOUT = "1,400 abstracts, 225 judged questions (no licence stated, not shipped)";
/** Deep enough that nearly every judged abstract is in the ranking. */
const K = 1000;

export const cranfieldSet: EvaluationSet = {
  name: "cranfield",
  about: ABOUT,
  async run(pieces, options) {
    if (!existsSync(FOLDER)) return skipped("cranfield", ABOUT, `${FOLDER} is not there`);
    const texts = abstracts(gunzipSync(readFileSync(path.join(FOLDER, "cran.all.1400.gz"))).toString("latin1"));
    const relevant = judgements(readFileSync(path.join(FOLDER, "cranqrel"), "latin1"));
    const asked = records(readFileSync(path.join(FOLDER, "cran.qry"), "latin1")).map(({ W = "" }) => W);
    // the judgements number the questions by their place in the file, not by their .I
    const questions = asked.map((question, index) => ({ question, relevant: relevant.get(index + 1) ?? new Set<string>() }));
    const progress = (doing: string) => (done: number, total: number) =>
      options.onProgress?.({ set: "cranfield", done, total, doing });
    return withIndex(pieces, texts, progress("indexing"), async (store, lengths) => {
      const rows = await askAll(
        pieces,
        store,
        sampled(
          questions.filter((one) => one.relevant.size > 0),
          options,
        ),
        K,
        (one, ranking) => ({
          MAP: averagePrecision([...new Set(ranking.map(({ passage }) => passage.document.id))], one.relevant),
        }),
        progress("asking"),
      );
      const notes = [`${lengths.length} passages`];
      return { set: "cranfield", about: ABOUT, skipped: null, ...modeFigures("MAP", rows.get("MAP") ?? [], 0.34), notes };
    });
  },
};

function abstracts(text: string): SetText[] {
  return records(text)
    .map(({ I = "", T = "", W = "" }) => ({ id: I, title: T === "" ? null : T, text: bodyOf(W, T) }))
    .filter((one) => one.text !== "");
}

/** An abstract begins with its title once more; that line is no part of the text proper. Its lines are one paragraph. */
function bodyOf(abstract: string, title: string): string {
  return (abstract.startsWith(title) && abstract.length > title.length ? abstract.slice(title.length) : abstract).trim();
}

/** `.I 1`, then `.T`, `.A`, `.B`, `.W`, each followed by lines, which become one. */
function records(text: string): Record<string, string>[] {
  return text
    .split(/^\.I\s+/m)
    .slice(1)
    .map((record) => {
      const [id = "", ...fields] = record.split(/^\.([TABW])\s*$/m);
      const read: Record<string, string> = { I: id.trim() };
      for (let at = 0; at + 1 < fields.length; at += 2)
        read[fields[at] ?? ""] = (fields[at + 1] ?? "").replace(/\s+/g, " ").trim();
      return read;
    });
}

function judgements(text: string): Map<number, Set<string>> {
  const relevant = new Map<number, Set<string>>();
  for (const line of text.split("\n")) {
    const [query, document, grade] = line.trim().split(/\s+/);
    // -1 stands for "of no interest"
    if (query === undefined || document === undefined || !(Number(grade) > 0)) continue;
    relevant.set(Number(query), (relevant.get(Number(query)) ?? new Set()).add(document));
  }
  return relevant;
}
