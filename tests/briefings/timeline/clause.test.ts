// What of a sentence belongs to which of its times.
import { expect, test } from "vitest";
import { clauseOf, isAside, mainTime } from "../../../src/briefings/timeline/clause.ts";
import { findEventTimes } from "../../../src/text/event-times.ts";

const timesOf = (text: string) => findEventTimes(text, "2033-06-15");

test.each([
  [
    "Brell Mills was founded in 1990 and was bought by the Ostrin group in 2021 for 9 million crowns.",
    ["Brell Mills was founded in 1990.", "Brell Mills was bought by the Ostrin group in 2021 for 9 million crowns."],
  ],
  [
    "A truce was agreed in June 2030 and renewed in August 2030.",
    ["A truce was agreed in June 2030.", "A truce was renewed in August 2030."],
  ],
  [
    "She will be followed by Edda Korn, who has led the Tessmar works since 2028.",
    ["Edda Korn has led the Tessmar works since 2028."],
  ],
  ["The ferry began in 2029 and sank in 2032.", ["The ferry began in 2029.", "The ferry sank in 2032."]],
  ["Prices in May were higher than in April.", [null, null]],
  ["The bridge, built in 2020, fell in 2031.", [null, null]],
])("clauses of %s", (text, clauses) => expect(timesOf(text).map((time) => clauseOf(text, time))).toEqual(clauses));

test.each([
  ["Prices in May 2033 were 5 percent higher, after 6 percent in April 2033.", "2033-05"],
  ["Orla Venn will leave on 1 July 2033, the firm's owner said on Thursday.", "2033-07-01"],
  ["After the flood of 2031, the town built a wall in 2032.", "2032"],
  ["The strike ended on 3 May 2033, which nobody had expected in April 2033.", "2033-05-03"],
])("the time that the sentence is about: %s", (text, date) => expect(mainTime(text, timesOf(text))?.date).toBe(date));

test("a time that only places the rest stands aside", () => {
  const text = "He is followed by a man who has led the works since 2028.";
  expect(timesOf(text).map((time) => isAside(text, time))).toEqual([true]);
});
