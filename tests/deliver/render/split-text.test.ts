// Splitting loses nothing and cuts nothing that only means something whole.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitText } from "../../../src/deliver/render/split-text.ts";

const WHOLES = [
  "[\\[3\\]](<https://harbour.example/a#:~:text=x>)",
  "[The Post](<https://a.example/one#:~:text=two%20three>)",
  "[12]",
  "[1][2]",
  "<t:1700000000:D>",
  "<@123456789012345678>",
  "https://a.example/path?q=1",
  "`some code`",
  "```\na fence\nof code\n```",
  "\\*",
  "👩‍👩‍👧‍👦",
  "𝔘",
];
const PIECES = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("A sentence stands here.", "And why?", "Short", "word", "“Quoted.”", "\n\n", "\n", " "),
  },
  { weight: 2, arbitrary: fc.constantFrom(...WHOLES) },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
);

describe("splitText", () => {
  test("the parts joined are the text, and each is within the limit and not blank", () => {
    fc.assert(
      fc.property(fc.array(PIECES, { maxLength: 120 }), fc.integer({ min: 80, max: 400 }), (pieces, limit) => {
        const text = pieces.join(" ");
        const parts = splitText(text, limit);
        expect(parts.join("")).toBe(text);
        for (const part of parts) {
          expect(part.trim().length).toBeLessThanOrEqual(limit);
          expect(part.trim() === "" && text.trim() !== "").toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("no link, citation, mention, code, fence, escape or character is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("Some words of a sentence.", "word", ...WHOLES), { minLength: 1, maxLength: 120 }),
        fc.integer({ min: 80, max: 300 }),
        (pieces, limit) => {
          const text = pieces.join(" ");
          const parts = splitText(text, limit);
          const cuts: number[] = [];
          let at = 0;
          for (const part of parts) cuts.push((at += part.length));
          let start = 0;
          for (const piece of pieces) {
            const end = start + piece.length;
            const cut = cuts.find((each) => each > start && each < end);
            expect(WHOLES.includes(piece) && cut !== undefined).toBe(false);
            start = end + 1;
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test("a citation stays with its sentence", () => {
    const text = Array.from({ length: 40 }, (_, index) => `This is sentence number ${index} of the answer. [${index}]`).join(" ");
    for (const part of splitText(text, 200)) {
      expect(part.trimEnd()).toMatch(/\[\d+\]$/);
      expect(part).not.toMatch(/^\[/);
    }
  });

  test("one unbroken megabyte is split quickly and without loss", () => {
    const text = "𝔘".repeat(500_000);
    const parts = splitText(text, 2000);
    expect(parts.join("")).toBe(text);
    expect(parts.every((part) => part.length <= 2000 && !/^[\uDC00-\uDFFF]/.test(part))).toBe(true);
  });
});
