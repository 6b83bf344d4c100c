// The vector side of the store: keeps an index in memory in step with the vectors table.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { VectorHit } from "../knowledge.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Connection } from "./database.ts";
import type { ExactIndex } from "./exact-index.ts";
import { createExactIndex } from "./exact-index.ts";
import { toVector } from "./writer.ts";

export interface VectorSearch {
  search(vector: Float32Array, catalogue: Catalogue, allowed: Uint8Array | null, k: number): Promise<VectorHit[]>;
}

/** Rows read at once: between two pages the event loop runs. */
const PAGE = 1000;

export function createVectorSearch(connection: Connection): VectorSearch {
  let exact: ExactIndex | null = null;
  let state: Catalogue | null = null;
  let last = 0;

  /** Reads what was added since; begins anew where something went away. */
  const catchUp = async (dimension: number, catalogue: Catalogue): Promise<ExactIndex> => {
    if (exact === null || state?.store !== catalogue.store || state.removals !== catalogue.removals) {
      exact = createExactIndex(dimension);
      last = 0;
    }
    state = catalogue;
    const index = exact;
    for (;;) {
      const rows = connection
        .sql("SELECT passage, vector FROM vectors WHERE passage > ? ORDER BY passage LIMIT ?")
        .all([last, PAGE]);
      for (const [id, bytes] of rows) {
        index.add(Number(id), toVector(bytes as Buffer));
        last = Math.max(last, Number(id));
      }
      if (rows.length < PAGE) return index;
      await nextTurn();
    }
  };

  return {
    async search(vector, catalogue, allowed, k) {
      if (catalogue.count === 0) return [];
      const index = await catchUp(vector.length, catalogue);
      return index.search(vector, k, allowed === null ? undefined : (id) => allowed[catalogue.placeOf(id)] === 1);
    },
  };
}
