// Questions that hang on earlier ones, completed to stand alone.
import { afterEach, describe, expect, test } from "vitest";
import { loadPrompt } from "../../src/answer/prompt.ts";
import { condenseQuestion, createCondense } from "../../src/conversation/condense-question.ts";
import { createLangChainModel } from "../../src/models/langchain-model.ts";
import { reply, type Step } from "../support/scripted-model/script.ts";
import { type ScriptedModel, startScriptedModel } from "../support/scripted-model/server.ts";

const servers: ScriptedModel[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const NOW = new Date("2025-11-12T15:00:00Z");
const after = (...questions: string[]): { question: string; answer: string }[] =>
  questions.map((question) => ({ question, answer: "" }));
const people = ["Casimir Holt", "Tove Askeland", "Lund", "Holt"];
const knowing = {
  now: NOW,
  isPerson: (name: string): Promise<boolean> => Promise.resolve(people.includes(name)),
  nearest: (): Promise<number> => Promise.resolve(0),
};
const complete = (question: string, ...before: string[]): Promise<string> =>
  condenseQuestion(question, after(...before), knowing).then((condensed) => condensed.question);

test.each([
  ["and in 2023?", "What happened in Halden in 2021?", "What happened in Halden in 2023?"],
  ["And last week?", "What was decided in Halden?", "What was decided in Halden last week?"],
  ["What about Belmark?", "What does the accord give to Orsava?", "What does the accord give to Belmark?"],
  ["What did he say about tariffs?", "Who is Casimir Holt?", "What did Casimir Holt say about tariffs?"],
  ["When was her vote?", "What does Tove Askeland plan?", "When was Tove Askeland's vote?"],
  [
    "How much does it cost?",
    "When will the Skerry Tunnel be built?",
    "How much does it cost (When will the Skerry Tunnel be built)",
  ],
  ["Why?", "Did the talks in Halden fail?", "Why (Did the talks in Halden fail)"],
  ["and about fish?", "What does Casimir Holt say about tariffs?", "What does Casimir Holt say about fish?"],
  ["What about the border?", "What does Casimir Holt say about tariffs?", "What does Casimir Holt say about the border?"],
  ["and Lund?", "What did Holt say about December?", "What did Lund say about December?"],
  ["and about China?", "What did Casimir Holt say about the fish?", "What did Casimir Holt say about China?"],
  ["And China?", "What did Casimir Holt say about the fish?", "What did Casimir Holt say about China?"],
  ["and China?", "What does Japan say about the fish?", "What does China say about the fish?"],
  ["and about China?", "What does Japan say about the fish?", "What does Japan say about China?"],
  ["and Emberholm?", "What did Holt say about the fish?", "What did Holt say about Emberholm?"],
  ["what about Lund?", "Did Casimir Holt vote for the tax?", "Did Lund vote for the tax?"],
  [
    "When was it signed?",
    "Did Casimir Holt want the Halden Accord?",
    "When was it signed (Did Casimir Holt want the Halden Accord)",
  ],
  ["what about China?", "What happened at the Halden talks?", "what about China (What happened at the Halden talks)"],
  ["What about Japan?", "How much did China pay?", "How much did Japan pay?"],
  ["where were they held?", "What happened at the Halden talks?", "where were they held (What happened at the Halden talks)"],
  ["how long did it last?", "When did the Orsava Strike begin?", "how long did it last (When did the Orsava Strike begin)"],
  ["what about 2022?", "What did Orsava export in March?", "What did Orsava export in March 2022?"],
  ["why fewer now?", "How many ships sail to Orsava?", "why fewer now (ships sail to Orsava)"],
  ["Why was he arrested?", "Who is Jens Marrow?", "Why was Jens Marrow arrested?"],
  ["Who paid for the boats?", "Did the talks in Halden fail?", "Who paid for the boats (Halden)"],
  ["Who paid for the boats?", "Did the talks fail?", "Who paid for the boats?"],
  ["What happened in June 2022?", "Did the talks in Halden fail?", "What happened in June 2022?"],
])("%s after: %s", async (question, before, expected) => expect(await complete(question, before)).toBe(expected));

test("a chain of follow-ups is completed link by link", async () => {
  expect(await complete("and in 2022?", "What did Orsava export in 2020?", "and Belmark?")).toBe(
    "What did Belmark export in 2022?",
  );
});

test("a street that the answer names is nobody, whoever else is", async () => {
  const told = "Jens Marrow, 35, was held on Birch Lane after a fire in Port Halden.";
  const before = [{ question: "Who is Jens Marrow?", answer: told }];
  const street = { ...knowing, isPerson: (name: string): Promise<boolean> => Promise.resolve(name === "Birch Lane") };
  expect((await condenseQuestion("Why was he arrested?", before, street)).question).toBe("Why was Jens Marrow arrested?");
  expect((await condenseQuestion("Did he do it?", [{ question: "who was held?", answer: told }], street)).question).toBe(
    "Did Jens Marrow do it?",
  );
});

test.each(["Why did the harbour sergeant lose his job?", "Who shot the guard before she got away?"])(
  "somebody whom the question itself names is nobody of the question before: %s",
  async (question) => expect(await complete(question, "Who is Casimir Holt?")).toBe(question),
);

test("a question of its own words stands alone where the texts come near to it, and takes names along where they do not", async () => {
  const question = "how many people were sent home with the flu?";
  const before = after("Who is Casimir Holt?");
  const read = async (score: number): Promise<string> =>
    (await condenseQuestion(question, before, { ...knowing, nearest: () => Promise.resolve(score) })).question;
  expect(await read(0.6)).toBe(question);
  expect(await read(0.3)).toContain("(Casimir Holt)");
});

test("a pronoun without a name to stand for keeps the earlier question beside it", async () => {
  expect(await complete("Who paid for it?", "what does the new bridge cost?")).toBe(
    "Who paid for it (what does the new bridge cost)",
  );
});

describe("a model writes the question", () => {
  const before = after("What did Orsava export in 2020?");
  const asked = async (steps: Step | Step[], question = "and in 2021?"): Promise<{ question: string; server: ScriptedModel }> => {
    const server = await startScriptedModel([steps].flat());
    servers.push(server);
    const model = createLangChainModel({ model: "openai:scripted", apiKey: "k", baseUrl: server.baseUrl, timeoutMs: 5_000 });
    const condense = createCondense({ model, prompt: loadPrompt("condense"), clock: { now: () => NOW }, timeoutMs: 5_000 });
    const condensed = await condenseQuestion(question, before, { ...knowing, condense });
    return { question: condensed.question, server };
  };

  test("in one call, of what was asked and told", async () => {
    const { question, server } = await asked(reply({ question: "Which goods did Orsava export in 2021?" }));
    expect(question).toBe("Which goods did Orsava export in 2021?");
    const user = server.requests[0]?.messages.at(-1)?.content ?? "";
    expect(user).toContain("Question: What did Orsava export in 2020?\nAnswer: (none)");
    expect(user).toContain("The last question: and in 2021?");
  });

  test.each([
    ["nothing", reply({ question: " " })],
    ["more than a question", reply({ question: "Sure!\nWhat did Orsava export?" })],
    ["no end", reply({ question: "x".repeat(600) })],
    ["something else, twice", [reply({ answer: "coal" }), reply({ answer: "coal" })]],
  ])("the rules complete it where the model gives %s", async (_, steps) =>
    expect((await asked(steps)).question).toBe("What did Orsava export in 2021?"),
  );

  test("whether a question with names of its own stands alone is the model's to say", async () => {
    const { question, server } = await asked(
      [reply({ question: "What had Orsava planned to export in 2020?" })],
      "What had Orsava planned?",
    );
    expect(question).toBe("What had Orsava planned to export in 2020?");
    expect(server.requests).toHaveLength(1);
  });
});

test("nothing before, nothing completed", async () => expect(await complete("and in 2023?")).toBe("and in 2023?"));
