// Names of a claim against its source: each must stand in the sentences that the claim rests on, or be known about the source, and
// must not stand where the source has another one.
import { countryOf, governmentOf } from "../../text/countries.ts";
import { type Name, spells } from "../../text/names.ts";
import { sameName, sameWord } from "../../text/same-name.ts";
import { baseOf } from "../../text/words.ts";
import type { Alignment } from "./alignment.ts";
import { aboutOf, belonging, stretches } from "./belonging.ts";
import type { Finding } from "./finding.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import type { Window } from "./window.ts";

export function compareNames(
  claim: ReadSentence,
  source: Reading,
  window: Window,
  alignment: Alignment,
  context: ReadSentence | null,
): Finding[] {
  const findings: Finding[] = [];
  const best = source.sentences[window.best];
  claim.names.forEach((name, index) => {
    if (context !== null && holdsName(context, name, source)) return;
    // a lone capital at the beginning of a sentence is weighed as a word, not as a name
    if (!name.certain) return;
    if (best !== undefined && holdsName(best, name, source)) {
      const other = placeOfAnother(claim, name, best);
      if (other !== null)
        findings.push({ kind: "contradicted", about: "name", reason: `says ${name.text}, the source says ${other} of this` });
      return;
    }
    const instead = standsInstead(claim, index, alignment, best, source);
    const somewhere = source.sentences.some((sentence) => holdsName(sentence, name, source)) || knownAcronym(name, source);
    if (somewhere && instead === null) return;
    if (instead !== null)
      findings.push({ kind: "contradicted", about: "name", reason: `says ${name.text}, the source says ${instead}` });
    else findings.push({ kind: "missing", about: "name", reason: `name not in the source: ${name.text}` });
  });
  return findings;
}

/** Of several places in the source sentence, the one that the claim's matter belongs to, if it is not this one. */
function placeOfAnother(claim: ReadSentence, name: Name, best: ReadSentence): string | null {
  const placesOf = ({ names, text }: ReadSentence): Name[] =>
    names.filter((other) => /\b(?:in|at|near) (?:the )?$/.test(text.slice(0, other.start)));
  const [own, given] = [placesOf(claim), placesOf(best)];
  const place = given.findIndex((other) => sameName(other.text, name.text));
  if (place === -1 || given.length < 2 || !own.includes(name)) return null;
  const found = belonging(aboutOf(claim, own, own.indexOf(name)), place, stretches(best, given));
  return found === null || found === "here" ? null : (given[found]?.text ?? null);
}

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

const knownAcronym = (name: Name, source: Reading): boolean => name.acronym && source.acronyms.has(name.text.replace(/\./g, ""));

/** The name that the best sentence has in the very place of the claim's name, if the claim does not give it elsewhere. */
function standsInstead(
  claim: ReadSentence,
  index: number,
  alignment: Alignment,
  best: ReadSentence | undefined,
  source: Reading,
): string | null {
  if (best === undefined || alignment.share < 0.4) return null;
  const gap = alignment.gaps.find((gap) => claim.words.slice(gap.from, gap.to).some((word) => word.name === index));
  if (gap === undefined) return null;
  const seen = new Set(best.words.slice(gap.sourceFrom, gap.sourceTo).map((word) => word.name));
  for (const at of seen) {
    const other = best.names[at];
    if (other === undefined || !other.certain) continue;
    // given elsewhere in the claim, it only counts where the two sentences are otherwise the same
    if (
      holdsName(claim, other, source) &&
      !(alignment.share >= 0.75 && gap.to - gap.from <= 4 && gap.sourceTo - gap.sourceFrom <= 4)
    )
      continue;
    return other.text;
  }
  return null;
}
