// Exact facts on any text: they always answer; planted errors are found, kind by kind; fluent ways of saying the same are no faults.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CitedText } from "../../src/domain.ts";
import { checkFacts } from "../../src/verify/facts.ts";
import { findQuotations, foldTypography, locateQuotation } from "../../src/verify/quotations.ts";
import { plantErrors } from "../benchmarks/evaluation/planted-errors.ts";

const NOTES = [
  "Harbour pilots in Vesterby ended their strike on Tuesday after nine days. In the end 140 of 212 pilots voted to accept the offer. Ida Vestergaard said the port was losing 3 million crowns a day. The agreement was signed on 4 February 2025.",
  "The Tolma reservoir rose by 12 per cent in April, the water board reported. Director Jonas Friis said farms in Sudria would not be rationed. In 2022 the board had closed eleven wells.",
];
const UNKNOWN = { title: null, publisher: null, author: null, published: null, genre: null, speaker: null, role: null };
const cited = (text: string, known: Partial<CitedText> = {}): CitedText[] => [{ ...UNKNOWN, text, ...known }];
const kindsOf = (claim: string, text: string, known: Partial<CitedText> = {}): string[] =>
  checkFacts(claim, cited(text, known)).findings.map(({ kind }) => kind);

test("any sentence and any source give findings with reasons, never an error", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 300 });
  fc.assert(
    fc.property(text, text, (claim, source) => {
      for (const { reason } of checkFacts(claim, cited(source)).findings) expect(reason).not.toBe("");
    }),
    { numRuns: 150 },
  );
});

test("a sentence of the source itself has nothing against it", () => {
  for (const note of NOTES) for (const sentence of note.split(/(?<=\.) /)) expect(kindsOf(sentence, note)).toEqual([]);
});

describe("planted errors, kind by kind", () => {
  const planted = plantErrors(NOTES);
  test.each(["number", "date", "name", "negation", "speaker"] as const)("%s: every one is caught", (kind) => {
    const wrong = planted.filter((one) => one.kind === kind);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.filter(({ claim, source }) => kindsOf(claim, source).length === 0).map(({ claim }) => claim)).toEqual([]);
  });
  test("harmless variants pass", () => {
    const fine = planted.filter((one) => one.holds);
    expect(fine.length).toBeGreaterThan(2);
    expect(fine.filter(({ claim, source }) => kindsOf(claim, source).length > 0).map(({ claim }) => claim)).toEqual([]);
  });
});

describe("what a strong model wrote of news pages", () => {
  const pages = {
    plague:
      "Many have voiced concerns in the wake of the Chinese cases. The couple was quarantined; 28 people who came into contact with the patient displayed no symptoms.",
    house:
      "The house in Braunau will be turned into a police station, Austria's interior minister said on Tuesday, after years of debate over how best to prevent it becoming a pilgrimage site for neo-Nazis.",
    smoke:
      "It overflows, Apte said. Joshua Apte, a professor of environmental engineering at the University of Texas Austin, explained it after five-and-a-half years.",
    witnesses:
      "Prosecutors told reporters that the inquiry was dropped after interviews with seven witnesses, as the evidence is not reliable.",
  };
  test.each([
    ["The 28 contacts were quarantined, and none of those people showed symptoms.", pages.plague],
    ["Many Chinese voiced concerns.", pages.plague],
    [
      "The house in Braunau will become a police station, so that it does not turn into a pilgrimage site for neo-Nazis.",
      pages.house,
    ],
    ["Joshua Apte of the University of Texas explained it after five and a half years.", pages.smoke],
  ])("passes: %s", (claim, text) => expect(kindsOf(claim, text)).toEqual([]));
  test.each([
    [
      "The house will become a police station, Germany's interior minister said on Tuesday.",
      `${pages.house} Germany is near.`,
      "name",
    ],
    ["The inquiry was dropped after interviews with eleven witnesses.", pages.witnesses, "number"],
    ["The inquiry was dropped after interviews with seven witnesses, as the evidence is reliable.", pages.witnesses, "negation"],
  ])("is stopped: %s", (claim, text, kind) => expect(kindsOf(claim, text)).toContain(kind));
});

