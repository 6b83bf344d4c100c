// What the corpus itself knows of a question's words: acronyms that it spells out, names that it writes otherwise, words that were mistyped.
// Looked up in the index when a question needs it, kept until the index changes. Only texts that the caller may read are asked.
import type { Filter } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { countryOf } from "../text/countries.ts";
import { foreignQuestion } from "../text/foreign-question.ts";
import { findAcronyms, findNames, spells } from "../text/names.ts";
import type { Name } from "../text/names.ts";
import { withQuestionWord } from "../text/question-words.ts";
import { sameWord } from "../text/same-name.ts";
import { fold, isStopWord, stemOf, type Word, wordsOf } from "../text/words.ts";
import { inside, withCapitals, writtenAsName } from "./capitals.ts";
import { editsApart, SHORTEST_TYPO, slipped } from "./edits.ts";

export interface Wording {
  /** The question with words that the index does not hold put as it writes them; equal to the question as a rule. */
  text: string;
  /** What was put in place of what, for the reader. */
  corrected: { typed: string; read: string }[];
  /** Other words for the same, each to be searched in place of `typed` as well: "TTP" / "Tehrik-e-Taliban Pakistan". */
  alternatives: { typed: string; other: string }[];
}

export interface CorpusWording {
  of(question: string, filter: Filter): Promise<Wording>;
}

/** Names looked at in one question, and spellings kept for one name. */
const MOST_NAMES = 8;
const MOST_SPELLINGS = 2;
/** Without a capital, a short word that is nowhere is an ordinary word rather than a name. */
const SHORTEST_PLAIN = 6;
/** From this length on a word may hold two slips. */
const LONG_WORD = 8;
const READ = 20;

