// What the corpus itself knows of a question's words: acronyms that it spells out, names that it writes otherwise or with capitals, or that were
// mistyped by a letter. Looked up in the index, kept until that changes. Only texts that the caller may read are asked.
import type { Filter } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { countryOf } from "../text/countries.ts";
import { foreignQuestion } from "../text/language-of.ts";
import { findAcronyms, findNames, type Name } from "../text/names.ts";
import { sameWord } from "../text/same-name.ts";
import { baseOf, contentWords, isStopWord, stemOf, type Word, wordsOf } from "../text/words.ts";

export interface Expansion {
  /** The question with names put as the index writes them; equal to the question as a rule. */
  text: string;
  /** Other words for the same, each to be searched in place of `typed` as well: "TTP" / "Tehrik-e-Taliban Pakistan". */
  alternatives: { typed: string; other: string }[];
}

export type QueryExpansion = (question: string, filter: Filter) => Promise<Expansion>;

/** Names and words looked at in one question, and spellings kept for one name. */
const MOST_NAMES = 8;
const MOST_SPELLINGS = 2;
/** Words of the index that one may be meant for, and texts that are read for one word. */
const LOOKED_AT = 6;
const READ = 20;
/** Shorter words have too many neighbours. */
const SHORTEST = 5;
/** A wrong letter in a shorter name makes another name ("Karlov", "Karpov"); two swapped, one too many or too few do not. */
const LONG = 8;
/** What is kept of a long-running bot. */
const MOST_KEPT = 2000;

