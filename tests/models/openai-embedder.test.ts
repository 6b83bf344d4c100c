// EMBEDDINGS=openai against a server on a real socket that also misbehaves.
import { setTimeout as sleep } from "node:timers/promises";
import * as fc from "fast-check";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { Failure } from "../../src/failure.ts";
import { createOpenAiEmbedder, type OpenAiEmbedderOptions } from "../../src/models/openai-embedder.ts";
import { embedderContract } from "../contracts/embedder-contract.ts";
import { refuse } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const KEY = "sk-test-0123456789abcdefghij";

const contractServer = await startScriptedModel([], { key: KEY });
afterAll(() => contractServer.close());
embedderContract("openai", () => createOpenAiEmbedder({ apiKey: KEY, baseUrl: contractServer.baseUrl, model: "any" }));

let server: ScriptedModel | null = null;

afterEach(async () => {
  const running = server;
  server = null;
  await running?.close();
});

async function start(more: Partial<OpenAiEmbedderOptions> = {}) {
  const running = await startScriptedModel([], { key: KEY });
  server = running;
  const embedder = createOpenAiEmbedder({
    apiKey: KEY,
    baseUrl: running.baseUrl,
    model: "text-embedding-3-small",
    limits: { attempts: 3, firstWaitMs: 5, longestWaitMs: 2_000 },
    ...more,
  });
  return { embedder, running };
}

const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  a?.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0) ?? Number.NaN;

test("gives one unit-length vector a text, in the order of the texts, whatever the order of the reply", async () => {
  const { embedder } = await start();
  const [harbour, port, frost] = await embedder.embed(
    ["the harbour is closed", "closed is the harbour", "frost in May"],
    "passage",
  );
  expect(dot(harbour, harbour)).toBeCloseTo(1, 5);
  expect(dot(harbour, port)).toBeCloseTo(1, 5);
  expect(dot(harbour, frost)).toBeLessThan(0.5);
  expect(embedder.identity).toBe("openai:text-embedding-3-small");
});

test("sends many texts in batches, and the same text gets the same vector in every place", async () => {
  const { embedder, running } = await start();
  const texts = Array.from({ length: 150 }, (_, index) => (index % 50 === 7 ? "again and again" : `text number ${index}`));
  const vectors = await embedder.embed(texts, "passage");
  expect(vectors).toHaveLength(150);
  expect(running.embedded.map((batch) => batch.length)).toEqual([64, 64, 22]);
  expect(vectors[57]).toEqual(vectors[7]);
  expect(vectors[107]).toEqual((await embedder.embed(["again and again"], "query"))[0]);
});

test("no texts, no request", async () => {
  const { embedder, running } = await start();
  expect(await embedder.embed([], "passage")).toEqual([]);
  expect(running.embedded).toEqual([]);
});

test("empty and endless texts are made fit for the service", async () => {
  const { embedder, running } = await start();
  const vectors = await embedder.embed(["", " \n ", "long ".repeat(50_000), "語".repeat(20_000)], "passage");
  expect(vectors).toHaveLength(4);
  const [blank, space, long, wide] = running.embedded.flat();
  expect(blank).toBe(space);
  expect(blank).not.toBe("");
  expect(Buffer.byteLength(long ?? "")).toBeLessThanOrEqual(8_000);
  expect(wide).toBe("語".repeat(2_666));
});

test("any text is cut at a character, at its beginning only", async () => {
  const { embedder, running } = await start();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1 }), fc.integer({ min: 1, max: 9_000 }), async (unit, times) => {
      const text = `x${unit}`
        .repeat(times)
        .slice(0, 60_000)
        .replace(/[\uD800-\uDBFF]$/, "");
      await embedder.embed([text], "passage");
      const sent = running.embedded.at(-1)?.[0] ?? "";
      expect(text.startsWith(sent)).toBe(true);
      expect(sent === text || Buffer.byteLength(sent) > 7_996).toBe(true);
    }),
    { numRuns: 30 },
  );
});

describe("trouble", () => {
  async function failureOf(promise: Promise<unknown>): Promise<Failure> {
    const failure = (await promise.catch((error: unknown) => error)) as Failure;
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.code).toBe("embeddings_failed");
    expect(`${failure.message} ${failure.hint} ${String((failure.cause as Error).stack)}`).not.toContain(KEY);
    return failure;
  }

  test("that passes is waited for, as long as the server says", async () => {
    const { embedder, running } = await start();
    running.addEmbedding(refuse(429, "slow down", { headers: { "retry-after": "1" } }), refuse(500, "oops"));
    const started = Date.now();
    expect(await embedder.embed(["one"], "query")).toHaveLength(1);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
  });

  test("that stays is named, after a bounded number of attempts", async () => {
    const { embedder, running } = await start();
    running.addEmbedding(refuse(503, "a"), refuse(503, "b"), refuse(503, "c"));
    expect((await failureOf(embedder.embed(["one"], "query"))).message).toContain("has trouble of its own (503)");
    expect(running.embedded).toHaveLength(3);
  });

  test("with the key", async () => {
    const { embedder } = await start({ apiKey: "sk-wrong-00000000" });
    const failure = await failureOf(embedder.embed(["one"], "query"));
    expect(failure.message).toContain("refused the key (401)");
    expect(failure.message).not.toContain("sk-wrong");
  });

  test("of a server that never answers, or stops in the middle", async () => {
    const { embedder, running } = await start({ timeoutMs: 1_000 });
    running.addEmbedding({ do: "silence" }, { do: "stall" });
    expect((await failureOf(embedder.embed(["one"], "query"))).message).toContain("did not answer in time");
    expect((await failureOf(embedder.embed(["one"], "query"))).message).toContain("did not answer in time");
  });

  const reply = (embeddings: unknown[]): string =>
    JSON.stringify({ object: "list", data: embeddings.map((embedding, index) => ({ object: "embedding", index, embedding })) });
  test.each([
    ["too few vectors", reply([[1, 0]])],
    ["vectors of different lengths", reply([[1, 0], [1]])],
    ["an empty vector", reply([[], []])],
    [
      "a vector of nothing",
      reply([
        [0, 0],
        [1, 0],
      ]),
    ],
    ["no list", "{}"],
    ["a web page", "<html></html>"],
  ])("with a reply that has %s", async (_, body) => {
    const { embedder, running } = await start();
    running.addEmbedding({ do: "babble", body });
    expect((await failureOf(embedder.embed(["one", "two"], "query"))).message).toMatch(/cannot be used|not JSON/);
  });

  test("a caller that stops is no failure", async () => {
    const { embedder, running } = await start();
    running.addEmbedding({ do: "silence" });
    const abort = new AbortController();
    const asked = embedder.embed(["one"], "query", abort.signal);
    while (running.embedded.length === 0) await sleep(5);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });
});
