// A real index of made-up notes: split, embedded and stored by the real pieces. For tests of what is asked of several documents.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Article } from "../../src/domain.ts";
import { embedPassages } from "../../src/index/embed-passages.ts";
import { indexArticles } from "../../src/index/index-articles.ts";
import { createAlignmentJudge } from "../../src/models/alignment-judge.ts";
import { createOnnxEmbedder, type OnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { createRetriever, type Retriever } from "../../src/retrieve/retriever.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { createVerifier, type Verifier } from "../../src/verify/verifier.ts";

export interface NotesIndex {
  store: KnowledgeStore;
  retriever: Retriever;
  embedder: OnnxEmbedder;
  /** Exact facts and wording: no judge that reads. */
  verifier: Verifier;
  clock: { now: () => Date };
  close(): Promise<void>;
}

export async function openNotes(articles: readonly Article[], now = "2031-12-01T12:00:00Z"): Promise<NotesIndex> {
  const clock = { now: () => new Date(now) };
  const folder = mkdtempSync(path.join(tmpdir(), "notes-"));
  const embedder = createOnnxEmbedder();
  const store = await openKnowledgeStore({ folder, embedder: embedder.identity });
  await indexArticles({ store, clock }, outcomesOf(articles));
  await embedPassages({ store, embedder });
  return {
    store,
    retriever: createRetriever({ store, embedder, clock }),
    embedder,
    verifier: createVerifier({ judge: null, wording: createAlignmentJudge(embedder.tokens) }),
    clock,
    async close() {
      await store.close();
      await embedder.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function* outcomesOf(articles: readonly Article[]) {
  for (const article of articles) yield { kind: "article" as const, input: article.source, article };
}
