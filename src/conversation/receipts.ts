// Receipts: what is kept of an answer besides the answer (filter, passages with their scores, versions of index and prompt, what was asked
// for), and what a replay says of it. Compares and stores; asks nothing itself.
import { loadPrompt } from "../answer/prompt.ts";
import type { Answer, DroppedSentence, Retrieval } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import type { AskedFor, Receipt, Replay, Trail } from "../stores/state.ts";

/** What an answer was made from, and what was left out of it. */
export type Making = Retrieval & { dropped: DroppedSentence[] };

export async function trailOf(
  { mode }: Answer,
  { filter, passages, dropped }: Making,
  store: KnowledgeStore,
  asked: AskedFor,
): Promise<Trail> {
  return {
    asked,
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
    index: await indexOf(store),
    prompt: mode === "extractive" ? null : loadPrompt(asked.kind === "summary" ? "summary" : "answer").version,
  };
}

async function indexOf(store: KnowledgeStore): Promise<Trail["index"]> {
  const manifest = await store.manifest();
  return manifest === null
    ? null
    : { embedder: manifest.embedder, schema: manifest.schema, generation: await store.generation() };
}

/** What became of an answer that was given again. */
export async function replayOf({ answer: before, trail }: Receipt, answer: Answer, store: KnowledgeStore): Promise<Replay> {
  const told = (one: Answer): string[] => one.sentences.map(({ text }) => text);
  const [gone, added] = [
    told(before).filter((text) => !told(answer).includes(text)),
    told(answer).filter((text) => !told(before).includes(text)),
  ];
  const index = await indexOf(store);
  return {
    same: gone.length === 0 && added.length === 0 && before.status === answer.status,
    index_changed: JSON.stringify(index) !== JSON.stringify(trail.index),
    status: answer.status,
    mode: answer.mode,
    gone,
    added,
    answer,
  };
}
