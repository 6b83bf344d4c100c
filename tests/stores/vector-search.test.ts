import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import type { Filter } from "../../src/domain.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { loadHnswLibrary } from "../../src/stores/sqlite/vectors/hnsw-index.ts";
import { clusteredVectors } from "../contracts/vector-index-contract.ts";
import { article, drafts } from "../support/documents.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "vectors-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => path.join(scratch, String((folders += 1)));

const vectors = clusteredVectors(2000, 24);
const query = vectors[3] as Float32Array;
const snapshot = (folder: string, end = "hnsw"): string => path.join(folder, `vectors.${end}`);
const installed = (await loadHnswLibrary()) !== null;

const open = (folder: string, more: { exactUpTo?: number; missing?: boolean } = {}): Promise<KnowledgeStore> =>
  openKnowledgeStore({
    folder,
    embedder: "test",
    exactUpTo: more.exactUpTo ?? 200,
    ...(more.missing === true ? { library: () => Promise.resolve(null) } : {}),
  });

/** 30 documents of 50 passages each; every third is of the publisher Third. */
async function fill(store: KnowledgeStore, from = 0, to = 30): Promise<void> {
  for (let number = from; number < to; number += 1) {
    const text = Array.from({ length: 50 }, (_, at) => `Line ${number}-${at}.`).join("\n");
    const document = article(`d${number}`, text, { publisher: number % 3 === 0 ? "Third" : "Other" });
    await store.put(document, drafts(document), vectors.slice(number * 50, number * 50 + 50));
  }
}

/** What exact search over the same store finds. */
async function truth(folder: string, filter: Filter): Promise<string[]> {
  const store = await open(folder, { exactUpTo: 1e9 });
  const found = await texts(store, filter);
  await store.close();
  return found;
}

async function texts(store: KnowledgeStore, filter: Filter = {}): Promise<string[]> {
  const hits = await store.searchVectors(query, filter, 10);
  return (await store.passages(hits.map(({ passage }) => passage))).map(({ text }) => text);
}

describe.skipIf(!installed)("the graph", () => {
  test("finds what exact search finds, with and without filters, before and after its snapshot", async () => {
    const folder = fresh();
    const store = await open(folder);
    await fill(store);
    const filters: Filter[] = [{}, { publisher: "Third" }, { publisher: "Other" }, { documents: ["d3"] }, { hidden: ["d0"] }];
    for (const filter of filters) expect(await texts(store, filter)).toEqual(await truth(folder, filter));
    await store.flush();
    expect(existsSync(snapshot(folder))).toBe(true);
    for (const filter of filters) expect(await texts(store, filter)).toEqual(await truth(folder, filter));
    await store.close();

    const written = statSync(snapshot(folder)).mtimeMs;
    const again = await open(folder);
    await texts(again);
    await sleep(1200); // by now the snapshot was read
    for (const filter of filters) expect(await texts(again, filter)).toEqual(await truth(folder, filter));
    await again.remove(["d0"]);
    await fill(again, 3, 4);
    for (const filter of filters) expect(await texts(again, filter)).toEqual(await truth(folder, filter));
    await again.flush();
    for (const filter of filters) expect(await texts(again, filter)).toEqual(await truth(folder, filter));
    await again.close();
    // a few changes to a graph that was read; one that was built anew would have been written down
    expect(statSync(snapshot(folder)).mtimeMs).toBe(written);
  });

  const damages: [string, (folder: string) => void][] = [
    ["cut short", (folder) => truncateSync(snapshot(folder), 5000)],
    [
      "of the right length with junk in it",
      (folder) => writeFileSync(snapshot(folder), Buffer.alloc(readFileSync(snapshot(folder)).length, 7)),
    ],
    ["without its manifest", (folder) => rmSync(snapshot(folder, "json"))],
    ["with junk for a manifest", (folder) => writeFileSync(snapshot(folder, "json"), "{")],
    ["gone", (folder) => rmSync(snapshot(folder))],
  ];
  test.each(damages)("a snapshot that is %s is made anew, without an error", async (_, damage) => {
    const folder = fresh();
    const first = await open(folder);
    await fill(first, 0, 8);
    // more changes than a snapshot may lag behind
    await fill(first, 8, 20);
    await first.flush();
    await first.close();
    const good = readFileSync(snapshot(folder));
    damage(folder);
    const store = await open(folder);
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await store.begin();
    await store.flush();
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await store.close();
    expect(readFileSync(snapshot(folder))).toHaveLength(good.length);
    expect(JSON.parse(readFileSync(snapshot(folder, "json"), "utf8"))).toMatchObject({ embedder: "test", last: 1000 });
  });

  test("the snapshot of an earlier index of the same ids is not taken for this one's", async () => {
    const folder = fresh();
    const first = await open(folder);
    await fill(first, 0, 12);
    await first.flush();
    await first.close();
    for (const end of ["hnsw", "json"]) copyFileSync(snapshot(folder, end), path.join(scratch, `old.${end}`));
    const rebuilt = await openKnowledgeStore({ folder, embedder: "test", rebuild: true, exactUpTo: 200 });
    await fill(rebuilt, 12, 24);
    await rebuilt.close();
    for (const end of ["hnsw", "json"]) copyFileSync(path.join(scratch, `old.${end}`), snapshot(folder, end));
    const store = await open(folder);
    await store.begin();
    await store.flush();
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await store.close();
  });

  test("whoever adds one document to many does not wait for a graph of all; a large run builds it", async () => {
    const folder = fresh();
    const first = await open(folder, { exactUpTo: 1050 });
    await fill(first, 0, 21);
    await first.flush();
    await first.close();
    const store = await open(folder, { exactUpTo: 1050 });
    await fill(store, 21, 22);
    await store.flush();
    expect(existsSync(snapshot(folder))).toBe(false);
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await fill(store, 22, 34);
    await store.flush();
    expect(existsSync(snapshot(folder))).toBe(true);
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await store.close();
  });

  test("removals wear the graph out: a new one takes its place", async () => {
    const folder = fresh();
    const store = await open(folder, { exactUpTo: 100 });
    await fill(store, 0, 24);
    await store.flush();
    await store.remove(Array.from({ length: 12 }, (_, at) => `d${at * 2}`));
    await store.flush();
    expect(await texts(store)).toEqual(await truth(folder, {}));
    await store.close();
  });
});

test("without hnswlib-node search is exact", async () => {
  const folder = fresh();
  const store = await open(folder, { missing: true });
  await fill(store, 0, 12);
  await store.flush();
  expect(await texts(store)).toEqual(await truth(folder, {}));
  await store.flush();
  await store.close();
  expect(existsSync(snapshot(folder))).toBe(false);
});
