// StateStore in state.db. A re-index does not touch this file.
import { existsSync } from "node:fs";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { createStateTables, STATE_STEPS, type RelationalState } from "../relational/state-tables.ts";
import { asSqlDatabase, mayWrite, openDatabase, readableFailure, type Connection } from "./database.ts";

const REPAIR_HINT =
  "Move state.db away (receipts, feedback and server settings are in it) and start again, or bring it back from a backup.";

/** Throws Failure `state_broken`, `disk_full` or `index_unwritable`, as every method may. */
export async function openStateStore({ folder }: { folder: string }): Promise<RelationalState> {
  const file = path.join(folder, "state.db");
  const readable = (error: unknown): unknown => readableFailure(error, file, { code: "state_broken", hint: REPAIR_HINT });
  let connection: Connection;
  try {
    connection = opened(file);
  } catch (error) {
    throw readable(error);
  }
  const database = asSqlDatabase(connection, readable);
  const tables = createStateTables(database);
  return {
    ...tables,
    async forget(asker) {
      const records = await tables.forget(asker);
      // the log of changes still holds the old pages
      if (records > 0) await database.all("PRAGMA wal_checkpoint(TRUNCATE)");
      return records;
    },
    close: async () => connection.close(),
  };
}

/** In a folder that may only be read, and holds no state yet, an empty one stands in that takes nothing. */
function opened(file: string): Connection {
  const folder = path.dirname(file);
  const absent = !existsSync(file) && existsSync(folder) && !mayWrite(folder);
  const connection = openDatabase(absent ? ":memory:" : file);
  try {
    // what is forgotten is overwritten, not only unlinked
    connection.all("PRAGMA secure_delete = ON");
    migrate(connection, file);
    if (absent) connection.script("PRAGMA query_only = ON");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(connection: Connection, file: string): void {
  const version = (): number => Number(connection.all("PRAGMA user_version")[0]?.[0]);
  if (version() > STATE_STEPS.length) {
    throw new Failure(
      "state_broken",
      `${file} was made by a newer version of this program.`,
      "Use that version, or another folder with --index.",
    );
  }
  if (version() === STATE_STEPS.length) return;
  connection.transaction(() => {
    // looked at again with the lock: another process may have been first
    for (const step of STATE_STEPS.slice(version())) connection.script(step);
    connection.script(`PRAGMA user_version = ${STATE_STEPS.length}`);
  });
}
