// StateStore in state.db: what cannot be made again. Older versions are migrated step by step, never thrown away; a re-index does not
// touch this file.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Notice } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Receipt, StateStore, TurnRecord } from "../state.ts";
import type { Connection, Value } from "./database.ts";
import { mayWrite, openDatabase, readableFailure, storable } from "./database.ts";
import { createDigestTables, DIGEST_TABLES } from "./digest-tables.ts";
import { createSpendingTable, SPENDING_TABLE } from "./spending-table.ts";

/** Each step is run once, in order; a step that was released is never edited, a new one is added. */
const STEPS = [
  `CREATE TABLE receipts (answer_id TEXT PRIMARY KEY, asker TEXT, at TEXT NOT NULL, record TEXT NOT NULL);
   CREATE INDEX receipts_by_asker ON receipts (asker);
   CREATE TABLE feedback (
     answer_id TEXT NOT NULL, asker TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT, at TEXT NOT NULL,
     PRIMARY KEY (answer_id, asker)
   );
   CREATE INDEX feedback_by_asker ON feedback (asker);
   CREATE TABLE turns (
     message_id TEXT PRIMARY KEY, parent_id TEXT, asker TEXT NOT NULL, question TEXT NOT NULL, answer_id TEXT NOT NULL, at TEXT NOT NULL
   );
   CREATE INDEX turns_by_asker ON turns (asker);
   CREATE TABLE named_values (key TEXT PRIMARY KEY, value TEXT NOT NULL);`,
  DIGEST_TABLES,
  `CREATE TABLE notices (
     document TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, day TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
     reason TEXT NOT NULL, scope TEXT, UNIQUE (document, kind, day, before, after)
   );
   CREATE INDEX notices_by_time ON notices (at);`,
  SPENDING_TABLE,
];

const REPAIR_HINT =
  "Move state.db away (receipts, feedback and server settings are in it) and start again, or bring it back from a backup.";

/** Throws Failure `state_broken`, `disk_full` or `index_unwritable`, as every method may. */
export async function openStateStore(options: { folder: string }): Promise<StateStore> {
  const file = path.join(options.folder, "state.db");
  const guarded = async <T>(work: () => T): Promise<T> => {
    try {
      return work();
    } catch (error) {
      throw readableFailure(error, file, { code: "state_broken", hint: REPAIR_HINT });
    }
  };
  const connection = await guarded(() => opened(file));
  const run = (sql: string, values: Value[]): Promise<number> => guarded(() => connection.sql(sql).run(values).changes);
  const one = (sql: string, values: Value[]): Promise<Value[] | undefined> => guarded(() => connection.sql(sql).get(values));

  return {
    async saveReceipt(receipt) {
      await run("INSERT OR REPLACE INTO receipts (answer_id, asker, at, record) VALUES (?, ?, ?, ?)", [
        receipt.answer.answer_id,
        receipt.asker,
        receipt.at,
        JSON.stringify(receipt),
      ]);
    },
    async receipt(answerId) {
      const row = await one("SELECT record FROM receipts WHERE answer_id = ?", [answerId]);
      return row === undefined ? null : (JSON.parse(String(row[0])) as Receipt);
    },
    async saveFeedback({ answerId, asker, helpful, reason, at }) {
      await run("INSERT OR REPLACE INTO feedback (answer_id, asker, helpful, reason, at) VALUES (?, ?, ?, ?, ?)", [
        answerId,
        asker,
        helpful ? 1 : 0,
        reason === null ? null : storable(reason),
        at,
      ]);
    },
    async feedbackOn(answerId) {
      const rows = await guarded(() =>
        connection.sql("SELECT asker, helpful, reason, at FROM feedback WHERE answer_id = ? ORDER BY at, asker").all([answerId]),
      );
      return rows.map(([asker, helpful, reason, at]) => ({
        answerId,
        asker: String(asker),
        helpful: helpful === 1,
        reason: reason === null ? null : String(reason),
        at: String(at),
      }));
    },
    async saveTurn({ messageId, parentId, asker, question, answerId, at }) {
      await run(
        "INSERT OR REPLACE INTO turns (message_id, parent_id, asker, question, answer_id, at) VALUES (?, ?, ?, ?, ?, ?)",
        [messageId, parentId, asker, storable(question), answerId, at],
      );
    },
    async turn(messageId) {
      const row = await one("SELECT parent_id, asker, question, answer_id, at FROM turns WHERE message_id = ?", [messageId]);
      if (row === undefined) return null;
      const [parentId, asker, question, answerId, at] = row;
      return { messageId, parentId, asker, question, answerId, at } as TurnRecord;
    },
    async saveNotice({ document, kind, at, before, after, reason, scope }) {
      await run(
        "INSERT OR IGNORE INTO notices (document, kind, at, day, before, after, reason, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          document,
          kind,
          at,
          kind === "withdrawn" ? "" : at.slice(0, 10),
          ...[before ?? "", after ?? "", reason].map(storable),
          scope,
        ],
      );
    },
    async notices(since, scopes = []) {
      const rows = await guarded(() =>
        connection
          .sql(
            `SELECT document, kind, at, nullif(before, ''), nullif(after, ''), reason, scope FROM notices
             WHERE at >= ? AND (scope IS NULL OR scope IN (SELECT value FROM json_each(?))) ORDER BY at, rowid`,
          )
          .all([since, JSON.stringify(scopes)]),
      );
      return rows.map(
        ([document, kind, at, before, after, reason, scope]) => ({ document, kind, at, before, after, reason, scope }) as Notice,
      );
    },
    async value(key) {
      const row = await one("SELECT value FROM named_values WHERE key = ?", [key]);
      return row === undefined ? null : String(row[0]);
    },
    async setValue(key, value) {
      await run("INSERT OR REPLACE INTO named_values (key, value) VALUES (?, ?)", [key, storable(value)]);
    },
    forget: (asker) =>
      guarded(() => {
        const records = connection.transaction(() =>
          ["receipts", "feedback", "turns"]
            .map((table) => connection.sql(`DELETE FROM ${table} WHERE asker = ?`).run([asker]).changes)
            .reduce((sum, changes) => sum + changes, 0),
        );
        // the log of changes still holds the old pages
        if (records > 0) connection.sql("PRAGMA wal_checkpoint(TRUNCATE)").all();
        return records;
      }),
    digests: createDigestTables(connection, guarded),
    spending: createSpendingTable(connection, guarded),
    close: () => guarded(() => connection.close()),
  };
}

/** In a folder that may only be read, and holds no state yet, an empty one stands in that takes nothing. */
function opened(file: string): Connection {
  const folder = path.dirname(file);
  const absent = !existsSync(file) && existsSync(folder) && !mayWrite(folder);
  const connection = openDatabase(absent ? ":memory:" : file);
  try {
    // what is forgotten is overwritten, not only unlinked
    connection.sql("PRAGMA secure_delete = ON").all();
    migrate(connection, file);
    if (absent) connection.script("PRAGMA query_only = ON");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(connection: Connection, file: string): void {
  const version = (): number => Number(connection.sql("PRAGMA user_version").get()?.[0]);
  if (version() > STEPS.length) {
    throw new Failure(
      "state_broken",
      `${file} was made by a newer version of this program.`,
      "Use that version, or another folder with --index.",
    );
  }
  if (version() === STEPS.length) return;
  connection.transaction(() => {
    // looked at again with the lock: another process may have been first
    for (const step of STEPS.slice(version())) connection.script(step);
    connection.script(`PRAGMA user_version = ${STEPS.length}`);
  });
}
