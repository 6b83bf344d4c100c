// Which of its times a sentence is about.
import { expect, test } from "vitest";
import { isAside, mainTime } from "../../../src/briefings/timeline/main-time.ts";
import { findEventTimes } from "../../../src/text/event-times.ts";

const timesOf = (text: string) => findEventTimes(text, "2033-06-15");

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
