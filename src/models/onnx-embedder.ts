// Embedder: the bundled MiniLM, or any folder with an ONNX sentence model, run in processes of their own so that the event loop never waits: one
// for a few texts, one a core for many. Questions pass by waiting passages. It never reaches the network, and an idle one does not keep the
// program alive.
import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Failure, reasonOf } from "../failure.ts";
import { PROJECT_ROOT } from "../project.ts";
import type { Found, WorkerReply, WorkerRequest, WorkerSetup } from "./embed-worker.ts";
import type { EmbedKind, Embedder, ReadAnswers, ReadTokens, TokenVectors } from "./embedder.ts";
import { identityOf, maxTokensOf, wordListOf } from "./model-folder.ts";

const BUNDLED = path.join(PROJECT_ROOT, "src/models/bundled");
const BUNDLED_IDENTITY = "bundled:all-MiniLM-L6-v2-int8";
/** The bundled model was trained on texts of up to 256 tokens. */
const BUNDLED_TOKENS = 256;
/** Texts at a worker at once: one runs, one waits, so that a busy event loop starves nobody. */
const IN_FLIGHT = 2;
/** So many texts waiting are worth loading the model once more; each takes some 250 MB, in part shared. */
const WORTH_ANOTHER = 16;
const MOST_WORKERS = 8;

export interface OnnxEmbedderOptions {
  /** A folder with tokenizer.json, config.json and an .onnx file; without it, the bundled model. */
  folder?: string | undefined;
  /** Most processes; one a core by default. */
  workers?: number | undefined;
}

export interface OnnxEmbedder extends Embedder {
  /** Of a model that pools by itself only `whole` is filled. */
  tokens: ReadTokens;
  /** Of the bundled model alone; any other folder has no reader and fails. */
  answers: ReadAnswers;
}

export const isBundled = (embedder: Embedder): embedder is OnnxEmbedder => embedder.identity === BUNDLED_IDENTITY;

interface Lane {
  process: ChildProcess;
  running: Map<number, Job>;
  ready: boolean;
}

interface Job extends WorkerRequest {
  kind: EmbedKind;
  resolve(found: Found): void;
  reject(error: unknown): void;
}

