// Whether a text tells what a sentence of another text tells: its exact facts hold there, and most of its words stand in one or two sentences. It
// groups tellings of one event; it proves nothing to a reader.
import type { CitedText } from "../domain.ts";
import { checkFacts } from "./facts.ts";
import { overlap, readSentence, readSource } from "./reading.ts";

/** Share of the sentence's words. */
const MOST = 0.65;

export function carries(sentence: string, source: CitedText): boolean {
  const claim = readSentence(sentence);
  const { sentences } = readSource([source]);
  const held = sentences.some((one, at) => {
    const next = sentences[at + 1];
    const both = next === undefined ? one : { ...one, bases: new Set([...one.bases, ...next.bases]) };
    return overlap(claim, both) >= MOST;
  });
  return held && checkFacts(sentence, [source]).findings.length === 0;
}
