// Which documents a question speaks of, by what it says of them: their publisher, author, title, day, or words that they hold. It chooses
// among documents that the caller may read, and guesses none: words that fit no document give none.
import type { Document, Filter, Passage } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { firstDay, lastDay } from "../text/date-words.ts";
import { findPeriods } from "../text/periods.ts";
import { contentWords, wordsOf } from "../text/words.ts";
import { asTyped, formsOf } from "./named-voices.ts";
import { authorsOf, plain } from "./rerank.ts";

export interface ChosenDocuments {
  documents: readonly Document[];
  /** Where the words that were asked for stand, by document. */
  places?: Map<string, Passage>;
  /** The words that the documents hold, as asked; absent where the choice rests on other marks alone. */
  words?: string;
  /** More than were looked at may hold them. */
  more?: boolean;
}

export interface DocumentMarks {
  /** As typed: "the Caliber article on the talks". */
  which?: string | undefined;
  /** Words that the documents are about. */
  about?: string | undefined;
  /** Who published or wrote them. */
  by?: string | undefined;
}

/** What any document may be called by. */
export const DOCUMENT_NOUN = String.raw`(?:articles?|pieces?|reports?|analys[ei]s|columns?|texts?|notes?|essays?|op-?eds?|interviews?|stor(?:y|ies)|documents?|commentar(?:y|ies)|comments?|editorials?|statements?|papers?|posts?|pages?|sources?|reviews?)`;
const NOUN = new RegExp(String.raw`(?<![\p{L}'-])${DOCUMENT_NOUN}(?![\p{L}'-])`, "giu");
const DETERMINER = /^(?:(?:the|an?|this|that|these|those|its?|his|her|their|your|any|all)\b\s*)+/i;

/** Words that say which of several documents is meant, or nothing at all. */
const LATEST = /\b(?:latest|newest|most recent|last|recent)\b/i;
const OLDEST = /\b(?:oldest|earliest|first)\b/i;
const IDLE = new Set(
  contentWords(
    "call say tell latest newest recent last oldest earliest first publish write date sign title name entitle new old article opinion news topic subject matter issue thing part text question word context anything something",
  ).map(({ stem }) => stem),
);
/** Passages looked at for the words. */
const LOOKED_AT = 1000;

export async function chooseDocuments(
  { which, about = "", by }: DocumentMarks,
  { store, filter, now }: { store: KnowledgeStore; filter: Filter; now: Date },
): Promise<ChosenDocuments> {
  const all = await store.documents(filter);
  const title = plain(/["“«„](.+)["”»“]/u.exec(which ?? "")?.[1] ?? "");
  if (title !== "") {
    const holding = all.filter((document) => plain(document.title ?? "").includes(title));
    const exact = holding.filter((document) => plain(document.title ?? "") === title);
    return { documents: exact.length > 0 ? exact : holding };
  }
  const bare = (which ?? "").trim().replace(DETERMINER, "").replace(NOUN, " ");
  let rest = `${bare} ${by ?? ""}`;
  let subject = about;
  const voices = voicesIn(rest, all);
  if (by !== undefined && voices.length === 0) return { documents: [] };
  let documents = all.filter((document) => voices.every((form) => calledBy(document).includes(form)));
  for (const form of voices) [rest, subject] = [without(rest, form), without(subject, form)];
  const inRest = publishedIn(rest, documents, now);
  if (inRest !== null) [rest, documents] = [inRest.rest, inRest.documents];
  const inSubject = publishedIn(subject, documents, now);
  // "about October 2025": the texts may speak of it, too
  if (inSubject !== null && inSubject.documents.length > 0) [subject, documents] = [inSubject.rest, inSubject.documents];
  const words = contentWords(`${rest} ${subject}`).filter(({ stem }) => !IDLE.has(stem));
  if (words.length === 0) {
    if (LATEST.test(rest) || OLDEST.test(rest)) return { documents: extreme(documents, OLDEST.test(rest)) };
    return { documents: voices.length > 0 || documents.length < all.length ? documents : [] };
  }
  const stems = [...new Set(words.map(({ stem }) => stem))];
  const titled = which === undefined ? [] : documents.filter((document) => holds(document.title ?? "", stems));
  if (titled.length > 0) return { documents: LATEST.test(rest) ? extreme(titled, false) : titled };
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

/** What its publisher and its authors are called, by surname too. */
const calledBy = (document: Document): string[] =>
  [document.publisher ?? [], ...authorsOf(document).map((name) => [name, name.split(" ").at(-1) ?? name])]
    .flat()
    .flatMap(formsOf);

/** Who is named in the text; of "Ana Ruiz" and "Ruiz", the longer. */
function voicesIn(text: string, documents: readonly Document[]): string[] {
  const spoken = ` ${plain(text)} `;
  const named = [...new Set(documents.flatMap(calledBy))].filter((form) => spoken.includes(` ${form} `));
  return named.filter((form) => !named.some((other) => other !== form && ` ${other} `.includes(` ${form} `)));
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
  const day = ({ published }: Document): string => published ?? "";
  const sorted = documents.filter(day).toSorted((a, b) => day(a).localeCompare(day(b)));
  return oldest ? sorted.slice(0, 1) : sorted.slice(-1);
}
