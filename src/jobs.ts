// Jobs of the command line that work and report: carrying the stores to another place, registering slash commands, timings, evaluation sets.
// Loaded when one is asked for.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Failure } from "./failure.ts";
import { PROJECT_ROOT } from "./project.ts";
import type { Job, JobReport, MeasuringJob } from "./results.ts";
import type { Settings } from "./settings.ts";
import { moveStores } from "./stores/relational/move-stores.ts";

/** `onDoing` is told what is being worked on. Throws Failure `sets_missing` where the program was installed without its test sets. */
export async function runJob(job: Job, settings: Settings, onDoing: (text: string) => void): Promise<JobReport> {
  if (job.kind === "move") {
    const onProgress = (done: number, total: number): void => onDoing(`document ${done} of ${total}`);
    const report = await moveStores({ ...settings, to: job.to, onProgress });
    const { documents, already, passages, vectors, records, others, checksum } = report;
    const left = others === 0 ? "" : `; ${others} other documents were there and stay`;
    const next = job.to === "postgres" ? "DATABASE_URL is used from now on." : "Take DATABASE_URL out to use the files.";
    const lines = [
      `${documents} documents moved, ${already} were there already: ${passages} passages with ${vectors} vectors, ${records} records of the memory${left}`,
      `All was read back and is the same (${checksum}). ${next}`,
    ];
    return { report, lines };
  }
  if (job.kind === "register") {
    const { registerCommands } = await import("./deliver/discord/registration.ts");
    const report = await registerCommands(settings, job.dryRun);
    const changes = (["added", "changed", "removed"] as const).flatMap((kind) =>
      report[kind].length > 0 ? [`${kind}: ${report[kind].join(", ")}`] : [],
    );
    const unwritten = report.written ? "" : " (nothing was written)";
    const line = changes.length === 0 ? "nothing differs" : `${changes.join("; ")}${unwritten}`;
    return { report, lines: [`${report.scope}: ${line}`] };
  }
  return (await measures()).measure(job, settings, onDoing);
}

/** The evaluation sets and timings: they stand in tests/benchmarks and are compiled beside the program, of which they are no part. */
interface Measures {
  measure(job: MeasuringJob, settings: Settings, onDoing: (text: string) => void): Promise<JobReport>;
}

async function measures(): Promise<Measures> {
  try {
    return (await import(pathToFileURL(path.join(PROJECT_ROOT, "dist/measures.js")).href)) as Measures;
  } catch (cause) {
    const hint = "They come with the repository, in tests/benchmarks.";
    throw new Failure("sets_missing", "The test sets are not here.", hint, { cause });
  }
}
