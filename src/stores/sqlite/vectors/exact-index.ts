// One matrix in memory, every vector compared. Exact by construction; 50,000 vectors of 384 take some 20 ms.
import type { VectorHit } from "../../knowledge.ts";
import { createBest } from "../../relational/k-best.ts";

/** Finding the nearest of many vectors: here by comparing with each, in hnsw-index by walking a graph. */
export interface VectorIndex {
  readonly size: number;
  ids(): Iterable<number>;
  /** Takes the place of an earlier vector of that id. The vector has unit length. */
  add(id: number, vector: Float32Array): void;
  /** Unknown ids are passed over. */
  remove(id: number): void;
  /** The k nearest, nearest first; only ids that `allow` lets through. */
  search(vector: Float32Array, k: number, allow?: (id: number) => boolean): VectorHit[];
}

export interface ExactIndex extends VectorIndex {
  readonly dimension: number;
  /** A view, good until the next change; null for an unknown id. */
  vectorOf(id: number): Float32Array | null;
  /** Only these ids, in place of all: for a filter that lets few through. */
  searchAmong(vector: Float32Array, k: number, ids: Iterable<number>): VectorHit[];
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
      if (row === ids.length) {
        if ((row + 1) * dimension > matrix.length) {
          const larger = new Float32Array(Math.max(Math.ceil(matrix.length * 1.5), dimension * 64));
          larger.set(matrix);
          matrix = larger;
        }
        ids.push(id);
        rows.set(id, row);
      }
      matrix.set(vector, row * dimension);
    },
    remove(id) {
      const row = rows.get(id);
      if (row === undefined) return;
      const last = ids.length - 1;
      const moved = ids[last] as number;
      matrix.copyWithin(row * dimension, last * dimension, (last + 1) * dimension);
      ids[row] = moved;
      rows.set(moved, row);
      ids.pop();
      rows.delete(id);
    },
    search(vector, k, allow) {
      const hits = createBest(k);
      for (let row = 0; row < ids.length; row += 1) {
        const id = ids[row] as number;
        if (allow === undefined || allow(id)) hits.offer(id, dot(vector, row));
      }
      return hits.take().map(toHit);
    },
    searchAmong(vector, k, among) {
      const hits = createBest(k);
      for (const id of among) {
        const row = rows.get(id);
        if (row !== undefined) hits.offer(id, dot(vector, row));
      }
      return hits.take().map(toHit);
    },
  };
}

const toHit = ({ id, score }: { id: number; score: number }): VectorHit => ({ passage: id, cosine: score });
