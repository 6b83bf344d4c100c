// Figures of embedder, store and vector index on this machine, over real sentences of ../shared/data. Not a test: it takes long and judges
// nothing. Build and run:
//   npx esbuild tests/benchmarks/index-benchmark.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/index-benchmark.mjs
//   node dist/index-benchmark.mjs [passages, 50000 by default] [file that keeps the vectors between runs] [indexing,graph,search]
// With a file, embedding goes on where a run that was ended left it; with parts "none" nothing else is done.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { gunzipSync } from "node:zlib";
import { systemClock } from "../../src/clock.ts";
import type { PassageDraft } from "../../src/domain.ts";
import { embedPassages } from "../../src/index/embed-passages.ts";
import { indexArticles } from "../../src/index/index-articles.ts";
import { cosineOf } from "../../src/models/embedder.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { createRetriever } from "../../src/retrieve/retriever.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openKnowledgeStore } from "../../src/stores/sqlite/knowledge-store.ts";
import { createHnswIndex, loadHnswLibrary } from "../../src/stores/sqlite/vectors/hnsw-index.ts";
import { contentWords } from "../../src/text/words.ts";
import { article } from "../support/documents.ts";

const DATA = path.join(PROJECT_ROOT, "../shared/data");
const wanted = Number(process.argv[2] ?? 50_000);
const cache = process.argv[3];
const parts = process.argv[4] ?? "indexing,graph,search";
const QUERIES = 300;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const percentile = (values: number[], share: number): number =>
  values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const spread = (values: number[]): string =>
  `p50 ${percentile(values, 0.5).toFixed(1)} ms, p95 ${percentile(values, 0.95).toFixed(1)} ms, most ${percentile(values, 1).toFixed(1)} ms`;

function texts(): string[] {
  const gunzip = (name: string): string => gunzipSync(readFileSync(path.join(DATA, name))).toString();
  const corpora = path.join(DATA, "chunking-evaluation/corpora");
  const squad = JSON.parse(gunzip("squad2-dev-half/dev-v2.0.json.gz")) as { data: { paragraphs: { context: string }[] }[] };
  const pages = JSON.parse(gunzip("article-extraction-benchmark/ground-truth.json.gz")) as Record<
    string,
    { articleBody?: string }
  >;
  return [
    ...readdirSync(corpora).map((name) => readFileSync(path.join(corpora, name), "utf8")),
    gunzip("cranfield/cran.all.1400.gz"),
    ...squad.data.flatMap(({ paragraphs }) => paragraphs.map(({ context }) => context)),
    ...Object.values(pages).map(({ articleBody }) => articleBody ?? ""),
  ];
}

function sentences(count: number): string[] {
  const single = texts()
    .flatMap((text) => text.split(/(?<=[.!?])\s+|\n+/))
    .filter((sentence) => sentence.length > 30 && sentence.length < 400);
  const all = new Set(single);
  for (let width = 2; all.size < count && width < 8; width += 1) {
    for (let at = 0; at + width <= single.length && all.size < count; at += 1) all.add(single.slice(at, at + width).join(" "));
  }
  return [...all].slice(0, count);
}

async function measureIndexing(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "benchmark-"));
  const embedder = createOnnxEmbedder();
  const store = await openKnowledgeStore({ folder, embedder: embedder.identity });
  const loading = performance.now();
  await embedder.embed(["ready"], "query");
  say(`model ready after ${(performance.now() - loading).toFixed(0)} ms`);
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const whole = texts().join("\n");
  const outcomes = Array.from({ length: 100 }, (_, at) => {
    const from = article(`${at}.txt`, whole.slice(at * 8000, at * 8000 + 8000));
    return { kind: "article", input: from.source, article: from } as const;
  });
  delay.enable();
  const began = performance.now();
  const { passages } = await indexArticles({ store, clock: systemClock }, outcomes);
  const words = (performance.now() - began) / 1000;
  await embedPassages({ store, embedder });
  const seconds = (performance.now() - began) / 1000;
  delay.disable();
  say(
    `indexing: ${passages} passages, words after ${words.toFixed(1)} s, ${(passages / seconds).toFixed(1)} a second, event loop held ${(delay.max / 1e6).toFixed(0)} ms at most, memory ${mb(process.memoryUsage().rss)}`,
  );
  const questions = sentences(100);
  const times: number[] = [];
  for (const question of questions) {
    const start = performance.now();
    await embedder.embed([question], "query");
    times.push(performance.now() - start);
  }
  say(`embedding a question: ${spread(times)}`);
  await embedder.close();
  await store.close();
  rmSync(folder, { recursive: true });
}

