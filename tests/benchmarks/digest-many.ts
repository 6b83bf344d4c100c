// A digest over thousands of new documents of one day, read from a real index: seconds, processor time and memory. Build and run:
//   npx esbuild tests/benchmarks/digest-many.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/digest-many.mjs
//   node --expose-gc dist/digest-many.mjs [documents, 2000 by default] [folder that keeps the index for the next run]
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings.ts";
import { newsMonth } from "../support/news-month.ts";

const count = Number(process.argv[2] ?? 2000);
const folder = process.argv[3] ?? mkdtempSync(path.join(tmpdir(), "digest-many-"));
const corpus = path.join(folder, "corpus");
const settings = loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, "index") });
const { briefing } = createApp(settings, { log: pino({ level: "silent" }) });
if (!existsSync(corpus)) {
  mkdirSync(corpus, { recursive: true });
  for (let seed = 1, written = 0; written < count; seed += 1) {
    for (const item of newsMonth(seed, seed % 2 === 0 ? "towns" : "markets, games, science").slice(0, count - written)) {
      const time = item.published.slice(10);
      // articles go on behind the news
      const more = item.text.replaceAll(". ", `, it was said again in ${item.publisher} on that day. `);
      writeFileSync(
        path.join(corpus, `${item.id}.md`),
        `---\ntitle: ${JSON.stringify(item.title)}\npublisher: ${item.publisher}\npublished: 2025-03-02${time}\ngenre: ${item.genre}\n---\n\n${item.text}\n\n${more}\n\n${more}\n`,
      );
      written += 1;
    }
  }
  const began = performance.now();
  await briefing.ingest([]);
  console.log(`indexed in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
globalThis.gc?.();
const before = process.memoryUsage();
let highest = before.rss;
const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 20);
for (let run = 1; run <= 2; run += 1) {
  const used = process.cpuUsage();
  const began = performance.now();
  const { items } = await briefing.digest({ date: "2025-03-02" });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  globalThis.gc?.();
  const { heapUsed } = process.memoryUsage();
  console.log(
    `run ${run}: ${items.length} entries of ${items.flatMap(({ documents }) => documents).length} documents in ${seconds.toFixed(1)} s, processor ${((user + system) / 1e6).toFixed(1)} s, heap afterwards ${(heapUsed / 1e6).toFixed(0)} MB, memory at most ${((highest - before.rss) / 1e6).toFixed(0)} MB more than before`,
  );
}
clearInterval(watch);
await briefing.close();
