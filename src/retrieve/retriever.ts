// Question -> ranked passages: understand, search both ways, fuse, prefer, spread. Filters go into the store; nothing is thrown away
// after the search except repetitions. It writes nothing and calls no language model.
import type { SearchMode, Turn } from "../briefing.ts";
import type { Clock } from "../clock.ts";
import type { Filter, RankedPassage, Retrieval } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { Embedder } from "../models/embedder.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { fusedCandidates } from "./fuse.ts";
import { narrowed } from "./narrow.ts";
import { spread } from "./spread.ts";
import { understand } from "./understand.ts";
import type { Understanding } from "./understand.ts";
import { preferenceOf } from "./weigh.ts";

export interface RetrieveOptions {
  filter?: Filter | undefined;
  /** Passages wanted, best first. */
  k?: number | undefined;
  mode?: SearchMode | undefined;
  /** Questions and answers that this one hangs on, oldest first. */
  history?: readonly Turn[] | undefined;
  signal?: AbortSignal | undefined;
}

export interface Retriever {
  /**
   * Passages for a question or a query of bare words. An index without a match gives no passages and no error.
   * Throws Failure `question_empty` where there is no letter or digit to search for, and what store and embedder throw.
   */
  retrieve(question: string, options?: RetrieveOptions): Promise<Retrieval>;
}

export interface RetrieverDeps {
  store: KnowledgeStore;
  embedder: Embedder;
  clock: Clock;
}

const DEFAULT_K = 8;
/** Fewest candidates asked of each side: enough for repetitions to be dropped and preferences to bring up a passage. */
const POOL = 100;
/** The sentence model reads some 256 tokens; more characters than this never reach it. */
const EMBEDDED = 4000;

export function createRetriever({ store, embedder, clock }: RetrieverDeps): Retriever {
  return {
    async retrieve(question, { filter = {}, k = DEFAULT_K, mode = "hybrid", signal } = {}) {
      const asked = question.trim();
      if (!/[\p{L}\p{N}]/u.test(asked)) {
        throw new Failure(
          "question_empty",
          "The question holds no words.",
          "Ask in words, for example: What was decided last week?",
          {
            exit: 2,
          },
        );
      }
      const understanding = understand(asked, clock.now());
      const { filter: within, warnings } = narrowed(filter, understanding.publishedIn);
      const { undatedLeftOut, passages: held, ...coverage } = await store.coverage(within);
      if (undatedLeftOut > 0) warnings.push(leftOut(undatedLeftOut));
      const { inquiry } = understanding;
      if (held === 0) return { inquiry, passages: [], filter: within, coverage, warnings };
      const passages = await searchParts(understanding, { filter: within, k, mode, signal });
      return { inquiry, passages, filter: within, coverage, warnings };
    },
  };

  async function searchParts(whole: Understanding, options: SearchOptions): Promise<RankedPassage[]> {
    const { parts } = whole.inquiry;
    const ranking = await search(whole, options);
    if (parts.length < 2 || options.mode !== "hybrid") return ranking;
    const rankings = [ranking];
    for (const part of parts) rankings.push(await search({ ...understand(part, clock.now()), publishedIn: null }, options));
    return takeTurns(rankings, options.k);
  }

  async function search({ inquiry, words }: Understanding, { filter, k, mode, signal }: SearchOptions): Promise<RankedPassage[]> {
    const [vector = null] = mode === "text" ? [] : await embedder.embed([inquiry.text.slice(0, EMBEDDED)], "query", signal);
    const pool = Math.max(POOL, 3 * k);
    const candidates = await fusedCandidates(store, { text: { words, phrases: [] }, vector, filter, mode, pool });
    const read = candidates.slice(0, pool);
    const passages = await store.passages(read.map((candidate) => candidate.passage));
    const known = new Map(passages.map((passage) => [passage.id, passage]));
    const ranked = read.flatMap(({ passage: id, ...scores }): RankedPassage[] => {
      const passage = known.get(id);
      return passage === undefined ? [] : [{ passage, ...scores }];
    });
    if (mode === "hybrid") {
      const preferred = preferenceOf(
        { inquiry, outlets: new Set() },
        ranked.map(({ passage }) => passage),
      );
      ranked.forEach((one, index) => (one.score += preferred[index] ?? 0));
      ranked.sort((a, b) => b.score - a.score || a.passage.id - b.passage.id);
    }
    return spread(ranked, k);
  }
}

interface SearchOptions {
  filter: Filter;
  k: number;
  mode: SearchMode;
  signal: AbortSignal | undefined;
}

/** One from each ranking in turn, none twice; scores as they are, lowered where needed so that they fall. */
function takeTurns(rankings: readonly (readonly RankedPassage[])[], k: number): RankedPassage[] {
  const taken = new Map<number, RankedPassage>();
  const longest = Math.max(...rankings.map((ranking) => ranking.length));
  for (let turn = 0; turn < longest; turn += 1) {
    for (const ranking of rankings) {
      const one = ranking[turn];
      if (one !== undefined && !taken.has(one.passage.id) && taken.size < k) taken.set(one.passage.id, one);
    }
  }
  let ceiling = Infinity;
  return [...taken.values()].map((one) => {
    ceiling = Math.min(ceiling, one.score);
    return { ...one, score: ceiling };
  });
}

function leftOut(count: number): string {
  return count === 1
    ? "1 document without a date was left out (--undated keeps it)."
    : `${count} documents without a date were left out (--undated keeps them).`;
}