async function vectorsOf(all: string[]): Promise<Float32Array[]> {
  const known = cache !== undefined && existsSync(cache) ? readFileSync(cache) : Buffer.alloc(0);
  const vectors: Float32Array[] = [];
  for (let at = 0; at + 1536 <= known.length && vectors.length < all.length; at += 1536) {
    vectors.push(new Float32Array(known.buffer.slice(known.byteOffset + at, known.byteOffset + at + 1536)));
  }
  // what a run that was killed left of its last vector
  if (known.length % 1536 !== 0 && cache !== undefined) truncateSync(cache, known.length - (known.length % 1536));
  const embedder = createOnnxEmbedder();
  const [had, began] = [vectors.length, performance.now()];
  while (vectors.length < all.length) {
    const fresh = await embedder.embed(all.slice(vectors.length, vectors.length + 500), "passage");
    vectors.push(...fresh);
    if (cache !== undefined)
      appendFileSync(
        cache,
        Buffer.concat(fresh.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength))),
      );
    const left = ((performance.now() - began) / (vectors.length - had)) * (all.length - vectors.length);
    process.stderr.write(`\r${vectors.length} of ${all.length} embedded, ${Math.ceil(left / 60_000)} min left  `);
  }
  await embedder.close();
  return vectors;
}

async function measureGraph(vectors: Float32Array[], queries: Float32Array[]): Promise<void> {
  const library = await loadHnswLibrary();
  if (library === null) return say("hnswlib-node is not installed");
  const graph = createHnswIndex(library, 384);
  const began = performance.now();
  let longest = 0;
  vectors.forEach((vector, at) => {
    const start = performance.now();
    graph.add(at + 1, vector);
    longest = Math.max(longest, performance.now() - start);
  });
  say(
    `graph: ${((vectors.length / (performance.now() - began)) * 1000).toFixed(0)} adds a second, one takes ${longest.toFixed(0)} ms at most`,
  );
  for (const [name, allow] of [
    ["all", undefined],
    ["every second", (id: number) => id % 2 === 0],
    ["5 %", (id: number) => id % 20 === 0],
  ] as const) {
    const walked: number[] = [];
    let right = 0;
    const among = vectors.map((vector, at) => ({ vector, id: at + 1 })).filter(({ id }) => allow?.(id) ?? true);
    for (const query of queries) {
      const near = among.map(({ vector, id }) => ({ id, cosine: cosineOf(vector, query) })).sort((a, b) => b.cosine - a.cosine);
      const truth = new Set(near.slice(0, 10).map(({ id }) => id));
      const start = performance.now();
      right += graph.search(query, 10, allow).filter(({ passage }) => truth.has(passage)).length;
      walked.push(performance.now() - start);
    }
    say(`${name}: recall@10 of the graph ${(right / queries.length / 10).toFixed(4)}; ${spread(walked)}`);
  }
}

