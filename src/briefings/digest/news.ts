// What a new text says that earlier ones did not: numbers, names, and matter of its own. Works on words; it does not judge what is true.
import { findNames } from "../../text/names.ts";
import { baseOf, isStopWord, wordsOf } from "../../text/words.ts";

/** Share of a sentence's matter that was not said before, from which it is news without a new number or name. */
const NEW_MATTER = 0.5;
/** A new number or name alone makes no news of a sentence that was otherwise told. */
const SOME_MATTER = 0.25;

/** The words that the texts say. */
export const knownFrom = (texts: readonly string[]): Set<string> => new Set(texts.flatMap(matter));

/** Whether the sentence says something that is not known. */
export function isNews(sentence: string, known: ReadonlySet<string>): boolean {
  const own = [...new Set(matter(sentence))];
  if (own.length === 0) return false;
  const fresh = own.filter((word) => !known.has(word));
  const share = fresh.length / own.length;
  if (share >= NEW_MATTER) return true;
  const named = new Set(findNames(sentence).flatMap((name) => (name.certain ? name.words.map(baseOf) : [])));
  const facts = fresh.filter((word) => /\d/.test(word) || named.has(word));
  return facts.length > 0 && share >= SOME_MATTER;
}

function matter(text: string): string[] {
  return wordsOf(text).flatMap(({ folded }) => (isStopWord(folded) ? [] : [baseOf(folded)]));
}
