// The gate on any text: it always answers, its scores keep their sides, whole sentences stand, and quotation marks are taken at their word.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findQuotations, foldTypography, locateQuotation } from "../../../src/answer/gate/quotations.ts";
import { verifyClaim } from "../../../src/answer/gate/verify-claim.ts";
import { plantErrors } from "../../benchmarks/evaluation/planted-errors.ts";

const NOTES = [
  "Harbour pilots in Vesterby ended their strike on Tuesday after nine days. In the end 140 of 212 pilots voted to accept the offer. Ida Vestergaard said the port was losing 3 million crowns a day. The agreement was signed on 4 February 2025.",
  "The Tolma reservoir rose by 12 per cent in April, the water board reported. Director Jonas Friis said farms in Sudria would not be rationed. In 2022 the board had closed eleven wells.",
];
const text = fc.string({ unit: "grapheme", maxLength: 300 });

test("any claim and any source give a verdict; the score is on the side of the outcome", () => {
  fc.assert(
    fc.property(text, text, (claim, source) => {
      const { supported, score, reasons } = verifyClaim(claim, source);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
      expect(score >= 0.5).toBe(supported);
      expect(supported || reasons.length > 0).toBe(true);
    }),
    { numRuns: 150 },
  );
});

describe("planted errors, kind by kind", () => {
  const planted = plantErrors(NOTES);
  test.each(["number", "date", "name", "negation", "outcome", "speaker"] as const)("%s: every one is caught", (kind) => {
    const wrong = planted.filter((one) => one.kind === kind);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter(({ claim, source }) => verifyClaim(claim, source).supported).map(({ claim }) => claim)).toEqual([]);
  });
  test("harmless variants pass", () => {
    const fine = planted.filter((one) => one.holds);
    expect(fine.length).toBeGreaterThan(2);
    expect(fine.filter(({ claim, source }) => !verifyClaim(claim, source).supported).map(({ claim }) => claim)).toEqual([]);
  });
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
  expect(verifyClaim("14 pilots resigned in Tolma.", source).supported).toBe(true);
  expect(verifyClaim("15 pilots resigned in Tolma.", source).supported).toBe(false);
});