/** Nothing is read before the first use but, for a folder of one's own, what its identity is made of. Throws Failure `embeddings_failed` where that cannot be read. */
export function createOnnxEmbedder(options: OnnxEmbedderOptions = {}): OnnxEmbedder {
  const folder = options.folder ?? BUNDLED;
  const bundled = path.resolve(folder) === BUNDLED;
  const { identity, maxTokens } = nameAndLimit();
  const most = Math.max(1, Math.min(options.workers ?? availableParallelism(), MOST_WORKERS));
  /** Questions first. */
  let waiting: Job[] = [];
  let lanes: Lane[] = [];
  let nextId = 1;
  let closed = false;

  const pump = (): void => {
    // one a turn: each tells when it is ready
    if (waiting.length > 0 && lanes.every(({ ready }) => ready) && lanes.length < most)
      if (waiting.length >= WORTH_ANOTHER * lanes.length) lanes.push(start());
    const free = (): Lane | undefined =>
      lanes.toSorted((a, b) => a.running.size - b.running.size).find(({ running }) => running.size < IN_FLIGHT);
    for (let lane = free(); lane !== undefined && waiting.length > 0; lane = free()) {
      const { id, text, tokens, asked } = waiting[0] as Job;
      lane.running.set(id, waiting.shift() as Job);
      lane.process.send({ id, text, tokens, asked } satisfies WorkerRequest);
    }
    for (const { process, running } of lanes)
      // with the channel alone, the program would end before it hears of a process that died
      for (const held of [process, process.channel])
        if (running.size + waiting.length > 0) held?.ref();
        else held?.unref();
  };

  const failAll = (failed: readonly Lane[], error: unknown): void => {
    const jobs = [...failed.flatMap(({ running }) => [...running.values()]), ...waiting];
    waiting = [];
    lanes = lanes.filter((lane) => !failed.includes(lane));
    for (const { process } of failed) process.kill("SIGKILL");
    for (const job of jobs) job.reject(error);
  };

  const start = (): Lane => {
    const setup: WorkerSetup = { folder, maxTokens };
    const process = fork(path.join(PROJECT_ROOT, "dist/embed-worker.js"), [JSON.stringify(setup)], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
    });
    const lane: Lane = { process, running: new Map(), ready: false };
    const crashed = (error: Error): void => {
      if (!lanes.includes(lane)) return;
      failAll(lanes, embeddingsFailed(folder, bundled, error.message, error));
    };
    process.on("message", (reply: WorkerReply) => {
      if (lanes.includes(lane)) receive(lane, reply);
    });
    process.on("error", crashed);
    process.on("exit", (code, signal) => crashed(new Error(`its process ended with ${signal ?? `code ${code}`}`)));
    return lane;
  };

  const receive = (lane: Lane, reply: WorkerReply): void => {
    if (reply.kind === "broken") return failAll(lanes, embeddingsFailed(folder, bundled, reply.reason));
    if (reply.kind === "ready") lane.ready = true;
    else {
      const job = lane.running.get(reply.id);
      lane.running.delete(reply.id);
      if (reply.kind === "done") job?.resolve(reply.found);
      else job?.reject(embeddingsFailed(folder, bundled, reply.reason));
    }
    pump();
  };

  async function through<T extends Found>(
    requests: readonly Omit<WorkerRequest, "id">[],
    kind: EmbedKind,
    signal?: AbortSignal,
  ): Promise<T[]> {
    if (signal?.aborted === true) throw givenUp();
    if (closed) throw wasClosed();
    const jobs: Job[] = [];
    const found = requests.map(
      (request) =>
        new Promise<T>((resolve, reject) => {
          jobs.push({ id: nextId++, ...request, kind, resolve: resolve as Job["resolve"], reject });
        }),
    );
    const passages = waiting.findIndex((job) => job.kind === "passage");
    if (kind === "passage" || passages === -1) waiting.push(...jobs);
    else waiting.splice(passages, 0, ...jobs);
    const abort = (): void => {
      waiting = waiting.filter((job) => !jobs.includes(job));
      for (const job of jobs) job.reject(givenUp());
      pump();
    };
    signal?.addEventListener("abort", abort, { once: true });
    pump();
    // all settle before one failure is reported: none is left unhandled
    const settled = await Promise.allSettled(found);
    signal?.removeEventListener("abort", abort);
    return settled.map((outcome) => {
      if (outcome.status === "rejected") throw outcome.reason;
      return outcome.value;
    });
  }

  return {
    identity,
    embed: (texts, kind, signal) =>
      through<Float32Array>(
        texts.map((text) => ({ text, tokens: false })),
        kind,
        signal,
      ),
    tokens: (texts, signal) =>
      through<TokenVectors>(
        texts.map((text) => ({ text, tokens: true })),
        "query",
        signal,
      ),
    answers: (question, sentences, signal) =>
      through<number>(
        sentences.map(({ text, context }) => ({ text, tokens: false, asked: { question, context } })),
        "query",
        signal,
      ),
    knowsWord: wordListOf(folder),
    async close() {
      closed = true;
      failAll(lanes, wasClosed());
    },
  };

  function nameAndLimit(): { identity: string; maxTokens: number } {
    if (bundled) return { identity: BUNDLED_IDENTITY, maxTokens: BUNDLED_TOKENS };
    try {
      return { identity: identityOf(folder), maxTokens: maxTokensOf(folder) };
    } catch (cause) {
      throw embeddingsFailed(folder, false, reasonOf(cause), cause);
    }
  }
}

function embeddingsFailed(folder: string, bundled: boolean, reason: string, cause?: unknown): Failure {
  const firstLine = reason.split("\n")[0] ?? reason;
  return new Failure(
    "embeddings_failed",
    `The sentence model in ${folder} does not run: ${firstLine}`,
    bundled
      ? "Bring the file back with `git checkout -- src/models/bundled`, and the packages with `npm ci`."
      : "Check the folder that EMBEDDINGS names: it needs tokenizer.json, config.json and a whole .onnx file; EMBEDDINGS=bundled always works.",
    { cause },
  );
}

const wasClosed = (): Error => new Error("the embedder was closed");

const givenUp = (): DOMException => new DOMException("The embedding was given up", "AbortError");
