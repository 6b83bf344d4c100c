// Two hundred thousand made passages in PostgreSQL: how long they take to be written and the graph to be built, what a search takes with and
// without filters, and how much of the exact ten nearest the graph finds. DATABASE_URL names the server; what is made stays, so that a second run
// only searches. Build and run:
//   npx esbuild tests/benchmarks/postgres-many.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/postgres-many.mjs
//   DATABASE_URL=postgres://… node dist/postgres-many.mjs [passages, 200000 by default]
import type { Filter } from "../../src/domain.ts";
import type { KnowledgeStore } from "../../src/stores/knowledge.ts";
import { openPostgresKnowledge } from "../../src/stores/postgres/postgres-stores.ts";
import { article, drafts } from "../support/documents.ts";
import { randomFrom } from "../support/news-month.ts";

const PASSAGES = Number(process.argv[2] ?? 200_000);
const PER_DOCUMENT = 50;
const DIMENSION = 384;
const MATTERS = 400;
const SEARCHES = 200;
const url = new URL(process.env["DATABASE_URL"] ?? "");
if (!url.searchParams.has("schema")) url.searchParams.set("schema", "many");
const open = (exactUpTo?: number): Promise<KnowledgeStore> =>
  openPostgresKnowledge({ url: url.href, embedder: "made", ...(exactUpTo === undefined ? {} : { exactUpTo }) });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

const random = randomFrom(17);
/** Words as texts use them: the n-th is asked for once in n. */
const word = (): string => `w${Math.floor(30_000 ** random())}`;
const unit = (values: number[]): Float32Array => {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / length);
};
const around = (centre: readonly number[]): Float32Array => unit(centre.map((value) => value + (random() - 0.5) * 0.9));
const centres = Array.from({ length: MATTERS }, () => Array.from({ length: DIMENSION }, () => random() - 0.5));
const matter = (): readonly number[] => centres[Math.floor(random() * MATTERS)] ?? [];

let store = await open();
const began = performance.now();
const have = (await store.sources()).size;
for (let number = have; number < PASSAGES / PER_DOCUMENT; number += 1) {
  const lines = Array.from({ length: PER_DOCUMENT }, () => Array.from({ length: 60 }, word).join(" "));
  const from = article(`d${number}`, lines.join("\n"), {
    publisher: `Paper ${number % 20}`,
    published: `20${10 + (number % 15)}-0${1 + (number % 9)}-1${number % 9}`,
    scope: number % 20 === 0 ? "guild:1" : null,
  });
  const centre = matter();
  await store.put(
    from,
    drafts(from, `Note ${number}`),
    lines.map(() => around(centre)),
  );
  if (number % 400 === 399) say(`${(number + 1) * PER_DOCUMENT} passages after ${seconds(began)} s`);
}
say(`written in ${seconds(began)} s`);
const building = performance.now();
await store.begin();
await store.flush();
say(`words put in order and graph built in ${seconds(building)} s`);
await store.close();

store = await open();
const exact = await open(1e9);
const filters: [string, Filter][] = [
  ["no filter", {}],
  ["one publisher in 20", { publisher: "Paper 7" }],
  ["since 2020", { since: "2020" }],
  ["one publisher since 2020", { publisher: "Paper 7", since: "2020" }],
  ["one server's", { scopes: ["guild:1"] }],
];
const opened = performance.now();
await store.searchText({ words: ["w1"], phrases: [] }, {}, 1);
say(`first search of a new process: ${seconds(opened)} s`);
const quantile = (times: number[], share: number): string =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(1);
for (const warm of [false, true]) {
  for (const [name, filter] of filters) {
    const [words, vectors, both]: number[][] = [[], [], []];
    let found = 0;
    let wanted = 0;
    for (let search = 0; search < SEARCHES; search += 1) {
      const query = { words: Array.from({ length: 7 }, () => `w${Math.floor(20 + 30_000 ** random())}`), phrases: [] };
      const vector = around(matter());
      const start = performance.now();
      await store.searchText(query, filter, 50);
      const middle = performance.now();
      const hits = await store.searchVectors(vector, filter, 50);
      const end = performance.now();
      words?.push(middle - start);
      vectors?.push(end - middle);
      both?.push(end - start);
      if (!warm || search >= 40) continue;
      const truth = new Set((await exact.searchVectors(vector, filter, 10)).map(({ passage }) => passage));
      wanted += truth.size;
      found += hits.slice(0, 10).filter(({ passage }) => truth.has(passage)).length;
    }
    say(
      `${warm ? "warm" : "new process"}, ${name}: words p50 ${quantile(words ?? [], 0.5)} p95 ${quantile(words ?? [], 0.95)} ms, vectors p50 ${quantile(vectors ?? [], 0.5)} p95 ${quantile(vectors ?? [], 0.95)} ms, both p95 ${quantile(both ?? [], 0.95)} ms${warm ? `, recall@10 ${(found / wanted).toFixed(3)}` : ""}`,
    );
  }
}
await store.close();
await exact.close();
