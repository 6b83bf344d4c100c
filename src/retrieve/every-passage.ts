// Everything that a search finds, for people with archives: each passage that holds a word of the query, and the nearest in meaning, best
// first. Read in pages, so that memory does not grow with the corpus. No preference is applied and nothing that repeats is left out.
import type { Filter, RankedPassage } from "../domain.ts";
import type { Embedder } from "../models/embedder.ts";
import type { SearchMode } from "../results.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { contentWords } from "../text/words.ts";
import { fusedCandidates, readCandidates } from "./hybrid-fusion.ts";

/** By meaning alone every passage is found: so many are. */
const NEAREST = 1_000;
const PAGE = 500;

export async function* everyPassage(
  { store, embedder }: { store: KnowledgeStore; embedder: Embedder },
  query: string,
  { filter, mode }: { filter: Filter; mode: SearchMode },
): AsyncGenerator<RankedPassage> {
  const { passages: pool } = await store.coverage(filter);
  const [vector = null] = mode === "text" ? [] : await embedder.embed([query], "query");
  const texts = [{ words: contentWords(query).map(({ folded }) => folded), phrases: [] }];
  const found = await fusedCandidates(store, { texts, vector, filter, mode, pool, nearest: NEAREST });
  for (let at = 0; at < found.length; at += PAGE) yield* await readCandidates(store, found.slice(at, at + PAGE));
}
