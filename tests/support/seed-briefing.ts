// The real chain over the seed texts beside the project: read, index, retrieve, answer. For tests that skip where the texts are not there.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createAnswerer, type DraftAnswer } from "../../src/answer/answerer.ts";
import type { StoredDocument } from "../../src/domain.ts";
import { embedPassages } from "../../src/index/embed-passages.ts";
import { indexArticles } from "../../src/index/index-articles.ts";
import { createInputReader } from "../../src/ingest/sources/read-inputs.ts";
import { createAnswerReader } from "../../src/models/answer-reader.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { createRetriever } from "../../src/retrieve/retriever.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";

const SEEDS = path.join(PROJECT_ROOT, "../shared/seeds");

export const seedsAreThere = existsSync(SEEDS);

export interface SeedBriefing {
  ask(question: string): Promise<DraftAnswer>;
  document(id: string): Promise<StoredDocument | null>;
  close(): Promise<void>;
}

export async function openSeeds(): Promise<SeedBriefing> {
  // a day of the week after the youngest text, so that nothing depends on when the test runs
  return openFolder(SEEDS, "2025-11-10T12:00:00Z");
}

/** The same over the texts of a folder. */
export async function openFolder(corpusDir: string, now: string): Promise<SeedBriefing> {
  const clock = { now: () => new Date(now) };
  const folder = mkdtempSync(path.join(tmpdir(), "seeds-"));
  const embedder = createOnnxEmbedder();
  const store = await openKnowledgeStore({ folder, embedder: embedder.identity });
  const { outcomes } = await createInputReader({ corpusDir, clock }).plan([], new Map());
  await indexArticles({ store, clock }, outcomes);
  await embedPassages({ store, embedder });
  const retriever = createRetriever({ store, embedder, clock });
  const answerer = createAnswerer({ clock, read: createAnswerReader(embedder.answers) });
  return {
    ask: async (question) => answerer.answer(await retriever.retrieve(question, { k: 20 })),
    document: (id) => store.document(id),
    async close() {
      await store.close();
      await embedder.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
