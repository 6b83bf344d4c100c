// What the program loads for `eval` and `bench`, from dist/measures.js.
export { bench } from "./bench.ts";
export { createCachedEmbedder } from "./cached-embedder.ts";
export { EVALUATION_SETS } from "./sets.ts";
