// The tables of knowledge.db and their version. What is in here can always be made again from the corpus, so an older or unknown
// version is not migrated: the index is rebuilt.
import { randomUUID } from "node:crypto";
import { Failure } from "../../failure.ts";
import type { Connection } from "./database.ts";

export const SCHEMA_VERSION = 2;

/** How words become terms of the text index: accents off, Porter stems. Letters such as ø and ß are put plainly before. */
export const TOKENIZER = "porter unicode61 remove_diacritics 2";

export const REBUILD_HINT = "Rebuild the index: npm run --silent briefing -- ingest --rebuild";

const TABLES = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE documents (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    title TEXT, publisher TEXT, author TEXT, published TEXT, updated TEXT, fetched TEXT NOT NULL,
    genre TEXT, url TEXT, path TEXT, language TEXT, scope TEXT,
    publisher_key TEXT,
    day_from TEXT, day_to TEXT, instant REAL,
    passages INTEGER NOT NULL
  );
  CREATE INDEX documents_by_day ON documents (day_to, day_from);
  CREATE INDEX documents_by_scope ON documents (scope);
  CREATE TABLE texts (
    doc INTEGER PRIMARY KEY REFERENCES documents (doc) ON DELETE CASCADE,
    text TEXT NOT NULL, blocks TEXT NOT NULL, evidence TEXT NOT NULL, extra TEXT NOT NULL
  );
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    doc INTEGER NOT NULL REFERENCES documents (doc),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    text TEXT NOT NULL, context TEXT NOT NULL, heading TEXT, speaker TEXT, role TEXT,
    weight REAL NOT NULL,
    input BLOB NOT NULL
  );
  CREATE INDEX passages_by_doc ON passages (doc, id, weight);
  CREATE INDEX passages_by_input ON passages (input);
  CREATE TABLE vectors (seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL UNIQUE, vector BLOB NOT NULL);
  CREATE TABLE sentence_vectors (passage INTEGER NOT NULL, sentence BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (passage, sentence)) WITHOUT ROWID;
  CREATE TABLE families (doc INTEGER PRIMARY KEY REFERENCES documents (doc) ON DELETE CASCADE, family INTEGER NOT NULL, whole INTEGER NOT NULL);
  CREATE INDEX families_by_family ON families (family);
  CREATE INDEX families_by_whole ON families (whole);
  CREATE TABLE shingles (hash INTEGER NOT NULL, doc INTEGER NOT NULL, PRIMARY KEY (hash, doc)) WITHOUT ROWID;
  CREATE VIRTUAL TABLE words USING fts5(text, context, content='', contentless_delete=1, tokenize='${TOKENIZER}');
  CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'row');
  CREATE VIRTUAL TABLE places USING fts5vocab('words', 'instance');
`;

export type MetaKey = "store" | "embedder" | "dimension" | "generation" | "removals";

export function meta(connection: Connection, key: MetaKey): string | null {
  const value = connection.sql("SELECT value FROM meta WHERE key = ?").get([key])?.[0];
  return typeof value === "string" ? value : null;
}

export function setMeta(connection: Connection, key: MetaKey, value: string): void {
  connection
    .sql("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value")
    .run([key, value]);
}

/** Of the vectors; 0 until the first is there. */
export function dimensionOf(connection: Connection): number {
  return Number(meta(connection, "dimension") ?? 0);
}

/** Makes the tables where there are none; throws Failure `index_broken` for another schema, `index_mismatch` for another embedder. */
export function prepareSchema(connection: Connection, file: string, embedder: string): void {
  if (versionOf(connection) === 0) {
    connection.transaction(() => {
      // another process may have been first
      if (versionOf(connection) === 0) createTables(connection, embedder);
    });
  }
  const version = versionOf(connection);
  if (version !== SCHEMA_VERSION) {
    const age = version > SCHEMA_VERSION ? "a newer" : "an older";
    throw new Failure("index_broken", `${file} was made by ${age} version of this program.`, REBUILD_HINT);
  }
  checkEmbedder(connection, embedder);
}

/** An index without vectors takes any embedder; one with vectors only its own. */
export function checkEmbedder(connection: Connection, embedder: string): void {
  const have = meta(connection, "embedder");
  if (have === embedder) return;
  if (connection.sql("SELECT 1 FROM vectors LIMIT 1").get() === undefined) {
    connection.transaction(() => {
      setMeta(connection, "embedder", embedder);
      setMeta(connection, "dimension", "0");
      connection.sql("DELETE FROM sentence_vectors").run();
    });
    return;
  }
  throw new Failure(
    "index_mismatch",
    `The index was built with the embeddings ${have ?? "of an unknown model"}, not with ${embedder}.`,
    REBUILD_HINT,
  );
}

/** Throws everything away inside one transaction: readers in other processes go on with the old state until it is done. */
export function rebuildSchema(connection: Connection, embedder: string): void {
  connection.transaction(() => {
    const tables = connection
      .sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND (sql LIKE 'CREATE VIRTUAL%' OR name NOT LIKE 'words_%') AND name NOT LIKE 'sqlite_%'",
      )
      .all()
      .map(([name]) => String(name));
    const order = [
      "places",
      "terms",
      "words",
      "shingles",
      "families",
      "vectors",
      "sentence_vectors",
      "spare_vectors",
      "passages",
      "texts",
      "documents",
      "meta",
    ];
    for (const name of order) if (tables.includes(name)) connection.script(`DROP TABLE ${name}`);
    createTables(connection, embedder);
  });
}

function createTables(connection: Connection, embedder: string): void {
  connection.script(TABLES);
  setMeta(connection, "store", randomUUID());
  setMeta(connection, "embedder", embedder);
  setMeta(connection, "dimension", "0");
  setMeta(connection, "generation", "0");
  setMeta(connection, "removals", "0");
  connection.script(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function versionOf(connection: Connection): number {
  const [version] = connection.sql("PRAGMA user_version").get() ?? [];
  if (version !== 0) return Number(version);
  // a database of something else is not an empty one
  return connection.sql("SELECT 1 FROM sqlite_master LIMIT 1").get() === undefined ? 0 : -1;
}
