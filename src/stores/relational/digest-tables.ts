// DigestStore over tables. What two processes could take at once is taken by one statement that names the state it was seen in.
import { correctionsOf, type DigestPart, type DigestRun, type DigestSchedule, type DigestStore } from "../digests.ts";
import { insertInto, insertRows, replaceIn, type Row, type SqlDatabase } from "./sql-database.ts";

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

const RUN = "SELECT schedule_id, date, due, status, content, owner, held_until FROM digest_runs WHERE schedule_id = ?";
const OF_RUN = "schedule_id = ? AND date = ?";

export function createDigestTables(database: SqlDatabase): DigestStore {
  return {
    async saveSchedule(schedule) {
      const { id, guildId } = schedule;
      await database.run(replaceIn("digest_schedules", ["id"], ["guild_id", "record"]), [id, guildId, JSON.stringify(schedule)]);
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
      const run = [scheduleId, date];
      const fresh = { schedule_id: scheduleId, date, due, owner, held_until: until, status: "open" };
      await insertRows(database, "digest_runs", [fresh]);
      const [row = []] = await database.all(`${RUN} AND date = ?`, run);
      const [status, , holder = null, heldUntil = null] = row.slice(3);
      const held = typeof holder === "string" && holder !== owner && String(heldUntil) > now && isAlive(holder);
      if (status !== "open" || held) return null;
      // whoever was quicker has changed what stood here
      const taken = await database.run(
        `UPDATE digest_runs SET owner = ?, held_until = ? WHERE ${OF_RUN} AND status = 'open'
         AND (owner = ? OR (coalesce(owner, '') = ? AND coalesce(held_until, '') = ?))`,
        [owner, until, ...run, owner, holder ?? "", heldUntil ?? ""],
      );
      return taken > 0 ? toRun(row) : null;
    },
    planParts: (scheduleId, date, content, texts) =>
      database.transaction(async (open) => {
        const plan = `UPDATE digest_runs SET content = ? WHERE ${OF_RUN} AND content IS NULL`;
        if ((await open.run(plan, [JSON.stringify(content), scheduleId, date])) === 0) return;
        const parts = texts.map((text, part) => ({ schedule_id: scheduleId, date, part, text }));
        await insertRows(open, "digest_parts", parts);
      }),
    async parts(...run) {
      const sql = `SELECT part, text, tried_at, message_id FROM digest_parts WHERE ${OF_RUN} ORDER BY part`;
      const rows = await database.all(sql, run);
      return rows.map(([part, text, triedAt, messageId]) => ({ part, text, triedAt, messageId }) as DigestPart);
    },
    async markTried(scheduleId, date, part, owner, now) {
      const changes = await database.run(
        `UPDATE digest_parts SET tried_at = coalesce(tried_at, ?) WHERE ${OF_RUN} AND part = ?
         AND EXISTS (SELECT 1 FROM digest_runs WHERE ${OF_RUN} AND owner = ? AND status = 'open')`,
        [now, scheduleId, date, part, scheduleId, date, owner],
      );
      return changes > 0;
    },
    async markSent(scheduleId, date, part, messageId) {
      await database.run(`UPDATE digest_parts SET message_id = ? WHERE ${OF_RUN} AND part = ?`, [
        messageId,
        scheduleId,
        date,
        part,
      ]);
    },
    async finish({ scheduleId, date, due }, status) {
      await database.run(
        `${insertInto("digest_runs", ["schedule_id", "date", "due", "status"])}
         ON CONFLICT (schedule_id, date) DO UPDATE SET status = excluded.status WHERE digest_runs.status = 'open'`,
        [scheduleId, date, due, status],
      );
    },
    async runs(scheduleId, limit) {
      return (await database.all(`${RUN} ORDER BY due DESC, date DESC LIMIT ?`, [scheduleId, limit])).map(toRun);
    },
  };
}

function toSchedule([record]: Row): DigestSchedule {
  // records of an older version lack what is new
  return { quiet: false, ...(JSON.parse(String(record)) as Partial<DigestSchedule>) } as DigestSchedule;
}

function toRun([scheduleId, date, due, status, content]: Row): DigestRun {
  return {
    scheduleId,
    date,
    due,
    status,
    content: typeof content === "string" ? (JSON.parse(content) as unknown) : null,
  } as DigestRun;
}
