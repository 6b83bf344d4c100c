// VectorTable: blobs of 32-bit floats. The database compares each with the question; above a size where that is slow, a graph answers instead,
// loaded from its snapshot or built in small slices in the background. Vectors that the graph lacks, and narrow filters, are compared one by one.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { VectorHit } from "../../knowledge.ts";
import type { Catalogue, Passing } from "../../relational/passage-catalogue.ts";
import type { VectorTable } from "../../relational/relational-store.ts";
import { NUMBERS, type SqlDatabase, type Value } from "../../relational/sql-database.ts";
import { createHnswIndex, type Graph, readSnapshot, writeSnapshot, type HnswLibrary } from "./hnsw-index.ts";

export interface VectorBlobsOptions {
  database: SqlDatabase;
  folder: string;
  library: () => Promise<HnswLibrary | null>;
  /** Up to this many vectors, comparing with each is as fast as the graph and exact. */
  exactUpTo: number;
}

interface Held extends Graph {
  /** Of the index, when the graph was last brought up to it. */
  state: Catalogue;
  changes: number;
}

const PAGE = 64;
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
  const { database, folder, exactUpTo } = options;
  let held: Held | null = null;
  let library: HnswLibrary | null | undefined;
  let opening: Promise<Held | null> | null = null;
  let saving: Promise<void> | null = null;
  let written = 0;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  let closed = false;

  async function oneByOne(
    vector: Float32Array,
    now: Catalogue,
    passing: Passing | null,
    k: number,
    after = 0,
  ): Promise<VectorHit[]> {
    const among = passing === null ? "" : `AND passage IN ${NUMBERS}`;
    const allowed = passing === null ? [] : [JSON.stringify([...now.ids].filter((_, place) => passing.mask[place] === 1))];
    const rows = await database.all(
      `SELECT passage, ${COSINE} AS cosine FROM vectors WHERE seq > ? AND passage <= ? ${among} ORDER BY cosine DESC, passage LIMIT ?`,
      [toValue(vector), after, newestOf(now), ...allowed, k],
    );
    return rows.map(([passage, cosine]) => ({ passage: Number(passage), cosine: Number(cosine) }));
  }

  /** The graph of this index as it is in memory; what went away since is taken out of it. */
  function graphOf(now: Catalogue): Held | null {
    if (held === null || held.state.store !== now.store || saving !== null) return null;
    if (held.state.generation >= now.generation) return held;
    const own = held;
    if (own.state.removals !== now.removals) removeGone(own, now);
    own.state = now;
    return own;
  }

  function removeGone(own: Held, now: Catalogue): void {
    for (const id of Array.from(own.index.ids())) {
      if (id > newestOf(now) || now.placeOf(id) !== -1) continue;
      own.index.remove(id);
      own.changes += 1;
    }
  }

  async function open(now: Catalogue): Promise<Held | null> {
    library ??= await options.library();
    if (library === null) return null;
    const found = await readSnapshot(library, folder, now);
    const own: Held = { ...(found ?? empty(library, now)), state: now, changes: 0 };
    removeGone(own, now);
    return (held = own);
  }

  /** The state of the last commit with its graph, where it is large enough for one and the library is there. */
  async function opened(): Promise<Held | null> {
    const now = await current();
    if (now.dimension === 0 || now.count <= exactUpTo) return null;
    await saving?.catch(() => undefined);
    return graphOf(now) ?? (opening ??= open(now).finally(() => (opening = null)));
  }

  /** Adds for one slice; true when the graph holds all that the table holds. */
  async function slice(own: Held): Promise<boolean> {
    if (library && own.index.removed > own.index.size * WORN) Object.assign(own, empty(library, own.state));
    const sql = "SELECT seq, passage, vector FROM vectors WHERE seq > ? ORDER BY seq LIMIT ?";
    const rows = await database.all(sql, [own.last, PAGE]);
    const until = performance.now() + SLICE_MS;
    for (const [seq, passage, bytes] of rows) {
      if (saving !== null || performance.now() > until) return false;
      // whoever else was at it may have been quicker
      if (Number(seq) <= own.last) continue;
      own.index.add(Number(passage), toVector(bytes));
      own.last = Number(seq);
      own.changes += 1;
    }
    return rows.length < PAGE;
  }

  /** Goes on by itself, but never keeps the process alive. */
  function schedule(delay: number): void {
    if (timer !== null || closed || library === null) return;
    timer = setTimeout(() => {
      working = opened()
        .then(async (own) => own === null || closed || (await slice(own)))
        // trouble here is met again, and told, by the next search
        .catch(() => true)
        .then((done) => {
          timer = null;
          if (!done) schedule(1);
        });
    }, delay);
    timer.unref();
  }

  return {
    toValue,
    toVector,
    cosine: COSINE,
    async search(vector, now, passing, k) {
      const few = passing !== null && (passing.left <= exactUpTo || passing.left < now.count * NARROW);
      const graph = now.count <= exactUpTo ? null : graphOf(now);
      if (now.count > exactUpTo) schedule(graph === null ? DELAY_MS : 1);
      if (few || graph === null || graph.index.size * 2 < now.count) return oneByOne(vector, now, passing, k);
      const pass = passing === null ? undefined : (id: number): boolean => passing.mask[now.placeOf(id)] === 1;
      // it may hold passages of a later state
      const near = graph.index.search(vector, k, pass).filter(({ passage }) => now.placeOf(passage) !== -1);
      return [...near, ...(await oneByOne(vector, now, passing, k, graph.last))]
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
      if (own === null) return;
      const [[late] = []] = await database.all("SELECT count(*) FROM vectors WHERE seq > ?", [own.last]);
      if (Number(late) > worth) return;
      while (!(await slice(own))) await nextTurn();
      if (own.changes <= Math.max(SNAPSHOT_LAG, own.state.count * SNAPSHOT_LAG_SHARE)) return;
      saving = writeSnapshot(own, folder, own.state).finally(() => (saving = null));
      await saving;
      own.changes = 0;
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.allSettled([opening, saving, working]);
    },
  };
}

/** Passages beyond are of a later state: nobody knows yet who may see them. */
const newestOf = ({ ids, count }: Catalogue): number => ids[count - 1] ?? 0;

const COSINE = "1 - vector_distance_cos(vector, ?)";

const toValue = (vector: Float32Array): Value => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

/** A copy: the bytes may not stand where a Float32Array may begin. */
const toVector = (bytes: unknown): Float32Array => new Float32Array(new Uint8Array(bytes as Buffer).buffer);

/** With some room to grow: copying a large graph holds the event loop. */
const empty = (library: HnswLibrary, { dimension, count }: Catalogue): Graph => ({
  index: createHnswIndex(library, dimension, Math.max(1024, Math.ceil(count * 1.3))),
  last: 0,
});
