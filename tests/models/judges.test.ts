// Both judges: closeness in wording over the real sentence model, and a language model that is scripted and also misbehaves.
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { loadPrompt } from "../../src/answer/prompt.ts";
import { createAlignmentJudge } from "../../src/models/alignment-judge.ts";
import type { Judge } from "../../src/models/judge.ts";
import { createLangChainModel } from "../../src/models/langchain-model.ts";
import { createLlmJudge } from "../../src/models/llm-judge.ts";
import { createOnnxEmbedder } from "../../src/models/onnx-embedder.ts";
import { HIVES, judgeContract } from "../contracts/judge-contract.ts";
import { reply, type Step } from "../support/scripted-model/script.ts";
import { startScriptedModel, type ScriptedModel } from "../support/scripted-model/server.ts";

const embedder = createOnnxEmbedder();
afterAll(() => embedder.close());
judgeContract("closeness in wording", () => Promise.resolve(createAlignmentJudge(embedder.tokens)));

const servers: ScriptedModel[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function reader(steps: Step[], timeoutMs = 5_000): Promise<Judge & { server: ScriptedModel }> {
  const server = await startScriptedModel(steps);
  servers.push(server);
  const model = createLangChainModel({
    model: "openai:scripted",
    apiKey: "k",
    baseUrl: server.baseUrl,
    price: null,
    timeoutMs: 30_000,
  });
  return { ...createLlmJudge({ model, prompt: loadPrompt("judge"), timeoutMs }), server };
}

const verdicts = (...given: [claim: number, verdict: string][]): Step =>
  reply({ verdicts: given.map(([claim, verdict]) => ({ claim, verdict, reason: "as told" })) });

judgeContract("a language model", (calls) =>
  reader(
    calls.flatMap((count) =>
      count === 0
        ? []
        : [verdicts(...[1, 2, 3].slice(0, count).map((n): [number, string] => [n, n === 2 ? "not_stated" : "supported"]))],
    ),
  ),
);

const CLAIM = { text: "340 hives were lost.", cited: [HIVES] };

describe("a language model as judge", () => {
  test("sees claims, sources and what is known of them, at temperature 0 with a schema", async () => {
    const judge = await reader([verdicts([1, "supported"], [2, "contradicted"])]);
    const { usage } = await judge.judge([CLAIM, { text: "35 hives were lost.", cited: [HIVES] }]);
    expect(usage?.input_tokens).toBe(100);
    const [request] = judge.server.requests;
    expect(request?.temperature).toBe(0);
    expect(JSON.stringify(request?.response_format)).toContain("not_stated");
    const user = request?.messages.at(-1)?.content ?? "";
    expect(user).toContain("publisher: Lindmoor Gazette");
    expect(user.split("their association said").length).toBe(2);
    expect(user).toContain('2. "35 hives were lost." (cites S1)');
  });

  test.each([
    ["a verdict is missing", [[2, "supported"]], "no verdict"],
    [
      "two verdicts differ",
      [
        [1, "supported"],
        [1, "contradicted"],
      ],
      "contradicted itself",
    ],
  ] as const)("%s: not stated", async (_, given, reason) => {
    const judge = await reader([verdicts(...given.map(([claim, verdict]): [number, string] => [claim, verdict]))]);
    const { judgements } = await judge.judge([CLAIM]);
    expect(judgements[0]).toMatchObject({ verdict: "not_stated", reason: expect.stringContaining(reason) as string });
  });

  test("a verdict of another kind, or prose, is no verdict: it fails", async () => {
    const prose = await reader([reply("Yes, claim 1 is supported."), reply("Yes.")]);
    await expect(prose.judge([CLAIM])).rejects.toMatchObject({ code: "model_failed" });
    const odd = await reader([verdicts([1, "yes"]), verdicts([1, "probably"])]);
    await expect(odd.judge([CLAIM])).rejects.toMatchObject({ code: "model_failed" });
  });

  test("later than its limit: it fails", async () => {
    const judge = await reader([{ do: "silence" }], 300);
    await expect(judge.judge([CLAIM])).rejects.toMatchObject({ code: "model_failed" });
  });
});

test("the vectors of tokens are of unit length, one for each piece of a word", async () => {
  const [found] = await embedder.tokens(["Hives were unlost."]);
  expect(found?.tokens.join(" ")).toMatch(/^hive ?#?#?s were un ##/);
  const width = (found?.vectors.length ?? 0) / (found?.tokens.length ?? 1);
  expect(width).toBe(384);
  for (let at = 0; at < (found?.tokens.length ?? 0); at += 1)
    expect(Math.hypot(...(found?.vectors.subarray(at * width, (at + 1) * width) ?? []))).toBeCloseTo(1, 4);
});

test("the reader is surer of the sentence that answers than of its neighbours", async () => {
  const context = "Ferry to Osk sold.";
  const sentences = ["The ferry carries 40 cars.", "The county sold the ferry for 12 million crowns.", "It was built in 1998."];
  const sure = await embedder.answers(
    "How much was paid for the ferry?",
    sentences.map((text) => ({ text, context })),
  );
  expect(sure.every((one) => one >= 0 && one <= 1)).toBe(true);
  expect(sure.indexOf(Math.max(...sure))).toBe(1);
});
