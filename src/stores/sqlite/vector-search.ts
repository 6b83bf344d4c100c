// The vector side of the store. A matrix in memory follows the vectors table; above a size where that is slow, a graph answers instead,
// loaded from its snapshot or built in small slices in the background. Until it is ready, and for narrow filters, search is exact.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { VectorHit } from "../knowledge.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Connection } from "./database.ts";
import type { ExactIndex } from "./exact-index.ts";
import { createExactIndex } from "./exact-index.ts";
import type { HnswIndex, HnswLibrary } from "./hnsw-index.ts";
import { createHnswIndex } from "./hnsw-index.ts";
import type { SnapshotPlace } from "./vector-snapshot.ts";
import { toVector } from "./writer.ts";

export interface VectorSearch {
  search(vector: Float32Array, catalogue: Catalogue, allowed: Uint8Array | null, k: number): Promise<VectorHit[]>;
  /** So many vectors were written: lets the graph follow in the background, so that `settle` has less to do. */
  follow(written: number): void;
  /** Brings graph and snapshot up to the truth, where the store is large enough to have them and the run of writes was worth it. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface VectorSearchOptions {
  connection: Connection;
  /** The state of the last commit. */
  current: () => Catalogue;
  snapshots: SnapshotPlace;
  embedder: string;
  library: () => Promise<HnswLibrary | null>;
  /** Up to this many vectors, comparing with each is as fast as the graph and exact. */
  exactUpTo: number;
  log: (message: string) => void;
}

/** Rows read at once: between two pages the event loop runs. */
const PAGE = 500;
/** The longest that adding to the graph holds the event loop, but for the one vector that is being added. */
const SLICE_MS = 8;
/** A command that asks once is over before a graph is worth it. */
const DELAY_MS = 700;
/** Below this share of allowed passages the graph walks through too many that are not. */
const NARROW = 0.1;
/** A snapshot may lag behind by so many changes, or this share: the next reader adds them in a second. */
const SNAPSHOT_LAG = 500;
const SNAPSHOT_LAG_SHARE = 0.02;
/** Whoever adds one document does not wait for a graph of all: so many vectors may be missing, or this many times what was written. */
const SETTLED_AT_ONCE = 1_000;
const SETTLED_SHARE = 3;
/** Share of removed vectors that asks for a new graph. */
const WORN = 0.25;

