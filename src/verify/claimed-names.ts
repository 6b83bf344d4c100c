// Names of a claim: each must be known to the source or to what is known of its document; by surname, initials, acronym, country or capital too.
import { countryOf, governmentOf } from "../text/countries.ts";
import type { Name } from "../text/names.ts";
import { sameName } from "../text/same-name.ts";
import { baseOf, fold } from "../text/words.ts";
import { valueInstead } from "./belonging.ts";
import type { Finding } from "./facts.ts";
import type { ReadSentence, ReadSource } from "./reading.ts";

export function checkNames(claim: ReadSentence, source: ReadSource): Finding[] {
  const parts = [...source.sentences, ...source.known];
  return claim.names.flatMap((name): Finding[] => {
    if (!name.certain) return [];
    const other = placeInstead(name, claim, source);
    if (other === null && !isNamed(name, source, parts))
      return [{ kind: "name", contradicted: false, reason: `name not in the source: ${name.text}` }];
    return other === null
      ? []
      : [{ kind: "name", contradicted: true, reason: `says ${name.text}, the source says ${other.text} of this` }];
  });
}

const PREPOSITION = /\b(in|at|near|inside|to|from|against|by) (?:the )?$/i;

/** "in Munich" for what the source tells "in Stuttgart", "German police" for "Swiss police". */
function placeInstead(name: Name, claim: ReadSentence, source: ReadSource): Name | null {
  const settings = settingsOf(claim, name);
  if (settings.length === 0) return null;
  const same = (a: Name, b: Name): boolean => {
    const place = placeOf(a.text);
    return place === null ? sameName(a.text, b.text) : place === placeOf(b.text);
  };
  const isOther = (sentence: ReadSentence, other: Name): boolean =>
    settingsOf(sentence, other).some((setting) => settings.includes(setting)) &&
    !claim.names.some((own) => own !== name && same(own, other));
  return valueInstead(
    claim,
    name,
    source,
    (sentence) => sentence.names.filter((other) => same(name, other) || isOther(sentence, other)),
    (other) => same(name, other),
  );
}

/** The preposition in front of a name; behind a country the word that it is said of. */
function settingsOf({ text, words }: ReadSentence, { text: name, start, end }: Name): string[] {
  const lead = PREPOSITION.exec(text.slice(Math.max(0, start - 14), start))?.[1]?.toLowerCase();
  const next = placeOf(name) === null ? undefined : words.find((word) => word.start >= end);
  const said = next?.content === true && /^(?:['’]s)? $/.test(text.slice(end, next.start)) ? `… ${next.base}` : undefined;
  return [lead, said].filter((setting) => setting !== undefined);
}

const placeOf = (name: string): string | null => countryOf(name) ?? governmentOf(name);

function isNamed(name: Name, source: ReadSource, parts: readonly ReadSentence[]): boolean {
  const place = placeOf(name.text);
  if (
    place !== null &&
    (source.names.some((other) => placeOf(other.text) === place) || parts.some((part) => tellsOf(part, place)))
  )
    return true;
  if (source.names.some((other) => sameName(name.text, other.text))) return true;
  // "D-Minn." and "Tampa, FL" for what stands there in full, or the other way round
  if (parts.some((part) => abbreviates(part, name.text)) || source.names.some((other) => isPostal(name.text, other.text)))
    return true;
  // all its words in a row; a lone one may be written small there
  const stands = (words: readonly string[]): boolean => parts.some((part) => together(part, words));
  if (stands(name.words)) return true;
  // "Joshua Apte of the University of Texas": who, and of what
  const [who = "", ...of] = name.text.split(/ of (?:the )?/);
  return (
    of.length > 0 && who.includes(" ") && [who, of.join(" of ")].every((piece) => stands(fold(piece).split(/[^\p{L}\p{N}]+/u)))
  );
}

/** "Afghan", "Kabul" among the words of a longer name. */
const tellsOf = ({ words }: ReadSentence, place: string): boolean =>
  words.some((word, at) => {
    if (!/^\p{Lu}/u.test(word.raw)) return false;
    return placeOf(word.folded) === place || placeOf(`${word.raw} ${words[at + 1]?.raw ?? ""}`) === place;
  });

const abbreviates = ({ text, words }: ReadSentence, name: string): boolean =>
  words.some(
    ({ folded, start, end, raw }) =>
      /^\p{Lu}/u.test(raw) &&
      ((folded.length >= 3 && text.charAt(end) === "." && fold(name).startsWith(folded)) ||
        (text.slice(start - 2, start) === ", " && isPostal(raw, name))),
  );

/** "FL", "CA": two letters of a state's name, in their order. */
const isPostal = (code: string, name: string): boolean =>
  /^[A-Z]{2}$/.test(code) &&
  countryOf(code) === null &&
  new RegExp(`^${code.charAt(0)}\\p{L}*${code.charAt(1)}`, "iu").test(name);

function together({ words }: ReadSentence, name: readonly string[]): boolean {
  const same = (word: string, other: string): boolean => word === other || baseOf(word) === baseOf(other);
  return words.some((_, from) => name.every((word, at) => same(word, words[from + at]?.folded ?? "")));
}
