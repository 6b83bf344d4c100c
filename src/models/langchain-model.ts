// A language model through LangChain: OpenAI and what speaks its protocol, Anthropic, Google, Ollama, or another provider whose package
// is installed.
// Fills a schema or fails with one plain line; never hands on half a reply, never shows a key. LangChain is loaded with the first request.
import { z } from "zod";
import type { Usage } from "../domain.ts";
import { readReply } from "./json-reply.ts";
import { addUsage, noUsage, type LanguageModel, type ModelReply, type ModelRequest } from "./language-model.ts";
import { costOf, type Price } from "./model-prices.ts";
import { failureOf, troubleOf, unusableReply, type Provider } from "./provider-trouble.ts";
import { replyLimit, takesNoTemperature, traitsOf } from "./providers.ts";

export interface LangChainModelOptions {
  /** `provider:model`, e.g. `openai:gpt-4.1-mini`, `ollama:llama3:8b`. */
  model: string;
  /** Null for a provider without keys, and for those that read the variables their LangChain package documents. */
  apiKey: string | null;
  /** Where it is not the provider's own address, or Ollama's usual one. */
  baseUrl: string | null;
  /** Null where it is not known: the cost is then told as 0. */
  price?: Price | null;
  timeoutMs: number;
}

interface RawReply {
  content: unknown;
  tool_calls?: { args: unknown }[];
  usage_metadata?: { input_tokens?: number; output_tokens?: number };
  response_metadata?: Record<string, unknown>;
}

/** What the server turned out not to understand; learned once, kept for the life of the model. */
interface Dialect {
  /** It fills JSON schemas; else the schema is written into the prompt. */
  schemas: boolean;
  /** It takes a temperature and a token limit. */
  tuning: boolean;
}

const REPLY_NAME = "reply";

/** Builds no connection: the first `generate` does. */
export function createLangChainModel(options: LangChainModelOptions): LanguageModel {
  const separator = options.model.indexOf(":");
  const traits = traitsOf(options.model.slice(0, separator));
  const modelName = options.model.slice(separator + 1);
  const isOpenAi = traits.langchain === "openai";
  const { keyName, addressName } = traits;
  const provider: Provider = { name: options.model, baseUrl: options.baseUrl, keyName, addressName, secrets: [options.apiKey] };
  const dialect: Dialect = { schemas: true, tuning: true };

  return {
    name: options.model,
    async generate<T>(request: ModelRequest<T>): Promise<ModelReply<T>> {
      const deadline = AbortSignal.timeout(options.timeoutMs);
      const signal = request.signal === undefined ? deadline : AbortSignal.any([request.signal, deadline]);
      const usage = noUsage();
      try {
        return await converse(request, signal, usage);
      } catch (error) {
        request.signal?.throwIfAborted();
        const reason: unknown = deadline.aborted ? deadline.reason : error;
        throw failureOf("model_failed", troubleOf(reason, provider), provider, reason, usage);
      }
    },
  };

  /** Asks, and once more with the problem named where the reply cannot be used. */
  async function converse<T>(request: ModelRequest<T>, signal: AbortSignal, usage: Usage): Promise<ModelReply<T>> {
    let user = request.user;
    for (let round = 1; ; round += 1) {
      const raw = await ask(request.system, user, request.schema, signal);
      const { input_tokens = 0, output_tokens = 0 } = raw.usage_metadata ?? {};
      addUsage(usage, { input_tokens, output_tokens, cost_usd: costOf(options.price ?? null, input_tokens, output_tokens) });
      if (traits.context !== null && input_tokens >= traits.context)
        throw Object.assign(new Error(`it reads ${traits.context} tokens`), { status: 413 });
      const read = readReply(replyText(raw), request.schema);
      if (read.ok) return { value: read.value, usage, inWords: !dialect.schemas };
      const cut = wasCutOff(raw);
      if (cut || round === 2) {
        const problem = cut ? "the reply was cut off at its token limit" : read.problem;
        throw unusableReply(problem);
      }
      user = `${request.user}\n\nYour last reply could not be used: ${read.problem}. Reply again with the JSON object only.`;
    }
  }

  /** One request. A server that refuses JSON schemas, or temperature and limit, is asked again without them. */
  async function ask(system: string, user: string, schema: z.ZodType, signal: AbortSignal): Promise<RawReply> {
    // a plain copy: zod hangs a converter on its schemas, which LangChain would prefer, and which forgets to forbid other properties
    const jsonSchema = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { target: "draft-7" }))) as Record<string, unknown>;
    delete jsonSchema["$schema"];
    for (;;) {
      const used = { ...dialect };
      try {
        const chat = await open();
        const asked = (instructions: string): [string, string][] => [
          ["system", instructions],
          ["human", user],
        ];
        if (!used.schemas) {
          const wording = `${system}\n\nReply with one JSON object and nothing else. It must match this JSON schema:\n${JSON.stringify(jsonSchema)}`;
          return (await chat.invoke(asked(wording), { signal })) as unknown as RawReply;
        }
        // straight to the raw message: LangChain's own parser for OpenAI throws the reply away, and its usage, when it is not JSON
        if (isOpenAi) return (await chat.invoke(asked(system), { signal, ...rawFormat(jsonSchema) })) as unknown as RawReply;
        const filling = chat.withStructuredOutput(jsonSchema, { includeRaw: true, name: REPLY_NAME });
        const { raw } = await filling.invoke(asked(system), { signal });
        return raw;
      } catch (error) {
        const { status } = troubleOf(error, provider);
        const said = error instanceof Error ? error.message : "";
        if (status === null || ![400, 404, 415, 422, 501].includes(status)) throw error;
        if (used.tuning && /temperature|max_(?:completion_)?tokens/i.test(said)) dialect.tuning = false;
        else if (used.schemas && /response_?format|json_?schema|structured|grammar|tool|function/i.test(said))
          dialect.schemas = false;
        else throw error;
      }
    }
  }

  async function open() {
    const { initChatModel } = await import("langchain/chat_models/universal");
    return await initChatModel(modelName, {
      modelProvider: traits.langchain,
      maxRetries: 0, // attempts are counted in one place: steadily
      ...(dialect.tuning && !takesNoTemperature(options.model) ? { temperature: 0 } : {}),
      ...(dialect.tuning ? { [traits.limit]: replyLimit(options.model) } : {}),
      ...(options.baseUrl === null ? {} : traits.address(options.baseUrl)),
      ...(options.apiKey === null ? {} : { apiKey: options.apiKey }),
      ...traits.more,
    });
  }
}

/** The protocol's response format, with the hook by which the openai package leaves reading the text to its caller. */
function rawFormat(schema: Record<string, unknown>): { response_format: object } {
  const format = { type: "json_schema", json_schema: { name: REPLY_NAME, strict: true, schema } };
  return { response_format: Object.defineProperty(format, "$parseRaw", { value: (content: string) => content }) };
}

function replyText(raw: RawReply): string {
  const call = raw.tool_calls?.[0];
  if (call !== undefined) return JSON.stringify(call.args);
  if (typeof raw.content === "string") return raw.content;
  const parts = Array.isArray(raw.content) ? (raw.content as { text?: unknown }[]) : [];
  return parts.map((part) => (typeof part.text === "string" ? part.text : "")).join("");
}

function wasCutOff(raw: RawReply): boolean {
  const reason =
    raw.response_metadata?.["finish_reason"] ??
    raw.response_metadata?.["stop_reason"] ??
    raw.response_metadata?.["finishReason"] ??
    raw.response_metadata?.["done_reason"];
  return typeof reason === "string" && /^(?:length|max_tokens)$/i.test(reason);
}
