// VectorTable: blobs of 32-bit floats. A matrix in memory follows the table; above a size where comparing with each is slow, a graph answers instead,
// loaded from its snapshot or built in small slices in the background. Vectors that the graph lacks, and narrow filters, are compared exactly.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Catalogue, Passing } from "../../relational/passage-catalogue.ts";
import type { VectorTable } from "../../relational/relational-store.ts";
import type { Row, SqlDatabase } from "../../relational/sql-database.ts";
import { toBytes, toVector } from "../../relational/vector-bytes.ts";
import { createExactIndex, type ExactIndex } from "./exact-index.ts";
import { createHnswIndex, type HnswIndex, type HnswLibrary } from "./hnsw-index.ts";
import type { SnapshotPlace } from "./vector-snapshot.ts";

export interface VectorBlobsOptions {
  database: SqlDatabase;
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

/** `current` gives the state of the last commit. */
export function createVectorBlobs(options: VectorBlobsOptions, current: () => Promise<Catalogue>): VectorTable {
  const { database, snapshots, embedder, exactUpTo, log } = options;
  let exact: ExactIndex | null = null;
  let state: Catalogue | null = null;
  /** The newest row of the vectors table that the matrix holds. */
  let last = 0;
  let graph: HnswIndex | null = null;
  /** What the matrix holds and the graph lacks. */
  let late: number[] = [];
  let opening: Promise<void> | null = null;
  let library: HnswLibrary | null | undefined;
  let saving: Promise<void> | null = null;
  let [changes, written] = [0, 0];
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let reading: Promise<unknown> = Promise.resolve();

  /** Reads into the matrix what was added since, takes out what went away. One reader at a time. */
  const catchUp = (dimension: number, asked: Catalogue): Promise<ExactIndex> => {
    const turn = reading.then(async () => {
      if (state?.store !== asked.store) [exact, graph, late, last, changes, state] = [null, null, [], 0, 0, null];
      // asked for before the state that is here already
      const catalogue = state !== null && state.generation > asked.generation ? state : asked;
      const index = (exact ??= createExactIndex(dimension, roomFor(catalogue.count)));
      if (state !== null && state.removals !== catalogue.removals) {
        await saving?.catch(() => undefined);
        for (const id of Array.from(index.ids())) {
          if (catalogue.placeOf(id) !== -1) continue;
          index.remove(id);
          graph?.remove(id);
          changes += 1;
        }
      }
      state = catalogue;
      const newest = catalogue.ids[catalogue.count - 1] ?? 0;
      const read = (): Promise<Row[]> =>
        database.all("SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?", [last, PAGE]);
      for (let page = await read(); page.length > 0; page = await read()) {
        for (const [seq, passage, bytes] of page) {
          const id = Number(passage);
          // a later state's: nobody knows yet who may see it
          if (id > newest) return index;
          index.add(id, toVector(bytes as Buffer));
          if (graph !== null) late.push(id);
          last = Number(seq);
        }
        if (page.length < PAGE || closed) break;
        await nextTurn();
      }
      return index;
    });
    reading = turn.catch(() => undefined);
    return turn;
  };

  const open = async ({ store, dimension }: Catalogue): Promise<void> => {
    if (library === undefined) {
      library = await options.library();
      if (library === null) log("hnswlib-node is not installed: vectors are compared one by one, which is exact but slower");
    }
    if (library === null || graph !== null) return;
    const found = await snapshots.read(library, { store, embedder, dimension }, (reason) =>
      log(`The vector snapshot is made anew: ${reason}`),
    );
    if (closed || exact === null || state?.store !== store) return;
    const held = exact;
    if (found !== null) for (const id of Array.from(found.ids())) if (held.vectorOf(id) === null) found.remove(id);
    changes = found?.removed ?? 0;
    begin(found ?? createHnswIndex(library, dimension, roomFor(held.size)), held);
  };

  const begin = (fresh: HnswIndex, held: ExactIndex): void => {
    graph = fresh;
    late = [...held.ids()].filter((id) => !fresh.has(id));
  };

  /** The state of the last commit, where it is large enough for a graph: then matrix and, where it can be had, graph are there. */
  const opened = async (): Promise<Catalogue | null> => {
    const catalogue = await current();
    if (catalogue.dimension === 0 || catalogue.count <= exactUpTo) return null;
    if ((await catchUp(catalogue.dimension, catalogue)).size <= exactUpTo) return null;
    await (opening ??= open(catalogue).finally(() => (opening = null)));
    return graph === null ? null : catalogue;
  };

  /** Adds for one slice; true when the graph holds all that the matrix holds. */
  const slice = (): boolean => {
    if (graph === null || exact === null || saving !== null) return saving === null;
    if (graph.removed > graph.size * WORN && library)
      begin(createHnswIndex(library, exact.dimension, roomFor(exact.size)), exact);
    const until = performance.now() + SLICE_MS;
    let at = 0;
    for (; at < late.length && performance.now() < until; at += 1) {
      const id = late[at] as number;
      const vector = exact.vectorOf(id);
      if (vector === null) continue;
      graph.add(id, vector);
      changes += 1;
    }
    late.splice(0, at);
    return late.length === 0;
  };

  /** Goes on by itself, but never keeps the process alive. */
  const schedule = (delay: number): void => {
    if (timer !== null || closed || library === null) return;
    timer = setTimeout(() => {
      timer = null;
      opened()
        .then((catalogue) => {
          if (!closed && catalogue !== null && !slice()) schedule(1);
        })
        // trouble here is met again, and told, by the next search
        .catch(() => undefined);
    }, delay);
    timer.unref();
  };

  return {
    toValue: toBytes,
    toVector: (value) => (Buffer.isBuffer(value) ? toVector(value) : new Float32Array()),
    cosine: "1 - vector_distance_cos(vector, ?)",
    async search(vector, catalogue, passing, k) {
      const index = await catchUp(vector.length, catalogue);
      const among = passing === null ? null : idsOf(catalogue, passing);
      const many = index.size > exactUpTo;
      if (many && (graph === null || late.length > 0)) schedule(graph === null ? DELAY_MS : 1);
      const few = among !== null && (among.length <= exactUpTo || among.length < catalogue.count * NARROW);
      if (!many || few || graph === null || saving !== null || late.length * 2 > index.size)
        return among === null ? index.search(vector, k) : index.searchAmong(vector, k, among);
      const pass = passing === null ? undefined : (id: number): boolean => passing.mask[catalogue.placeOf(id)] === 1;
      const lacking = pass === undefined ? late : late.filter(pass);
      return [...graph.search(vector, k, pass), ...index.searchAmong(vector, k, lacking)]
        .sort((a, b) => b.cosine - a.cosine || a.passage - b.passage)
        .slice(0, k);
    },
    follow(count) {
      written += count;
      schedule(DELAY_MS);
    },
    /** Where the run of writes was worth it. */
    async settle() {
      const worth = Math.max(SETTLED_AT_ONCE, written * SETTLED_SHARE);
      written = 0;
      const catalogue = await opened();
      if (catalogue === null || graph === null || late.length > worth) return;
      while (!slice()) await nextTurn();
      if (changes <= Math.max(SNAPSHOT_LAG, catalogue.count * SNAPSHOT_LAG_SHARE)) return;
      const { store, dimension } = catalogue;
      saving = snapshots.write(graph, { store, embedder, dimension });
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
function roomFor(count: number): number {
  return Math.max(1024, Math.ceil(count * 1.3));
}

function idsOf(catalogue: Catalogue, { mask }: Passing): number[] {
  const ids: number[] = [];
  for (let place = 0; place < catalogue.count; place += 1) if (mask[place] === 1) ids.push(catalogue.ids[place] as number);
  return ids;
}
