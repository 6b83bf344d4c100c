// Which passages there are, in memory: id, document and length of each by its position in the order of ids.

export interface Catalogue {
  generation: number;
  /** Changes whenever passages went away, not when some were added. */
  removals: number;
  store: string;
  count: number;
  /** Ascending. */
  ids: Uint32Array;
  /** Key of the document of each passage. */
  docs: Uint32Array;
  /** Length of each passage for BM25, in words. */
  weights: Float32Array;
  averageWeight: number;
  /** Position of an id, or -1. */
  placeOf(id: number): number;
}

/** What is kept of an earlier state where only passages were added since; ids only ever grow. */
export function keptPart(before: Catalogue | null, store: string, removals: number): Catalogue | null {
  return before !== null && before.store === store && before.removals === removals ? before : null;
}

/** `flat`: id, document, and sixteen times the length of each passage that `kept` does not hold, ascending. */
export function extended(
  kept: Catalogue | null,
  flat: readonly number[],
  state: Pick<Catalogue, "generation" | "removals" | "store">,
): Catalogue {
  const had = kept?.count ?? 0;
  const count = had + flat.length / 3;
  const ids = new Uint32Array(count);
  const docs = new Uint32Array(count);
  const weights = new Float32Array(count);
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
  return {
    ...state,
    count,
    ids,
    docs,
    weights,
    averageWeight: count === 0 ? 1 : weights.reduce((sum, weight) => sum + weight, 0) / count,
    placeOf: (id) => placeOf(ids, id),
  };
}

/** By position: 1 where the passage's document is one of these. */
export function maskOf(catalogue: Catalogue, documents: ReadonlySet<number>): Uint8Array {
  return Uint8Array.from(catalogue.docs, (doc) => (documents.has(doc) ? 1 : 0));
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

/** The whole numbers of a list such as `3,17,18`, as group_concat gives it; null for no rows. */
export function numbers(list: unknown): number[] {
  if (typeof list !== "string" || list === "") return [];
  const found: number[] = [];
  let value = 0;
  for (let at = 0; at < list.length; at += 1) {
    const code = list.charCodeAt(at);
    if (code >= 48 && code <= 57) value = value * 10 + code - 48;
    else if (code === 44) {
      found.push(value);
      value = 0;
    }
  }
  found.push(value);
  return found;
}

/** Results that are kept: a bot asks with the same few filters again and again. */
const KEPT = 16;

export interface KeptResults {
  /** What `make` gave for the same key; what is given is shared: nobody may change it. */
  of<T>(key: string, make: () => T): T;
  clear(): void;
}

export function keepResults(): KeptResults {
  const results = new Map<string, unknown>();
  return {
    of<T>(key: string, make: () => T): T {
      if (results.has(key)) return results.get(key) as T;
      const [oldest] = results.keys();
      if (results.size >= KEPT && oldest !== undefined) results.delete(oldest);
      const fresh = make();
      results.set(key, fresh);
      // trouble is not kept
      if (fresh instanceof Promise) fresh.catch(() => results.get(key) === fresh && results.delete(key));
      return fresh;
    },
    clear: () => results.clear(),
  };
}
