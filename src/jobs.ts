// Jobs of the command line that work and report: carrying the stores to another place, registering slash commands, timings, evaluation sets.
// Loaded when one is asked for.
import type { App } from "./app.ts";
import { evaluate, timed } from "./evaluate/evaluate.ts";
import { benchLines, reportLines } from "./evaluate/report-lines.ts";
import type { Job, JobReport } from "./results.ts";
import type { Settings } from "./settings.ts";
import { moveStores } from "./stores/relational/move-stores.ts";

/** `open` builds the program, which is closed behind a job that measures it. */
export async function runJob(
  job: Job,
  parts: { settings: Settings; open: () => App; onDoing: (text: string) => void },
): Promise<JobReport> {
  const { settings, onDoing } = parts;
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
  const { briefing, pieces } = parts.open();
  try {
    if (job.kind === "bench") {
      const report = await timed(pieces, ({ doing, done, total }) => onDoing(`${doing} ${done}/${total}`));
      return { report, lines: benchLines(report) };
    }
    const reports = await evaluate(pieces, job.set, {
      sample: job.sample,
      onProgress: ({ set, done, total, doing }) => onDoing(`${set}: ${doing} ${done}/${total}`),
    });
    return { report: { reports }, lines: reportLines(reports) };
  } finally {
    await briefing.close();
  }
}
