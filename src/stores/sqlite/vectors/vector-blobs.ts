// VectorTable: blobs of 32-bit floats. A matrix in memory follows the table; above a size where comparing with each is slow, a graph answers instead,
// loaded from its snapshot or built in small slices in the background. Vectors that the graph lacks, and narrow filters, are compared exactly.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Catalogue, Passing } from "../../relational/passage-catalogue.ts";
import type { VectorTable } from "../../relational/relational-store.ts";
import type { Row, SqlDatabase } from "../../relational/sql-database.ts";
import { createExactIndex, type ExactIndex } from "./exact-index.ts";
import { createHnswIndex, readSnapshot, writeSnapshot, type HnswIndex, type HnswLibrary } from "./hnsw-index.ts";

export interface VectorBlobsOptions {
  database: SqlDatabase;
  /** Of the snapshot. */
  folder: string;
  library: () => Promise<HnswLibrary | null>;
  /** Up to this many vectors, comparing with each is as fast as the graph and exact. */
  exactUpTo: number;
  log: (message: string) => void;
}

/** What is in memory of one index. */
interface Held {
  state: Catalogue;
  exact: ExactIndex;
  /** The newest row of the vectors table that the matrix holds. */
  last: number;
  graph: HnswIndex | null;
  /** What the matrix holds and the graph lacks. */
  late: number[];
  /** Of the graph, since its snapshot. */
  changes: number;
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
  const { database, folder, exactUpTo, log } = options;
  let held: Held | null = null;
  let library: HnswLibrary | null | undefined;
  let reading: Promise<unknown> = Promise.resolve();
  let opening: Promise<void> | null = null;
  let saving: Promise<void> | null = null;
  let written = 0;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  /** Reads into the matrix what was added since, takes out what went away. One reader at a time. */
  const catchUp = (dimension: number, asked: Catalogue): Promise<Held> => {
    const turn = reading.then(async () => {
      if (held?.state.store !== asked.store) {
        const exact = createExactIndex(dimension, roomFor(asked.count));
        held = { state: asked, exact, last: 0, graph: null, late: [], changes: 0 };
      }
      const own = held;
      // it may have been asked for before the state that is here already
      const state = own.state.generation > asked.generation ? own.state : asked;
      if (own.state.removals !== state.removals) {
        await saving?.catch(() => undefined);
        for (const id of Array.from(own.exact.ids())) {
          if (state.placeOf(id) !== -1) continue;
          own.exact.remove(id);
          own.graph?.remove(id);
          own.changes += 1;
        }
      }
      own.state = state;
      const newest = state.ids[state.count - 1] ?? 0;
      const read = (): Promise<Row[]> =>
        database.all("SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?", [own.last, PAGE]);
      for (let page = await read(); page.length > 0; page = await read()) {
        for (const [seq, passage, bytes] of page) {
          const id = Number(passage);
          // a later state's: nobody knows yet who may see it
          if (id > newest) return own;
          own.exact.add(id, toVector(bytes));
          if (own.graph !== null) own.late.push(id);
          own.last = Number(seq);
        }
        if (page.length < PAGE || closed) break;
        await nextTurn();
      }
      return own;
    });
    reading = turn.catch(() => undefined);
    return turn;
  };

  const open = async (own: Held): Promise<void> => {
    if (library === undefined) {
      library = await options.library();
      if (library === null) log("hnswlib-node is not installed: vectors are compared one by one, which is exact but slower");
    }
    if (library === null || own.graph !== null) return;
    const problem = (reason: string): void => log(`The vector snapshot is made anew: ${reason}`);
    const found = await readSnapshot(library, folder, own.state, problem);
    for (const id of Array.from(found?.ids() ?? [])) if (own.exact.vectorOf(id) === null) found?.remove(id);
    own.changes = found?.removed ?? 0;
    begin(own, found ?? createHnswIndex(library, own.exact.dimension, roomFor(own.exact.size)));
  };

  const begin = (own: Held, graph: HnswIndex): void => {
    own.graph = graph;
    own.late = [...own.exact.ids()].filter((id) => !graph.ids().has(id));
  };

  /** The state of the last commit with a graph, where it is large enough for one and the library is there. */
  const opened = async (): Promise<Held | null> => {
    const now = await current();
    if (now.dimension === 0 || now.count <= exactUpTo) return null;
    const own = await catchUp(now.dimension, now);
    if (own.exact.size <= exactUpTo) return null;
    await (opening ??= open(own).finally(() => (opening = null)));
    return own.graph === null ? null : own;
  };

  /** Adds for one slice; true when the graph holds all that the matrix holds. */
  const slice = (own: Held): boolean => {
    if (own.graph !== null && library && own.graph.removed > own.graph.size * WORN)
      begin(own, createHnswIndex(library, own.exact.dimension, roomFor(own.exact.size)));
    if (saving !== null) return own.late.length === 0;
    const until = performance.now() + SLICE_MS;
    let at = 0;
    for (; at < own.late.length && performance.now() < until; at += 1) {
      const id = own.late[at] as number;
      const vector = own.exact.vectorOf(id);
      if (vector === null) continue;
      own.graph?.add(id, vector);
      own.changes += 1;
    }
    own.late.splice(0, at);
    return own.late.length === 0;
  };

  /** Goes on by itself, but never keeps the process alive. */
  const schedule = (delay: number): void => {
    if (timer !== null || closed || library === null) return;
    timer = setTimeout(() => {
      timer = null;
      opened()
        .then((own) => {
          if (!closed && own !== null && !slice(own)) schedule(1);
        })
        // trouble here is met again, and told, by the next search
        .catch(() => undefined);
    }, delay);
    timer.unref();
  };

  return {
    toValue: (vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength),
    toVector,
    cosine: "1 - vector_distance_cos(vector, ?)",
    async search(vector, catalogue, passing, k) {
      const { exact, graph, late } = await catchUp(vector.length, catalogue);
      const many = exact.size > exactUpTo;
      if (many && (graph === null || late.length > 0)) schedule(graph === null ? DELAY_MS : 1);
      const few = passing !== null && (passing.left <= exactUpTo || passing.left < catalogue.count * NARROW);
      if (!many || few || graph === null || saving !== null || late.length * 2 > exact.size)
        return exact.search(vector, k, passing === null ? undefined : idsOf(catalogue, passing));
      const pass = passing === null ? undefined : (id: number): boolean => passing.mask[catalogue.placeOf(id)] === 1;
      return [...graph.search(vector, k, pass), ...exact.search(vector, k, pass === undefined ? late : late.filter(pass))]
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
      const own = await opened();
      if (own === null || own.graph === null || own.late.length > worth) return;
      while (!slice(own)) await nextTurn();
      if (own.changes <= Math.max(SNAPSHOT_LAG, own.state.count * SNAPSHOT_LAG_SHARE)) return;
      saving = writeSnapshot(own.graph, folder, own.state).finally(() => (saving = null));
      await saving;
      own.changes = 0;
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled([reading, opening, saving]);
    },
  };
}

/** A copy: the bytes may not stand where a Float32Array may begin. */
function toVector(bytes: unknown): Float32Array {
  return new Float32Array(new Uint8Array(bytes as Buffer).buffer);
}

/** Some room to grow: copying a large index holds the event loop. */
function roomFor(count: number): number {
  return Math.max(1024, Math.ceil(count * 1.3));
}

function idsOf({ ids }: Catalogue, { mask }: Passing): Uint32Array {
  return ids.filter((_, place) => mask[place] === 1);
}
