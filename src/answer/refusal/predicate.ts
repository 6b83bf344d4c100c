// The verb of a question, where word order shows it without a parser: "who MEDIATED between …", "when did the strike END".
import type { ReadWord } from "./compared-text.ts";

const AUXILIARY = /^(?:did|does|do|will|would|can|could|should|must|was|were|is|are|has|have|had|been|be)$/;
const OPENS_NOUN =
  /^(?:the|a|an|of|in|on|at|to|for|from|by|with|its|his|her|their|this|that|these|those|into|over|under|between|about|against|during|per)$/;

/** Index of the verb, or -1 where the order of words does not show it. */
export function predicateOf(words: readonly ReadWord[]): number {
  const auxiliary = words.findIndex((word) => AUXILIARY.test(word.folded));
  const fits = (at: number): boolean => {
    const word = words[at];
    return word !== undefined && word.content && (word.weight >= 1 || word.base === "make") && word.name < 0;
  };
  if (auxiliary === -1) {
    // "who mediated", "which company makes", "how many children died": the verb follows the asking phrase
    const lead = /^(?:who)$/.test(words[0]?.folded ?? "")
      ? 1
      : /^(?:which|what|how)$/.test(words[0]?.folded ?? "")
        ? verbAfterNoun(words)
        : -1;
    return lead !== -1 && fits(lead) ? lead : -1;
  }
  // "when did the strike end": the last word, unless a noun phrase ends there
  const last = words.length - 1;
  const before = words[last - 1];
  if (
    last > auxiliary + 1 &&
    fits(last) &&
    before !== undefined &&
    !OPENS_NOUN.test(before.folded) &&
    !/^(?:is|are|was|were|has|have|had)$/.test(words[auxiliary]?.folded ?? "")
  )
    return last;
  const next = auxiliary + 1;
  // "how many gunmen were arrested": a participle right after its auxiliary
  return auxiliary > 0 && fits(next) && /(?:ed|en|wn|ut)$/.test(words[next]?.folded ?? "") ? next : -1;
}

/** The first word after "how many children", "which company" that is inflected like a verb. */
function verbAfterNoun(words: readonly ReadWord[]): number {
  return words.findIndex(
    (word, at) =>
      at >= 2 &&
      word.content &&
      word.name < 0 &&
      /(?:ed|s)$/.test(word.folded) &&
      !OPENS_NOUN.test(words[at - 1]?.folded ?? "") &&
      !/^(?:many|much|which|what)$/.test(words[at - 1]?.folded ?? ""),
  );
}
