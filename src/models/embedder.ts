// Port: turns text into vectors. Implementations: the bundled MiniLM or another ONNX folder (onnx-embedder), openai (openai-embedder).

/** What a text is embedded for; some models prefix questions and passages differently. */
export type EmbedKind = "query" | "passage";

/** The word pieces of a text with the vector that the model gives each in its place. */
export interface TokenVectors {
  /** As the tokenizer writes them, special ones left out; a piece that goes on a word begins with `##`. */
  tokens: string[];
  /** Places in the model's word list, which begins with the commonest words. */
  ids: number[];
  vectors: Float32Array;
  whole: Float32Array;
}

/** Texts as the sentence model reads them, in order; failures as the embedder's. */
export type ReadTokens = (texts: readonly string[], signal?: AbortSignal) => Promise<TokenVectors[]>;

/** A sentence, and what stands around it: its document's title, the sentence before. */
export interface Readable {
  text: string;
  context: string;
}

/** How surely each sentence, in order, answers the question, 0..1; failures as the embedder's. */
export type ReadAnswers = (question: string, sentences: readonly Readable[], signal?: AbortSignal) => Promise<number[]>;

export interface Embedder {
  /** Names model and preparation, e.g. `bundled:all-MiniLM-L6-v2-int8`. Vectors of different identities are never compared. */
  readonly identity: string;
  /**
   * One unit-length vector a text, in order. The same text gives the same vector on the same machine, whatever its neighbours.
   * Throws Failure `embeddings_failed` when the model cannot be loaded or reached; AbortError when `signal` fires.
   */
  embed(texts: readonly string[], kind: EmbedKind, signal?: AbortSignal): Promise<Float32Array[]>;
  /** Whether the model's own word list holds the word (lower case, without accents): a common word then, not a slip. Absent where there is no list. */
  knowsWord?: (word: string) => boolean;
  close(): Promise<void>;
}

/** Of two vectors of unit length, -1..1; 0 where one of them is missing. */
export function cosineOf(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number {
  let sum = 0;
  if (a && b) for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
