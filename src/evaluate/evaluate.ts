// What `briefing eval` and `briefing bench` do: load the sets and timings, which are no part of the program, and run them. Vectors of the
// sets are kept in the system's temporary folder, so that measuring again is quick.
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "../failure.ts";
import { PROJECT_ROOT } from "../project.ts";
import type { BenchProgress, BenchReport, EvaluationOptions, EvaluationPieces, Measures, SetReport } from "./evaluation.ts";

/** Throws Failure `set_unknown` (exit 2) for a name that is not in the registry. */
export async function evaluate(
  pieces: EvaluationPieces,
  set: string | null,
  options: EvaluationOptions = {},
): Promise<SetReport[]> {
  const { EVALUATION_SETS, createCachedEmbedder } = await measures();
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

/** Times the program's own parts. */
export async function timed(pieces: EvaluationPieces, progress: BenchProgress): Promise<BenchReport> {
  return (await measures()).bench(pieces, progress);
}

/** Throws Failure `sets_missing` where the program was installed without them. */
async function measures(): Promise<Measures> {
  try {
    return (await import(pathToFileURL(path.join(PROJECT_ROOT, "dist/measures.js")).href)) as Measures;
  } catch (cause) {
    throw new Failure("sets_missing", "The test sets are not here.", "They come with the repository, in tests/benchmarks.", {
      cause,
    });
  }
}
