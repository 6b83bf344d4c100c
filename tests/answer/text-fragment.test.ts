import * as fc from "fast-check";
import { expect, test } from "vitest";
import { textFragmentLink } from "../../src/answer/text-fragment.ts";

test("a short quote is given whole, with the marks of the directive encoded", () => {
  expect(textFragmentLink("https://paper.example/a", "Well-known, and safe")).toBe(
    "https://paper.example/a#:~:text=Well%2Dknown%2C%20and%20safe",
  );
});

test("a long quote is given by its first and last words", () => {
  const link = textFragmentLink("https://paper.example/a#part", "one two three four five six seven eight nine ten");
  expect(link).toBe("https://paper.example/a#part:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten");
});

test("no address, no link", () => {
  expect(textFragmentLink(null, "words")).toBeNull();
});

test("any quote gives an address without blanks, brackets or line breaks", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (quote) => {
      expect(textFragmentLink("https://paper.example/", quote)).toMatch(/^[^\s()<>"']+$/);
    }),
  );
});
