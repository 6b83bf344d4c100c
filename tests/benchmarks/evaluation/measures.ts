// What the program loads for `eval` and `bench`, from dist/measures.js.
import type { JobReport, MeasuringJob } from "../../../src/results.ts";
import type { Settings } from "../../../src/settings.ts";
import { bench } from "./bench.ts";
import { evaluate } from "./evaluate.ts";
import { createPieces } from "./pieces.ts";
import { benchLines, reportLines } from "./report-lines.ts";

export async function measure(job: MeasuringJob, settings: Settings, onDoing: (text: string) => void): Promise<JobReport> {
  const { pieces, close } = createPieces(settings);
  try {
    if (job.kind === "bench") {
      const report = await bench(pieces, ({ doing, done, total }) => onDoing(`${doing} ${done}/${total}`));
      return { report, lines: benchLines(report) };
    }
    const reports = await evaluate(pieces, job.set, {
      sample: job.sample,
      onProgress: ({ set, done, total, doing }) => onDoing(`${set}: ${doing} ${done}/${total}`),
    });
    return { report: { reports }, lines: reportLines(reports) };
  } finally {
    await close();
  }
}
