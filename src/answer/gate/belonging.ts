// What a number or date in a sentence belongs to, where the sentence has several: "fourteen died and 40 were hurt". The sentence is cut into
// the stretches round them; a claim that holds another stretch whole and not this one's has taken the number from the wrong place.
import type { Span } from "../../domain.ts";
import { grammarOf } from "./grammar.ts";
import type { ReadSentence, ReadWord } from "./reading.ts";
import { likeness } from "./window.ts";

/** Words that begin another stretch. */
const JOINT = /^(?:while|whereas|but|and|or|when|where|after|before|because|as|since|who|which|although|though|until)$/;

/** The words of matter round each of the spans that no other has; `spans` in order of place. */
export function stretches(sentence: ReadSentence, spans: readonly Span[]): ReadWord[][] {
  const { words, tags, marks, dated } = grammarOf(sentence);
  const owner = words.map(() => -1);
  const beginnings = spans.map((span) => words.findIndex((word) => word.end > span.start));
  const ends = spans.map((span) => words.findLastIndex((word) => word.start < span.end) + 1);
  spans.forEach((_, index) => {
    const from = index === 0 ? 0 : boundary(ends[index - 1] ?? 0, beginnings[index] ?? 0);
    const next =
      index + 1 < spans.length ? boundary(ends[index] ?? 0, beginnings[index + 1] ?? 0) : joint(ends[index] ?? 0, words.length);
    for (let at = from; at < next; at += 1) owner[at] = index;
  });
  // an opening phrase before a comma speaks for the whole
  const opening = marks.findIndex((mark, at) => at > 0 && at <= (beginnings[0] ?? 0) && mark.includes(","));
  for (let at = 0; at < opening; at += 1) owner[at] = -1;

  /** The first word between the two places that begins another stretch; `to` where none does. */
  function joint(from: number, to: number): number {
    for (let at = from; at < to; at += 1) if (/[,;]/.test(marks[at] ?? "") || JOINT.test(words[at]?.folded ?? "")) return at;
    return to;
  }
  function boundary(from: number, to: number): number {
    const found = joint(from, to);
    if (found < to) return found;
    for (let at = to - 1; at >= from; at -= 1) if (tags[at] === "ADP" && words[at]?.folded !== "of") return at;
    return to;
  }
  return spans.map((_, index) =>
    words.filter(
      (word, at) =>
        owner[at] === index &&
        (word.weight >= 1 || dated[at] === true) &&
        !spans.some((span) => word.start >= span.start && word.end <= span.end) &&
        !words.some((other, place) => owner[place] !== index && owner[place] !== -1 && other.base === word.base),
    ),
  );
}

/**
 * Where the claim's number or date stands among those of the source sentence: `here` when the claim holds all that goes with it there,
 * the index of another one when it holds that one's matter and not this one's, null when neither can be told.
 */
export function belonging(about: readonly ReadWord[], place: number, own: readonly ReadWord[][]): "here" | number | null {
  const holds = (word: ReadWord): boolean => about.some((mine) => likeness(mine, word.base) > 0);
  const here = own[place] ?? [];
  if (here.length > 0 && here.every(holds)) return "here";
  const none = here.some(({ weight }) => weight >= 1) && !here.some(holds);
  const other = own.findIndex((words, index) => {
    const held = words.filter(holds).length;
    return index !== place && held > 0 && (held === words.length || (none && held > 1 && held * 2 >= words.length));
  });
  return other === -1 ? null : other;
}

/** The words of the claim that go with its number or date: its stretch, where the claim has several. */
export function aboutOf(claim: ReadSentence, spans: readonly Span[], index: number): readonly ReadWord[] {
  return spans.length < 2 ? claim.words : (stretches(claim, spans)[index] ?? claim.words);
}
