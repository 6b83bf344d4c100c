// Question -> ranked passages: understand, search both ways, fuse, prefer, spread. Filters go into the store; nothing is thrown away
// after the search except repetitions. It writes nothing and calls no language model.
import type { Clock } from "../clock.ts";
import type { Filter, RankedPassage, Retrieval } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { Embedder } from "../models/embedder.ts";
import type { SearchMode } from "../results.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { contentWords, fold, wordsOf } from "../text/words.ts";
import { leftOut } from "./coverage.ts";
import { spread } from "./dedupe.ts";
import { fusedCandidates } from "./hybrid-fusion.ts";
import { voicesAskedFor } from "./named-voices.ts";
import { createQueryExpansion } from "./query-expansion.ts";
import type { Expansion } from "./query-expansion.ts";
import { narrowed, type Query, READ_AS, readQuery, spanInWords, todayFor } from "./query.ts";
import { preferenceOf, writes } from "./rerank.ts";

export interface RetrieveOptions {
  filter?: Filter | undefined;
  /** Passages wanted, best first. */
  k?: number | undefined;
  mode?: SearchMode | undefined;
  /** Documents that were spoken of before: a question that hangs on them rather finds its answer there. */
  near?: readonly string[] | undefined;
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
/** Candidates asked of the texts of those whose words the question wants. */
const OWN_POOL = 20;
/** The sentence model reads some 256 tokens; more characters than this never reach it. */
const EMBEDDED = 4000;

export function createRetriever({ store, embedder, clock }: RetrieverDeps): Retriever {
  const corpus = createQueryExpansion(store, embedder.knowsWord);

  return {
    async retrieve(question, { filter = {}, k = DEFAULT_K, mode = "hybrid", near = [], signal } = {}) {
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
      const now = todayFor(filter, clock);
      const wording = await corpus.of(asked, filter);
      const whole = await store.coverage(filter);
      const query = readQuery(wording.text, now, whole.to);
      const { filter: within, notes } = await narrowedWithin(filter, query.publishedIn);
      const warnings = [...query.notes, ...notes];
      if (fold(wording.text) !== fold(asked)) warnings.push(`${READ_AS}${wording.text}`);
      const { undatedLeftOut, passages: held, ...coverage } = within === filter ? whole : await store.coverage(within);
      warnings.push(...leftOut(undatedLeftOut));
      if (held === 0) return { inquiry: query.inquiry, passages: [], filter: within, coverage, warnings };
      const documents = await store.documents(within);
      const voices = voicesAskedFor(query.own, documents);
      const inquiry = { ...query.inquiry, voices };
      const theirs = voices.length === 0 ? [] : documents.filter((document) => writes(document, voices)).map(({ id }) => id);
      const own = [...theirs, ...near];
      const options = { filter: within, k, mode, signal, alternatives: wording.alternatives, own, near };
      const rankings = [await search({ ...query, inquiry }, options)];
      if (inquiry.parts.length > 1 && mode === "hybrid") {
        for (const part of inquiry.parts) {
          const read = readQuery(part, now, whole.to);
          rankings.push(await search({ ...read, inquiry: { ...read.inquiry, voices } }, options));
        }
      }
      return { inquiry, passages: takeTurns(rankings, k), filter: within, coverage, warnings };
    },
  };

  /** Days of publication that the question asks for are dropped where nothing was published in them. */
  async function narrowedWithin(filter: Filter, publishedIn: Query["publishedIn"]): Promise<{ filter: Filter; notes: string[] }> {
    const narrow = narrowed(filter, publishedIn);
    if (narrow.notes.length === 0 || (await store.coverage(narrow.filter)).passages > 0) return narrow;
    const { since, until } = narrow.filter;
    return { filter, notes: [`Nothing that I have read was published ${spanInWords(since, until)}, so all days were read.`] };
  }

  async function search({ inquiry, words }: Pick<Query, "inquiry" | "words">, options: SearchOptions): Promise<RankedPassage[]> {
    const { filter, k, mode, signal, alternatives, own, near } = options;
    const [vector = null] =
      mode === "text" ? [] : await embedder.embed([withLongForms(inquiry.text, alternatives)], "query", signal);
    const pool = Math.max(POOL, 3 * k);
    const texts = [words, ...alternatives.map((other) => exchanged(words, other))].map((words) => ({ words, phrases: [] }));
    const candidates = await fusedCandidates(store, { texts, vector, filter, mode, pool });
    const read = candidates.slice(0, pool);
    if (own.length > 0 && mode === "hybrid") {
      // whoever is asked for is read, however little their texts resemble the question
      const known = new Set(read.map(({ passage }) => passage));
      const more = await fusedCandidates(store, { texts, vector, filter: { ...filter, documents: own }, mode, pool: OWN_POOL });
      read.push(...more.slice(0, OWN_POOL).filter(({ passage }) => !known.has(passage)));
    }
    const passages = await store.passages(read.map((candidate) => candidate.passage));
    const known = new Map(passages.map((passage) => [passage.id, passage]));
    const ranked = read.flatMap(({ passage: id, ...scores }): RankedPassage[] => {
      const passage = known.get(id);
      return passage === undefined ? [] : [{ passage, ...scores }];
    });
    if (mode === "hybrid") {
      const preferred = preferenceOf(
        inquiry,
        ranked.map(({ passage }) => passage),
        near,
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
  alternatives: Expansion["alternatives"];
  /** Documents that the voices asked for published or wrote, and those that were spoken of before. */
  own: readonly string[];
  near: readonly string[];
}

/** The words with those of one name exchanged for those of another for the same. */
function exchanged(words: readonly string[], { typed, other }: Expansion["alternatives"][number]): string[] {
  const out = new Set(wordsOf(typed).map((word) => word.folded));
  return [...new Set([...words.filter((word) => !out.has(word)), ...contentWords(other).map((word) => word.folded)])];
}

/** For the sentence model, which knows few acronyms: "TTP (Tehrik-e-Taliban Pakistan)". */
function withLongForms(text: string, alternatives: Expansion["alternatives"]): string {
  const longer = alternatives.filter(({ typed, other }) => other.length > 2 * typed.length);
  return longer.reduce((all, { typed, other }) => all.replace(typed, () => `${typed} (${other})`), text.slice(0, EMBEDDED));
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
