// KnowledgeStore in a folder of files: knowledge.db is the truth (documents, passages, vectors, words), all else is made from it.
// Reads and writes have connections of their own, and any number of processes may read while one writes.
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { cosineOf } from "../../models/embedder.ts";
import type { IndexedSource, KnowledgeStore } from "../knowledge.ts";
import { copyGroups } from "../relational/copies.ts";
import {
  coverageOf,
  documentsOf,
  passagesById,
  passagesOf,
  pendingPassages,
  storedDocument,
  vectorCounts,
} from "../relational/documents.ts";
import { createCatalogue } from "./catalogue.ts";
import { openDatabase, readableFailure, statementsOn, type Connection } from "./database.ts";
import { inspect, mustBeSound, soundText } from "./inspect.ts";
import { REBUILD_HINT, checkEmbedder, dimensionOf, meta, prepareSchema, rebuildSchema } from "./schema.ts";
import { createTermReader } from "./terms.ts";
import { createTextSearch } from "./text-search.ts";
import { toVector } from "./vector-bytes.ts";
import { loadHnswLibrary, type HnswLibrary } from "./vectors/hnsw-index.ts";
import { createVectorSearch } from "./vectors/vector-search.ts";
import { createSnapshotPlace } from "./vectors/vector-snapshot.ts";
import { takeWriteLock } from "./write-lock.ts";
import { createWriter, sentenceKey } from "./writer.ts";

export interface KnowledgeStoreOptions {
  /** The folder of the index; made where it is missing. */
  folder: string;
  /** Identity of the embedder that the vectors come from. */
  embedder: string;
  /** Throw the index away first. */
  rebuild?: boolean | undefined;
  /** False: an index that is not there is a Failure `index_missing`, and nothing is made. */
  create?: boolean | undefined;
  /** How long a run of writes waits for another process's; 3 s by default. */
  lockWaitMs?: number | undefined;
  /** One line for the log when something is slower than it could be, or is made anew. */
  log?: ((message: string) => void) | undefined;
  /** Above this many vectors a graph searches them; for tests. */
  exactUpTo?: number | undefined;
  /** hnswlib-node, or null where it is not installed; for tests. */
  library?: (() => Promise<HnswLibrary | null>) | undefined;
}

/** Comparing with 10,000 vectors takes some 3 ms. */
const EXACT_UP_TO = 10_000;

