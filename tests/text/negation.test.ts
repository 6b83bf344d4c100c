// Negation and its reach, endings, modality.
import { expect, test } from "vitest";
import { endingsOf, findNegations, modalityOf } from "../../src/text/negation.ts";
import { wordsOf } from "../../src/text/words.ts";

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

test.each([
  ["The talks collapsed.", "venture against"],
  ["The talks did not fail.", "venture for"],
  ["The ruling was overturned after prices rose.", "ruling against, level for"],
  ["The bridge should reopen.", ""],
])("%s: %s", (text, endings) =>
  expect(
    endingsOf(text)
      .map(({ of, pole }) => `${of} ${pole}`)
      .join(", "),
  ).toBe(endings),
);

test.each([
  ["The bridge opened on Friday.", "fact"],
  ["The bridge may open on Friday.", "possible"],
  ["The bridge will open on Friday.", "future"],
])("%s: %s", (sentence, modality) => expect(modalityOf(sentence)).toBe(modality));
