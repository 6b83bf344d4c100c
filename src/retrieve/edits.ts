// How many typing slips lie between two words: a letter missing, added, wrong, or two swapped.

/** The number of slips, or any number above `most` as soon as there are more. */
export function editsApart(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? most + 1;
}

/** Shorter words have too many neighbours. */
export const SHORTEST_TYPO = 5;

/**
 * Whether one is the other mistyped: two letters swapped, one too many or too few, in long words one wrong, in very long ones two slips.
 * A wrong letter in a short name makes another name ("Karlov", "Karpov").
 */
export function slipped(typed: string, meant: string): boolean {
  const edits = editsApart(typed, meant, 2);
  if (edits === 2) return Math.min(typed.length, meant.length) >= 9;
  if (edits !== 1 || typed.length < SHORTEST_TYPO) return false;
  const swapped = sortedLetters(typed) === sortedLetters(meant);
  return swapped || typed.length !== meant.length ? typed.length >= 6 : typed.length >= 8;
}

const sortedLetters = (word: string): string => Array.from(word).sort().join("");
