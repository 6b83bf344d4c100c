// Reports of evaluation sets as lines for people: figures with their intervals, goals, and whether a comparison is beyond chance.
import type { Comparison, Figure, SetReport } from "./evaluation.ts";

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
