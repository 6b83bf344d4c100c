// Which documents a question speaks of, by what it says of them: their publisher, author, title, day, or words that they hold. It chooses
// among documents that the caller may read, and guesses none: words that fit no document give none.
import type { Document, Filter, Passage } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { firstDay, lastDay } from "../text/date-words.ts";
import { findPeriods } from "../text/periods.ts";
import { contentWords, stemOf, wordsOf } from "../text/words.ts";
import { asTyped, formsOf } from "./named-voices.ts";
import { plain } from "./rerank.ts";

export interface ChosenDocuments {
  documents: readonly Document[];
  /** Where the words that were asked for stand, by document; empty where no words were asked for. */
  places: Map<string, Passage>;
  /** The words that the documents hold, as asked; null where the choice rests on other marks alone. */
  words: string | null;
  /** More than were looked at may hold them. */
  more: boolean;
}

const NEWEST = 3;

/** The documents that were published last, newest first; where none is dated, none. */
export async function newestDocuments(store: KnowledgeStore, filter: Filter): Promise<ChosenDocuments> {
  const dated = (await store.documents(filter)).filter(({ published }) => published !== null);
  return { documents: dated.slice(0, NEWEST), places: new Map(), words: null, more: false };
}

export interface DocumentMarks {
  /** As typed: "the Caliber article on the talks". */
  which?: string | null;
  /** Words that the documents are about. */
  about?: string | null;
  /** Who published or wrote them. */
  by?: string | null;
}

/** What any document may be called by. */
export const DOCUMENT_NOUN = String.raw`(?:articles?|pieces?|reports?|analys[ei]s|columns?|texts?|notes?|essays?|op-?eds?|interviews?|stor(?:y|ies)|documents?|commentar(?:y|ies)|comments?|editorials?|statements?|papers?|posts?|pages?|sources?|reviews?)`;
const NOUN = new RegExp(String.raw`(?<![\p{L}'-])${DOCUMENT_NOUN}(?![\p{L}'-])`, "giu");
const DETERMINER = /^(?:(?:the|an?|this|that|these|those|its?|his|her|their|your|any|all)\b\s*)+/i;

/** The words that describe a document, without articles and the nouns that any document may be called by. */
function describing(which: string): string {
  return which.trim().replace(DETERMINER, "").replace(NOUN, " ").replace(/\s+/g, " ").trim();
}

/** Words that say which of several documents is meant, or nothing at all. */
const LATEST = /\b(?:latest|newest|most recent|last|recent)\b/i;
const OLDEST = /\b(?:oldest|earliest|first)\b/i;
const IDLE = new Set(
  "call calls called says say tells that which latest newest recent last oldest earliest first by from about on of in at published written dated signed called titled named entitled new old article opinion news topic subject matter issue thing part text question word context any anything something".split(
    " ",
  ),
);
/** Passages looked at for the words. */
const LOOKED_AT = 1000;