export function createVectorSearch(options: VectorSearchOptions): VectorSearch {
  const { connection, current, snapshots, embedder, exactUpTo, log } = options;
  let exact: ExactIndex | null = null;
  let state: Catalogue | null = null;
  let last = 0;
  let graph: HnswIndex | null = null;
  /** False while the graph lacks vectors that were there when it was begun. */
  let ready = false;
  let opening: Promise<void> | null = null;
  let library: HnswLibrary | null | undefined;
  let saving: Promise<void> | null = null;
  let changes = 0;
  let written = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let reading: Promise<unknown> = Promise.resolve();

  const forget = (): void => {
    exact = null;
    graph = null;
    ready = false;
    last = 0;
    changes = 0;
  };

  /** Reads into the matrix what was added since, takes out what went away. One reader at a time. */
  const catchUp = (dimension: number, catalogue: Catalogue): Promise<ExactIndex> => {
    const turn = reading.then(async () => {
      if (state !== null && state.store !== catalogue.store) forget();
      // asked for before the state that is here already
      if (
        exact !== null &&
        state?.store === catalogue.store &&
        state.generation >= catalogue.generation &&
        last >= newestOf(state)
      )
        return exact;
      if (exact !== null && state !== null && state.removals !== catalogue.removals) {
        await saving?.catch(() => undefined);
        for (const id of state.ids) {
          if (catalogue.placeOf(id) !== -1) continue;
          exact.remove(id);
          graph?.remove(id);
          changes += 1;
        }
      }
      const index = (exact ??= createExactIndex(dimension, roomFor(catalogue)));
      state = catalogue;
      const newest = newestOf(catalogue);
      const page = connection.sql(
        "SELECT passage, vector FROM vectors WHERE passage > ? AND passage <= ? ORDER BY passage LIMIT ?",
      );
      while (last < newest) {
        if (closed) break;
        const rows = page.all([last, newest, PAGE]);
        for (const [id, bytes] of rows) index.add(Number(id), toVector(bytes as Buffer));
        last = rows.length < PAGE ? newest : Number(rows.at(-1)?.[0]);
        await nextTurn();
      }
      return index;
    });
    reading = turn.catch(() => undefined);
    return turn;
  };

  const open = async (dimension: number, store: string): Promise<void> => {
    if (library === undefined) {
      library = await options.library();
      if (library === null) log("hnswlib-node is not installed: vectors are compared one by one, which is exact but slower");
    }
    if (library === null || graph !== null) return;
    const found = await snapshots.read(library, { store, embedder, dimension }, (reason) =>
      log(`The vector snapshot is made anew: ${reason}`),
    );
    if (closed || state?.store !== store) return;
    if (found !== null) for (const id of idsGone(found, state)) found.remove(id);
    changes = found?.removed ?? 0;
    graph = found ?? createHnswIndex(library, dimension, roomFor(state));
    ready = false;
  };

  /** Adds for one slice; true when the graph holds all that the matrix holds. */
  const slice = (): boolean => {
    if (graph === null || exact === null || state === null || saving !== null) return saving === null;
    if (graph.removed > graph.size * WORN && library) {
      graph = createHnswIndex(library, exact.dimension, roomFor(state));
      ready = false;
    }
    const until = performance.now() + SLICE_MS;
    let place = firstAfter(state.ids, graph.largestId);
    for (; place < state.count && performance.now() < until; place += 1) {
      const id = state.ids[place] as number;
      const vector = exact.vectorOf(id);
      if (vector === null) continue;
      graph.add(id, vector);
      changes += 1;
    }
    if (place < state.count) return false;
    ready = true;
    return true;
  };

  const ensureOpen = async (dimension: number, store: string): Promise<void> => {
    opening ??= open(dimension, store).finally(() => {
      opening = null;
    });
    await opening;
  };

  /** Goes on by itself, but never keeps the process alive. */
  const schedule = (delay: number): void => {
    if (timer !== null || closed || library === null) return;
    const tick = async (): Promise<void> => {
      const catalogue = current();
      const dimension = dimensionOf(connection);
      if (dimension === 0 || catalogue.count <= exactUpTo) return;
      await catchUp(dimension, catalogue);
      await ensureOpen(dimension, catalogue.store);
      if (closed || graph === null) return;
      if (!slice()) schedule(1);
    };
    timer = setTimeout(() => {
      timer = null;
      // trouble here is met again, and told, by the next search
      tick().catch(() => undefined);
    }, delay);
    timer.unref();
  };

  return {
    async search(vector, catalogue, allowed, k) {
      if (catalogue.count === 0) return [];
      const index = await catchUp(vector.length, catalogue);
      const among = allowed === null ? null : idsOf(catalogue, allowed);
      const few = among !== null && (among.length <= exactUpTo || among.length < catalogue.count * NARROW);
      if (catalogue.count > exactUpTo && (graph === null || graph.largestId < last)) schedule(ready ? 1 : DELAY_MS);
      if (few) return index.searchAmong(vector, k, among);
      if (catalogue.count <= exactUpTo || graph === null || !ready || saving !== null) {
        return among === null ? index.search(vector, k) : index.searchAmong(vector, k, among);
      }
      const pass = allowed === null ? undefined : (id: number): boolean => allowed[catalogue.placeOf(id)] === 1;
      const late = [...catalogue.ids.subarray(firstAfter(catalogue.ids, graph.largestId))].filter((id) => pass?.(id) ?? true);
      return [...graph.search(vector, k, pass), ...index.searchAmong(vector, k, late)]
        .sort((a, b) => b.cosine - a.cosine || a.passage - b.passage)
        .slice(0, k);
    },
    follow(count) {
      written += count;
      schedule(DELAY_MS);
    },
    async settle() {
      const catalogue = current();
      const worth = Math.max(SETTLED_AT_ONCE, written * SETTLED_SHARE);
      written = 0;
      const dimension = dimensionOf(connection);
      if (dimension === 0 || catalogue.count <= exactUpTo) return;
      await catchUp(dimension, catalogue);
      await ensureOpen(dimension, catalogue.store);
      if (graph !== null && catalogue.count - firstAfter(catalogue.ids, graph.largestId) > worth) return;
      while (!slice()) await nextTurn();
      const index = graph;
      if (index === null || changes <= Math.max(SNAPSHOT_LAG, catalogue.count * SNAPSHOT_LAG_SHARE)) return;
      saving = snapshots.write(index, { store: catalogue.store, embedder, dimension });
      try {
        await saving;
        changes = 0;
      } finally {
        saving = null;
      }
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled([reading, opening, saving]);
    },
  };
}

/** Some room to grow: copying a large index holds the event loop. */
function roomFor(catalogue: Catalogue): number {
  return Math.max(1024, Math.ceil(catalogue.count * 1.3));
}

function newestOf(catalogue: Catalogue): number {
  return catalogue.ids[catalogue.count - 1] ?? 0;
}

function dimensionOf(connection: Connection): number {
  return Number(connection.sql("SELECT value FROM meta WHERE key = 'dimension'").get()?.[0] ?? 0);
}

function idsGone(index: HnswIndex, catalogue: Catalogue): number[] {
  return index.ids().filter((id) => catalogue.placeOf(id) === -1);
}

function idsOf(catalogue: Catalogue, allowed: Uint8Array): number[] {
  const ids: number[] = [];
  for (let place = 0; place < catalogue.count; place += 1) if (allowed[place] === 1) ids.push(catalogue.ids[place] as number);
  return ids;
}

/** The position of the first id above `id`. */
function firstAfter(ids: Uint32Array, id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}
