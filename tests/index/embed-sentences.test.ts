import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createSentenceEmbedder } from "../../src/index/embed-sentences.ts";
import type { Embedder } from "../../src/models/embedder.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { article, drafts, vectorOf } from "../support/documents.ts";

const folder = mkdtempSync(path.join(tmpdir(), "sentences-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a sentence of a passage is embedded once, also over restarts; a question leaves nothing behind", async () => {
  const embedded: string[] = [];
  const embedder: Embedder = {
    identity: "test",
    dimension: () => Promise.resolve(16),
    embed: async (texts) => {
      embedded.push(...texts);
      return texts.map((text) => vectorOf(text));
    },
    close: () => Promise.resolve(),
  };
  const asked = ["How high was the tide?", "The tide was high.", "The mill stood dry."];
  const one = article("a.md", "The tide was high. The mill stood dry.");
  for (const expected of [asked, [asked[0]]]) {
    embedded.length = 0;
    const store = await openKnowledgeStore({ folder, embedder: "test" });
    if (expected.length > 1) await store.put(one, drafts(one));
    const sentences = createSentenceEmbedder(embedder);
    sentences.found(await store.passagesOf("a-md"));
    const before = await store.generation();
    expect(await sentences.embed(store, asked)).toEqual(asked.map((text) => vectorOf(text)));
    expect(embedded).toEqual(expected);
    await sentences.settled();
    // nothing that was derived from the documents is out of date
    expect(await store.generation()).toBe(before);
    await store.close();
  }
});
