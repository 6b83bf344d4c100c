// Negation and its reach, endings, modality.
import { expect, test } from "vitest";
import { endingsOf, findNegations, modalityOf, otherEnding, withheldBy } from "../../src/text/negation.ts";
import { contentWords, wordsOf } from "../../src/text/words.ts";

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

test.each([
  ["The talks collapsed.", "The talks succeeded.", { told: "succeeded", opposite: true }],
  ["The talks collapsed.", "The talks are deadlocked.", { told: "deadlocked", opposite: false }],
  ["The talks failed.", "The talks collapsed, then a breakthrough came.", null],
])("%s / %s", (claim, text, other) => {
  if (other === null) expect(otherEnding(claim, text)).toBeNull();
  else expect(otherEnding(claim, text)).toMatchObject(other);
});

test.each([
  ["Ivo Brandt will lead the port.", "Ivo Brandt is in final talks to lead the port.", "in final talks to lead"],
  ["The port hired nurses.", "The port wants to hire nurses.", "wants to hire"],
  ["The port wants nurses.", "The port wants to hire nurses.", null],
  ["The port published the audit.", "The port has refused to publish the audit.", "refused to publish"],
  ["The port opened.", "The port opened, which may please the town.", null],
])("%s / %s", (claim, sentence, words) =>
  expect(withheldBy(claim, sentence, new Set(contentWords(claim).map(({ stem }) => stem)))).toBe(words),
);
