import { expect, test } from "vitest";
import { dateInWords } from "../../src/language/date-words.ts";

test.each([
  ["2025-10-31", "31 Oct 2025"],
  ["2025-01-05T23:03", "5 Jan 2025"],
  ["2025-12-31T23:59:59+14:00", "31 Dec 2025"],
  ["2025-10", "Oct 2025"],
  ["2025", "2025"],
])("%s is written %s", (value, words) => {
  expect(dateInWords(value)).toBe(words);
});
