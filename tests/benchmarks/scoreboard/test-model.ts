// `npm run test:model [-- QUESTIONS]`: the language model of MODEL (with OPENAI_BASE_URL or another address of its provider, from the environment or .env), else one
// that Ollama holds on this machine, over the seed questions, or so many of them evenly
// chosen. Exits with 1 where something unsupported got through.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { config } from "dotenv";
import { localOllamaModels } from "../../../src/models/local-ollama.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { type KnownQuestion, modelRun } from "./model-run.ts";
import { openProgram } from "./program.ts";

const SETTINGS = /^(?:MODEL|JUDGE_MODEL|MODEL_\w+|BUDGET_\w+|OLLAMA_\w+|\w+_API_KEY|\w+_BASE_URL)$/;

config({ path: path.join(PROJECT_ROOT, ".env"), quiet: true });
const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (SETTINGS.test(name) ? [[name, value ?? ""]] : [])),
);
const [held] = env["MODEL"] === undefined ? ((await localOllamaModels(null)) ?? []) : [];
if (held !== undefined) env["MODEL"] = `ollama:${held}`;
const seeds = path.resolve(PROJECT_ROOT, "../shared/seeds");

if (env["MODEL"] === undefined || !existsSync(seeds)) {
  console.error(
    existsSync(seeds)
      ? "No model: set MODEL, e.g. MODEL=openai:any OPENAI_BASE_URL=http://127.0.0.1:8080/v1 for a llama.cpp server, or start Ollama with a model."
      : `The seed texts are not there: ${seeds}`,
  );
  process.exitCode = 2;
} else {
  const program = openProgram(PROJECT_ROOT, env);
  try {
    console.log(`${env["MODEL"]} over the seed questions …`);
    await program.ingest(seeds);
    const all = JSON.parse(
      readFileSync(path.join(PROJECT_ROOT, "tests/fixtures/questions-seeds.json"), "utf8"),
    ) as KnownQuestion[];
    const step = Math.max(1, Math.ceil(all.length / (Number(process.argv[2]) || all.length)));
    const questions = all.filter((_, at) => at % step === 0);
    const { answers, useful, quoted, seconds, unsupported, told } = await modelRun(program, questions);
    console.log(`useful answers: ${useful} of ${answers} (${quoted} made of quotations instead)`);
    console.log(
      `seconds an answer: ${seconds.median.toFixed(1)} in the middle, ${seconds.p95.toFixed(1)} at the 95th percentile`,
    );
    console.log(`sentences told: ${told}, unsupported: ${unsupported.length}`);
    for (const line of unsupported) console.log(`  ${line}`);
    process.exitCode = unsupported.length === 0 ? 0 : 1;
  } finally {
    program.close();
  }
}
