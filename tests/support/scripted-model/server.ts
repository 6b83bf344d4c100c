// A model server on a real socket that follows a script: chat completions step by step (OpenAI's protocol, Anthropic's, Google's, Ollama's),
// embeddings by counting words.
// It refuses what the real one refuses (a wrong key, an empty input, a malformed request). A script that runs out is an error.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { embeddingOf, EMBEDDING_INPUTS } from "./embedding.ts";
import { protocolOf, type Protocol } from "./other-protocols.ts";
import type { ChatRequest, Step } from "./script.ts";

export interface ScriptedModel {
  /** With `/v1`, as OPENAI_BASE_URL. */
  baseUrl: string;
  /** Without it, as the address of the other protocols. */
  origin: string;
  /** Chat requests as they arrived. */
  requests: ChatRequest[];
  /** Inputs of the embedding requests as they arrived. */
  embedded: string[][];
  add(...steps: Step[]): void;
  /** Steps for embedding requests, before ordinary service. */
  addEmbedding(...steps: Step[]): void;
  /** Closes the server; throws when a request found no step, was malformed, or a step was left. */
  close(): Promise<void>;
}

/** Starts on a free port of the loopback. With `key`, requests need it; with `models`, it says like Ollama that it holds them; `always` is done when no step is left. */
export async function startScriptedModel(
  steps: Step[] = [],
  options: { key?: string; models?: string[]; always?: Step | ((request: ChatRequest) => Step) } = {},
): Promise<ScriptedModel> {
  const script = [...steps];
  const embeddingScript: Step[] = [];
  const requests: ChatRequest[] = [];
  const embedded: string[][] = [];
  const faults: string[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      faults.push(String(error));
      refuseWith(response, 400, String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (request.url === "/api/tags" && options.models !== undefined)
      return send(response, 200, { models: options.models.map((name) => ({ name })) });
    const other = protocolOf(request.url ?? "");
    if (other !== null) {
      if (options.key !== undefined && (other.keyOf(request) ?? options.key) !== options.key)
        return send(response, 401, other.refuse(`invalid key: ${other.keyOf(request)}`));
      return chat(other.read(JSON.parse(body) as Record<string, unknown>, request.url ?? ""), response, other);
    }
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`) {
      const shown = request.headers.authorization ?? "none";
      return refuseWith(
        response,
        401,
        `Incorrect API key provided: ${shown}. You can find your key in your account.`,
        "invalid_api_key",
      );
    }
    if (request.method !== "POST") return refuseWith(response, 405, "POST only");
    if (request.url === "/v1/chat/completions") return chat(JSON.parse(body) as ChatRequest, response);
    if (request.url === "/v1/embeddings") return embed(JSON.parse(body) as EmbeddingRequest, response);
    return refuseWith(response, 404, `Unknown request URL: ${request.url ?? ""}`);
  }

  function chat(request: ChatRequest, response: ServerResponse, protocol: Protocol | null = null): void {
    mustBeChat(request);
    requests.push(request);
    const { always } = options;
    const step = script.shift() ?? (typeof always === "function" ? always(request) : always);
    if (step === undefined) throw new Error(`the script has run out: request ${requests.length} finds no step`);
    perform(step, request, response, protocol);
  }

  function embed(request: EmbeddingRequest, response: ServerResponse): void {
    const inputs = typeof request.input === "string" ? [request.input] : request.input;
    if (inputs.length === 0 || inputs.length > EMBEDDING_INPUTS) throw new Error(`${inputs.length} inputs`);
    embedded.push(inputs);
    const step = embeddingScript.shift();
    if (step !== undefined) return perform(step, null, response);
    if (inputs.some((input) => input === "")) return refuseWith(response, 400, "input cannot be an empty string");
    if (inputs.some((input) => Buffer.byteLength(input) > 8_192 * 4))
      return refuseWith(response, 400, "This model's maximum context length is 8192 tokens", "context_length_exceeded");
    const data = inputs.map((input, index) => ({ object: "embedding", index, embedding: encode(embeddingOf(input), request) }));
    // the order of the answer is not promised: `index` counts
    return send(response, 200, {
      object: "list",
      model: request.model,
      data: data.reverse(),
      usage: { prompt_tokens: 1, total_tokens: 1 },
    });
  }

  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: `${origin}/v1`,
    origin,
    requests,
    embedded,
    add: (...more) => void script.push(...more),
    addEmbedding: (...more) => void embeddingScript.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      const left = script.length + embeddingScript.length;
      if (left > 0) faults.push(`${left} steps of the script were left`);
      if (faults.length > 0) throw new Error(`scripted model: ${faults.join("; ")}`);
    },
  };
}

interface EmbeddingRequest {
  model: string;
  input: string | string[];
  encoding_format?: "float" | "base64";
}

function perform(step: Step, request: ChatRequest | null, response: ServerResponse, protocol: Protocol | null = null): void {
  switch (step.do) {
    case "reply": {
      if (request === null) throw new Error("an embedding request cannot be answered with a chat reply");
      const made = typeof step.reply === "function" ? step.reply(request) : step.reply;
      return send(response, 200, completion(request.model, made, protocol));
    }
    case "refuse":
      if (protocol !== null) return send(response, step.status, protocol.refuse(step.message), step.headers);
      return refuseWith(response, step.status, step.message, step.code, step.headers);
    case "babble":
      response.writeHead(200, { "content-type": "application/json" }).end(step.body);
      return;
    case "silence":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "half":
    case "stall":
      response.writeHead(200, { "content-type": "application/json", "content-length": "4000" });
      response.write('{"id":"chatcmpl-1","object":"chat.completion","choices":[{"index":0,', () => {
        if (step.do === "half") response.socket?.destroy();
      });
  }
}

function completion(
  model: string,
  made: { content: unknown; finish?: "stop" | "length"; usage?: { prompt_tokens: number; completion_tokens: number } },
  protocol: Protocol | null,
): object {
  const usage = made.usage ?? { prompt_tokens: 100, completion_tokens: 20 };
  const content = typeof made.content === "string" ? made.content : JSON.stringify(made.content);
  if (protocol !== null) return protocol.write(model, { content, finish: made.finish ?? "stop", usage });
  return {
    id: "chatcmpl-scripted",
    object: "chat.completion",
    created: 1_760_000_000,
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: made.finish ?? "stop", logprobs: null }],
    usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens },
  };
}

function mustBeChat(request: ChatRequest): void {
  if (typeof request.model !== "string" || request.model === "") throw new Error("no model in the request");
  if (!Array.isArray(request.messages) || request.messages.length === 0) throw new Error("no messages in the request");
  if (request.messages.some((message) => typeof message.content !== "string" || message.content === ""))
    throw new Error("an empty message");
  const format = request.response_format;
  if (format?.type === "json_schema") {
    // what the real server demands of a strict schema
    const schema = format.json_schema?.schema as
      | { properties?: object; required?: string[]; additionalProperties?: boolean }
      | undefined;
    if (format.json_schema?.name === undefined || schema?.properties === undefined)
      throw new Error("a schema without name or properties");
    if (format.json_schema.strict === true) {
      if (schema.additionalProperties !== false) throw new Error("a strict schema must forbid additional properties");
      if (Object.keys(schema.properties).some((key) => schema.required?.includes(key) !== true))
        throw new Error("a strict schema must require every property");
    }
  }
}

function encode(vector: number[], request: EmbeddingRequest): number[] | string {
  return request.encoding_format === "base64" ? Buffer.from(new Float32Array(vector).buffer).toString("base64") : vector;
}

function refuseWith(
  response: ServerResponse,
  status: number,
  message: string,
  code?: string,
  headers: Record<string, string> = {},
): void {
  send(response, status, { error: { message, type: "error", param: null, code: code ?? null } }, headers);
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
