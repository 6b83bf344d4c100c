// The tables in PostgreSQL and their version. Steps are run once, in order, under a lock; a step that was released is never edited, a new one is
// added. Documents, passages and vectors can be made again, the rest cannot: so nothing here throws anything away.
import { Failure } from "../../failure.ts";
import { KNOWLEDGE_TABLES, RANDOM } from "../relational/knowledge-tables.ts";
import { STATE_STEPS } from "../relational/state-tables.ts";
import type { PostgresDatabase } from "./postgres-database.ts";

/** Ids, counts and amounts need more than PostgreSQL's INTEGER; names and dates are compared byte by byte, as SQLite does. */
export const asPostgres = (sql: string): string =>
  sql
    .replaceAll("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
    .replaceAll(RANDOM, "gen_random_uuid()::text")
    .replace(/\bBLOB\b/g, "BYTEA")
    .replace(/\bINTEGER\b/g, "BIGINT")
    .replace(/\bTEXT\b/g, 'TEXT COLLATE "C"');

/** PostgreSQL compares and stems nothing here: `words` holds our own terms with their places. */
const KNOWLEDGE = `${KNOWLEDGE_TABLES}
  CREATE INDEX passages_by_doc ON passages (doc, id);
  CREATE TABLE words (passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE, terms TSVECTOR NOT NULL);
  CREATE INDEX words_by_term ON words USING gin (terms);
  CREATE TABLE terms (term TEXT PRIMARY KEY, passages INTEGER NOT NULL);
  CREATE TABLE vectors (passage INTEGER PRIMARY KEY REFERENCES passages (id) ON DELETE CASCADE, vector VECTOR NOT NULL);`;

const STEPS: readonly string[] = [
  [KNOWLEDGE, ...STATE_STEPS.slice(0, 4)].map(asPostgres).join(";\n"),
  // which the first step made in earlier versions
  "DROP TABLE IF EXISTS sentence_vectors",
  "DROP TABLE IF EXISTS families; DROP TABLE IF EXISTS shingles",
];

export const POSTGRES_SCHEMA = STEPS.length;

/** Makes or brings up to date the tables. Failure where pgvector or rights are missing, or a newer version made them: then nothing is written. */
export async function migrate(database: PostgresDatabase, create: boolean): Promise<void> {
  const version = await versionOf(database);
  if (version === STEPS.length) return;
  if (version === null && !create)
    throw new Failure(
      "index_missing",
      "The database of DATABASE_URL holds no index yet.",
      "Make it with npm run --silent briefing -- ingest, or bring one with npm run --silent briefing -- move --to postgres.",
    );
  if (version !== null && version > STEPS.length)
    throw new Failure(
      "database_newer",
      `The tables in the database were made by a newer version of this program (${version}; this one knows ${STEPS.length}).`,
      "Use that version, or another database.",
    );
  await mustHaveVector(database);
  await database.transaction(async (open) => {
    // two processes that start at once: the second finds all done
    await open.all("SELECT pg_advisory_xact_lock(hashtext('briefing-bot'), hashtext('migrate'))");
    await open.run("CREATE EXTENSION IF NOT EXISTS vector");
    await open.run(`CREATE SCHEMA IF NOT EXISTS "${database.schema}"`);
    const from = await versionOf({ ...open, schema: database.schema });
    for (const step of STEPS.slice(from ?? 0))
      for (const statement of step.split(";")) if (/\S/.test(statement)) await open.run(statement);
    await open.run("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
    await open.run("DELETE FROM schema_version");
    await open.run("INSERT INTO schema_version VALUES (?)", [STEPS.length]);
  });
}

/** Null where there are no tables of ours. */
async function versionOf(database: Pick<PostgresDatabase, "all" | "schema">): Promise<number | null> {
  const [[table] = []] = await database.all("SELECT to_regclass(?)::text", [`"${database.schema}".schema_version`]);
  if (table === null || table === undefined) return null;
  return Number((await database.all("SELECT version FROM schema_version"))[0]?.[0] ?? 0);
}

async function mustHaveVector(database: PostgresDatabase): Promise<void> {
  const [row] = await database.all("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'");
  if (row !== undefined) return;
  throw new Failure(
    "pgvector_missing",
    "The database has no pgvector.",
    "Install it on the server (package postgresql-16-pgvector, or the image pgvector/pgvector), or take a provider that has it.",
  );
}
