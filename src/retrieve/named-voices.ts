// Whom a question wants to hear: publishers and authors of the corpus that it names, and anyone it asks the word of ("what does … say"); and
// whether a name is somebody's at all, as far as the texts tell. How much that weighs is decided in rerank.ts.
import type { Document, Filter } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { attributionsOf, parseSpeaker, SAYING_FORMS } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames, standsForPlace } from "../text/names.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { fold, wordsOf } from "../text/words.ts";
import { plain } from "./rerank.ts";

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
  const voices = new Set<string>();
  for (const name of findNames(text)) if (asked(text, name.start, name.end)) voices.add(name.text);
  const lower = plain(text);
  for (const { voice, kind, forms } of voicesOf(documents)) {
    for (const form of forms) {
      if (!` ${lower} `.includes(` ${form} `)) continue;
      const at = placeOf(text, form);
      if (at !== null && isPartOfName(text, at)) continue;
      // a full name, an address or a name in capitals speaks for itself; "dawn" and "time" are also words
      const telling = form.includes(" ") && kind === "author" ? true : at !== null && (at.exact || asked(text, at.start, at.end));
      if (telling) voices.add(voice);
    }
  }
  return [...voices];
}

function asked(text: string, start: number, end: number): boolean {
  return BEFORE.test(text.slice(Math.max(0, start - 60), start)) || AFTER.test(text.slice(end, end + 60));
}

/** "Hill" in "Fiona Hill" is no word of an outlet called "The Hill". */
function isPartOfName(text: string, { start, end }: { start: number; end: number }): boolean {
  const before = /(?<![\p{L}\p{N}])(\p{Lu}[\p{L}'’.-]*) $/u.exec(text.slice(0, start));
  const behind = /^ \p{Lu}/u.test(text.slice(end)) && !BEFORE.test(text.slice(0, start));
  const opens = before !== null && (before.index === 0 || /[.?!]\s*$/.test(text.slice(0, before.index)));
  return behind || (before !== null && !opens && before[1]?.toLowerCase() !== "the");
}

interface Voice {
  voice: string;
  kind: "publisher" | "author";
  forms: string[];
}

/** By list of documents: the store gives the same one until something is written. */
const known = new WeakMap<readonly Document[], Voice[]>();

function voicesOf(documents: readonly Document[]): Voice[] {
  const before = known.get(documents);
  if (before !== undefined) return before;
  const kinds = new Map<string, Voice["kind"]>();
  for (const { publisher, author } of documents) {
    for (const one of author?.split(", ") ?? []) kinds.set(one, "author");
    if (publisher !== null) kinds.set(publisher, "publisher");
  }
  const voices = [...kinds].map(([voice, kind]) => ({ voice, kind, forms: formsOf(voice) }));
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

/** Where the form stands in the question; `exact` where it has a capital that does not come from the beginning of the sentence. */
function placeOf(text: string, form: string): { start: number; end: number; exact: boolean } | null {
  const match = new RegExp(String.raw`${asTyped(form)}(?![\p{L}\p{N}])`, "iu").exec(text);
  if (match === null) return null;
  return { start: match.index, end: match.index + match[0].length, exact: match.index > 0 && /\p{Lu}/u.test(match[0]) };
}

/** Passages that are read for one name. */
const READ = 20;

export async function isPersonIn(store: KnowledgeStore, name: string, filter: Filter): Promise<boolean> {
  const words = wordsOf(name).map(({ folded }) => folded);
  const last = words.at(-1);
  if (last === undefined || countryOf(name) !== null) return false;
  const seen: Filter = { scopes: filter.scopes, hidden: filter.hidden, asOf: filter.asOf, undated: true };
  const ends = (person: string): boolean => {
    const theirs = fold(person).split(/\s+/);
    return theirs.length > 1 && theirs.slice(-words.length).join(" ") === words.join(" ");
  };
  const authors = (await store.documents(seen)).flatMap(({ author }) => author?.split(", ") ?? []);
  if (authors.some(ends)) return true;
  const hits = await store.searchText({ words: [last], phrases: [] }, seen, READ);
  for (const { text, speaker } of await store.passages(hits.map((hit) => hit.passage))) {
    if (speaker !== null && ends(speaker)) return true;
    for (const { start, end } of sentenceSpans(text)) {
      const told = text.slice(start, end);
      if (fold(told).includes(last) && personsOf(told).some(ends)) return true;
    }
  }
  return false;
}

/** Who is quoted in the sentence, and who has an office in front of the name or behind it. */
function personsOf(sentence: string): string[] {
  const quoted = attributionsOf(sentence).filter(({ kind }) => kind === "person");
  const names = findNames(sentence);
  const held = names.flatMap(({ start, end }) => {
    const before = /(?:[\p{L}'’-]+\s+){0,4}$/u.exec(sentence.slice(0, start))?.[0] ?? "";
    const behind = /^,[^,.;]{3,80}(?=[,.;])/u.exec(sentence.slice(end))?.[0] ?? "";
    const name = sentence.slice(start, end);
    const read = [parseSpeaker(before + name), parseSpeaker(name + behind)].flatMap((one) => one ?? []);
    return read.filter(({ kind, role }) => kind === "person" && role !== null);
  });
  const places = new Set(names.filter((name) => standsForPlace(sentence, name)).map(({ text }) => text));
  return [...quoted, ...held].flatMap(({ speaker }) => (places.has(speaker) ? [] : speaker));
}
