// Search in PostgreSQL. Words: a GIN index over our own terms says which passages hold one; how often, and so BM25, is counted here, over postings
// that stay in memory and are only added to. Vectors: exact below some size and for filters that leave few, else pgvector's graph.
import type { Filter } from "../../domain.ts";
import { fold, stemOf } from "../../text/words.ts";
import type { KnowledgeStore, TextHit, TextQuery, VectorHit } from "../knowledge.ts";
import { gathered, MOST_PHRASES, MOST_POSTINGS, MOST_WORDS, ranked, tellingTerms, type Postings } from "../relational/bm25.ts";
import { conditionOf } from "../relational/filters.ts";
import { extended, keepResults, keptPart, maskOf, numbers, type Catalogue } from "../relational/passage-catalogue.ts";
import { storable } from "../relational/sql-database.ts";
import type { PostgresDatabase } from "./postgres-database.ts";

export interface PostgresSearch extends Pick<KnowledgeStore, "searchText" | "searchVectors" | "frequencies" | "vocabulary"> {
  /** What `make` gave for this key in this state of the store. */
  kept: <T>(key: string, make: () => Promise<T>) => Promise<T>;
}

export interface SearchOptions {
  /** May refuse a state that was made by another embedder. */
  onChange: () => Promise<void>;
  /** Up to so many vectors are compared one by one. */
  exactUpTo: number;
}

/** A term is not longer: PostgreSQL keeps none above 2 KB, and nobody types one. */
const LONGEST_TERM = 80;
/** A phrase is told by its beginning. */
const LONGEST_PHRASE = 64;
/** What stands between text and context, so that no phrase reaches over. */
const GAP = 10;
/** pgvector looks at most at so many candidates in one search, and by itself at 40; of 200,000 vectors 120 found 94 % of the nearest ten. */
const MOST_CANDIDATES = 1000;
const FEWEST_CANDIDATES = 300;

/** Words of a text as the index keeps them: folded, without accents, Porter stems. */
export function termsOf(text: string): string[] {
  return (fold(storable(text)).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemOf(word).slice(0, LONGEST_TERM));
}

/** Terms with their places, as PostgreSQL reads a tsvector; those of the context come after those of the text. */
export function termVector(text: string, context: string): string {
  const places = new Map<string, number[]>();
  const add = (term: string, at: number): void => {
    const known = places.get(term);
    if (known === undefined) places.set(term, [at]);
    else known.push(at);
  };
  const own = termsOf(text);
  own.forEach((term, at) => add(term, at + 1));
  termsOf(context).forEach((term, at) => add(term, own.length + GAP + at));
  return [...places].map(([term, at]) => `'${term}':${at.join(",")}`).join(" ");
}

/**
 * `ts_rank` of one term with weight 1 is the sum of 1/n² over its n-th places, over π²/6: that is how often it stands there. Times 10⁷, since
 * numbers cross over as whole ones.
 */
const TIMES_BY_RANK = new Map<number, number>();
/** PostgreSQL keeps no more places of a term. */
const MOST_TIMES = 256;
for (let times = 1, sum = 0; times <= MOST_TIMES; times += 1) {
  sum += 1 / times ** 2;
  // a 32-bit float may lie a little to the side
  for (const off of [-3, -2, -1, 0, 1, 2, 3]) TIMES_BY_RANK.set(Math.round((sum / 1.644_934_066_85) * 1e7) + off, times);
}

interface Held {
  /** Of passages that hold the term, ascending, each as often as it does. */
  ids: Uint32Array;
  /** All passages up to this one were looked at. */
  upTo: number;
  /** For the catalogue that they were counted for. */
  postings: Postings | null;
  of: Catalogue | null;
}

