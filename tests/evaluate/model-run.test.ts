// The measure of a real model, taken of a scripted one: what is right counts as useful, what it invents is never told, and a fault would be seen.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "../../src/domain.ts";
import { PROJECT_ROOT } from "../../src/project.ts";
import { modelRun } from "../benchmarks/scoreboard/model-run.ts";
import { openProgram, type Program } from "../benchmarks/scoreboard/program.ts";
import { citing, playing } from "../support/play-model.ts";
import { temporaryFolder } from "../support/run-command.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const folder = temporaryFolder("model-run");
const TEXT = "The ferry of Port Ellery carried 12,400 people in May 2031. The harbour master Ana Ruiz asked for a second ferry.";
const QUESTIONS = [
  { id: "a", question: "How many people did the ferry of Port Ellery carry in May 2031?", facts: ["12,400"] },
  { id: "b", question: "Who asked for a second ferry in Port Ellery?", facts: ["Ruiz"] },
  { id: "c", question: "Who won the chess championship in Lima?", unanswerable: "no text" },
];
let model: ScriptedModel;
let program: Program;

beforeAll(async () => {
  mkdirSync(path.join(folder, "corpus"));
  writeFileSync(
    path.join(folder, "corpus/ferry.md"),
    `---\ntitle: Ferry\npublisher: Ellery Post\npublished: 2031-06-02\n---\n\n${TEXT}\n`,
  );
  model = await startScriptedModel([], {
    always: playing({
      answer: (asked) => {
        const [said, ...words] = asked.question.startsWith("How many")
          ? ["The ferry of Port Ellery carried 12,400 people in May 2031.", "12,400"]
          : asked.question.startsWith("Who asked")
            ? ["A second ferry was asked for by the mayor, Otto Brenner.", "second ferry"]
            : ["Otto Brenner won the chess championship in Lima.", "ferry"];
        return { sentences: [{ text: said, cites: citing(asked, words) }], complete: true, disagreements: [] };
      },
    }),
  });
  program = openProgram(PROJECT_ROOT, {
    MODEL: "openai:gpt-4.1-mini",
    OPENAI_API_KEY: "scripted",
    OPENAI_BASE_URL: model.baseUrl,
  });
  await program.ingest(path.join(folder, "corpus"));
}, 60_000);
afterAll(async () => {
  program.close();
  await model.close();
});

test("counts what is of use and what is quoted; nothing that the model invents is told", async () => {
  const run = await modelRun(program, QUESTIONS);
  expect(run).toMatchObject({ answers: 3, useful: 2, told: 1, unsupported: [] });
  expect(run.quoted).toBe(1);
  expect(run.seconds.median).toBeGreaterThan(0);
});

test("a sentence that its source does not hold is found, whatever the program says of it", async () => {
  const [answer] = await program.ask(QUESTIONS.slice(0, 1));
  const lie = (change: (answer: Answer) => void): Program => {
    const lying = structuredClone(answer as Answer);
    change(lying);
    return { ...program, ask: () => Promise.resolve([lying]) };
  };
  const faults: ((answer: Answer) => void)[] = [
    ({ sentences: [first] }) => first !== undefined && (first.text = first.text.replace("12,400", "13,400")),
    ({ sentences: [first] }) => first !== undefined && (first.citations = []),
    ({ sources: [first] }) => first !== undefined && (first.quote = first.quote.replace("12,400", "13,400")),
  ];
  for (const fault of faults) expect((await modelRun(lie(fault), QUESTIONS.slice(0, 1))).unsupported).toHaveLength(1);
});
