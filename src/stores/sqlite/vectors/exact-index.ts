// One matrix in memory, every vector compared. Exact by construction; 50,000 vectors of 384 take some 20 ms.
import type { VectorHit } from "../../knowledge.ts";
import { createBest } from "../../relational/k-best.ts";

export interface ExactIndex {
  readonly size: number;
  readonly dimension: number;
  ids(): Iterable<number>;
  /** A view, good until the next change; null for an unknown id. */
  vectorOf(id: number): Float32Array | null;
  /** Takes the place of an earlier vector of that id. The vector has unit length. */
  add(id: number, vector: Float32Array): void;
  /** Unknown ids are passed over. */
  remove(id: number): void;
  /** The k nearest, nearest first, of these ids or of all. */
  search(vector: Float32Array, k: number, among?: Iterable<number>): VectorHit[];
}

/** `capacity` vectors have room before the matrix has to be copied. */
export function createExactIndex(dimension: number, capacity = 64): ExactIndex {
  let matrix = new Float32Array(dimension * capacity);
  const ids: number[] = [];
  const rows = new Map<number, number>();

  const dot = (vector: Float32Array, row: number): number => {
    const offset = row * dimension;
    // four sums at once: one long chain of additions would wait for itself
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let at = 0;
    for (; at + 3 < dimension; at += 4) {
      a += (vector[at] as number) * (matrix[offset + at] as number);
      b += (vector[at + 1] as number) * (matrix[offset + at + 1] as number);
      c += (vector[at + 2] as number) * (matrix[offset + at + 2] as number);
      d += (vector[at + 3] as number) * (matrix[offset + at + 3] as number);
    }
    for (; at < dimension; at += 1) a += (vector[at] as number) * (matrix[offset + at] as number);
    return a + b + c + d;
  };

  return {
    get size() {
      return rows.size;
    },
    dimension,
    ids: () => ids,
    vectorOf(id) {
      const row = rows.get(id);
      return row === undefined ? null : matrix.subarray(row * dimension, (row + 1) * dimension);
    },
    add(id, vector) {
      const row = rows.get(id) ?? ids.length;
      if ((row + 1) * dimension > matrix.length) {
        const larger = new Float32Array(Math.max(Math.ceil(matrix.length * 1.5), dimension * 64));
        larger.set(matrix);
        matrix = larger;
      }
      ids[row] = id;
      rows.set(id, row);
      matrix.set(vector, row * dimension);
    },
    remove(id) {
      const row = rows.get(id);
      if (row === undefined) return;
      // the last one takes its place
      const last = ids.length - 1;
      const moved = ids[last] as number;
      matrix.copyWithin(row * dimension, last * dimension, (last + 1) * dimension);
      ids[row] = moved;
      rows.set(moved, row);
      ids.pop();
      rows.delete(id);
    },
    search(vector, k, among = ids) {
      const best = createBest(k);
      for (const id of among) {
        const row = rows.get(id);
        if (row !== undefined) best.offer(id, dot(vector, row));
      }
      return best.take().map((hit) => ({ passage: hit.id, cosine: hit.score }));
    },
  };
}
