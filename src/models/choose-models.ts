// The sentence model and the language model that the settings name. Part of the composition root; loads neither yet.
import type { Settings } from "../settings.ts";
import { accountedModel } from "./accounted-model.ts";
import { createAlignmentJudge } from "./alignment-judge.ts";
import { createAnswerReader } from "./answer-reader.ts";
import type { Embedder, ReadAnswers } from "./embedder.ts";
import type { Judge } from "./judge.ts";
import { createLangChainModel } from "./langchain-model.ts";
import type { LanguageModel, ModelCounts } from "./language-model.ts";
import { createLlmJudge, type JudgePrompt } from "./llm-judge.ts";
import { createOnnxEmbedder, isBundled } from "./onnx-embedder.ts";
import { createOpenAiEmbedder } from "./openai-embedder.ts";
import { traitsOf } from "./providers.ts";
import type { Spending } from "./spending-limits.ts";
import { steadyModel } from "./steadily.ts";

export function chooseEmbedder(settings: Settings): Embedder {
  if (settings.embeddings === "bundled") return createOnnxEmbedder();
  if (settings.embeddings !== "openai") return createOnnxEmbedder({ folder: settings.embeddings });
  return createOpenAiEmbedder({
    apiKey: settings.openaiApiKey,
    baseUrl: settings.openaiBaseUrl,
    model: settings.embeddingsModel,
  });
}

export interface ModelSurroundings {
  /** Ends its calls. */
  stop: AbortSignal;
  spending: Spending;
  counts: ModelCounts;
}

/** What judges meaning; null where no language model is to. `model` writes, and judges what it wrote unless another is named. */
export function chooseJudge(
  settings: Settings,
  model: LanguageModel | null,
  prompt: () => JudgePrompt,
  surroundings: ModelSurroundings,
): Judge | null {
  if (settings.judgeModel === "none") return null;
  const reader = settings.judgeModel === null ? model : chooseModel(settings, settings.judgeModel, surroundings);
  return reader === null ? null : createLlmJudge({ model: reader, prompt: prompt(), timeoutMs: settings.modelTimeoutMs });
}

/** What reads sentences: the bundled models, whatever embeds. */
export function chooseReading(embedder: Embedder): { judge: Judge; read: ReadAnswers; close(): Promise<void> } {
  const own = isBundled(embedder);
  const reading = own ? embedder : createOnnxEmbedder();
  return {
    judge: createAlignmentJudge(reading.tokens),
    read: createAnswerReader(reading.answers),
    close: () => (own ? Promise.resolve() : reading.close()),
  };
}

/** Its calls are booked, steady and bounded: for every model that is asked for anything. */
export function chooseModel(settings: Settings, model: string, { stop, spending, counts }: ModelSurroundings): LanguageModel {
  const { keyName, addressName, atOnce } = traitsOf(model.slice(0, model.indexOf(":")));
  const set: Record<string, string | null> = {
    OPENAI_API_KEY: settings.openaiApiKey,
    ANTHROPIC_API_KEY: settings.anthropicApiKey,
    GOOGLE_API_KEY: settings.googleApiKey,
    OPENAI_BASE_URL: settings.openaiBaseUrl,
    OLLAMA_BASE_URL: settings.ollamaBaseUrl,
  };
  const price = settings.modelPrices.get(model) ?? null;
  const chosen = createLangChainModel({
    model,
    apiKey: set[keyName ?? ""] ?? null,
    baseUrl: set[addressName ?? ""] ?? null,
    price,
    timeoutMs: settings.modelTimeoutMs,
  });
  return steadyModel(accountedModel(chosen, { counts, price, spending }), {
    stop,
    ...(atOnce === undefined ? {} : { limits: { atOnce } }),
  });
}
