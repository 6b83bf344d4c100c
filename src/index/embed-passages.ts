// Second phase of indexing: passages that have no vector yet get one, those of the newest documents first. Each batch is kept at once, so it
// may be stopped at any moment, and the next run goes on from there.
import { setTimeout as sleep } from "node:timers/promises";
import type { Embedder } from "../models/embedder.ts";
import type { VectorProgress } from "../results.ts";
import type { KnowledgeStore, PendingPassage } from "../stores/knowledge.ts";

export interface EmbedRun {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: VectorProgress) => void) | undefined;
}

/** Texts given to the embedder at once; while a batch is stored, the next one is with it. */
const BATCH = 32;
/** So often the list is made anew, so that what has come in meanwhile takes its place in it. */
const LISTED = 20 * BATCH;
/** Another process that embeds the same index is looked after this often. */
const WAIT_MS = 500;

/**
 * Ends when no passage is left without a vector, or AbortError. Where another process is at it already, waits for that one and does what it
 * leaves. Throws what embedder and store throw.
 */
export async function embedPassages(
  { store, embedder }: { store: KnowledgeStore; embedder: Embedder },
  { signal, onProgress }: EmbedRun = {},
): Promise<void> {
  let held = await store.holdVectors();
  while (held === null) {
    const { pending, passages } = await store.vectors();
    if (pending === 0) return;
    onProgress?.({ done: passages - pending, total: passages });
    await sleep(WAIT_MS, undefined, { signal, ref: true });
    held = await store.holdVectors();
  }
  const ahead: { batch: PendingPassage[]; vectors: Promise<Float32Array[]> }[] = [];
  const writeNext = async (): Promise<void> => {
    const next = ahead.shift();
    if (next === undefined) return;
    const vectors = await next.vectors;
    await store.putVectors(
      next.batch.map(({ id }) => id),
      vectors,
    );
    const { pending, passages } = await store.vectors();
    onProgress?.({ done: passages - pending, total: passages });
  };
  try {
    for (let list = await store.pendingPassages(LISTED); list.length > 0; list = await store.pendingPassages(LISTED)) {
      for (let at = 0; at < list.length; at += BATCH) {
        signal?.throwIfAborted();
        const batch = list.slice(at, at + BATCH);
        const vectors = embedder.embed(
          batch.map(({ input }) => input),
          "passage",
          signal,
        );
        // whoever awaits it hears of it; until then it is nobody's surprise
        vectors.catch(() => undefined);
        ahead.push({ batch, vectors });
        if (ahead.length > 1) await writeNext();
      }
      while (ahead.length > 0) await writeNext();
    }
  } finally {
    await Promise.allSettled(ahead.map(({ vectors }) => vectors));
    await held.release();
  }
}
