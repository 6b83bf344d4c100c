// The process that runs a sentence model: text in, one unit-length vector out, one text a run, so that a vector never depends on its neighbours
// (the int8 model quantises activations over the whole batch). The bundled folder holds a second model besides, which reads a sentence for a
// question; it is loaded when it is first asked. One thread each: onnx-embedder starts as many as there are cores, which together do a quarter
// more than two threads in one. A process, as native code that is ended in the middle of a run takes everything around it along.
import type { InferenceSession } from "onnxruntime-node";
import { reasonOf } from "../failure.ts";
import type { TokenVectors } from "./embedder.ts";
import { jsonIn, modelBytes } from "./model-folder.ts";

/** What onnx-embedder starts it with, as its one argument. */
export interface WorkerSetup {
  folder: string;
  maxTokens: number;
}

export interface WorkerRequest {
  id: number;
  text: string;
  /** The vectors of its tokens are wanted, not the text's own alone. */
  tokens: boolean;
  /** The question that the text, a sentence, is read for, and what stands around it: how surely it answers is wanted, no vector. */
  asked?: { question: string; context: string } | undefined;
}

export type Found = Float32Array | TokenVectors | number;

export type WorkerReply =
  | { kind: "ready" }
  | { kind: "broken"; reason: string }
  | { kind: "done"; id: number; found: Found }
  | { kind: "failed"; id: number; reason: string };

type Read = (request: Pick<WorkerRequest, "text" | "tokens" | "asked">) => Promise<Found>;

type Output = { data: Float32Array; dims: readonly number[] };

const READER = "reader_int8.onnx";
/** Tokens of each that the reader takes; it was trained on such lengths. */
const MOST = { question: 40, context: 32, sentence: 110 };

/** No word of any language needs more units a token than this on average; cutting first keeps a 1 MB text cheap. */
const UNITS_A_TOKEN = 20;

const send = (reply: WorkerReply): void => void process.send?.(reply);
const loading = loadModel(JSON.parse(process.argv[2] ?? "") as WorkerSetup);
loading.then(
  () => send({ kind: "ready" }),
  (error: unknown) => send({ kind: "broken", reason: reasonOf(error) }),
);
let last: Promise<void> = Promise.resolve();
process.on("message", ({ id, ...request }: WorkerRequest) => {
  last = last
    .then(async () => send({ kind: "done", id, found: await (await loading)(request) }))
    .catch((error: unknown) => send({ kind: "failed", id, reason: reasonOf(error) }));
});
// nobody is left to work for
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// Ctrl-C in a terminal reaches it too, while the program still has answers to finish
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);

async function loadModel({ folder, maxTokens }: WorkerSetup): Promise<Read> {
  const bytes = modelBytes(folder);
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const open = (model: Buffer) =>
    InferenceSession.create(model, {
      // without the arena, memory falls back after a long text
      enableCpuMemArena: false,
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: "extended",
      logSeverityLevel: 4,
    });
  const creating = open(bytes);
  // told below; until then the tokenizer may fail first
  creating.catch(() => undefined);
  const { Tokenizer } = await import("@huggingface/tokenizers");
  const tokenizer = new Tokenizer(jsonIn(folder, "tokenizer.json"), jsonIn(folder, "tokenizer_config.json"));
  const firstTokenOnly = jsonIn(folder, "1_Pooling/config.json")["pooling_mode_cls_token"] === true;
  const session = await creating;

  const run = async (
    running: InferenceSession,
    ids: readonly number[],
    types = new BigInt64Array(ids.length),
  ): Promise<Output> => {
    const inputs: Record<string, BigInt64Array> = {
      input_ids: BigInt64Array.from(ids, BigInt),
      attention_mask: new BigInt64Array(ids.length).fill(1n),
      token_type_ids: types,
    };
    const feeds = running.inputNames.flatMap((name) => {
      const data = inputs[name];
      return data === undefined ? [] : [[name, new Tensor("int64", data, [1, ids.length])] as const];
    });
    const output = (await running.run(Object.fromEntries(feeds)))[running.outputNames[0] ?? ""];
    if (output === undefined || !(output.data instanceof Float32Array)) throw new Error("the model gives no float32 output");
    return { data: output.data, dims: output.dims };
  };
  const idsOf = (text: string, most: number): number[] => tokenizer.encode(text.slice(0, most * UNITS_A_TOKEN)).ids;
  let reader: Promise<InferenceSession> | null = null;
  /** `[CLS] question [SEP] context [SEP] sentence [SEP]`, the sentence and its end of the second type. */
  const answers = async (sentence: string, { question, context }: { question: string; context: string }): Promise<number> => {
    reader ??= open(modelBytes(folder, READER));
    const part = (text: string, most: number): number[] => idsOf(text, most).slice(1, -1).slice(0, most);
    const [start = 0, end = 0] = idsOf("", 1);
    const first = [start, ...part(question, MOST.question), end, ...part(context, MOST.context), end];
    const second = [...part(sentence, MOST.sentence), end];
    const ids = [...first, ...second];
    const { data } = await run(await reader, ids, new BigInt64Array(ids.length).fill(1n, first.length));
    return 1 / (1 + Math.exp(-(data[0] ?? 0)));
  };

  const read: Read = async ({ text, tokens, asked }) => {
    if (asked !== undefined) return answers(text, asked);
    const ids = idsOf(text, maxTokens);
    // the closing special token stays at the end of a text that is cut
    const kept = ids.length > maxTokens ? [...ids.slice(0, maxTokens - 1), ...ids.slice(-1)] : ids;
    const { data, dims } = await run(session, kept);
    const whole = unit(pooled(data, dims, firstTokenOnly));
    if (!tokens) return whole;
    // a model that pools by itself has the whole text's vector only
    if (dims.length < 3) return { tokens: [], ids: [], vectors: new Float32Array(), whole };
    return tokenVectors(kept, data, whole, (id) => tokenizer.id_to_token(id) ?? "");
  };
  await read({ text: "ready", tokens: false });
  return read;
}

/** The mean over all tokens (or the first one), of an output of [1, tokens, width]; an output of [1, width] is pooled already. */
function pooled(data: Float32Array, dims: readonly number[], firstTokenOnly: boolean): Float32Array {
  const width = dims.at(-1) ?? data.length;
  const tokens = firstTokenOnly ? 1 : data.length / width;
  const sum = new Float32Array(width);
  for (let token = 0; token < tokens; token += 1) {
    for (let at = 0; at < width; at += 1) sum[at] = (sum[at] ?? 0) + (data[token * width + at] ?? 0);
  }
  return sum;
}

function tokenVectors(
  ids: readonly number[],
  data: Float32Array,
  whole: Float32Array,
  tokenOf: (id: number) => string,
): TokenVectors {
  const width = data.length / ids.length;
  const inner = ids.slice(1, -1);
  const vectors = new Float32Array(inner.length * width);
  inner.forEach((_, at) => vectors.set(unit(data.subarray((at + 1) * width, (at + 2) * width)), at * width));
  return { tokens: inner.map(tokenOf), ids: inner, vectors, whole };
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0)) throw new Error("the model gave a vector without length");
  return vector.map((value) => value / length);
}
