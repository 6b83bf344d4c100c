// Where the project's own files stand, found from this module upwards: the code runs from src/ in tests and from dist/ otherwise.
import { existsSync } from "node:fs";
import path from "node:path";

function findRoot(from: string): string {
  if (existsSync(path.join(from, "package.json"))) return from;
  const parent = path.dirname(from);
  if (parent === from) throw new Error("package.json not found above the program");
  return findRoot(parent);
}

export const PROJECT_ROOT = findRoot(import.meta.dirname);
