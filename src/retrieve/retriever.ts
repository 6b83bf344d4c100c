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
import { fusedCandidates, readCandidates } from "./hybrid-fusion.ts";
import { voicesAskedFor } from "./named-voices.ts";
import { createQueryExpansion, type Expansion } from "./query-expansion.ts";
import { narrowed, type Query, READ_AS, readQuery, spanInDays, todayFor } from "./query.ts";
import { preferred, writes } from "./rerank.ts";

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
  const expanded = createQueryExpansion(store, embedder.knowsWord);

  return {
    async retrieve(question, { filter = {}, k = DEFAULT_K, mode = "hybrid", near = [], signal } = {}) {
      const asked = question.trim();
      if (!/[\p{L}\p{N}]/u.test(asked)) {
        const hint = "Ask in words, for example: What was decided last week?";
        throw new Failure("question_empty", "The question holds no words.", hint, { exit: 2 });
      }
      const now = todayFor(filter, clock);
      const { text, alternatives } = await expanded(asked, filter);
      const whole = await store.coverage(filter);
      const query = readQuery(text, now, whole.to);
      const { filter: within, notes } = await narrowedWithin(filter, query.publishedIn);
      const warnings = [...query.notes, ...notes];
      if (fold(text) !== fold(asked)) warnings.push(`${READ_AS}${text}`);
      const { undatedLeftOut, passages: held, ...coverage } = within === filter ? whole : await store.coverage(within);
      warnings.push(...leftOut(undatedLeftOut));
      if (held === 0) return { inquiry: query.inquiry, passages: [], filter: within, coverage, warnings };
      const documents = await store.documents(within);
      const voices = voicesAskedFor(query.own, documents);
      const theirs = voices.length === 0 ? [] : documents.filter((document) => writes(document, voices)).map(({ id }) => id);
      const rankings = [await search(query)];
      const { parts } = query.inquiry;
      if (parts.length > 1 && mode === "hybrid")
        for (const part of parts) rankings.push(await search(readQuery(part, now, whole.to)));
      return { inquiry: { ...query.inquiry, voices }, passages: takeTurns(rankings, k), filter: within, coverage, warnings };

      async function search({ inquiry, words }: Query): Promise<RankedPassage[]> {
        const longer = mode === "text" ? [] : [withLongForms(inquiry.text, alternatives)];
        const [vector = null] = longer.length === 0 ? [] : await embedder.embed(longer, "query", signal);
        const texts = [words, ...alternatives.map((other) => exchanged(words, other))].map((words) => ({ words, phrases: [] }));
        const plan = { texts, vector, filter: within, mode, pool: Math.max(POOL, 3 * k) };
        const read = (await fusedCandidates(store, plan)).slice(0, plan.pool);
        if (mode !== "hybrid") return spread(await readCandidates(store, read), k);
        if (theirs.length > 0) {
          // whoever is asked for is read, however little their texts resemble the question
          const known = new Set(read.map(({ passage }) => passage));
          const more = await fusedCandidates(store, { ...plan, filter: { ...within, documents: theirs }, pool: OWN_POOL });
          read.push(...more.slice(0, OWN_POOL).filter(({ passage }) => !known.has(passage)));
        }
        return spread(preferred({ ...inquiry, voices }, await readCandidates(store, read), near), k);
      }
    },
  };

  /** Days of publication that the question asks for are dropped where nothing was published in them. */
  async function narrowedWithin(filter: Filter, publishedIn: Query["publishedIn"]): Promise<{ filter: Filter; notes: string[] }> {
    const narrow = narrowed(filter, publishedIn);
    if (narrow.notes.length === 0 || (await store.coverage(narrow.filter)).passages > 0) return narrow;
    const { since, until } = narrow.filter;
    return { filter, notes: [`Nothing that I have read was published ${spanInDays(since, until)}, so all days were read.`] };
  }
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
  const longest = Math.max(...rankings.map((ranking) => ranking.length));
  const turns = Array.from({ length: longest }, (_, turn) => rankings.flatMap((ranking) => ranking[turn] ?? [])).flat();
  const seen = new Set<number>();
  const taken = turns.filter(({ passage }) => !seen.has(passage.id) && seen.add(passage.id));
  let ceiling = Infinity;
  return taken.slice(0, k).map((one) => ({ ...one, score: (ceiling = Math.min(ceiling, one.score)) }));
}
