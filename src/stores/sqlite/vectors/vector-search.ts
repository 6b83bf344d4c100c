// The vector side of the store: an index in memory that follows the vectors table.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { VectorHit } from "../../knowledge.ts";
import type { Catalogue } from "../../relational/passage-catalogue.ts";
import type { Connection } from "../database.ts";
import { toVector } from "../vector-bytes.ts";
import { createVectorIndex, type VectorIndex } from "./vector-index.ts";

export interface VectorSearch {
  search(vector: Float32Array, catalogue: Catalogue, allowed: Uint8Array | null, k: number): Promise<VectorHit[]>;
  close(): Promise<void>;
}

/** Rows read at once: between two pages the event loop runs. */
const PAGE = 500;

export function createVectorSearch(connection: Connection): VectorSearch {
  let index: VectorIndex | null = null;
  let state: Catalogue | null = null;
  /** The newest row of the vectors table that the index holds. */
  let last = 0;
  let closed = false;
  let reading: Promise<unknown> = Promise.resolve();

  /** Reads into the index what was added since, takes out what went away. One reader at a time. */
  const catchUp = (dimension: number, asked: Catalogue): Promise<VectorIndex> => {
    const turn = reading.then(async () => {
      if (state?.store !== asked.store) [index, last, state] = [null, 0, null];
      // asked for before the state that is here already
      const catalogue = state !== null && state.generation > asked.generation ? state : asked;
      // some room to grow: copying a large index holds the event loop
      const held = (index ??= createVectorIndex(dimension, { capacity: Math.max(1024, Math.ceil(catalogue.count * 1.3)) }));
      if (state !== null && state.removals !== catalogue.removals)
        for (const id of Array.from(held.ids())) if (catalogue.placeOf(id) === -1) held.remove(id);
      state = catalogue;
      const newest = catalogue.ids[catalogue.count - 1] ?? 0;
      const page = connection.sql("SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?");
      for (let rows = page.all([last, PAGE]); rows.length > 0; rows = page.all([last, PAGE])) {
        for (const [seq, passage, bytes] of rows) {
          // a later state's: nobody knows yet who may see it
          if (Number(passage) > newest) return held;
          held.add(Number(passage), toVector(bytes as Buffer));
          last = Number(seq);
        }
        if (rows.length < PAGE || closed) break;
        await nextTurn();
      }
      return held;
    });
    reading = turn.catch(() => undefined);
    return turn;
  };

  return {
    async search(vector, catalogue, allowed, k) {
      if (catalogue.count === 0) return [];
      const held = await catchUp(vector.length, catalogue);
      return held.search(vector, k, allowed === null ? undefined : catalogue.ids.filter((_, place) => allowed[place] === 1));
    },
    async close() {
      closed = true;
      await reading;
    },
  };
}
