// What `briefing eval` does: runs the sets that are asked for. Vectors of the sets are kept in the system's temporary folder, so that measuring
// again is quick.
import { tmpdir } from "node:os";
import path from "node:path";
import { misuse } from "../../../src/failure.ts";
import { createCachedEmbedder } from "./cached-embedder.ts";
import type { EvaluationOptions, EvaluationPieces, SetReport } from "./evaluation.ts";
import { EVALUATION_SETS } from "./sets.ts";

/** All sets for null. Throws Failure `set_unknown` (exit 2) for a name that is not among them. */
export async function evaluate(
  pieces: EvaluationPieces,
  set: string | null,
  options: EvaluationOptions = {},
): Promise<SetReport[]> {
  const chosen = set === null ? EVALUATION_SETS : EVALUATION_SETS.filter((one) => one.name === set);
  if (chosen.length === 0) {
    const names = EVALUATION_SETS.map((one) => one.name).join(", ");
    throw misuse("set_unknown", `There is no evaluation set "${set}".`, `Sets: ${names}; without a name all are run.`);
  }
  const embedder = await createCachedEmbedder(pieces.embedder, path.join(tmpdir(), "briefing-eval-vectors"));
  const reports: SetReport[] = [];
  for (const one of chosen) reports.push(await one.run({ ...pieces, embedder }, options));
  return reports;
}
