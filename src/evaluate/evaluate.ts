// What `briefing eval` does: runs one set or all of them and gives their reports. Vectors of the sets are kept in the system's temporary
// folder, so that measuring again is quick.
import { tmpdir } from "node:os";
import path from "node:path";
import { Failure } from "../failure.ts";
import { createCachedEmbedder } from "./cached-embedder.ts";
import type { EvaluationOptions, EvaluationPieces, SetReport } from "./evaluation.ts";
import { EVALUATION_SETS } from "./sets.ts";

/** Throws Failure `set_unknown` (exit 2) for a name that is not in the registry. */
export async function evaluate(
  pieces: EvaluationPieces,
  set: string | null,
  options: EvaluationOptions = {},
): Promise<SetReport[]> {
  const chosen = set === null ? EVALUATION_SETS : EVALUATION_SETS.filter((one) => one.name === set);
  if (chosen.length === 0) {
    const names = EVALUATION_SETS.map((one) => one.name).join(", ");
    throw new Failure("set_unknown", `There is no evaluation set "${set}".`, `Sets: ${names}; without a name all are run.`, {
      exit: 2,
    });
  }
  const embedder = await createCachedEmbedder(pieces.embedder, path.join(tmpdir(), "briefing-eval-vectors"));
  const reports: SetReport[] = [];
  for (const one of chosen) reports.push(await one.run({ ...pieces, embedder }, options));
  return reports;
}
