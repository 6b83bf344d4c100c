// One line on stderr while documents are indexed: how far, how many passages, how long still.
import type { IngestProgress } from "../../results.ts";
import type { Output } from "./output.ts";

const BAR = 20;

/** A progress callback that keeps one status line up to date; time left is estimated from what was done so far. */
export function progressLine(output: Output, now: () => number = Date.now): (progress: IngestProgress) => void {
  const started = now();
  return ({ done, total, current, passages }) => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * BAR);
    const bar = output.live ? `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ` : "";
    const left = done === 0 || share >= 1 ? "" : `, ${duration(((now() - started) / share) * (1 - share))} left`;
    output.status(`${bar}${done}/${total} documents, ${passages} passages${left}  ${current}`);
  };
}

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
