// Negation and its reach, opposite outcomes, modality.
import { describe, expect, test } from "vitest";
import { ANTONYM_PAIRS } from "../../src/text/antonyms.ts";
import { areOpposite, findNegations, modalityOf } from "../../src/text/polarity.ts";
import { baseOf, wordsOf } from "../../src/text/words.ts";

const scope = (text: string): string[] => {
  const words = wordsOf(text);
  return findNegations(text, words).map((negation) =>
    words
      .slice(negation.from, negation.to)
      .map((word) => word.raw)
      .join(" "),
  );
};

test.each([
  ["The harbour was not closed, officials said.", ["closed"]],
  ["The mayor refused to sign the lease.", ["to sign the lease"]],
  ["It didn't rain but the road flooded.", ["rain"]],
  ["The crew not only survived; no fewer than ten sang.", []],
  ["They left without pay.", ["pay"]],
])("%s", (text, expected) => expect(scope(text)).toEqual(expected));

describe("areOpposite", () => {
  test.each([
    ["collapsed", "succeeded", true],
    ["rose", "fell", true],
    ["banned", "allowed", true],
    ["approved", "vetoed", true],
    ["won", "lost", true],
    ["successful", "unsuccessful", true],
    ["rose", "climbed", false],
    ["increase", "crease", false],
  ])("%s / %s: %s", (a, b, expected) => expect(areOpposite(baseOf(a), baseOf(b))).toBe(expected));

  test("knows a good number of pairs, none twice", () => {
    const pairs = ANTONYM_PAIRS.map((pair) => pair.join("/"));
    expect(pairs.length).toBeGreaterThan(150);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});

test.each([
  ["The bridge opened on Friday.", "fact"],
  ["The bridge may open on Friday.", "possible"],
  ["The bridge will open on Friday.", "future"],
])("%s: %s", (sentence, modality) => expect(modalityOf(sentence)).toBe(modality));
