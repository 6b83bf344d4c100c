// Is the file sound? SQLite's own check, table by table, so that a large index is looked at for a bounded time and the event loop runs in between.
import { setImmediate as nextTurn } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import type { Connection } from "./database.ts";
import { REBUILD_HINT } from "./schema.ts";

/** True when all was looked at in time, small tables first. Throws Failure `index_broken`, or SQLite's error where a page cannot be read at all. */
export async function inspect(connection: Connection, file: string, budgetMs: number): Promise<boolean> {
  const until = performance.now() + budgetMs;
  const tables = connection.sql("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'").all();
  const large = ["passages", "words_data", "texts", "vectors"];
  const order = tables.map(([name]) => String(name)).sort((a, b) => large.indexOf(a) - large.indexOf(b));
  for (const table of order) {
    if (performance.now() > until) return false;
    const [problem] = connection.sql(`PRAGMA quick_check('${table.replaceAll("'", "''")}')`).get() ?? [];
    if (problem !== "ok")
      throw new Failure(
        "index_broken",
        `${file} is damaged: ${
          String(problem)
            .replace(/^\*\*\*.*\*\*\*\n/, "")
            .split("\n")[0] ?? ""
        }.`,
        REBUILD_HINT,
      );
    await nextTurn();
  }
  return true;
}
