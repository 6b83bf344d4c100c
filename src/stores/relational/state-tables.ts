// StateStore over tables: what cannot be made again. Older versions are migrated step by step, never thrown away.
import type { Notice } from "../../domain.ts";
import type { FeedbackRecord, Receipt, StateStore, TurnRecord } from "../state.ts";
import { createDigestTables, DIGEST_TABLES } from "./digest-tables.ts";
import { createSpendingTable, SPENDING_TABLE } from "./spending-table.ts";
import { insertRows, replaceIn, TEXTS, type Row, type SqlDatabase, type Value } from "./sql-database.ts";

/** Each step is run once, in order; a step that was released is never edited, a new one is added. */
export const STATE_STEPS = [
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

/** The tables with what tells their rows apart, and their other columns. */
export const STATE_TABLES: readonly { name: string; keys: readonly string[]; others: readonly string[] }[] = [
  { name: "receipts", keys: ["answer_id"], others: ["asker", "at", "record"] },
  { name: "feedback", keys: ["answer_id", "asker"], others: ["helpful", "reason", "at"] },
  { name: "turns", keys: ["message_id"], others: ["parent_id", "asker", "question", "answer_id", "at"] },
  { name: "named_values", keys: ["key"], others: ["value"] },
  { name: "digest_schedules", keys: ["id"], others: ["guild_id", "record"] },
  { name: "digest_runs", keys: ["schedule_id", "date"], others: ["due", "status", "owner", "held_until", "content"] },
  { name: "digest_parts", keys: ["schedule_id", "date", "part"], others: ["text", "tried_at", "message_id"] },
  { name: "notices", keys: ["document", "kind", "day", "before", "after"], others: ["at", "reason", "scope"] },
  { name: "spending", keys: ["day", "account"], others: ["spent", "booked"] },
];

export interface RelationalState extends StateStore {
  /** Its tables as they stand: those of STATE_TABLES. */
  tables: SqlDatabase;
}

export function createStateTables(database: SqlDatabase): Omit<RelationalState, "close"> {
  /** In place of the row with the same keys; values in the order of STATE_TABLES. */
  const put = async (name: string, ...values: Value[]): Promise<void> => {
    const { keys, others } = STATE_TABLES.find((table) => table.name === name) as (typeof STATE_TABLES)[number];
    await database.run(replaceIn(name, keys, others), values);
  };
  const one = async (sql: string, ...values: Value[]): Promise<Row | null> => (await database.all(sql, values))[0] ?? null;

  return {
    tables: database,
    saveReceipt: (receipt) => put("receipts", receipt.answer.answer_id, receipt.asker, receipt.at, JSON.stringify(receipt)),
    async receipt(answerId) {
      const row = await one("SELECT record FROM receipts WHERE answer_id = ?", answerId);
      return row && (JSON.parse(String(row[0])) as Receipt);
    },
    saveFeedback: ({ answerId, asker, helpful, reason, at }) => put("feedback", answerId, asker, helpful ? 1 : 0, reason, at),
    async feedbackOn(answerId) {
      const sql = "SELECT asker, helpful, reason, at FROM feedback WHERE answer_id = ? ORDER BY at, asker";
      const rows = await database.all(sql, [answerId]);
      return rows.map(
        ([asker, helpful, reason, at]) => ({ answerId, asker, helpful: helpful === 1, reason, at }) as FeedbackRecord,
      );
    },
    saveTurn: ({ messageId, parentId, asker, question, answerId, at }) =>
      put("turns", messageId, parentId, asker, question, answerId, at),
    async turn(messageId) {
      const row = await one("SELECT parent_id, asker, question, answer_id, at FROM turns WHERE message_id = ?", messageId);
      const [parentId, asker, question, answerId, at] = row ?? [];
      return row && ({ messageId, parentId, asker, question, answerId, at } as TurnRecord);
    },
    async saveNotice({ document, kind, at, before, after, reason, scope }) {
      const day = kind === "withdrawn" ? "" : at.slice(0, 10);
      const row = { document, kind, at, day, before: before ?? "", after: after ?? "", reason, scope };
      await insertRows(database, "notices", [row]);
    },
    async notices(since, scopes = []) {
      // earlier versions kept every change
      const rows = await database.all(
        `SELECT document, kind, at, nullif(before, ''), nullif(after, ''), reason, scope FROM notices
         WHERE at >= ? AND kind <> 'changed' AND (scope IS NULL OR scope IN ${TEXTS}) ORDER BY at, document, kind`,
        [since, JSON.stringify(scopes)],
      );
      return rows.map(
        ([document, kind, at, before, after, reason, scope]) => ({ document, kind, at, before, after, reason, scope }) as Notice,
      );
    },
    async value(key) {
      const row = await one("SELECT value FROM named_values WHERE key = ?", key);
      return row && String(row[0]);
    },
    setValue: (key, value) => put("named_values", key, value),
    forget: (asker) =>
      database.transaction(async (open) => {
        let records = 0;
        for (const table of ["receipts", "feedback", "turns"])
          records += await open.run(`DELETE FROM ${table} WHERE asker = ?`, [asker]);
        return records;
      }),
    digests: createDigestTables(database),
    spending: createSpendingTable(database),
  };
}
