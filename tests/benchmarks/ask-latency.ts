// How long an extractive answer takes, with the real sentence model, over some 1,500 passages: articles and paragraphs of ../shared/data
// where they are there, else months of made-up news. No question is asked twice, so nothing is remembered. Build and run:
//   npx esbuild tests/benchmarks/ask-latency.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/ask-latency.mjs
//   node dist/ask-latency.mjs [questions, 100 by default]
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { loadSettings } from "../../src/settings.ts";
import { newsMonth } from "../support/news-month.ts";
import { readNewsSet } from "./evaluation/news-set.ts";

const SHARED = path.join(PROJECT_ROOT, "../shared/data");
const SQUAD = path.join(SHARED, "squad2-dev-half/dev-v2.0.json.gz");
const PAGES = path.join(SHARED, "article-extraction-benchmark/ground-truth.json.gz");
const MONTHS = 6;

const count = Number(process.argv[2] ?? 100);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const read = (file: string): unknown => JSON.parse(gunzipSync(readFileSync(file)).toString());

const news = readNewsSet();
const texts = (news?.texts ?? []).map(({ text }) => text);
const asked = (news?.questions ?? []).map(({ question }) => question);
if (existsSync(SQUAD) && existsSync(PAGES)) {
  const { data } = read(SQUAD) as { data: { paragraphs: { context: string; qas: { question: string }[] }[] }[] };
  const paragraphs = data.flatMap((article) => article.paragraphs);
  texts.push(...paragraphs.map(({ context }) => context));
  asked.push(...paragraphs.flatMap(({ qas }) => qas.slice(0, 1).map(({ question }) => question)));
  texts.push(
    ...Object.values(read(PAGES) as Record<string, { articleBody?: string }>).map(({ articleBody }) => articleBody ?? ""),
  );
} else for (let month = 1; month <= MONTHS; month += 1) texts.push(...newsMonth(month).map(({ text }) => text));

const folder = mkdtempSync(path.join(tmpdir(), "ask-latency-"));
const corpus = path.join(folder, "corpus");
mkdirSync(corpus);
texts.forEach((text, n) => writeFileSync(path.join(corpus, `text-${n}.txt`), text));
const settings = loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, "index") });
const { briefing } = createApp(settings, { log: pino({ level: "silent" }) });
const { passages } = await briefing.ingest([]);
await briefing.ask("Is anything known of this?");

// evenly spread over all of them
const questions = Array.from(
  { length: Math.min(count, asked.length) },
  (_, at) => asked[Math.floor((at * asked.length) / Math.min(count, asked.length))] ?? "",
);
const times = { retrieve: [] as number[], answer: [] as number[], total: [] as number[] };
for (const question of questions) {
  const { timing_ms } = await briefing.ask(question);
  for (const stage of ["retrieve", "answer", "total"] as const) times[stage].push(timing_ms[stage]);
}
say(`${questions.length} questions over ${passages} passages`);
for (const [stage, values] of Object.entries(times)) {
  const sorted = values.sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
  say(`${stage}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`);
}
await briefing.close();
rmSync(folder, { recursive: true, force: true });
