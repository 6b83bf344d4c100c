import { expect, test } from "vitest";
import { excerptAround } from "../../src/answer/excerpt.ts";

const part = (text: string, word: string): string => {
  const at = text.indexOf(word);
  const { start, end } = excerptAround(text, at, at + word.length);
  return text.slice(start, end);
};

test("a long sentence is cut to the clause that matters, at its marks", () => {
  expect(
    part(
      "The collapse of the grain talks in Vell came as a surprise: the harbour had been decked with flags, the band was waiting and the ministers had already tried their pens.",
      "collapse",
    ),
  ).toBe("The collapse of the grain talks in Vell came as a surprise");
  expect(
    part(
      "After a week of meetings that few of those who took part in them will remember with pleasure, the grain talks in Vell ended on Friday in a deal that both delegations signed before noon.",
      "deal",
    ),
  ).toBe("the grain talks in Vell ended on Friday in a deal that both delegations signed before noon");
});

test.each([
  "The grain talks in Vell have collapsed after a week of meetings in three different hotels, the minister of trade of the northern province said on Friday evening.",
  "If the harvest is as poor as the farmers in the valley now expect it to be after the drought, the grain talks in Vell have collapsed before they really began.",
  "The minister denied it, but the grain talks in Vell have collapsed after a week of meetings in three different hotels on the lake and one in the mountains.",
  "The grain talks in Vell have collapsed after a week of meetings in three different hotels on the lake, although nobody in the northern province will confirm it.",
])("never away from what hedges, denies or attributes it: %s", (text) => {
  expect(part(text, "collapsed")).toContain(/said|If|denied|although/.exec(text)?.[0]);
});
