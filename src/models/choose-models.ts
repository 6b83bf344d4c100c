// The sentence model and the language model that the settings name. Part of the composition root; loads neither yet.
import type { Settings } from "../settings.ts";
import type { Embedder } from "./embedder.ts";
import { createLangChainModel } from "./langchain-model.ts";
import type { LanguageModel } from "./language-model.ts";
import { createOnnxEmbedder } from "./onnx-embedder.ts";
import { createOpenAiEmbedder } from "./openai-embedder.ts";

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
