// Refusal by evidence, over a small made-up news corpus: what is answered, what is not although it is near, what is far away.
import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { assessCoverage } from "../../../src/answer/refusal/assess-coverage.ts";
import type { RankedPassage } from "../../../src/domain.ts";
import { createOnnxEmbedder } from "../../../src/models/onnx-embedder.ts";

interface Fixture {
  documents: { title: string; publisher: string; published: string; text: string }[];
  questions: { question: string; kind: "answerable" | "on-topic" | "off-topic" }[];
}

const fixture = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../fixtures/refusal-news.json"), "utf8")) as Fixture;

const passages = fixture.documents.map(({ text, ...known }, index): RankedPassage => ({
  passage: {
    id: index,
    start: 0,
    end: text.length,
    text,
    heading: null,
    speaker: null,
    role: null,
    document: {
      ...known,
      id: String(index),
      author: null,
      updated: null,
      fetched: "2025-10-01",
      genre: null,
      url: null,
      path: null,
      language: "en",
    },
  },
  score: 0,
  cosine: null,
  lexical: null,
}));

const embedder = createOnnxEmbedder();
const vectors = new Map<string, Float32Array>();

beforeAll(async () => {
  const texts = [...passages.map(({ passage }) => `${passage.document.title}\n${passage.text}`), ...asked()];
  (await embedder.embed(texts, "query")).forEach((vector, at) => vectors.set(texts[at] ?? "", vector));
}, 60_000);
afterAll(() => embedder.close());

const PARTS = "How much did the repair of the Karsk dam cost and who won the chess world championship?";
const THINK = "What did the union leader think of the rise?";
const asked = (): string[] => [...fixture.questions.map((entry) => entry.question), PARTS, THINK];

/** The five passages nearest to the question: a stand-in for retrieval. */
function nearest(question: string): RankedPassage[] {
  const vector = vectors.get(question) ?? new Float32Array();
  return passages
    .map((one) => {
      const other = vectors.get(`${one.passage.document.title}\n${one.passage.text}`) ?? new Float32Array();
      const cosine = vector.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
      return { ...one, cosine, score: cosine };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, 5);
}

const embed = (texts: readonly string[]) => embedder.embed(texts, "query");
const status = async (question: string): Promise<string> => (await assessCoverage(question, nearest(question), { embed })).status;

describe("over a corpus of made-up news", () => {
  test.each([
    ["answerable", 0.9],
    ["on-topic", 0.8],
    ["off-topic", 0.98],
  ] as const)("%s questions are judged right in at least %d", async (kind, goal) => {
    const questions = fixture.questions.filter((entry) => entry.kind === kind);
    const judged = await Promise.all(questions.map(({ question }) => status(question)));
    const right = judged.filter((one) => (one !== "not_covered") === (kind === "answerable"));
    expect(questions.length).toBe(20);
    expect(right.length / questions.length).toBeGreaterThanOrEqual(goal);
  });

  test.each([
    ["How many people died in the flood of 2021?", "no number"],
    ["What did Prime Minister Anders Holt say about the ferry talks?", "Anders Holt"],
    ["Who introduced the cod fishing ban in 2015?", "2015"],
  ])("%s says what is missing", async (question, why) => {
    const { status, parts } = await assessCoverage(question, nearest(question), { embed });
    expect(status).toBe("not_covered");
    expect(parts[0]?.why).toContain(why);
    expect(parts[0]?.evidence).toEqual([]);
  });
});

/** The text first, and another behind it. */
const notes = (text: string): RankedPassage[] =>
  passages.slice(0, 2).map((one, at) => ({
    ...one,
    passage: {
      ...one.passage,
      text: at === 0 ? text : one.passage.text,
      document: { ...one.passage.document, title: null, publisher: null },
    },
    cosine: at === 0 ? 0.62 : 0.1,
  }));

test("a lone paragraph answers what it says in its own words and not what it leaves open", async () => {
  const [lone] = notes(
    "The harbour tunnel of Halden was opened in May after four years. It cost 398 million crowns, Mayor Ida Brandt said.",
  );
  const alone = lone === undefined ? [] : [lone];
  expect((await assessCoverage("How much did the harbour tunnel cost?", alone, { embed })).status).toBe("answered");
  expect((await assessCoverage("Who opposed the harbour tunnel of Lindholm?", alone, { embed })).status).toBe("not_covered");
});

test.each([
  [
    "How long did the repair of the Tarn lock take?",
    "The repair of the Tarn lock took 14 weeks.",
    "The repair of the Tarn lock took 14 divers.",
  ],
  [
    "How far is the Tarn lock from Halden?",
    "The Tarn lock is 12 kilometres from Halden.",
    "The Tarn lock is worth 12 million and far from Halden.",
  ],
  [
    "What share of the boats passes the Tarn lock?",
    "Some 40 per cent of the boats pass the Tarn lock.",
    "Some 40 boats pass the Tarn lock.",
  ],
  ["How often do boats pass the Tarn lock?", "Boats pass the Tarn lock twice a day.", "Boats pass the Tarn lock in rows of 4."],
  [
    "What did the transport minister say about the Tarn lock?",
    "The transport minister said the Tarn lock was safe.",
    "The mayor said the Tarn lock was safe.",
  ],
])("%s is answered by what has the unit or speaker asked for", async (question, answers, doesNot) => {
  expect((await assessCoverage(question, notes(answers))).status).toBe("answered");
  expect((await assessCoverage(question, notes(doesNot))).status).toBe("not_covered");
});

test("a question of two parts, one of them covered, is partial and says which", async () => {
  const text = PARTS;
  const parts = ["How much did the repair of the Karsk dam cost?", "Who won the chess world championship?"];
  const inquiry = { text, stems: [], phrases: [], names: [], parts, period: null, wantsLatest: false };
  const assessed = await assessCoverage(inquiry, nearest(text), { embed });
  expect(assessed.status).toBe("partial");
  expect(assessed.parts.map((part) => part.covered)).toEqual([true, false]);
  expect(assessed.parts[0]?.evidence[0]?.sentences.join(" ")).toContain("140 million crowns");
});

test("a cosine that is far away refuses, whatever the words", async () => {
  const far = nearest(THINK).map((one) => ({ ...one, cosine: 0.1 }));
  expect((await assessCoverage(THINK, far)).status).toBe("not_covered");
});

test("any text is a question; without words or passages nothing is covered", async () => {
  expect((await assessCoverage("?!", passages)).status).toBe("not_covered");
  expect((await assessCoverage("Who leads the ferry union?", [])).status).toBe("not_covered");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), async (question) => {
      for (const part of (await assessCoverage(question, passages.slice(0, 2))).parts) {
        expect(part.score).toBeGreaterThanOrEqual(0);
        expect(part.score).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 50 },
  );
});