/** `knowsWord`: whether a word is a common one; without it only names are put right. */
export function createCorpusWording(store: KnowledgeStore, knowsWord?: (word: string) => boolean): CorpusWording {
  let generation: number | null = null;
  const letters = new Map<string, readonly VocabularyWord[]>();
  const answers = new Map<string, unknown>();

  return {
    async of(question, filter) {
      const now = await store.generation();
      if (now !== generation) {
        letters.clear();
        answers.clear();
        generation = now;
      }
      const seen: Filter = { scopes: filter.scopes, hidden: filter.hidden, asOf: filter.asOf, undated: true };
      const { text: spelled, corrected } = await correct(question, seen);
      const text = await withCapitals(spelled, (word) =>
        remembered(`name ${word} ${key(seen)}`, async () =>
          writtenAsName(word, await textsWith(word, seen), isCommon(word) === true),
        ),
      );
      const names = findNames(text).slice(0, MOST_NAMES);
      const alternatives: Wording["alternatives"] = [];
      for (const name of names) {
        const others = name.acronym
          ? await longForms(name.text, seen)
          : [...(await shortForms(name, seen)), ...(await spellings(name, seen))];
        for (const other of others) alternatives.push({ typed: name.text, other });
      }
      return { text, corrected, alternatives };
    },
  };

  /** Words that stand nowhere in the index, put as it writes the nearest one. */
  async function correct(typed: string, seen: Filter): Promise<{ text: string; corrected: Wording["corrected"] }> {
    const question = withQuestionWord(typed);
    const hastily = question !== typed;
    const shortest = (raw: string): number => (/^\p{Lu}/u.test(raw) || knowsWord !== undefined ? SHORTEST_TYPO : SHORTEST_PLAIN);
    const words = wordsOf(question.slice(0, 1000)).filter(
      ({ folded, raw }) => folded.length >= shortest(raw) && /^\p{L}+$/u.test(folded),
    );
    if (words.length === 0) return { text: question, corrected: [] };
    const { holding } = await store.frequencies(words.map((word) => word.folded));
    const corrected: Wording["corrected"] = [];
    // of another language the list of common words knows nothing
    const english = foreignQuestion(question) === null;
    let text = question;
    const houses = words.every((_, index) => holding[index] !== 0) ? new Set<string>() : await namesOfHeads(seen);
    const unknown = words.filter(({ folded }, index) => holding[index] === 0 && !houses.has(folded) && !isStopWord(folded));
    // a question whose words are mostly unknown is about something else, not badly typed
    if (unknown.length > Math.max(2, words.length / 2)) return { text, corrected };
    const reading = (word: Word, hasty: boolean): Promise<string | null> => {
      const capital = /^\p{Lu}/u.test(word.raw);
      return remembered(`typo ${english} ${hasty} ${word.raw} ${key(seen)}`, () =>
        english ? meant(word.folded, capital, seen, hasty) : nearest(word.folded, seen),
      );
    };
    const mended: { word: Word; read: string }[] = [];
    // one slip makes another likelier: then what only looks like a form of a common word is looked up, too
    for (const hasty of [hastily, true]) {
      if (hasty && !hastily && mended.length === 0) break;
      for (const word of unknown) {
        if (countryOf(word.raw) !== null || mended.some((one) => one.word === word)) continue;
        const read = await reading(word, hasty);
        if (read !== null) mended.push({ word, read });
      }
    }
    for (const { word, read } of mended.sort((a, b) => b.word.start - a.word.start)) {
      corrected.unshift({ typed: word.raw, read });
      text = text.slice(0, word.start) + read + text.slice(word.end);
    }
    return { text, corrected };
  }

  /** Words of authors, publishers and titles: known, though no text may hold them. */
  async function namesOfHeads(seen: Filter): Promise<Set<string>> {
    return remembered(`heads ${key(seen)}`, async () => {
      const heads = (await store.documents(seen)).flatMap(({ author, publisher, title }) => [author, publisher, title]);
      return new Set(heads.flatMap((head) => wordsOf(head ?? "").map(({ folded }) => folded)));
    });
  }

  /** The name or, for a word in small letters that is no common one, the word that was meant. */
  async function meant(typed: string, capital: boolean, seen: Filter, hasty: boolean): Promise<string | null> {
    const common = hasty && knowsWord !== undefined ? knowsWord(typed) : isCommon(typed);
    // "tumour" is no slip of "Timor"
    if (!capital && (common === true || (common === null && typed.length < SHORTEST_PLAIN))) return null;
    const name = await nearest(typed, seen);
    return name !== null || capital || common !== false ? name : nearestWord(typed, seen);
  }

  /** Null where there is no list to tell by. An inflected form is as common as its base. */
  function isCommon(typed: string): boolean | null {
    if (knowsWord === undefined) return null;
    const forms = [
      typed,
      typed.replace(/(?:e?s|e?d|ing|e?rs?|ly)$/, ""),
      typed.replace(/(?:ing|ed|ers?)$/, "e"),
      typed.replace(/ie[sd]$/, "y"),
    ];
    return forms.some((form) => form.length > 2 && knowsWord(form));
  }

  /** The word of the texts that the typed one is a slip of: one slip, in long words two, never in the first letter. */
  async function nearestWord(typed: string, seen: Filter): Promise<string | null> {
    const near = (await vocabulary(typed))
      .map(({ word, passages }) => ({ word, passages, edits: editsApart(typed.slice(0, word.length), word, 2) }))
      .filter(({ word, edits }) => edits <= 2 && word.length >= SHORTEST_TYPO - 2 && word.length <= typed.length + 1)
      .sort((a, b) => a.edits - b.edits || b.word.length - a.word.length || b.passages - a.passages);
    const most = typed.length >= LONG_WORD ? 2 : 1;
    let best: { raw: string; edits: number } | null = null;
    for (const { word: stem } of near.slice(0, 6)) {
      for (const text of await textsWith(stem, seen)) {
        for (const word of wordsOf(text)) {
          if (word.stem !== stem || word.folded.charAt(0) !== typed.charAt(0)) continue;
          const edits = editsApart(typed, word.folded, most);
          if (edits <= most && (best === null || edits < best.edits)) best = { raw: word.folded, edits };
        }
      }
    }
    return best?.raw ?? null;
  }

  /** The name that the word is a slip or a variant of. Only names: an ordinary word that is nowhere means just that. */
  async function nearest(typed: string, seen: Filter): Promise<string | null> {
    const stem = stemOf(typed);
    const near = (await vocabulary(typed))
      .map(({ word, passages }) => ({ word, passages, edits: editsApart(stem, word, 3) }))
      .filter(({ word, edits }) => edits <= 3 && word.length >= SHORTEST_TYPO - 1)
      .sort((a, b) => a.edits - b.edits || b.passages - a.passages);
    for (const { word } of near.slice(0, 5)) {
      const surface = await surfaceOf(word, true, seen);
      const folded = surface === null ? "" : fold(surface);
      if (surface !== null && (sameWord(typed, folded) || slipped(typed, folded))) return surface;
    }
    return null;
  }

  /** Other spellings of a name's words that the index holds: the whole name written so. */
  async function spellings(name: Name, seen: Filter): Promise<string[]> {
    const others: string[] = [];
    for (const word of wordsOf(name.text).filter(({ folded }) => folded.length >= SHORTEST_TYPO)) {
      const found = await remembered(`spelling ${word.folded} ${key(seen)}`, async () => {
        const bones = bonesOf(word.folded);
        const same = (await vocabulary(word.folded)).filter(
          (entry) => entry.bones === bones && entry.word !== word.stem && sameWord(word.folded, entry.word),
        );
        const surfaces: string[] = [];
        for (const { word: other } of same.slice(0, 2 * MOST_SPELLINGS)) {
          const surface = await surfaceOf(other, true, seen);
          if (surface !== null) surfaces.push(surface);
        }
        return surfaces.slice(0, MOST_SPELLINGS);
      });
      for (const surface of found) others.push(name.text.replace(word.raw, surface));
    }
    return others;
  }

  async function longForms(acronym: string, seen: Filter): Promise<string[]> {
    const short = acronym.replace(/\.|(?<=\p{Lu})s$/gu, "");
    return remembered(`long ${short} ${key(seen)}`, async () => {
      const forms = new Set<string>();
      for (const text of await textsWith(short, seen)) {
        const long = findAcronyms(text).get(short);
        if (long !== undefined) forms.add(long);
      }
      return [...forms].slice(0, MOST_SPELLINGS);
    });
  }

  /** The acronym that the corpus gives for a name of several words, however it spells them. */
  async function shortForms(name: Name, seen: Filter): Promise<string[]> {
    if (name.words.length < 2) return [];
    return remembered(`short ${name.text} ${key(seen)}`, async () => {
      const all = wordsOf(name.text).map(({ folded }) => folded.charAt(0));
      const tried = [...new Set([all.join(""), name.words.map((word) => word.charAt(0)).join("")])].filter(
        ({ length }) => length > 1,
      );
      const { holding } = await store.frequencies(tried);
      const forms = new Set<string>();
      for (const initials of tried.filter((_, index) => (holding[index] ?? 0) > 0)) {
        for (const text of await textsWith(initials, seen)) {
          for (const [short, long] of findAcronyms(text))
            if (spells(short, name.text) && sameWords(long, name.text)) forms.add(short);
        }
      }
      return [...forms].slice(0, MOST_SPELLINGS);
    });
  }

  /** Texts with the word or stem; a stem is stemmed again when it is looked for, and "collaps" would become another, "collapse" does not. */
  async function textsWith(word: string, seen: Filter): Promise<string[]> {
    const hits = await store.searchText({ words: [word, `${word}e`], phrases: [] }, seen, READ);
    return (await store.passages(hits.map((hit) => hit.passage))).map((passage) => passage.text);
  }

  /** How texts write the stem; null where no readable text does, or where it is never a name and a name is wanted. */
  async function surfaceOf(stem: string, capital: boolean, seen: Filter): Promise<string | null> {
    for (const text of await textsWith(stem, seen)) {
      const found = wordsOf(text).find(
        (word) => word.stem === stem && (!capital || (/^\p{Lu}/u.test(word.raw) && inside(text, word.start))),
      );
      if (found !== undefined) return found.raw;
    }
    return null;
  }

  async function vocabulary(word: string): Promise<readonly VocabularyWord[]> {
    const letter = String.fromCodePoint(word.codePointAt(0) ?? 0);
    const known = letters.get(letter);
    if (known !== undefined) return known;
    const words = (await store.vocabulary(letter)).map((entry) => ({ ...entry, bones: bonesOf(entry.word) }));
    letters.set(letter, words);
    return words;
  }

  async function remembered<T>(question: string, find: () => Promise<T>): Promise<T> {
    if (answers.has(question)) return answers.get(question) as T;
    const answer = await find();
    if (answers.size > 2000) answers.clear(); // bounds the memory of a long-running bot
    answers.set(question, answer);
    return answer;
  }
}

interface VocabularyWord {
  word: string;
  passages: number;
  bones: string;
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
  const [left, right] = [a, b].map((name) =>
    wordsOf(name)
      .map(({ folded }) => folded)
      .filter((word) => word.length > 2),
  );
  return (
    left !== undefined &&
    right !== undefined &&
    left.length === right.length &&
    left.every((word, at) => sameWord(word, right[at] ?? ""))
  );
}

const key = ({ scopes, hidden, asOf }: Filter): string => JSON.stringify([scopes, hidden, asOf]);
