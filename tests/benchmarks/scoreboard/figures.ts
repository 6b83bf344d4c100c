// What the board counts: each measure is a named share or count with the number of cases it was taken over.

export interface Figure {
  name: string;
  value: number;
  n: number;
  aim: number | null;
}

export function share(name: string, holds: readonly boolean[], aim: number | null = null): Figure {
  return { name, value: holds.filter(Boolean).length / Math.max(1, holds.length), n: holds.length, aim };
}

/** Chance that a positive row scores above a negative one; ties count half. */
export function areaUnderCurve(rows: readonly { score: number; positive: boolean }[]): number {
  const sorted = [...rows].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to += 1;
    const rank = (from + to + 1) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]?.positive === true) rankSum += rank;
    from = to;
  }
  const positive = rows.filter((row) => row.positive).length;
  return (rankSum - (positive * (positive + 1)) / 2) / Math.max(1, positive * (rows.length - positive));
}

/** `groups`: of each, one alternative must occur, in any case. */
export function holdsAll(groups: readonly (readonly string[])[], text: string): boolean {
  const low = text.toLowerCase().replace(/\s+/g, " ");
  return groups.every((words) => words.some((word) => low.includes(word.toLowerCase())));
}
