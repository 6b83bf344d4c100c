// Ten thousand documents: how long it takes to see that nothing changed, to add one, and whether any query fails meanwhile. Vectors are made
// of letters, so that only reading, storing and searching are measured. Build and run:
//   npx esbuild tests/benchmarks/many-documents.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/many-documents.mjs
//   node dist/many-documents.mjs [documents, 10000 by default]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { loadSettings } from "../../src/settings.ts";
import { vectorOf } from "../support/documents.ts";

const count = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(path.join(tmpdir(), "many-"));
const corpus = path.join(folder, "corpus");
mkdirSync(corpus);
const WORDS =
  "harbour council lamp bridge ferry vote budget storm river school teacher market tram winter flood mayor clerk union strike court ruling ship grain price export mill road tunnel".split(
    " ",
  );
let seed = 7;
const word = (): string => WORDS[(seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff) % WORDS.length] ?? "";
const sentence = (n: number): string =>
  `The ${word()} of ward ${n} saw ${seed % 900} cases of ${word()} and ${word()} after the ${word()}, a ${word()} said near the ${word()}.`;
const write = (n: number): void =>
  writeFileSync(
    path.join(corpus, `d${n}.md`),
    `---\ntitle: Note ${n}\npublisher: Paper ${n % 40}\npublished: 20${String(10 + (n % 15))}-0${(n % 9) + 1}-1${n % 9}\n---\n\n${Array.from({ length: 10 }, () => sentence(n)).join(" ")}\n`,
  );
for (let n = 0; n < count; n += 1) write(n);

const embedder = {
  identity: "letters",
  embed: async (texts: readonly string[]) => texts.map((text) => vectorOf(text, 384)),
  close: async () => undefined,
};
const settings = loadSettings({ CORPUS_DIR: corpus, INDEX_DIR: path.join(folder, "index") });
const open = () => createApp(settings, { log: pino({ level: "silent" }), embedder }).briefing;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let briefing = open();
const timed = async (what: string, inputs: string[] = []): Promise<void> => {
  const began = performance.now();
  const { added, unchanged, removed, documents, passages, failed } = await briefing.ingest(inputs);
  const took = ((performance.now() - began) / 1000).toFixed(2);
  say(
    `${what}: ${took} s (added ${added}, unchanged ${unchanged}, removed ${removed}, failed ${failed.length}; ${documents} documents, ${passages} passages)`,
  );
};
await timed("first run");
await briefing.close();
briefing = open();
await timed("nothing changed, new process");
write(count);
let [asked, slowest, failures] = [0, 0, 0];
const stop = new AbortController();
const asking = (async () => {
  while (!stop.signal.aborted) {
    const began = performance.now();
    await briefing.search(`${word()} ${word()} ward ${asked}`).catch(() => (failures += 1));
    slowest = Math.max(slowest, performance.now() - began);
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();
await timed("one more, found among all", []);
write(count + 1);
await timed("one more, by name", [path.join(corpus, `d${count + 1}.md`)]);
stop.abort();
await asking;
say(`meanwhile ${asked} searches, ${failures} failed, slowest ${slowest.toFixed(0)} ms`);
await briefing.close();
rmSync(folder, { recursive: true, force: true });
