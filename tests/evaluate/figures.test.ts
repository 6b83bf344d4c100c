// Figures of merit and their intervals, against values worked out by hand.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { meanWithInterval, withInterval } from "../benchmarks/evaluation/bootstrap.ts";
import { readCsv } from "../benchmarks/evaluation/csv.ts";
import {
  areaUnderCurve,
  averagePrecision,
  balancedAccuracy,
  coveredShare,
  reciprocalRank,
} from "../benchmarks/evaluation/metrics.ts";

test("rankings", () => {
  expect(reciprocalRank([false, false, true, true], 10)).toBeCloseTo(1 / 3);
  expect(reciprocalRank([false, false, true], 2)).toBe(0);
  expect(averagePrecision(["a", "x", "b"], new Set(["a", "b", "c"]))).toBeCloseTo((1 + 2 / 3) / 3);
  expect(averagePrecision([], new Set(["a"]))).toBe(0);
});

test("covered characters are counted once, also where stretches overlap", () => {
  const wanted = [
    { start: 10, end: 20 },
    { start: 30, end: 40 },
  ];
  expect(coveredShare(wanted, [{ start: 0, end: 15 }])).toBeCloseTo(0.25);
  const overlapping = [
    { start: 12, end: 35 },
    { start: 5, end: 32 },
  ];
  expect(coveredShare(wanted, overlapping)).toBeCloseTo(0.75);
  expect(coveredShare(wanted, [])).toBe(0);
});

test("decisions", () => {
  const rows = [0.9, 0.8, 0.8, 0.1].map((score, at) => ({ score, positive: at < 2 }));
  expect(areaUnderCurve(rows)).toBeCloseTo(3.5 / 4);
  expect(areaUnderCurve([{ score: 1, positive: true }])).toBeNaN();
  const decided = [true, true, false, false].map((positive, at) => ({ positive, decided: at === 0 }));
  expect(balancedAccuracy(decided)).toBeCloseTo(0.75);
});

test("the area is the share of pairs in the right order", () => {
  const rows = fc.array(fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() }), {
    minLength: 2,
    maxLength: 30,
  });
  fc.assert(
    fc.property(rows, (list) => {
      const good = list.filter((row) => row.positive);
      const bad = list.filter((row) => !row.positive);
      const pairs = good.flatMap((one) =>
        bad.map((other) => (one.score > other.score ? 1 : one.score === other.score ? 0.5 : 0)),
      );
      fc.pre(pairs.length > 0);
      expect(areaUnderCurve(list)).toBeCloseTo(pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length);
    }),
  );
});

test("an interval holds its mean, narrows with more rows, and is the same each time", () => {
  const few = Array.from({ length: 20 }, (_, at) => at % 2);
  const many = Array.from({ length: 2000 }, (_, at) => at % 2);
  const [narrow, wide] = [meanWithInterval(many), meanWithInterval(few)];
  expect(wide.value).toBe(0.5);
  expect(wide.low).toBeLessThan(0.4);
  expect(wide.high).toBeGreaterThan(0.6);
  expect(narrow.high - narrow.low).toBeLessThan((wide.high - wide.low) / 4);
  expect(meanWithInterval(few)).toEqual(wide);
  expect(withInterval([], () => 0)).toEqual({ value: 0, low: 0, high: 0 });
});

test("comma-separated values with quotes, commas and line breaks in fields", () => {
  const text = 'a,b\n1,"x, ""y"" \n z"\r\n2,\n';
  expect(readCsv(text)).toEqual([
    { a: "1", b: 'x, "y" \n z' },
    { a: "2", b: "" },
  ]);
});
