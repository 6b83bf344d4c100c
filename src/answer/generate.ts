// Answers written by a language model: asked with numbered passages, checked sentence by sentence, repaired once, and dropped where
// that does not help. Cites only what the model named and the gate found there; adds no citation of its own.
import { z } from "zod";
import type { DroppedSentence, Passage, Usage } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { LanguageModel } from "../models/language-model.ts";
import { fold } from "../text/words.ts";
import type { DraftSentence, Generate, Generated, GenerateRequest } from "./draft.ts";
import { verifyGenerated } from "./own-words.ts";
import { listPassages } from "./passage-list.ts";
import { loadPrompt } from "./prompt.ts";
import { formSentences } from "./sentence-form.ts";
import { tighten } from "./tighten.ts";

export interface GenerateOptions {
  model: LanguageModel;
  /** For a whole answer, its repair included. Milliseconds. */
  timeoutMs: number;
  /** Name of the file in prompts/ that says what is to be written. */
  prompt: "answer" | "summary";
}

/** Sentences of an answer. Of a longer reply one more than is asked for is read. */
const MOST_SENTENCES = 5;

const REPLY = z.object({
  sentences: z.array(
    z.object({
      text: z.string().describe("One plain sentence."),
      passages: z.array(z.int()).describe("Numbers of the passages it was made from."),
    }),
  ),
});

const REPAIR = z.object({
  sentences: z.array(
    z.object({
      number: z.int().describe("The number of the failed sentence that this one replaces."),
      text: z.string(),
      passages: z.array(z.int()),
    }),
  ),
});

/** A sentence on its way: where it stands in the answer, and what became of it. */
interface Attempt {
  text: string;
  numbers: number[];
  draft: DraftSentence | null;
  /** Why it failed, for the model; empty when `draft` is set. */
  reasons: string[];
}

