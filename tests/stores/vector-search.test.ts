// The vector side of a store follows what is written, also by others: with and without filters it finds what comparing all would find.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Filter } from "../../src/domain.ts";
import { cosineOf } from "../../src/models/embedder.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { clusteredVectors } from "../contracts/vector-index-contract.ts";
import { article, drafts } from "../support/documents.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "vectors-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let folders = 0;

const vectors = clusteredVectors(1500, 24);
const query = vectors[3] as Float32Array;
const FILTERS: readonly Filter[] = [
  {},
  { publisher: "Third" },
  { publisher: "Other" },
  { documents: ["d3"] },
  { hidden: ["d0"] },
];

const open = (folder: string, rebuild = false): Promise<KnowledgeStore> =>
  openKnowledgeStore({ folder, embedder: "test", rebuild });

/** 50 passages a document; every third is of the publisher Third. */
async function fill(store: KnowledgeStore, from: number, to: number): Promise<void> {
  for (let number = from; number < to; number += 1) {
    const text = Array.from({ length: 50 }, (_, at) => `Line ${number}-${at}.`).join("\n");
    const document = article(`d${number}`, text, { publisher: number % 3 === 0 ? "Third" : "Other" });
    await store.put(document, drafts(document), vectors.slice(number * 50, number * 50 + 50));
  }
  await store.flush();
}

/** The nearest ten among these documents, by comparing with each. */
function truth(documents: readonly number[], { publisher, documents: only, hidden }: Filter): string[] {
  return documents
    .filter((number) => publisher === undefined || (number % 3 === 0) === (publisher === "Third"))
    .filter((number) => only?.includes(`d${number}`) !== false && hidden?.includes(`d${number}`) !== true)
    .flatMap((number) =>
      vectors.slice(number * 50, number * 50 + 50).map((vector, at) => ({ name: `Line ${number}-${at}.`, vector })),
    )
    .map(({ name, vector }) => ({ name, cosine: cosineOf(query, vector) }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 10)
    .map(({ name }) => name);
}

/** The nearest ten that the store finds, filter by filter. */
const found = (store: KnowledgeStore): Promise<string[][]> =>
  Promise.all(
    FILTERS.map(async (filter) => {
      const hits = await store.searchVectors(query, filter, 10);
      return (await store.passages(hits.map(({ passage }) => passage))).map(({ text }) => text);
    }),
  );
const truths = (documents: readonly number[]): string[][] => FILTERS.map((filter) => truth(documents, filter));

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

test("what is added, replaced and removed is found or gone, by the writer and by another reader", async () => {
  const folder = path.join(scratch, String((folders += 1)));
  const [store, other] = [await open(folder), await open(folder)];
  await fill(store, 0, 20);
  expect(await found(store)).toEqual(truths(numbers(0, 20)));
  expect(await found(other)).toEqual(truths(numbers(0, 20)));
  await store.remove(["d0", "d7"]);
  await fill(store, 3, 4);
  await fill(store, 20, 30);
  const left = numbers(1, 30).filter((number) => number !== 7);
  expect(await found(store)).toEqual(truths(left));
  expect(await found(other)).toEqual(truths(left));
  await Promise.all([store.close(), other.close()]);
});

test("an index that was made anew with the same ids is not mixed with what was before", async () => {
  const folder = path.join(scratch, String((folders += 1)));
  const reader = await open(folder);
  await fill(reader, 0, 6);
  expect(await found(reader)).toEqual(truths(numbers(0, 6)));
  const rebuilt = await open(folder, true);
  await fill(rebuilt, 6, 12);
  expect(await found(rebuilt)).toEqual(truths(numbers(6, 12)));
  expect(await found(reader)).toEqual(truths(numbers(6, 12)));
  await Promise.all([reader.close(), rebuilt.close()]);
});
