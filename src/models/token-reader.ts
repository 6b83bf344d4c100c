// Texts as the sentence model reads them. One is compared with many, and asked for again with the next question: the last ones are kept.
import type { Embedder, ReadTokens, TokenVectors } from "./embedder.ts";

/** Some 60 kB each. */
const KEPT = 400;
const NOTHING: TokenVectors = { tokens: [], ids: [], vectors: new Float32Array(), whole: new Float32Array() };

/** `embedder` must give vectors of tokens. An empty text has no reading and costs none. */
export function createTokenReader(embedder: Required<Pick<Embedder, "tokens">>): ReadTokens {
  const known = new Map<string, TokenVectors>();
  return async (texts, signal) => {
    const missing = [...new Set(texts.filter((text) => text !== "" && !known.has(text)))];
    const found = missing.length === 0 ? [] : await embedder.tokens(missing, signal);
    const fresh = new Map(missing.map((text, at) => [text, found[at] ?? NOTHING]));
    const readings = texts.map((text) => fresh.get(text) ?? known.get(text) ?? NOTHING);
    for (const [text, reading] of fresh) known.set(text, reading);
    for (const text of known.keys()) {
      if (known.size <= KEPT) break;
      known.delete(text);
    }
    return readings;
  };
}