export async function chooseDocuments(
  { which = null, about = null, by = null }: DocumentMarks,
  { store, filter, now }: { store: KnowledgeStore; filter: Filter; now: Date },
): Promise<ChosenDocuments> {
  const none: ChosenDocuments = { documents: [], places: new Map(), words: null, more: false };
  const all = await store.documents(filter);
  const title = /["“«„](.+)["”»“]/u.exec(which ?? "")?.[1];
  if (title !== undefined) {
    const wanted = plain(title);
    const holding = all.filter((document) => wanted !== "" && plain(document.title ?? "").includes(wanted));
    const exact = holding.filter((document) => plain(document.title ?? "") === wanted);
    return { ...none, documents: exact.length > 0 ? exact : holding };
  }
  let rest = [which === null ? "" : describing(which), by ?? ""].join(" ");
  let subject = about ?? "";
  const voices = voicesIn(`${rest} ${which === null ? "" : subject}`, all);
  if (by !== null && voices.length === 0) return none;
  let documents = all.filter((document) => voices.every(({ of }) => of.has(document.id)));
  for (const { form } of voices) [rest, subject] = [without(rest, form), without(subject, form)];
  const inRest = publishedIn(rest, documents, now);
  if (inRest !== null) [rest, documents] = [inRest.rest, inRest.documents];
  const inSubject = publishedIn(subject, documents, now);
  // "about October 2025": the texts may speak of it, too
  if (inSubject !== null && inSubject.documents.length > 0) [subject, documents] = [inSubject.rest, inSubject.documents];
  const words = contentWords(`${rest} ${subject}`).filter(({ folded }) => !IDLE.has(folded) && !IDLE.has(stemOf(folded)));
  if (words.length === 0) {
    if (LATEST.test(rest) || OLDEST.test(rest)) return { ...none, documents: extreme(documents, OLDEST.test(rest)) };
    return voices.length > 0 || documents.length < all.length ? { ...none, documents } : none;
  }
  const stems = [...new Set(words.map(({ stem }) => stem))];
  const titled = which === null ? [] : documents.filter((document) => holds(document.title ?? "", stems));
  if (titled.length > 0) return { ...none, documents: LATEST.test(rest) ? extreme(titled, false) : titled };
  const hits = await store.searchText({ words: words.map(({ folded }) => folded), phrases: [] }, filter, LOOKED_AT);
  const places = new Map<string, Passage>();
  for (const passage of await store.passages(hits.map((hit) => hit.passage)))
    if (!places.has(passage.document.id) && holds(passage.text, stems)) places.set(passage.document.id, passage);
  return {
    documents: documents.filter(({ id }) => places.has(id)),
    places,
    words: words.map(({ raw }) => raw).join(" "),
    more: hits.length >= LOOKED_AT,
  };
}

/** Those that were published in the period that the text names, and the text without it; null where it names none. */
function publishedIn(text: string, among: readonly Document[], now: Date): { documents: Document[]; rest: string } | null {
  const [period] = findPeriods(/^\d/.test(text.trim()) ? `on ${text}` : text, now);
  if (period === undefined) return null;
  const { since, until } = period;
  const documents = among.filter(
    ({ published: day }) =>
      day !== null && (since === null || lastDay(day) >= since) && (until === null || firstDay(day) <= until),
  );
  return { documents, rest: text.replace(period.text.replace(/^on /, ""), " ") };
}

function voicesIn(text: string, documents: readonly Document[]): { form: string; of: Set<string> }[] {
  const spoken = ` ${plain(text)} `;
  const found = new Map<string, Set<string>>();
  for (const { id, publisher, author } of documents) {
    const people = (author?.split(", ") ?? []).flatMap((name) => [name, name.split(" ").at(-1) ?? name]);
    for (const form of [publisher ?? [], people].flat().flatMap(formsOf))
      if (spoken.includes(` ${form} `)) found.set(form, (found.get(form) ?? new Set()).add(id));
  }
  // of "Ana Ruiz" and "Ruiz", the longer
  return [...found]
    .filter(([form]) => ![...found.keys()].some((other) => other !== form && ` ${other} `.includes(` ${form} `)))
    .map(([form, of]) => ({ form, of }));
}

function without(text: string, form: string): string {
  return text.replace(new RegExp(String.raw`${asTyped(form)}(?:['’]s)?(?:\.\p{L}{2,3})?(?![\p{L}\p{N}])`, "giu"), " ");
}

function holds(text: string, stems: readonly string[]): boolean {
  const there = new Set(wordsOf(text).map(({ stem }) => stem));
  return stems.every((stem) => there.has(stem));
}

/** The newest or the oldest dated one; none where nothing is dated. */
function extreme(documents: readonly Document[], oldest: boolean): Document[] {
  const dated = documents.filter(({ published }) => published !== null);
  const sorted = dated.sort((a, b) => (a.published ?? "").localeCompare(b.published ?? ""));
  return oldest ? sorted.slice(0, 1) : sorted.slice(-1);
}
