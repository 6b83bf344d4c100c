// What every StateStore must keep; run on each implementation.
import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/domain.ts";
import type { Notice } from "../../src/domain.ts";
import type { Receipt, StateStore, TurnRecord } from "../../src/stores/state.ts";

export function receiptOf(answerId: string, asker: string | null, question = "Why was the quay closed?"): Receipt {
  const answer: Answer = {
    answer_id: answerId,
    question,
    status: "not_covered",
    sentences: [],
    disagreements: [],
    sources: [],
    nearest: [],
    coverage: { documents: 0, from: null, to: null, publishers: [] },
    mode: "extractive",
    warnings: [],
    usage: null,
    timing_ms: { retrieve: 1, answer: 2, check: 3, total: 6 },
  };
  return { answer, trail: { filter: {}, passages: [], index: null, prompt: null }, asker, at: "2026-01-02T03:04:05Z" };
}

const turnOf = (messageId: string, asker: string, parentId: string | null = null): TurnRecord => ({
  messageId,
  parentId,
  asker,
  question: "And then? 🚢",
  answerId: `answer-${messageId}`,
  at: "2026-01-02T03:04:05Z",
});

export function stateContract(name: string, open: () => Promise<StateStore>): void {
  describe(`state store: ${name}`, () => {
    test("keeps what was noticed of documents, once a day, in order, for those who may see it", async () => {
      const store = await open();
      const notice: Notice = {
        document: "a",
        kind: "corrected",
        at: "2026-01-02T03:04:05Z",
        before: "It is 4.",
        after: null,
        reason: "text",
        scope: null,
      };
      const own: Notice = { ...notice, document: "b", kind: "withdrawn", at: "2026-01-03T00:00:00Z", scope: "guild:1" };
      for (const each of [own, notice, { ...notice, at: "2026-01-02T09:00:00Z" }]) await store.saveNotice(each);
      expect(await store.notices("2026-01-01")).toEqual([notice]);
      expect(await store.notices("2026-01-01", ["guild:1"])).toEqual([notice, own]);
      expect(await store.notices("2026-01-03T00:00:00Z")).toEqual([]);
      await store.close();
    });

    test("gives back what was saved, null for what was not", async () => {
      const store = await open();
      const receipt = receiptOf("a1", "discord:1", 'nul \u0000, half \ud83d, "quotes"');
      await store.saveReceipt(receipt);
      await store.saveReceipt(receiptOf("a2", null));
      expect(await store.receipt("a1")).toEqual(receipt);
      expect((await store.receipt("a2"))?.asker).toBeNull();
      expect(await store.receipt("a3")).toBeNull();
      await store.saveTurn(turnOf("m1", "discord:1"));
      await store.saveTurn(turnOf("m2", "discord:1", "m1"));
      expect(await store.turn("m2")).toEqual(turnOf("m2", "discord:1", "m1"));
      expect((await store.turn("m1"))?.parentId).toBeNull();
      expect(await store.turn("m3")).toBeNull();
      await store.close();
    });

    test("keeps one opinion a person and answer, the later one", async () => {
      const store = await open();
      const at = "2026-01-02T00:00:00Z";
      await store.saveFeedback({ answerId: "a", asker: "discord:1", helpful: true, reason: null, at });
      await store.saveFeedback({ answerId: "a", asker: "discord:2", helpful: true, reason: null, at });
      await store.saveFeedback({ answerId: "a", asker: "discord:1", helpful: false, reason: "old news", at });
      expect(await store.feedbackOn("a")).toEqual([
        { answerId: "a", asker: "discord:1", helpful: false, reason: "old news", at },
        { answerId: "a", asker: "discord:2", helpful: true, reason: null, at },
      ]);
      expect(await store.feedbackOn("b")).toEqual([]);
      await store.close();
    });

    test("books what is under way, never beyond a ceiling, and forgets the day before", async () => {
      const store = await open();
      const { spending } = store;
      const all = { name: "everything", ceiling: 100 };
      const one = { name: "person a", ceiling: 30 };
      expect(await spending.reserve("2031-01-01", [all, one], 30)).toEqual([]);
      expect(await spending.reserve("2031-01-01", [all, one], 1)).toEqual(["person a"]);
      expect(await spending.spent("2031-01-01", ["everything", "person a"])).toEqual([0, 0]);
      await spending.settle("2031-01-01", ["everything", "person a"], 30, 10);
      expect(await spending.spent("2031-01-01", ["everything", "person a"])).toEqual([10, 10]);
      const many = await Promise.all(Array.from({ length: 20 }, () => spending.reserve("2031-01-01", [all], 20)));
      expect(many.filter((full) => full.length === 0)).toHaveLength(4);
      expect(await spending.reserve("2031-01-02", [all, one], 30)).toEqual([]);
      expect(await spending.spent("2031-01-01", ["everything"])).toEqual([0]);
      await store.close();
    });

    test("keeps named values", async () => {
      const store = await open();
      expect(await store.value("commands")).toBeNull();
      await store.setValue("commands", "one");
      await store.setValue("commands", "two");
      expect(await store.value("commands")).toBe("two");
      await store.close();
    });

    test("forgets one asker and nobody else", async () => {
      const store = await open();
      for (const asker of ["discord:1", "discord:2"]) {
        await store.saveReceipt(receiptOf(`r-${asker}`, asker));
        await store.saveTurn(turnOf(`m-${asker}`, asker));
        await store.saveFeedback({ answerId: "a", asker, helpful: true, reason: null, at: "2026-01-02T00:00:00Z" });
      }
      expect(await store.forget("discord:1")).toBe(3);
      expect(await store.forget("discord:1")).toBe(0);
      expect(await store.receipt("r-discord:1")).toBeNull();
      expect(await store.turn("m-discord:1")).toBeNull();
      expect((await store.feedbackOn("a")).map(({ asker }) => asker)).toEqual(["discord:2"]);
      expect(await store.receipt("r-discord:2")).not.toBeNull();
      expect(await store.turn("m-discord:2")).not.toBeNull();
      await store.close();
    });
  });
}
