// Port inside the store: finding the nearest of many vectors. exact-index compares with each; hnsw-index walks a graph.
import type { VectorHit } from "../knowledge.ts";

export interface VectorIndex {
  readonly size: number;
  /** Takes the place of an earlier vector of that id. The vector has unit length. */
  add(id: number, vector: Float32Array): void;
  /** Unknown ids are passed over. */
  remove(id: number): void;
  /** The k nearest, nearest first; only ids that `allow` lets through. */
  search(vector: Float32Array, k: number, allow?: (id: number) => boolean): VectorHit[];
}
