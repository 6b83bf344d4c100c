// One line on stderr while documents are indexed: how far, how many passages, how long still; then how many of them have their vector.
import type { Coverage } from "../../domain.ts";
import type { IngestProgress, VectorProgress } from "../../results.ts";
import { readingLine } from "../render/render-answer.ts";
import { type Output, terminalMarkup } from "./output.ts";

const BAR = 20;

/** A progress callback that keeps one status line up to date; time left is estimated from what was done since it was first called, or made. */
export function progressLine(output: Output, now: () => number = Date.now): (progress: IngestProgress) => void {
  const line = countingLine(output, { at: now(), done: 0 }, now);
  return ({ done, total, current, passages }) => line(done, total, `documents, ${passages} passages`, `  ${current}`);
}

/** The same for the second phase, in which only what is done now counts for the time left. */
export function vectorLine(output: Output, now: () => number = Date.now): (progress: VectorProgress) => void {
  const line = countingLine(output, null, now);
  return ({ done, total }) => line(done, total, "passages have their vector");
}

function countingLine(output: Output, first: { at: number; done: number } | null, now: () => number) {
  let began = first;
  return (done: number, total: number, what: string, behind = ""): void => {
    began ??= { at: now(), done };
    const filled = total === 0 ? BAR : Math.round((done / total) * BAR);
    const bar = output.live ? `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ` : "";
    const each = (now() - began.at) / (done - began.done);
    const left = done === total || !Number.isFinite(each) ? "" : `, ${duration(each * (total - done))} left`;
    output.status(`${bar}${done}/${total} ${what}${left}${behind}`);
  };
}

/** Says once what is being read while a model writes. */
export function readingNotice(output: Output): (reading: Coverage) => void {
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
