// A language model whose calls are counted for the metrics, and booked before they are made: where a ceiling would be passed, nothing is sent.
// And the choice of a smaller model while it is time to save.
import { z } from "zod";
import { Failure, reasonOf } from "../failure.ts";
import { addUsage, type LanguageModel, type ModelCounts, type ModelOutcome, spentUsage } from "./language-model.ts";
import { costOf, type Price } from "./model-prices.ts";
import { passingOf } from "./provider-trouble.ts";
import { replyLimit } from "./providers.ts";
import type { Booking, Spending } from "./spending-limits.ts";

/** What providers add around a prompt: roles, names of tools, their own instructions for schemas. */
const AROUND_TOKENS = 800;
const ROUNDS = 2;

const TOMORROW = "Budgets begin anew at midnight UTC; BUDGET_USD_DAY, BUDGET_USD_SERVER_DAY and BUDGET_USD_PERSON_DAY set them.";

export interface Accounting {
  counts: ModelCounts;
  /** Null where it is not known: then nothing is booked. */
  price: Price | null;
  spending: Spending;
}

export function accountedModel(model: LanguageModel, { counts, price, spending }: Accounting): LanguageModel {
  return {
    name: model.name,
    async generate(request) {
      const { system, user, schema } = request;
      // a token is at least one byte
      const tokens = Buffer.byteLength(system + user + JSON.stringify(z.toJSONSchema(schema))) + AROUND_TOKENS;
      const round = costOf(price, tokens, replyLimit(model.name));
      const booking = await booked(round * ROUNDS);
      let outcome: ModelOutcome = "answered";
      let spent = 0;
      let sent = false;
      try {
        // it may have waited for room
        request.signal?.throwIfAborted();
        sent = true;
        const reply = await model.generate(request);
        spent = added(reply.usage);
        return reply;
      } catch (error) {
        const { late, unanswered } = passingOf(error);
        outcome = late ? "late" : error instanceof Failure ? "failed" : "stopped";
        if (error instanceof Failure) spent = added(spentUsage(error));
        // what was sent and never answered may be on the bill all the same
        if (sent && (!(error instanceof Failure) || late || unanswered)) spent += round;
        throw error;
      } finally {
        counts.calls[outcome] += 1;
        await booking.settle(spent).catch(() => undefined); // the booking stays, which is on the safe side
      }
    },
  };

  function added(usage: ModelCounts["usage"] | null): number {
    if (usage !== null) addUsage(counts.usage, usage);
    return usage?.cost_usd ?? 0;
  }

  async function booked(most: number): Promise<Booking> {
    const booking = await spending.book(most).catch((cause: unknown) => {
      throw new Failure("model_failed", `What ${model.name} costs cannot be booked: ${reasonOf(cause)}.`, TOMORROW, { cause });
    });
    if (typeof booking !== "string") return booking;
    counts.calls.over_budget += 1;
    throw new Failure("model_failed", `${booking}.`, TOMORROW);
  }
}

/** The small model while it is time to save; the reader is told. Without one the large model stays. */
export function thriftyModel(model: LanguageModel, small: LanguageModel | null, spending: Spending): LanguageModel {
  if (small === null) return model;
  return {
    name: model.name,
    async generate(request) {
      if (!(await spending.saving())) return model.generate(request);
      spending.note(`Most of today's budget for language models is spent: ${small.name} writes instead of ${model.name}.`);
      return { ...(await small.generate(request)), by: small.name };
    },
  };
}
