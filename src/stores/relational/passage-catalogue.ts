// Which passages there are, in memory: id, document and length of each by its position in the order of ids; and what was derived from them.
// Follows the database by its generation, also when another process writes.
import type { Filter } from "../../domain.ts";
import { conditionOf } from "./filters.ts";
import { metaOf } from "./knowledge-tables.ts";
import type { SqlDatabase } from "./sql-database.ts";

export interface Catalogue {
  generation: number;
  /** Changes whenever passages went away, not when some were added. */
  removals: number;
  store: string;
  embedder: string;
  /** Of the vectors; 0 until the first is there. */
  dimension: number;
  count: number;
  ids: Uint32Array;
  docs: Uint32Array;
  /** Length of each passage for BM25, in words. */
  weights: Float32Array;
  averageWeight: number;
  placeOf(id: number): number;
}

/** Which passages pass a filter, by position: 1 where one does; and how many. */
export interface Passing {
  mask: Uint8Array;
  left: number;
}

export type CatalogueReader = ReturnType<typeof createCatalogue>;

/** Results that are kept: a bot asks with the same few filters again and again. */
const KEPT = 16;

/** `onChange` runs before the first use of a new state: it may refuse it. */
export function createCatalogue(database: SqlDatabase, onChange: () => Promise<void>) {
  let known: Catalogue | null = null;
  let results = new Map<string, Promise<unknown>>();

  /** The state of the last commit. Reads only what was added where nothing went away: ids only ever grow. */
  async function current(): Promise<Catalogue> {
    const { store, embedder, ...meta } = await metaOf(database);
    const [generation, removals, dimension] = [Number(meta.generation), Number(meta.removals), Number(meta.dimension)];
    if (known?.generation === generation && known.store === store && known.dimension === dimension) return known;
    await onChange();
    const kept = known?.store === store && known.removals === removals ? known : null;
    // one string instead of rows, which would take ten times as long to cross over
    const [[flat] = []] = await database.all(
      `SELECT string_agg(id || ',' || doc || ',' || CAST(weight * 16 AS BIGINT), ',')
       FROM (SELECT id, doc, weight FROM passages WHERE id > ? ORDER BY id) added`,
      [kept?.ids[kept.count - 1] ?? 0],
    );
    const fresh = extended(kept, numbers(flat), { generation, removals, store, embedder, dimension });
    // somebody else may have read a later state
    if (known?.store === store && known.generation > generation) return fresh;
    results = new Map();
    return (known = fresh);
  }

  function remembered<T>(key: string, make: () => Promise<T>): Promise<T> {
    const found = results.get(key) as Promise<T> | undefined;
    if (found !== undefined) return found;
    const [oldest] = results.keys();
    if (results.size >= KEPT && oldest !== undefined) results.delete(oldest);
    const [own, fresh] = [results, make()];
    own.set(key, fresh);
    // trouble is not kept
    fresh.catch(() => own.delete(key));
    return fresh;
  }

  return {
    current,
    /** Gives what `make` gave for the same key in the same state. What is given is shared: nobody may change it. */
    async kept<T>(key: string, make: () => Promise<T>): Promise<T> {
      await current();
      return remembered(key, make);
    },
    /** Null where all pass. */
    passing: (filter: Filter, now: Catalogue): Promise<Passing | null> =>
      remembered(`passing ${now.generation} ${JSON.stringify(filter)}`, async () => {
        const { sql, values } = conditionOf(filter);
        const [[all, list] = []] = await database.all(
          `SELECT (SELECT count(*) FROM documents), string_agg(CAST(d.doc AS TEXT), ',') FROM documents d WHERE ${sql}`,
          values,
        );
        const docs = new Set(numbers(list));
        if (docs.size === Number(all)) return null;
        const mask = Uint8Array.from(now.docs, (doc) => (docs.has(doc) ? 1 : 0));
        return { mask, left: mask.reduce((sum, passes) => sum + passes, 0) };
      }),
  };
}

/** `flat`: id, document, and sixteen times the length of each passage that `kept` does not hold, ascending. */
function extended(
  kept: Catalogue | null,
  flat: readonly number[],
  state: Pick<Catalogue, "generation" | "removals" | "store" | "embedder" | "dimension">,
): Catalogue {
  const had = kept?.count ?? 0;
  const count = had + flat.length / 3;
  const [ids, docs, weights] = [new Uint32Array(count), new Uint32Array(count), new Float32Array(count)];
  if (kept !== null) {
    ids.set(kept.ids);
    docs.set(kept.docs);
    weights.set(kept.weights);
  }
  for (let at = 0; at < flat.length; at += 3) {
    const place = had + at / 3;
    ids[place] = flat[at] ?? 0;
    docs[place] = flat[at + 1] ?? 0;
    weights[place] = (flat[at + 2] ?? 0) / 16;
  }
  const averageWeight = count === 0 ? 1 : weights.reduce((sum, weight) => sum + weight, 0) / count;
  return { ...state, count, ids, docs, weights, averageWeight, placeOf: (id) => placeOf(ids, id) };
}

function placeOf(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = ids[middle] ?? 0;
    if (here === id) return middle;
    if (here < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** The whole numbers of a list such as `3,17,18`, as string_agg gives it; null for no rows. */
export const numbers = (list: unknown): number[] => JSON.parse(`[${typeof list === "string" ? list : ""}]`) as number[];
