// Quantities in digits and words, and which of them say the same.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findQuantities, type Quantity, sameQuantity } from "../../src/text/numbers.ts";

const brief = (text: string): string[] =>
  findQuantities(text).map(({ value, kind, unit }) => [value, kind, unit].filter((part) => part !== null).join(" "));
const only = (text: string): Quantity => {
  const [first] = findQuantities(text);
  if (first === undefined) throw new Error(`no quantity in: ${text}`);
  return first;
};

test.each([
  ["three hundred and twelve thousand people", ["312000 cardinal"]],
  ["one and a half million homes", ["1500000 cardinal"]],
  ["$2.5 million, 3bn euros and US$40m", ["2500000 money dollar", "3000000000 money euro", "40000000 money dollar"]],
  ["12 per cent, 12%, twelve percent", ["12 percent", "12 percent", "12 percent"]],
  ["the twenty-first and the 3rd", ["21 ordinal", "3 ordinal"]],
  ["a dozen goats, dozens of sheep", ["12 cardinal", "12 vague"]],
  ["half the crew, two-thirds of the cargo, 3½ hours", ["0.5 fraction", "0.666666666667 fraction", "3.5 measure hour"]],
  ["half a year, half a million tiles, a fifth by rail", ["0.5 measure year", "500000 cardinal", "0.2 fraction"]],
  ["on 31 October 2025 at 23:03 or 7 pm", ["31 day", "2025 year", "1383 clock", "1140 clock"]],
  ["10-15 km", ["10 measure kilometre", "15 measure kilometre"]],
  ["1500 sailors in 1988", ["1500 cardinal", "1988 year"]],
  ["€1.250.000 for 3,5 million bricks and 48.300 tiles", ["1250000 money euro", "3500000 cardinal", "48300 cardinal"]],
  ["1,250 bricks, 3,5 and 7", ["1250 cardinal", "3 cardinal", "5 cardinal", "7 cardinal"]],
  ["8-9 ripe pears, 3-5 May", ["8 cardinal", "9 cardinal", "3 cardinal", "5 day"]],
])("%s", (text, expected) => expect(brief(text)).toEqual(expected));

test.each([
  ["−0.4 per cent", true],
  ["a change of -$5", true],
  ["down to minus 14 degrees", true],
  ["(–3 points)", true],
  ["10-15 km", false],
  ["a 5 -10 split", false],
  ["F-16 jets", false],
  ["flood – 12 dead", false],
])("a minus is told from a dash: %s", (text, minus) =>
  expect(findQuantities(text).some((quantity) => quantity.minus)).toBe(minus),
);

test("says what is counted and how surely", () => {
  const quantity = only("at least 14 tired sailors drowned");
  expect(quantity.bound).toBe("over");
  expect(quantity.counts).toContain("sailor");
  expect(only("no one").weak).toBe(true);
});

describe("sameQuantity", () => {
  test.each([
    ["three hundred goats", "300 goats", true],
    ["300 goats", "310 goats", false],
    ["about 300 goats", "310 goats", true],
    ["about 300 goats", "400 goats", false],
    ["more than 300 goats", "312 goats", true],
    ["more than 300 goats", "298 goats", false],
    ["12 per cent", "12%", true],
    ["12 per cent", "12 goats", false],
    ["$3 billion", "3bn dollars", true],
    ["$3 billion", "3bn euros", false],
    ["a third of them", "33.3%", true],
    ["100 km", "62 miles", true],
    ["100 km", "100 miles", false],
    ["dozens of goats", "48 goats", true],
    ["in 2023", "in 2024", false],
    ["up to 40 goats", "40 goats", true],
  ])("%s / %s: %s", (claim, source, same) => expect(sameQuantity(only(claim), only(source))).toBe(same));

  test("every number is the same as itself, in digits and grouped digits, and unlike its neighbour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 999_999 }), (value) => {
        const plain = only(`${value.toLocaleString("en-US")} goats`);
        expect(plain.value).toBe(value);
        expect(sameQuantity(plain, only(`${value.toLocaleString("en-US")} sheep`))).toBe(true);
        expect(sameQuantity(plain, only(`${(value + 1).toLocaleString("en-US")} goats`))).toBe(false);
      }),
    );
  });

  test("positions are those of the text, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (noise) => {
        const text = `${noise} 27 goats ${noise}`;
        for (const found of findQuantities(text)) {
          expect(text.slice(found.start, found.end)).toBe(found.text);
          expect(Number.isNaN(found.value)).toBe(false);
        }
      }),
    );
  });

  test.each([
    ["The basin holds 48\u202f500 tonnes.", 48_500],
    ["The basin holds 48\u00a0500 tonnes.", 48_500],
    ["The work costs 1’640’000 francs.", 1_640_000],
    ["Die Gemeinde Orbe baut am Hafen 1.250 Häuser.", 1_250],
    ["Die Mieten sind um 3,5 Prozent gestiegen.", 3.5],
    ["The bar weighs 1.250 kilograms, and it is the one that the bank sold.", 1.25],
  ])("thousands and decimals as they are written: %s", (text, value) => expect(findQuantities(text)[0]?.value).toBe(value));
});
