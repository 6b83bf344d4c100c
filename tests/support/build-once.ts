// Compiles dist/ once before the tests: those that start real processes, and the embedding worker, run from there.
import { spawnSync } from "node:child_process";
import path from "node:path";

export default function setup(): void {
  const bootstrap = path.join(import.meta.dirname, "../../src/bootstrap.mjs");
  const { status, stderr } = spawnSync(process.execPath, [bootstrap, "briefing", "--version"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`dist/ could not be built:\n${stderr}`);
}
