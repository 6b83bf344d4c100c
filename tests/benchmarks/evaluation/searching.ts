// The part that all retrieval sets share: index their texts in a store of their own, ask every question in each mode, and put the figures
// of the modes side by side.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PassageDraft, RankedPassage } from "../../../src/domain.ts";
import type { SearchMode } from "../../../src/results.ts";
import type { KnowledgeStore } from "../../../src/stores/knowledge.ts";
import { articleOf } from "./article.ts";
import type { SetText } from "./article.ts";
import { meanWithInterval } from "./bootstrap.ts";
import type { Comparison, EvaluationOptions, EvaluationPieces, Figure, SetReport } from "./evaluation.ts";

export const MODES = ["hybrid", "vector", "text"] as const satisfies readonly SearchMode[];

/** One question's value of one figure in each mode. */
export type ModeRow = Record<(typeof MODES)[number], number> & { question: string };

/** Indexes the texts in a fresh store, gives it to `use`, and removes it again. */
export async function withIndex<T>(
  pieces: EvaluationPieces,
  texts: readonly SetText[],
  progress: (done: number, total: number) => void,
  use: (store: KnowledgeStore, passageLengths: number[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), "briefing-eval-"));
  const store = await pieces.openStore(folder);
  try {
    const lengths: number[] = [];
    for (const [index, text] of texts.entries()) {
      const passages = await indexText(pieces, store, text);
      lengths.push(...passages.map((passage) => passage.text.length));
      progress(index + 1, texts.length);
    }
    await store.flush();
    return await use(store, lengths);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Splits, embeds and stores one text, as the program does. */
export async function indexText(pieces: EvaluationPieces, store: KnowledgeStore, text: SetText): Promise<PassageDraft[]> {
  const article = articleOf(text);
  const passages = pieces.split(article);
  const vectors = await pieces.embedder.embed(
    passages.map(({ context, text }) => (context === "" ? text : `${context}\n${text}`)),
    "passage",
  );
  await store.put(article, passages, vectors);
  return passages;
}

/** Asks every question in every mode; `measure` turns a ranking into the values of the set's figures. */
export async function askAll<Question extends { question: string }>(
  pieces: EvaluationPieces,
  store: KnowledgeStore,
  questions: readonly Question[],
  k: number,
  measure: (question: Question, ranking: RankedPassage[]) => Record<string, number>,
  progress: (done: number, total: number) => void,
): Promise<Map<string, ModeRow[]>> {
  const rows = new Map<string, ModeRow[]>();
  const searching = pieces.retriever(store, pieces.embedder);
  for (const [index, one] of questions.entries()) {
    const values = new Map<string, Partial<ModeRow>>();
    for (const mode of MODES) {
      const { passages } = await searching.retrieve(one.question, { k, mode });
      for (const [figure, value] of Object.entries(measure(one, passages))) {
        values.set(figure, { ...values.get(figure), [mode]: value });
      }
    }
    for (const [figure, row] of values) {
      rows.set(figure, [...(rows.get(figure) ?? []), { hybrid: 0, vector: 0, text: 0, ...row, question: one.question }]);
    }
    if (index % 10 === 9) progress(index + 1, questions.length);
  }
  return rows;
}

/** Figures of the hybrid search on all questions and on the half that tuning never looked at, and its comparison with either side alone. */
export function modeFigures(
  figure: string,
  rows: readonly ModeRow[],
  goal: number | null,
): Pick<SetReport, "figures" | "comparisons"> {
  const held = rows.filter((row) => heldBack(row.question));
  const figures: Figure[] = MODES.map((mode) => ({
    name: `${figure}, ${mode}`,
    ...meanWithInterval(rows.map((row) => row[mode])),
    n: rows.length,
    goal: mode === "hybrid" ? goal : null,
  }));
  figures.push({
    name: `${figure}, hybrid, half held back from tuning`,
    ...meanWithInterval(held.map((row) => row.hybrid)),
    n: held.length,
    goal,
  });
  const comparisons = (["text", "vector"] as const).map((mode): Comparison => {
    const { value, low, high } = meanWithInterval(rows.map((row) => row.hybrid - row[mode]));
    return { name: `${figure}, hybrid minus ${mode}`, difference: value, low, high, n: rows.length };
  });
  return { figures, comparisons };
}

/** Which half a question belongs to, by its hash: tuning looks at the other one only. */
export function heldBack(question: string): boolean {
  return (createHash("sha256").update(question).digest()[0] ?? 0) % 2 === 1;
}

/** Evenly spread over the list, so that every text keeps its share. */
export function sampled<T>(list: readonly T[], { sample }: EvaluationOptions): readonly T[] {
  if (sample === undefined || sample >= list.length) return list;
  return Array.from({ length: sample }, (_, index) => list[Math.floor((index * list.length) / sample)] as T);
}

export function skipped(set: string, about: string, why: string): SetReport {
  return { set, about, skipped: why, figures: [], comparisons: [], notes: [] };
}
