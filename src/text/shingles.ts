// Runs of words that stand in a text: what two texts share of them tells whether one was taken from the other. Pure.
import { wordsOf } from "./words.ts";

/** Every run of `length` words, folded; of a shorter text the whole. */
export function shinglesOf(text: string, length: number): Set<string> {
  const words = wordsOf(text).map(({ folded }) => folded);
  if (words.length < length) return new Set([words.join(" ")]);
  return new Set(words.slice(length - 1).map((_, at) => words.slice(at, at + length).join(" ")));
}

/** Share of the first ones that the others hold. */
export function shareOf(shingles: ReadonlySet<string>, held: ReadonlySet<string>): number {
  let shared = 0;
  for (const shingle of shingles) if (held.has(shingle)) shared += 1;
  return shingles.size === 0 ? 0 : shared / shingles.size;
}
