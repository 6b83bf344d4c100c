// A corpus of one report, for whatever needs a question with one plain answer.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

export const HIVES = `---
title: A hard winter for bees
publisher: Lindmoor Gazette
published: 2025-03-04
genre: report
---

The beekeepers of Lindmoor lost 340 hives during the winter, their association said. Most of the hives were lost to mites.
`;
export const LOST = "The beekeepers of Lindmoor lost 340 hives during the winter.";
export const QUESTION = "How many hives did the Lindmoor beekeepers lose?";

/** `<folder>/corpus` with the report, and where an index goes: for `loadSettings`. */
export function hiveCorpus(folder: string, text = HIVES): { CORPUS_DIR: string; INDEX_DIR: string } {
  const CORPUS_DIR = path.join(folder, "corpus");
  mkdirSync(CORPUS_DIR, { recursive: true });
  writeFileSync(path.join(CORPUS_DIR, "hives.md"), text);
  return { CORPUS_DIR, INDEX_DIR: path.join(folder, "index") };
}
