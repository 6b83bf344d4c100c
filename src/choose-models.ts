// The sentence model and the language model that the settings name. Part of the composition root; loads neither yet.
import type { Embedder } from "./models/embedder.ts";
import { createLangChainModel } from "./models/langchain-model.ts";
import type { LanguageModel } from "./models/language-model.ts";
import { createOnnxEmbedder } from "./models/onnx-embedder.ts";
import { createOpenAiEmbedder } from "./models/openai-embedder.ts";
import type { Settings } from "./settings.ts";

export function chooseEmbedder(settings: Settings): Embedder {
  if (settings.embeddings === "bundled") return createOnnxEmbedder();
  if (settings.embeddings !== "openai") return createOnnxEmbedder({ folder: settings.embeddings });
  return createOpenAiEmbedder({
    apiKey: settings.openaiApiKey,
    baseUrl: settings.openaiBaseUrl,
    model: settings.embeddingsModel,
  });
}

export function chooseModel(settings: Settings): LanguageModel | null {
  if (settings.model === null) return null;
  return createLangChainModel({
    model: settings.model,
    apiKey: settings.openaiApiKey,
    baseUrl: settings.openaiBaseUrl,
    timeoutMs: settings.modelTimeoutMs,
  });
}
