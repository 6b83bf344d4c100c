// Reports of evaluation sets as lines for people: figures with their intervals, goals, and whether a comparison is beyond chance.
import type { BenchReport, Comparison, Figure, SetReport } from "./evaluation.ts";

export function reportLines(reports: readonly SetReport[]): string[] {
  return reports.flatMap((report) => [
    `${report.set}: ${report.about}`,
    ...(report.skipped === null ? [] : [`  not measured: ${report.skipped}`]),
    ...report.figures.map((figure) => `  ${figureLine(figure)}`),
    ...report.comparisons.map((comparison) => `  ${comparisonLine(comparison)}`),
    ...report.notes.map((note) => `  ${note}`),
    "",
  ]);
}

/** Timings as a table: one line a figure, with its goal where there is one. */
export function benchLines({ machine, embedder, documents, passages, figures, notes }: BenchReport): string[] {
  return [
    `${passages} passages of ${documents} documents, ${embedder}; ${machine.cores} cores, Node ${machine.node}, load ${machine.load.toFixed(1)}`,
    ...figures.map(({ name, unit, value, p95, n, goal }) => {
      const judged = p95 ?? value;
      const reached = goal !== null && (unit === "a second" ? judged >= goal : judged <= goal);
      const aim = goal === null ? "" : `, goal ${goal}: ${reached ? "reached" : "missed"}`;
      const rest = p95 === null ? "" : `, p95 ${whole(p95)} ${unit}`;
      return `  ${name.padEnd(40)} ${whole(value).padStart(6)} ${unit}${rest} (n ${n}${aim})`;
    }),
    ...notes.map((note) => `  ${note}`),
  ];
}

/** Small values with one decimal. */
const whole = (value: number): string => (value < 20 ? value.toFixed(1) : value.toFixed(0));

function figureLine({ name, value, low, high, n, goal }: Figure): string {
  const interval = low === null || high === null ? "" : ` [${three(low)}, ${three(high)}]`;
  const aim = goal === null ? "" : `, goal ${goal}: ${value >= goal ? "reached" : "missed"}`;
  return `${name.padEnd(48)} ${three(value)}${interval} (n ${n}${aim})`;
}

function comparisonLine({ name, difference, low, high, n }: Comparison): string {
  const verdict = low > 0 ? "better" : high < 0 ? "worse" : "no difference beyond chance";
  return `${name.padEnd(48)} ${difference < 0 ? "" : "+"}${three(difference)} [${three(low)}, ${three(high)}] (n ${n}): ${verdict}`;
}

const three = (value: number): string => value.toFixed(3);
