// A follow-up made to stand alone by a language model: one call, of the last turns, and nothing of the documents but what was told in them.
import { z } from "zod";
import type { Prompt } from "../answer/prompt.ts";
import type { Clock } from "../clock.ts";
import type { LanguageModel } from "../models/language-model.ts";
import type { Condense } from "./condense-question.ts";

export interface CondenseByModelParts {
  model: LanguageModel;
  /** prompts/condense.md, slots to be filled. */
  prompt: Pick<Prompt, "fill">;
  clock: Clock;
  timeoutMs: number;
}

/** Turns that are shown, and characters of each answer. */
const TURNS = 4;
const TOLD = 400;
const REPLY = z.object({ question: z.string().describe("The question that stands alone.") });

export function createCondense({ model, prompt, clock, timeoutMs }: CondenseByModelParts): Condense {
  return async (history, question, signal) => {
    const turns = history
      .slice(-TURNS)
      .map((turn) => `Question: ${oneLine(turn.question)}\nAnswer: ${oneLine(turn.answer).slice(0, TOLD) || "(none)"}`);
    const { value, usage } = await model.generate({
      system: prompt.fill("System", { today: clock.now().toISOString().slice(0, 10) }),
      user: prompt.fill("User", { turns: turns.join("\n"), question: oneLine(question) }),
      schema: REPLY,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
    });
    return { question: value.question, usage };
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