export function createPostgresSearch(database: PostgresDatabase, { onChange, exactUpTo }: SearchOptions): PostgresSearch {
  let catalogue: Catalogue | null = null;
  let held = new Map<string, Held>();
  let size = 0;
  /** Null where there is none. */
  let graph: { iterative: boolean } | null = null;
  const results = keepResults();

  async function current(): Promise<Catalogue> {
    const known = catalogue;
    const [[generation, removals, store, made, version] = []] = await database.all(
      `SELECT ${["generation", "removals", "store"].map((key) => `(SELECT value FROM meta WHERE key = '${key}')`).join(", ")},
         to_regclass(?)::text, (SELECT extversion FROM pg_extension WHERE extname = 'vector')`,
      [`"${database.schema}".vectors_graph`],
    );
    const [major = 0, minor = 0] = String(version).split(".").map(Number);
    graph = made === null ? null : { iterative: major > 0 || minor >= 8 };
    const state = { generation: Number(generation), removals: Number(removals), store: String(store) };
    if (known !== null && known.generation === state.generation && known.store === state.store) return known;
    await onChange();
    const kept = keptPart(known, state.store, state.removals);
    const [[flat] = []] = await database.all(
      `SELECT string_agg(id || ',' || doc || ',' || (weight * 16)::bigint, ',' ORDER BY id) FROM passages WHERE id > ?`,
      [kept?.ids[kept.count - 1] ?? 0],
    );
    if (known?.store !== state.store) {
      held = new Map();
      size = 0;
    }
    results.clear();
    return (catalogue = extended(kept, numbers(flat), state));
  }

  async function kept<T>(key: string, make: () => Promise<T>): Promise<T> {
    await current();
    return results.of(key, make);
  }

  /** Null where all pass. */
  function allowed(filter: Filter, now: Catalogue): Promise<{ mask: Uint8Array; left: number } | null> {
    return results.of(`allowed ${now.generation} ${JSON.stringify(filter)}`, async () => {
      const { sql, values } = conditionOf(filter);
      const [[all, passing] = []] = await database.all(
        `SELECT (SELECT count(*) FROM documents), string_agg(d.doc::text, ',') FROM documents d WHERE ${sql}`,
        values,
      );
      const docs = numbers(passing);
      if (docs.length === Number(all)) return null;
      const mask = maskOf(now, new Set(docs));
      return { mask, left: mask.reduce((sum, passes) => sum + passes, 0) };
    });
  }

  /** Asks for what is not known yet, or came since, all terms at once. */
  async function postingsOf(terms: readonly string[], now: Catalogue): Promise<Postings[]> {
    const last = now.ids[now.count - 1] ?? 0;
    if (size > MOST_POSTINGS) {
      held = new Map();
      size = 0;
    }
    const from = (term: string): number => held.get(term)?.upTo ?? 0;
    const behind = terms.filter((term) => from(term) < last);
    await Promise.all(
      behind.map(async (term) => {
        const since = from(term);
        // not ordered there, which would sort whole rows; what is added to the number keeps the planner from walking through all passages
        const [[flat] = []] = await database.all(
          `SELECT string_agg(passage || ',' || (ts_rank('{1,1,1,1}', terms, ?::tsquery) * 1e7)::bigint, ',')
           FROM words WHERE terms @@ ?::tsquery AND passage + 0 <= ? ${since === 0 ? "" : "AND passage > ?"}`,
          [`'${term}'`, `'${term}'`, last, ...(since === 0 ? [] : [since])],
        );
        const pairs = numbers(flat);
        const ordered = Float64Array.from(
          { length: pairs.length / 2 },
          (_, at) => (pairs[2 * at] ?? 0) * MOST_TIMES + (TIMES_BY_RANK.get(pairs[2 * at + 1] ?? 0) ?? 1) - 1,
        ).sort();
        const found: number[] = [];
        for (const each of ordered)
          for (let time = each % MOST_TIMES; time >= 0; time -= 1) found.push(Math.floor(each / MOST_TIMES));
        // somebody else may have been quicker
        if (from(term) !== since) return;
        const before = held.get(term)?.ids ?? new Uint32Array(0);
        const ids = new Uint32Array(before.length + found.length);
        ids.set(before);
        ids.set(found, before.length);
        size += found.length;
        held.set(term, { ids, upTo: last, postings: null, of: null });
      }),
    );
    return terms.map((term) => {
      const own = held.get(term);
      if (own === undefined) return gathered([], now);
      if (own.of !== now || own.postings === null) Object.assign(own, { of: now, postings: gathered(own.ids, now) });
      return own.postings ?? gathered([], now);
    });
  }

  async function phrasePostings(terms: readonly string[], now: Catalogue): Promise<Postings> {
    const [[flat] = []] = await database.all("SELECT string_agg(passage::text, ',') FROM words WHERE terms @@ ?::tsquery", [
      terms.map((term) => `'${term}'`).join(" <-> "),
    ]);
    return gathered(Float64Array.from(numbers(flat)).sort(), now);
  }

  async function frequencies(terms: readonly string[]): Promise<number[]> {
    const rows = await database.all("SELECT term, passages FROM terms WHERE term = ANY(?)", [[...terms]]);
    const counts = new Map(rows.map(([term, passages]) => [term, Number(passages)]));
    return terms.map((term) => counts.get(term) ?? 0);
  }

  async function nearest(vector: Float32Array, passing: readonly number[] | null, k: number): Promise<VectorHit[]> {
    // what is added keeps the graph's order from being used
    const rows = await database.all(
      `SELECT passage, -(vector <#> ?::vector) FROM vectors ${passing === null ? "" : "WHERE passage = ANY(?)"}
       ORDER BY (vector <#> ?::vector) + 0, passage LIMIT ?`,
      passing === null ? [asText(vector), asText(vector), k] : [asText(vector), passing, asText(vector), k],
    );
    return rows.map(([passage, cosine]) => ({ passage: Number(passage), cosine: Number(cosine) }));
  }

  /** Nearest first by the graph; fewer than asked for where a search on an older pgvector ends. */
  function byGraph(vector: Float32Array, wanted: number, iterative: boolean): Promise<VectorHit[]> {
    const { length } = vector;
    return database.transaction(async (open) => {
      await open.run(`SET LOCAL hnsw.ef_search = ${Math.min(MOST_CANDIDATES, Math.max(FEWEST_CANDIDATES, wanted))}`);
      if (iterative) await open.run("SET LOCAL hnsw.iterative_scan = strict_order");
      await open.run("SET LOCAL enable_seqscan = off");
      const rows = await open.all(
        `SELECT passage, -(vector::vector(${length}) <#> ?::vector(${length})) FROM vectors
         ORDER BY vector::vector(${length}) <#> ?::vector(${length}) LIMIT ?`,
        [asText(vector), asText(vector), wanted],
      );
      return rows.map(([passage, cosine]) => ({ passage: Number(passage), cosine: Number(cosine) }));
    });
  }

  return {
    kept,
    async searchText(query: TextQuery, filter: Filter, k: number): Promise<TextHit[]> {
      const now = await current();
      if (now.count === 0 || k <= 0) return [];
      const phrases = query.phrases
        .map((phrase) => termsOf(phrase).slice(0, LONGEST_PHRASE))
        .filter((terms) => terms.length > 0)
        .slice(0, MOST_PHRASES);
      const wanted = [...new Set(query.words.slice(0, MOST_WORDS).flatMap(termsOf))];
      const counts = new Map((wanted.length === 0 ? [] : await frequencies(wanted)).map((count, at) => [wanted[at], count]));
      const telling = tellingTerms(wanted, (terms) => terms.map((term) => counts.get(term) ?? 0));
      const [lists, whole, passing] = await Promise.all([
        postingsOf(telling, now),
        Promise.all(phrases.map((terms) => phrasePostings(terms, now))),
        allowed(filter, now),
      ]);
      return ranked(lists, whole, now, passing?.mask ?? null, k);
    },
    async searchVectors(vector, filter, k) {
      const now = await current();
      if (now.count === 0 || k <= 0) return [];
      const passing = await allowed(filter, now);
      const left = passing?.left ?? now.count;
      const oneByOne = (): Promise<VectorHit[]> =>
        nearest(vector, passing === null ? null : [...now.ids].filter((_, place) => passing.mask[place] === 1), k);
      // so many have to be looked at that enough of them pass
      const wanted = Math.min(now.count, Math.ceil(k * (now.count / left) * 1.5) + 20);
      if (graph === null || left <= exactUpTo || (wanted > MOST_CANDIDATES && !graph.iterative)) return oneByOne();
      const found = (await byGraph(vector, wanted, graph.iterative)).filter(
        ({ passage }) => passing === null || passing.mask[now.placeOf(passage)] === 1,
      );
      return found.length >= Math.min(k, left) ? found.slice(0, k) : oneByOne();
    },
    async frequencies(words) {
      const cut = words.map(termsOf);
      const now = await current();
      const single = await frequencies(cut.map(([first = ""]) => first));
      const holding = await Promise.all(
        cut.map(async (terms, at) => (terms.length > 1 ? (await phrasePostings(terms, now)).places.length : (single[at] ?? 0))),
      );
      return { passages: now.count, holding };
    },
    async vocabulary(prefix) {
      const rows = await database.all(
        "SELECT term, passages FROM terms WHERE term >= ? AND term < ? AND passages > 0 ORDER BY term",
        [prefix, `${prefix}\u{10FFFF}`],
      );
      return rows.map(([word, passages]) => ({ word: String(word), passages: Number(passages) }));
    },
  };
}

/** As pgvector reads it: nine digits tell every 32-bit float from its neighbours. */
export function asText(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => value.toPrecision(9)).join(",")}]`;
}
