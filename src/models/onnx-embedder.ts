// Embedder: the bundled MiniLM, or any folder with an ONNX sentence model, run in processes of their own so that the event loop never waits: one
// for a few texts, one a core for many. Questions pass by waiting passages. It never reaches the network, and an idle one does not keep the
// program alive.
import { fork, type ChildProcess } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Failure, reasonOf } from "../failure.ts";
import { PROJECT_ROOT } from "../project.ts";
import type { WorkerReply, WorkerRequest, WorkerSetup } from "./embed-worker.ts";
import type { EmbedKind, Embedder, TokenVectors } from "./embedder.ts";
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
  /** Name of the model in the index; by default made from the folder's name and files. */
  identity?: string | undefined;
  /** Most processes; one a core by default. */
  workers?: number | undefined;
}

export interface OnnxEmbedder extends Embedder {
  /** Starts loading the model, for callers that know they will need it; trouble shows at the first `embed`. */
  warm(): void;
  tokens(texts: readonly string[], signal?: AbortSignal): Promise<TokenVectors[]>;
}

/** A worker with the texts that are with it. */
type Lane = ChildProcess & { running: Map<number, Job> };

interface Job {
  id: number;
  text: string;
  kind: EmbedKind;
  tokens: boolean;
  resolve(found: Float32Array | TokenVectors): void;
  reject(error: unknown): void;
}

/** Nothing is read before the first use but, for a folder of one's own, what its identity is made of. Throws Failure `embeddings_failed` where that cannot be read. */
export function createOnnxEmbedder(options: OnnxEmbedderOptions = {}): OnnxEmbedder {
  const folder = options.folder ?? BUNDLED;
  const bundled = path.resolve(folder) === BUNDLED;
  const { identity, maxTokens } = nameAndLimit();
  const most = Math.max(1, Math.min(options.workers ?? availableParallelism(), MOST_WORKERS));
  const waiting = { query: [] as Job[], passage: [] as Job[] };
  let lanes: Lane[] = [];
  let dimension: number | null = null;
  let nextId = 1;
  let closed = false;

  const pump = (): void => {
    const queued = (): number => waiting.query.length + waiting.passage.length;
    if (lanes.length === 0 && queued() > 0) lanes.push(start());
    const free = (): Lane | undefined =>
      lanes.toSorted((a, b) => a.running.size - b.running.size).find(({ running }) => running.size < IN_FLIGHT);
    for (let lane = free(); lane !== undefined && queued() > 0; lane = free()) {
      const job = (waiting.query.shift() ?? waiting.passage.shift()) as Job;
      lane.running.set(job.id, job);
      const { id, text, kind, tokens } = job;
      lane.send({ id, text, tokens, urgent: kind === "query" } satisfies WorkerRequest);
    }
    // one a turn: each tells when it is ready
    if (dimension !== null && lanes.length < most && queued() >= WORTH_ANOTHER * lanes.length) lanes.push(start());
    for (const lane of lanes) {
      // with the channel alone, the program would end before it hears of a process that died
      for (const held of [lane, lane.channel])
        if (lane.running.size + queued() > 0) held?.ref();
        else held?.unref();
    }
  };

  const failAll = (error: unknown): void => {
    const jobs = [
      ...lanes.flatMap(({ running }) => [...running.values()]),
      ...waiting.query.splice(0),
      ...waiting.passage.splice(0),
    ];
    for (const { running } of lanes) running.clear();
    for (const job of jobs) job.reject(error);
  };

  const start = (): Lane => {
    const setup: WorkerSetup = { folder, maxTokens };
    const worker = fork(path.join(PROJECT_ROOT, "dist/embed-worker.js"), [JSON.stringify(setup)], {
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
    });
    const fresh: Lane = Object.assign(worker, { running: new Map<number, Job>() });
    fresh.unref();
    fresh.channel?.unref();
    fresh.on("message", (reply: WorkerReply) => {
      if (lanes.includes(fresh)) receive(fresh, reply);
    });
    fresh.on("error", (error) => crashed(fresh, error));
    fresh.on("exit", (code, signal) => crashed(fresh, new Error(`its process ended with ${signal ?? `code ${code}`}`)));
    return fresh;
  };

  const receive = (lane: Lane, reply: WorkerReply): void => {
    if (reply.kind === "ready") {
      dimension = reply.dimension;
    } else if (reply.kind === "broken") {
      failAll(embeddingsFailed(folder, bundled, reply.reason));
      for (const old of lanes.splice(0)) old.kill("SIGKILL");
    } else {
      const job = lane.running.get(reply.id);
      lane.running.delete(reply.id);
      if (reply.kind === "done") job?.resolve(reply.found);
      else job?.reject(embeddingsFailed(folder, bundled, reply.reason));
    }
    pump();
  };

  const crashed = (lane: Lane, cause: Error): void => {
    if (!lanes.includes(lane)) return;
    const failure = embeddingsFailed(folder, bundled, cause.message, cause);
    failAll(failure);
    lanes = lanes.filter((other) => other !== lane);
    pump();
  };

  async function through<T>(texts: readonly string[], kind: EmbedKind, tokens: boolean, signal?: AbortSignal): Promise<T[]> {
    if (signal?.aborted === true) throw givenUp();
    if (closed) throw wasClosed();
    const given = new Set<Job>();
    const found = texts.map(
      (text) =>
        new Promise<T>((resolve, reject) => {
          const job = { id: nextId++, text, kind, tokens, resolve: resolve as Job["resolve"], reject };
          given.add(job);
          waiting[kind].push(job);
        }),
    );
    const abort = (): void => {
      waiting[kind] = waiting[kind].filter((job) => !given.has(job));
      for (const job of given) job.reject(givenUp());
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
    warm() {
      if (!closed && lanes.length === 0) lanes.push(start());
    },
    async dimension() {
      // known with the first worker that is ready
      if (dimension === null) await through(["ready"], "query", false);
      return dimension ?? 0;
    },
    embed: (texts, kind, signal) => through<Float32Array>(texts, kind, false, signal),
    tokens: (texts, signal) => through<TokenVectors>(texts, "query", true, signal),
    knowsWord: wordListOf(folder),
    async close() {
      closed = true;
      failAll(wasClosed());
      for (const lane of lanes.splice(0)) lane.kill("SIGKILL");
    },
  };

  function nameAndLimit(): { identity: string; maxTokens: number } {
    if (bundled) return { identity: options.identity ?? BUNDLED_IDENTITY, maxTokens: BUNDLED_TOKENS };
    try {
      return { identity: options.identity ?? identityOf(folder), maxTokens: maxTokensOf(folder) };
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
