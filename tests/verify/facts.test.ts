// Exact facts on any text: they always answer; planted errors are found, kind by kind; fluent ways of saying the same are no faults.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CitedText } from "../../src/domain.ts";
import { checkFacts } from "../../src/verify/facts.ts";
import { findQuotations, foldTypography, locateQuotation } from "../../src/verify/quotations.ts";
import { plantErrors } from "../benchmarks/evaluation/planted-errors.ts";

const NOTES = [
  "Harbour pilots in Vesterby ended their strike on Tuesday after nine days. In the end 140 of 212 pilots voted to accept the offer. Ida Vestergaard said the port was losing 3 million crowns a day. The agreement was signed on 4 February 2025.",
  "The Tolma reservoir rose by 12 per cent in April, the water board reported. Director Jonas Friis said farms in Sudria would not be rationed. In 2022 the board had closed eleven wells.",
];
const UNKNOWN = { title: null, publisher: null, author: null, published: null, genre: null, speaker: null, role: null };
const cited = (text: string, known: Partial<CitedText> = {}): CitedText[] => [{ ...UNKNOWN, text, ...known }];
const kindsOf = (claim: string, text: string, known: Partial<CitedText> = {}): string[] =>
  checkFacts(claim, cited(text, known)).findings.map(({ kind }) => kind);

test("any sentence and any source give findings with reasons, never an error", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 300 });
  fc.assert(
    fc.property(text, text, (claim, source) => {
      for (const { reason } of checkFacts(claim, cited(source)).findings) expect(reason).not.toBe("");
    }),
    { numRuns: 150 },
  );
});

test("a sentence of the source itself has nothing against it", () => {
  for (const note of NOTES) for (const sentence of note.split(/(?<=\.) /)) expect(kindsOf(sentence, note)).toEqual([]);
});

describe("planted errors, kind by kind", () => {
  const planted = plantErrors(NOTES);
  test.each(["number", "date", "name", "negation", "outcome", "speaker"] as const)("%s: every one is caught", (kind) => {
    const wrong = planted.filter((one) => one.kind === kind);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter(({ claim, source }) => kindsOf(claim, source).length === 0).map(({ claim }) => claim)).toEqual([]);
  });
  test("harmless variants pass", () => {
    const fine = planted.filter((one) => one.holds);
    expect(fine.length).toBeGreaterThan(2);
    expect(fine.filter(({ claim, source }) => kindsOf(claim, source).length > 0).map(({ claim }) => claim)).toEqual([]);
  });
});

describe("fluent ways of saying the same", () => {
  const source =
    "Sudria and Norway signed the pact on Monday, Minister Ida Vestergaard told reporters in Oslo. Some 34 per cent of the members voted against it last month.";
  const known: Partial<CitedText> = {
    publisher: "Vesterby Gazette",
    author: "Jonas Friis",
    published: "2025-11-19",
    title: "A pact for the strait",
  };
  test.each([
    "The two countries signed it on November 17, 2025.",
    "Norwegian and Sudrian ministers signed the pact, Jonas Friis reported in the Vesterby Gazette on 19 November 2025.",
    "Both signed, Vestergaard said.",
    "About a third of the members voted against the pact in October 2025.",
    "Jonas Friis, in “A pact for the strait”, says that I. Vestergaard announced it in Norway.",
  ])("%s", (claim) => expect(kindsOf(claim, source, known)).toEqual([]));

  test.each([
    ["They signed it on November 12, 2025, Vestergaard said.", "date"],
    ["About half of the members voted against the pact.", "number"],
    ["Denmark signed the pact, Vestergaard said.", "name"],
    ["Vestergaard said that they “will sign the pact”.", "quotation"],
    ["Sudria and Norway have not signed the pact.", "negation"],
  ])("but not: %s", (claim, kind) => expect(kindsOf(claim, source, known)).toContain(kind));
});

test("a value that the source gives to something else is no value of this", () => {
  const source =
    "The hearing on the harbour is set for February in Tolma. In June the minister visited the cold store. The supercomputer stands in Vesterby and ran for a year; a fellow of the institute in Tolma wrote the paper.";
  expect(kindsOf("The hearing on the harbour is set for June in Tolma.", source)).toContain("date");
  expect(kindsOf("Work at the supercomputer in Tolma ran for a year.", source)).toContain("name");
});

describe("quotations", () => {
  const source = foldTypography("She said: “We won’t pay — not now, not ever.” Then the mayor left the old harbour office.");
  test.each([
    ["We won't pay - not now", true],
    ["We won't pay […] not ever", true],
    ["not ever […] We won't pay", false],
    ["We wont pay", false],
    ["he mayor left", false],
  ])("%s: %s", (quotation, there) => expect(locateQuotation(quotation, source) !== null).toBe(there));

  test("marks of every kind are found", () => {
    expect(findQuotations('"a b" and “c d” and ‘e f’ and dogs\' tails').map((one) => one.text)).toEqual(["a b", "c d", "e f"]);
  });

  test("a slice of whole words is always found again", () => {
    fc.assert(
      fc.property(fc.nat(8), fc.integer({ min: 1, max: 6 }), (from, count) => {
        const words = source.split(" ");
        expect(locateQuotation(words.slice(from, from + count).join(" "), source)).not.toBeNull();
      }),
    );
  });
});

test("a long line is read in bounded time and still checked", () => {
  const source = `${"The harbour was calm and nothing moved. ".repeat(2000)}Fourteen pilots resigned in Tolma.`;
  expect(kindsOf("14 pilots resigned in Tolma.", source)).toEqual([]);
  expect(kindsOf("15 pilots resigned in Tolma.", source)).toEqual(["number"]);
});