/** Reads the prompts at once, so that a missing file is known before the first question. */
export function createGenerate({ model, timeoutMs, prompt }: GenerateOptions): Generate {
  const writePrompt = loadPrompt(prompt);
  const repairPrompt = loadPrompt("repair");

  return async function generate(request: GenerateRequest): Promise<Generated> {
    const { retrieval, passages, sentences: most = MOST_SENTENCES } = request;
    const verify = verifyGenerated(request.verify);
    const usage: Usage = { input_tokens: 0, output_tokens: 0, cost_usd: 0 };
    const done = (sentences: DraftSentence[], warnings: string[], dropped: DroppedSentence[] = []): Generated => ({
      sentences,
      model: model.name,
      usage,
      dropped,
      warnings,
    });
    if (passages.length === 0) return done([], []);

    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
    const { mark, text } = listPassages(passages);
    const slots = { question: retrieval.inquiry.text.replace(/\s+/g, " "), passages: text };
    const system = writePrompt.fill("System", { mark, sentences: String(most) });
    const asking = { system, user: writePrompt.fill("User", slots), schema: REPLY, signal };
    const first = await late(() => model.generate(asking));
    add(usage, first.usage);
    const attempts = first.value.sentences
      .flatMap((item) => attemptsOf(item.text, item.passages, passages, verify))
      .slice(0, most + 1);
    if (attempts.length === 0) return done([], [`${model.name} found no answer in the passages.`]);

    const warnings: string[] = [];
    const failed = attempts.filter((attempt) => attempt.draft === null);
    if (failed.length > 0) await repair(failed, slots, system, warnings);

    const sentences = withoutRepeats(attempts.flatMap((attempt) => attempt.draft ?? []));
    const dropped = attempts.flatMap(({ text, draft, reasons }) => (draft === null ? [{ text, reasons }] : []));
    if (sentences.length === 0) {
      throw new Failure(
        "model_failed",
        `None of the ${attempts.length} sentences that ${model.name} wrote passed the check against the passages.`,
        "A larger model may do better.",
        { cause: Object.assign(new Error("nothing passed the sentence gate"), { usage, dropped }) },
      );
    }
    if (dropped.length > 0)
      warnings.push(
        `${dropped.length} of the model's sentences failed the check against the sources and ${dropped.length === 1 ? "was" : "were"} left out.`,
      );
    return done(sentences, warnings, dropped);

    /** All failures in one request; what comes back is checked like the first reply. Trouble here costs only the failed sentences. */
    async function repair(failures: Attempt[], filled: typeof slots, instructions: string, notes: string[]): Promise<void> {
      const list = failures.map(({ text, numbers, reasons }, index) => {
        const cited = numbers.length === 0 ? "no passage" : `passage ${numbers.join(", ")}`;
        return `${index + 1}. ${JSON.stringify(text)} (${cited}): ${reasons.join("; ")}`;
      });
      const user = repairPrompt.fill("User", { ...filled, failures: list.join("\n") });
      try {
        const reply = await model.generate({ system: instructions, user, schema: REPAIR, signal });
        add(usage, reply.usage);
        for (const item of reply.value.sentences) {
          const target = failures[item.number - 1];
          if (target === undefined || target.draft !== null) continue;
          const better = attemptsOf(item.text, item.passages, passages, verify).find((attempt) => attempt.draft !== null);
          if (better !== undefined) Object.assign(target, better);
        }
      } catch (error) {
        request.signal?.throwIfAborted();
        const why = error instanceof Failure ? error.message : "it took too long.";
        notes.push(`The model could not mend its sentences: ${why}`);
      }
    }

    /** A deadline of ours is the provider's trouble, not the caller's wish. */
    async function late<T>(operation: () => Promise<T>): Promise<T> {
      try {
        return await operation();
      } catch (error) {
        request.signal?.throwIfAborted();
        if (!deadline.aborted || error instanceof Failure) throw error;
        throw new Failure(
          "model_failed",
          `${model.name} did not answer in time.`,
          "Raise MODEL_TIMEOUT_SECONDS, or use a faster model.",
          { cause: error },
        );
      }
    }
  };
}

/** One item of a reply, formed, its numbers resolved, its sentences gated. */
function attemptsOf(
  raw: string,
  given: readonly number[],
  passages: readonly Passage[],
  verify: GenerateRequest["verify"],
): Attempt[] {
  return formSentences(raw).map(({ text, inline, problems }) => {
    const numbers = [...new Set([...given, ...(given.length === 0 ? inline : [])])];
    const reasons = [...problems];
    const invented = [...numbers, ...inline].filter((number) => passages[number - 1] === undefined);
    if (invented.length > 0) reasons.push(`there is no passage ${[...new Set(invented)].join(", ")}`);
    if (numbers.length === 0) reasons.push("it names no passage");
    if (reasons.length > 0) return { text, numbers, draft: null, reasons };
    const cited = numbers.flatMap((number) => passages[number - 1] ?? []);
    const { draft, verdict } = tighten(text, cited, verify);
    return verdict.supported ? { text, numbers, draft, reasons: [] } : { text, numbers, draft: null, reasons: verdict.reasons };
  });
}

function withoutRepeats(drafts: DraftSentence[]): DraftSentence[] {
  const seen = new Set<string>();
  return drafts.filter(({ text }) => {
    const key = fold(text).replace(/[^\p{L}\p{N}]+/gu, " ");
    return !seen.has(key) && seen.add(key);
  });
}

function add(sum: Usage, more: Usage): void {
  sum.input_tokens += more.input_tokens;
  sum.output_tokens += more.output_tokens;
  sum.cost_usd += more.cost_usd;
}

/** What a model wrote before a `model_failed` because nothing of it passed. */
export function droppedBefore(failure: Failure): DroppedSentence[] {
  return (failure.cause as { dropped?: DroppedSentence[] } | undefined)?.dropped ?? [];
}
