// The tables of an index that both databases have, in SQLite's words, and what is said of the whole. What is in them can always be made again
// from the corpus. Words and vectors have tables that each database makes in its own way.
import { Failure } from "../../failure.ts";
import type { SqlDatabase } from "./sql-database.ts";

export const REBUILD_HINT = "Rebuild the index: npm run --silent briefing -- ingest --rebuild";

/** A name that no other index has. */
export const RANDOM = "hex(randomblob(16))";

export const KNOWLEDGE_TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  INSERT INTO meta VALUES ('store', ${RANDOM}), ('embedder', ''), ('dimension', '0'), ('generation', '0'), ('removals', '0');
  CREATE TABLE documents (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    title TEXT, publisher TEXT, author TEXT, published TEXT, updated TEXT, fetched TEXT NOT NULL,
    genre TEXT, url TEXT, path TEXT, language TEXT, scope TEXT,
    publisher_key TEXT,
    day_from TEXT, day_to TEXT, instant INTEGER,
    passages INTEGER NOT NULL
  );
  CREATE INDEX documents_by_day ON documents (day_to, day_from);
  CREATE TABLE texts (
    doc INTEGER PRIMARY KEY REFERENCES documents (doc) ON DELETE CASCADE,
    text TEXT NOT NULL, blocks TEXT NOT NULL, evidence TEXT NOT NULL, extra TEXT NOT NULL
  );
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    doc INTEGER NOT NULL REFERENCES documents (doc) ON DELETE CASCADE,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, context TEXT NOT NULL, heading TEXT, speaker TEXT, role TEXT,
    weight REAL NOT NULL,
    input BLOB NOT NULL
  );
  CREATE INDEX passages_by_input ON passages (input);`;

const META_KEYS = ["store", "embedder", "dimension", "generation", "removals"] as const;

export type Meta = Record<(typeof META_KEYS)[number], string>;

const META = `SELECT ${META_KEYS.map((key) => `(SELECT value FROM meta WHERE key = '${key}')`).join(", ")}`;

export async function metaOf(database: SqlDatabase): Promise<Meta> {
  const [row = []] = await database.all(META);
  return Object.fromEntries(META_KEYS.map((key, at) => [key, String(row[at] ?? "")])) as Meta;
}

async function setMeta(open: SqlDatabase, key: keyof Meta, value: string): Promise<void> {
  await open.run("UPDATE meta SET value = ? WHERE key = ?", [value, key]);
}

/** `generation`: what was derived from the index is out of date. `removals`: passages went away, so many. */
export async function count(open: SqlDatabase, key: "generation" | "removals", by = 1): Promise<void> {
  await open.run("UPDATE meta SET value = CAST(CAST(value AS BIGINT) + CAST(? AS BIGINT) AS TEXT) WHERE key = ?", [by, key]);
}

/** What is said of an index that was emptied: it is another one now. */
export const RENEWAL = `UPDATE meta SET value = CASE key WHEN 'store' THEN ${RANDOM} ELSE '0' END WHERE key <> 'embedder'`;

/** An index without vectors takes any embedder; one with vectors only its own: else Failure `index_mismatch`. Null is whichever it is. */
export async function checkEmbedder(database: SqlDatabase, embedder: string | null): Promise<void> {
  const { embedder: have } = await metaOf(database);
  if (embedder === null || have === embedder) return;
  if ((await database.all("SELECT 1 FROM vectors LIMIT 1")).length > 0)
    throw new Failure(
      "index_mismatch",
      `The index was built with the embeddings ${have || "of an unknown model"}, not with ${embedder}.`,
      REBUILD_HINT,
    );
  await database.transaction(async (open) => {
    await setMeta(open, "embedder", embedder);
    await setMeta(open, "dimension", "0");
  });
}

/** The first vectors set the dimension; afterwards another length is a Failure. */
export async function checkDimension(open: SqlDatabase, wanted: number, given: readonly (Float32Array | null)[]): Promise<void> {
  if (wanted !== given.length) throw new Error(`${wanted} passages came with ${given.length} vectors`);
  const have = Number((await metaOf(open)).dimension);
  const lengths = given.flatMap((vector) => vector?.length ?? []);
  const dimension = have === 0 ? (lengths[0] ?? 0) : have;
  const wrong = lengths.find((length) => length !== dimension);
  if (wrong !== undefined)
    throw new Failure(
      "embeddings_failed",
      `The embedder gave a vector of ${wrong} values where the index holds ${dimension}.`,
      `The model behind EMBEDDINGS has changed under the same name. ${REBUILD_HINT}`,
    );
  if (have !== dimension) await setMeta(open, "dimension", String(dimension));
}
