// A digest store in memory, for tests of what hangs on it.
import {
  correctionsOf,
  type DigestPart,
  type DigestRun,
  type DigestSchedule,
  type DigestStore,
} from "../../src/stores/digests.ts";

interface Held {
  run: DigestRun;
  owner: string;
  until: string;
  parts: DigestPart[];
}

export function createMemoryDigests(): DigestStore {
  const schedules = new Map<string, DigestSchedule>();
  const held = new Map<string, Held>();
  const at = (scheduleId: string, date: string): Held | undefined => held.get(`${scheduleId} ${date}`);
  return {
    async saveSchedule(schedule) {
      schedules.set(schedule.id, schedule);
    },
    schedules: async (guildId) => [...schedules.values()].filter((each) => guildId === undefined || each.guildId === guildId),
    schedule: async (id) => schedules.get(id) ?? null,
    async removeSchedule(id) {
      for (const [key, { run }] of held) if ([id, correctionsOf(id)].includes(run.scheduleId)) held.delete(key);
      return schedules.delete(id);
    },
    async claim({ scheduleId, date, due }, owner, now, until, isAlive) {
      const known = at(scheduleId, date);
      if (known !== undefined) {
        if (known.run.status !== "open") return null;
        if (known.owner !== owner && known.until > now && isAlive(known.owner)) return null;
        Object.assign(known, { owner, until });
        return structuredClone(known.run);
      }
      const run: DigestRun = { scheduleId, date, due, status: "open", content: null };
      held.set(`${scheduleId} ${date}`, { run, owner, until, parts: [] });
      return structuredClone(run);
    },
    async planParts(scheduleId, date, content, texts) {
      const known = at(scheduleId, date);
      if (known === undefined || known.run.content !== null) return;
      known.run.content = content;
      known.parts = texts.map((text, part) => ({ part, text, triedAt: null, messageId: null }));
    },
    parts: async (scheduleId, date) => structuredClone(at(scheduleId, date)?.parts ?? []),
    async markTried(scheduleId, date, part, owner, now) {
      const known = at(scheduleId, date);
      const found = known?.parts[part];
      if (found === undefined || known?.owner !== owner || known.run.status !== "open") return false;
      found.triedAt ??= now;
      return true;
    },
    async markSent(scheduleId, date, part, messageId) {
      const found = at(scheduleId, date)?.parts[part];
      if (found !== undefined) found.messageId = messageId;
    },
    async finish({ scheduleId, date, due }, status) {
      const known = at(scheduleId, date);
      if (known === undefined) {
        const run: DigestRun = { scheduleId, date, due, status, content: null };
        held.set(`${scheduleId} ${date}`, { run, owner: "", until: "", parts: [] });
      } else if (known.run.status === "open") known.run.status = status;
    },
    runs: async (scheduleId, limit) =>
      structuredClone([...held.values()].map(({ run }) => run).filter((run) => run.scheduleId === scheduleId))
        .sort((a, b) => (a.due < b.due ? 1 : -1))
        .slice(0, limit),
  };
}
