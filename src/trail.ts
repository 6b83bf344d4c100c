// What a receipt keeps besides the answer: filter, passages with their scores, and the versions of index and prompt. Reads; stores nothing.
import { loadPrompt } from "./answer/prompt.ts";
import type { Answer, Retrieval } from "./domain.ts";
import type { KnowledgeStore } from "./stores/knowledge.ts";
import type { Trail } from "./stores/state.ts";

export async function trailOf({ mode }: Answer, { filter, passages }: Retrieval, store: KnowledgeStore): Promise<Trail> {
  const manifest = await store.manifest();
  return {
    filter,
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
