// Two parts of a sentence and the word that joins them: "A because B", "After B, A", "A is larger than B".
import { grammarOf } from "./grammar.ts";
import type { ReadSentence, ReadWord } from "./reading.ts";
import { likeness } from "./window.ts";

export type LinkKind = "cause" | "effect" | "after" | "before" | "when" | "despite" | "than";

export interface Link {
  kind: LinkKind;
  cue: string;
  /** Index of the first word of what joins. */
  at: number;
  /** Words of matter of what it joins to, and of what it joins. */
  main: ReadWord[];
  joined: ReadWord[];
}

const CUES: readonly (readonly [LinkKind, RegExp])[] = [
  ["cause", /^(?:because(?: of)?|due to|owing to|thanks to|as a result of|as a consequence of|on account of|caused by)$/],
  ["effect", /^(?:led to|leads to|lead to|resulted in|caused|triggered|prompted|sparked)$/],
  ["after", /^(?:after|following)$/],
  ["before", /^(?:before|prior to|ahead of)$/],
  ["when", /^(?:when|while|during|as soon as)$/],
  ["despite", /^(?:despite|in spite of|although|though|even though|notwithstanding)$/],
  ["than", /^than$/],
];
/** Words that the longest cue has. */
const LONGEST = 4;

export function linksOf(sentence: ReadSentence): Link[] {
  const { words, tags, marks } = grammarOf(sentence);
  const links: Link[] = [];
  for (let at = 0; at < words.length; at += 1) {
    for (let to = Math.min(at + LONGEST, words.length); to > at; to -= 1) {
      const cue = words.slice(at, to).map((word) => word.folded);
      const kind = CUES.find(([, pattern]) => pattern.test(cue.join(" ")))?.[0];
      if (kind === undefined) continue;
      const before = words[at - 1]?.folded ?? "";
      // "the following day", "was caused", "shortly before"
      if (tags[at - 1] === "DET" || (kind === "effect" && /^(?:was|were|is|are|been|being)$/.test(before))) break;
      const cut = (from: number): number => {
        const found = marks.findIndex((mark, place) => place > from && /[,;]/.test(mark));
        return found === -1 ? words.length : found;
      };
      const leads = at === 0 || /[,;“"]/.test(marks[at] ?? "") || tags[at - 1] === "CCONJ" || /^(?:only|even)$/.test(before);
      const end = cut(to);
      const opens = leads && at < 3 && end < words.length;
      const main = opens ? words.slice(end) : words.slice(0, at);
      const matter = (list: readonly ReadWord[]): ReadWord[] =>
        list.filter((word) => word.weight >= 0.3 || /^\d/.test(word.folded));
      links.push({
        kind,
        cue: sentence.text.slice(words[at]?.start, words[to - 1]?.end),
        at,
        main: matter(main),
        joined: matter(words.slice(to, end)),
      });
      at = to - 1;
      break;
    }
  }
  return links;
}

/** Share of the words that stand among the others, 0..1. */
export function met(words: readonly ReadWord[], others: readonly ReadWord[]): number {
  if (words.length === 0) return 0;
  return words.filter((word) => others.some((other) => likeness(word, other.base) > 0)).length / words.length;
}

const without = (words: readonly ReadWord[], others: readonly ReadWord[]): ReadWord[] =>
  words.filter((word) => !others.some((other) => likeness(word, other.base) > 0));

/** What is first in one is second in the other, and the other way round; words that stand on the same side in both say nothing of it. */
export function crossed(
  first: readonly ReadWord[],
  second: readonly ReadWord[],
  a: readonly ReadWord[],
  b: readonly ReadWord[],
): boolean {
  const [own, other] = [without(first, a), without(second, b)];
  return met(own, b) >= 0.5 && met(other, a) >= 0.5 && met(first, a) + met(second, b) < 1.2;
}
