// A sentence laid out for its grammar: words with their parts of speech, what stands before each, and which belong to a date.
import { IRREGULAR } from "../../text/irregular-forms.ts";
import { type PartOfSpeech, partsOfSpeech } from "../../text/parts-of-speech.ts";
import { isReporting } from "../../text/reporting-verbs.ts";
import { MODALS, unrealityOf } from "../../text/unreal-words.ts";
import type { Grid } from "./phrases.ts";
import type { ReadSentence } from "./reading.ts";

export const BE = new Set("be is are was were been being am isn't aren't wasn't weren't".split(" "));
export const HELPING = new Set([
  ...BE,
  ..."have has had having do does did don't doesn't didn't hasn't haven't hadn't get got".split(" "),
]);

/** Verbs that may have a whole statement right behind them: "said the dam burst". */
export const takesClause = (base: string): boolean => isReporting(base) || unrealityOf(base, "that") !== null;

export function gridOf(sentence: ReadSentence): Grid {
  const { words, text } = sentence;
  const marks = words.map((word, at) => text.slice(at === 0 ? 0 : (words[at - 1]?.end ?? 0), word.start));
  const tags = repaired(sentence, partsOfSpeech(text, words), marks);
  const dated = words.map((word) => sentence.dates.some((date) => word.start >= date.start && word.end <= date.end));
  words.forEach((word, at) => {
    if (dated[at - 1] === true && /^(?:morning|afternoon|evening|night|week|weekend)$/.test(word.folded)) dated[at] = true;
  });
  return { words, tags, marks, dated };
}

/** Mends what a tagger without a view of the whole gets wrong most often. */
function repaired({ words }: ReadSentence, given: PartOfSpeech[], marks: readonly string[]): PartOfSpeech[] {
  const tags = [...given];
  const is = (at: number, ...kinds: PartOfSpeech[]): boolean => kinds.includes(tags[at] ?? "OTHER");
  words.forEach((word, at) => {
    const previous = words[at - 1]?.folded ?? "";
    const raw = word.raw;
    if (MODALS.has(word.folded)) tags[at] = is(at - 1, "ADJ", "DET") || previous === "free" || raw === "May" ? "NOUN" : "AUX";
    else if (HELPING.has(word.folded)) tags[at] = "AUX";
    else if (is(at, "VERB", "AUX") && at > 0 && /^\p{Lu}/u.test(raw) && !/["“‘:]/.test(marks[at] ?? "")) tags[at] = "PROPN";
    else if (word.folded === "no" || word.folded === "every") tags[at] = "DET";
    else if (/^(?:not|never|n't)$/.test(word.folded)) tags[at] = "ADV";
    else if (is(at, "NOUN", "ADJ", "ADP") && (previous === "to" ? is(at - 1, "PART") : MODALS.has(previous) && is(at - 1, "AUX")))
      tags[at] = "VERB";
    else if (
      is(at, "ADJ", "NOUN") &&
      raw.endsWith("ed") &&
      /^(?:to|that)$/.test(words[at + 1]?.folded ?? "") &&
      is(at - 1, "NOUN", "PROPN")
    )
      tags[at] = "VERB";
    else if (
      is(at, "VERB") &&
      is(at - 1, "DET", "ADJ", "ADP", "NUM") &&
      is(at + 1, "NOUN", "PROPN") &&
      marks[at + 1] === " " &&
      marks[at] === " " &&
      (raw.endsWith("ed") || IRREGULAR.has(word.folded) || (raw.endsWith("ing") && !is(at - 1, "ADP")))
    )
      tags[at] = "ADJ";
    else if (
      is(at, "NOUN") &&
      (is(at - 1, "NOUN") || at === 1) &&
      previous.endsWith("s") &&
      !raw.endsWith("s") &&
      takesClause(word.base) &&
      is(at + 1, "DET", "PRON", "SCONJ")
    )
      tags[at] = "VERB";
    else if (is(at, "VERB") && is(at - 1, "DET")) tags[at] = "NOUN";
    else if (is(at, "ADV") && is(at - 1, "DET") && !is(at + 1, "ADJ", "NOUN", "VERB")) tags[at] = "NOUN";
  });
  return tags;
}
