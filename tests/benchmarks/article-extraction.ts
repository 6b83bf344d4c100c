// Measures page reading on ../shared/data/article-extraction-benchmark with that benchmark's own rule: multisets of four-word shingles, counts
// divided by their sum page by page, F1 of the mean precision and recall. Title, author and day of 82 of the pages were read off them by eye
// (page-labels.json: the title as the start of the SHA-1 of its letters and digits, "/" between answers that are both right). The same pages are then read once
// more as a reader would paste them: their visible lines as plain text. Pages are split in two by the hash of their id: one half was looked
// at while the rules were written, the other was not. MISSES=1 tells what was found instead, of the first half only.
// Run: npx esbuild tests/benchmarks/article-extraction.ts --bundle --platform=node --packages=external --format=esm --outfile=dist/bench-pages.mjs && node dist/bench-pages.mjs
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeHtml } from "../../src/ingest/decode.ts";
import { parsePage } from "../../src/ingest/html/dom.ts";
import { readHtml } from "../../src/ingest/html/read-html.ts";
import { segmentsOf } from "../../src/ingest/html/segments.ts";
import { dropInvisible } from "../../src/ingest/html/visibility.ts";
import { readPlainText } from "../../src/ingest/notes/read-text.ts";
import type { ReadResult } from "../../src/ingest/read-result.ts";
import { PROJECT_ROOT } from "../../src/project.ts";

interface Score {
  tp: number;
  fp: number;
  fn: number;
  exact: boolean;
}

/** Title's hash, author, day. */
type Label = readonly [title: string, author: string, day: string];

const FIELDS = ["title", "author", "day"] as const;

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

/** Of each field: right or wrong, null where nothing is labelled. */
function verdicts(found: ReadResult | null, [title, author, day]: Label): (boolean | null)[] {
  const hash = createHash("sha1")
    .update((found?.title ?? "").toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""))
    .digest("hex");
  const names = (text: string): string => text.toLowerCase().split(", ").sort().join();
  return [
    hash.startsWith(title),
    author.split("/").some((one) => names(one) === names(found?.author ?? "")),
    day === "" ? null : day.split("/").includes(found?.published?.slice(0, 10) ?? ""),
  ];
}

function shares(all: readonly (boolean | null)[][]): string {
  return FIELDS.map((field, at) => {
    const told = all.map((one) => one[at]).filter((one) => one !== null);
    return `${field} ${(told.filter((one) => one === true).length / Math.max(1, told.length)).toFixed(3)}`;
  }).join("  ");
}

/** The page's visible lines. */
async function pasted(bytes: Uint8Array): Promise<string> {
  const page = await parsePage(await decodeHtml(bytes, null));
  dropInvisible(page);
  return page.body === null
    ? ""
    : segmentsOf(page.body)
        .map(({ text }) => text)
        .join("\n");
}

type Read = (bytes: Uint8Array, url: string) => Promise<ReadResult>;

const READS: Record<string, Read> = {
  "as pages": async (bytes, url) => readHtml(bytes, { path: null, url, contentType: null }),
  "as pasted text": async (bytes) => readPlainText(await pasted(bytes), { path: "page.txt", url: null, contentType: null }),
};

async function main(): Promise<void> {
  if (!existsSync(folder)) {
    console.log(`not measured: ${folder} is not there`);
    return;
  }
  const truth = JSON.parse(gunzipSync(readFileSync(path.join(folder, "ground-truth.json.gz"))).toString("utf8")) as Record<
    string,
    { articleBody: string; url: string }
  >;
  const labels = JSON.parse(readFileSync(path.join(PROJECT_ROOT, "tests/benchmarks/page-labels.json"), "utf8")) as Record<
    string,
    Label
  >;
  for (const [name, read] of Object.entries(READS)) {
    const halves: [Score[], Score[]] = [[], []];
    const marks: [(boolean | null)[][], (boolean | null)[][]] = [[], []];
    const before = process.cpuUsage();
    for (const [id, { articleBody, url }] of Object.entries(truth)) {
      const bytes = gunzipSync(readFileSync(path.join(folder, "html", `${id}.html.gz`)));
      const half = (createHash("sha1").update(id).digest()[0] ?? 0) % 2 === 0 ? 0 : 1;
      let found: ReadResult | null = null;
      try {
        found = await read(bytes, url);
      } catch (error) {
        console.log(`refused: ${url} (${String(error)})`);
      }
      halves[half].push(score(found?.text ?? "", articleBody));
      const label = labels[id];
      if (label === undefined) continue;
      const told = verdicts(found, label);
      marks[half].push(told);
      if (process.env["MISSES"] !== undefined && half === 0 && told.includes(false))
        console.log(url, found?.title, "|", found?.author, "|", found?.published, "|", label, told, found?.evidence);
    }
    const { user, system } = process.cpuUsage(before);
    console.log(name);
    console.log(`  half looked at      ${summary(halves[0])}  ${shares(marks[0])}`);
    console.log(`  half not looked at  ${summary(halves[1])}  ${shares(marks[1])}`);
    console.log(`  all                 ${summary(halves.flat())}  ${shares(marks.flat())} (${marks.flat().length} labelled)`);
    console.log(`  ${(Object.keys(truth).length / ((user + system) / 1e6)).toFixed(1)} pages a second of processor time`);
  }
}

await main();
