// What `briefing bench` does: times the program's own parts and its command line on the notes that ship with it, in an index of its own in
// the system's temporary folder. Figures depend on the machine and on what else it does; they are printed, never judged by a test.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import type { Embedder } from "../../../src/models/embedder.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import type { KnowledgeStore } from "../../../src/stores/knowledge.ts";
import { articleOf, type SetText } from "./article.ts";
import type { BenchProgress, BenchReport, EvaluationPieces, TimingFigure } from "./evaluation.ts";
import { percentile } from "./metrics.ts";
import { readNewsSet, type NewsSet } from "./news-set.ts";
import { indexText } from "./searching.ts";

export interface BenchSizes {
  /** Documents that are embedded for the indexing rate. */
  embedded: number;
  /** Of the index that is searched; the goals are set for 1,000. */
  passages: number;
  embedding: number;
  searching: number;
  asking: number;
  /** Processes a command. */
  starts: number;
}

const SIZES: BenchSizes = { embedded: 150, passages: 1_000, embedding: 60, searching: 100, asking: 60, starts: 5 };
/** Notes in a document, which makes passages as long as those of articles. */
const NOTES_EACH = 5;

export async function bench(
  pieces: EvaluationPieces,
  progress: BenchProgress = () => undefined,
  sizes: BenchSizes = SIZES,
): Promise<BenchReport> {
  const report: BenchReport = {
    machine: { cores: cpus().length, node: process.version, load: loadavg()[0] ?? 0 },
    embedder: pieces.embedder.identity,
    documents: 0,
    passages: 0,
    figures: [],
    notes: [],
  };
  const set = readNewsSet();
  if (set === null) {
    report.notes.push("nothing was measured: the made-up notes of tests/fixtures are not there");
    return report;
  }
  if (report.machine.load > report.machine.cores / 2)
    report.notes.push("the machine was busy with other work: at rest the figures are better");
  const folder = mkdtempSync(path.join(tmpdir(), "briefing-bench-"));
  const store = await pieces.openStore(folder);
  try {
    report.figures.push(...(await measureModel(pieces.embedder, set, sizes, progress)));
    report.figures.push(await measureIndexing(pieces, store, set, sizes, progress));
    report.figures.push(...(await measureQuestions(pieces, store, set, sizes, progress)));
    report.figures.push({ ...single("memory of this process", "MB", process.memoryUsage().rss / 1e6), goal: 1_000 });
    const { documents, passages } = await store.coverage();
    Object.assign(report, { documents, passages });
  } finally {
    await store.close();
  }
  try {
    await measureCommands(folder, set, report, sizes, progress);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return report;
}

async function measureModel(
  embedder: Embedder,
  { questions }: NewsSet,
  sizes: BenchSizes,
  progress: BenchProgress,
): Promise<TimingFigure[]> {
  progress({ doing: "loading the sentence model", done: 0, total: 1 });
  const loading = await timed(() => embedder.embed(["ready"], "query"));
  const times = await each(questions, sizes.embedding, "embedding questions", progress, ({ question }) =>
    timed(() => embedder.embed([question], "query")),
  );
  return [single("loading the sentence model", "ms", loading), several("embedding a question", times, null)];
}

async function measureIndexing(
  pieces: EvaluationPieces,
  store: KnowledgeStore,
  { texts }: NewsSet,
  { embedded, passages: wanted }: BenchSizes,
  progress: BenchProgress,
): Promise<TimingFigure> {
  let [passages, ms] = [0, 0];
  for (let at = 0; at < embedded; at += 1) {
    ms += await timed(async () => (passages += (await indexText(pieces, store, longText(texts, at))).length));
    progress({ doing: "indexing", done: at + 1, total: embedded });
  }
  // the rest only has to be there: it takes vectors that are known
  const vectors = await pieces.embedder.embed(
    texts.map(({ text }) => text),
    "passage",
  );
  let there = passages;
  for (let at = embedded; there < wanted; at += 1) {
    const article = articleOf(longText(texts, at));
    const drafts = pieces.split(article);
    await store.put(
      article,
      drafts,
      drafts.map((_, nth) => vectors[(at + nth) % vectors.length] ?? new Float32Array()),
    );
    there += drafts.length;
    progress({ doing: "filling the index", done: there, total: wanted });
  }
  await store.flush();
  return { name: "indexing, passages", unit: "a second", value: passages / (ms / 1000), p95: null, n: passages, goal: 35 };
}

/** Several notes as one text; which ones differs from text to text. */
function longText(texts: readonly SetText[], at: number): SetText {
  const chosen = Array.from({ length: NOTES_EACH }, (_, nth) => texts[(at * 7 + nth * (3 + (at % 11))) % texts.length]);
  const { title = null, publisher = null, published = null } = chosen[0] ?? {};
  const text = chosen.map((one) => one?.text ?? "").join("\n");
  return { id: `bench-${at}`, title, publisher, published, text };
}

async function measureQuestions(
  pieces: EvaluationPieces,
  store: KnowledgeStore,
  { questions }: NewsSet,
  sizes: BenchSizes,
  progress: BenchProgress,
): Promise<TimingFigure[]> {
  let embedding = 0;
  const embedder: Embedder = {
    ...pieces.embedder,
    async embed(texts, kind, signal) {
      const began = performance.now();
      const vectors = await pieces.embedder.embed(texts, kind, signal);
      embedding += performance.now() - began;
      return vectors;
    },
  };
  const searching = pieces.retriever(store, embedder);
  const besides: number[] = [];
  const whole = await each(questions, sizes.searching, "searching", progress, async ({ question }) => {
    embedding = 0;
    const took = await timed(() => searching.retrieve(question, { k: 5, mode: "hybrid" }));
    besides.push(took - embedding);
    return took;
  });
  const asked = await each(questions, sizes.asking, "asking", progress, ({ question }) =>
    timed(() => pieces.ask(store, question)),
  );
  return [
    several("search", whole, null),
    several("search, besides embedding the question", besides, 25),
    single("ask, the first question", "ms", asked[0] ?? Number.NaN),
    several("ask", asked.slice(1), null),
  ];
}

/** Commands as a script starts them: a process each. */
async function measureCommands(
  folder: string,
  { questions }: NewsSet,
  report: BenchReport,
  sizes: BenchSizes,
  progress: BenchProgress,
): Promise<void> {
  const question = questions[0]?.question ?? "";
  const commands: [string, string[], number | null][] = [
    ["a command from start to end: documents", ["documents"], 1_000],
    ["a command from start to end: search", ["search", question], null],
    ["a command from start to end: ask", ["ask", question], null],
  ];
  for (const [name, args, goal] of commands) {
    const times: number[] = [];
    for (let at = 0; at <= sizes.starts; at += 1) {
      progress({ doing: `starting ${args[0] ?? ""}`, done: at, total: sizes.starts });
      const began = performance.now();
      const child = spawn(process.execPath, [path.join(PROJECT_ROOT, "dist/cli.js"), ...args, "--index", folder, "--json"], {
        stdio: "ignore",
      });
      const [code] = (await once(child, "close")) as [number | null];
      // the first one warms the file cache
      if (code === 0 && at > 0) times.push(performance.now() - began);
    }
    if (times.length > 0) report.figures.push(several(name, times, goal));
    else report.notes.push(`${name}: not measured, as the command failed`);
  }
}

async function each<T>(
  items: readonly T[],
  count: number,
  doing: string,
  progress: BenchProgress,
  measure: (item: T) => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  for (const item of items.slice(0, count)) {
    times.push(await measure(item));
    progress({ doing, done: times.length, total: Math.min(count, items.length) });
  }
  return times;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function single(name: string, unit: TimingFigure["unit"], value: number): TimingFigure {
  return { name, unit, value, p95: null, n: 1, goal: null };
}

function several(name: string, times: readonly number[], goal: number | null): TimingFigure {
  return { name, unit: "ms", value: percentile(times, 0.5), p95: percentile(times, 0.95), n: times.length, goal };
}
