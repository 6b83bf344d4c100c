// When a daily digest runs, against runs that Python's zoneinfo found by walking through time minute by minute (support/make-runs.py).
import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextRuns, WEEKDAYS, type Schedule } from "../../../src/deliver/schedule/next-run.ts";
import { isZone, nearZones, zoneNames } from "../../../src/deliver/schedule/zones.ts";

const local = async (schedule: Schedule): Promise<string[]> => (await nextRuns(schedule)).map((run) => run.local);

const table = readFileSync(path.join(import.meta.dirname, "../../fixtures/schedule/runs.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split(" "));

test("the table is as large as it should be", () => {
  expect(table.length).toBeGreaterThan(400);
  expect(new Set(table.map(([, zone]) => zone)).size).toBeGreaterThan(40);
});

test("every row of the table", async () => {
  const wrong: string[] = [];
  for (const [from = "", zone = "", at = "", days = "", expected = ""] of table) {
    const runs = await local({
      from: new Date(from),
      zone,
      at,
      days: days === "-" ? undefined : days.split("").flatMap((day) => WEEKDAYS[Number(day)] ?? []),
      count: expected.split(",").length,
    });
    if (runs.join() !== expected) wrong.push(`${from} ${zone} ${at} ${days}: ${runs.join()} instead of ${expected}`);
  }
  expect(wrong).toEqual([]);
});

test("a run that happens at this very moment is not the next one", async () => {
  const at = { at: "08:00", zone: "Europe/Berlin", count: 1 };
  expect(await local({ ...at, from: new Date("2025-07-01T06:00:00Z") })).toEqual(["2025-07-02T08:00:00+02:00"]);
  expect(await local({ ...at, from: new Date("2025-07-01T05:59:59.999Z") })).toEqual(["2025-07-01T08:00:00+02:00"]);
});

test("UTC is written with an offset like any zone", async () => {
  expect(await local({ from: new Date("2025-01-31T12:00:00Z"), at: "00:00", zone: "UTC", count: 1 })).toEqual([
    "2025-02-01T00:00:00+00:00",
  ]);
});

const years = { min: new Date("1990-01-01T00:00:00Z"), max: new Date("2030-01-01T00:00:00Z"), noInvalidDate: true };
const zone = fc.constantFrom(...zoneNames());
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => [h, m].map((n) => String(n).padStart(2, "0")).join(":"));

test("any zone, any time: runs come one by one, later than the beginning, each local date once, at its time or behind it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.date(years), zone, time, async (from, zone, at) => {
      const runs = await nextRuns({ from, at, zone, count: 4 });
      expect(runs).toHaveLength(4);
      let before = from;
      for (const { instant, local } of runs) {
        expect(instant.getTime()).toBeGreaterThan(before.getTime());
        expect(new Date(local).getTime()).toBe(instant.getTime());
        // no more than a day and its clock change lies between two runs, but for a date that was left out
        expect(instant.getTime() - before.getTime()).toBeLessThanOrEqual(51 * 3_600_000);
        before = instant;
      }
      expect(new Set(runs.map((run) => run.local.slice(0, 10))).size).toBe(4);
      expect(runs.filter((run) => run.local.slice(11, 16) === at).length).toBeGreaterThanOrEqual(2);
    }),
    { numRuns: 150 },
  );
});

test("asked again from each run, the schedule goes on as it was listed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.date(years), zone, time, async (from, zone, at) => {
      const listed = await local({ from, at, zone, count: 4 });
      let next = from;
      for (const expected of listed) {
        const [run] = await nextRuns({ from: next, at, zone, count: 1 });
        expect(run?.local).toBe(expected);
        next = run?.instant ?? next;
      }
    }),
    { numRuns: 40 },
  );
});

test("only the days asked for", async () => {
  const runs = await nextRuns({
    from: new Date("2025-10-20T00:00:00Z"),
    at: "07:00",
    zone: "Asia/Tokyo",
    days: ["sat", "wed"],
    count: 20,
  });
  expect(new Set(runs.map((run) => new Date(`${run.local.slice(0, 10)}T00:00Z`).getUTCDay()))).toEqual(new Set([6, 3]));
});

