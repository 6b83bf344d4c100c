// Both stores in one PostgreSQL database, for any number of processes. What of its passages a process keeps in memory follows the database by its
// generation, which each search asks for: a change is seen by all at once.
import { Failure } from "../../failure.ts";
import { REBUILD_HINT, RENEWAL } from "../relational/knowledge-tables.ts";
import { openRelationalStore, type RelationalOptions, type RelationalStore } from "../relational/relational-store.ts";
import { createStateTables, type RelationalState } from "../relational/state-tables.ts";
import { asPostgres, migrate, POSTGRES_SCHEMA } from "./migrations.ts";
import { createPgvector } from "./pgvector.ts";
import { openPostgres, type PostgresDatabase, type PostgresOptions } from "./postgres-database.ts";
import { createTsvectorWords } from "./tsvector-words.ts";

/** The database itself in place of its address: whoever opened it closes it with the store. */
type Place = PostgresOptions | { database: PostgresDatabase };

export type PostgresKnowledgeOptions = Place &
  RelationalOptions & {
    rebuild?: boolean | undefined;
    /** False: an index that is not there is a Failure `index_missing`, and nothing is made. */
    create?: boolean | undefined;
    /** Up to so many vectors are compared one by one; for tests. */
    exactUpTo?: number | undefined;
  };

/** Comparing with 10,000 vectors takes some 10 ms. */
const EXACT_UP_TO = 10_000;

/** With its tables, made where `create` is not false; closed where `then` fails. */
async function openedAt<T>(place: Place, create: boolean, then: (database: PostgresDatabase) => Promise<T>): Promise<T> {
  const database = "database" in place ? place.database : openPostgres(place);
  try {
    await migrate(database, create);
    return await then(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Throws Failure `index_mismatch`, `index_missing`, `index_unreachable`, `database_…`, `pgvector_missing`; `ingest_running` when a rebuild meets another run. */
export function openPostgresKnowledge(options: PostgresKnowledgeOptions): Promise<RelationalStore> {
  return openedAt(options, options.create !== false, async (database) => {
    if (options.rebuild === true) await empty(database, options);
    return openRelationalStore(
      {
        database,
        schema: POSTGRES_SCHEMA,
        words: createTsvectorWords(database),
        vectors: () => createPgvector(database, options.exactUpTo ?? EXACT_UP_TO),
        // the server checks its own pages; what could be amiss is that parts of an index were restored without the others
        async inspect() {
          const [[passages, words] = []] = await database.all(
            "SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM words)",
          );
          if (passages === words) return true;
          const what = `Of ${String(passages)} passages ${String(words)} have their words in the database.`;
          throw new Failure("index_broken", what, REBUILD_HINT);
        },
      },
      options,
    );
  });
}

async function empty(database: PostgresDatabase, { lockWaitMs = 3000 }: RelationalOptions): Promise<void> {
  const lock = await database.lock("ingest", lockWaitMs);
  try {
    await database.transaction(async (open) => {
      await open.run("TRUNCATE documents, texts, passages, words, terms, vectors");
      await open.run("DROP INDEX IF EXISTS vectors_graph");
      await open.run(asPostgres(RENEWAL));
    });
  } finally {
    await lock.release();
  }
}

export function openPostgresState(options: Place & { create?: boolean | undefined }): Promise<RelationalState> {
  return openedAt(options, options.create !== false, async (database) => ({
    ...createStateTables(database),
    close: () => database.close(),
  }));
}

/** What server and pgvector this is, and how much of its connections is in use. Throws as opening does; makes nothing. */
export function lookAtPostgres(options: Place): Promise<string> {
  return openedAt(options, false, async (database) => {
    const [[version, vector, used, most, standby] = []] = await database.all(
      `SELECT current_setting('server_version'), (SELECT extversion FROM pg_extension WHERE extname = 'vector'),
         (SELECT count(*) FROM pg_stat_activity), current_setting('max_connections'), pg_is_in_recovery()`,
    );
    await database.close();
    const reading = standby ? "; a standby, which may only be read" : "";
    return `PostgreSQL ${String(version)} with pgvector ${String(vector)}, ${String(used)} of ${String(most)} connections in use${reading}`;
  });
}
