// Counts what becomes of each request to a language model, for the metrics: outcomes, tokens, money. Changes nothing.
import { Failure } from "../failure.ts";
import { type LanguageModel, type ModelCounts, type ModelOutcome, spentUsage } from "./language-model.ts";
import { passingOf } from "./provider-trouble.ts";

export function countedModel(model: LanguageModel, counts: ModelCounts): LanguageModel {
  const add = (usage: ModelCounts["usage"] | null): void => {
    counts.usage.input_tokens += usage?.input_tokens ?? 0;
    counts.usage.output_tokens += usage?.output_tokens ?? 0;
    counts.usage.cost_usd += usage?.cost_usd ?? 0;
  };
  return {
    name: model.name,
    async generate(request) {
      let outcome: ModelOutcome = "answered";
      try {
        const reply = await model.generate(request);
        add(reply.usage);
        return reply;
      } catch (error) {
        if (passingOf(error).late) outcome = "late";
        else outcome = error instanceof Failure ? "failed" : "stopped";
        if (error instanceof Failure) add(spentUsage(error));
        throw error;
      } finally {
        counts.calls[outcome] += 1;
      }
    },
  };
}
