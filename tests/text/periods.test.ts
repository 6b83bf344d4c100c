// Periods are read as people mean them on a known day: Wednesday, 12 November 2025.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findPeriods } from "../../src/text/periods.ts";

const NOW = new Date("2025-11-12T15:00:00Z");
const read = (text: string): string => {
  const [period] = findPeriods(text, NOW);
  return period === undefined ? "none" : `${period.since ?? ""}..${period.until ?? ""}`;
};

test.each([
  ["What happened in September?", "2025-09-01..2025-09-30"],
  ["What happened in December?", "2024-12-01..2024-12-31"],
  ["floods in May", "2025-05-01..2025-05-31"],
  ["between June and August 2024", "2024-06-01..2024-08-31"],
  ["between November and February 2024", "2023-11-01..2024-02-29"],
  ["from 3 to 7 September", "2025-09-03..2025-09-07"],
  ["in 2023", "2023-01-01..2023-12-31"],
  ["from 2019 to 2021", "2019-01-01..2021-12-31"],
  ["since August 2021", "2021-08-01.."],
  ["before 2020", "..2019-12-31"],
  ["after June 2024", "2024-07-01.."],
  ["until November 4", "..2025-11-04"],
  ["on 31 October 2025", "2025-10-31..2025-10-31"],
  ["on October 31st, 2024", "2024-10-31..2024-10-31"],
  ["2025-10-31", "2025-10-31..2025-10-31"],
  ["on 4.5.2025", "2025-05-04..2025-05-04"],
  ["on 05/05/2025", "2025-05-05..2025-05-05"],
  ["in early October", "2025-10-01..2025-10-11"],
  ["in the first quarter of 2025", "2025-01-01..2025-03-31"],
  ["Q3 2024", "2024-07-01..2024-09-30"],
  ["in the 1990s", "1990-01-01..1999-12-31"],
  ["last winter", "2024-12-01..2025-02-28"],
])("%s", (text, expected) => expect(read(text)).toBe(expected));

test.each([
  ["since Monday", "2025-11-10.."],
  ["on Wednesday", "2025-11-12..2025-11-12"],
  ["last Wednesday", "2025-11-05..2025-11-05"],
  ["on Friday", "2025-11-07..2025-11-07"],
  ["next Tuesday", "2025-11-18..2025-11-18"],
  ["yesterday", "2025-11-11..2025-11-11"],
  ["the day before yesterday", "2025-11-10..2025-11-10"],
  ["last week", "2025-11-03..2025-11-09"],
  ["the past week", "2025-11-06..2025-11-12"],
  ["last weekend", "2025-11-08..2025-11-09"],
  ["in the last three days", "2025-11-10..2025-11-12"],
  ["in the past 48 hours", "2025-11-10..2025-11-12"],
  ["two weeks ago", "2025-10-27..2025-11-02"],
  ["last month", "2025-10-01..2025-10-31"],
  ["this year", "2025-01-01..2025-12-31"],
])("counted from now: %s", (text, expected) => {
  expect(read(text)).toBe(expected);
  expect(findPeriods(text, NOW)[0]?.relative).toBe(true);
});

test.each([
  "Who may march?",
  "the 2024 election",
  "Bloody Sunday",
  "They sold 2019 bottles",
  "room 2100-2200",
  "",
  "31 September 2025",
  "on 05/04/2025",
])("no period: %s", (text) => expect(read(text)).toBe("none"));

test("two periods that are not one stretch stay two", () => {
  expect(findPeriods("in June and in July", NOW).map((period) => period.since)).toEqual(["2025-06-01", "2025-07-01"]);
});

test.each([
  ["in the week of 28 April", "2023-04-24"],
  ["on 2 May", "2023-05-02"],
  ["between 3 and 5 December", "2022-12-03"],
  ["in the week of 28 April 2024", "2024-04-22"],
  ["yesterday", "2025-10-31"],
])("a year that is not said is none after the newest text: %s", (text, since) =>
  expect(findPeriods(text, new Date("2025-11-01"), "2023-05-20")[0]?.since).toBe(since),
);

test.each([
  ["on the weekend of 3 May 2025", "2025-05-03", "2025-05-04"],
  ["in the first week of May 2025", "2025-05-01", "2025-05-07"],
  ["in the last week of May 2025", "2025-05-25", "2025-05-31"],
  ["in the week of 7 May 2025", "2025-05-05", "2025-05-11"],
  ["in week 19 of 2025", "2025-05-05", "2025-05-11"],
  ["in week 1 of 2021", "2021-01-04", "2021-01-10"],
])("weeks: %s", (text, since, until) => expect(findPeriods(text, NOW)[0]).toMatchObject({ since, until }));

test("a period is where it says it is, in order, its bounds are real days and do not cross", () => {
  const words = fc.constantFrom(
    ..."since in last the June 31 2024 and to – between Monday three weeks ago next May, week past before Q2".split(" "),
  );
  const text = fc.array(words, { maxLength: 20 }).map((list) => list.join(" "));
  const days = fc.date({ min: new Date("1990-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(text, days, (question, now) => {
      const periods = findPeriods(question, now);
      expect(periods.map(({ start, end }) => question.slice(start, end))).toEqual(periods.map((period) => period.text));
      expect(periods.every(({ start }, index) => start >= (periods[index - 1]?.end ?? 0))).toBe(true);
      const bounds = periods.flatMap(({ since, until }) => [since, until]).filter((bound) => bound !== null);
      expect(bounds.map((bound) => new Date(`${bound}T00:00:00Z`).toISOString().slice(0, 10))).toEqual(bounds);
      expect(periods.every(({ since, until }) => (since ?? "") <= (until ?? "9999"))).toBe(true);
    }),
  );
});
