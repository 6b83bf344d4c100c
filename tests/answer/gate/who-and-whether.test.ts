// Who did it, and whether it came about at all: deeds given to somebody beside them, and what only may be. Made-up news.
import { describe, expect, test } from "vitest";
import { verifyClaim } from "../../../src/answer/gate/verify-claim.ts";

const finds = (claim: string, source: string, author: string | null = null): string[] =>
  verifyClaim(claim, source, { context: { author } }).findings.map(({ about }) => about);

const PETITION = "Union head Marta Ruhl accused Tvedt of hiding the report and called for his dismissal.";
const DIVERS =
  "Oda Finsen, who led the dive, said the wreck lay upright. The bell was found by Karl Brandvik, a student in Vell.";
const ARRESTS = "Two women were arrested in Brannick on Friday. A third woman is being sought.";
const FULL = "Mayor Pia Holt called the plan a trap. Holt said that she would not sign.";

describe("a deed of another", () => {
  test.each([
    ["Tvedt called for Ruhl's dismissal.", PETITION, "role"],
    ["Karl Brandvik led the dive.", DIVERS, "role"],
    ["Ana Duval won the cup.", "Rosa Keller won the cup on Friday. Ana Duval came second.", "role"],
    ["A third woman was arrested.", ARRESTS, "role"],
    ["The upper lock was drained.", "The lower lock was drained in May. The upper lock stays in use.", "role"],
    ["Vell accused Osk of fraud.", "Vell was accused by Osk's envoy of fraud.", "role"],
    ["Pia Holt signed.", FULL, "negation"],
  ])("%s", (claim, source, about) => expect(finds(claim, source)).toContain(about));

  test("the writer of a report did not do what it tells of another", () => {
    const source = "Union head Marta Ruhl called for the dismissal of the director.";
    expect(finds("Jon Aas called for the dismissal of the director.", source, "Jon Aas")).toContain("role");
  });

  test.each([
    ["Ruhl called for Tvedt's dismissal.", PETITION],
    ["Oda Finsen led the dive.", DIVERS],
    ["Karl Brandvik found the bell.", DIVERS],
    ["Two women were arrested in Brannick.", ARRESTS],
    ["A third woman is being sought.", ARRESTS],
    ["Pia Holt said she would not sign.", FULL],
    ["Ana Duval was beaten by Rosa Keller.", "Rosa Keller beat Ana Duval on Friday."],
  ])("%s (true)", (claim, source) => expect(finds(claim, source)).toEqual([]));
});

describe("what only may come is not what will", () => {
  test.each([
    ["The tannery will be sold.", "The tannery may be sold, its owner said."],
    ["The ferry will stop in June.", "The ferry could stop in June, the line warned."],
    ["The council will close the pool.", "The council might close the pool in May, its leader said."],
  ])("%s", (claim, source) => expect(finds(claim, source)).toContain("standing"));

  test.each([
    ["The tannery will be sold.", "The tannery will be sold, its owner said."],
    ["The pool will close in May.", "The council plans to close the pool in May."],
    ["The pool may close in May.", "The pool may close in May, the council said."],
  ])("%s (true)", (claim, source) => expect(finds(claim, source)).toEqual([]));
});

test("of two years the one that goes with the claimed deed is named", () => {
  const { reasons } = verifyClaim(
    "The brewery was bought by Tarnholm in 2017.",
    "The brewery was founded in 1988 and was bought by the group Tarnholm in 2020 for 31 million crowns.",
  );
  expect(reasons).toContain("says 2017, the source says 2020");
});

test("a figure of the thing that a pronoun stands for", () => {
  const source = "The town of Brannick opened a new ferry quay on Saturday after three years of work. It cost 40 million crowns.";
  expect(finds("The new ferry quay in Brannick cost 40 million crowns.", source)).toEqual([]);
});

// never looked at while the comparisons were written
test.each([
  ["The pier will be widened.", "The pier could be widened, the port said.", false],
  ["Tomas Ilk resigned.", "Director Tomas Ilk met the board on Friday. Ilk said he would not resign.", false],
  ["Vera Moss founded the clinic.", "Hugo Lenn founded the clinic in 1990. Vera Moss runs it now.", false],
  ["Hugo Lenn founded the clinic.", "Hugo Lenn founded the clinic in 1990. Vera Moss runs it now.", true],
  ["Vera Moss runs the clinic.", "Hugo Lenn founded the clinic in 1990. Vera Moss runs it now.", true],
  ["The second bridge was repaired.", "The first bridge was repaired in May. The second bridge remains shut.", false],
  ["The first bridge was repaired.", "The first bridge was repaired in May. The second bridge remains shut.", true],
  ["The second ferry was sold.", "One ferry was sold; the second ferry is being repaired.", false],
  ["Orsk blamed Telling for the spill.", "Telling's envoy blamed Orsk for the spill.", false],
  ["Telling blamed Orsk for the spill.", "Telling's envoy blamed Orsk for the spill.", true],
  ["Orsk was blamed for the spill.", "Telling's envoy blamed Orsk for the spill.", true],
  ["Ana Roe praised Lars Tveit.", "Lars Tveit, whom Ana Roe had praised, left on Monday.", true],
  ["Lars Tveit praised Ana Roe.", "Lars Tveit, whom Ana Roe had praised, left on Monday.", false],
  ["The school was opened in 1950.", "The school was built in 1931 and was opened in 1933 by the bishop.", false],
  ["The library will reopen in May.", "The library will reopen in May, the council said.", true],
  ["The library will reopen in May.", "It is unclear whether the library will reopen in May.", false],
  ["The dam will hold.", "Engineers fear the dam will not hold.", false],
  ["The new tram line cost 90 million.", "The city opened a new tram line on Sunday. It cost 90 million crowns.", true],
  ["Nils Holm sued the paper.", "The paper was sued by Greta Falk. Nils Holm, a lawyer, advised her.", false],
  ["Greta Falk sued the paper.", "The paper was sued by Greta Falk. Nils Holm, a lawyer, advised her.", true],
])("held back: %s", (claim, source, supported) => expect(verifyClaim(claim, source).supported).toBe(supported));
