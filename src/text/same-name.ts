// When two proper names mean the same: transliteration variants, surname alone, possessives, acronyms, words for a country's people. Pure.
import { countryOf } from "./countries.ts";
import { spells } from "./names.ts";
import { fold } from "./words.ts";

const LIGHT = new Set("al el ul e i o de la le du the of and for mr mrs ms dr sir".split(" "));

/** Whether two names, as written, may mean the same person, place or organisation. A surname alone matches the full name; two different first names do not. */
export function sameName(a: string, b: string): boolean {
  const [countryA, countryB] = [countryOf(a), countryOf(b)];
  if (countryA !== null || countryB !== null) return countryA === countryB;
  const [left, right] = [nameWords(a), nameWords(b)];
  if (left.length === 0 || right.length === 0) return false;
  if (isAcronym(a) !== isAcronym(b)) return isAcronym(a) ? spells(letters(a), strip(b)) : spells(letters(b), strip(a));
  const [short, long] = left.length <= right.length ? [left, right] : [right, left];
  if (short.length === long.length) return short.every((word, index) => sameWord(word, long[index] ?? ""));
  // "Sharif" for "Shehbaz Sharif", "Istanbul" for "Istanbul Airport" is left to the caller's context: the last word must be met, or the first
  const last = short[short.length - 1] ?? "";
  if (!sameWord(last, long[long.length - 1] ?? "") && !(short.length === 1 && long.length === 2 && sameWord(last, long[0] ?? "")))
    return false;
  let at = 0;
  for (const word of long) if (at < short.length && sameWord(short[at] ?? "", word)) at += 1;
  return at === short.length;
}

const strip = (name: string): string => name.replace(/['’ʼ]s?$/u, "").trim();
const letters = (name: string): string => strip(name).replace(/\.|s$/g, "");
const isAcronym = (name: string): boolean => /^(?:\p{Lu}\.?){2,6}s?$/u.test(strip(name));

/** Folded words of a name without titles' and particles' light ones. */
function nameWords(name: string): string[] {
  return [...fold(strip(name)).matchAll(/[\p{L}\p{N}]+/gu)].map((match) => match[0]).filter((word) => !LIGHT.has(word));
}

/** One word of a name in two spellings: "Tehreek"/"Tehrik", "Mohammed"/"Muhammad", "Zelensky"/"Zelenskyy". Never two different countries. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true;
  if (/\d/.test(a + b)) return false;
  if (a === `${b}s` || `${a}s` === b) return true;
  if (a.charAt(0) !== b.charAt(0) && !/^[ckq]{2}$|^(?:yj|jy|iy|yi|ou|uo|ei|ie|ae|ea|wv|vw)$/.test(a.charAt(0) + b.charAt(0)))
    return false;
  if (isPeopleOf(a, b) || isPeopleOf(b, a)) return true;
  if (Math.abs(a.length - b.length) > 3 || Math.min(a.length, b.length) < 4) return false;
  const [countryA, countryB] = [countryOf(a), countryOf(b)];
  if (countryA !== countryB) return false;
  const [p, q] = [sound(a), sound(b)];
  if (p === q) return true;
  const [bonesP, bonesQ] = [p.replace(/[aiu]/g, ""), q.replace(/[aiu]/g, "")];
  return bonesP === bonesQ && bonesP.length >= 3 && /[aiu]$/.test(p) === /[aiu]$/.test(q) && oneVowelApart(p, q);
}

/** "Sudrian" beside "Sudria", for places that no table knows. */
const isPeopleOf = (place: string, people: string): boolean =>
  place.length >= 5 && place.endsWith("ia") && (people === `${place}n` || people === `${place}ns`);

/** A rough common spelling: doubled letters single, silent h gone, e as i, o as u. */
function sound(word: string): string {
  return word
    .replace(/ph/g, "f")
    .replace(/ck|q|c(?=[aoukrlt]|$)/g, "k")
    .replace(/kh/g, "k")
    .replace(/dzh|dj/g, "j")
    .replace(/tch/g, "ch")
    .replace(/(?<=[bdgtrlvz])h/g, "")
    .replace(/w/g, "v")
    .replace(/ou|oo|o/g, "u")
    .replace(/[yej]/g, "i")
    .replace(/(.)\1+/g, "$1")
    .replace(/(?<=[aiu])h(?=[^aiu]|$)/g, "")
    .replace(/[iua]i|ia(?=.)/g, "i");
}

function oneVowelApart(p: string, q: string): boolean {
  if (p.length === q.length) return p.split("").filter((char, index) => char !== q[index]).length <= 1;
  const [short, long] = p.length < q.length ? [p, q] : [q, p];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.slice(at) === long.slice(at + 1);
}

/** The last word of a person's name; names with particles, bodies and single words stay whole. */
export function surname(who: string): string {
  const words = who.split(/\s+/);
  const plain = words.length === 2 || words.length === 3;
  return plain &&
    words.every((word) => /^\p{Lu}[\p{L}.'’-]+$/u.test(word)) &&
    !/^(?:The|News|Press|Agency|Desk|Staff|Bureau|Team)$/i.test(words.at(-1) ?? "")
    ? (words.at(-1) ?? who)
    : who;
}
