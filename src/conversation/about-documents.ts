// Questions about documents: who wrote one, when it appeared, which of them tell of something, how many. Their sentences are templates whose slots
// take values of the documents' own fields and nothing else, each with a place in the document that it speaks of; what documents say is a summary.
import type { Asked } from "../answer/answerer.ts";
import { aboutMetadata, createSourceList } from "../answer/citations.ts";
import { joined } from "../answer/frame.ts";
import type { Dated, Document, Filter, Sentence, Source } from "../domain.ts";
import type { Turn } from "../results.ts";
import { chooseDocuments, type ChosenDocuments } from "../retrieve/choose-documents.ts";
import { authorsOf } from "../retrieve/rerank.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { findPeriods, type Period } from "../text/periods.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { contentWords, wordsOf } from "../text/words.ts";
import { foremost, noted, unclear, withContent } from "./about-answer.ts";
import type { AskParts, Question, Told } from "./ask.ts";
import { personIn } from "./condense-question.ts";
import { type AskedOfDocuments, type DocumentQuestion, pointsBack } from "./intents.ts";

/** Documents of which each is told in a sentence, those that one sentence cites, and those that are the newest. */
const MOST_TOLD = 6;
const MOST_CITED = 12;
const NEWEST = 3;

type Telling = Extract<DocumentQuestion, { kind: "list" | "field" }>;

/** `now`: the day from which "today" counts. */
type DocumentParts = Pick<AskParts, "store" | "briefings"> & { now: Date };

/** Null where there is no such document: then the texts may tell. */
export async function ofDocuments(
  question: Question,
  about: DocumentQuestion,
  parts: DocumentParts,
): Promise<Asked | Told | null> {
  const { store, briefings } = parts;
  const { text, filter, history } = question;
  if (about.kind === "everything") return summaryOf({});
  const chosen = await chosenFor(about, question, parts);
  if (typeof chosen === "string") return unclear(chosen, history.length > 0);
  const [first, ...others] = chosen.documents;
  if (about.kind === "voice" || about.asks === "content") {
    if (first === undefined || (about.kind === "field" && others.length > 0)) return null;
    const documents = chosen.documents.map(({ id }) => id);
    return summaryOf(others.length > 0 ? { undated: true, documents } : { document: first.id });
  }
  const all = (await store.coverage(filter)).documents;
  const marks = about.kind === "list" ? marksOf(about, first, parts.now) : [];
  if (first === undefined) {
    const none = chosen.words === undefined && marks.length > 0;
    return none ? noted(`Of ${inAll(all)} none is ${joined(marks)}.`) : null;
  }
  const told = linesOf(about, chosen, () => countSentence(chosen, all, marks));
  const sources = createSourceList();
  const sentences: Sentence[] = [];
  for (const { text, documents } of told) {
    const places = await Promise.all(documents.slice(0, MOST_CITED).map((document) => placeIn(document, chosen, store)));
    const numbers = places.flatMap((place) => (place === null ? [] : [sources.cite(place)]));
    if (numbers.length > 0) sentences.push(aboutMetadata(text, numbers));
  }
  if (sentences.length === 0) return null;
  const [most, how] = told.every(({ documents }) => documents.length === 1) ? [MOST_TOLD, "named"] : [MOST_CITED, "cited"];
  const warnings = [
    ...(chosen.documents.length > most ? [`The ${most} newest of ${chosen.documents.length} such documents are ${how}.`] : []),
    ...(chosen.more === true ? ["There may be more: not all passages with these words were looked at."] : []),
  ];
  return { status: "answered", sentences, sources: sources.list(), warnings };

  async function summaryOf(which: Filter & { document?: string }): Promise<Asked> {
    const { draft, retrieval } = await briefings.summarize({ ...filter, ...which, signal: question.options.signal });
    return { draft: { ...draft, question: text }, retrieval };
  }
}

