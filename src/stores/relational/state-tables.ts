// StateStore over tables: what cannot be made again. Older versions are migrated step by step, never thrown away.
import type { Notice } from "../../domain.ts";
import type { Receipt, StateStore, TurnRecord } from "../state.ts";
import { createDigestTables, DIGEST_TABLES } from "./digest-tables.ts";
import { createSpendingTable, SPENDING_TABLE } from "./spending-table.ts";
import { storable, type SqlDatabase } from "./sql-database.ts";

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

export function createStateTables(database: SqlDatabase): Omit<StateStore, "close"> {
  return {
    async saveReceipt(receipt) {
      await database.run(
        `INSERT INTO receipts (answer_id, asker, at, record) VALUES (?, ?, ?, ?)
         ON CONFLICT (answer_id) DO UPDATE SET asker = excluded.asker, at = excluded.at, record = excluded.record`,
        [receipt.answer.answer_id, receipt.asker, receipt.at, JSON.stringify(receipt)],
      );
    },
    async receipt(answerId) {
      const [row] = await database.all("SELECT record FROM receipts WHERE answer_id = ?", [answerId]);
      return row === undefined ? null : (JSON.parse(String(row[0])) as Receipt);
    },
    async saveFeedback({ answerId, asker, helpful, reason, at }) {
      await database.run(
        `INSERT INTO feedback (answer_id, asker, helpful, reason, at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (answer_id, asker) DO UPDATE SET helpful = excluded.helpful, reason = excluded.reason, at = excluded.at`,
        [answerId, asker, helpful ? 1 : 0, reason === null ? null : storable(reason), at],
      );
    },
    async feedbackOn(answerId) {
      const rows = await database.all("SELECT asker, helpful, reason, at FROM feedback WHERE answer_id = ? ORDER BY at, asker", [
        answerId,
      ]);
      return rows.map(([asker, helpful, reason, at]) => ({
        answerId,
        asker: String(asker),
        helpful: helpful === 1,
        reason: reason === null ? null : String(reason),
        at: String(at),
      }));
    },
    async saveTurn({ messageId, parentId, asker, question, answerId, at }) {
      await database.run(
        `INSERT INTO turns (message_id, parent_id, asker, question, answer_id, at) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (message_id) DO UPDATE SET parent_id = excluded.parent_id, asker = excluded.asker,
           question = excluded.question, answer_id = excluded.answer_id, at = excluded.at`,
        [messageId, parentId, asker, storable(question), answerId, at],
      );
    },
    async turn(messageId) {
      const [row] = await database.all("SELECT parent_id, asker, question, answer_id, at FROM turns WHERE message_id = ?", [
        messageId,
      ]);
      if (row === undefined) return null;
      const [parentId, asker, question, answerId, at] = row;
      return { messageId, parentId, asker, question, answerId, at } as TurnRecord;
    },
    async saveNotice({ document, kind, at, before, after, reason, scope }) {
      const day = kind === "withdrawn" ? "" : at.slice(0, 10);
      await database.run(
        `INSERT INTO notices (document, kind, at, day, before, after, reason, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (document, kind, day, before, after) DO NOTHING`,
        [document, kind, at, day, ...[before ?? "", after ?? "", reason].map(storable), scope],
      );
    },
    async notices(since, scopes = []) {
      const rows = await database.all(
        `SELECT document, kind, at, nullif(before, ''), nullif(after, ''), reason, scope FROM notices
         WHERE at >= ? AND (scope IS NULL OR scope IN (SELECT value FROM json_each(?))) ORDER BY at, document, kind`,
        [since, JSON.stringify(scopes)],
      );
      return rows.map(
        ([document, kind, at, before, after, reason, scope]) => ({ document, kind, at, before, after, reason, scope }) as Notice,
      );
    },
    async value(key) {
      const [row] = await database.all("SELECT value FROM named_values WHERE key = ?", [key]);
      return row === undefined ? null : String(row[0]);
    },
    async setValue(key, value) {
      await database.run(
        "INSERT INTO named_values (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, storable(value)],
      );
    },
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
