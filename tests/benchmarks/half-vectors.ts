// Searching while vectors are made: hybrid against the words alone when none, half and all of the passages have their vector, on
// chunking-evaluation and Cranfield of ../shared/data. Build and run:
//   npx esbuild tests/benchmarks/half-vectors.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/half-vectors.mjs
//   node dist/half-vectors.mjs FOLDER [shares, 0,0.5,1 by default]   (FOLDER keeps the vectors between runs)
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadSettings } from "../../src/settings.ts";
import { createCachedEmbedder } from "./evaluation/cached-embedder.ts";
import { chunkingSet } from "./evaluation/chunking-set.ts";
import { cranfieldSet } from "./evaluation/cranfield-set.ts";
import { createPieces } from "./evaluation/pieces.ts";

const [folder = tmpdir(), shares = "0,0.5,1"] = process.argv.slice(2);
const settings = loadSettings({ INDEX_DIR: mkdtempSync(path.join(tmpdir(), "half-")) });
const { pieces, close } = createPieces(settings);
const embedder = await createCachedEmbedder(pieces.embedder, folder);
for (const share of shares.split(",").map(Number)) {
  let passages = 0;
  const openStore: typeof pieces.openStore = async (place) => {
    const store = await pieces.openStore(place);
    return {
      ...store,
      put: (article, drafts, vectors = []) =>
        store.put(
          article,
          drafts,
          vectors.map((vector) => (Math.floor((passages += 1) * share) > Math.floor((passages - 1) * share) ? vector : null)),
        ),
    };
  };
  for (const set of [chunkingSet, cranfieldSet]) {
    const { figures, comparisons } = await set.run({ ...pieces, embedder, openStore }, {});
    for (const { name, value } of figures.filter(({ name: one }) => /(hybrid|text)$/.test(one)))
      process.stdout.write(`${share} of the vectors, ${set.name}: ${name} ${value.toFixed(4)}\n`);
    for (const { name, difference, low, high } of comparisons.filter(({ name: one }) => one.endsWith("minus text")))
      process.stdout.write(`  ${name}: ${difference.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})\n`);
  }
}
await close();
