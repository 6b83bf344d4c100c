// kill -9 at many random moments of an ingest of files, a feed and a page: each time the index must end like that of a clean run. Build and run:
//   npm run --silent briefing -- --help   (so that dist/ is there)
//   npx esbuild tests/benchmarks/kill-benchmark.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/kill-benchmark.mjs
//   node dist/kill-benchmark.mjs [moments, 30 by default] [files, 60 by default]
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { killScene } from "../support/killed-ingests.ts";
import { startWebServer } from "../support/web-server.ts";

const moments = Number(process.argv[2] ?? 30);
const web = await startWebServer();
const embedder = createOnnxEmbedder();
const scene = killScene(web, Number(process.argv[3] ?? 60), embedder);
const first = scene.folder();
const { tookMs } = await scene.run(first);
const expected = await scene.picture(first);
let [struck, same] = [0, 0];
for (let moment = 0; moment < moments; moment += 1) {
  const index = scene.folder();
  if ((await scene.run(index, Math.random() * tookMs)).struck) struck += 1;
  if ((await scene.picture(index)) === expected) same += 1;
  else process.stdout.write(`moment ${moment}: differs\n`);
}
process.stdout.write(
  `${moments} moments in runs of ${(tookMs / 1000).toFixed(1)} s, ${struck} struck, ${same} like the clean run\n`,
);
await embedder.close();
await web.close();
process.exit(same === moments ? 0 : 1);
