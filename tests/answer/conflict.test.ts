import { expect, test } from "vitest";
import { conflictOf, isMereComment } from "../../src/answer/conflict.ts";
import { readStatement } from "../../src/answer/statement.ts";
import hard from "../fixtures/disagreement-pairs-hard.json" with { type: "json" };
import roles from "../fixtures/disagreement-pairs-roles.json" with { type: "json" };
import pairs from "../fixtures/disagreement-pairs.json" with { type: "json" };

interface Pair {
  label: string;
  a: { text: string; published: string };
  b: { text: string; published: string };
}

// of the hard pairs one half was never looked at while the comparison was weighed
test.each([
  ["plain", pairs, 0.2, 0.05],
  ["hard, open half", hard.filter(({ set }) => set === "open"), 0.2, 0.08],
  ["hard, held half", hard.filter(({ set }) => set === "held"), 0.2, 0.2],
  ["roles and results, open half", roles.filter(({ set }) => set === "open"), 0.15, 0.05],
  ["roles and results, held half", roles.filter(({ set }) => set === "held"), 0.15, 0.15],
])("%s pairs: most that disagree are found, few others raise an alarm", (_, set: Pair[], missing, alarming) => {
  const judged = set.map(({ a, b, label }) => ({
    label,
    found: conflictOf(readStatement(a.text, a.published), readStatement(b.text, b.published)),
  }));
  const disagreeing = judged.filter((pair) => pair.label === "disagree");
  const others = judged.filter((pair) => pair.label === "none");
  expect(disagreeing.filter((pair) => pair.found === null).length / disagreeing.length).toBeLessThanOrEqual(missing);
  expect(others.filter((pair) => pair.found !== null).length / others.length).toBeLessThanOrEqual(alarming);
});

test("an opinion that judges what a report tells is no other account of it; another figure is", () => {
  const between = (a: string, b: string, genres: ("report" | "opinion")[]): boolean | null => {
    const read = [a, b].map((text) => readStatement(text, "2033-03-05"));
    const [one, other] = read;
    const conflict = one === undefined || other === undefined ? null : conflictOf(one, other);
    return conflict === null ? null : !isMereComment(conflict, read, genres);
  };
  const talks = "The Tolm talks ended without an agreement.";
  expect(between(talks, "The Tolm talks were a success.", ["report", "report"])).toBe(true);
  expect(between(talks, "The Tolm talks were a success.", ["opinion", "opinion"])).toBe(true);
  expect(between(talks, "The Tolm talks were a success.", ["report", "opinion"])).toBe(false);
  expect(between("The Lirr dam cost 410 million crowns.", "The Lirr dam cost 620 million crowns.", ["report", "opinion"])).toBe(
    true,
  );
});
