// Vectors of sentences: those of passages that were found are remembered on disk with their passage, so that an answer over passages that
// were read before embeds the question alone. Texts that stand in no such passage, questions above all, are never written.
import type { Embedder } from "../models/embedder.ts";
import type { KnowledgeStore, PassageSentence } from "../stores/knowledge.ts";

export interface SentenceEmbedder {
  /** One vector a text, in order; as the embedder's, whose failures it throws. */
  embed(store: KnowledgeStore, texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  /** What was found for a question: its sentences are asked for next. */
  found(passages: readonly { id: number; text: string }[]): void;
  /** When nothing is being written. */
  settled(): Promise<void>;
}

/** Passages whose sentences are looked for: those of the last questions. */
const PASSAGES = 300;

export function createSentenceEmbedder(embedder: Embedder): SentenceEmbedder {
  const passages = new Map<number, string>();
  let writing: Promise<unknown> = Promise.resolve();

  const placed = (text: string): PassageSentence | null => {
    for (const [passage, whole] of passages) if (whole.includes(text)) return { passage, text };
    return null;
  };

  return {
    async embed(store, texts, signal) {
      const places = texts.map(placed);
      const sentences = places.filter((place) => place !== null);
      const kept = sentences.length === 0 ? [] : await store.sentenceVectors(sentences);
      const known = new Map(sentences.map(({ text }, at) => [text, kept[at] ?? null]));
      const missing = [...new Set(texts.filter((text) => (known.get(text) ?? null) === null))];
      const fresh = missing.length === 0 ? [] : await embedder.embed(missing, "query", signal);
      const made = new Map(missing.map((text, at) => [text, fresh[at]]));
      const fit = sentences.filter(({ text }) => made.has(text));
      // behind the answer, which does not wait for it
      if (fit.length > 0)
        writing = Promise.allSettled([
          writing,
          store.keepSentenceVectors(
            fit,
            fit.map(({ text }) => made.get(text) ?? new Float32Array()),
          ),
        ]);
      return texts.map((text) => made.get(text) ?? known.get(text) ?? new Float32Array());
    },
    found(some) {
      for (const { id, text } of some) {
        passages.delete(id);
        passages.set(id, text);
      }
      for (const id of passages.keys()) {
        if (passages.size <= PASSAGES) break;
        passages.delete(id);
      }
    },
    async settled() {
      await writing;
    },
  };
}
