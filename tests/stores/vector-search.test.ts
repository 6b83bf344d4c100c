// Vectors of an index in files: a matrix follows what is written, removed and filtered.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Filter } from "../../src/domain.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { clusteredVectors } from "../support/clustered-vectors.ts";
import { article, drafts } from "../support/documents.ts";

const folder = mkdtempSync(path.join(tmpdir(), "vectors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const vectors = clusteredVectors(2000, 24);
const query = vectors[3] as Float32Array;
const open = (exactUpTo: number): Promise<KnowledgeStore> => openKnowledgeStore({ folder, embedder: "test", exactUpTo });

/** 30 documents of 50 passages each; every third is of the publisher Third. */
async function fill(store: KnowledgeStore, from = 0, to = 30): Promise<void> {
  for (let number = from; number < to; number += 1) {
    const text = Array.from({ length: 50 }, (_, at) => `Line ${number}-${at}.`).join("\n");
    const document = article(`d${number}`, text, { publisher: number % 3 === 0 ? "Third" : "Other" });
    await store.put(document, drafts(document), vectors.slice(number * 50, number * 50 + 50));
  }
}

async function texts(store: KnowledgeStore, filter: Filter): Promise<string[]> {
  const hits = await store.searchVectors(query, filter, 10);
  return (await store.passages(hits.map(({ passage }) => passage))).map(({ text }) => text);
}

test("many vectors are found as if all were compared, with and without filters, while documents come and go", async () => {
  const store = await open(200);
  const reader = await open(200);
  const filters: Filter[] = [{}, { publisher: "Third" }, { publisher: "Other" }, { documents: ["d3"] }, { hidden: ["d0"] }];
  const agree = async (): Promise<void> => {
    const truth = await open(1e9);
    for (const filter of filters) {
      const expected = await texts(truth, filter);
      expect(expected).toHaveLength(10);
      for (const each of [store, reader]) expect(await texts(each, filter)).toEqual(expected);
    }
    await truth.close();
  };
  await fill(store);
  await agree();
  await store.remove(["d0"]);
  await fill(store, 3, 4);
  await agree();
  await fill(store, 30, 34);
  await agree();
  await store.close();
  await reader.close();
});
