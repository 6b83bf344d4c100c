// What may not be told by itself: sentences of one report, as the answer's candidates.
import { expect, test } from "vitest";
import { ofAskedRow } from "../../src/answer/asked-row.ts";
import { ofAskedTime } from "../../src/answer/asked-time.ts";
import { type Candidate, candidatesOf } from "../../src/answer/candidates.ts";
import type { Passage } from "../../src/domain.ts";

function of(text: string, speaker: string | null = null): Candidate[] {
  const document = {
    id: "a",
    title: "A title",
    publisher: "The Courier",
    author: null,
    published: "2026-04-21",
    genre: "report",
  };
  const passage = { id: 1, document, start: 0, end: text.length, text, heading: null, speaker, role: null };
  return candidatesOf([{ passage: passage as unknown as Passage, score: 1, cosine: null, lexical: null }], true);
}
const texts = (candidates: readonly Candidate[]): string[] => candidates.map(({ text }) => text);
const holding = (candidates: readonly Candidate[], words: string): Candidate | undefined =>
  candidates.findLast(({ text }) => text.includes(words));

const FIRST = "Aldex reported a profit of 320 million crowns for the first quarter of 2026.";
const BETWEEN = "Its chief executive blamed the cost of energy on Monday.";
test.each([
  [FIRST, "Rival Benning earned 290 million crowns in the same quarter.", "290 million"],
  ["The mill opened in 1987 on the river.", "The harbour was closed for good that year.", "harbour"],
  ["Officials counted 12 fires in March across the region.", "The fire chief of Orsava resigned in that month.", "resigned"],
  ["Tom Kade attacked the school reform on Friday.", "The teachers of Ravia, he went on, are cowards.", "cowards"],
  ["The winner was Tom Kade of the harbour union.", "The schools of Ravia are ruined, said he in the hall.", "ruined"],
])("what points back comes with what it points to, however far: %s %s", (giver, leaning, words) => {
  const found = holding(of(`${giver} ${BETWEEN} ${leaning}`), words);
  const told = `${found?.leans !== null && found?.leans !== "missing" ? (found?.leans.text ?? "") : ""} ${found?.text}`;
  expect(told).toContain(giver);
  expect(holding(of(`Nothing of the kind stands here at all. ${leaning}`), words)?.leans).toBe("missing");
});

test.each([
  "In 2019 the mill burned down, and the harbour was closed that year.",
  "The harbour of Orsava was closed for good at the same time.",
  "The decision on a bridge near Orsava will be made by the council.",
  "Eggs laid in March: +0.4 per cent",
  "Mayor Greta Sand resigned after the flood, he said in the hall.",
  "Aldex and Benning applied, and the latter won the contract.",
])("what the sentence names itself needs nothing: %s", (sentence) => expect(of(sentence)[0]?.leans).toBeNull());

test("words of nobody and suppositions are no sentences to tell; in a person's own part a quotation stays", () => {
  const cheese = "“The moon over Ravia is made of cheese.”";
  expect(texts(of(`${cheese} So wrote the poet Ole Vik in 1822. Suppose that the lake of Ravia were poisoned.`))).toEqual([]);
  expect(texts(of(cheese, "Ole Vik"))).toEqual([cheese]);
});

test.each([
  'Foreign minister Kim Bly said: "The war in Lorne is over. We won it."',
  "Kim Bly said: “The war in Lorne is over. We won it. We are glad of it.”",
])("a quotation is told to its end: %s", (sentence) =>
  expect(texts(of(`${sentence} Critics of the minister doubt that.`))).toContain(sentence),
);

test.each(["Pine denies it.", "The bank rejected the claims.", "The report was false.", "Its lawyer disputed this on Friday."])(
  "a denial comes along: %s",
  (denial) => {
    const claim = "The boss of the bank fled to Peru, the blog Owl says.";
    expect(texts(of(`${claim} ${denial} The weather was fine in the capital.`))[0]).toBe(`${claim} ${denial}`);
    expect(texts(of(`${claim} The weather was fine in the capital.`))[0]).toBe(claim);
  },
);

test("a question about a quarter takes no sentence about another one only", () => {
  const candidates = of(
    `${FIRST} ${BETWEEN} Rival Benning earned 290 million crowns in the same quarter.\nThe plant in Torvik stays open.`,
  );
  const kept = (question: string): string[] =>
    texts(ofAskedTime({ text: question, period: null }, candidates, new Date("2026-09-01")));
  expect(kept("What did Benning earn in the second quarter of 2026?").join()).not.toMatch(/\d million/);
  expect(kept("What did Benning earn in the second quarter of 2026?")).toContain("The plant in Torvik stays open.");
  expect(kept("What did Benning earn in the first quarter of 2026?")).toEqual(texts(candidates));
  expect(kept("What did Benning earn?")).toEqual(texts(candidates));
});

test.each([
  ["2026-04-13", "2026-04-13", false],
  ["2026-04-20", "2026-04-20", true],
  ["2026-04-20", "2026-04-26", true],
  ["2026-03-30", "2026-04-05", false],
  ["2026-04-01", "2026-04-30", true],
])("a question about days from %s to %s takes a sentence about Monday the 20th: %s", (since, until, holds) => {
  const candidates = of("The council voted on Monday to sell its bus. The bus is eleven years old.");
  const period = { since, until, text: "on the 20th" };
  const kept = texts(ofAskedTime({ text: "What did it vote for?", period }, candidates, new Date()));
  expect(ofAskedTime({ text: "", period: { ...period, text: "on Friday" } }, candidates, new Date())).toEqual(candidates);
  expect(kept.some((text) => text.includes("voted on Monday"))).toBe(holds);
});

test.each([
  ["What is the fare to Orbe?", ["Orbe – Fares in June: Fare €2.10; Riders 4,200."]],
  ["What are the fares to Orbe and Lower Tessin?", ["Orbe", "Lower Tessin"]],
  ["Which line has the most riders?", ["Orbe", "Lower Tessin", "Quint"]],
  ["How many riders has the line to Tessin?", ["Orbe", "Lower Tessin", "Quint"]],
])("a question about one row of a table takes no other row: %s", (question, names) => {
  const candidates = of(
    ["Orbe", "Lower Tessin", "Quint"]
      .map((name, at) => `${name} – Fares in June: Fare €2.1${at}; Riders ${4 - at},200.`)
      .join("\n"),
  );
  const kept = texts(ofAskedRow(question, candidates));
  expect(kept.map((text) => names.find((name) => text.startsWith(name)))).toEqual(names);
});
