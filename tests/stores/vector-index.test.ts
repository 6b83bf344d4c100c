import { expect, test } from "vitest";
import { createVectorIndex } from "../../src/stores/sqlite/vectors/vector-index.ts";
import { clusteredVectors, vectorIndexContract } from "../contracts/vector-index-contract.ts";

vectorIndexContract("all compared", (dimension) => createVectorIndex(dimension));
vectorIndexContract("few compared", (dimension) => createVectorIndex(dimension, { compared: 100 }));

test("of many, the signs lead to nearly all of the nearest", () => {
  const vectors = clusteredVectors(6_000, 96, 300);
  const [all, few] = [1e9, 100].map((compared) => {
    const index = createVectorIndex(96, { compared });
    vectors.forEach((vector, at) => index.add(at, vector));
    return index;
  });
  let right = 0;
  for (const query of vectors.slice(0, 60)) {
    const truth = new Set(all?.search(query, 5).map(({ passage }) => passage));
    right += few?.search(query, 5).filter(({ passage }) => truth.has(passage)).length ?? 0;
  }
  expect(right / 300).toBeGreaterThan(0.97);
});
