// Sixty made-up sentences with and without time expressions, resolved against the day they were published.
import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { expect, test } from "vitest";
import { findEventTimes } from "../../src/text/event-times.ts";
import sentences from "../fixtures/event-times.json" with { type: "json" };

test("at least 95 of 100 sentences are resolved exactly", () => {
  const wrong = sentences.flatMap(({ text, published, times }) => {
    const found = findEventTimes(text, published).map(({ date, until }) => (until === null ? date : `${date}/${until}`));
    return JSON.stringify(found) === JSON.stringify(times)
      ? []
      : [`${text} ${JSON.stringify(found)}, not ${JSON.stringify(times)}`];
  });
  console.log(wrong.join("\n"));
  expect(wrong.length / sentences.length).toBeLessThanOrEqual(0.05);
});

test("whatever the text, times are in order, do not overlap and are calendar dates", () => {
  const piece = constantFrom(
    "on Tuesday ",
    "in May ",
    "2030 ",
    "the next day ",
    "31 February ",
    "from 3 to ",
    "7 June ",
    "last year, ",
    "x. ",
  );
  assert(
    property(array(oneof(piece, string({ maxLength: 8 })), { maxLength: 12 }), (pieces) => {
      let reached = 0;
      for (const { start, end, date, precision } of findEventTimes(pieces.join(""), "2031-05-09")) {
        expect(start).toBeGreaterThanOrEqual(reached);
        expect(end).toBeGreaterThan(start);
        reached = end;
        expect(date.length).toBe({ day: 10, month: 7, year: 4 }[precision]);
        expect(Number.isNaN(Date.parse(date))).toBe(false);
      }
    }),
  );
});

test.each([
  ["The mayor didn't see Moss on Tuesday.", ["2031-05-06"]],
  ["“There is a case,” the prosecutor, Ada Moss, said on Tuesday.", ["2031-05-06"]],
  ["Hasle won and clinched a ticket to next year's cup.", []],
  ["The club is unlikely to sign anybody next month.", ["2031-06"]],
  ["The port closed on 12 May 2031.", ["2031-05-12"]],
])("what is told as done lies behind: %s", (text, dates) =>
  expect(findEventTimes(text, "2031-05-09").map(({ date }) => date)).toEqual(dates),
);
