// Lays a claim beside one sentence of its source, word by word, and gives the places where the two differ: what a change of a name, a
// number or an outcome in an otherwise true sentence looks like.
import type { ReadSentence } from "./compared-text.ts";

export interface Gap {
  /** Words of the claim from..to (exclusive) that stand where the source has `sourceFrom..sourceTo`. Either side may be empty. */
  from: number;
  to: number;
  sourceFrom: number;
  sourceTo: number;
}

export interface Alignment {
  gaps: Gap[];
  /** For each word of the claim: the word of the source in the same row, or -1. */
  partners: number[];
  /** Words in the longest common row, over the words of the claim. */
  share: number;
}

/** Longest row that is laid out; beyond it the table would cost too much and the ends are compared as one gap. */
const LONGEST = 120;

export function align(claim: ReadSentence, source: ReadSentence): Alignment {
  const a = claim.words.slice(0, LONGEST).map((word) => word.base);
  const b = source.words.slice(0, LONGEST * 2).map((word) => word.base);
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
    }
  }
  const gaps: Gap[] = [];
  const partners = claim.words.map(() => -1);
  let [i, j, matched] = [0, 0, 0];
  let [openI, openJ] = [0, 0];
  const close = (): void => {
    if (i > openI || j > openJ) gaps.push({ from: openI, to: i, sourceFrom: openJ, sourceTo: j });
  };
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      close();
      partners[i] = j;
      i += 1;
      j += 1;
      matched += 1;
      [openI, openJ] = [i, j];
    } else if ((table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  [i, j] = [a.length, b.length];
  close();
  return { gaps, partners, share: a.length === 0 ? 0 : matched / a.length };
}
