// Figures of merit for rankings and decisions, each over one question or one list of labelled scores. Pure.
import type { Span } from "../../../src/domain.ts";

/** The value that a share of the values does not exceed; NaN of an empty list. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** 1 / rank of the first right one among the first `depth`, 0 where there is none. */
export function reciprocalRank(right: readonly boolean[], depth: number): number {
  const at = right.slice(0, depth).indexOf(true);
  return at === -1 ? 0 : 1 / (at + 1);
}

/** Mean of the precisions at each right one, over all right ones there are. */
export function averagePrecision(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  let found = 0;
  let sum = 0;
  ranked.forEach((id, index) => {
    if (!relevant.has(id)) return;
    found += 1;
    sum += found / (index + 1);
  });
  return relevant.size === 0 ? 0 : sum / relevant.size;
}

/** Share of the wanted characters that lie in the found stretches; both of one text. */
export function coveredShare(wanted: readonly Span[], found: readonly Span[]): number {
  const merged = merge(found);
  const goal = merge(wanted);
  let covered = 0;
  for (const { start, end } of goal) {
    for (const one of merged) covered += Math.max(0, Math.min(end, one.end) - Math.max(start, one.start));
  }
  const length = goal.reduce((sum, { start, end }) => sum + end - start, 0);
  return length === 0 ? 0 : covered / length;
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

export interface Scored {
  score: number;
  positive: boolean;
}

/** Chance that a positive scores above a negative, ties counting half; NaN where one kind is missing. */
export function areaUnderCurve(rows: readonly Scored[]): number {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to += 1;
    for (let at = from; at < to; at += 1) if (sorted[at]?.positive === true) rankSum += (from + to + 1) / 2;
    from = to;
  }
  const positives = rows.filter((row) => row.positive).length;
  const negatives = rows.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean of the shares decided right among the positives and among the negatives; NaN where one kind is missing. */
export function balancedAccuracy(rows: readonly { positive: boolean; decided: boolean }[]): number {
  const share = (kind: boolean): number => {
    const those = rows.filter((row) => row.positive === kind);
    return those.filter((row) => row.decided === kind).length / those.length;
  };
  return (share(true) + share(false)) / 2;
}
