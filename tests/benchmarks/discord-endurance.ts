// The long versions of two Discord tests: thousands of questions over lost connections, and random acts in search of a leak.
// node tests/benchmarks/discord-endurance.ts [questions=2000] [acts=2000]
import { spawnSync } from "node:child_process";
import path from "node:path";

const [questions = "2000", acts = "2000"] = process.argv.slice(2);
const root = path.join(import.meta.dirname, "../..");
const tests = ["soak", "leaks"].map((name) => `tests/deliver/discord/${name}.test.ts`);
const { status } = spawnSync(path.join(root, "node_modules/.bin/vitest"), ["run", ...tests], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, SOAK_QUESTIONS: questions, LEAK_ACTS: acts },
});
process.exitCode = status ?? 1;
