// The language model port over LangChain, against a server on a real socket that also misbehaves.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Failure } from "../../src/failure.ts";
import { createLangChainModel, type LangChainModelOptions } from "../../src/models/langchain-model.ts";
import { spentUsage } from "../../src/models/language-model.ts";
import { steadyModel } from "../../src/models/steadily.ts";
import { refuse, reply, type Step } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const KEY = "sk-test-0123456789abcdefghij";
const SCHEMA = z.object({ colour: z.string(), numbers: z.array(z.int()) });
const QUICK = { attempts: 3, firstWaitMs: 5, longestWaitMs: 2_000 };
const GOOD = { colour: "green", numbers: [1, 2] };

// loaded before anything is timed: the first load takes a second on a busy machine
beforeAll(() => import("langchain/chat_models/universal"));

let server: ScriptedModel | null = null;

afterEach(async () => {
  const running = server;
  server = null;
  await running?.close();
});

async function modelWith(steps: Step[], more: Partial<LangChainModelOptions> = {}) {
  server = await startScriptedModel(steps, { key: KEY });
  const model = { model: "openai:gpt-4.1-mini", apiKey: KEY, baseUrl: server.baseUrl, timeoutMs: 20_000, ...more };
  return steadyModel(createLangChainModel(model), { limits: QUICK });
}

const ask = { system: "You name colours.", user: "Which colour?", schema: SCHEMA };

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  const failure = error as Failure;
  expect(failure.code).toBe("model_failed");
  expect(failure.message).not.toMatch(/\n|\bat .*:\d+:\d+/);
  expect(failure.hint).not.toBe("");
  // neither the message nor what a logger would print of the error may hold the key
  expect([failure.message, failure.hint, JSON.stringify(failure), inspectAll(failure)].join("\n")).not.toContain(KEY);
  return failure;
}

/** An address where a server has been. */
async function deadAddress(): Promise<string> {
  const gone = await startScriptedModel();
  await gone.close();
  return gone.baseUrl;
}

/** Until the first request has reached the server. */
async function arrival(): Promise<void> {
  while (server?.requests.length === 0) await sleep(5);
}

function inspectAll(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? "";
  return `${error.message}\n${error.stack ?? ""}\n${JSON.stringify(error)}\n${inspectAll(error.cause)}`;
}

describe("a reply that matches the schema", () => {
  test("comes back as a value, with what it cost in tokens", async () => {
    const model = await modelWith([reply(GOOD, { usage: { prompt_tokens: 321, completion_tokens: 45 } })]);
    const { value, usage } = await model.generate(ask);
    expect(value).toEqual(GOOD);
    expect(usage).toEqual({ input_tokens: 321, output_tokens: 45, cost_usd: 0 });
    const [request] = server?.requests ?? [];
    expect(request?.model).toBe("gpt-4.1-mini");
    expect(request?.messages.map(({ role, content }) => [role, content])).toEqual([
      ["system", "You name colours."],
      ["user", "Which colour?"],
    ]);
    expect(request?.response_format?.json_schema?.strict).toBe(true);
    expect(request?.response_format?.json_schema?.schema["required"]).toEqual(["colour", "numbers"]);
  });

  test("is found in fences, after thoughts and between words", async () => {
    const text = `Sure {see below}:\n\`\`\`json\n${JSON.stringify(GOOD)}\n\`\`\`\nDone.`;
    const model = await modelWith([reply(text), reply(`<think>{"colour": 1}</think>${JSON.stringify(GOOD)}`)]);
    expect((await model.generate(ask)).value).toEqual(GOOD);
    expect((await model.generate(ask)).value).toEqual(GOOD);
  });

  test("works on a server that knows no schemas, no temperature and no limit; it is asked that way from then on", async () => {
    const model = await modelWith([
      refuse(400, "Unsupported parameter: 'temperature'"),
      refuse(400, "response_format of type json_schema is not supported"),
      reply(GOOD),
      reply(GOOD),
    ]);
    expect((await model.generate(ask)).value).toEqual(GOOD);
    expect((await model.generate(ask)).value).toEqual(GOOD);
    const last = server?.requests.at(-1);
    expect(last?.response_format).toBeUndefined();
    expect(last?.temperature).toBeUndefined();
    expect(last?.max_tokens).toBeUndefined();
    expect(last?.messages[0]?.content).toContain('"colour"');
  });
});

