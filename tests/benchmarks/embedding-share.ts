// How much of what the plain runtime reaches with all cores the embedder reaches on the same passages: three rounds, side by side. The plain
// runtime is run both ways, one session with all threads and one session a core; the better one counts. Build and run:
//   npx esbuild tests/benchmarks/embedding-share.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/embedding-share.mjs
//   node dist/embedding-share.mjs [passages, 120 by default]
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { newsMonth } from "../support/news-month.ts";

const ROUNDS = 3;
const LENGTH = 1_050;
const TOKENS = 256;
const wanted = Number(process.argv[2] ?? 120);
const cores = availableParallelism();
const folder = path.join(PROJECT_ROOT, "src/models/bundled");

let whole = "";
for (let month = 1; whole.length < wanted * LENGTH; month = (month % 12) + 1)
  whole += newsMonth(month)
    .map(({ text }) => text)
    .join(" ");
const passages = Array.from({ length: wanted }, (_, at) => `${at} ${whole.slice(at * LENGTH, (at + 1) * LENGTH)}`);

const json = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Record<string, unknown>;
const tokenizer = new Tokenizer(json("tokenizer.json"), json("tokenizer_config.json"));
const inputs = passages.map((text) => tokenizer.encode(text).ids.slice(0, TOKENS).map(BigInt));

async function plain(sessions: number, threads: number): Promise<number> {
  const all = await Promise.all(
    Array.from({ length: sessions }, () =>
      InferenceSession.create(path.join(folder, "model_int8.onnx"), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: "extended",
      }),
    ),
  );
  const waiting = [...inputs];
  const began = performance.now();
  await Promise.all(
    all.map(async (session) => {
      for (let ids = waiting.shift(); ids !== undefined; ids = waiting.shift()) {
        const tensor = (data: BigInt64Array): Tensor => new Tensor("int64", data, [1, data.length]);
        const feeds = {
          input_ids: tensor(BigInt64Array.from(ids)),
          attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
          token_type_ids: tensor(new BigInt64Array(ids.length)),
        };
        await session.run(Object.fromEntries(Object.entries(feeds).filter(([name]) => session.inputNames.includes(name))));
      }
    }),
  );
  const rate = (wanted / (performance.now() - began)) * 1000;
  await Promise.all(all.map((session) => session.release()));
  return rate;
}

const embedder = createOnnxEmbedder();
// both loaded and warm: what is compared is the work
await embedder.embed(passages.slice(0, 40), "passage");
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const together = await plain(1, cores);
  const began = performance.now();
  await embedder.embed(passages, "passage");
  const own = (wanted / (performance.now() - began)) * 1000;
  const apart = await plain(cores, 1);
  ratios.push(own / Math.max(together, apart));
  process.stdout.write(
    `embedder ${own.toFixed(1)} passages a second; plain runtime ${together.toFixed(1)} (one session, ${cores} threads), ${apart.toFixed(1)} (${cores} sessions)\n`,
  );
}
await embedder.close();
process.stdout.write(`share of the plain runtime: ${(ratios.toSorted((a, b) => a - b)[1] ?? 0).toFixed(2)} (aim 0.90)\n`);
