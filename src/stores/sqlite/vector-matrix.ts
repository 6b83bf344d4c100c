// Nearest neighbours in memory. Few vectors are all compared, some 3 ms for 10,000. Of many, the signs of their values pick the likely ones first
// (48 bytes instead of 1,536, at a seventh of the time), which are then compared: of 50,000 embeddings, real ones and mixtures of two, all of the
// nearest ten and 99.6 % of the nearest fifty were among them.
import type { VectorHit } from "../knowledge.ts";
import { createBest } from "../relational/k-best.ts";

export interface VectorMatrix {
  readonly size: number;
  ids(): readonly number[];
  /** Takes the place of an earlier vector of that id. The vector has unit length. */
  add(id: number, vector: Float32Array): void;
  /** Unknown ids are passed over. */
  remove(id: number): void;
  /** The k nearest, nearest first; only of these ids, where they are given. */
  search(vector: Float32Array, k: number, among?: Iterable<number> | null): VectorHit[];
}

const LIKELY = 500;
const LIKELY_TIMES = 10;
/** Scores are told apart this finely when the likely ones are picked. */
const STEPS = 4096;

/** `capacity` vectors have room before the matrix has to be copied. More than `exactUpTo` are not all compared. */
export function createVectorMatrix(dimension: number, exactUpTo: number, capacity = 64): VectorMatrix {
  const width = Math.ceil(dimension / 8);
  let matrix = new Float32Array(dimension * capacity);
  let signs = new Uint8Array(width * capacity);
  const ids: number[] = [];
  const rows = new Map<number, number>();

  function dot(vector: Float32Array, row: number): number {
    const offset = row * dimension;
    // four sums at once: one long chain of additions would wait for itself
    let [a, b, c, d, at] = [0, 0, 0, 0, 0];
    for (; at + 3 < dimension; at += 4) {
      a += (vector[at] as number) * (matrix[offset + at] as number);
      b += (vector[at + 1] as number) * (matrix[offset + at + 1] as number);
      c += (vector[at + 2] as number) * (matrix[offset + at + 2] as number);
      d += (vector[at + 3] as number) * (matrix[offset + at + 3] as number);
    }
    for (; at < dimension; at += 1) a += (vector[at] as number) * (matrix[offset + at] as number);
    return a + b + c + d;
  }

  /** What each byte of signs adds to a row's score: the sum of the vector's values, each with its sign. */
  function gainsOf(vector: Float32Array): Float32Array {
    const gains = new Float32Array(width * 256);
    for (let byte = 0; byte < width; byte += 1)
      for (let bit = 0, known = 1; bit < 8; bit += 1, known *= 2) {
        const value = vector[byte * 8 + bit] ?? 0;
        for (let of = 0; of < known; of += 1) {
          const without = gains[byte * 256 + of] ?? 0;
          gains[byte * 256 + of] = without - value;
          gains[byte * 256 + of + known] = without + value;
        }
      }
    return gains;
  }

  /** At least so many of the rows (of all, for null), those with the best scores. */
  function likely(vector: Float32Array, among: readonly number[] | null, wanted: number): number[] {
    const gains = gainsOf(vector);
    const count = among?.length ?? ids.length;
    const scores = new Float32Array(count);
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = 0; at < count; at += 1) {
      const offset = (among === null ? at : (among[at] as number)) * width;
      let score = 0;
      for (let byte = 0; byte < width; byte += 1) score += gains[(byte << 8) + (signs[offset + byte] as number)] as number;
      score = Math.fround(score);
      scores[at] = score;
      if (score < least) least = score;
      if (score > most) most = score;
    }
    const scale = (STEPS - 1) / Math.max(most - least, 1e-9);
    const held = new Uint32Array(STEPS);
    for (let at = 0; at < count; at += 1) held[Math.floor(((scores[at] as number) - least) * scale)]! += 1;
    let step = STEPS;
    for (let found = 0; step > 0 && found < wanted;) found += held[(step -= 1)] ?? 0;
    const picked: number[] = [];
    for (let at = 0; at < count; at += 1)
      if (Math.floor(((scores[at] as number) - least) * scale) >= step) picked.push(among === null ? at : (among[at] as number));
    return picked;
  }

  return {
    get size() {
      return ids.length;
    },
    ids: () => ids,
    add(id, vector) {
      const row = rows.get(id) ?? ids.length;
      if (row === ids.length) {
        if ((row + 1) * dimension > matrix.length) {
          const room = Math.max(Math.ceil(row * 1.5), 64);
          const [before, signsBefore] = [matrix, signs];
          (matrix = new Float32Array(room * dimension)).set(before);
          (signs = new Uint8Array(room * width)).set(signsBefore);
        }
        ids.push(id);
        rows.set(id, row);
      }
      matrix.set(vector, row * dimension);
      signs.fill(0, row * width, (row + 1) * width);
      vector.forEach((value, at) => {
        if (value > 0) signs[row * width + (at >> 3)]! |= 1 << (at & 7);
      });
    },
    remove(id) {
      const row = rows.get(id);
      if (row === undefined) return;
      const last = ids.length - 1;
      const moved = ids[last] as number;
      matrix.copyWithin(row * dimension, last * dimension, (last + 1) * dimension);
      signs.copyWithin(row * width, last * width, (last + 1) * width);
      ids[row] = moved;
      rows.set(moved, row);
      ids.pop();
      rows.delete(id);
    },
    search(vector, k, among = null) {
      const given: number[] | null = among && [];
      for (const id of among ?? []) {
        const row = rows.get(id);
        if (row !== undefined) given?.push(row);
      }
      const many = (given?.length ?? ids.length) > exactUpTo;
      const picked = many ? likely(vector, given, Math.max(LIKELY, k * LIKELY_TIMES)) : given;
      const best = createBest(k);
      if (picked !== null) for (const row of picked) best.offer(ids[row] as number, dot(vector, row));
      else for (let row = 0; row < ids.length; row += 1) best.offer(ids[row] as number, dot(vector, row));
      return best.take().map(({ id, score }) => ({ passage: id, cosine: score }));
    },
  };
}
