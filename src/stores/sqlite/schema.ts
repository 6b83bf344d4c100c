// What SQLite adds to the tables of an index, and their version. What is in them can always be made again from the corpus, so an older or unknown
// version is not migrated: the index is rebuilt.
import { randomUUID } from "node:crypto";
import { Failure } from "../../failure.ts";
import { KNOWLEDGE_TABLES, META_KEYS, REBUILD_HINT, type Meta } from "../relational/knowledge-tables.ts";
import { insertInto } from "../relational/sql-database.ts";
import type { Connection } from "./database.ts";

export const SCHEMA_VERSION = 2;

/** How words become terms of the text index: accents off, Porter stems. Letters such as ø and ß are put plainly before. */
export const TOKENIZER = "porter unicode61 remove_diacritics 2";

const TABLES = `${KNOWLEDGE_TABLES}
  CREATE INDEX passages_by_doc ON passages (doc, id, weight);
  CREATE TABLE vectors (seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL UNIQUE, vector BLOB NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5(text, context, content='', contentless_delete=1, tokenize='${TOKENIZER}');
  CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'row');
  CREATE VIRTUAL TABLE places USING fts5vocab('words', 'instance');`;

/** Makes the tables where there are none; throws Failure `index_broken` for another schema. */
export function prepareSchema(connection: Connection, file: string, embedder: string): void {
  if (versionOf(connection) === 0)
    connection.transaction(() => {
      // another process may have been first
      if (versionOf(connection) === 0) createTables(connection, embedder);
    });
  const version = versionOf(connection);
  if (version === SCHEMA_VERSION) return;
  const age = version > SCHEMA_VERSION ? "a newer" : "an older";
  throw new Failure("index_broken", `${file} was made by ${age} version of this program.`, REBUILD_HINT);
}

/** Throws everything away inside one transaction: readers in other processes go on with the old state until it is done. */
export function rebuildSchema(connection: Connection, embedder: string): void {
  connection.transaction(() => {
    // what hangs on another table was made after it
    const tables = connection
      .sql(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND (sql LIKE 'CREATE VIRTUAL%' OR name NOT LIKE 'words_%')
         AND name NOT LIKE 'sqlite_%' ORDER BY rowid DESC`,
      )
      .all();
    for (const [name] of tables) connection.script(`DROP TABLE ${String(name)}`);
    createTables(connection, embedder);
  });
}

function createTables(connection: Connection, embedder: string): void {
  connection.script(TABLES);
  const meta: Meta = { store: randomUUID(), embedder, dimension: "0", generation: "0", removals: "0" };
  connection.sql(insertInto("meta", ["key", "value"], META_KEYS.length)).run(META_KEYS.flatMap((key) => [key, meta[key]]));
  connection.script(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function versionOf(connection: Connection): number {
  const [version] = connection.sql("PRAGMA user_version").get() ?? [];
  if (version !== 0) return Number(version);
  // a database of something else is not an empty one
  return connection.sql("SELECT 1 FROM sqlite_master LIMIT 1").get() === undefined ? 0 : -1;
}
