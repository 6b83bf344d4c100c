// Two searches made one: candidates of the words and of the vectors, each with its true score on both sides. No preference is applied here.
import type { Filter, RankedPassage } from "../domain.ts";
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
  const lexicals = new Map<number, number>();
  for (const text of mode === "vector" ? [] : texts) {
    if (text.words.length + text.phrases.length === 0) continue;
    for (const { passage, score } of await store.searchText(text, filter, pool))
      lexicals.set(passage, Math.max(score, lexicals.get(passage) ?? 0));
  }
  const byVector = vector !== null && mode !== "text" ? await store.searchVectors(vector, filter, nearest) : [];
  const cosines = new Map(byVector.map(({ passage, cosine }) => [passage, cosine]));
  const lacking = new Set<number>();
  if (mode === "hybrid" && vector !== null) {
    const missing = [...lexicals.keys()].filter((id) => !cosines.has(id));
    const exact = missing.length === 0 ? [] : await store.cosines(vector, missing);
    for (const [at, id] of missing.entries()) {
      const cosine = exact[at];
      if (typeof cosine === "number") cosines.set(id, cosine);
      else lacking.add(id);
    }
  }
  const candidates = [...new Set([...lexicals.keys(), ...cosines.keys()])]
    .map((passage): Candidate => {
      const cosine = mode === "text" || lacking.has(passage) ? null : (cosines.get(passage) ?? 0);
      const lexical = mode === "vector" ? null : (lexicals.get(passage) ?? 0);
      const weight = cosine === null ? 0 : lexical === null ? 1 : COSINE_WEIGHT;
      return { passage, cosine, lexical, score: (1 - weight) * (lexical ?? 0) + weight * (cosine ?? 0) };
    })
    .sort((a, b) => b.score - a.score || a.passage - b.passage);
  return lacking.size === 0 ? candidates : inPlacesOfWords(candidates, lacking);
}

/** The same with what they stand for, in their order. */
export async function readCandidates(store: KnowledgeStore, candidates: readonly Candidate[]): Promise<RankedPassage[]> {
  const passages = await store.passages(candidates.map(({ passage }) => passage));
  const known = new Map(passages.map((passage) => [passage.id, passage]));
  return candidates.flatMap(({ passage: id, ...scores }) => {
    const passage = known.get(id);
    return passage === undefined ? [] : [{ passage, ...scores }];
  });
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
