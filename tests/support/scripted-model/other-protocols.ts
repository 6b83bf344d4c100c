// The protocols of Anthropic, Google and Ollama, as far as a chat request and its reply go: translated to and from the one that scripts are
// written in. What the providers demand (key header, schema, limit) is demanded here too.
import type { IncomingMessage } from "node:http";
import type { ChatRequest } from "./script.ts";

/** A reply on its way out. */
export interface Finished {
  content: string;
  finish: "stop" | "length";
  usage: { prompt_tokens: number; completion_tokens: number };
}

export interface Protocol {
  keyOf(request: IncomingMessage): string | undefined;
  read(body: Record<string, unknown>, url: string): ChatRequest;
  write(model: string, reply: Finished): object;
  refuse(message: string): object;
}

type Sent = Record<string, unknown>;
const header = (request: IncomingMessage, name: string): string | undefined => request.headers[name] as string | undefined;
const schemaOf = (schema: Sent): NonNullable<ChatRequest["response_format"]> => ({
  type: "json_schema",
  json_schema: { name: "reply", schema },
});
const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`no ${what} in the request`);
  return value;
};

const anthropic: Protocol = {
  keyOf: (request) => header(request, "x-api-key"),
  read(body) {
    const { model, system, messages, tools, tool_choice, max_tokens, temperature } = body as {
      model: string;
      system?: string;
      messages: { role: string; content: string }[];
      tools?: { name: string; input_schema: Sent }[];
      tool_choice?: { name?: string };
      max_tokens?: number;
      temperature?: number;
    };
    if (tools !== undefined && tool_choice?.name !== tools[0]?.name) throw new Error("the tool is not forced");
    return {
      model,
      messages: [{ role: "system", content: must(system, "system") }, ...messages],
      max_tokens: must(max_tokens, "max_tokens"),
      ...(temperature === undefined ? {} : { temperature }),
      ...(tools?.[0] === undefined ? {} : { response_format: schemaOf(tools[0].input_schema) }),
    };
  },
  write(model, { content, finish, usage }) {
    let input: unknown = null;
    try {
      input = JSON.parse(content);
    } catch {
      // told as text, as a model does that calls no tool
    }
    return {
      id: "msg_scripted",
      type: "message",
      role: "assistant",
      model,
      content: [
        input === null || typeof input !== "object"
          ? { type: "text", text: content }
          : { type: "tool_use", id: "toolu_1", name: "reply", input },
      ],
      stop_reason: finish === "length" ? "max_tokens" : "tool_use",
      usage: { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens },
    };
  },
  refuse: (message) => ({ type: "error", error: { type: "invalid_request_error", message } }),
};

const google: Protocol = {
  keyOf: (request) => header(request, "x-goog-api-key"),
  read(body, url) {
    const { contents, systemInstruction, generationConfig } = body as {
      contents: { role: string; parts: { text: string }[] }[];
      systemInstruction?: { parts: { text: string }[] };
      generationConfig?: { responseSchema?: Sent; maxOutputTokens?: number; temperature?: number };
    };
    const text = ({ parts }: { parts: { text: string }[] }): string => parts.map((part) => part.text).join("");
    const { responseSchema: schema, maxOutputTokens, temperature } = generationConfig ?? {};
    if (schema !== undefined && JSON.stringify(schema).includes("additionalProperties"))
      throw new Error('Unknown name "additionalProperties" at generation_config.response_schema');
    return {
      model: must(/models\/([^:]+):/.exec(url)?.[1], "model"),
      messages: [
        ...(systemInstruction === undefined ? [] : [{ role: "system", content: text(systemInstruction) }]),
        ...contents.map((content) => ({ role: content.role, content: text(content) })),
      ],
      max_tokens: must(maxOutputTokens, "maxOutputTokens"),
      ...(temperature === undefined ? {} : { temperature }),
      ...(schema === undefined ? {} : { response_format: schemaOf(schema) }),
    };
  },
  write: (_model, { content, finish, usage }) => ({
    candidates: [
      {
        index: 0,
        content: { role: "model", parts: [{ text: content }] },
        finishReason: finish === "length" ? "MAX_TOKENS" : "STOP",
      },
    ],
    usageMetadata: {
      promptTokenCount: usage.prompt_tokens,
      candidatesTokenCount: usage.completion_tokens,
      totalTokenCount: usage.prompt_tokens + usage.completion_tokens,
    },
  }),
  refuse: (message) => ({ error: { code: 400, message, status: "INVALID_ARGUMENT" } }),
};

const ollama: Protocol = {
  keyOf: () => undefined,
  read(body) {
    const { model, messages, format, options } = body as {
      model: string;
      messages: { role: string; content: string }[];
      format?: Sent;
      options: { num_ctx?: number; num_predict?: number; temperature?: number };
    };
    must(options.num_ctx, "num_ctx");
    return {
      model,
      messages,
      max_tokens: must(options.num_predict, "num_predict"),
      ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
      ...(format === undefined ? {} : { response_format: schemaOf(format) }),
    };
  },
  write: (model, { content, finish, usage }) => ({
    model,
    created_at: "2025-10-14T08:00:00Z",
    message: { role: "assistant", content },
    done: true,
    done_reason: finish,
    prompt_eval_count: usage.prompt_tokens,
    eval_count: usage.completion_tokens,
  }),
  refuse: (message) => ({ error: message }),
};

/** By the address that is asked; null for OpenAI's protocol. */
export function protocolOf(url: string): Protocol | null {
  if (url.startsWith("/v1/messages")) return anthropic;
  if (url.includes(":generateContent")) return google;
  return url === "/api/chat" ? ollama : null;
}
