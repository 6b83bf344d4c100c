// The project's own questions over the five texts that it exists to brief people on.
import { existsSync } from "node:fs";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Answer } from "../../../src/domain.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { type Figure, share } from "./figures.ts";
import type { Program } from "./program.ts";

interface SeedQuestion {
  id: string;
  question: string;
  facts?: string[];
  unanswerable?: string;
}

export async function seedsSet(program: Program, seeds: string): Promise<Figure[]> {
  if (!existsSync(seeds)) return [];
  await program.ingest(seeds);
  const file = path.join(PROJECT_ROOT, "tests/fixtures/questions-seeds.json");
  const questions = JSON.parse(readFileSync(file, "utf8")) as SeedQuestion[];
  const answers = await program.ask(questions.map(({ id, question }) => ({ id, question })));
  const right = questions.map(({ facts, unanswerable }, at) => {
    const answer = answers[at];
    if (unanswerable !== undefined) return answer?.status === "not_covered";
    return (facts ?? []).every((fact) => new RegExp(fact).test(textOf(answer)));
  });
  return [
    share("seed questions answered or refused right", right, 37 / 40),
    {
      name: "sentences an answer, seeds",
      value: answers.reduce((sum, { sentences }) => sum + sentences.length, 0) / answers.length,
      n: answers.length,
      aim: null,
    },
  ];
}

function textOf(answer: Answer | undefined): string {
  return [...(answer?.sentences ?? []), ...(answer?.disagreements ?? []).flatMap(({ sides }) => sides)]
    .map(({ text }) => text)
    .join(" ");
}
