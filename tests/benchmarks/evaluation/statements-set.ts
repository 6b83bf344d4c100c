// Our own made-up news sentences with claims about them: true paraphrases, things told as facts that the source only fears, plans or denies,
// numbers and deeds bound to the wrong thing, one word put in another's place. Only the half that the gate was not made with is measured.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { EvaluationOptions, EvaluationPieces, Figure } from "../../../src/evaluate/evaluation.ts";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { meanWithInterval } from "./bootstrap.ts";
import { sampled } from "./searching.ts";

const FILE = path.join(PROJECT_ROOT, "tests/fixtures/gate/statements.json");

interface Statements {
  held_back: { source: string; claims: [kind: string, claim: string][] }[];
}

/** One figure for each kind of claim; none where the tests did not come along. */
export function statementFigures(pieces: EvaluationPieces, options: EvaluationOptions): Figure[] {
  if (!existsSync(FILE)) return [];
  const { held_back } = JSON.parse(readFileSync(FILE, "utf8")) as Statements;
  const rows = sampled(held_back, options).flatMap(({ source, claims }) =>
    claims.map(([kind, claim]) => ({ kind, right: pieces.verify(claim, source).supported === (kind === "true") ? 1 : 0 })),
  );
  return [...new Set(rows.map(({ kind }) => kind))].map((kind) => {
    const values = rows.filter((row) => row.kind === kind).map(({ right }) => right);
    return {
      name: kind === "true" ? "paraphrases let through" : `caught: ${kind}`,
      ...meanWithInterval(values),
      n: values.length,
      goal: kind === "true" ? 0.97 : 0.9,
    };
  });
}
