import { OpenAI } from "openai";
// The scripted server, seen through the unmodified openai package: it must behave like the real one, and never let a wrong script pass.
import { afterEach, expect, test } from "vitest";
import { refuse, reply, type Step } from "./script.ts";
import { startScriptedModel, type ScriptedModel } from "./server.ts";

const open: ScriptedModel[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function start(steps: Step[], keep = true) {
  const server = await startScriptedModel(steps, { key: "k" });
  if (keep) open.push(server);
  const client = (apiKey = "k") => new OpenAI({ baseURL: server.baseUrl, apiKey, maxRetries: 0, timeout: 2_000 });
  const chat = (apiKey?: string) =>
    client(apiKey).chat.completions.create({ model: "m", messages: [{ role: "user", content: "hello" }] });
  return { server, client, chat };
}

test("plays its steps in order, the first one first, and keeps what it was asked", async () => {
  const { server, chat } = await start([
    reply({ a: 1 }),
    reply("two", { finish: "length", usage: { prompt_tokens: 7, completion_tokens: 3 } }),
  ]);
  expect((await chat()).choices[0]?.message.content).toBe('{"a":1}');
  expect(await chat()).toMatchObject({ choices: [{ finish_reason: "length" }], usage: { prompt_tokens: 7, total_tokens: 10 } });
  expect(server.requests.map((request) => request.messages[0]?.content)).toEqual(["hello", "hello"]);
});

test("refuses like the real one", async () => {
  const { chat } = await start([refuse(429, "slow", { headers: { "retry-after": "9" } })]);
  await expect(chat("wrong")).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
  const error = (await chat().catch((reason: unknown) => reason)) as { status: number; headers: Headers };
  expect([error.status, error.headers.get("retry-after")]).toEqual([429, "9"]);
});

test.each<Step["do"]>(["reset", "half", "stall", "silence"])("breaks off with %s", async (kind) => {
  const { client } = await start([{ do: kind } as Step]);
  const request = client().chat.completions.create(
    { model: "m", messages: [{ role: "user", content: "hello" }] },
    { signal: AbortSignal.timeout(300) },
  );
  await expect(request).rejects.toThrow(/connection|abort|terminated|premature/i);
});

test("a script that runs out, and one that is left, are errors", async () => {
  const short = await start([], false);
  await expect(short.chat()).rejects.toMatchObject({ status: 400 });
  await expect(short.server.close()).rejects.toThrow("the script has run out");
  const long = await start([reply("x")], false);
  await expect(long.server.close()).rejects.toThrow("1 steps of the script were left");
});

test("a malformed request is an error", async () => {
  const { server, client } = await start([reply("x")], false);
  await expect(client().chat.completions.create({ model: "", messages: [] })).rejects.toMatchObject({ status: 400 });
  await expect(server.close()).rejects.toThrow("no model");
});

test("embeddings differ where texts differ, come as numbers or base64, and refuse empty texts", async () => {
  const { client } = await start([]);
  const embed = async (input: string[], encoding_format: "float" | "base64") =>
    (await client().embeddings.create({ model: "e", input, encoding_format })).data;
  const [two, one] = await embed(["red boat", "grey goose"], "float");
  expect([two?.index, one?.index]).toEqual([1, 0]);
  expect(one?.embedding).toHaveLength(64);
  expect(one?.embedding).not.toEqual(two?.embedding);
  expect(typeof (await embed(["red boat"], "base64"))[0]?.embedding).toBe("string");
  await expect(embed([""], "float")).rejects.toMatchObject({ status: 400 });
});