describe("what makes no sense is refused, with the way out", () => {
  const fine: Schedule = { from: new Date("2025-01-01T00:00:00Z"), at: "08:00", zone: "Europe/Berlin", count: 1 };
  test.each<[string, Partial<Schedule>, string, RegExp]>([
    ["an hour too many", { at: "24:00" }, "time_invalid", /08:00/],
    ["one digit", { at: "8:00" }, "time_invalid", /08:00/],
    ["words", { at: "noon" }, "time_invalid", /08:00/],
    ["nothing", { at: "" }, "time_invalid", /08:00/],
    ["a misspelt zone", { zone: "Europe/Berln" }, "zone_unknown", /Europe\/Berlin/],
    ["a city", { zone: "New York" }, "zone_unknown", /America\/New_York/],
    ["an offset", { zone: "+02:00" }, "zone_unknown", /Europe\/Berlin/],
    ["another planet", { zone: "Mars/Xqzt" }, "zone_unknown", /./],
    ["no zone", { zone: "" }, "zone_unknown", /./],
    ["the Pacific coast's winter", { zone: "PST" }, "zone_unknown", /America\/Los_Angeles/],
    ["its summer", { zone: "pdt" }, "zone_unknown", /America\/Los_Angeles/],
    ["three places' time", { zone: "IST" }, "zone_unknown", /Asia\/Kolkata.*Europe\/Dublin.*Asia\/Jerusalem/],
    ["two continents' time", { zone: "CST" }, "zone_unknown", /America\/Chicago.*Asia\/Shanghai/],
    ["a clock without summer time", { zone: "EST" }, "zone_unknown", /America\/New_York/],
    ["an old name of New York's", { zone: "EST5EDT" }, "zone_unknown", /America\/New_York/],
    ["a clock of many places", { zone: "CEST" }, "zone_unknown", /Europe\/Berlin/],
    ["no date", { from: new Date("yesterday") }, "date_invalid", /2025/],
    ["no runs", { count: 0 }, "count_invalid", /1000/],
    ["half a run", { count: 1.5 }, "count_invalid", /1000/],
    ["too many runs", { count: 1_001 }, "count_invalid", /1000/],
  ])("%s", async (_, part, code, hint) => {
    await expect(nextRuns({ ...fine, ...part })).rejects.toMatchObject({
      code,
      exit: 2,
      hint: expect.stringMatching(hint) as string,
    });
  });
});

describe("zones", () => {
  test.each([
    ["berl", "Europe/Berlin"],
    ["Europe/Berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["los angelos", "America/Los_Angeles"],
    ["são paulo", "America/Sao_Paulo"],
    ["utc", "UTC"],
    ["EST", "America/New_York"],
    ["pst", "America/Los_Angeles"],
    ["ET", "America/New_York"],
    ["istanb", "Europe/Istanbul"],
  ])("%s is near", (query, expected) => {
    expect(nearZones(query, 25)[0]).toBe(expected);
  });
  test("every listed name is one, in any capitals", () => {
    expect(zoneNames().filter((name) => !isZone(name) || !isZone(name.toLowerCase()))).toEqual([]);
    expect(nearZones("", 25)).toHaveLength(25);
  });
  test("what an abbreviation stands for is a zone, and names of the database stay ones", () => {
    const offered = ["PST", "IST", "CST", "BST", "AST", "AEST", "MSK"].flatMap((short) => nearZones(short, 3));
    expect(offered.filter((name) => !isZone(name))).toEqual([]);
    expect(["UTC", "GMT", "CET", "Cuba", "Japan", "GB", "Etc/GMT+5"].filter((name) => !isZone(name))).toEqual([]);
  });
  test("any query is taken", () => {
    const query = fc.property(fc.string(), (query) => {
      expect(nearZones(query, 5).length).toBeLessThanOrEqual(5);
    });
    fc.assert(query, { numRuns: 30 });
  });
});
