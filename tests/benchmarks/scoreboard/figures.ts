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

/** `groups`: of each, one alternative must occur, in any case. */
export function holdsAll(groups: readonly (readonly string[])[], text: string): boolean {
  const low = text.toLowerCase().replace(/\s+/g, " ");
  return groups.every((words) => words.some((word) => low.includes(word.toLowerCase())));
}
