// Both stores in one PostgreSQL database, for any number of processes. What of its passages a process keeps in memory follows the database by its
// generation, which each search asks for: a change is seen by all at once.
import { Failure } from "../../failure.ts";
import type { KnowledgeStore } from "../knowledge.ts";
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
import { createStateTables } from "../relational/state-tables.ts";
import type { StateStore } from "../state.ts";
import { migrate, POSTGRES_SCHEMA } from "./migrations.ts";
import { openPostgres, type PostgresDatabase, type PostgresOptions } from "./postgres-database.ts";
import { asText, createPostgresSearch } from "./postgres-search.ts";
import { createPostgresWriter } from "./postgres-writer.ts";

/** The database itself in place of its address: whoever opened it closes it with the store. */
type Place = PostgresOptions | { database: PostgresDatabase };

const openedAt = (place: Place): PostgresDatabase => ("database" in place ? place.database : openPostgres(place));

export type PostgresKnowledgeOptions = Place & {
  /** Identity of the embedder that the vectors come from. */
  embedder: string;
  /** Throw the index away first. */
  rebuild?: boolean | undefined;
  /** False: an index that is not there is a Failure `index_missing`, and nothing is made. */
  create?: boolean | undefined;
  /** How long a run of writes waits for another process's; 3 s by default. */
  lockWaitMs?: number | undefined;
  /** Up to so many vectors are compared one by one; for tests. */
  exactUpTo?: number | undefined;
};

/** Comparing with 10,000 vectors takes some 10 ms. */
const EXACT_UP_TO = 10_000;
const REBUILD_HINT = "Rebuild the index: npm run --silent briefing -- ingest --rebuild";

/** Throws Failure `index_mismatch`, `index_missing`, `index_unreachable`, `database_…`, `pgvector_missing`; `ingest_running` when a rebuild meets another run. */
export async function openPostgresKnowledge(options: PostgresKnowledgeOptions): Promise<KnowledgeStore> {
  const { embedder, lockWaitMs = 3000, exactUpTo = EXACT_UP_TO } = options;
  const database = openedAt(options);
  const writer = createPostgresWriter(database, { lockWaitMs, graphFrom: exactUpTo });
  try {
    await migrate(database, options.create !== false);
    if (options.rebuild === true) await writer.empty(embedder);
    await checkEmbedder(database, embedder);
  } catch (error) {
    await writer.close();
    await database.close();
    throw error;
  }
  const search = createPostgresSearch(database, { onChange: () => checkEmbedder(database, embedder), exactUpTo });

  return {
    ...writer,
    ...search,
    async sources() {
      const rows = await database.all("SELECT source, id, fingerprint FROM documents");
      return new Map(
        rows.map(([source, id, fingerprint]) => [String(source), { documentId: String(id), fingerprint: String(fingerprint) }]),
      );
    },
    vectors: () => vectorCounts(database),
    pendingPassages: (limit) => pendingPassages(database, limit),
    documents: (filter = {}) => search.kept(`documents ${JSON.stringify(filter)}`, () => documentsOf(database, filter)),
    document: (id, scopes = []) => storedDocument(database, id, scopes),
    passages: (ids) => passagesById(database, ids),
    passagesOf: (documentId) => passagesOf(database, documentId),
    async cosines(vector, ids) {
      const rows = await database.all("SELECT passage, -(vector <#> ?::vector) FROM vectors WHERE passage = ANY(?)", [
        asText(vector),
        [...ids],
      ]);
      const cosines = new Map(rows.map(([passage, cosine]) => [Number(passage), Number(cosine)]));
      return ids.map((id) => cosines.get(id) ?? null);
    },
    async leadVectors(documentId, limit) {
      const rows = await database.all(
        `SELECT v.vector::text FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.doc = (SELECT doc FROM documents WHERE id = ?)
         ORDER BY p.id LIMIT ?`,
        [documentId, limit],
      );
      return rows.map(([vector]) => Float32Array.from(JSON.parse(String(vector)) as number[]));
    },
    async generation() {
      return Number((await database.all("SELECT value FROM meta WHERE key = 'generation'"))[0]?.[0]);
    },
    copies: (filter = {}) => copyGroups(database, filter),
    async coverage(filter = {}) {
      const found = await search.kept(`coverage ${JSON.stringify(filter)}`, () => coverageOf(database, filter));
      return { ...found, publishers: [...found.publishers] };
    },
    async manifest() {
      const [[first, name, dimension] = []] = await database.all(
        "SELECT (SELECT min(doc) FROM documents), (SELECT value FROM meta WHERE key = 'embedder'), (SELECT value FROM meta WHERE key = 'dimension')",
      );
      return first === null ? null : { schema: POSTGRES_SCHEMA, embedder: String(name), dimension: Number(dimension) };
    },
    // the server checks its own pages; what could be amiss is that parts of an index were restored without the others
    async inspect() {
      const [[passages, words] = []] = await database.all("SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM words)");
      if (passages !== words)
        throw new Failure(
          "index_broken",
          `Of ${String(passages)} passages ${String(words)} have their words in the database.`,
          REBUILD_HINT,
        );
      return true;
    },
    async close() {
      await writer.close();
      await database.close();
    },
  };
}

/** What must outlive a re-index, in the same database. */
export async function openPostgresState(options: Place & { create?: boolean | undefined }): Promise<StateStore> {
  const database = openedAt(options);
  try {
    await migrate(database, options.create !== false);
  } catch (error) {
    await database.close();
    throw error;
  }
  return { ...createStateTables(database), close: () => database.close() };
}

/** An index without vectors takes any embedder; one with vectors only its own. */
async function checkEmbedder(database: PostgresDatabase, embedder: string): Promise<void> {
  const [[have, vectors] = []] = await database.all(
    "SELECT (SELECT value FROM meta WHERE key = 'embedder'), (SELECT min(passage) FROM vectors)",
  );
  if (have === embedder) return;
  if (vectors !== null)
    throw new Failure(
      "index_mismatch",
      `The index in the database was built with the embeddings ${String(have)}, not with ${embedder}.`,
      REBUILD_HINT,
    );
  await database.transaction(async (open) => {
    await open.run("UPDATE meta SET value = ? WHERE key = 'embedder'", [embedder]);
    await open.run("UPDATE meta SET value = '0' WHERE key = 'dimension'");
    await open.run("DELETE FROM sentence_vectors");
  });
}

/** What server and pgvector this is, and how much of its connections is in use. Throws as opening does; makes nothing. */
export async function lookAtPostgres(options: Place): Promise<string> {
  const database = openedAt(options);
  try {
    await migrate(database, false);
    const [[version, vector, used, most, standby] = []] = await database.all(
      `SELECT current_setting('server_version'), (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
         (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections'), pg_is_in_recovery()`,
    );
    const reading = standby ? "; a standby, which may only be read" : "";
    return `PostgreSQL ${String(version)} with pgvector ${String(vector)}, ${String(used)} of ${String(most)} connections in use${reading}`;
  } finally {
    await database.close();
  }
}
