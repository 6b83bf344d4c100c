// Two searches made one: candidates of the words and of the vectors, each with its true score on both sides. No preference is applied here.
import type { Filter } from "../domain.ts";
import type { SearchMode } from "../results.ts";
import type { KnowledgeStore, TextQuery } from "../stores/knowledge.ts";

/**
 * Share of the cosine in the fused score; the rest is BM25 over the largest score the question could reach. Measured on the sets of
 * `briefing eval`: questions worded like the text want less, abstracts and news want up to a half, and no other way of joining the lists
 * did as well on all of them.
 */
const COSINE_WEIGHT = 0.35;

export interface Candidate {
  passage: number;
  score: number;
  cosine: number | null;
  lexical: number | null;
}

export interface SearchPlan {
  /** The question's words, and the same with other names for the same; a passage has the score of its best one. */
  texts: readonly TextQuery[];
  /** Null in text mode. */
  vector: Float32Array | null;
  filter: Filter;
  mode: SearchMode;
  /** Candidates asked of each side. */
  pool: number;
  /** Of the vectors, where it is another number. */
  nearest?: number;
}

/** Candidates by falling fused score; ties by passage id, so that the order is always the same. */
export async function fusedCandidates(store: KnowledgeStore, plan: SearchPlan): Promise<Candidate[]> {
  const { texts, vector, filter, mode, pool, nearest = pool } = plan;
  const lexical = new Map<number, number>();
  for (const text of mode === "vector" ? [] : texts) {
    if (text.words.length + text.phrases.length === 0) continue;
    for (const { passage, score } of await store.searchText(text, filter, pool)) {
      lexical.set(passage, Math.max(score, lexical.get(passage) ?? 0));
    }
  }
  const byVector = vector !== null && mode !== "text" ? await store.searchVectors(vector, filter, nearest) : [];
  const cosines = new Map(byVector.map((hit) => [hit.passage, hit.cosine]));
  if (mode === "hybrid" && vector !== null) {
    const missing = [...lexical.keys()].filter((id) => !cosines.has(id));
    const exact = missing.length === 0 ? [] : await store.cosines(vector, missing);
    missing.forEach((id, index) => {
      const cosine = exact[index];
      if (typeof cosine === "number") cosines.set(id, cosine);
    });
  }
  const lacking = new Set(mode === "hybrid" && vector !== null ? [...lexical.keys()].filter((id) => !cosines.has(id)) : []);
  const ids = new Set([...lexical.keys(), ...cosines.keys()]);
  const candidates = [...ids]
    .map((passage): Candidate => {
      const cosine = mode === "text" || lacking.has(passage) ? null : (cosines.get(passage) ?? 0);
      const words = mode === "vector" ? null : (lexical.get(passage) ?? 0);
      return { passage, cosine, lexical: words, score: fused(cosine, words) };
    })
    .sort((a, b) => b.score - a.score || a.passage - b.passage);
  return lacking.size === 0 ? candidates : inPlacesOfWords(candidates, lacking);
}

/**
 * While vectors are made: whoever lacks one keeps the place that the words give; those that have one change places among themselves only, and
 * come behind where the words end. So the search is never worse than by the words alone, whichever passages were first.
 */
function inPlacesOfWords(candidates: readonly Candidate[], lacking: ReadonlySet<number>): Candidate[] {
  const byWords = candidates
    .filter(({ lexical }) => (lexical ?? 0) > 0)
    .toSorted((a, b) => (b.lexical ?? 0) - (a.lexical ?? 0) || a.passage - b.passage);
  const having = candidates.filter(({ passage }) => !lacking.has(passage));
  const scores = candidates.map(({ score }) => score);
  const order = byWords.map((one) => (lacking.has(one.passage) ? one : (having.shift() ?? one)));
  return [...order, ...having].map((one, place) => ({ ...one, score: scores[place] ?? 0 }));
}

function fused(cosine: number | null, lexical: number | null): number {
  if (cosine === null) return lexical ?? 0;
  if (lexical === null) return cosine;
  return (1 - COSINE_WEIGHT) * lexical + COSINE_WEIGHT * cosine;
}
