// KnowledgeStore in a folder of files: knowledge.db is the truth (documents, passages, vectors, words), all else is made from it.
// Reads and writes have connections of their own, and any number of processes may read while one writes.
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { REBUILD_HINT } from "../relational/knowledge-tables.ts";
import { openRelationalStore, type RelationalOptions, type RelationalStore } from "../relational/relational-store.ts";
import type { StoreDatabase } from "../relational/sql-database.ts";
import { asSqlDatabase, openDatabase, readableFailure, type Connection } from "./database.ts";
import { createFtsWords } from "./fts-words.ts";
import { inspect, mustHaveSoundSources } from "./inspect.ts";
import { EMPTY, prepareSchema, SCHEMA_VERSION } from "./schema.ts";
import { loadHnswLibrary, type HnswLibrary } from "./vectors/hnsw-index.ts";
import { createVectorBlobs } from "./vectors/vector-blobs.ts";
import { takeWriteLock } from "./write-lock.ts";

export interface KnowledgeStoreOptions extends RelationalOptions {
  folder: string;
  rebuild?: boolean | undefined;
  /** False: an index that is not there is a Failure `index_missing`, and nothing is made. */
  create?: boolean | undefined;
  /** Above this many vectors a graph searches them; for tests. */
  exactUpTo?: number | undefined;
  /** hnswlib-node, or null where it is not installed; for tests. */
  library?: (() => Promise<HnswLibrary | null>) | undefined;
}

/** Comparing with 10,000 vectors takes some 15 ms. */
const EXACT_UP_TO = 10_000;
/** Another process's transaction is waited for without holding the event loop. */
const BUSY_MS = 30;

/** Throws Failure `index_mismatch`, `index_broken`, `index_unwritable` or `disk_full`; `ingest_running` when a rebuild meets another run of writes. */
export async function openKnowledgeStore(options: KnowledgeStoreOptions): Promise<RelationalStore> {
  const { folder, lockWaitMs = 3000, exactUpTo = EXACT_UP_TO, library = loadHnswLibrary } = options;
  const file = path.join(folder, "knowledge.db");
  if (options.create === false && !existsSync(file)) throw indexMissing(folder);
  const readable = (error: unknown): unknown => readableFailure(error, file, { code: "index_broken", hint: REBUILD_HINT });
  const guarded = async <T>(work: () => Promise<T> | T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw readable(error);
    }
  };
  const lock: StoreDatabase["lock"] = (name, waitMs) => guarded(() => takeWriteLock(path.join(folder, `${name}.lock`), waitMs));

  const held = options.rebuild === true ? await lock("ingest", lockWaitMs) : null;
  const reading = await guarded(async () => {
    try {
      return held === null ? opened(file) : rebuilt(file);
    } finally {
      await held?.release();
    }
  });
  const writing = await guarded(() => openDatabase(file, { busyMs: BUSY_MS }));
  const database: StoreDatabase = {
    ...asSqlDatabase(writing, readable),
    all: asSqlDatabase(reading, readable).all,
    lock,
    async close() {
      writing.close();
      reading.close();
    },
  };
  const store = await openRelationalStore(
    {
      database,
      schema: SCHEMA_VERSION,
      words: createFtsWords(database),
      vectors: (current) => createVectorBlobs({ database, folder, library, exactUpTo }, current),
      inspect: (budgetMs) => guarded(() => inspect(reading, file, budgetMs)),
    },
    options,
  ).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return {
    ...store,
    async sources() {
      await guarded(() => mustHaveSoundSources(reading, file));
      return store.sources();
    },
  };
}

export function indexMissing(folder: string): Failure {
  return new Failure(
    "index_missing",
    `There is no index in ${folder}.`,
    "Make it with npm run --silent briefing -- ingest, or name another folder with --index.",
  );
}

function opened(file: string): Connection {
  const connection = openDatabase(file);
  try {
    prepareSchema(connection, file);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** In place where the file is sound, so that readers follow; otherwise a new file. */
function rebuilt(file: string): Connection {
  let connection: Connection | null = null;
  try {
    const sound = (connection = opened(file));
    sound.transaction(() => EMPTY.forEach((statement) => sound.run(statement)));
    return sound;
  } catch {
    connection?.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    return opened(file);
  }
}
