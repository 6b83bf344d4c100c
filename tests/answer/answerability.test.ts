// What may be told as an answer, over a small made-up news corpus and its real index: what is answered, what is not although it is near, what is far away.
import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assessPart } from "../../src/answer/answerability.ts";
import type { DraftAnswer } from "../../src/answer/answerer.ts";
import { type Conversation, openConversation } from "../support/conversation.ts";
import { article } from "../support/documents.ts";

interface Fixture {
  documents: { title: string; publisher: string; published: string; text: string }[];
  questions: { question: string; kind: "answerable" | "on-topic" | "off-topic" }[];
}

const fixture = JSON.parse(readFileSync(path.join(import.meta.dirname, "../fixtures/refusal-news.json"), "utf8")) as Fixture;

let notes: Conversation;
beforeAll(async () => {
  notes = await openConversation(fixture.documents.map(({ text, ...known }, at) => article(`${at}.md`, text, known)));
}, 60_000);
afterAll(() => notes.close());

const ask = (question: string): Promise<DraftAnswer> => notes.after([], question);

describe("over a corpus of made-up news", () => {
  // what is on the topic is a figure of the scoreboard: `eval refusal`
  test("what is off the topic is refused", async () => {
    const answered = [];
    for (const { question } of fixture.questions.filter(({ kind }) => kind === "off-topic"))
      if ((await ask(question)).status !== "not_covered") answered.push(question);
    expect(answered).toEqual([]);
  });

  test.each([
    ["What did Prime Minister Anders Holt say about the ferry talks?", "Anders Holt"],
    ["Who introduced the cod fishing ban in 2015?", "2015"],
    ["How do I bake a sourdough loaf?", "something else"],
  ])("%s says what is missing", async (question, why) => {
    const { status, parts } = await ask(question);
    expect(status).toBe("not_covered");
    expect(parts?.[0]?.why).toContain(why);
  });

  test("a question of two parts, one of them covered, is partial and says which", async () => {
    const answer = await ask("How much did the repair of the Karsk dam cost and who won the chess world championship?");
    expect(answer.status).toBe("partial");
    expect(answer.parts?.map((part) => part.covered)).toEqual([true, false]);
    expect(answer.sentences.map(({ text }) => text).join(" ")).toContain("140 million crowns");
  });
});

test("any text is a question; without sentences nothing is covered", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const inquiry = { text, stems: [], phrases: [], names: [], parts: [text], period: null, wantsLatest: false };
      expect(assessPart(text, inquiry, [], [])).toMatchObject({ covered: false, score: 0 });
    }),
    { numRuns: 50 },
  );
});
