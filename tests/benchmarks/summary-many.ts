// A summary and a timeline of a topic over a thousand dated documents of three months, read from a real index: seconds and processor time. Build and run:
//   npx esbuild tests/benchmarks/summary-many.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/summary-many.mjs
//   node dist/summary-many.mjs [documents, 1000 by default]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings.ts";
import { newsMonth } from "../support/news-month.ts";

const count = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(path.join(tmpdir(), "summary-many-"));
const corpus = path.join(folder, "corpus");
mkdirSync(corpus);
const topics: (string | undefined)[] = [];
for (let seed = 1, written = 0; written < count; seed += 1) {
  for (const item of newsMonth(seed, seed % 2 === 0 ? "towns" : "markets, games, science").slice(0, count - written)) {
    const month = String((seed % 3) + 1).padStart(2, "0");
    const published = `2025-${month}-${item.published.slice(8, 10) > "28" ? "28" : item.published.slice(8)}`;
    const header = `title: ${JSON.stringify(item.title)}\npublisher: ${item.publisher}\npublished: ${published}\ngenre: ${item.genre}`;
    writeFileSync(path.join(corpus, `${seed}-${item.id}.md`), `---\n${header}\n---\n\n${item.text}\n`);
    written += 1;
    if (written === 1 || written === 20) topics.push(item.title);
  }
}
const settings = loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, "index") });
const { briefing } = createApp(settings, { log: pino({ level: "silent" }) });
const timed = async (what: string, run: () => Promise<number>): Promise<void> => {
  const used = process.cpuUsage();
  const began = performance.now();
  const told = await run();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  console.log(`${what}: ${told} entries in ${seconds.toFixed(2)} s, processor ${((user + system) / 1e6).toFixed(2)} s`);
};
await timed("indexed", async () => (await briefing.ingest([])).documents);
for (const topic of [...topics.slice(0, 2), undefined]) {
  const about = topic ?? "everything since 1 February";
  const since = topic === undefined ? { since: "2025-02-01" } : {};
  for (const run of ["first", "again"])
    await timed(
      `summary of ${about}, ${run}`,
      async () => (await briefing.summarize({ topic, length: "long", ...since })).sentences.length,
    );
  if (topic !== undefined) await timed(`timeline of ${about}`, async () => (await briefing.timeline(topic)).events.length);
}
await briefing.close();
rmSync(folder, { recursive: true });
