// A graph of vectors walked by hnswlib (native, optional), and its snapshot on disk: vectors.hnsw, and vectors.json that says what it is, written
// last. Approximate: EF is set by a recall test on real embeddings. A snapshot that is not whole, not of this store or not of this model is as
// good as none: it is never an error.
import { createReadStream, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";
import type { HierarchicalNSW } from "hnswlib-node";
import type { VectorHit } from "../../knowledge.ts";

export interface HnswLibrary {
  HierarchicalNSW: new (space: "ip", dimension: number) => HierarchicalNSW;
}

export type HnswIndex = ReturnType<typeof indexOver>;

/** What a snapshot must be of to be used. */
export interface SnapshotOf {
  /** Random name of the database: ids begin anew in a rebuilt one. */
  store: string;
  embedder: string;
  dimension: number;
}

/** A graph, and the newest row of the vectors table that is in it or went away. */
export interface Graph {
  index: HnswIndex;
  last: number;
}

/** Neighbours of a node, and how many candidates building and searching keep. */
const M = 16;
const EF_CONSTRUCTION = 200;
/** Recall@10 against exact search over 50,000 sentences of news, papers and encyclopaedia: see tests/benchmarks. */
const EF = 200;
const CHUNK = 1 << 20;

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
  return indexOver(graph);
}

/** Null where there is none to use: absent, cut short, or of another index. */
export async function readSnapshot(library: HnswLibrary, folder: string, of: SnapshotOf): Promise<Graph | null> {
  const { file, about } = placesIn(folder);
  try {
    const found = JSON.parse(readFileSync(about, "utf8")) as SnapshotOf & { last: number; crc32: number };
    if (found.store !== of.store || found.embedder !== of.embedder || found.dimension !== of.dimension) return null;
    // the library trusts the links in the file
    if (!(found.last > 0) || (await checksum(file)) !== found.crc32) return null;
    const graph = new library.HierarchicalNSW("ip", of.dimension);
    await graph.readIndex(file);
    return { index: indexOver(graph), last: found.last };
  } catch {
    return null;
  }
}

export async function writeSnapshot({ index, last }: Graph, folder: string, of: SnapshotOf): Promise<void> {
  const { store, embedder, dimension } = of;
  const { file, about } = placesIn(folder);
  const [fresh, freshAbout] = [`${file}.${process.pid}.tmp`, `${about}.${process.pid}.tmp`];
  try {
    await index.save(fresh);
    const facts = { store, embedder, dimension, last, crc32: await checksum(fresh) };
    renameSync(fresh, file);
    writeFileSync(freshAbout, `${JSON.stringify(facts)}\n`);
    renameSync(freshAbout, about);
  } finally {
    for (const left of [fresh, freshAbout]) rmSync(left, { force: true });
  }
}

const placesIn = (folder: string): { file: string; about: string } => ({
  file: path.join(folder, "vectors.hnsw"),
  about: path.join(folder, "vectors.json"),
});

/** In chunks: the event loop runs between them. */
async function checksum(file: string): Promise<number> {
  let sum = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) sum = crc32(chunk as Buffer, sum);
  return sum;
}

function indexOver(graph: HierarchicalNSW) {
  const held = new Set(graph.getIdsList());
  let removed = 0;
  return {
    get size(): number {
      return held.size;
    },
    /** Removed ids still weigh on the graph; a large share asks for a new one. */
    get removed(): number {
      return removed;
    },
    ids: (): ReadonlySet<number> => held,
    /** Takes the place of an earlier vector of that id. The vector has unit length. */
    add(id: number, vector: Float32Array): void {
      if (graph.getCurrentCount() >= graph.getMaxElements()) graph.resizeIndex(Math.ceil(graph.getMaxElements() * 1.5));
      graph.addPoint(Array.from(vector), id);
      held.add(id);
    },
    /** Unknown ids are passed over. */
    remove(id: number): void {
      if (!held.delete(id)) return;
      removed += 1;
      try {
        graph.markDelete(id);
      } catch {
        // marked before the snapshot was taken
      }
    },
    /** The k nearest, nearest first; only ids that `allow` lets through. */
    search(vector: Float32Array, k: number, allow?: (id: number) => boolean): VectorHit[] {
      const wanted = Math.min(k, held.size);
      if (wanted <= 0) return [];
      graph.setEf(Math.max(EF, wanted * 2));
      const { neighbors, distances } = graph.searchKnn(Array.from(vector), wanted, allow);
      return neighbors
        .map((passage, at) => ({ passage, cosine: 1 - (distances[at] ?? 1) }))
        .sort((a, b) => b.cosine - a.cosine || a.passage - b.passage);
    },
    /** Written in another thread: nothing may be added until it is done. */
    save: (file: string): Promise<unknown> => graph.writeIndex(file),
  };
}
