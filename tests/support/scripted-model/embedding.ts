// Embeddings of the scripted server: words counted into 64 places. Texts that share words are near; different texts differ.

export const EMBEDDING_INPUTS = 2048;
const PLACES = 64;

/** Not of unit length on purpose: what comes from a server has to be normalised by its reader. */
export function embeddingOf(text: string): number[] {
  const vector = Array.from({ length: PLACES }, () => 0.01);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 7;
    for (const char of word) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
    const place = hash % PLACES;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}
