// Months of made-up news of several matters and seeds: how well events are grouped and told. Build and run:
//   npx esbuild tests/benchmarks/digest-months.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/digest-months.mjs
//   node dist/digest-months.mjs [seed …]
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { monthFigures } from "../support/month-figures.ts";
import { newsMonth } from "../support/news-month.ts";

const seeds = process.argv.slice(2).map(Number);
const embedder = createOnnxEmbedder();
for (const world of ["towns", "markets, games, science"] as const) {
  for (const seed of seeds.length > 0 ? seeds : [20_310_301]) {
    const found = await monthFigures(newsMonth(seed, world), embedder);
    const { f1, twice, mixed, repeated, later, updates, sided, oneSided } = found;
    console.log(
      `${world}, seed ${seed}: F1 ${f1.all.toFixed(3)} (odd ${f1.odd.toFixed(3)}, even ${f1.even.toFixed(3)}), twice ${twice.length}, mixed ${mixed.length}, repeated ${repeated.length}, updates ${updates} of ${later}, both sides ${sided - oneSided.length} of ${sided}`,
    );
    for (const [what, lines] of Object.entries({ twice, mixed, repeated, oneSided }))
      for (const line of lines) console.log(`  ${what}: ${line}`);
  }
}
await embedder.close();
