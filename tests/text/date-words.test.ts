import { expect, test } from "vitest";
import { dateInWords, firstDay, isDated, lastDay } from "../../src/text/date-words.ts";

test.each([
  ["2025-10-31", "31 Oct 2025"],
  ["2025-01-05T23:03", "5 Jan 2025"],
  ["2025-12-31T23:59:59+14:00", "31 Dec 2025"],
  ["2025-10", "Oct 2025"],
  ["2025", "2025"],
])("%s is written %s", (value, words) => {
  expect(dateInWords(value)).toBe(words);
});

test.each([
  ["2025", "2025-01-01", "2025-12-31"],
  ["2024-02", "2024-02-01", "2024-02-29"],
  ["2025-10-31", "2025-10-31", "2025-10-31"],
  ["2025-10-31T23:03+04:00", "2025-10-31", "2025-10-31"],
])("%s may mean %s to %s", (value, first, last) => {
  expect(isDated(value)).toBe(true);
  expect(firstDay(value)).toBe(first);
  expect(lastDay(value)).toBe(last);
});

test.each(["2025-13", "2025-02-30", "31 Oct", "", "2025-10-31T25:00", "0000", "2025-1-1"])("%s is no date", (value) => {
  expect(isDated(value)).toBe(false);
});
