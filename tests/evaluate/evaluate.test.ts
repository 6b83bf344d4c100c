// `evaluate` on the set that ships, with the real store, splitter, model and retriever; vectors are kept between runs.
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { chunkArticle } from "../../src/index/chunk.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { createRetriever } from "../../src/retrieve/retriever.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { bench } from "../benchmarks/evaluation/bench.ts";
import { createCachedEmbedder } from "../benchmarks/evaluation/cached-embedder.ts";
import { evaluate } from "../benchmarks/evaluation/evaluate.ts";
import type { EvaluationPieces } from "../benchmarks/evaluation/evaluation.ts";
import { readNewsSet } from "../benchmarks/evaluation/news-set.ts";
import { benchLines, reportLines } from "../benchmarks/evaluation/report-lines.ts";

const embedder = createOnnxEmbedder();
afterAll(() => embedder.close());

const notAsked = (): never => {
  throw new Error("the retrieval sets ask for no answer");
};
const pieces: EvaluationPieces = {
  embedder,
  openStore: (folder) => openKnowledgeStore({ folder, embedder: embedder.identity }),
  split: (article) => [...chunkArticle(article)],
  retriever: (store, embedder) => createRetriever({ store, embedder, clock: { now: () => new Date("2026-11-12T15:00:00Z") } }),
  ask: notAsked,
  verify: notAsked,
};

test("the shipped set is whole: every answer stands in the texts that it names", () => {
  const { texts, questions } = readNewsSet() ?? { texts: [], questions: [] };
  expect(texts.length).toBeGreaterThanOrEqual(60);
  expect(questions.filter((one) => one.unanswerable === null).length).toBeGreaterThanOrEqual(60);
  expect(new Set(questions.map((one) => one.unanswerable))).toEqual(new Set([null, "on-topic", "off-topic"]));
  const known = new Map(texts.map(({ id, text }) => [id, text.toLowerCase()]));
  const missing = questions.filter(({ answered_by, answer, unanswerable }) => {
    const read = answered_by.map((id) => known.get(id) ?? "").join("\n");
    return (
      (unanswerable === null) !== read.length > 0 ||
      !answer.every((words) => words.some((word) => read.includes(word.toLowerCase())))
    );
  });
  expect(missing).toEqual([]);
});

test("a set gives figures with intervals, a goal line and comparisons", async () => {
  const [report] = await evaluate(pieces, "news", { sample: 12 });
  const hits = report?.figures.find(({ name }) => name === "Hits@5, hybrid");
  expect(hits?.n).toBe(12);
  expect(hits?.value).toBeGreaterThan(0.7);
  expect(hits?.low).toBeLessThanOrEqual(hits?.value ?? 0);
  expect(report?.comparisons.map(({ name }) => name)).toContain("MRR@10, hybrid minus text");
  expect(reportLines(report === undefined ? [] : [report]).join("\n")).toMatch(/MRR@10, hybrid\s+0\.\d{3} \[/);
});

test("bench times every part, with the goals of an index of that size", async () => {
  const sizes = { embedded: 3, passages: 12, embedding: 2, searching: 3, asking: 0, starts: 1 };
  const report = await bench(pieces, undefined, sizes);
  expect(report.passages).toBeGreaterThanOrEqual(12);
  const measured = new Map(report.figures.filter(({ n }) => n > 0).map((figure) => [figure.name, figure]));
  expect(measured.get("indexing, passages")).toMatchObject({ unit: "a second", goal: 35 });
  expect(measured.get("search, besides embedding the question")?.value).toBeLessThan(measured.get("search")?.value ?? 0);
  for (const name of ["documents", "search", "ask"])
    expect(measured.get(`a command from start to end: ${name}`)?.value).toBeGreaterThan(50);
  expect(benchLines(report).join("\n")).toMatch(/indexing, passages +\d.* a second \(n \d+, goal 35: (?:reached|missed)\)/);
});

test("an unknown set is a Failure that lists the known ones", async () => {
  await expect(evaluate(pieces, "nonsense")).rejects.toMatchObject({
    code: "set_unknown",
    exit: 2,
    hint: expect.stringContaining("news"),
  });
});

test("kept vectors are the same, cost no second embedding, and survive a cut file", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "briefing-cache-"));
  const asked: string[] = [];
  const counting = {
    ...embedder,
    identity: "counting",
    embed: (texts: readonly string[], kind: "query" | "passage") => {
      asked.push(...texts);
      return embedder.embed(texts, kind);
    },
  };
  try {
    const [one, two] = await (await createCachedEmbedder(counting, folder)).embed(["tin", "coffee"], "query");
    const again = await createCachedEmbedder(counting, folder);
    expect(await again.embed(["coffee", "tin"], "query")).toEqual([two, one]);
    // the first text tells how long the vectors are
    expect(asked).toEqual(["ready", "tin", "coffee"]);
    const file = path.join(folder, readdirSync(folder)[0] ?? "");
    truncateSync(file, readFileSync(file).length - 7);
    expect(await (await createCachedEmbedder(counting, folder)).embed(["tin", "coffee"], "query")).toEqual([one, two]);
    expect(await (await createCachedEmbedder(counting, folder)).embed(["coffee"], "query")).toEqual([two]);
    expect(asked).toEqual(["ready", "tin", "coffee", "coffee"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
