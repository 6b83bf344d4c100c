// What every DigestStore must keep; run on each implementation.
import { describe, expect, test } from "vitest";
import type { DigestSchedule, DigestStore } from "../../src/stores/digests.ts";

export const scheduleOf = (id: string, more: Partial<DigestSchedule> = {}): DigestSchedule => ({
  id,
  guildId: "1",
  channelId: "2",
  at: "08:00",
  zone: "Europe/Oslo",
  days: [],
  topic: null,
  createdBy: "3",
  since: "2031-03-01T00:00:00.000Z",
  paused: false,
  trouble: null,
  quiet: false,
  ...more,
});

const run = { scheduleId: "a", date: "2031-03-02", due: "2031-03-02T07:00:00.000Z" };
const content = { until: "2031-03-02T07:00:01.000Z", nothingNew: false, documents: ["d1"] };
const [now, later] = ["2031-03-02T07:00:01.000Z", "2031-03-02T07:01:00.000Z"];
const alive = (): boolean => true;

export function digestContract(name: string, open: () => Promise<DigestStore>): void {
  describe(`digest store: ${name}`, () => {
    test("keeps schedules by server, and forgets a removed one with its runs", async () => {
      const store = await open();
      await store.saveSchedule(scheduleOf("a", { topic: "quay ☂" }));
      await store.saveSchedule(scheduleOf("b", { guildId: "9" }));
      await store.saveSchedule(scheduleOf("a", { topic: "tunnel" }));
      expect(await store.schedules("1")).toEqual([scheduleOf("a", { topic: "tunnel" })]);
      expect((await store.schedules()).map(({ id }) => id).sort()).toEqual(["a", "b"]);
      await store.claim(run, "one", now, later, alive);
      expect(await store.removeSchedule("a")).toBe(true);
      expect(await store.removeSchedule("a")).toBe(false);
      expect(await store.schedule("a")).toBeNull();
      expect(await store.runs("a", 5)).toEqual([]);
    });

    test("one owner at a time: a dead or late one is followed, a done run is nobody's", async () => {
      const store = await open();
      expect(await store.claim(run, "one", now, later, alive)).toMatchObject({ status: "open", content: null });
      expect(await store.claim(run, "two", now, later, alive)).toBeNull();
      expect(await store.claim(run, "one", now, later, alive)).not.toBeNull();
      expect(await store.claim(run, "two", now, later, () => false)).not.toBeNull();
      expect(await store.claim(run, "three", "2031-03-02T08:00:00.000Z", "2031-03-02T08:01:00.000Z", alive)).not.toBeNull();
      await store.planParts("a", run.date, content, ["x"]);
      expect(await store.markTried("a", run.date, 0, "two", now)).toBe(false);
      await store.finish(run, "sent");
      expect(await store.claim(run, "three", now, later, alive)).toBeNull();
      await store.finish(run, "skipped");
      expect((await store.runs("a", 5))[0]?.status).toBe("sent");
    });

    test("parts are planned once, tried, then sent", async () => {
      const store = await open();
      await store.claim(run, "one", now, later, alive);
      await store.planParts("a", run.date, content, ["first", "second"]);
      await store.planParts("a", run.date, { ...content, documents: [] }, ["other"]);
      expect((await store.parts("a", run.date)).map(({ text }) => text)).toEqual(["first", "second"]);
      expect(await store.markTried("a", run.date, 1, "one", now)).toBe(true);
      expect(await store.markTried("a", run.date, 1, "one", later)).toBe(true);
      await store.markSent("a", run.date, 1, "77");
      expect(await store.parts("a", run.date)).toEqual([
        { part: 0, text: "first", triedAt: null, messageId: null },
        { part: 1, text: "second", triedAt: now, messageId: "77" },
      ]);
      expect(await store.runs("a", 5)).toEqual([{ ...run, status: "open", content }]);
    });
  });
}
