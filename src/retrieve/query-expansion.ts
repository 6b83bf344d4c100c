// What the corpus itself knows of a question's words: acronyms that it spells out, names that it writes otherwise or with capitals, words
// that were mistyped. Looked up in the index, kept until that changes. Only texts that the caller may read are asked.
import type { Filter } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { countryOf } from "../text/countries.ts";
import { foreignQuestion } from "../text/language-of.ts";
import { findAcronyms, findNames, spells } from "../text/names.ts";
import type { Name } from "../text/names.ts";
import { sameWord } from "../text/same-name.ts";
import { contentWords, isStopWord, stemOf, wordsOf } from "../text/words.ts";

export interface Expansion {
  /** The question with words that the index does not hold put as it writes them; equal to the question as a rule. */
  text: string;
  /** Other words for the same, each to be searched in place of `typed` as well: "TTP" / "Tehrik-e-Taliban Pakistan". */
  alternatives: { typed: string; other: string }[];
}

export interface QueryExpansion {
  of(question: string, filter: Filter): Promise<Expansion>;
}

/** Names and words looked at in one question, and spellings kept for one name. */
const MOST_NAMES = 8;
const MOST_SPELLINGS = 2;
/** Texts that are read for one word. */
const READ = 20;
/** Shorter words have too many neighbours; from `LONG` on a word may hold two slips. */
const SHORTEST_TYPO = 5;
const LONG = 8;
/** What is kept of a long-running bot. */
const MOST_KEPT = 2000;