describe("fluent ways of saying the same", () => {
  const source =
    "Sudria and Norway signed the pact on Monday, Minister Ida Vestergaard told reporters in Oslo. Some 34 per cent of the members voted against it last month.";
  const known: Partial<CitedText> = {
    publisher: "Vesterby Gazette",
    author: "Jonas Friis",
    published: "2025-11-19",
    title: "A pact for the strait",
  };
  test.each([
    "The two countries signed it on November 17, 2025.",
    "Norwegian and Sudrian ministers signed the pact, Jonas Friis reported in the Vesterby Gazette on 19 November 2025.",
    "Both signed, Vestergaard said.",
    "About a third of the members voted against the pact in October 2025.",
    "Jonas Friis, in “A pact for the strait”, says that I. Vestergaard announced it in Norway.",
  ])("%s", (claim) => expect(kindsOf(claim, source, known)).toEqual([]));

  test.each([
    ["They signed it on November 12, 2025, Vestergaard said.", "date"],
    ["About half of the members voted against the pact.", "number"],
    ["Denmark signed the pact, Vestergaard said.", "name"],
    ["Vestergaard said that they “will sign the pact”.", "quotation"],
    ["Sudria and Norway have not signed the pact.", "negation"],
  ])("but not: %s", (claim, kind) => expect(kindsOf(claim, source, known)).toContain(kind));
});

// published on Wednesday, 19 November 2031
describe("days in other words", () => {
  const pass: [source: string, claim: string][] = [
    ["The bridge closed on Tuesday.", "The bridge closed on 18 November."],
    ["The bridge closed last week.", "The bridge closed in the week of November 10, 2031."],
    ["Prices rose 4% from a year earlier in October.", "Prices rose 4% between October 2030 and October 2031."],
    ["The hearing is on Dec. 6.", "The hearing is set for December 6, 2031."],
    ["The trial begins in March.", "The trial begins in March 2032."],
    ["The ferry sank a decade ago.", "The ferry sank in 2021."],
    ["The fair ran from May 3 to 7.", "The fair ran from 3 to 7 May 2031."],
    ["She joined in June 2029 and left two years later.", "She left in June 2031."],
  ];
  const fail: [source: string, claim: string][] = [
    ["The bridge closed on Tuesday.", "The bridge closed on November 17, 2031."],
    ["The bridge closed last month.", "The bridge closed in September 2031."],
    ["The trial begins in March.", "The trial begins in March 2031."],
    ["The fair ran from May 3 to 7.", "The fair ran from 3 to 8 May 2031."],
    ["He was jailed in 2015 and freed in 2019.", "He was jailed in 2019."],
  ];
  test.each(pass)("%s %s", (source, claim) => expect(kindsOf(claim, source, { published: "2031-11-19" })).toEqual([]));
  test.each(fail)("%s Not: %s", (source, claim) => expect(kindsOf(claim, source, { published: "2031-11-19" })).toContain("date"));
});

test.each([
  ["He was held in Tampa, FL, on Monday.", "He was held in Tampa, Florida."],
  ["He was held in Tampa, Florida.", "He was held in Tampa, FL."],
  ["Divers didn't discover the wreck until 1991.", "Divers discovered the wreck in 1991."],
  // a claim of two sentences, and one of another that says of one word what the claim denies
  [
    "The new quay in Tolma is expected to be open to smaller ferries from Hasle in May. But its design isn't all that new.",
    "Smaller ferries from Hasle should get the new quay in Tolma in May, though its design is not entirely new.",
  ],
  ["Moss didn't know much about the quay.", "Moss knew little about the quay."],
])("the same: %s %s", (source, claim) => expect(kindsOf(claim, source)).toEqual([]));

test("a score and a model are one figure each", () => {
  const source = "Hasle won 45 - 17 and flew home in a Falk 787-9 with 9 players hurt.";
  expect(kindsOf("Hasle, winners by 45–17, took a Falk 787-9.", source)).toEqual([]);
  expect(kindsOf("Hasle won 45-16.", source)).toEqual(["number"]);
  expect(kindsOf("Hasle had 787 players.", source)).toEqual(["number"]);
});

test.each([
  ["Residents should continue to boil water.", "Residents no longer need to boil water."],
  [
    "Anglers with nets should not panic or throw them out. The mayor asks those who find a buoy to call the harbour office in Tolma.",
    "Anglers with nets should throw them out, and those who find a buoy are asked by the mayor to call the harbour office in Tolma.",
  ],
  ["The talks in Tolma ended without a deal.", "The talks in Tolma ended with a deal."],
  ["Exports of grain from Tolma rose last year.", "Exports of grain from Tolma fell last year."],
])("denied: %s %s", (source, claim) => expect(kindsOf(claim, source)).toEqual(["negation"]));

