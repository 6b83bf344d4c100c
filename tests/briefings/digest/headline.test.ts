// A headline is a clause of its own: short, without what is told below, never cut where it would say something else.
import { expect, test } from "vitest";
import { headlineOf } from "../../../src/briefings/digest/headline.ts";

const all = (): boolean => true;

test.each([
  ["The new quay at Lindhaven opened for freighters on Friday.", "New quay at Lindhaven opened for freighters"],
  [
    "LINDHAVEN (Coast Wire) — A tram left the rails on Sunday evening, injuring six people.",
    "Tram left the rails, injuring six people",
  ],
  ["After months of talks between owners and crews, the ferry strike ended in March 2031.", "Ferry strike ended in March 2031"],
  [
    "Shares of Orbisan fell by nine per cent after the company cut its forecast for the whole year and the two after it, according to the exchange.",
    "Shares of Orbisan fell by nine per cent",
  ],
  ["A few people were hurt when the stage gave way last night.", "A few people were hurt when the stage gave way"],
  ["The Hague court fined the brewery 20,000 crowns in 2031.", "The Hague court fined the brewery 20,000 crowns"],
  [
    "The striker scored twice, the keeper saved a penalty, and Karvale United won the cup for the third time since the war.",
    "Striker scored twice, the keeper saved a penalty",
  ],
])("%s", (sentence, expected) => {
  expect(headlineOf(sentence, all)).toBe(expected);
});

test.each([
  [
    "Brell Mills laid off 80 weavers on Monday, a fifth of its staff, two months after the opening of its new hall in Orsk.",
    "Brell Mills laid off 80 weavers, a fifth of its staff",
  ],
  ["The port reopened about five days after the storm had sunk two barges at the pier in Tessmar.", "Port reopened"],
  ["The strike of the ferry crews lasted three weeks after the owners had walked out.", "lasted three weeks"],
  ["The council closed the pool for two years after a fire in the boiler room.", "for two years"],
])("how long after is told with what it was after: %s", (sentence, expected) => {
  const headline = headlineOf(sentence, all);
  expect(headline).toContain(expected);
  expect(headline).not.toMatch(/(?:, two months|five days)$/);
});

test("a relative clause alone makes no clause", () => {
  const sentence =
    "The talks in Lindhaven, which were meant to end the ferry strike after months of cancelled crossings, failed on Friday.";
  expect(headlineOf(sentence, all)).toContain("failed");
});

test("a clause without its main part is none: then the sentence stays whole", () => {
  const sentence = "As several of the oldest trees along the river near Tessmar were felled within days of the ruling";
  expect(headlineOf(`${sentence}, nobody knew why.`, all)).toContain(sentence);
});

test("a quotation is cut and never changed", () => {
  const sentence = "The ministry has failed the islands, which will cost lives this winter among those who have no boat.";
  expect(sentence).toContain(headlineOf(sentence, all, true));
  expect(headlineOf(sentence, all, true)).toBe("The ministry has failed the islands");
});

test("what the gate refuses is not used", () => {
  const sentence = "The bridge was closed after engineers saw cracks in nine cables.";
  expect(headlineOf(sentence, (headline) => headline.includes("cracks"))).toContain("cracks");
});
