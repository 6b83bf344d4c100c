// Is the file sound? SQLite's own check, table by table, so that a large index is looked at for a bounded time and the event loop runs in between.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { REBUILD_HINT } from "../relational/knowledge-tables.ts";
import type { Value } from "../relational/sql-database.ts";
import type { Connection } from "./database.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** True when all was looked at in time, small tables first. Throws Failure `index_broken`, or SQLite's error where a page cannot be read at all. */
export async function inspect(connection: Connection, file: string, budgetMs: number): Promise<boolean> {
  const until = performance.now() + budgetMs;
  const tables = connection.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").all();
  const large = ["passages", "words_data", "texts", "vectors"];
  const order = tables.map(([name]) => String(name)).sort((a, b) => large.indexOf(a) - large.indexOf(b));
  for (const table of order) {
    if (performance.now() > until) return false;
    mustBeSound(connection, file, table);
    await nextTurn();
  }
  return true;
}

/** Looks through one table. Throws as `inspect` does. */
export function mustBeSound(connection: Connection, file: string, table: string): void {
  const [problem] = connection.sql(`PRAGMA quick_check('${table.replaceAll("'", "''")}')`).get() ?? [];
  if (problem === "ok") return;
  const [first = ""] = String(problem)
    .replace(/^\*\*\*.*\*\*\*\n/, "")
    .split("\n");
  throw broken(file, first);
}

/** A column's text that was read as bytes: the driver ends the whole process over text that is no UTF-8. */
export function soundText(value: Value | undefined, file: string): string {
  try {
    return utf8.decode(Buffer.isBuffer(value) ? value : Buffer.from(String(value)));
  } catch {
    throw broken(file, "a text in it cannot be read");
  }
}

function broken(file: string, what: string): Failure {
  return new Failure("index_broken", `${file} is damaged: ${what}.`, REBUILD_HINT);
}
