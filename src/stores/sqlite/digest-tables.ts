// DigestStore in state.db. Every step that two processes could take at once is one statement or one transaction that begins with the lock.
import { correctionsOf, type DigestPart, type DigestRun, type DigestSchedule, type DigestStore } from "../digests.ts";
import type { Connection, Row, Statement } from "./database.ts";
import { storable } from "./database.ts";

export const DIGEST_TABLES = `
  CREATE TABLE digest_schedules (id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, record TEXT NOT NULL);
  CREATE INDEX digest_schedules_by_guild ON digest_schedules (guild_id);
  CREATE TABLE digest_runs (
    schedule_id TEXT NOT NULL, date TEXT NOT NULL, due TEXT NOT NULL, status TEXT NOT NULL, owner TEXT, held_until TEXT, content TEXT,
    PRIMARY KEY (schedule_id, date)
  );
  CREATE TABLE digest_parts (
    schedule_id TEXT NOT NULL, date TEXT NOT NULL, part INTEGER NOT NULL, text TEXT NOT NULL, tried_at TEXT, message_id TEXT,
    PRIMARY KEY (schedule_id, date, part)
  );`;

const RUN = "schedule_id, date, due, status, content";

export function createDigestTables(connection: Connection, guarded: <T>(work: () => T) => Promise<T>): DigestStore {
  const sql = (text: string): Statement => connection.sql(text);
  return {
    saveSchedule: (schedule) =>
      guarded(() => {
        sql("INSERT OR REPLACE INTO digest_schedules (id, guild_id, record) VALUES (?, ?, ?)").run([
          schedule.id,
          schedule.guildId,
          storable(JSON.stringify(schedule)),
        ]);
      }),
    schedules: (guildId) =>
      guarded(() =>
        (guildId === undefined
          ? sql("SELECT record FROM digest_schedules ORDER BY rowid").all()
          : sql("SELECT record FROM digest_schedules WHERE guild_id = ? ORDER BY rowid").all([guildId])
        ).map(toSchedule),
      ),
    schedule: (id) =>
      guarded(() => {
        const row = sql("SELECT record FROM digest_schedules WHERE id = ?").get([id]);
        return row === undefined ? null : toSchedule(row);
      }),
    removeSchedule: (id) =>
      guarded(() =>
        connection.transaction(() => {
          for (const table of ["digest_parts", "digest_runs"])
            sql(`DELETE FROM ${table} WHERE schedule_id IN (?, ?)`).run([id, correctionsOf(id)]);
          return sql("DELETE FROM digest_schedules WHERE id = ?").run([id]).changes > 0;
        }),
      ),
    claim: ({ scheduleId, date, due }, owner, now, until, isAlive) =>
      guarded(() =>
        connection.transaction(() => {
          const key = [scheduleId, date];
          const [status, holder, heldUntil] =
            sql("SELECT status, owner, held_until FROM digest_runs WHERE schedule_id = ? AND date = ?").get(key) ?? [];
          if (status === undefined) {
            sql("INSERT INTO digest_runs (schedule_id, date, due, status, owner, held_until) VALUES (?, ?, ?, 'open', ?, ?)").run(
              [...key, due, owner, until],
            );
          } else {
            const held = typeof holder === "string" && holder !== owner && String(heldUntil) > now && isAlive(holder);
            if (status !== "open" || held) return null;
            sql("UPDATE digest_runs SET owner = ?, held_until = ? WHERE schedule_id = ? AND date = ?").run([
              owner,
              until,
              ...key,
            ]);
          }
          return toRun(sql(`SELECT ${RUN} FROM digest_runs WHERE schedule_id = ? AND date = ?`).get(key) ?? []);
        }),
      ),
    planParts: (scheduleId, date, content, texts) =>
      guarded(() =>
        connection.transaction(() => {
          const { changes } = sql(
            "UPDATE digest_runs SET content = ? WHERE schedule_id = ? AND date = ? AND content IS NULL",
          ).run([JSON.stringify(content), scheduleId, date]);
          if (changes === 0) return;
          const insert = sql("INSERT INTO digest_parts (schedule_id, date, part, text) VALUES (?, ?, ?, ?)");
          texts.forEach((text, part) => insert.run([scheduleId, date, part, storable(text)]));
        }),
      ),
    parts: (scheduleId, date) =>
      guarded(() =>
        sql("SELECT part, text, tried_at, message_id FROM digest_parts WHERE schedule_id = ? AND date = ? ORDER BY part")
          .all([scheduleId, date])
          .map(([part, text, triedAt, messageId]) => ({ part, text, triedAt, messageId }) as DigestPart),
      ),
    markTried: (scheduleId, date, part, owner, now) =>
      guarded(
        () =>
          sql(
            `UPDATE digest_parts SET tried_at = coalesce(tried_at, ?) WHERE schedule_id = ? AND date = ? AND part = ?
             AND EXISTS (SELECT 1 FROM digest_runs r WHERE r.schedule_id = ? AND r.date = ? AND r.owner = ? AND r.status = 'open')`,
          ).run([now, scheduleId, date, part, scheduleId, date, owner]).changes > 0,
      ),
    markSent: (scheduleId, date, part, messageId) =>
      guarded(() => {
        sql("UPDATE digest_parts SET message_id = ? WHERE schedule_id = ? AND date = ? AND part = ?").run([
          messageId,
          scheduleId,
          date,
          part,
        ]);
      }),
    finish: ({ scheduleId, date, due }, status) =>
      guarded(() => {
        sql(
          `INSERT INTO digest_runs (schedule_id, date, due, status) VALUES (?, ?, ?, ?)
           ON CONFLICT (schedule_id, date) DO UPDATE SET status = excluded.status WHERE digest_runs.status = 'open'`,
        ).run([scheduleId, date, due, status]);
      }),
    runs: (scheduleId, limit) =>
      guarded(() =>
        sql(`SELECT ${RUN} FROM digest_runs WHERE schedule_id = ? ORDER BY due DESC, date DESC LIMIT ?`)
          .all([scheduleId, limit])
          .map(toRun),
      ),
  };
}

function toSchedule([record]: Row): DigestSchedule {
  const schedule = JSON.parse(String(record)) as DigestSchedule & { quiet?: boolean };
  // records of an older version lack what is new
  return { ...schedule, quiet: schedule.quiet ?? false };
}

function toRun([scheduleId, date, due, status, content]: Row): DigestRun {
  return {
    scheduleId,
    date,
    due,
    status,
    content: typeof content === "string" ? (JSON.parse(content) as DigestRun["content"]) : null,
  } as DigestRun;
}
