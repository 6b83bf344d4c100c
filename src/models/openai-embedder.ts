// Embeddings of OpenAI or a server that speaks its protocol (EMBEDDINGS=openai). The openai package is loaded with the first request.
// Waits and attempts are bounded; keys never reach a message.
import { toUSVString } from "node:util";
import type OpenAI from "openai";
import type { Embedder } from "./embedder.ts";
import { failureOf, troubleOf, unusableReply, type Provider } from "./provider-trouble.ts";
import { createSteadily, type Steadiness } from "./steadily.ts";

export interface OpenAiEmbedderOptions {
  apiKey: string | null;
  /** Null for OpenAI itself. */
  baseUrl: string | null;
  model: string;
  /** For one request; default one minute. */
  timeoutMs?: number;
  limits?: Partial<Steadiness>;
}

/** OpenAI takes 2,048 texts and 300,000 tokens a request; smaller batches lose less to a failure. */
const BATCH_TEXTS = 64;
const BATCH_BYTES = 200_000;

/** The models read 8,191 tokens. A token is at least one byte, so this many bytes always fit, whatever the language. */
const LONGEST_BYTES = 8_000;

/** The service refuses empty texts; something has to stand in for them. */
const EMPTY = "(empty)";

/** Texts beyond 8,000 bytes are cut at a character. All vectors are as long as those of the first reply. */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const provider: Provider = {
    name: `openai:${options.model}`,
    baseUrl: options.baseUrl,
    keyName: "OPENAI_API_KEY",
    addressName: "OPENAI_BASE_URL",
    secrets: [options.apiKey],
  };
  const steadily = createSteadily({ passing: (error) => troubleOf(error, provider), limits: options.limits });
  let client: Promise<OpenAI> | null = null;
  let length = 0;

  return {
    identity: `openai:${options.model}`,
    embed: (texts, _kind, signal) => embedAll(texts, signal),
    async close() {
      client = null;
    },
  };

  async function embedAll(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    try {
      for (const batch of batches(texts.map(fitting))) {
        signal?.throwIfAborted();
        vectors.push(...(await steadily((ended) => embedBatch(batch, ended), signal)));
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw failureOf("embeddings_failed", troubleOf(error, provider), provider, error);
    }
    return vectors;
  }

  async function embedBatch(batch: string[], signal: AbortSignal): Promise<Float32Array[]> {
    client ??= import("openai").then(
      ({ OpenAI }) =>
        new OpenAI({
          // a server of one's own may want no key, but the package insists on one
          apiKey: options.apiKey ?? "none",
          ...(options.baseUrl === null ? {} : { baseURL: options.baseUrl }),
          maxRetries: 0, // attempts are counted in one place: steadily
        }),
    );
    const api = await client;
    // the package's own timeout ends with the headers; a body that never ends must end too
    const deadline = AbortSignal.timeout(options.timeoutMs ?? 60_000);
    const reply = await api.embeddings
      .create(
        // as numbers: not every compatible server knows the base64 that the package would ask for
        { model: options.model, input: batch, encoding_format: "float" },
        { signal: AbortSignal.any([signal, deadline]) },
      )
      .catch((error: unknown) => {
        throw deadline.aborted ? deadline.reason : error;
      });
    const vectors: Float32Array[] = [];
    const data = Array.isArray(reply.data) ? reply.data : [];
    for (const { index, embedding } of data) if (Array.isArray(embedding)) vectors[index] = unitLength(embedding);
    const wanted = length || (vectors[0]?.length ?? 0);
    const whole = batch.every((_, at) => vectors[at]?.length === wanted && vectors[at].every(Number.isFinite));
    if (!whole || wanted === 0 || vectors.length !== batch.length)
      throw unusableReply(`${batch.length} texts were sent, and not as many vectors of one length came back`);
    length = wanted;
    return vectors;
  }
}

function fitting(given: string): string {
  // half a surrogate pair is no valid JSON text for every server
  const text = toUSVString(given);
  if (text.trim() === "") return EMPTY;
  if (text.length * 3 <= LONGEST_BYTES || Buffer.byteLength(text) <= LONGEST_BYTES) return text;
  // an incomplete character at the cut decodes to U+FFFD and is dropped
  return Buffer.from(text)
    .subarray(0, LONGEST_BYTES)
    .toString("utf8")
    .replace(/\uFFFD+$/, "");
}

function batches(texts: string[]): string[][] {
  const all: string[][] = [];
  let bytes = 0;
  for (const text of texts) {
    const size = Buffer.byteLength(text);
    const last = all.at(-1);
    if (last === undefined || last.length >= BATCH_TEXTS || bytes + size > BATCH_BYTES) {
      all.push([text]);
      bytes = size;
    } else {
      last.push(text);
      bytes += size;
    }
  }
  return all;
}

function unitLength(vector: number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / length);
}