/** `knowsWord`: whether a word is a common one; without it only names are put right. */
export function createQueryExpansion(store: KnowledgeStore, knowsWord?: (word: string) => boolean): QueryExpansion {
  let generation: number | null = null;
  const answers = new Map<string, unknown>();

  return {
    async of(question, filter) {
      const now = await store.generation();
      if (now !== generation) answers.clear();
      generation = now;
      const { scopes, hidden, asOf } = filter;
      const seen: Filter = { scopes, hidden, asOf, undated: true };
      const text = await withCapitals(await corrected(question, seen), seen);
      const alternatives: Expansion["alternatives"] = [];
      for (const name of findNames(text).slice(0, MOST_NAMES)) {
        const others = name.acronym
          ? await longForms(name.text, seen)
          : [...(await shortForms(name, seen)), ...(await spellings(name, seen))];
        for (const other of others) alternatives.push({ typed: name.text, other });
      }
      return { text, alternatives };
    },
  };

  /** Words that stand nowhere in the index, put as it writes the nearest one. */
  async function corrected(question: string, seen: Filter): Promise<string> {
    const words = wordsOf(question.slice(0, 1000)).filter(
      ({ folded }) => folded.length >= SHORTEST_TYPO && /^\p{L}+$/u.test(folded),
    );
    if (words.length === 0) return question;
    const { holding } = await store.frequencies(words.map(({ folded }) => folded));
    if (words.every((_, at) => holding[at] !== 0)) return question;
    // words of authors, publishers and titles are known, though no text may hold them
    const heads = await remembered("heads", seen, async () => {
      const named = (await store.documents(seen)).flatMap(({ author, publisher, title }) => [author, publisher, title]);
      return new Set(named.flatMap((head) => wordsOf(head ?? "").map(({ folded }) => folded)));
    });
    const unknown = words.filter(({ folded }, at) => holding[at] === 0 && !heads.has(folded) && !isStopWord(folded));
    // a question whose words are mostly unknown is about something else, not badly typed
    if (unknown.length > Math.max(2, words.length / 2)) return question;
    // of another language the list of common words knows nothing
    const knows = foreignQuestion(question) === null ? knowsWord : undefined;
    let text = question;
    for (const { raw, folded, start, end } of unknown.reverse()) {
      if (countryOf(raw) !== null) continue;
      const name = /^\p{Lu}/u.test(raw);
      // "tumour" is no slip of "Timor"
      if (!name && (knows === undefined || isCommon(folded, knows))) continue;
      const read = await remembered(
        `typo ${raw}`,
        seen,
        async () => (await meant(folded, true, seen)) ?? (name ? null : meant(folded, false, seen)),
      );
      if (read !== null) text = text.slice(0, start) + read + text.slice(end);
    }
    return text;
  }

  /** The word of the texts that the typed one is a slip of, or a variant where it is a name. */
  async function meant(typed: string, name: boolean, seen: Filter): Promise<string | null> {
    const stem = name ? stemOf(typed) : typed;
    const near = (await vocabulary(typed))
      .map(({ word, passages }) => ({
        word,
        passages,
        edits: editsApart(stem.slice(0, name ? undefined : word.length), word, 3),
      }))
      .filter(({ word, edits }) => edits <= (name ? 3 : 2) && word.length >= SHORTEST_TYPO - 2)
      .sort((a, b) => a.edits - b.edits || b.word.length - a.word.length || b.passages - a.passages);
    for (const { word } of near.slice(0, 6)) {
      for (const text of await textsWith(word, seen)) {
        const found = wordsOf(text).find(({ stem: own, folded, raw, start }) => {
          if (own !== word || folded.charAt(0) !== typed.charAt(0)) return false;
          const most = typed.length >= LONG ? 2 : 1;
          if (!name) return editsApart(typed, folded, most) <= most;
          return /^\p{Lu}/u.test(raw) && isInside(text, start) && (sameWord(typed, folded) || slipped(typed, folded));
        });
        if (found !== undefined) return name ? found.raw : found.folded;
      }
    }
    return null;
  }

  /** A question typed in small letters, with the capitals of the names that the texts write so. */
  async function withCapitals(question: string, seen: Filter): Promise<string> {
    if (/\p{Lu}/u.test(question.slice(1))) return question;
    let text = question;
    const words = contentWords(question).filter(({ folded }) => folded.length >= 3 && /^\p{L}+$/u.test(folded));
    for (const { folded, start } of words.slice(0, MOST_NAMES).reverse()) {
      const name = await remembered(`name ${folded}`, seen, async () =>
        writtenAsName(folded, await textsWith(folded, seen), knowsWord !== undefined && isCommon(folded, knowsWord)),
      );
      if (name !== null) text = text.slice(0, start) + name + text.slice(start + name.length);
    }
    return text;
  }

  /** Other spellings of a name's words that the index holds: the whole name written so. */
  async function spellings(name: Name, seen: Filter): Promise<string[]> {
    const others: string[] = [];
    for (const { folded, stem, raw } of wordsOf(name.text).filter((word) => word.folded.length >= SHORTEST_TYPO)) {
      const found = await remembered(`spelling ${folded}`, seen, async () => {
        const bones = bonesOf(folded);
        const same = (await vocabulary(folded)).filter(
          (entry) => entry.bones === bones && entry.word !== stem && sameWord(folded, entry.word),
        );
        const surfaces: string[] = [];
        for (const { word } of same.slice(0, 2 * MOST_SPELLINGS)) {
          const [surface] = (await textsWith(word, seen)).flatMap((text) =>
            wordsOf(text).filter((one) => one.stem === word && /^\p{Lu}/u.test(one.raw) && isInside(text, one.start)),
          );
          if (surface !== undefined) surfaces.push(surface.raw);
        }
        return surfaces.slice(0, MOST_SPELLINGS);
      });
      others.push(...found.map((surface) => name.text.replace(raw, surface)));
    }
    return others;
  }

  async function longForms(acronym: string, seen: Filter): Promise<string[]> {
    const short = acronym.replace(/\.|(?<=\p{Lu})s$/gu, "");
    return remembered(`long ${short}`, seen, async () => {
      const forms = (await textsWith(short, seen)).flatMap((text) => findAcronyms(text).get(short) ?? []);
      return [...new Set(forms)].slice(0, MOST_SPELLINGS);
    });
  }

  /** The acronym that the corpus gives for a name of several words, however it spells them. */
  async function shortForms(name: Name, seen: Filter): Promise<string[]> {
    if (name.words.length < 2) return [];
    return remembered(`short ${name.text}`, seen, async () => {
      const tried = new Set(
        [wordsOf(name.text).map(({ folded }) => folded), name.words].map((words) => words.map((word) => word.charAt(0)).join("")),
      );
      const forms = new Set<string>();
      for (const initials of tried)
        for (const text of initials.length < 2 ? [] : await textsWith(initials, seen))
          for (const [short, long] of findAcronyms(text))
            if (spells(short, name.text) && sameWords(long, name.text)) forms.add(short);
      return [...forms].slice(0, MOST_SPELLINGS);
    });
  }

  /** Texts with the word or stem; a stem is stemmed again when it is looked for, and "collaps" would become another, "collapse" does not. */
  async function textsWith(word: string, seen: Filter): Promise<string[]> {
    const hits = await store.searchText({ words: [word, `${word}e`], phrases: [] }, seen, READ);
    return (await store.passages(hits.map((hit) => hit.passage))).map((passage) => passage.text);
  }

  function vocabulary(word: string): Promise<readonly { word: string; passages: number; bones: string }[]> {
    const letter = String.fromCodePoint(word.codePointAt(0) ?? 0);
    return remembered(`words in ${letter}`, {}, async () =>
      (await store.vocabulary(letter)).map((entry) => ({ ...entry, bones: bonesOf(entry.word) })),
    );
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

/** An inflected form is as common as its base. */
function isCommon(typed: string, knowsWord: (word: string) => boolean): boolean {
  const forms = [
    typed,
    typed.replace(/(?:e?s|e?d|ing|e?rs?|ly)$/, ""),
    typed.replace(/(?:ing|ed|ers?)$/, "e"),
    typed.replace(/ie[sd]$/, "y"),
  ];
  return forms.some((form) => form.length > 2 && knowsWord(form));
}

/** A common word must be a name by itself somewhere: "Rose", not the "Harbour" of a "Harbour Post". Null unless it is a name in all texts. */
function writtenAsName(folded: string, texts: readonly string[], common: boolean): string | null {
  let written: string | null = null;
  for (const text of texts) {
    const found = wordsOf(text).filter((word) => word.folded === folded);
    if (found.some(({ raw }) => /^\p{Ll}/u.test(raw))) return null;
    if (common && !findNames(text).some(({ words }) => words.length === 1 && words[0] === folded)) continue;
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

/** Letters missing, added, wrong or two swapped; any number above `most` as soon as there are more. */
function editsApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const wrong = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, wrong, swapped));
    }
    if (Math.min(...current) > most) return most + 1;
    [before, previous] = [previous, current];
  }
  return previous[b.length] ?? most + 1;
}

/** A wrong letter in a short name makes another name ("Karlov", "Karpov"); two swapped, one too many or too few do not. */
function slipped(typed: string, meantWord: string): boolean {
  const edits = editsApart(typed, meantWord, 2);
  if (edits === 2) return Math.min(typed.length, meantWord.length) > LONG;
  const sorted = (word: string): string => Array.from(word).sort().join("");
  const changed = typed.length === meantWord.length && sorted(typed) !== sorted(meantWord);
  return edits === 1 && typed.length >= (changed ? LONG : SHORTEST_TYPO + 1);
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

function sameWords(a: string, b: string): boolean {
  const [left = [], right = []] = [a, b].map((name) =>
    wordsOf(name)
      .map(({ folded }) => folded)
      .filter((word) => word.length > 2),
  );
  return left.length === right.length && left.every((word, at) => sameWord(word, right[at] ?? ""));
}