/** Throws Failure `index_mismatch`, `index_broken`, `index_unwritable` or `disk_full`; `ingest_running` when a rebuild meets another run of writes. */
export async function openKnowledgeStore(options: KnowledgeStoreOptions): Promise<KnowledgeStore> {
  const { folder, embedder } = options;
  const file = path.join(folder, "knowledge.db");
  const lockFile = path.join(folder, "ingest.lock");
  const lockWaitMs = options.lockWaitMs ?? 3000;
  if (options.create === false && !existsSync(file)) throw indexMissing(folder);
  const repair = { code: "index_broken", hint: REBUILD_HINT };

  const guarded = async <T>(work: () => Promise<T> | T): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw readableFailure(error, file, repair);
    }
  };

  const connection = await guarded(async () => {
    if (options.rebuild === true) {
      const lock = await takeWriteLock(lockFile, lockWaitMs);
      try {
        return rebuilt(file, embedder);
      } finally {
        lock.release();
      }
    }
    return opened(file, embedder);
  });

  const terms = createTermReader();
  const writer = createWriter(file, lockFile, lockWaitMs);
  const catalogue = createCatalogue(connection, () => checkEmbedder(connection, embedder));
  const text = createTextSearch(connection, terms);
  const vectors = createVectorSearch({
    connection,
    current: () => catalogue.current(),
    snapshots: createSnapshotPlace(folder),
    embedder,
    library: options.library ?? loadHnswLibrary,
    exactUpTo: options.exactUpTo ?? EXACT_UP_TO,
    log: options.log ?? (() => undefined),
  });

  const tables = statementsOn(connection);

  return {
    sources: () =>
      guarded(() => {
        mustBeSound(connection, file, "documents");
        const rows = connection
          .sql("SELECT CAST(source AS BLOB), CAST(id AS BLOB), CAST(fingerprint AS BLOB) FROM documents")
          .all();
        return new Map(
          rows.map((row): [string, IndexedSource] => {
            const [source = "", documentId = "", fingerprint = ""] = row.map((value) => soundText(value, file));
            return [source, { documentId, fingerprint }];
          }),
        );
      }),
    begin: () => guarded(() => writer.begin()),
    put: (article, passages, found = []) =>
      guarded(async () => {
        await writer.put(article, passages, found);
        vectors.follow(found.length);
      }),
    remove: (ids) => guarded(() => writer.remove(ids)),
    vectors: () => guarded(() => vectorCounts(tables)),
    pendingPassages: (limit) => guarded(() => pendingPassages(tables, limit)),
    putVectors: (ids, found) =>
      guarded(async () => {
        await writer.putVectors(ids, found);
        vectors.follow(found.length);
      }),
    holdVectors: () =>
      guarded(async () => {
        try {
          const lock = await takeWriteLock(path.join(folder, "vectors.lock"), 0);
          return {
            async release() {
              await vectors.settle().finally(() => lock.release());
            },
          };
        } catch (error) {
          if (error instanceof Failure && error.code === "ingest_running") return null;
          throw error;
        }
      }),
    sentenceVectors: (sentences) =>
      guarded(() => {
        const statement = connection.sql("SELECT vector FROM sentence_vectors WHERE passage = ? AND sentence = ?");
        return sentences.map(({ passage, text }) => {
          const bytes = statement.get([passage, sentenceKey(text)])?.[0];
          return Buffer.isBuffer(bytes) ? toVector(bytes) : null;
        });
      }),
    // a memory, not a truth: where it cannot be written, it is made again
    keepSentenceVectors: (sentences, found) => writer.keepSentenceVectors(sentences, found).catch(() => undefined),
    documents: (filter = {}) =>
      guarded(() => catalogue.kept(`documents ${JSON.stringify(filter)}`, () => documentsOf(tables, filter))),
    document: (id, scopes = []) => guarded(() => storedDocument(tables, id, scopes)),
    passages: (ids) => guarded(() => passagesById(tables, ids)),
    passagesOf: (documentId) => guarded(() => passagesOf(tables, documentId)),
    searchText: (query, filter, k) => guarded(() => text.search(query, catalogue.current(), catalogue.allowed(filter), k)),
    searchVectors: (vector, filter, k) =>
      guarded(() => {
        const allowed = catalogue.allowed(filter);
        return vectors.search(vector, catalogue.current(), allowed, k);
      }),
    cosines: (vector, ids) =>
      guarded(() => {
        const statement = connection.sql("SELECT vector FROM vectors WHERE passage = ?");
        return ids.map((id) => {
          const bytes = statement.get([id])?.[0];
          return Buffer.isBuffer(bytes) ? cosineOf(vector, toVector(bytes)) : null;
        });
      }),
    leadVectors: (documentId, limit) =>
      guarded(() =>
        connection
          .sql(
            `SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.doc = (SELECT doc FROM documents WHERE id = ?)
             ORDER BY p.id LIMIT ?`,
          )
          .all([documentId, limit])
          .flatMap(([bytes]) => (Buffer.isBuffer(bytes) ? [toVector(bytes)] : [])),
      ),
    vocabulary: (prefix) => guarded(() => text.vocabulary(prefix)),
    generation: () => guarded(() => Number(meta(connection, "generation"))),
    frequencies: (words) =>
      guarded(() => {
        const now = catalogue.current();
        return { passages: now.count, holding: text.holding(words, now) };
      }),
    copies: (filter = {}) => guarded(() => copyGroups(tables, filter)),
    coverage: (filter = {}) =>
      guarded(async () => {
        const found = await catalogue.kept(`coverage ${JSON.stringify(filter)}`, () => coverageOf(tables, filter));
        return { ...found, publishers: [...found.publishers] };
      }),
    manifest: () =>
      guarded(() => {
        const dimension = dimensionOf(connection);
        const schema = Number(connection.sql("PRAGMA user_version").get()?.[0]);
        const empty = connection.sql("SELECT 1 FROM documents LIMIT 1").get() === undefined;
        return empty ? null : { schema, embedder: meta(connection, "embedder") ?? "", dimension };
      }),
    inspect: (budgetMs) => guarded(() => inspect(connection, file, budgetMs)),
    flush: () =>
      guarded(async () => {
        try {
          await vectors.settle();
        } finally {
          await writer.end();
        }
      }),
    close: () =>
      guarded(async () => {
        await vectors.close();
        writer.close();
        terms.close();
        connection.close();
      }),
  };
}

/** For whoever asks before anything was read. */
export function indexMissing(folder: string): Failure {
  return new Failure(
    "index_missing",
    `There is no index in ${folder}.`,
    "Make it with npm run --silent briefing -- ingest, or name another folder with --index.",
  );
}

function opened(file: string, embedder: string): Connection {
  const connection = openDatabase(file);
  try {
    prepareSchema(connection, file, embedder);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** In place where the file is sound, so that readers follow; otherwise a new file. */
function rebuilt(file: string, embedder: string): Connection {
  let connection: Connection | null = null;
  try {
    connection = openDatabase(file);
    rebuildSchema(connection, embedder);
    return connection;
  } catch {
    connection?.close();
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
    return opened(file, embedder);
  }
}
