// A state store in memory, for tests of what hangs on it. Keeps the port's promises; the contract suite is the real stores'.
import type { Notice } from "../../src/domain.ts";
import type { FeedbackRecord, Receipt, StateStore, TurnRecord } from "../../src/stores/state.ts";
import { createMemoryDigests } from "./memory-digests.ts";

export function createMemoryState(): StateStore {
  const receipts = new Map<string, Receipt>();
  const feedback = new Map<string, FeedbackRecord>();
  const turns = new Map<string, TurnRecord>();
  const notices: Notice[] = [];
  const values = new Map<string, string>();
  return {
    async saveReceipt(receipt) {
      receipts.set(receipt.answer.answer_id, receipt);
    },
    async receipt(answerId) {
      return receipts.get(answerId) ?? null;
    },
    async saveFeedback(record) {
      feedback.set(`${record.answerId} ${record.asker}`, record);
    },
    async feedbackOn(answerId) {
      return [...feedback.values()].filter((record) => record.answerId === answerId);
    },
    async saveTurn(turn) {
      turns.set(turn.messageId, turn);
    },
    async turn(messageId) {
      return turns.get(messageId) ?? null;
    },
    async saveNotice(notice) {
      notices.push(notice);
    },
    async notices(since, scopes = []) {
      return notices.filter(({ at, scope }) => at >= since && (scope === null || scopes.includes(scope)));
    },
    async value(key) {
      return values.get(key) ?? null;
    },
    async setValue(key, value) {
      values.set(key, value);
    },
    async forget(asker) {
      let count = 0;
      for (const [key, receipt] of receipts) if (receipt.asker === asker && receipts.delete(key)) count += 1;
      for (const [key, record] of feedback) if (record.asker === asker && feedback.delete(key)) count += 1;
      for (const [key, turn] of turns) if (turn.asker === asker && turns.delete(key)) count += 1;
      return count;
    },
    digests: createMemoryDigests(),
    spending: { reserve: async () => [], settle: async () => undefined, spent: async (_day, names) => names.map(() => 0) },
    async close() {},
  };
}
