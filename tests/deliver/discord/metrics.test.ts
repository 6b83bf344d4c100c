// /metrics and /healthz as a monitoring system meets them: over HTTP, from the bot that runs.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startDiscordBot } from "../../../src/deliver/discord/bot.ts";
import { createScene, discordSettings, quietLog, type Scene } from "../../support/discord-scene.ts";
import { scriptedAnswer } from "../../support/scripted-briefing.ts";
import { until } from "../../support/until.ts";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene(undefined, { METRICS_PORT: "0" });
});
afterAll(() => scene.close());

const read = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${scene.bot.metricsPort}${path}`, init);

async function ask(question: string): Promise<void> {
  const asked = scene.fake.slash(scene.person, scene.channel, "ask", { question });
  await until("an answer", () => {
    const message = scene.fake.world.messages.get(asked.responseId ?? "");
    return message !== undefined && !message.deferred && message.content !== "";
  });
}

test("counts answers by status, their time, refusals, dropped sentences and spend, and names nobody", async () => {
  await ask("Which quay?");
  scene.briefing.dropped = ["A", "B"].map((text) => ({ text, reasons: ["no source says so"] }));
  scene.briefing.script = (question) =>
    scriptedAnswer(question, [], {
      mode: "model:small",
      usage: { input_tokens: 1200, output_tokens: 80, cost_usd: 0.002 },
    });
  Object.assign(scene.counts, {
    calls: { ...scene.counts.calls, answered: 2, over_budget: 1 },
    usage: { input_tokens: 1200, output_tokens: 80, cost_usd: 0.002 },
    remembered: 3,
  });
  await ask("Who wrote the harbour song?");
  await ask("   ");
  // counted right after the reply has gone out
  let text = "";
  for (let tries = 0; tries < 100 && !text.includes("question_empty"); tries += 1) text = await (await read("/metrics")).text();
  for (const line of [
    'briefing_answers_total{status="answered",mode="extractive"} 1',
    'briefing_answers_total{status="not_covered",mode="model"} 1',
    'briefing_answer_seconds_count{phase="total"} 2',
    'briefing_requests_total{name="ask",outcome="done"} 2',
    'briefing_requests_total{name="ask",outcome="refused"} 1',
    'briefing_refusals_total{code="question_empty"} 1',
    "briefing_gate_dropped_sentences_total 2",
    "briefing_model_cost_usd_total 0.002",
    'briefing_model_tokens_total{kind="input"} 1200',
    'briefing_model_calls_total{outcome="answered"} 2',
    'briefing_model_calls_total{outcome="over_budget"} 1',
    'briefing_model_calls_total{outcome="late"} 0',
    "briefing_remembered_answers_total 3",
    "briefing_gateway_connected 1",
    "briefing_queue_waiting 0",
  ]) {
    expect(text).toContain(line);
  }
  expect(text).not.toMatch(/harbour|ada\b/i);
  for (const id of [scene.person.id, scene.guild.id, scene.channel.id]) expect(text).not.toContain(id);
});

test("health follows the connection", async () => {
  expect(await (await read("/healthz")).json()).toEqual({
    running: 0,
    waiting: 0,
    connected: true,
    index: true,
  });
  expect((await read("/healthz", { method: "POST" })).status).toBe(405);
  expect((await read("/")).status).toBe(404);
});

test("a port that is taken stops the start with a clear line", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const settings = discordSettings(scene.fake, { METRICS_PORT: String((taken.address() as AddressInfo).port) });
  const start = startDiscordBot({ settings, briefing: scene.briefing, state: scene.state, clock: scene.clock, log: quietLog });
  await expect(start).rejects.toMatchObject({ code: "metrics_port" });
  taken.close();
});