test("a value that the source gives to something else is no value of this", () => {
  const source =
    "The hearing on the harbour is set for February in Tolma. In June the minister visited the cold store. The supercomputer stands in Vesterby and ran for a year; a fellow of the institute in Tolma wrote the paper.";
  expect(kindsOf("The hearing on the harbour is set for June in Tolma.", source)).toContain("date");
  expect(kindsOf("Work at the supercomputer in Tolma ran for a year.", source)).toContain("name");
});

test("what many sentences speak of tells little of whose value it is", () => {
  const source =
    "Tickets cost 29 dollars on the ferry. Tickets cost 20 dollars at the fair. Those who want to see the regatta pay 49 dollars for tickets.";
  expect(kindsOf("Tickets cost 49 dollars at the regatta.", source)).toEqual([]);
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
  expect(kindsOf("14 pilots resigned in Tolma.", source)).toEqual([]);
  expect(kindsOf("15 pilots resigned in Tolma.", source)).toEqual(["number"]);
});

describe("signs, forms and days", () => {
  const OUTPUT = "Output of Sudrian mills changed by −0.4 per cent in March, the statistics office said.";
  test.each([
    ["Output of Sudrian mills changed by minus 0.4 percent in March.", OUTPUT, true],
    ["Output of Sudrian mills fell by 0.4% in March.", OUTPUT, true],
    ["Output of Sudrian mills rose by 0.4% in March.", OUTPUT, false],
    ["Output of Sudrian mills changed by 0.4% in March.", OUTPUT, false],
    ["Output changed by -0.4%.", "Output dropped 0.4 per cent.", true],
    ["Output changed by -0.4%.", "Output changed by 0.4 per cent.", false],
    ["The buoy measured 14 degrees.", "The buoy measured minus 14 degrees.", false],
    ["La presa costará 1,25 millones de euros.", "La presa costará 1.250.000 euros.", true],
    ["Die Gemeinde Orbe baut dort 1450 Häuser.", "Die Gemeinde Orbe baut dort 1.450 Häuser.", true],
    ["Die Gemeinde Orbe baut dort 1450 Häuser.", "Die Gemeinde Orbe baut dort 1.540 Häuser.", false],
    ["The lock cost 1.25 million crowns.", "The lock cost 1.250.000 crowns.", true],
    ["The gate cost 3.5 million crowns.", "The gate cost 3,5 million crowns.", true],
    ["It has 48,300 visitors.", "It has 48.300 visitors.", true],
    ["It has 48 visitors.", "It has 48.300 visitors.", false],
  ])("%s | %s", (claim, source, holds) => expect(kindsOf(claim, source).length === 0).toBe(holds));

  test.each([
    ["Output of Sudrian mills rose by 0.4% in March.", OUTPUT, true],
    ["Output of Sudrian mills changed by 0.4% in March.", OUTPUT, false],
    ["Output changed by -0.4%.", "Output grew by 0.4 per cent.", true],
    ["Orbe Rovers have 41 points.", "Orbe Rovers: Played 19; Points 39.", true],
    ["Orbe Rovers have 41 fans.", "Orbe Rovers: Played 19; Points 39.", false],
  ])("%s | %s is the opposite: %s", (claim, source, opposite) =>
    expect(checkFacts(claim, cited(source)).findings.some(({ contradicted }) => contradicted)).toBe(opposite),
  );

  // published on a Tuesday
  test.each([
    ["The pool stays shut until", "The pool stays shut until Saturday.", "10 May 2025", "3 May 2025"],
    ["The mayor signed the lease on", "The mayor signed the lease on Friday.", "2 May 2025", "9 May 2025"],
    ["Lorries will be banned from", "Lorries will be banned from Thursday.", "8 May 2025", "1 May 2025"],
    ["The ferry has been idle since", "The ferry has been idle since Monday.", "5 May 2025", "12 May 2025"],
    ["The court sits on", "The court sits this Thursday.", "8 May 2025", "1 May 2025"],
  ])("%s … | %s", (claim, source, right, wrong) => {
    const known = { published: "2025-05-06" };
    expect(kindsOf(`${claim} ${right}.`, source, known)).toEqual([]);
    expect(kindsOf(`${claim} ${wrong}.`, source, known)).toEqual(["date"]);
  });
});
