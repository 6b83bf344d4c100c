// Two hundred questions side by side against a day's ceiling: through the whole program, with the real index and a model behind a socket.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { createLog } from "../../src/log.ts";
import { loadSettings } from "../../src/settings.ts";
import { LOST, QUESTION, hiveCorpus } from "../support/hive-corpus.ts";
import type { Reply } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const folder = mkdtempSync(path.join(tmpdir(), "budget-"));
let server: ScriptedModel;
let app: App;

beforeAll(async () => {
  const content = { sentences: [{ text: LOST, cites: ["1.1"] }] };
  const cent = (): Reply => ({ content, usage: { prompt_tokens: 900, completion_tokens: 100 } });
  server = await startScriptedModel([], { always: { do: "reply", reply: cent } });
  const settings = loadSettings({
    ...hiveCorpus(folder),
    MODEL: "openai:large",
    OPENAI_BASE_URL: server.baseUrl,
    MODEL_PRICES: "openai:large=10/10",
    BUDGET_USD_DAY: "0.50",
  });
  app = createApp(settings, { log: createLog("silent") });
  await app.briefing.ingest([]);
});

afterAll(async () => {
  await app.briefing.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("never a cent more than the ceiling, and every question is answered with its citation", async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      app.briefing.ask(QUESTION, {
        asker: `discord:${at}`,
        hidden: [`nothing-${at}`], // so that each is a question of its own
      }),
    ),
  );
  const cost = answers.reduce((sum, { usage }) => sum + (usage?.cost_usd ?? 0), 0);
  expect(cost).toBeLessThanOrEqual(0.5 + 1e-9);
  expect(server.requests.length).toBeLessThanOrEqual(50);
  for (const { sentences, sources } of answers) {
    expect(sentences.length).toBeGreaterThan(0);
    for (const { citations } of sentences) expect(sources.map(({ n }) => n)).toContain(citations[0]);
  }
  const quoted = answers.filter(({ mode }) => mode === "extractive");
  expect(quoted.length).toBeGreaterThanOrEqual(150);
  for (const { warnings } of quoted) expect(warnings.join()).toContain("Today's budget for language models is spent");
  const [first] = quoted;
  const receipt = await app.briefing.why(first?.answer_id ?? "");
  expect(receipt.answer.warnings.join()).toContain("Today's budget for language models is spent");
});
