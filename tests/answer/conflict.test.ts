import { expect, test } from "vitest";
import { conflictOf } from "../../src/answer/conflict.ts";
import { readStatement } from "../../src/answer/statement.ts";
import pairs from "../fixtures/disagreement-pairs.json" with { type: "json" };

const judged = pairs.map(({ a, b, label }) => ({
  label,
  found: conflictOf(readStatement(a.text, a.published), readStatement(b.text, b.published)),
  a: a.text,
  b: b.text,
}));

test("of the pairs that disagree at least 80 in 100 are found, of the others at most 5 in 100 raise an alarm", () => {
  const disagreeing = judged.filter((pair) => pair.label === "disagree");
  const others = judged.filter((pair) => pair.label === "none");
  const missed = disagreeing.filter((pair) => pair.found === null);
  const alarms = others.filter((pair) => pair.found !== null);
  expect(missed.length / disagreeing.length).toBeLessThanOrEqual(0.2);
  expect(alarms.length / others.length).toBeLessThanOrEqual(0.05);
});