/** A word that points at nothing before; no documents where the texts may tell instead. */
async function chosenFor(
  about: Exclude<DocumentQuestion, { kind: "everything" }>,
  { filter, history }: Question,
  { store, now }: DocumentParts,
): Promise<ChosenDocuments | string> {
  const where = { store, filter, now };
  if (about.kind === "voice") {
    const chosen = await chooseDocuments({ by: about.by }, where);
    const oneVoice = chosen.words === undefined && chosen.documents.every((document) => authorsOf(document).length < 2);
    return oneVoice ? chosen : { documents: [] };
  }
  if (about.kind === "list") {
    const { asks, about: matter, by, day, genre } = about;
    if (asks === "newest")
      return { documents: (await store.documents(filter)).filter(({ published }) => published !== null).slice(0, NEWEST) };
    const last = history.at(-1);
    const whose = !/^(?:he|she|they)$/i.test(by ?? "") ? by : last === undefined ? undefined : personIn(last);
    if (by !== undefined && whose === undefined) return by;
    const any = matter === undefined && whose === undefined;
    const undated = isUndated(day);
    const period = periodIn(day, now);
    if (undated || (any && (asks === "publishers" || asks === "authors"))) {
      const all = await store.documents({ ...filter, undated: true });
      return { documents: undated ? all.filter(({ published }) => published === null) : all };
    }
    // "from 7 News"
    if (day !== undefined && period === undefined) return chooseDocuments({ by: day }, where);
    const within =
      period === undefined ? {} : { since: period.since ?? undefined, until: period.until ?? undefined, undated: false };
    const chosen = any
      ? { documents: await store.documents({ ...filter, ...within }) }
      : await chooseDocuments({ about: matter, by: whose }, where);
    return { ...chosen, documents: chosen.documents.filter((document) => genre === undefined || document.genre === genre) };
  }
  const which = about.which.trim();
  if (!pointsBack(which)) return chooseDocuments({ which }, where);
  const cited = citedBefore(history, /^(?:them|these|those)\b|s$/i.test(which) && !/^this$/i.test(which));
  const readable = await store.documents(filter);
  const before = readable.filter(({ id }) => cited.has(id));
  const documents = before.length === 0 && readable.length === 1 ? readable : before;
  // "the report" may be one that the texts speak of
  if (documents.length === 0 && /^(?:it|that|this|them|these|those)\b/i.test(which)) return which;
  return { documents: about.asks === "content" ? documents.slice(0, 1) : documents };
}

/** The documents of the last answer's first sentence, or of all of it. */
function citedBefore(history: readonly Turn[], several: boolean): Set<string> {
  const given = withContent(history).at(-1)?.given;
  const told = given === undefined ? [] : (several ? given : foremost(given)).sentences;
  const numbers = new Set(told.flatMap(({ citations }) => citations));
  return new Set(given?.sources.filter(({ n }) => numbers.has(n)).map(({ document }) => document.id));
}

/** By what documents were chosen, besides their words: "by the Courier", "dated 3 May 2031", "filed as opinion". */
function marksOf(
  { by, day, genre }: Extract<DocumentQuestion, { kind: "list" }>,
  first: Document | undefined,
  now: Date,
): string[] {
  const period = periodIn(day, now);
  return [
    by === undefined || first === undefined ? "" : `by ${nameFor(by, first)}`,
    period === undefined ? "" : `dated ${spanInWords(period.since, period.until)}`,
    isUndated(day) ? "undated" : "",
    genre === undefined ? "" : `filed as ${genre}`,
  ].filter((mark) => mark !== "");
}

const isUndated = (day = ""): boolean => /^(?:undated|no|without)\b/i.test(day);

const periodIn = (day = "", now: Date): Period | undefined =>
  findPeriods(/^(?:in|on|since|after|before|between|during|until)\b/i.test(day) ? day : `in ${day}`, now)[0];

/** The publisher or author as the document writes it. */
function nameFor(typed: string, document: Document): string {
  const [lower, names] = [typed.toLowerCase(), [document.publisher ?? typed, ...authorsOf(document)]];
  return names.find((name) => lower.includes(name.toLowerCase()) || name.toLowerCase().includes(lower)) ?? typed;
}

/** In the passage where the words stand that were asked for, else the document's first, the sentence that holds them or tells something. */
async function placeIn(document: Document, { places, words = "" }: ChosenDocuments, store: KnowledgeStore) {
  const passage = places?.get(document.id) ?? (await store.passagesOf(document.id))[0];
  if (passage === undefined) return null;
  const wanted = contentWords(words).map(({ stem }) => stem);
  const spans = sentenceSpans(passage.text).map(({ start, end }) => ({
    place: { passage, start: passage.start + start, end: passage.start + end },
    stems: wordsOf(passage.text.slice(start, end)).map(({ stem }) => stem),
  }));
  const holding = wanted.length === 0 ? undefined : spans.find(({ stems }) => wanted.every((stem) => stems.includes(stem)));
  return (holding ?? spans.find(({ stems }) => stems.length >= 5) ?? spans[0])?.place ?? null;
}

/** What a sentence says, and of which documents. */
type Line = { text: string; documents: readonly Document[] };

function linesOf(about: Telling, { documents, places, words }: ChosenDocuments, count: () => string): Line[] {
  const each = (some: readonly Document[], asks: Field): Line[] =>
    some.slice(0, MOST_TOLD).map((document) => ({ text: fieldSentence(asks, document), documents: [document] }));
  const { asks } = about;
  if (asks === "content") return [];
  if (asks === "count") return [{ text: count(), documents }];
  if (asks === "documents" || asks === "newest") return each(documents, "all");
  if (asks !== "publishers" && asks !== "authors") return each(documents, asks);
  if (words === undefined) return [{ text: tallySentence(asks, documents), documents }];
  // of several authors, the one whose part holds the words
  const makerOf = (document: Document): string | null =>
    asks === "publishers" ? document.publisher : (places?.get(document.id)?.speaker ?? document.author);
  const groups = [...new Set(documents.map(makerOf))].map((who) => ({
    who,
    theirs: documents.filter((document) => makerOf(document) === who),
  }));
  return groups
    .toSorted((a, b) => Number(a.who === null) - Number(b.who === null))
    .flatMap(({ who, theirs }) => {
      if (who === null) return each(theirs, asks === "publishers" ? "publisher" : "author");
      const named = theirs.map((document) => `${nameOf(document)} (${dayOf(document)})`);
      const several = theirs.length === 1 ? "" : ` in ${theirs.length} documents`;
      return [{ text: `${who} wrote of “${words}”${several}: ${joined(named)}.`, documents: theirs }];
    });
}

