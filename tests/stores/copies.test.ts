// Same text, several outlets: what counts as a copy, what does not, and that removals and an index of before are followed.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Document } from "../../src/domain.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "copies-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;
const open = (folder = path.join(scratch, String((folders += 1)))): Promise<KnowledgeStore> =>
  openKnowledgeStore({ folder, embedder: "one" });

async function put(
  store: KnowledgeStore,
  name: string,
  text: string,
  details: Partial<Omit<Document, "id">> & { scope?: string } = {},
): Promise<void> {
  const from = article(name, text, details);
  const passages = drafts(from);
  await store.put(
    from,
    passages,
    passages.map((passage) => vectorOf(passage.text)),
  );
}
const groups = async (store: KnowledgeStore, filter = {}): Promise<string[][]> =>
  (await store.copies(filter)).map(({ documents }) => documents.map(({ id }) => id));

const sentence = (seed: number): string =>
  `In ward ${seed} the council of Norvik counted ${seed * 7 + 3} lamps, ${seed * 11 + 5} benches and ${seed * 3 + 1} bridges, clerk number ${seed * 13} noted.`;
const story = (from: number, to: number): string => Array.from({ length: to - from }, (_, at) => sentence(from + at)).join("\n");

test("a text that others republish, cut or with another beginning, is one original with several outlets", async () => {
  const store = await open();
  await put(store, "late.md", story(0, 20).toUpperCase(), { publisher: "The Courier", published: "2024-05-03" });
  await put(store, "first.md", story(0, 20), { publisher: "Baltic Wire", published: "2024-05-01T08:00:00Z" });
  await put(store, "cut.md", `Our own correspondent reports.\n${story(2, 16)}`, {
    publisher: "Isle Post",
    published: "2024-05-02",
  });
  await put(store, "other.md", story(40, 60), { publisher: "Isle Post", published: "2024-05-02" });
  // a statement that a long report carries whole is no copy of the report, nor is a report that shares a third
  await put(store, "statement.md", story(0, 5), { publisher: "Council" });
  await put(store, "shares.md", story(14, 34), { publisher: "Council" });
  expect(await groups(store)).toEqual([["first-md", "cut-md", "late-md"]]);
  expect((await store.copies())[0]?.outlets).toEqual(["Baltic Wire", "Isle Post", "The Courier"]);
  expect(await groups(store, { until: "2024-05-02" })).toEqual([["first-md", "cut-md"]]);
  await store.remove(["first-md"]);
  expect(await groups(store)).toEqual([["cut-md", "late-md"]]);
  // a changed document leaves its group
  await put(store, "cut.md", story(60, 80));
  expect(await groups(store)).toEqual([]);
  await put(store, "again.md", story(0, 20));
  expect(await groups(store)).toEqual([["late-md", "again-md"]]);
  await store.close();
});

test("short texts are copies only word for word; what a server keeps to itself is shown to nobody else", async () => {
  const store = await open();
  await put(store, "a.md", "The pier of Norvik is closed.");
  await put(store, "b.md", "The pier of Norvik is open.");
  await put(store, "c.md", "The pier of Norvik is closed!", { scope: "guild:1" });
  expect(await groups(store)).toEqual([]);
  expect(await groups(store, { scopes: ["guild:1"] })).toEqual([["a-md", "c-md"]]);
  await store.close();
});

test("groups do not depend on the order in which documents come", async () => {
  const texts: [string, string][] = [
    ["a.md", story(0, 16)],
    ["b.md", story(3, 19)],
    ["c.md", story(6, 22)],
    ["d.md", story(50, 60)],
  ];
  const found = [];
  for (const order of [
    [0, 1, 2, 3],
    [2, 0, 3, 1],
    [0, 2, 1, 3],
    [3, 2, 1, 0],
  ]) {
    const store = await open();
    for (const at of order) await put(store, ...(texts[at] as [string, string]));
    found.push(await groups(store));
    await store.close();
  }
  expect(new Set(found.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(found[0]).toEqual([["a-md", "b-md", "c-md"]]);
});