/** `knowsWord`: whether a word is a common one; without it only what has a capital is put right. */
export function createQueryExpansion(store: KnowledgeStore, knowsWord?: (word: string) => boolean): QueryExpansion {
  let generation: number | null = null;
  const answers = new Map<string, unknown>();

  return async (question, { scopes, hidden, asOf }) => {
    const now = await store.generation();
    if (now !== generation) answers.clear();
    generation = now;
    const seen: Filter = { scopes, hidden, asOf, undated: true };
    const text = await withCapitals(await corrected(question, seen), seen);
    const alternatives: Expansion["alternatives"] = [];
    for (const name of findNames(text).slice(0, MOST_NAMES)) {
      const others = await (name.acronym ? longForms(name.text, seen) : spellings(name, seen));
      alternatives.push(...others.map((other) => ({ typed: name.text, other })));
    }
    return { text, alternatives };
  };

  /** Words that stand nowhere in the index, put as it writes the name that they are a slip of. */
  async function corrected(question: string, seen: Filter): Promise<string> {
    const words = wordsOf(question.slice(0, 1000)).filter(
      ({ folded }) => folded.length >= SHORTEST && /^\p{L}+$/u.test(folded) && !isStopWord(folded),
    );
    const { holding } = words.length === 0 ? { holding: [] } : await store.frequencies(words.map(({ folded }) => folded));
    if (words.every((_, at) => holding[at] !== 0)) return question;
    // words of authors, publishers and titles are known, though no text may hold them
    const heads = await remembered("heads", seen, async () => {
      const named = (await store.documents(seen)).flatMap(({ author, publisher, title }) => [author, publisher, title]);
      return new Set(named.flatMap((head) => wordsOf(head ?? "").map(({ folded }) => folded)));
    });
    const unknown = words.filter(({ folded }, at) => holding[at] === 0 && !heads.has(folded));
    // a question whose words are mostly unknown is about something else, not badly typed
    if (unknown.length > Math.max(2, words.length / 2)) return question;
    // of another language the list of common words knows nothing
    const onlyCapitals = knowsWord === undefined || foreignQuestion(question) !== null;
    let text = question;
    for (const { raw, folded, start, end } of unknown.reverse()) {
      const isName = /^\p{Lu}/u.test(raw);
      // "tumour" is no slip of "Timor"
      if (countryOf(raw) !== null || (!isName && (onlyCapitals || isCommon(folded)))) continue;
      const [name] = await meant("name", folded, seen);
      const [word] = isName || name !== undefined ? [] : await meant("word", folded, seen);
      const read = name ?? word;
      if (read !== undefined) text = text.slice(0, start) + read + text.slice(end);
    }
    return text;
  }

  /** A question typed in small letters, with the capitals of the names that the texts write so. */
  async function withCapitals(question: string, seen: Filter): Promise<string> {
    if (/\p{Lu}/u.test(question.slice(1))) return question;
    let text = question;
    const words = contentWords(question).filter(({ folded }) => folded.length >= 3 && /^\p{L}+$/u.test(folded));
    const asked = new Set(words.map(({ folded }) => folded));
    for (const { folded, start } of words.slice(0, MOST_NAMES).reverse()) {
      const name = await remembered(`capitals ${folded} ${question}`, seen, async () =>
        writtenAsName(folded, await textsWith(folded, seen), isCommon(folded) ? asked : null),
      );
      if (name !== null) text = text.slice(0, start) + name + text.slice(start + name.length);
    }
    return text;
  }

  /** An inflected form is as common as its base. */
  function isCommon(folded: string): boolean {
    return [folded, baseOf(folded), folded.replace(/(?:e?s|e?d|ing|e?rs?|ly)$/, "")].some(
      (form) => form.length > 2 && knowsWord?.(form) === true,
    );
  }

  /** Other spellings of a name's words that the index holds: the whole name written so. */
  async function spellings(name: Name, seen: Filter): Promise<string[]> {
    const words = wordsOf(name.text).filter(({ folded }) => folded.length >= SHORTEST);
    const meanings = await Promise.all(words.map(({ folded }) => meant("spelling", folded, seen)));
    return words.flatMap(({ raw }, at) => (meanings[at] ?? []).map((other) => name.text.replace(raw, other)));
  }

  /** What the texts hold that the typed word may be meant for, as they write it, the nearest first. */
  function meant(kind: keyof typeof MEANT, typed: string, seen: Filter): Promise<string[]> {
    return remembered(`${kind} ${typed}`, seen, async () => {
      const letter = typed.charAt(0);
      const known = await remembered(`words in ${letter}`, {}, async () =>
        (await store.vocabulary(letter)).map((entry) => ({ ...entry, bones: bonesOf(entry.word) })),
      );
      const bones = bonesOf(typed);
      const edits = (word: string): number => (kind === "spelling" ? Infinity : editsFrom(typed, word));
      const near = known
        .map((entry) => ({ ...entry, edits: entry.bones === bones ? 1 : edits(entry.word) }))
        .filter(({ word, edits: apart }) => apart < 2 && word.length >= SHORTEST - 2)
        .sort((a, b) => a.edits - b.edits || b.word.length - a.word.length || b.passages - a.passages);
      const isName = (text: string, { raw, start }: Word): boolean => /^\p{Lu}/u.test(raw) && isInside(text, start);
      const found = new Set<string>();
      for (const { word } of near.slice(0, LOOKED_AT)) {
        const written = (await textsWith(word, seen)).flatMap((text) =>
          wordsOf(text).filter((one) => one.stem === word && (kind === "word" || isName(text, one))),
        );
        const hit = written.find(({ folded }) => !isForm(typed, folded) && MEANT[kind](typed, folded));
        if (hit !== undefined) found.add(kind === "word" ? hit.folded : hit.raw);
      }
      return [...found].slice(0, MOST_SPELLINGS);
    });
  }

  async function longForms(acronym: string, seen: Filter): Promise<string[]> {
    const short = acronym.replace(/\.|(?<=\p{Lu})s$/gu, "");
    return remembered(`long ${short}`, seen, async () => {
      const forms = (await textsWith(short, seen)).flatMap((text) => findAcronyms(text).get(short) ?? []);
      return [...new Set(forms)].slice(0, MOST_SPELLINGS);
    });
  }

  /** Texts with the word or stem; a stem is stemmed again when it is looked for, and "collaps" would become another, "collapse" does not. */
  async function textsWith(word: string, seen: Filter): Promise<string[]> {
    const hits = await store.searchText({ words: [word, `${word}e`], phrases: [] }, seen, READ);
    return (await store.passages(hits.map((hit) => hit.passage))).map((passage) => passage.text);
  }

  async function remembered<T>(question: string, { scopes, hidden, asOf }: Filter, find: () => Promise<T>): Promise<T> {
    const key = JSON.stringify([question, scopes, hidden, asOf]);
    if (answers.has(key)) return answers.get(key) as T;
    const answer = await find();
    if (answers.size > MOST_KEPT) answers.clear();
    answers.set(key, answer);
    return answer;
  }
}

