// Months and days without a year: what is planned, hoped for or possible lies ahead, what was done lies behind.
import { expect, test } from "vitest";
import { findEventTimes } from "../../src/text/event-times.ts";
import { deniesPlan } from "../../src/text/event-times.ts";

const PUBLISHED = "2031-11-05";
const datesOf = (text: string): string[] => findEventTimes(text, PUBLISHED).map(({ date }) => date);

test.each([
  ["Ruda said that the mill was not planning further cuts in December.", "2031-12"],
  ["The port is considering another toll in January.", "2032-01"],
  ["The museum opens in May.", "2032-05"],
  ["The new rules take effect next year, and the toll begins on 1 February.", "2032-02-01"],
  ["Analysts forecast a shortage of grain in March.", "2032-03"],
  ["The council may close the pool in April.", "2032-04"],
  ["The bridge could reopen on 3 January.", "2032-01-03"],
  ["The ministry hopes for a deal in February.", "2032-02"],
  ["The trial had been due to begin in December.", "2031-12"],
  ["Members voted to leave the league in January.", "2032-01"],
  ["The mill has no plans to hire in spring or in March.", "2032-03"],
])("ahead: %s", (text, date) => expect(datesOf(text)).toContain(date));

test.each([
  ["Grain sales fell in December.", "2030-12"],
  ["The toll was proposed in October.", "2031-10"],
  ["The mayor in October revealed bold plans to widen the quay.", "2031-10"],
  ["The port promised in March to build a shed.", "2031-03"],
  ["Most traders had expected a cut in October.", "2031-10"],
  ["The ministry proposed a new toll in September.", "2031-09"],
  ["The builders got planning permission in March.", "2031-03"],
  ["The two sides could not agree in June.", "2031-06"],
  ["The fire may have begun in July.", "2031-07"],
  ["Voters rejected the plan for a dam in April.", "2031-04"],
  ["In March the port was considering a sale.", "2031-03"],
  ["The ferry opened in May.", "2031-05"],
])("behind: %s", (text, date) => expect(datesOf(text)).toEqual([date]));

test.each([
  ["The mill was not planning further cuts in December.", true],
  ["The league has ruled out a second match in January.", true],
  ["She doesn't intend to stand again in March.", true],
  ["The board has no plans for a sale in May.", true],
  ["The port is planning a second quay in May.", false],
  ["The fair will not take place in May.", false],
])("a plan that is denied: %s", (text, denied) => {
  const [time] = findEventTimes(text, PUBLISHED);
  expect(deniesPlan(text, time?.start ?? 0, time?.end ?? 0)).toBe(denied);
});

// published on Tuesday, 6 May 2025
test.each([
  ["The road to Hasle stays closed until Thursday.", "2025-05-08"],
  ["The bridge at Brekke is to reopen by Friday.", "2025-05-09"],
  ["The council will vote on the new road on Monday.", "2025-05-12"],
  ["Heavy lorries are banned from Wednesday.", "2025-05-07"],
  ["The mayor resigned on Sunday.", "2025-05-04"],
  ["Digging was stopped on Saturday.", "2025-05-03"],
  ["The school in Hasle reopens next Tuesday.", "2025-05-13"],
  ["A hearing is set for Friday week.", "2025-05-16"],
  ["The court hears the case this Thursday.", "2025-05-08"],
  ["The ferry to Moss did not sail last Thursday.", "2025-05-01"],
  ["Rain is due on Thursday.", "2025-05-08"],
  ["The river peaked on Monday night.", "2025-05-05"],
  ["The firm has until Friday to reply.", "2025-05-09"],
  ["Drivers must register before Saturday.", "2025-05-10"],
  ["Banks reopen on Wednesday.", "2025-05-07"],
  ["Heavy lorries were banned from Wednesday.", "2025-04-30"],
  ["Talks start on Friday.", "2025-05-09"],
  ["The vote is scheduled for Thursday.", "2025-05-08"],
  ["He was arrested before Saturday's march.", "2025-05-03"],
  ["The ban runs until Sunday.", "2025-05-11"],
  ["The strike lasted until Sunday.", "2025-05-04"],
  ["Tickets go on sale Thursday.", "2025-05-08"],
  ["Police said on Monday that the road would stay closed until Thursday.", "2025-05-05,2025-05-08"],
  ["The minister, who resigned on Sunday, will be replaced on Friday.", "2025-05-04,2025-05-09"],
  ["The deadline is Friday.", "2025-05-09"],
  ["He has been missing since Thursday.", "2025-05-01"],
  ["The team plays its next match on Saturday.", "2025-05-10"],
])("which weekday: %s", (text, dates) =>
  expect(
    findEventTimes(text, "2025-05-06")
      .map(({ date }) => date)
      .join(","),
  ).toBe(dates),
);
