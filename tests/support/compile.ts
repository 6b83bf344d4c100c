// Makes a program for a real child process out of a few lines that import from src/: Node 20 runs no TypeScript by itself.
import { mkdtempSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { PROJECT_ROOT } from "../../src/project.ts";

/** Compiles `code` (its imports are relative to the project) and gives the path of the program, inside dist/. */
export async function compile(name: string, code: string): Promise<string> {
  const outfile = path.join(mkdtempSync(path.join(PROJECT_ROOT, "dist", "test-")), `${name}.mjs`);
  await build({
    stdin: { contents: code, resolveDir: PROJECT_ROOT, loader: "ts" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}
