// Is the file sound? SQLite's own check, table by table, so that a large index is looked at for a bounded time and the event loop runs in between.
import { isUtf8 } from "node:buffer";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { REBUILD_HINT } from "../relational/knowledge-tables.ts";
import type { Connection } from "./database.ts";

/** True when all was looked at in time, small tables first. Throws Failure `index_broken`, or SQLite's error where a page cannot be read at all. */
export async function inspect(connection: Connection, file: string, budgetMs: number): Promise<boolean> {
  const until = performance.now() + budgetMs;
  const tables = connection.all("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'");
  const large = ["passages", "words_data", "texts", "vectors"];
  const order = tables.map(([name]) => String(name)).sort((a, b) => large.indexOf(a) - large.indexOf(b));
  for (const table of order) {
    if (performance.now() > until) return false;
    mustBeSound(connection, file, table);
    await nextTurn();
  }
  return true;
}

/** The texts of an index that an ingest begins with. The driver ends the whole process over text that is no UTF-8: so they are read as bytes first. */
export function mustHaveSoundSources(connection: Connection, file: string): void {
  mustBeSound(connection, file, "documents");
  const rows = connection.all("SELECT CAST(source || char(10) || id || char(10) || fingerprint AS BLOB) FROM documents");
  if (!rows.every(([bytes]) => isUtf8(bytes as Buffer))) throw broken(file, "a text in it cannot be read");
}

function mustBeSound(connection: Connection, file: string, table: string): void {
  const [[problem] = []] = connection.all(`PRAGMA quick_check('${table}')`);
  if (problem === "ok") return;
  const [first = ""] = String(problem)
    .replace(/^\*\*\*.*\*\*\*\n/, "")
    .split("\n");
  throw broken(file, first);
}

function broken(file: string, what: string): Failure {
  return new Failure("index_broken", `${file} is damaged: ${what}.`, REBUILD_HINT);
}
