// Texts as the sentence model reads them. One is compared with many, and asked for again with the next question: the last ones are kept.
import { rememberTexts } from "../text/recent.ts";
import type { ReadTokens, TokenVectors } from "./embedder.ts";

/** Some 60 kB each. */
const KEPT = 400;
const NOTHING: TokenVectors = { tokens: [], ids: [], vectors: new Float32Array(), whole: new Float32Array() };

/** An empty text has no reading and costs none. */
export function createTokenReader(tokens: ReadTokens): ReadTokens {
  const read = rememberTexts<TokenVectors>(tokens, KEPT);
  return async (texts, signal) => {
    const written = texts.filter((text) => text !== "");
    const readings = await read(written, signal);
    return texts.map((text) => (text === "" ? NOTHING : (readings.shift() ?? NOTHING)));
  };
}
