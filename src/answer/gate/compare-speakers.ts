// Who says it: the speaker that a claim names for a statement must be the one whom the source, or what is known about it, gives.
import { sameName } from "../../text/same-name.ts";
import { areSynonyms } from "../../text/synonyms.ts";
import { baseOf } from "../../text/words.ts";
import { holdsName } from "./compare-names.ts";
import type { Finding } from "./finding.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { type Speaker, speakersOf } from "./speakers.ts";
import type { Window } from "./window.ts";

export function compareSpeakers(claim: ReadSentence, source: Reading, window: Window, context: ReadSentence | null): Finding[] {
  const claimed = speakersOf(claim);
  const best = source.sentences[window.best];
  if (claimed.length === 0 || best === undefined) return [];
  let given = speakersOf(best);
  const before = source.sentences.slice(Math.max(0, window.best - 2), window.best);
  if (given.length === 0) {
    // an attribution often stands beside the quotation it belongs to
    const after = source.sentences[window.best + 1];
    if (after !== undefined && window.to > window.best) given = speakersOf(after);
    if (given.length === 0 && window.from < window.best) given = before.flatMap((sentence) => speakersOf(sentence));
  }
  const findings: Finding[] = [];
  for (const speaker of claimed) {
    if (context !== null && speaker.names.some((name) => holdsName(context, name, source))) continue;
    if (speaker.names.length === 0 && (speaker.nouns.length === 0 || speaker.pronoun)) continue;
    const named = given.filter((other) => other.names.length > 0 || other.nouns.length > 0);
    if (given.some((other) => matches(speaker, other, source))) continue;
    if (given.some((other) => other.pronoun && other.names.length === 0)) {
      if (before.some((sentence) => heldBy(sentence, speaker, source))) continue;
    }
    const [rival] = named;
    if (rival === undefined) continue;
    findings.push({
      kind: "contradicted",
      about: "speaker",
      reason: `gives the words to ${speaker.text}, the source to ${rival.text}`,
    });
  }
  return findings;
}

function matches(claimed: Speaker, given: Speaker, source: Reading): boolean {
  const sure = (speaker: Speaker): boolean => speaker.names.some((name) => name.certain);
  const wordsOf = (speaker: Speaker): string[] => [
    ...speaker.nouns,
    ...speaker.names.flatMap((name) => name.words.map((word) => baseOf(word))),
  ];
  // a text without capitals has no sure names: any shared word will do
  if (!sure(claimed) || !sure(given)) {
    const own = wordsOf(given);
    if (wordsOf(claimed).some((word) => own.some((other) => areSynonyms(word, other)))) return true;
  }
  if (claimed.names.length > 0 && given.names.length > 0) {
    if (claimed.names.some((name) => given.names.some((other) => sameName(name.text, other.text)))) return true;
    const shared = (name: string): boolean =>
      given.names.some((other) => source.acronyms.has(other.text) && sameName(source.acronyms.get(other.text) ?? "", name));
    return claimed.names.some((name) => shared(name.text));
  }
  if (claimed.nouns.some((noun) => given.nouns.some((other) => areSynonyms(noun, other)))) return true;
  // one side gives the name, the other the office: some sentence must hold both
  const [withName, withNoun] = claimed.names.length > 0 ? [claimed, given] : [given, claimed];
  if (withName.names.length === 0) return false;
  return source.sentences.some(
    (sentence) =>
      withName.names.some((name) => holdsName(sentence, name, source)) &&
      withNoun.nouns.some((noun) => [...sentence.bases.keys()].some((base) => areSynonyms(noun, base))),
  );
}

function heldBy(sentence: ReadSentence, speaker: Speaker, source: Reading): boolean {
  if (speaker.names.length > 0) return speaker.names.some((name) => holdsName(sentence, name, source));
  return speaker.nouns.some((noun) => [...sentence.bases.keys()].some((base) => areSynonyms(noun, base)));
}
