// The matrix that finds the nearest vectors, where all are compared and where their signs pick the likely ones.
import { describe, expect, test } from "vitest";
import { createVectorMatrix, type VectorMatrix } from "../../src/stores/sqlite/vector-matrix.ts";
import { clusteredVectors } from "../support/clustered-vectors.ts";

describe.each([
  ["all are compared", 1e9],
  ["signs pick the likely ones", 0],
])("%s", (_, exactUpTo) => {
  const vectors = clusteredVectors(600, 32);
  const create = (): VectorMatrix => createVectorMatrix(32, exactUpTo);
  const filled = (): VectorMatrix => {
    const index = create();
    vectors.forEach((vector, at) => index.add(at * 3 + 1, vector));
    return index;
  };
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

  test("an empty one finds nothing", () => {
    expect(create().search(vectors[0] as Float32Array, 5)).toEqual([]);
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
    const even = index.ids().filter((id) => id % 2 === 0);
    const hits = index.search(vectors[7] as Float32Array, 10, even);
    expect(hits).toHaveLength(10);
    for (const { passage } of hits) expect(passage % 2).toBe(0);
    expect(index.search(vectors[7] as Float32Array, 10, [])).toEqual([]);
  });

  test("removed ones are gone, unknown ones passed over, asking for more than there are gives all", () => {
    const index = filled();
    index.remove(22);
    index.remove(22);
    index.remove(999_999);
    expect(index.size).toBe(599);
    expect(index.search(vectors[7] as Float32Array, 20).map(({ passage }) => passage)).not.toContain(22);
    const small = create();
    small.add(5, vectors[0] as Float32Array);
    small.add(9, vectors[1] as Float32Array);
    expect(small.search(vectors[0] as Float32Array, 50).map(({ passage }) => passage)).toEqual([5, 9]);
    small.remove(5);
    expect(small.search(vectors[0] as Float32Array, 50).map(({ passage }) => passage)).toEqual([9]);
  });
});

test("of many, the likely ones hold the nearest", () => {
  const many = clusteredVectors(12_000, 128, 200);
  const [all, likely] = [createVectorMatrix(128, 1e9), createVectorMatrix(128, 10_000)];
  many.forEach((vector, at) => [all, likely].forEach((matrix) => matrix.add(at, vector)));
  let right = 0;
  for (const query of many.slice(0, 40)) {
    const truth = new Set(all.search(query, 50).map(({ passage }) => passage));
    right += likely.search(query, 50).filter(({ passage }) => truth.has(passage)).length;
  }
  expect(right / 2000).toBeGreaterThan(0.98);
});
