// The program's own parts, put together for measuring.
import { createAnswerer } from "../../../src/answer/answerer.ts";
import { createApp } from "../../../src/app.ts";
import { systemClock as clock } from "../../../src/clock.ts";
import { RETRIEVED } from "../../../src/conversation/ask.ts";
import { chunkArticle } from "../../../src/index/chunk.ts";
import { createLog } from "../../../src/log.ts";
import { chooseEmbedder, chooseReading } from "../../../src/models/choose-models.ts";
import { createRetriever, type Retriever } from "../../../src/retrieve/retriever.ts";
import type { Settings } from "../../../src/settings.ts";
import type { KnowledgeStore } from "../../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../../src/stores/sqlite/knowledge-store.ts";
import type { EvaluationPieces } from "./evaluation.ts";

export function createPieces(settings: Settings): { pieces: EvaluationPieces; close: () => Promise<void> } {
  const embedder = chooseEmbedder(settings);
  const { briefing } = createApp(settings, { log: createLog(settings.logLevel), embedder });
  const answerer = createAnswerer({ clock, read: chooseReading(embedder).read });
  let asked: { store: KnowledgeStore; retriever: Retriever } | null = null;
  const pieces: EvaluationPieces = {
    embedder,
    openStore: (folder) => openKnowledgeStore({ folder, embedder: embedder.identity }),
    split: (article) => [...chunkArticle(article)],
    retriever: (store, embedder) => createRetriever({ store, embedder, clock }),
    async ask(store, question) {
      // what it learns of the corpus' words holds for the next question too
      if (asked?.store !== store) asked = { store, retriever: createRetriever({ store, embedder, clock }) };
      const retrieval = await asked.retriever.retrieve(question, { k: RETRIEVED });
      const { timing_ms, dropped: _dropped, written: _written, ...draft } = await answerer.answer(retrieval);
      return { answer_id: "", ...draft, timing_ms: { retrieve: 0, ...timing_ms, total: 0 } };
    },
    verify: (claim, source) => briefing.verify(claim, source),
  };
  return { pieces, close: () => briefing.close() };
}
