// The memory of finished answers: who gets an earlier answer and who does not. Pairs of questions first, then the whole program with a
// model behind a socket whose requests are counted.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { spelledPlainly } from "../../src/conversation/remembered-answers.ts";
import { createLog } from "../../src/log.ts";
import type { AskOptions } from "../../src/results.ts";
import { loadSettings } from "../../src/settings.ts";
import { QUESTIONS, SPELLINGS } from "../fixtures/question-pairs.ts";
import { HIVES, QUESTION, hiveCorpus } from "../support/hive-corpus.ts";
import { refuse, type Reply } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

test("of 300 pairs, another spelling is the same question and nothing else is", () => {
  const same = QUESTIONS.flatMap(([question]) => SPELLINGS.map((spell) => [question, spell(question)] as const));
  const others = QUESTIONS.flatMap(([question, ...different]) => different.map((other) => [question, other] as const));
  expect([same.length, others.length]).toEqual([150, 150]);
  const alike = ([a, b]: readonly [string, string]): boolean => spelledPlainly(a) === spelledPlainly(b);
  expect(same.filter((pair) => !alike(pair))).toEqual([]);
  expect(others.filter(alike)).toEqual([]);
});

const folder = mkdtempSync(path.join(tmpdir(), "remembered-"));
let now = "2025-03-10T10:05:00Z";
let server: ScriptedModel;
let app: App;

beforeAll(async () => {
  // writes what the question's passage says, and agrees with whatever it is asked to judge
  const say = ({ messages }: { messages: { content: string }[] }): Reply => {
    const lost = /lost ([\d,]+) hives/.exec(messages.at(-1)?.content ?? "")?.[1];
    return {
      content: { sentences: [{ text: `The beekeepers of Lindmoor lost ${lost} hives during the winter.`, cites: ["1.1"] }] },
    };
  };
  server = await startScriptedModel([], { always: { do: "reply", reply: say } });
  const settings = loadSettings({
    ...hiveCorpus(folder),
    MODEL: "openai:large",
    JUDGE_MODEL: "none",
    OPENAI_BASE_URL: server.baseUrl,
    MODEL_PRICES: "openai:large=1/1",
  });
  app = createApp(settings, { log: createLog("silent"), clock: { now: () => new Date(now) } });
  await app.briefing.ingest([]);
});

afterAll(async () => {
  await app.briefing.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The answer, and whether the model was asked for it. */
async function ask(question: string, options: AskOptions = {}) {
  const before = server.requests.length;
  const answer = await app.briefing.ask(question, options);
  return { answer, asked: server.requests.length > before };
}

test("the same question in another spelling costs nothing, and its answer has an id and a receipt of its own", async () => {
  const first = await ask(QUESTION, { asker: "discord:1", scopes: ["guild:1", "role:2"] });
  expect(first.asked).toBe(true);
  expect(first.answer.usage?.cost_usd).toBeGreaterThan(0);
  const second = await ask("how many hives did the  Lindmoor beekeepers lose", {
    asker: "discord:2",
    scopes: ["role:2", "guild:1"],
  });
  expect(second.asked).toBe(false);
  expect(second.answer).toMatchObject({
    question: "how many hives did the  Lindmoor beekeepers lose",
    sentences: first.answer.sentences,
    sources: first.answer.sources,
    mode: first.answer.mode,
    usage: { input_tokens: 0, output_tokens: 0, cost_usd: 0 },
  });
  expect(second.answer.answer_id).not.toBe(first.answer.answer_id);
  expect((await app.briefing.why(second.answer.answer_id)).asker).toBe("discord:2");
  expect(app.counts.remembered).toBe(1);
});

test.each<[string, AskOptions]>([
  ["another audience", { scopes: ["guild:2"] }],
  ["something hidden", { scopes: ["guild:1", "role:2"], hidden: ["x"] }],
  ["a window", { scopes: ["guild:1", "role:2"], since: "2025-01-01" }],
  ["a publisher", { scopes: ["guild:1", "role:2"], publisher: "Lindmoor Gazette" }],
  ["a question before it", { scopes: ["guild:1", "role:2"], history: [{ question: "Who keeps bees?", answer: "Many do." }] }],
])("%s is another question", async (_, options) => {
  expect((await ask(QUESTION, options)).asked).toBe(true);
});

test("a replay asks anew, and so does another hour", async () => {
  const { answer, asked } = await ask(QUESTION, { scopes: ["guild:1", "role:2"] });
  expect(asked).toBe(false);
  const before = server.requests.length;
  expect((await app.briefing.replay(answer.answer_id)).replay.same).toBe(true);
  expect(server.requests.length).toBeGreaterThan(before);
  now = "2025-03-10T11:05:00Z";
  expect((await ask(QUESTION, { scopes: ["guild:1", "role:2"] })).asked).toBe(true);
});

test("an answer that was made in trouble is not kept", async () => {
  const options = { hidden: ["trouble"] };
  server.add(refuse(500, "oops"));
  expect((await ask(QUESTION, options)).asked).toBe(true);
  expect((await ask(QUESTION, options)).asked).toBe(true);
  expect((await ask(QUESTION, options)).asked).toBe(false);
});

test("when a document changes, no answer of before is given", async () => {
  expect((await ask(QUESTION)).asked).toBe(true);
  expect((await ask(QUESTION)).asked).toBe(false);
  hiveCorpus(folder, HIVES.replace("340", "360"));
  await app.briefing.ingest([]);
  const { answer, asked } = await ask(QUESTION);
  expect(asked).toBe(true);
  expect(answer.sentences[0]?.text).toContain("360");
});
