// Measures page reading on ../shared/data/article-extraction-benchmark with that benchmark's own rule: multisets of four-word shingles, counts
// divided by their sum page by page, F1 of the mean precision and recall. Pages are split in two by the hash of their id: one half was looked
// at while the rules were written, the other was not. Run: npx esbuild tests/benchmarks/article-extraction.ts --bundle --platform=node --packages=external --format=esm --outfile=dist/bench-pages.mjs && node dist/bench-pages.mjs
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { readHtml } from "../../src/ingest/html/read-html.ts";
import { PROJECT_ROOT } from "../../src/project.ts";

interface Score {
  tp: number;
  fp: number;
  fn: number;
  exact: boolean;
}

const folder = path.join(PROJECT_ROOT, "../shared/data/article-extraction-benchmark");

const words = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

function shingles(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.max(1, tokens.length - 3) && tokens.length > 0; i++) {
    const key = tokens.slice(i, i + 4).join(" ");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function score(predicted: string, expected: string): Score {
  const [a, b] = [words(predicted), words(expected)];
  const [x, y] = [shingles(a), shingles(b)];
  let [tp, fp, fn] = [0, 0, 0];
  for (const key of new Set([...x.keys(), ...y.keys()])) {
    const [own, gold] = [x.get(key) ?? 0, y.get(key) ?? 0];
    tp += Math.min(own, gold);
    fp += Math.max(0, own - gold);
    fn += Math.max(0, gold - own);
  }
  const all = tp + fp + fn || 1;
  return { tp: tp / all, fp: fp / all, fn: fn / all, exact: a.length === b.length && a.every((word, i) => word === b[i]) };
}

function summary(scores: readonly Score[]): string {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const precision = mean(scores.filter(({ tp, fp }) => tp + fp > 0).map(({ tp, fp }) => tp / (tp + fp)));
  const recall = mean(scores.filter(({ tp, fn }) => tp + fn > 0).map(({ tp, fn }) => tp / (tp + fn)));
  const f1 = (2 * precision * recall) / (precision + recall);
  return `F1 ${f1.toFixed(4)}  precision ${precision.toFixed(4)}  recall ${recall.toFixed(4)}  exact ${mean(scores.map(({ exact }) => Number(exact))).toFixed(3)}  (${scores.length} pages)`;
}

async function main(): Promise<void> {
  if (!existsSync(folder)) {
    console.log(`not measured: ${folder} is not there`);
    return;
  }
  const truth = JSON.parse(gunzipSync(readFileSync(path.join(folder, "ground-truth.json.gz"))).toString("utf8")) as Record<
    string,
    { articleBody: string; url: string }
  >;
  const halves: [Score[], Score[]] = [[], []];
  const before = process.cpuUsage();
  for (const [id, { articleBody, url }] of Object.entries(truth)) {
    const bytes = gunzipSync(readFileSync(path.join(folder, "html", `${id}.html.gz`)));
    let text = "";
    try {
      text = (await readHtml(bytes, { path: null, url, contentType: null })).text;
    } catch (error) {
      console.log(`refused: ${url} (${String(error)})`);
    }
    halves[(createHash("sha1").update(id).digest()[0] ?? 0) % 2 === 0 ? 0 : 1].push(score(text, articleBody));
  }
  const { user, system } = process.cpuUsage(before);
  console.log(`half looked at      ${summary(halves[0])}`);
  console.log(`half not looked at  ${summary(halves[1])}`);
  console.log(`all                 ${summary(halves.flat())}`);
  console.log(`${(Object.keys(truth).length / ((user + system) / 1e6)).toFixed(1)} pages a second of processor time`);
}

await main();
