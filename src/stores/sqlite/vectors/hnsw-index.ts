// VectorIndex: a graph walked by hnswlib (native, optional). Approximate: EF is set by a recall test on real embeddings. It keeps vectors
// under their ids and nothing else; which model they are of and whether they are the current ones is the snapshot's and the store's matter.
import type { HierarchicalNSW } from "hnswlib-node";
import type { VectorIndex } from "./exact-index.ts";

/** What is used of hnswlib-node. */
export interface HnswLibrary {
  HierarchicalNSW: new (space: "ip", dimension: number) => HierarchicalNSW;
}

export interface HnswIndex extends VectorIndex {
  /** Removed ids still weigh on the graph; a large share asks for a new one. */
  readonly removed: number;
  has(id: number): boolean;
  /** Written in another thread: nothing may be added until it is done. */
  save(file: string): Promise<void>;
}

/** Neighbours of a node, and how many candidates building and searching keep. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Recall@10 against exact search over 50,000 sentences of news, papers and encyclopaedia: see tests/benchmarks. */
const EF = 200;

/** Null where the library was not installed or could not be compiled. */
export async function loadHnswLibrary(): Promise<HnswLibrary | null> {
  try {
    const { default: library } = await import("hnswlib-node");
    return library;
  } catch {
    return null;
  }
}

/** `capacity` vectors have room before the graph has to be copied. */
export function createHnswIndex(library: HnswLibrary, dimension: number, capacity = 1024): HnswIndex {
  const graph = new library.HierarchicalNSW("ip", dimension);
  graph.initIndex(capacity, M, EF_CONSTRUCTION, 100);
  return wrap(graph);
}

/** Reads a saved graph. Throws where the file cannot be one; its bytes must have been checked before, as the library trusts its links. */
export async function readHnswIndex(library: HnswLibrary, dimension: number, file: string): Promise<HnswIndex> {
  const graph = new library.HierarchicalNSW("ip", dimension);
  await graph.readIndex(file);
  return wrap(graph);
}

function wrap(graph: HierarchicalNSW): HnswIndex {
  graph.setEf(EF);
  const held = new Set(graph.getIdsList());
  let removed = 0;

  return {
    get size() {
      return held.size;
    },
    get removed() {
      return removed;
    },
    ids: () => held,
    has: (id) => held.has(id),
    add(id, vector) {
      if (graph.getCurrentCount() >= graph.getMaxElements()) graph.resizeIndex(Math.ceil(graph.getMaxElements() * 1.5));
      graph.addPoint(Array.from(vector), id);
      held.add(id);
    },
    remove(id) {
      if (!held.delete(id)) return;
      removed += 1;
      try {
        graph.markDelete(id);
      } catch {
        // marked before the snapshot was taken
      }
    },
    search(vector, k, allow) {
      const wanted = Math.min(k, held.size);
      if (wanted <= 0) return [];
      graph.setEf(Math.max(EF, wanted * 2));
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), wanted, allow);
      return neighbors
        .map((passage, at) => ({ passage, cosine: 1 - (distances[at] ?? 1) }))
        .sort((a, b) => b.cosine - a.cosine || a.passage - b.passage);
    },
    async save(file) {
      await graph.writeIndex(file);
    },
  };
}