async function measureSearch(all: string[], vectors: Float32Array[], queries: Float32Array[]): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "benchmark-"));
  const fill = async (store: KnowledgeStore, from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 20) {
      // each passage is made of three sentences, so that it is as long as real ones
      const lines = all
        .slice(at, at + 20)
        .map((line, of) => [line, all[(at * 7 + of * 13) % all.length], all[(at * 3 + of * 29) % all.length]].join(" "));
      const document = article(`d${at}`, lines.join("\n"), {
        published: `20${String(10 + (at % 16)).padStart(2, "0")}-05-06`,
        publisher: (at / 20) % 20 === 0 ? "Twentieth" : "Others",
      });
      const drafts: PassageDraft[] = document.blocks.map(({ start, end }) => ({
        start,
        end,
        text: document.text.slice(start, end),
        heading: null,
        speaker: null,
        role: null,
        context: `Document ${at}`,
      }));
      await store.put(document, drafts, vectors.slice(at, at + drafts.length));
    }
  };
  let store = await openKnowledgeStore({ folder, embedder: "benchmark" });
  let before = 0;
  for (const size of [1000, vectors.length]) {
    const began = performance.now();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await fill(store, before, size);
    const written = performance.now();
    await store.flush();
    delay.disable();
    say(
      `${size} passages: written at ${(((size - before) / (written - began)) * 1000).toFixed(0)} a second, flush ${((performance.now() - written) / 1000).toFixed(1)} s, event loop held ${(delay.max / 1e6).toFixed(0)} ms at most`,
    );
    before = size;
    await store.close();
    const opening = performance.now();
    store = await openKnowledgeStore({ folder, embedder: "benchmark" });
    await store.searchVectors(queries[0] as Float32Array, {}, 50);
    await store.searchText({ words: ["first"], phrases: [] }, {}, 50);
    say(`  opened and searched once after ${(performance.now() - opening).toFixed(0)} ms`);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    for (const [name, filter] of [
      ["all", {}],
      ["since 2018", { since: "2018" }],
      ["5 %", { publisher: "Twentieth" }],
    ] as const) {
      const text: number[] = [];
      const vector: number[] = [];
      const both: number[] = [];
      for (const [at, query] of queries.entries()) {
        const words = contentWords(all[(at * 97) % all.length] ?? "")
          .map(({ folded }) => folded)
          .slice(0, 12);
        const start = performance.now();
        await store.searchText({ words, phrases: [] }, filter, 100);
        const middle = performance.now();
        await store.searchVectors(query, filter, 100);
        const end = performance.now();
        text.push(middle - start);
        vector.push(end - middle);
        both.push(end - start);
      }
      say(`  ${name}: words ${spread(text)}; vectors ${spread(vector)}; both ${spread(both)}`);
    }
    await measureQuestions(store, all, queries);
    say(`  memory ${mb(process.memoryUsage().rss)}`);
  }
  await store.close();
  rmSync(folder, { recursive: true });
}

/** The whole search as the program does it, but for the embedding: its vectors are there already. */
async function measureQuestions(store: KnowledgeStore, all: string[], queries: Float32Array[]): Promise<void> {
  const given = { vector: queries[0] as Float32Array };
  const embedder = {
    identity: "benchmark",
    embed: async (texts: readonly string[]) => texts.map(() => given.vector),
    close: async () => undefined,
  };
  const retriever = createRetriever({ store, embedder, clock: systemClock });
  for (const [name, filter] of [
    ["all", {}],
    ["5 %", { publisher: "Twentieth" }],
  ] as const) {
    const first: number[] = [];
    const times: number[] = [];
    const processor: number[] = [];
    for (const [at, query] of queries.entries()) {
      const words = (all[(at * 97) % all.length] ?? "").split(/\s+/).slice(0, 10).join(" ");
      given.vector = query;
      const [start, before] = [performance.now(), process.cpuUsage()];
      await retriever.retrieve(`What about ${words}?`, { filter, k: 5 });
      (at === 0 ? first : times).push(performance.now() - start);
      const { user, system } = process.cpuUsage(before);
      if (at > 0) processor.push((user + system) / 1000);
    }
    // on a busy machine the processor's time is what the search itself takes
    say(
      `  whole search besides the embedding, ${name}: first ${(first[0] ?? 0).toFixed(0)} ms, then ${spread(times)}; of the processor ${spread(processor)}`,
    );
  }
}

if (existsSync(DATA)) {
  if (parts.includes("indexing")) await measureIndexing();
  const all = sentences(wanted + QUERIES);
  const vectors = await vectorsOf(all);
  const queries = vectors.splice(wanted);
  all.splice(vectors.length);
  if (parts.includes("graph")) await measureGraph(vectors, queries);
  if (parts.includes("search")) await measureSearch(all, vectors, queries);
} else say(`The texts for these measurements are not at ${DATA}.`);
