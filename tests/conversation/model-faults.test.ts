// Every fault of a provider at every call of an answer: the question gets a cited reply, and where the model is missed the reader is told
// why, all within its limit. Through the whole program, over real sockets.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import { createLog } from "../../src/log.ts";
import type { Embedder } from "../../src/models/embedder.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { loadSettings } from "../../src/settings.ts";
import { QUESTION, hiveCorpus } from "../support/hive-corpus.ts";
import { type ChatRequest, refuse, reply, type Step } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const KEY = "sk-test-0123456789abcdefghij";
const LIMIT_S = 2;

const folder = mkdtempSync(path.join(tmpdir(), "faults-"));
const bundled = createOnnxEmbedder();
/** One for all cases: closing an app must leave it open for the next. */
const embedder: Embedder = { ...bundled, close: async () => undefined };

beforeAll(async () => {
  // loaded before anything is timed
  await import("langchain/chat_models/universal");
  const app = appFor("http://127.0.0.1:1/v1");
  await app.briefing.ingest([]);
  await app.briefing.close();
});
afterAll(async () => {
  await bundled.close();
  rmSync(folder, { recursive: true, force: true });
});

function appFor(baseUrl: string): App {
  const settings = loadSettings({
    ...hiveCorpus(folder),
    MODEL: "openai:scripted",
    MODEL_TIMEOUT_SECONDS: String(LIMIT_S),
    OPENAI_API_KEY: KEY,
    OPENAI_BASE_URL: baseUrl,
  });
  return createApp(settings, { log: createLog("silent"), embedder, clock: { now: () => new Date("2025-03-10T10:00:00Z") } });
}

type Call = "write" | "judge" | "repair";

function callOf({ messages }: ChatRequest): Call {
  const user = messages.at(-1)?.content ?? "";
  if (/^Claims:$/m.test(user)) return "judge";
  return user.includes("failed the check") ? "repair" : "write";
}

/** Writes one true sentence and one that is not, judges them so, and mends the one. */
function well(request: ChatRequest): Step {
  const user = request.messages.at(-1)?.content ?? "";
  const [lost, wolves, mites] = [
    "The beekeepers of Lindmoor lost 340 hives during the winter.",
    "The hives were lost to wolves.",
    "Most of the hives were lost to mites.",
  ];
  const call = callOf(request);
  if (call === "write") return reply({ sentences: [lost, wolves].map((text) => ({ text, cites: ["1.1"] })) });
  if (call === "repair") return reply({ sentences: [{ number: 1, text: mites, cites: ["1.2"] }] });
  const claims = [...user.matchAll(/^(\d+)\. "(.*)" \(cites/gm)];
  const verdict = (text: string): string => (text.includes("wolves") ? "not_stated" : "supported");
  return reply({
    verdicts: claims.map(([, number, text = ""]) => ({ claim: Number(number), verdict: verdict(text), reason: "read" })),
  });
}

const FAULTS: readonly (readonly [name: string, fault: Step])[] = [
  ["429", refuse(429, "slow down", { headers: { "retry-after-ms": "20" } })],
  ["429 for an hour", refuse(429, "slow down", { headers: { "retry-after": "3600" } })],
  ["500", refuse(500, "oops")],
  ["a hang", { do: "silence" }],
  ["half a reply", { do: "half" }],
  ["half a reply and a hang", { do: "stall" }],
  ["bad JSON", reply('{"sentences": [{"te')],
  ["a page", { do: "babble", body: "<html>Welcome</html>" }],
  ["too long a context", refuse(400, "maximum context length is 4096 tokens", { code: "context_length_exceeded" })],
  ["a revoked key", refuse(401, `Incorrect API key provided: ${KEY}`, { code: "invalid_api_key" })],
];

let server: ScriptedModel;
const CALLS: readonly Call[] = ["write", "judge", "repair"];

/** `times` is how often the fault comes. */
async function askWith(fault: Step, at: Call, times: number) {
  let left = times;
  let seen = 0;
  const always = (request: ChatRequest): Step => {
    if (callOf(request) !== at) return well(request);
    seen += 1;
    left -= 1;
    return left >= 0 ? fault : well(request);
  };
  server = await startScriptedModel([], { always });
  const app = appFor(server.baseUrl);
  try {
    const began = performance.now();
    const answer = await app.briefing.ask(QUESTION);
    return { answer, seconds: (performance.now() - began) / 1000, seen };
  } finally {
    await app.briefing.close();
    await server.close();
  }
}

test.each(CALLS.flatMap((at) => FAULTS.map(([name, fault]) => [name, at, fault] as const)))(
  "%s, whenever it is to %s: a cited reply in time, and why",
  async (_, at, fault) => {
    const { answer, seconds, seen } = await askWith(fault, at, Number.POSITIVE_INFINITY);
    expect(answer.sentences.length).toBeGreaterThan(0);
    const known = answer.sources.map(({ n }) => n);
    for (const { citations } of answer.sentences) expect(known).toEqual(expect.arrayContaining(citations));
    const invented = answer.sentences.filter(({ text }) => text.includes("wolves"));
    // without a judge, closeness in wording has to do, and both the sentence and the answer say so
    if (at === "judge") for (const { check } of invented) expect(check.method).toBe("facts and wording");
    else expect(invented).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain(KEY);
    if (seen > 0) expect(answer.warnings.join(" ")).toMatch(/openai:scripted|the model/i);
    if (at === "judge") expect(answer.warnings.join(" ")).toMatch(/judge is out of reach|in time/);
    if (at === "write") expect(answer.mode).toBe("extractive");
    // finding and quoting take their time on a busy machine; the model has no more than its limit
    expect(seconds).toBeLessThan(LIMIT_S + 4);
  },
);

test.each(CALLS.flatMap((at) => (["429", "500", "half a reply"] as const).map((name) => [name, at] as const)))(
  "%s once when it is to %s is not noticed",
  async (name, at) => {
    const fault = FAULTS.find(([known]) => known === name)?.[1] ?? { do: "reset" };
    const { answer } = await askWith(fault, at, 1);
    expect(answer.mode).toBe("model:openai:scripted");
    expect(answer.sentences.length).toBeGreaterThan(0);
    expect(answer.warnings.join(" ")).not.toMatch(/quotations|trouble|too often|broke/);
  },
);
