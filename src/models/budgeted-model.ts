// A language model whose calls are booked before they are made: where a ceiling would be passed, nothing is sent. And the choice of a
// smaller model while it is time to save.
import { z } from "zod";
import { Failure, reasonOf } from "../failure.ts";
import { type LanguageModel, type ModelRequest, spentUsage } from "./language-model.ts";
import { costOf, type Price } from "./model-prices.ts";
import { passingOf } from "./provider-trouble.ts";
import { replyLimit } from "./providers.ts";
import type { Booking, Spending } from "./spending-limits.ts";

/** What providers add around a prompt: roles, names of tools, their own instructions for schemas. */
const AROUND_TOKENS = 800;
/** A reply that cannot be used is asked for once more. */
const ROUNDS = 2;

const TOMORROW = "Budgets begin anew at midnight UTC; BUDGET_USD_DAY, BUDGET_USD_SERVER_DAY and BUDGET_USD_PERSON_DAY set them.";

export interface Budgeting {
  price: Price;
  spending: Spending;
  /** A call is over budget. */
  onRefusal?: () => void;
}

export function budgetedModel(model: LanguageModel, { price, spending, onRefusal }: Budgeting): LanguageModel {
  /** A token is at least one byte. */
  const roundAtMost = ({ system, user, schema }: ModelRequest<unknown>): number => {
    const bytes = [system, user, JSON.stringify(z.toJSONSchema(schema))].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    return costOf(price, bytes + AROUND_TOKENS, replyLimit(model.name));
  };
  return {
    name: model.name,
    async generate(request) {
      const round = roundAtMost(request);
      const booking = await booked(round * ROUNDS);
      let spent = 0;
      try {
        // it may have waited for room
        request.signal?.throwIfAborted();
        spent = round * ROUNDS;
        const reply = await model.generate(request);
        spent = reply.usage.cost_usd;
        return reply;
      } catch (error) {
        const told = error instanceof Failure ? (spentUsage(error)?.cost_usd ?? 0) : 0;
        // what was sent and never answered may be on the bill all the same
        const unknown = !(error instanceof Failure) || passingOf(error).late || passingOf(error).unanswered;
        if (spent > 0) spent = told + (unknown ? round : 0);
        throw error;
      } finally {
        await booking.settle(spent).catch(() => undefined); // the booking stays, which is on the safe side
      }
    },
  };

  async function booked(most: number): Promise<Booking> {
    const booking = await spending.book(most).catch((cause: unknown) => {
      throw new Failure("model_failed", `What ${model.name} costs cannot be booked: ${reasonOf(cause)}.`, TOMORROW, { cause });
    });
    if (typeof booking !== "string") return booking;
    onRefusal?.();
    throw new Failure("model_failed", `${booking}.`, TOMORROW);
  }
}

/** The small model while it is time to save; the reader is told. Without one the large model stays. */
export function thriftyModel(model: LanguageModel, small: LanguageModel | null, spending: Spending): LanguageModel {
  if (small === null) return model;
  return {
    name: model.name,
    async generate(request) {
      if ((await spending.level()) === "normal") return model.generate(request);
      spending.note(`Most of today's budget for language models is spent: ${small.name} writes instead of ${model.name}.`);
      return small.generate(request);
    },
  };
}
