// Whether a sentence names somebody or something: in full, by surname, acronym, country or people.
import { countryOf, governmentOf } from "../../text/countries.ts";
import { type Name, spells } from "../../text/names.ts";
import { sameName, sameWord } from "../../text/same-name.ts";
import { baseOf } from "../../text/words.ts";
import type { Reading, ReadSentence } from "./compared-text.ts";

/** Whether a sentence names the same: in full, by surname where the source has the full name, as acronym, country or people. */
export function holdsName(sentence: ReadSentence, name: Name, source: Reading): boolean {
  const country = countryOf(name.text);
  if (country !== null) {
    if (sentence.countries.has(country)) return true;
    return (
      sentence.names.some((other) => governmentOf(other.text) === country) ||
      sentence.words.some((word) => countryOf(word.folded) === country && word.raw.length > 3)
    );
  }
  if (name.acronym && sentence.bases.has(baseOf(name.words[0] ?? ""))) return true;
  if (sentence.names.some((other) => other.text === name.text || expanded(name, other, source))) return true;
  const has = (word: string): boolean =>
    sentence.bases.has(baseOf(word)) ||
    sentence.words.some(
      (other) =>
        (other.name >= 0 || !/^\p{Ll}/u.test(other.raw)) &&
        other.folded.charAt(0) === word.charAt(0) &&
        sameWord(word, other.folded),
    );
  if (name.words.every(has) && (name.words.length === 1 || together(sentence, name.words))) return true;
  const last = name.words[name.words.length - 1] ?? "";
  if (name.words.length < 2 || !has(last)) return false;
  // "Ida Vestergaard" in the claim, "Vestergaard" in this sentence: only when the source gives the full name somewhere
  return source.sentences.some(
    (other) => other !== sentence && other.names.some((full) => full.words.length > 1 && sameName(full.text, name.text)),
  );
}

/** The words in order and near each other, not gathered from all over the sentence. */
function together(sentence: ReadSentence, words: readonly string[]): boolean {
  for (let from = 0; from < sentence.words.length; from += 1) {
    let met = 0;
    for (let at = from; at < Math.min(sentence.words.length, from + words.length + 2); at += 1) {
      const word = sentence.words[at]?.folded ?? "";
      if (
        met < words.length &&
        (word === words[met] || sameWord(words[met] ?? "", word) || baseOf(word) === baseOf(words[met] ?? ""))
      )
        met += 1;
      else if (at === from) break;
    }
    if (met === words.length) return true;
  }
  return false;
}

function expanded(name: Name, other: Name, source: Reading): boolean {
  if (name.acronym === other.acronym)
    return !name.acronym && name.words.length > 1 && other.words.length > 1 && sameName(name.text, other.text);
  const [short, long] = name.acronym ? [name, other] : [other, name];
  const known = source.acronyms.get(short.text.replace(/\./g, ""));
  return known === undefined ? spells(short.text.replace(/\./g, ""), long.text) : sameName(known, long.text);
}
