// A question typed in small letters, with the capitals of the names that the texts write so: what is a name weighs and is looked for as one.
import { findNames } from "../text/names.ts";
import { contentWords, wordsOf } from "../text/words.ts";

/** Words of a question that are looked up, and the shortest one. */
const MOST_WORDS = 8;
const SHORTEST = 3;

/** `writtenAs`: how the texts write a folded word that is a name in all of them, else null. A question with a capital inside stays as it is. */
export async function withCapitals(question: string, writtenAs: (folded: string) => Promise<string | null>): Promise<string> {
  if (/\p{Lu}/u.test(question.slice(1))) return question;
  const words = contentWords(question).filter(({ folded }) => folded.length >= SHORTEST && /^\p{L}+$/u.test(folded));
  let text = question;
  for (const { folded, start } of words.slice(0, MOST_WORDS).reverse()) {
    const name = await writtenAs(folded);
    if (name !== null) text = text.slice(0, start) + name + text.slice(start + name.length);
  }
  return text;
}

/** A common word must be a name by itself somewhere: "Rose", not the "Harbour" of a "Harbour Post". */
export function writtenAsName(folded: string, texts: readonly string[], common: boolean): string | null {
  let written: string | null = null;
  for (const text of texts) {
    const found = wordsOf(text).filter((word) => word.folded === folded);
    if (found.some(({ raw }) => /^\p{Ll}/u.test(raw))) return null;
    if (common && !findNames(text).some(({ words }) => words.length === 1 && words[0] === folded)) continue;
    const name = found.find(({ start }) => inside(text, start))?.raw.replace(/['’ʼ]s$/u, "");
    // accents may change the length, and then the place of what follows
    if (name?.length === folded.length) written ??= name;
  }
  return written;
}

/** Not the first word of its sentence, where every word has a capital. */
export function inside(text: string, start: number): boolean {
  return /[\p{L}\p{N},;'’"“(-]\s?$/u.test(text.slice(Math.max(0, start - 2), start));
}
