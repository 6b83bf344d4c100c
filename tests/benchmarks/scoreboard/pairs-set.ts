// Pairs of short documents on one event, half of which give different values for the question: are both sides shown, and only then?
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { type Figure, share } from "./figures.ts";
import { type Program, readLines } from "./program.ts";

interface Pair {
  id: string;
  disagree: boolean;
  question: string;
  documents: { title: string; publisher: string; published: string; genre: string; author: string | null; text: string }[];
  half: string;
}

export async function pairsSet(program: Program, half: string): Promise<Figure[]> {
  const pairs = readLines<Pair>(path.join(PROJECT_ROOT, "tests/benchmarks/scoreboard/sets/pairs.jsonl"), half);
  const corpus = mkdtempSync(path.join(tmpdir(), "pairs-"));
  for (const { id, documents } of pairs)
    documents.forEach(({ text, ...about }, at) => {
      const lines = Object.entries(about).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${JSON.stringify(value)}`]));
      writeFileSync(path.join(corpus, `${id}-${at}.md`), `---\n${lines.join("\n")}\n---\n\n${text}\n`);
    });
  await program.ingest(corpus);
  const answers = await program.ask(pairs.map(({ id, question }) => ({ id, question })));
  rmSync(corpus, { recursive: true, force: true });
  const shown = pairs.map(({ id, disagree }, at) => {
    const answer = answers[at];
    const both = (answer?.disagreements ?? []).some(({ sides }) =>
      [0, 1].every((which) =>
        sides.some(({ citations }) =>
          citations.some((n) => answer?.sources[n - 1]?.document.path?.startsWith(`${id}-${which}.`) === true),
        ),
      ),
    );
    return { disagree, both };
  });
  return [
    share(
      "different values: both sides shown",
      shown.filter(({ disagree }) => disagree).map(({ both }) => both),
      0.6,
    ),
    share(
      "no difference: shown as one all the same",
      shown.filter(({ disagree }) => !disagree).map(({ both }) => both),
      0.05,
    ),
  ];
}
