import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Article, ReadOutcome } from "../../src/domain.ts";
import { embedPassages } from "../../src/index/embed-passages.ts";
import { indexArticles } from "../../src/index/index-articles.ts";
import type { Embedder } from "../../src/models/embedder.ts";
import type { IngestReport } from "../../src/results.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openDatabase } from "../../src/stores/sqlite/database.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { compile } from "../support/compile.ts";
import { article, vectorOf } from "../support/documents.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "indexer-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(scratch, String((folders += 1)));

interface CountingEmbedder extends Embedder {
  texts: string[];
}

function countingEmbedder(): CountingEmbedder {
  const texts: string[] = [];
  return {
    identity: "test",
    texts,
    embed: async (asked, _, signal) => {
      signal?.throwIfAborted();
      texts.push(...asked);
      await sleep(1);
      return asked.map((text) => vectorOf(text));
    },
    close: () => Promise.resolve(),
  };
}

const read = (from: Article): ReadOutcome => ({ kind: "article", input: from.source.slice(5), article: from });
const everything = { prune: () => true };

describe("a run", () => {
  let store: KnowledgeStore;
  let embedder: CountingEmbedder;
  const words = (outcomes: ReadOutcome[], options = {}): Promise<IngestReport> =>
    indexArticles({ store, clock: systemClock }, outcomes, options);
  const run = async (outcomes: ReadOutcome[], options = {}): Promise<IngestReport> => {
    const report = await words(outcomes, options);
    await embedPassages({ store, embedder });
    return report;
  };

  beforeEach(async () => {
    store = await openKnowledgeStore({ folder: fresh(), embedder: "test" });
    embedder = countingEmbedder();
    return () => store.close();
  });

  test("what many documents share is told once, with how many they are", async () => {
    const files = ["a", "b", "c"].map((name) =>
      read(article(`${name}.md`, `The tide ${name} was high.`, { warnings: ["Hidden text left out: 1 piece.", `odd: ${name}`] })),
    );
    expect((await run(files)).warnings).toEqual([
      "a.md: Hidden text left out: 1 piece. The same holds of 2 more documents.",
      "a.md: odd: a",
      "b.md: odd: b",
      "c.md: odd: c",
    ]);
  });

  test("adds, leaves, updates and removes, and counts it", async () => {
    const a = article("a.md", "The tide was high.");
    const b = article("b.md", "The tide was low.", { warnings: ["published: not a date"] });
    expect(await run([read(a), read(b)])).toMatchObject({
      added: 2,
      updated: 0,
      unchanged: 0,
      removed: 0,
      failed: [],
      documents: 2,
      passages: 2,
      warnings: ["b.md: published: not a date"],
    });
    const embedded = embedder.texts.length;
    expect(await run([read(a), { kind: "unchanged", input: "b.md", source: b.source }])).toMatchObject({
      added: 0,
      unchanged: 2,
    });
    expect(embedder.texts).toHaveLength(embedded);
    expect(await run([read(article("a.md", "The tide was turning."))], everything)).toMatchObject({
      updated: 1,
      removed: 1,
      documents: 1,
    });
    expect((await store.documents()).map(({ path }) => path)).toEqual(["a.md"]);
    expect((await store.passagesOf("a-md"))[0]?.text).toBe("The tide was turning.");
  });

  test("removes only what it may, and keeps a document that cannot be read this time", async () => {
    const a = article("a.md", "One.");
    const web = { ...article("w", "Two."), source: "url:https://two.example/" };
    await run([read(a), read(web)]);
    const report = await run(
      [{ kind: "refused", input: "a.md", code: "unreadable", reason: "no permission", source: a.source }],
      {
        prune: (source: string) => source.startsWith("file:"),
      },
    );
    expect(report).toMatchObject({
      removed: 0,
      documents: 2,
      failed: [{ input: "a.md", code: "unreadable", reason: "no permission" }],
    });
    expect(await run([], { prune: (source: string) => source.startsWith("file:") })).toMatchObject({ removed: 1, documents: 1 });
  });

  test("an edit costs the changed passages only", async () => {
    const paragraphs = Array.from({ length: 40 }, (_, at) => `Paragraph ${at} has its own matter. `.repeat(30).trim());
    await run([read(article("a.md", paragraphs.join("\n\n")))]);
    const all = embedder.texts.length;
    embedder.texts.length = 0;
    paragraphs[39] = "The last one is new. ".repeat(30).trim();
    await run([read(article("a.md", paragraphs.join("\n\n")))]);
    expect(embedder.texts.length).toBeGreaterThan(0);
    expect(embedder.texts.length).toBeLessThan(all / 5);
  });

  test("what holds no text is refused; a second claim to an id is kept under another, also when it changes; the rest goes on", async () => {
    const twin = article("b.md", "Another.");
    twin.document.id = "a-md";
    const report = await run([
      read(article("a.md", "One.")),
      read(article("empty.md", " \n ")),
      read(twin),
      read(article("c.md", "Three.")),
    ]);
    expect(report.failed.map(({ input, code }) => [input, code])).toEqual([["empty.md", "empty"]]);
    expect(report).toMatchObject({ added: 3, documents: 3 });
    expect(report.warnings).toEqual([
      expect.stringMatching(/^b\.md: The document id a-md belongs to .*a\.md already\. This one is kept as a-md-[0-9a-f]{8}\.$/),
    ]);
    const ids = async (): Promise<string[]> => (await store.documents()).map(({ id }) => id).sort();
    const before = await ids();
    const changed = article("b.md", "Another, changed.");
    changed.document.id = "a-md";
    expect(await run([read(changed)])).toMatchObject({ updated: 1, failed: [], documents: 3 });
    expect(await ids()).toEqual(before);
  });

  test("tells how far it is", async () => {
    const seen: [number, number, string][] = [];
    await run([read(article("a.md", "One.")), { kind: "unchanged", input: "b.md", source: "file:b.md" }], {
      total: () => 2,
      onProgress: ({ done, total, current }: { done: number; total: number; current: string }) =>
        seen.push([done, total, current]),
    });
    expect(seen.map(([done, total]) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(seen.map(([, , current]) => current).sort()).toEqual(["a.md", "b.md"]);
  });

  test("given up, it keeps what it has put and lets another run begin", async () => {
    const control = new AbortController();
    const many = Array.from({ length: 30 }, (_, at) => read(article(`${at}.md`, `Document ${at}.`)));
    const aborted = run(many, { signal: control.signal, onProgress: () => control.abort() });
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    const kept = (await store.documents()).length;
    expect(kept).toBeGreaterThan(0);
    expect(await run(many, everything)).toMatchObject({ added: 30 - kept, unchanged: kept, documents: 30 });
  });

  test("words come first: what has no vector yet is found by them, the newest get theirs first, the same text only one", async () => {
    const long = (start: string): string => `${start} ${"and so on ".repeat(70)}to the end.`;
    const many = Array.from({ length: 80 }, (_, at) =>
      read(
        article(`${at}.md`, `${long(`Tide ${at} was high`)}\n${long("The same line")}`, {
          published: `2025-01-${30 - (at >> 2)}`,
        }),
      ),
    );
    const report = await words(many);
    expect(report).toMatchObject({ added: 80, passages: 160, vectors_pending: 160 });
    expect(await store.searchText({ words: ["tide"], phrases: [] }, {}, 200)).toHaveLength(80);
    expect(await store.searchVectors(vectorOf("Tide"), {}, 5)).toEqual([]);
    const seen: number[] = [];
    const control = new AbortController();
    const stopped = embedPassages(
      { store, embedder },
      { signal: control.signal, onProgress: ({ done }) => (seen.push(done), control.abort()) },
    );
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(embedder.texts[0]).toMatch(/Tide [0-3] |The same line/);
    const { pending } = await store.vectors();
    expect(seen).toEqual([160 - pending]);
    await embedPassages({ store, embedder });
    expect(await store.vectors()).toEqual({ passages: 160, pending: 0 });
    expect(new Set(embedder.texts.filter((text) => text.includes("same line"))).size).toBe(20);
    expect((await store.searchVectors(vectorOf("Tide"), {}, 200)).length).toBe(160);
  });

  test("an embedder in trouble ends the second phase with its failure; the words stay", async () => {
    const broken = { ...embedder, embed: () => Promise.reject(new Error("model gone")) };
    expect(await words([read(article("a.md", "One."))])).toMatchObject({ added: 1, vectors_pending: 1 });
    await expect(embedPassages({ store, embedder: broken })).rejects.toThrow("model gone");
    expect(await run([read(article("a.md", "One."))])).toMatchObject({ unchanged: 1 });
    expect(await store.vectors()).toEqual({ passages: 1, pending: 0 });
  });
});

/** All that the index holds, without the numbers that differ between two ways to the same state. */
async function contentsOf(folder: string): Promise<unknown> {
  const database = openDatabase(path.join(folder, "knowledge.db"));
  expect(database.all("PRAGMA integrity_check")).toEqual([["ok"]]);
  const rows = database.all(
    `SELECT d.source, d.fingerprint, t.text, p.start, p."end", p.text, hex(v.vector) FROM documents d JOIN texts t USING (doc)
         JOIN passages p USING (doc) JOIN vectors v ON v.passage = p.id ORDER BY d.source, p.start`,
  );
  const [strays] = database.all(
    `SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM vectors), (SELECT count(*) FROM passages WHERE doc NOT IN (SELECT doc FROM documents)),
         (SELECT count(*) FROM texts) - (SELECT count(*) FROM documents)`,
  );
  database.close();
  const store = await openKnowledgeStore({ folder, embedder: "test" });
  const found: string[] = [];
  for (const word of ["matter", "edition", "7", "tide"]) {
    const hits = await store.searchText({ words: [word], phrases: [] }, {}, 1000);
    found.push(`${word}: ${hits.length}`);
  }
  await store.close();
  return { rows, strays, found };
}

test("killed at any moment, the next run ends in the state of a clean one", async () => {
  const program = await compile(
    "ingest",
    `import { systemClock } from "./src/clock.ts";
     import { embedPassages } from "./src/index/embed-passages.ts";
     import { indexArticles } from "./src/index/index-articles.ts";
     import { openKnowledgeStore } from "./src/stores/sqlite/knowledge-store.ts";
     import { article, vectorOf } from "./tests/support/documents.ts";
     export const corpus = (edition) => Array.from({ length: 40 }, (_, at) =>
       article(at + ".md", ("Document " + at + " has matter. Edition " + (at % 3 === 0 ? edition : 0) + " of the tide. ").repeat(at % 10 === 9 ? 6000 : 20)))
       .filter((_, at) => edition === 0 || at % 7 !== 3);
     const [folder, edition, struck] = process.argv.slice(2);
     let batches = 0;
     const embedder = { identity: "test", close: async () => {},
       embed: async (texts) => {
         batches += 1;
         // a run that is to be struck gets one batch of vectors at most, so that the strike is never too late
         await new Promise((go) => setTimeout(go, struck && batches > (struck === "words" ? 1 : 0) ? 60_000 : 1));
         return texts.map((text) => vectorOf(text));
       } };
     const store = await openKnowledgeStore({ folder, embedder: "test" });
     const outcomes = corpus(Number(edition)).map((article) => ({ kind: "article", input: article.source, article }));
     const telling = { ...store, put: (article, ...rest) => { process.stdout.write(article.document.id + "\\n"); return store.put(article, ...rest); } };
     await indexArticles({ store: telling, clock: systemClock }, outcomes, { prune: () => true });
     process.stdout.write("words\\n");
     await embedPassages({ store, embedder });
     await store.close();`,
  );
  /** Runs to the end, or is killed `after` milliseconds into the writing of the document `victim`. */
  const ingest = (folder: string, edition: number, victim?: string, after = 0): Promise<number | null> => {
    const child = spawn(process.execPath, [program, folder, String(edition), victim ?? ""], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let told = "";
    child.stdout.setEncoding("utf8").on("data", (lines: string) => {
      told += lines;
      if (victim !== undefined && told.split("\n").includes(victim)) setTimeout(() => child.kill("SIGKILL"), after);
    });
    return new Promise((resolve) => child.on("exit", resolve));
  };
  const clean = fresh();
  expect(await ingest(clean, 0)).toBe(0);
  expect(await ingest(clean, 1)).toBe(0);
  const wanted = await contentsOf(clean);

  const folder = fresh();
  // 9, 19, 29 and 39 are long, and others follow them: the run is under way when it is struck
  expect(await ingest(folder, 0, "0-md")).toBeNull();
  expect(await ingest(folder, 0, "9-md", 15)).toBeNull();
  expect(await ingest(folder, 0, "19-md", Math.random() * 40)).toBeNull();
  expect(await ingest(folder, 0, "words", Math.random() * 40)).toBeNull();
  expect(await ingest(folder, 1, "9-md", 15)).toBeNull();
  expect(await ingest(folder, 1, "39-md", Math.random() * 20)).toBeNull();
  expect(await ingest(folder, 1)).toBe(0);
  expect(await contentsOf(folder)).toEqual(wanted);
}, 120_000);
