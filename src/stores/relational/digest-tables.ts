// DigestStore over tables. What two processes could take at once is taken by one statement that names the state it was seen in.
import { correctionsOf, type DigestPart, type DigestRun, type DigestSchedule, type DigestStore } from "../digests.ts";
import { storable, type Row, type SqlDatabase } from "./sql-database.ts";

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

export function createDigestTables(database: SqlDatabase): DigestStore {
  return {
    async saveSchedule(schedule) {
      await database.run(
        `INSERT INTO digest_schedules (id, guild_id, record) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET guild_id = excluded.guild_id, record = excluded.record`,
        [schedule.id, schedule.guildId, storable(JSON.stringify(schedule))],
      );
    },
    async schedules(guildId) {
      const [where, values] = guildId === undefined ? ["", []] : ["WHERE guild_id = ?", [guildId]];
      const rows = await database.all(`SELECT record FROM digest_schedules ${where} ORDER BY id`, values);
      return rows.map(toSchedule).sort((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1));
    },
    async schedule(id) {
      const [row] = await database.all("SELECT record FROM digest_schedules WHERE id = ?", [id]);
      return row === undefined ? null : toSchedule(row);
    },
    removeSchedule: (id) =>
      database.transaction(async (open) => {
        for (const table of ["digest_parts", "digest_runs"])
          await open.run(`DELETE FROM ${table} WHERE schedule_id IN (?, ?)`, [id, correctionsOf(id)]);
        return (await open.run("DELETE FROM digest_schedules WHERE id = ?", [id])) > 0;
      }),
    async claim({ scheduleId, date, due }, owner, now, until, isAlive) {
      const key = [scheduleId, date];
      await database.run(
        `INSERT INTO digest_runs (schedule_id, date, due, status, owner, held_until) VALUES (?, ?, ?, 'open', ?, ?)
         ON CONFLICT (schedule_id, date) DO NOTHING`,
        [...key, due, owner, until],
      );
      const [row = []] = await database.all(
        `SELECT ${RUN}, owner, held_until FROM digest_runs WHERE schedule_id = ? AND date = ?`,
        key,
      );
      const [status, holder = null, heldUntil = null] = [row[3], ...row.slice(5)];
      const held = typeof holder === "string" && holder !== owner && String(heldUntil) > now && isAlive(holder);
      if (status !== "open" || held) return null;
      // whoever was quicker has changed what stood here
      const taken = await database.run(
        `UPDATE digest_runs SET owner = ?, held_until = ? WHERE schedule_id = ? AND date = ? AND status = 'open'
         AND (owner = ? OR (coalesce(owner, '') = ? AND coalesce(held_until, '') = ?))`,
        [owner, until, ...key, owner, holder ?? "", heldUntil ?? ""],
      );
      return taken > 0 ? toRun(row) : null;
    },
    planParts: (scheduleId, date, content, texts) =>
      database.transaction(async (open) => {
        const changes = await open.run(
          "UPDATE digest_runs SET content = ? WHERE schedule_id = ? AND date = ? AND content IS NULL",
          [JSON.stringify(content), scheduleId, date],
        );
        if (changes === 0) return;
        for (const [part, text] of texts.entries())
          await open.run("INSERT INTO digest_parts (schedule_id, date, part, text) VALUES (?, ?, ?, ?)", [
            scheduleId,
            date,
            part,
            storable(text),
          ]);
      }),
    async parts(scheduleId, date) {
      const rows = await database.all(
        "SELECT part, text, tried_at, message_id FROM digest_parts WHERE schedule_id = ? AND date = ? ORDER BY part",
        [scheduleId, date],
      );
      return rows.map(([part, text, triedAt, messageId]) => ({ part, text, triedAt, messageId }) as DigestPart);
    },
    async markTried(scheduleId, date, part, owner, now) {
      const changes = await database.run(
        `UPDATE digest_parts SET tried_at = coalesce(tried_at, ?) WHERE schedule_id = ? AND date = ? AND part = ?
         AND EXISTS (SELECT 1 FROM digest_runs r WHERE r.schedule_id = ? AND r.date = ? AND r.owner = ? AND r.status = 'open')`,
        [now, scheduleId, date, part, scheduleId, date, owner],
      );
      return changes > 0;
    },
    async markSent(scheduleId, date, part, messageId) {
      await database.run("UPDATE digest_parts SET message_id = ? WHERE schedule_id = ? AND date = ? AND part = ?", [
        messageId,
        scheduleId,
        date,
        part,
      ]);
    },
    async finish({ scheduleId, date, due }, status) {
      await database.run(
        `INSERT INTO digest_runs (schedule_id, date, due, status) VALUES (?, ?, ?, ?)
         ON CONFLICT (schedule_id, date) DO UPDATE SET status = excluded.status WHERE digest_runs.status = 'open'`,
        [scheduleId, date, due, status],
      );
    },
    async runs(scheduleId, limit) {
      const rows = await database.all(
        `SELECT ${RUN} FROM digest_runs WHERE schedule_id = ? ORDER BY due DESC, date DESC LIMIT ?`,
        [scheduleId, limit],
      );
      return rows.map(toRun);
    },
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
