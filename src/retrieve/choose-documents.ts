// Which documents a question speaks of, by what it says of them: their publisher, author, title, day, or words that they hold. It chooses
// among documents that the caller may read, and guesses none: words that fit no document give none.
import type { Document, Filter, Passage } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { firstDay, lastDay } from "../text/date-words.ts";
import { findPeriods } from "../text/periods.ts";
import { contentWords, stemOf, wordsOf } from "../text/words.ts";
import { formsOf } from "./named-voices.ts";
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
  let documents = await store.documents(filter);
  const title = /["“«„](.+)["”»“]/u.exec(which ?? "")?.[1];
  if (title !== undefined) {
    const wanted = plain(title);
    const exact = documents.filter((document) => plain(document.title ?? "") === wanted);
    const holding = documents.filter((document) => wanted !== "" && plain(document.title ?? "").includes(wanted));
    return { ...none, documents: exact.length > 0 ? exact : holding };
  }
  let rest = [which === null ? "" : describing(which), by ?? ""].join(" ");
  let subject = about ?? "";
  const voices = voicesIn(`${rest} ${which === null ? "" : subject}`, documents);
  if (by !== null && voices.length === 0) return none;
  if (voices.length > 0) {
    documents = documents.filter((document) => voices.every(({ of }) => of.has(document.id)));
    for (const { form } of voices) [rest, subject] = [without(rest, form), without(subject, form)];
  }
  for (const [from, text] of [
    ["rest", rest],
    ["subject", subject],
  ] as const) {
    const [period] = findPeriods(/^\d/.test(text.trim()) ? `on ${text}` : text, now);
    if (period === undefined) continue;
    const published = documents.filter(
      ({ published: day }) =>
        day !== null &&
        (period.since === null || lastDay(day) >= period.since) &&
        (period.until === null || firstDay(day) <= period.until),
    );
    // "about October 2025": the texts may speak of it, too
    if (published.length === 0 && from === "subject") continue;
    documents = published;
    if (from === "rest") rest = rest.replace(period.text.replace(/^on /, ""), " ");
    else subject = subject.replace(period.text.replace(/^on /, ""), " ");
  }
  const words = matterOf(`${rest} ${subject}`);
  if (words.length === 0) {
    const marked = voices.length > 0 || documents.length < (await store.documents(filter)).length;
    if (LATEST.test(rest) || OLDEST.test(rest)) return { ...none, documents: extreme(documents, OLDEST.test(rest)) };
    return marked ? { ...none, documents } : none;
  }
  const stems = [...new Set(words.map(({ stem }) => stem))];
  if (which !== null) {
    const titled = documents.filter((document) => holds(document.title ?? "", stems));
    if (titled.length > 0) return { ...none, documents: LATEST.test(rest) ? extreme(titled, false) : titled };
  }
  const held = await holding(
    words.map(({ folded }) => folded),
    stems,
    documents,
  );
  return { ...held, words: words.map(({ raw }) => raw).join(" ") };

  async function holding(searched: string[], wanted: readonly string[], among: readonly Document[]): Promise<ChosenDocuments> {
    const hits = await store.searchText({ words: searched, phrases: [] }, filter, LOOKED_AT);
    const passages = await store.passages(hits.map(({ passage }) => passage));
    const places = new Map<string, Passage>();
    for (const passage of passages)
      if (!places.has(passage.document.id) && holds(passage.text, wanted)) places.set(passage.document.id, passage);
    return {
      documents: among.filter(({ id }) => places.has(id)),
      places,
      words: null,
      more: hits.length >= LOOKED_AT,
    };
  }
}

function voicesIn(text: string, documents: readonly Document[]): { form: string; of: Set<string> }[] {
  const spoken = ` ${plain(text)} `;
  const found = new Map<string, Set<string>>();
  for (const { id, publisher, author } of documents) {
    const people = (author?.split(", ") ?? []).flatMap((name) => [name, name.split(" ").at(-1) ?? name]);
    for (const form of [...(publisher === null ? [] : [publisher]), ...people].flatMap(formsOf)) {
      if (!spoken.includes(` ${form} `)) continue;
      found.set(form, (found.get(form) ?? new Set()).add(id));
    }
  }
  // of "Ana Ruiz" and "Ruiz", the longer
  return [...found]
    .filter(([form]) => ![...found.keys()].some((other) => other !== form && ` ${other} `.includes(` ${form} `)))
    .map(([form, of]) => ({ form, of }));
}

function without(text: string, form: string): string {
  const pattern = form
    .split(" ")
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ""))
    .join(String.raw`[^\p{L}\p{N}]{1,3}`);
  return text.replace(new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?:['’]s)?(?:\.\p{L}{2,3})?(?![\p{L}\p{N}])`, "giu"), " ");
}

const matterOf = (text: string) => contentWords(text).filter(({ folded }) => !IDLE.has(folded) && !IDLE.has(stemOf(folded)));

function holds(text: string, stems: readonly string[]): boolean {
  const there = new Set(wordsOf(text).map(({ stem }) => stem));
  return stems.every((stem) => there.has(stem));
}

/** The newest or the oldest dated one; none where nothing is dated. */
function extreme(documents: readonly Document[], oldest: boolean): Document[] {
  const dated = documents.filter(({ published }) => published !== null);
  const sorted = dated.sort((a, b) => (a.published ?? "").localeCompare(b.published ?? ""));
  const one = oldest ? sorted[0] : sorted.at(-1);
  return one === undefined ? [] : [one];
}
