import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findDates } from "../../src/text/dates.ts";

const values = (text: string, reference?: string): string[] => findDates(text, reference).map((date) => date.value);

test.each([
  ["31 October 2025 23:03", ["2025-10-31T23:03"]],
  ["Mon Oct 27 2025", ["2025-10-27"]],
  ["November 4, 2025", ["2025-11-04"]],
  ["the 4th of Nov. 2025", ["2025-11-04"]],
  ["SEPT. 9, 2024", ["2024-09-09"]],
  ["31st October, 2025", ["2025-10-31"]],
  ["31-Oct-2025", ["2025-10-31"]],
  ["2025-10-31T23:03:15.250+05:00", ["2025-10-31T23:03:15+05:00"]],
  ["2025-10-31 08:00 UTC", ["2025-10-31T08:00Z"]],
  ["2025/10/31", ["2025-10-31"]],
  ["31.10.2025", ["2025-10-31"]],
  ["10/31/2025", ["2025-10-31"]],
  ["05.05.2025", ["2025-05-05"]],
  ["Oct 2025", ["2025-10"]],
  ["Fri, 31 Oct 2025 23:03:00 +0400", ["2025-10-31T23:03:00+04:00"]],
  ["Fri, 31 Oct 2025 23:03:00 GMT", ["2025-10-31T23:03:00Z"]],
  ["31 Oct 2025, 9:05 pm PKT", ["2025-10-31T21:05+05:00"]],
  ["12:30 a.m. on 1 May 2024", ["2024-05-01T00:30"]],
  ["4:12 PM EST, Tue November 4, 2025", ["2025-11-04T16:12-05:00"]],
  ["Nov 2, 2025 | 3:15 PM IST", ["2025-11-02T15:15"]], // three zones are called IST
  ["Mon Oct 27 10:23:45 GMT 2025", ["2025-10-27T10:23:45Z"]],
  ["Mon Oct 27 2025 10:00:00 GMT+0500 (Local Time)", ["2025-10-27T10:00:00+05:00"]],
  ["27–31 October 2025", ["2025-10-27", "2025-10-31"]],
  ["October 27-29, 2025", ["2025-10-27", "2025-10-29"]],
  ["31. Oktober 2025", ["2025-10-31"]],
  ["31 de octubre de 2025", ["2025-10-31"]],
  ["31 октября 2025", ["2025-10-31"]],
  ["2025年10月31日", ["2025-10-31"]],
  ["A truce of June 2022, the 2021 handover and the vote in 1999.", ["2022-06", "2021", "1999"]],
])("%s", (text, expected) => {
  expect(values(text)).toEqual(expected);
});

test.each([
  "31 Feb 2025",
  "29 February 2023",
  "2025-13-01",
  "32.10.2025",
  "13/13/2025",
  "04/11/2025", // April or November
  "03.05.2025",
  "04/11/25",
  "version 1.2.2025.7",
  "the 2000 soldiers in 2000 villages",
  "He may 2025 times march 2000 miles",
  "call 2025-10-31-4455",
  "in 2023 people",
  "room 1999",
  "October 31", // no year, and nothing to infer it from
])("says nothing of: %s", (text) => {
  expect(values(text)).toEqual([]);
});

test("a caller that knows the order of day and month gets the date in figures", () => {
  expect(findDates("04/11/2025", undefined, "day-first")[0]?.value).toBe("2025-11-04");
  expect(findDates("04/11/2025", undefined, "month-first")[0]?.value).toBe("2025-04-11");
});

test("the reference fills in what newspapers leave out, and says so", () => {
  expect(values("on 27 October and December 28", "2025-11-02")).toEqual(["2025-10-27", "2025-12-28"]);
  expect(values("on 28 December", "2026-01-03")).toEqual(["2025-12-28"]);
  expect(values("31/10/25", "2025-11-02")).toEqual(["2025-10-31"]);
  expect(values("31/10/88", "2025-11-02")).toEqual([]);
  expect(findDates("27 October", "2025-11-02")[0]?.inferred).toBe(true);
});

test("labels: what the text calls its dates", () => {
  const found = findDates("Published: 31 Oct 2025\nLast updated on November 4, 2025 at 10:15 AM GMT+5\nThe siege of 4 May 1942");
  expect(found.map((date) => [date.value, date.label])).toEqual([
    ["2025-10-31", "published"],
    ["2025-11-04T10:15+05:00", "updated"],
    ["1942-05-04", null],
  ]);
});

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });

test("every way of writing a day gives that day, wherever it stands", () => {
  const forms: ((y: number, m: number, d: number) => string)[] = [
    (y, m, d) => `${d} ${MONTHS[m - 1]} ${y}`,
    (y, m, d) => `${MONTHS[m - 1]} ${d}, ${y}`,
    (y, m, d) => `${MONTHS[m - 1]?.slice(0, 3)}. ${d}th, ${y}`,
    (y, m, d) => `${d} ${MONTHS[m - 1]?.toUpperCase()} ${y}`,
    (y, m, d) => `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`,
    (y, m, d) => `${y}/${m}/${d}`,
  ];
  fc.assert(
    fc.property(day, fc.constantFrom(...forms), fc.constantFrom("", "It ended on ", "«", "Berlin, "), (date, form, before) => {
      const iso = date.toISOString().slice(0, 10);
      const written = form(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
      const text = `${before}${written}; nothing else.`;
      const found = findDates(text);
      expect(found.map((each) => each.value)).toEqual([iso]);
      expect(text.slice(found[0]?.start, found[0]?.end)).toContain(written);
    }),
  );
});

test("on any text: in order, no overlap, only real calendar days", () => {
  const noise = fc.array(
    fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        "31",
        " ",
        "Feb",
        "2025",
        "/",
        ".",
        "-",
        "Oct",
        ":",
        "12",
        "T",
        "of",
        "Mon,",
        "in",
        "23:59",
        "pm",
        "Updated",
      ),
    ),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(noise, (parts) => {
      const text = parts.join("");
      let reached = 0;
      for (const date of findDates(text, "2025-11-02")) {
        expect(date.start).toBeGreaterThanOrEqual(reached);
        expect(date.end).toBeGreaterThan(date.start);
        expect(date.end).toBeLessThanOrEqual(text.length);
        reached = date.end;
        expect(date.value).toMatch(/^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?$/);
        const calendar = date.value.slice(0, 10);
        expect(new Date(calendar).toISOString().slice(0, calendar.length)).toBe(calendar);
      }
    }),
    { numRuns: 500 },
  );
});

test("a megabyte without line breaks is read in one pass", () => {
  expect(findDates("1 ".repeat(500_000))).toEqual([]);
  expect(findDates("Mon, ".repeat(200_000))).toEqual([]);
  expect(findDates(`${"a".repeat(1_000_000)} 31 October 2025`)).toHaveLength(1);
});