/** Whether a typed word may be meant for the other. */
const MEANT = {
  spelling: (typed: string, other: string): boolean => stemOf(other) !== stemOf(typed) && sameWord(typed, other),
  name: (typed: string, other: string): boolean =>
    sameWord(typed, other) || (typed.length > SHORTEST && isSlip(typed, other, LONG)),
  word: (typed: string, other: string): boolean => isSlip(typed, other, SHORTEST),
};

/** Of a common word (`asked`: those of its question) the whole name must be asked for: "Rose", not the "Harbour" of a "Harbour Post". Null unless it is a name in all texts. */
function writtenAsName(folded: string, texts: readonly string[], asked: ReadonlySet<string> | null): string | null {
  let written: string | null = null;
  for (const text of texts) {
    const found = wordsOf(text).filter((word) => word.folded === folded);
    if (found.some(({ raw }) => /^\p{Ll}/u.test(raw))) return null;
    if (asked !== null && !findNames(text).some(({ words }) => words.includes(folded) && words.every((word) => asked.has(word))))
      continue;
    const name = found.find(({ start }) => isInside(text, start))?.raw.replace(/['’ʼ]s$/u, "");
    // accents may change the length, and then the place of what follows
    if (name?.length === folded.length) written ??= name;
  }
  return written;
}

/** Not the first word of its sentence, where every word has a capital. */
function isInside(text: string, start: number): boolean {
  return /[\p{L}\p{N},;'’"“(-]\s?$/u.test(text.slice(Math.max(0, start - 2), start));
}

/** Another ending makes another form, which is no slip: "kidnapper" of "kidnapped", "Californians" of "California". */
const isForm = (typed: string, other: string): boolean =>
  typed.startsWith(other) || (typed.length === other.length && typed.slice(0, -1) === other.slice(0, -1));

/** One letter is missing, added or, from `changed` letters on, wrong, or two are swapped. */
function isSlip(typed: string, meant: string, changed: number): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  const [left, right] = [typed.slice(at), meant.slice(at)];
  if (left === right) return false;
  if (left.slice(1) === right || left === right.slice(1)) return true;
  if (left.slice(1) === right.slice(1)) return typed.length >= changed;
  return left.slice(2) === right.slice(2) && left[0] === right[1] && left[1] === right[0];
}

/** Letters of difference between a stem and the beginning of a typed word, none or one; "company" has the stem "compani". */
function editsFrom(typed: string, stem: string): number {
  const trunk = stem.replace(/i$/, "");
  if (typed.startsWith(trunk)) return 0;
  return [-1, 0, 1].some((more) => isSlip(typed.slice(0, trunk.length + more), trunk, 0)) ? 1 : Infinity;
}

/** The hard consonants: equal in all spellings that `sameWord` takes for one, so that few words need the closer look. */
function bonesOf(word: string): string {
  return word
    .replace(/ph/g, "f")
    .replace(/[aeiouyhjw']/g, "")
    .replace(/ck|[cq]/g, "k")
    .replace(/v/g, "")
    .replace(/(.)\1+/g, "$1");
}
