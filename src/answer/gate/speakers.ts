// Who says what in a sentence: the names and nouns beside its reporting verbs. Only what the gate compares; it does not resolve pronouns.
import type { Name } from "../../text/names.ts";
import { isReporting } from "../../text/reporting-verbs.ts";
import { baseOf } from "../../text/words.ts";
import { grammarOf } from "./grammar.ts";
import type { ReadSentence } from "./reading.ts";

export interface Speaker {
  names: Name[];
  /** Bases of the nouns that stand for the speaker: "police", "minister". */
  nouns: string[];
  pronoun: boolean;
  text: string;
}

/** Reporting verbs that may stand before their subject: `"…", said the mayor`. */
const INVERTING = new Set(
  "say state add note explain warn write argue claim insist remark comment declare reply tell observe conclude respond"
    .split(" ")
    .map((word) => baseOf(word)),
);
const PRONOUNS = new Set("he she they it we i who".split(" "));

export function speakersOf(sentence: ReadSentence): Speaker[] {
  const speakers: Speaker[] = [];
  const { tags } = grammarOf(sentence);
  sentence.words.forEach((word, at) => {
    if (word.folded === "according" && sentence.words[at + 1]?.folded === "to") {
      speakers.push(collect(sentence, at + 2, 1));
      return;
    }
    if (
      !isReporting(word.base) ||
      tags[at] === "NOUN" ||
      tags[at] === "ADJ" ||
      word.name >= 0 ||
      inQuotes(sentence.text, word.start)
    )
      return;
    if (
      /^(?:to|the|a|an|his|her|their|its|this|that|of|in|by)$/.test(sentence.words[at - 1]?.folded ?? "") &&
      !/ed$|said|told/.test(word.folded)
    )
      return;
    const before = sentence.text.slice(0, word.start).trimEnd();
    const next = sentence.words[at + 1];
    const inverted =
      INVERTING.has(word.base) &&
      next !== undefined &&
      (before === "" || /[,"”'’?!…]$/.test(before)) &&
      /^(?:the|a|an|one|its|his|her|their|mr|mrs|ms|dr)$|^\p{Lu}/u.test(next.raw) &&
      /^[ ]$/.test(sentence.text.slice(word.end, next.start));
    const speaker = inverted && !goesOn(sentence, at + 1) ? collect(sentence, at + 1, 1) : collect(sentence, at - 1, -1);
    if (speaker.names.length > 0 || speaker.nouns.length > 0 || speaker.pronoun) speakers.push(speaker);
  });
  return speakers;
}

/** "…, said Lund would leave": what follows the verb is the subject of what was said, not the speaker. */
function goesOn(sentence: ReadSentence, from: number): boolean {
  let at = from;
  while (at < sentence.words.length && ((sentence.words[at]?.name ?? -1) >= 0 || at === from)) at += 1;
  return /^(?:will|would|is|was|are|were|has|had|have|can|could|may|might|should|must|did|does)$/.test(
    sentence.words[at]?.folded ?? "",
  );
}

function inQuotes(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const open = (before.match(/[“]/g)?.length ?? 0) - (before.match(/[”]/g)?.length ?? 0);
  return open > 0 || (before.match(/"/g)?.length ?? 0) % 2 === 1;
}

/** Walks from a verb to the edge of its subject. */
function collect(sentence: ReadSentence, from: number, step: 1 | -1): Speaker {
  const speaker: Speaker = { names: [], nouns: [], pronoun: false, text: "" };
  let [first, last] = [Infinity, -1];
  for (let at = from, walked = 0; walked < 14; at += step, walked += 1) {
    const word = sentence.words[at];
    const inner = sentence.words[at - step];
    if (word === undefined) break;
    if (inner !== undefined && walked > 0) {
      const between = step === 1 ? sentence.text.slice(inner.end, word.start) : sentence.text.slice(word.end, inner.start);
      if (/["“”;:.!?…]|(?:^|\s)['‘]|['’](?:\s|,)/.test(between) && !/^\.? $/.test(between)) break;
      if (between.includes(",") && (step === 1 || (walked > 8 && speaker.names.length > 0))) break;
    }
    if (
      /^(?:that|but|because|which|when|while|as|and)$/.test(word.folded) &&
      !(
        word.folded === "and" &&
        speaker.names.length > 0 &&
        sentence.words[at + step]?.name !== undefined &&
        (sentence.words[at + step]?.name ?? -1) >= 0
      )
    )
      break;
    if (walked === 0 && PRONOUNS.has(word.folded)) speaker.pronoun = word.folded !== "who";
    if (walked > 0 && PRONOUNS.has(word.folded)) break;
    if (speaker.pronoun) {
      speaker.text = word.raw;
      return speaker;
    }
    const name = sentence.names[word.name];
    if (name !== undefined && !speaker.names.includes(name)) speaker.names.push(name);
    else if (name === undefined && word.content && walked < 8 && !word.folded.endsWith("ly")) speaker.nouns.push(word.base);
    [first, last] = [Math.min(first, word.start), Math.max(last, word.end)];
  }
  speaker.text = last > 0 ? sentence.text.slice(first, last) : "";
  return speaker;
}
