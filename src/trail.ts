// What a receipt keeps besides the answer: filter, passages with their scores, and the versions of index and prompt. Reads; stores nothing.
import { loadPrompt } from "./answer/prompt.ts";
import type { Answer, DroppedSentence, Retrieval } from "./domain.ts";
import type { KnowledgeStore } from "./stores/knowledge.ts";
import type { Trail } from "./stores/state.ts";

/** What an answer was made from, and what was left out of it. */
export type Making = Retrieval & { dropped: DroppedSentence[] };

export async function trailOf({ mode }: Answer, { filter, passages, dropped }: Making, store: KnowledgeStore): Promise<Trail> {
  const manifest = await store.manifest();
  return {
    filter,
    dropped,
    passages: passages.map(({ passage, score, cosine, lexical }) => ({
      document: passage.document.id,
      start: passage.start,
      end: passage.end,
      score,
      cosine,
      lexical,
    })),
    index:
      manifest === null ? null : { embedder: manifest.embedder, schema: manifest.schema, generation: await store.generation() },
    prompt: mode === "extractive" ? null : loadPrompt("answer").version,
  };
}
