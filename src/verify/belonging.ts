// What a value is said of: where the source has it of one thing and the claim of another, for which the source has another value. Compares the
// words around the value, the nearer and the rarer the heavier, not grammar; a claim that says too little of either is let pass.
import type { Span } from "../domain.ts";
import type { ReadSentence, ReadSource } from "./reading.ts";

/** Words to either side that are looked at. */
const REACH = 24;
/** At this distance a word counts half. */
const HALF = 2;
/** How much nearer the other value must stand: at 531 true sentences of QAGS it stops none that it would not without. */
const [TIMES, AT_LEAST] = [1.5, 0.1];

/** The value that the source gives among the words which the claim has around `place`; null where the claim's own stands among them too. */
export function valueInstead<T extends Span>(
  claim: ReadSentence,
  place: Span,
  source: ReadSource,
  valuesOf: (sentence: ReadSentence) => readonly T[],
  isSame: (value: T) => boolean,
): T | null {
  const around = matterAround(claim, place);
  for (const [base, weight] of around) {
    const holding = source.sentences.filter(({ bases }) => bases.has(base)).length;
    around.set(base, weight / Math.sqrt(Math.max(1, holding)));
  }
  let [own, most, instead]: [number, number, T | null] = [0, 0, null];
  for (const sentence of source.sentences) {
    for (const value of valuesOf(sentence)) {
      const there = matterAround(sentence, value);
      let met = 0;
      for (const [base, weight] of around) met += weight * (there.get(base) ?? 0);
      if (isSame(value)) own = Math.max(own, met);
      else if (met > most) [most, instead] = [met, value];
    }
  }
  return most >= own * TIMES + AT_LEAST ? instead : null;
}

function matterAround({ words }: ReadSentence, { start, end }: Span): Map<string, number> {
  const around = new Map<string, number>();
  const side = (list: readonly ReadSentence["words"][number][]): void =>
    list.slice(0, REACH).forEach(({ content, base }, distance) => {
      if (content) around.set(base, Math.max(around.get(base) ?? 0, HALF / (HALF + distance)));
    });
  side(words.filter((word) => word.end <= start).toReversed());
  side(words.filter((word) => word.start >= end));
  return around;
}