/** The document's name in a sentence: its title, else what it is filed under. */
export const nameOf = (document: Document): string =>
  document.title === null ? `the untitled text ${filedUnder(document)}` : `“${document.title.replace(/\s+/g, " ").trim()}”`;

const filedUnder = ({ path, url, id }: Document): string => path ?? url ?? id;

type Field = Exclude<AskedOfDocuments, "content"> | "all";

/** One field of one document as a sentence; `all`: everything that is known of it, for a list. */
export function fieldSentence(asks: Field, document: Document): string {
  const { publisher, published, updated, genre, url, title } = document;
  const author = signedBy(document);
  const on = published === null ? "" : ` ${onDay(published)}`;
  const by = publisher === null ? "" : ` by ${publisher}`;
  const mended = updated === null ? "" : `, and updated ${onDay(updated)}`;
  const signed = author === null || author === publisher ? "" : `by ${author} `;
  const forms: Record<Field, [value: string | null, known: string, unknown: string]> = {
    author: [author, `was written by ${author}`, "names no author"],
    publisher: [publisher, `was published${by}${on}`, "names no publisher"],
    published: [published, `was published${on}${by}${mended}`, "is undated"],
    genre: [genre, `is filed as ${genre}`, "does not say what kind of text it is"],
    address: [url, `was read at ${url}`, `has no address; it was read from ${filedUnder(document)}`],
    title: [title, "is the title", "has no title"],
    all: [
      publisher ?? published,
      `${signed}was published${by}${on || ", undated"}`,
      `${signed}is undated and names no publisher`,
    ],
  };
  const [value, known, unknown] = forms[asks];
  return `${upper(nameOf(document))} ${value === null ? unknown : known}.`;
}

/** "5 documents by 2 publishers, the most first: Courier (2) and Mail (1); 2 name none." */
function tallySentence(asks: "publishers" | "authors", documents: readonly Document[]): string {
  const makers = documents.map((document) => (asks === "authors" ? authorsOf(document) : [document.publisher ?? []].flat()));
  const told = tallied(makers.flat());
  const unnamed = makers.filter((names) => names.length === 0).length;
  const rest = unnamed === 0 ? "" : `; ${unnamed} ${unnamed === 1 ? "names" : "name"} none`;
  return `${inAll(documents.length)} by ${told.length} ${asks}, the most first: ${joined(told)}${rest}.`;
}

/** Each name once with how often it stands there, the most often first: "Courier (2)". */
export function tallied(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} (${count})`);
}

export const inAll = (all: number): string => `${all} ${all === 1 ? "document" : "documents"}`;

function countSentence({ documents, words }: ChosenDocuments, all: number, marks: readonly string[]): string {
  const n = documents.length;
  const are = marks.length === 0 ? [] : [`${n === 1 ? "is" : "are"} ${joined(marks)}`];
  const holds = `${n === 1 ? "holds" : "hold"} ${/\s/.test(words ?? "") ? "the words" : "the word"} “${words}”`;
  return `${n} of ${inAll(all)} ${joined([...are, ...(words === undefined ? [] : [holds])])}.`;
}

/** Who says what was quoted: the speaker in it, else the author, else the text. */
export function speakerSentence({ document, speaker }: Source): string {
  const who = speaker ?? signedBy(document);
  const { publisher, genre } = document;
  const facts = [who === null ? null : publisher, genre, dayOf(document)].filter((part) => part !== null && part !== who);
  if (who === null) return `${upper(nameOf(document))} (${facts.join(", ")}) says this, and names no author.`;
  const says = speaker === null && authorsOf(document).length > 1 ? "say" : "says";
  return `${who} ${says} this in ${nameOf(document)} (${facts.join(", ")}).`;
}

const signedBy = (document: Document): string | null => (document.author === null ? null : joined(authorsOf(document)));
const dayOf = ({ published }: Document): string => (published === null ? "undated" : dateInWords(published));
/** "on 31 Oct 2025", "in Oct 2025". */
const onDay = (date: string): string => `${date.length >= 10 ? "on" : "in"} ${dateInWords(date)}`;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** `3 May 2031`, `from 3 May 2031 to Jun 2031`; null is an open side. */
export function spanInWords(since: Dated | null, until: Dated | null): string {
  if (since === null || until === null)
    return since === null ? `until ${dateInWords(until ?? "")}` : `since ${dateInWords(since)}`;
  return since === until ? dateInWords(since) : `from ${dateInWords(since)} to ${dateInWords(until)}`;
}
