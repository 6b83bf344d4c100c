// VectorTable: blobs of 32-bit floats, which a matrix in memory follows.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Catalogue } from "../relational/passage-catalogue.ts";
import type { VectorTable } from "../relational/relational-store.ts";
import type { Row, SqlDatabase } from "../relational/sql-database.ts";
import { createVectorMatrix, type VectorMatrix } from "./vector-matrix.ts";

/** Rows read at once: between two pages the event loop runs. */
const PAGE = 500;

export function createVectorBlobs(database: SqlDatabase, exactUpTo: number): VectorTable {
  let matrix: VectorMatrix | null = null;
  let state: Catalogue | null = null;
  /** The newest row of the vectors table that the matrix holds. */
  let last = 0;
  let closed = false;
  let reading: Promise<unknown> = Promise.resolve();

  /** Reads into the matrix what was added since, takes out what went away. One reader at a time. */
  function caughtUp(dimension: number, asked: Catalogue): Promise<VectorMatrix> {
    const turn = reading.then(async () => {
      if (state?.store !== asked.store) [matrix, state, last] = [null, null, 0];
      // asked for before the state that is here already
      const catalogue = state !== null && state.generation > asked.generation ? state : asked;
      // some room to grow: copying a large matrix holds the event loop
      const index = (matrix ??= createVectorMatrix(dimension, exactUpTo, Math.max(1024, Math.ceil(catalogue.count * 1.3))));
      if (state !== null && state.removals !== catalogue.removals)
        for (const gone of index.ids().filter((id) => catalogue.placeOf(id) === -1)) index.remove(gone);
      state = catalogue;
      const newest = catalogue.ids[catalogue.count - 1] ?? 0;
      const read = (): Promise<Row[]> =>
        database.all("SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?", [last, PAGE]);
      for (let page = await read(); page.length > 0; page = await read()) {
        for (const [seq, passage, bytes] of page) {
          // a later state's: nobody knows yet who may see it
          if (Number(passage) > newest) return index;
          index.add(Number(passage), toVector(bytes as Buffer));
          last = Number(seq);
        }
        if (page.length < PAGE || closed) break;
        await nextTurn();
      }
      return index;
    });
    reading = turn.catch(() => undefined);
    return turn;
  }

  return {
    toValue: toBytes,
    toVector: (value) => toVector(value as Buffer),
    cosine: "1 - vector_distance_cos(vector, ?)",
    async search(vector, now, passing, k) {
      const index = await caughtUp(vector.length, now);
      return index.search(vector, k, passing && now.ids.filter((_, place) => passing.mask[place] === 1));
    },
    settle: async () => undefined,
    async close() {
      closed = true;
      await reading;
    },
  };
}

function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A copy: the bytes may not stand where a Float32Array may begin. */
export function toVector(bytes: Buffer): Float32Array {
  const copy = new Float32Array(bytes.length / 4);
  Buffer.from(copy.buffer).set(bytes);
  return copy;
}
