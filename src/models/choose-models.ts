// The sentence model and the language model that the settings name. Part of the composition root; loads neither yet.
import type { Settings } from "../settings.ts";
import type { Embedder } from "./embedder.ts";
import { createLangChainModel } from "./langchain-model.ts";
import type { LanguageModel } from "./language-model.ts";
import { createOnnxEmbedder } from "./onnx-embedder.ts";
import { createOpenAiEmbedder } from "./openai-embedder.ts";
import { traitsOf } from "./providers.ts";
import { steadyModel } from "./steady-model.ts";

export function chooseEmbedder(settings: Settings): Embedder {
  if (settings.embeddings === "bundled") return createOnnxEmbedder();
  if (settings.embeddings !== "openai") return createOnnxEmbedder({ folder: settings.embeddings });
  return createOpenAiEmbedder({
    apiKey: settings.openaiApiKey,
    baseUrl: settings.openaiBaseUrl,
    model: settings.embeddingsModel,
  });
}

/** `stop` ends its calls. */
export function chooseModel(settings: Settings, model: string, stop: AbortSignal): LanguageModel {
  const { keyName, addressName } = traitsOf(model.slice(0, model.indexOf(":")));
  const keys: Record<string, string | null> = {
    OPENAI_API_KEY: settings.openaiApiKey,
    ANTHROPIC_API_KEY: settings.anthropicApiKey,
    GOOGLE_API_KEY: settings.googleApiKey,
  };
  const addresses: Record<string, string | null> = {
    OPENAI_BASE_URL: settings.openaiBaseUrl,
    OLLAMA_BASE_URL: settings.ollamaBaseUrl,
  };
  const chosen = createLangChainModel({
    model,
    apiKey: keys[keyName ?? ""] ?? null,
    baseUrl: addresses[addressName ?? ""] ?? null,
    price: settings.modelPrices.get(model) ?? null,
    timeoutMs: settings.modelTimeoutMs,
  });
  return steadyModel(chosen, { stop });
}
