// Whom a question wants to hear: publishers and authors of the corpus that it names, and anyone it asks the word of ("what does … say"); and
// whether a name is somebody's at all, as far as the texts tell. How much that weighs is decided in rerank.ts.
import type { Document, Filter, Span } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { attributionsOf, SAYING_FORMS } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { fold, wordsOf } from "../text/words.ts";
import { authorsOf, plain } from "./rerank.ts";

const WORK =
  "view|views|opinion|position|stance|argument|analysis|assessment|article|piece|report|reports|reporting|column|editorial|essay|interview|account|coverage|words|take|advice|recommendations?";
const BEFORE = new RegExp(
  String.raw`(?:according\s+to|quoted\s+(?:by|in)|(?:${WORK}|published|written|reported|said|signed)\s+(?:by|in|of|from|with|on)|(?:(?:in|on|at|from)\s+the\s+(?:pages|columns|website|site)\s+of))\s+(?:the\s+)?$`,
  "i",
);
const AFTER = new RegExp(
  String.raw`^(?:\s+(?:also|then|really|actually|himself|herself)?\s*(?:${SAYING_FORMS}|make of)\b|['’]s?\s+(?:\w+\s+)?(?:${WORK})\b)`,
  "i",
);

/** Names, as the corpus or else the question writes them, whose own words are asked for. */
export function voicesAskedFor(question: string, documents: readonly Document[]): string[] {
  const text = question.slice(0, 2000);
  const voices = new Set(findNames(text).flatMap((name) => (isAsked(text, name) ? name.text : [])));
  const spoken = ` ${plain(text)} `;
  for (const [voice, { isAuthor, forms }] of voicesOf(documents)) {
    for (const form of forms.filter((one) => spoken.includes(` ${one} `))) {
      const match = new RegExp(String.raw`${asTyped(form)}(?![\p{L}\p{N}])`, "iu").exec(text);
      const at = match === null ? null : { start: match.index, end: match.index + match[0].length };
      if (at !== null && isPartOfName(text, at)) continue;
      // a full name, an address or a name in capitals (not of the first word) speaks for itself; "dawn" and "time" are also words
      const named = at !== null && ((at.start > 0 && /\p{Lu}/u.test(text.slice(at.start, at.end))) || isAsked(text, at));
      if (named || (isAuthor && form.includes(" "))) voices.add(voice);
    }
  }
  return [...voices];
}

const isAsked = (text: string, { start, end }: Span): boolean =>
  BEFORE.test(text.slice(Math.max(0, start - 60), start)) || AFTER.test(text.slice(end, end + 60));

/** "Hill" in "Fiona Hill" is no word of an outlet called "The Hill". */
function isPartOfName(text: string, { start, end }: Span): boolean {
  const before = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}'’.-]*) $/u.exec(text.slice(0, start));
  const behind = /^ \p{Lu}/u.test(text.slice(end)) && !BEFORE.test(text.slice(0, start));
  const opens = before !== null && (before.index === 0 || /[.?!]\s*$/.test(text.slice(0, before.index)));
  return behind || (before !== null && !opens && before[1]?.toLowerCase() !== "the");
}

type Voices = Map<string, { isAuthor: boolean; forms: string[] }>;

/** By list of documents: the store gives the same one until something is written. */
const known = new WeakMap<readonly Document[], Voices>();

function voicesOf(documents: readonly Document[]): Voices {
  const voices: Voices = known.get(documents) ?? new Map();
  if (known.has(documents)) return voices;
  for (const document of documents) {
    const { publisher } = document;
    for (const one of authorsOf(document)) if (!voices.has(one)) voices.set(one, { isAuthor: true, forms: formsOf(one) });
    if (publisher !== null && voices.get(publisher)?.isAuthor !== false)
      voices.set(publisher, { isAuthor: false, forms: formsOf(publisher) });
  }
  known.set(documents, voices);
  return voices;
}

/** As people type it: without the article, without the ending of an address or the word for what kind of house it is. */
export function formsOf(voice: string): string[] {
  const bare = voice.replace(/^the\s+/i, "");
  const short = bare.replace(/\.(?:com|org|net|info|[a-z]{2}(?:\.[a-z]{2})?)$/i, "");
  const house = short.replace(/\s+(?:news )?(?:agency|news|media|online|newspaper|magazine|network|service|group)$/i, "");
  return [...new Set([bare, short, ...(house.includes(" ") ? [house] : [])].map(plain))].filter((form) => form.length > 2);
}

/** A pattern for the words of the form, whatever stands between them. */
export const asTyped = (form: string): string =>
  String.raw`(?<![\p{L}\p{N}])${form.replaceAll(" ", String.raw`[^\p{L}\p{N}]{1,3}`)}`;

/** Passages that are read for one name. */
const READ = 20;

/** Whether somebody of this name, or of this last part of it, wrote one of the texts or is quoted in them. */
export async function isPersonIn(store: KnowledgeStore, name: string, { scopes, hidden, asOf }: Filter): Promise<boolean> {
  const words = wordsOf(name).map(({ folded }) => folded);
  const last = words.at(-1);
  if (last === undefined || countryOf(name) !== null) return false;
  const seen: Filter = { scopes, hidden, asOf, undated: true };
  const ends = (person: string): boolean => {
    const theirs = fold(person).split(/\s+/);
    return theirs.length > 1 && theirs.slice(-words.length).join(" ") === words.join(" ");
  };
  if ((await store.documents(seen)).flatMap(authorsOf).some(ends)) return true;
  const hits = await store.searchText({ words: [last], phrases: [] }, seen, READ);
  const passages = await store.passages(hits.map(({ passage }) => passage));
  return passages.some(({ text, speaker }) => {
    const quoted = sentenceSpans(text).flatMap(({ start, end }) => attributionsOf(text.slice(start, end)));
    return ends(speaker ?? "") || quoted.some((one) => one.kind === "person" && ends(one.speaker));
  });
}
