// One line on stderr while documents are indexed: how far, how many passages, how long still; then how many of them have their vector.
import type { IngestProgress, Reading, VectorProgress } from "../../results.ts";
import { readingLine } from "../render/render-answer.ts";
import type { Output } from "./output.ts";
import { terminalMarkup } from "./terminal-markup.ts";

const BAR = 20;

/** A progress callback that keeps one status line up to date; time left is estimated from what was done so far. */
export function progressLine(output: Output, now: () => number = Date.now): (progress: IngestProgress) => void {
  const started = now();
  return ({ done, total, current, passages }) => {
    const share = total === 0 ? 1 : done / total;
    output.status(
      `${bar(output, share)}${done}/${total} documents, ${passages} passages${left(now() - started, share)}  ${current}`,
    );
  };
}

/** The same for the second phase, in which only what is done now counts for the time left. */
export function vectorLine(output: Output, now: () => number = Date.now): (progress: VectorProgress) => void {
  let first: { at: number; done: number } | null = null;
  return ({ done, total }) => {
    first ??= { at: now(), done };
    const share = total === first.done ? 1 : (done - first.done) / (total - first.done);
    output.status(
      `${bar(output, total === 0 ? 1 : done / total)}${done}/${total} passages have their vector${left(now() - first.at, share)}`,
    );
  };
}

function bar({ live }: Output, share: number): string {
  const filled = Math.round(share * BAR);
  return live ? `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ` : "";
}

function left(tookMs: number, share: number): string {
  return share <= 0 || share >= 1 ? "" : `, ${duration((tookMs / share) * (1 - share))} left`;
}

/** Says once what is being read while a model writes. */
export function readingNotice(output: Output): (reading: Reading) => void {
  return (reading) => {
    const line = readingLine(reading, terminalMarkup({ colour: false }));
    if (output.live) output.status(line);
    else output.notice(line);
  };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
