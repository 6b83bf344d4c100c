// What every index of vectors must keep; run on each implementation.
import { describe, expect, test } from "vitest";
import type { HnswIndex } from "../../src/stores/sqlite/vectors/hnsw-index.ts";

type VectorIndex = Pick<HnswIndex, "size" | "add" | "remove" | "search">;

/** Unit vectors in clusters, the same on every run. */
export function clusteredVectors(count: number, dimension: number, clusters = 20): Float32Array[] {
  let seed = 42;
  const random = (): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed / 2 ** 32 - 0.5;
  };
  const unit = (values: number[]): Float32Array => {
    const length = Math.hypot(...values);
    return Float32Array.from(values, (value) => value / length);
  };
  const centres = Array.from({ length: clusters }, () => Array.from({ length: dimension }, random));
  return Array.from({ length: count }, (_, at) => unit((centres[at % clusters] ?? []).map((value) => value + random() * 0.8)));
}

export function vectorIndexContract(name: string, create: (dimension: number) => VectorIndex): void {
  describe(`vector index: ${name}`, () => {
    const vectors = clusteredVectors(600, 32);
    const filled = (): VectorIndex => {
      const index = create(32);
      vectors.forEach((vector, at) => index.add(at * 3 + 1, vector));
      return index;
    };
    const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

    test("an empty one finds nothing", () => {
      expect(create(32).search(vectors[0] as Float32Array, 5)).toEqual([]);
    });

    test("finds the nearest, nearest first, with true cosines", () => {
      const index = filled();
      expect(index.size).toBe(600);
      let right = 0;
      for (const query of vectors.slice(0, 50)) {
        const hits = index.search(query, 10);
        expect(hits).toHaveLength(10);
        expect(hits.map(({ cosine }) => cosine)).toEqual(hits.map(({ cosine }) => cosine).sort((a, b) => b - a));
        for (const { passage, cosine } of hits)
          expect(cosine).toBeCloseTo(dot(query, vectors[(passage - 1) / 3] as Float32Array), 4);
        const truth = vectors
          .map((vector, at) => ({ id: at * 3 + 1, cosine: dot(query, vector) }))
          .sort((a, b) => b.cosine - a.cosine);
        const wanted = new Set(truth.slice(0, 10).map(({ id }) => id));
        right += hits.filter(({ passage }) => wanted.has(passage)).length;
      }
      expect(right / 500).toBeGreaterThan(0.95);
    });

    test("finds only what is allowed", () => {
      const index = filled();
      const hits = index.search(vectors[7] as Float32Array, 10, (id) => id % 2 === 0);
      expect(hits).toHaveLength(10);
      for (const { passage } of hits) expect(passage % 2).toBe(0);
      expect(index.search(vectors[7] as Float32Array, 10, () => false)).toEqual([]);
    });

    test("removed ones are gone, unknown ones passed over, asking for more than there are gives all", () => {
      const index = filled();
      index.remove(22);
      index.remove(22);
      index.remove(999_999);
      expect(index.size).toBe(599);
      expect(index.search(vectors[7] as Float32Array, 20).map(({ passage }) => passage)).not.toContain(22);
      const small = create(32);
      small.add(5, vectors[0] as Float32Array);
      small.add(9, vectors[1] as Float32Array);
      expect(small.search(vectors[0] as Float32Array, 50).map(({ passage }) => passage)).toEqual([5, 9]);
      small.remove(5);
      expect(small.search(vectors[0] as Float32Array, 50).map(({ passage }) => passage)).toEqual([9]);
    });
  });
}