describe("passing trouble", () => {
  test("a 500 and a broken connection are tried again", async () => {
    const model = await modelWith([refuse(500, "oops"), { do: "reset" }, reply(GOOD)]);
    expect((await model.generate(ask)).value).toEqual(GOOD);
    expect(server?.requests).toHaveLength(3);
  });

  test("a 429 is tried again when the server said, not before", async () => {
    const model = await modelWith([refuse(429, "slow down", { headers: { "retry-after": "1" } }), reply(GOOD)]);
    const started = Date.now();
    expect((await model.generate(ask)).value).toEqual(GOOD);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  test("attempts are bounded", async () => {
    const model = await modelWith([refuse(503, "a"), refuse(503, "b"), refuse(503, "c")]);
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toContain("has trouble of its own (503)");
    expect(server?.requests).toHaveLength(3);
  });

  test("a wait that is too long is not waited for", async () => {
    const model = await modelWith([refuse(429, "slow down", { headers: { "retry-after": "3600" } })]);
    expect((await failureOf(model.generate(ask))).message).toContain("asked too often (429)");
  });

  test("bad JSON is asked for once more, with the problem named and both requests counted", async () => {
    const model = await modelWith([reply('{"colour": "gre'), reply(GOOD)]);
    const { value, usage } = await model.generate(ask);
    expect(value).toEqual(GOOD);
    expect(usage.input_tokens).toBe(200);
    expect(server?.requests[1]?.messages.at(-1)?.content).toContain("could not be used");
  });
});

describe("lasting trouble ends in one plain line", () => {
  const cases: [string, Step[], RegExp][] = [
    ["no credit", [refuse(429, "You exceeded your current quota", { code: "insufficient_quota" })], /no credit left/],
    ["an unknown model", [refuse(404, "The model does not exist", { code: "model_not_found" })], /does not know this model/],
    ["too much text", [refuse(400, "too long", { code: "context_length_exceeded" })], /cannot read that much text/],
    ["bad JSON twice", [reply("green, I think"), reply("really, green")], /cannot be used: .*no JSON object/],
    ["another shape twice", [reply({ color: 1 }), reply({ colour: 5, numbers: [] })], /cannot be used: .*colour/],
    ["a reply that was cut off", [reply('{"colour": "gre', { finish: "length" })], /cut off at its token limit/],
    ["an empty reply", [reply(" "), reply(" ")], /cannot be used: .*empty/],
    ["a page instead of JSON", [{ do: "babble", body: "<html>Welcome</html>" }], /not JSON|cannot be used/],
    ["connections that break", [{ do: "reset" }, { do: "half" }, { do: "reset" }], /broke the connection/],
  ];
  test.each(cases)("%s", async (_, steps, message) => {
    const model = await modelWith(steps);
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toMatch(message);
    expect(failure.message).toMatch(/^openai:gpt-4\.1-mini at http:\/\/127\.0\.0\.1:\d+ /);
  });

  test("what was spent before the failure is known", async () => {
    const model = await modelWith([reply("green, I think"), reply("really, green")]);
    expect(spentUsage(await failureOf(model.generate(ask)))).toMatchObject({ input_tokens: 200, output_tokens: 40 });
  });

  test("a refused key, which the server repeats", async () => {
    const wrong = "sk-wrong-9876543210zyxwvutsrq";
    const model = await modelWith([], { apiKey: wrong });
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toContain("refused the key (401)");
    expect(failure.hint).toContain("OPENAI_API_KEY");
    expect(inspectAll(failure)).not.toContain(wrong);
  });

  test.each<Step["do"]>(["silence", "stall"])("%s: the deadline holds", async (kind) => {
    const model = await modelWith([{ do: kind } as Step], { timeoutMs: 1_500 });
    const started = Date.now();
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toContain("did not answer in time");
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  test("nobody at the address", async () => {
    const model = await modelWith([], { baseUrl: await deadAddress() });
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toContain("refused the connection");
    expect(failure.hint).toContain("OPENAI_BASE_URL");
  });

  test("a key of any form is hidden where the server repeats it", async () => {
    server = await startScriptedModel([refuse(400, "No luck with opensesame today")]);
    const model = createLangChainModel({ model: "openai:m", apiKey: "opensesame", baseUrl: server.baseUrl, timeoutMs: 5_000 });
    const failure = await failureOf(model.generate(ask));
    expect(failure.message).toContain("No luck with (hidden) today");
    expect(inspectAll(failure)).not.toContain("opensesame");
  });

  test("credentials in the address are not shown", async () => {
    const model = await modelWith([], { baseUrl: (await deadAddress()).replace("//", "//user:hunter22@") });
    expect(inspectAll(await failureOf(model.generate(ask)))).not.toContain("hunter22");
  });

  test("a provider whose package is missing names the line that installs it", async () => {
    const model = await modelWith([], { model: "mistralai:mistral-small" });
    const failure = await failureOf(model.generate(ask));
    expect(failure.hint).toBe("npm install @langchain/mistralai");
  });

  test("a provider that nobody knows", async () => {
    const model = await modelWith([], { model: "oracle:delphi" });
    expect((await failureOf(model.generate(ask))).hint).toContain("anthropic");
  });
});

describe.each([
  ["anthropic:claude-sonnet-4-0", "ANTHROPIC_API_KEY", "prompt is too long: 210000 tokens > 200000 maximum"],
  ["google:gemini-2.5-flash", "GOOGLE_API_KEY", "The input token count (1100000) exceeds the maximum number of tokens allowed"],
  ["ollama:llama3.1:8b", null, "the request exceeds the available context size"],
])("%s, over its own protocol", (name, keyName, tooLong) => {
  const start = async (steps: Step[], more: Partial<LangChainModelOptions> = {}) => {
    server = await startScriptedModel(steps, { key: KEY });
    const { origin: baseUrl } = server;
    const apiKey = keyName === null ? null : KEY;
    return steadyModel(createLangChainModel({ model: name, apiKey, baseUrl, timeoutMs: 20_000, ...more }), { limits: QUICK });
  };

  test("fills the schema, and its tokens are counted", async () => {
    const model = await start([reply(GOOD, { usage: { prompt_tokens: 321, completion_tokens: 45 } })], { price: [1, 10] });
    const { value, usage } = await model.generate(ask);
    expect(value).toEqual(GOOD);
    expect(usage).toMatchObject({ input_tokens: 321, output_tokens: 45 });
    expect(usage.cost_usd).toBeCloseTo((321 + 450) / 1_000_000, 9);
    const [request] = server?.requests ?? [];
    expect(request?.model).toBe(name.slice(name.indexOf(":") + 1));
    expect(JSON.stringify(request?.messages)).toContain("You name colours.");
    expect(JSON.stringify(request?.response_format)).toContain("colour");
  });

  test("says what is wrong and the way out", async () => {
    const model = await start([
      refuse(404, "model not found"),
      refuse(400, tooLong),
      reply("green, I think"),
      reply("really, green"),
      reply('{"colour": "gre', { finish: "length" }),
    ]);
    const unknown = await failureOf(model.generate(ask));
    expect([unknown.message, unknown.hint].join(" ")).toMatch(
      /does not (?:know|hold) this model.*(?:model's name|ollama pull llama3\.1:8b)/,
    );
    const long = await failureOf(model.generate(ask));
    expect(long.message).toContain("cannot read that much text (400)");
    expect(long.hint).toContain("larger context");
    expect((await failureOf(model.generate(ask))).message).toMatch(/cannot be used: .*no JSON object/);
    expect((await failureOf(model.generate(ask))).message).toContain("cut off");
  });

  test("passing trouble is tried again, silence ends in time", async () => {
    const model = await start([refuse(500, "oops"), { do: "reset" }, reply(GOOD), { do: "stall" }], { timeoutMs: 1_500 });
    expect((await model.generate(ask)).value).toEqual(GOOD);
    expect((await failureOf(model.generate(ask))).message).toContain("did not answer in time");
  });

  test.skipIf(keyName === null)("a refused key names the setting", async () => {
    const failure = await failureOf((await start([], { apiKey: "sk-ant-wrong-9876543210" })).generate(ask));
    expect(failure.message).toContain("refused the key (401)");
    expect(failure.hint).toContain(keyName);
    expect(inspectAll(failure)).not.toContain("sk-ant-wrong-9876543210");
  });
});

test("what Ollama would cut off in silence is said", async () => {
  server = await startScriptedModel([reply(GOOD, { usage: { prompt_tokens: 12_288, completion_tokens: 9 } })]);
  const model = createLangChainModel({ model: "ollama:small", apiKey: null, baseUrl: server.origin, timeoutMs: 5_000 });
  expect((await failureOf(model.generate(ask))).message).toMatch(/cannot read that much text .*12288 tokens/);
});

test("the caller's wish to stop is not a failure of the model", async () => {
  const model = await modelWith([{ do: "silence" }]);
  const abort = new AbortController();
  const asked = model.generate({ ...ask, signal: abort.signal });
  await arrival();
  abort.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});
