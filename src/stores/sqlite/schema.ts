// What SQLite adds to the tables of an index, and their version. What is in them can always be made again from the corpus, so an older or unknown
// version is not migrated: the index is rebuilt.
import { Failure } from "../../failure.ts";
import { KNOWLEDGE_TABLES, REBUILD_HINT, RENEWAL } from "../relational/knowledge-tables.ts";
import type { Connection } from "./database.ts";

export const SCHEMA_VERSION = 3;

/** The words come as our own terms with spaces between them: the tokenizer has nothing to fold. */
const TABLES = `${KNOWLEDGE_TABLES}
  CREATE INDEX passages_by_doc ON passages (doc, id, weight);
  CREATE TABLE vectors (seq INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL UNIQUE, vector BLOB NOT NULL);
  CREATE VIRTUAL TABLE words USING fts5(text, context, content='', contentless_delete=1, tokenize='ascii');
  CREATE VIRTUAL TABLE counts USING fts5vocab('words', 'row');
  CREATE VIRTUAL TABLE places USING fts5vocab('words', 'instance');
  CREATE VIEW terms AS SELECT term, doc AS passages FROM counts;
  PRAGMA user_version = ${SCHEMA_VERSION};`;

/** Throws everything away, for one transaction: readers in other processes go on with the old state until it is done. */
export const EMPTY = [
  ...["vectors", "texts", "passages", "documents"].map((table) => `DELETE FROM ${table}`),
  "INSERT INTO words (words) VALUES ('delete-all')",
  RENEWAL,
];

/** Makes the tables where there are none; throws Failure `index_broken` for another schema. */
export function prepareSchema(connection: Connection, file: string): void {
  const versionOf = (): number => Number(connection.all("PRAGMA user_version")[0]?.[0]);
  // a database of something else is not an empty one
  const isEmpty = (): boolean => versionOf() === 0 && connection.all("SELECT 1 FROM sqlite_master LIMIT 1").length === 0;
  if (isEmpty())
    connection.transaction(() => {
      // another process may have been first
      if (isEmpty()) connection.script(TABLES);
    });
  const version = versionOf();
  if (version === SCHEMA_VERSION) return;
  const age = version > SCHEMA_VERSION ? "a newer" : "an older";
  throw new Failure("index_broken", `${file} was made by ${age} version of this program.`, REBUILD_HINT);
}
