// Questions about documents: who wrote one, when it appeared, which of them tell of something, how many. Their sentences are templates whose slots
// take values of the documents' own fields and nothing else, each with a place in the document that it speaks of; what documents say is a summary.
import { aboutMetadata, createSourceList } from "../answer/citations.ts";
import { joined } from "../answer/frame.ts";
import type { Briefings } from "../briefings/briefings.ts";
import type { Document, Filter, Sentence, Source } from "../domain.ts";
import type { Turn } from "../results.ts";
import { chooseDocuments, type ChosenDocuments, newestDocuments } from "../retrieve/choose-documents.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { findPeriods, type Period } from "../text/periods.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { contentWords, wordsOf } from "../text/words.ts";
import { foremost, unclear, withContent } from "./about-answer.ts";
import type { Asked, Question, WaysToAnswer } from "./ask.ts";
import { personIn } from "./condense-question.ts";
import { type AskedOfDocuments, type DocumentQuestion, pointsBack } from "./intents.ts";

/** Documents of which each is told in a sentence, and those that one sentence cites. */
const MOST_TOLD = 6;
const MOST_CITED = 12;

type Listing = Extract<DocumentQuestion, { kind: "list" }>;
type Telling = Extract<DocumentQuestion, { kind: "list" | "field" }>;

export interface DocumentParts extends Pick<WaysToAnswer, "note" | "plain"> {
  store: KnowledgeStore;
  briefings: Pick<Briefings, "summarize">;
  /** The day from which "today" counts. */
  now: Date;
}

/** Null where there is no such document: then the texts may tell. */
export async function ofDocuments(question: Question, about: DocumentQuestion, parts: DocumentParts): Promise<Asked | null> {
  const { store, briefings, note, plain } = parts;
  const { text, filter, history } = question;
  if (about.kind === "everything") return summaryOf({});
  const chosen = await chosenFor(about, question, parts);
  if (typeof chosen === "string") return note(question, unclear(chosen, history.length > 0));
  if (chosen === null) return null;
  const [first, ...others] = chosen.documents;
  if (about.kind === "voice" || about.asks === "content") {
    const oneVoice = !chosen.documents.some(({ author }) => author?.includes(", "));
    if (first === undefined || (about.kind === "voice" ? !oneVoice : others.length > 0)) return null;
    const documents = chosen.documents.map(({ id }) => id);
    return summaryOf(others.length > 0 ? { undated: true, documents } : { document: first.id });
  }
  const all = (await store.coverage(filter)).documents;
  const marks = about.kind === "list" ? marksOf(about, first, parts.now) : [];
  if (first === undefined) {
    const none = chosen.words === null && marks.length > 0;
    return none ? note(question, `Of ${inAll(all)} none is ${joined(marks)}.`) : null;
  }
  const told = toldOf(about, chosen, () => countSentence(chosen, all, marks));
  const sources = createSourceList();
  const sentences: Sentence[] = [];
  for (const { text, documents } of told) {
    const places = await Promise.all(documents.slice(0, MOST_CITED).map((document) => placeIn(document, chosen, store)));
    const numbers = places.flatMap((place) => (place === null ? [] : [sources.cite(place)]));
    if (numbers.length > 0) sentences.push(aboutMetadata(text, numbers));
  }
  if (sentences.length === 0) return null;
  const each = told.every(({ documents }) => documents.length === 1);
  const [most, how] = each ? [MOST_TOLD, "named"] : [MOST_CITED, "cited"];
  const warnings = [
    ...(chosen.documents.length > most ? [`The ${most} newest of ${chosen.documents.length} such documents are ${how}.`] : []),
    ...(chosen.more ? ["There may be more: not all passages with these words were looked at."] : []),
  ];
  return plain(question, { status: "answered", sentences, sources: sources.list(), warnings });

  async function summaryOf(which: Filter & { document?: string }): Promise<Asked> {
    const { answer, making } = await briefings.summarize({ ...filter, ...which, signal: question.options.signal });
    return { draft: { ...answer, question: text, dropped: making.dropped, written: making.written }, retrieval: making };
  }
}

const alone = (documents: readonly Document[]): ChosenDocuments => ({ documents, places: new Map(), words: null, more: false });

/** A word that points at nothing before, null where the texts may tell instead. */
async function chosenFor(
  about: Exclude<DocumentQuestion, { kind: "everything" }>,
  { filter, history }: Question,
  { store, now }: DocumentParts,
): Promise<ChosenDocuments | string | null> {
  const where = { store, filter, now };
  if (about.kind === "voice") {
    const chosen = await chooseDocuments({ by: about.by }, where);
    return chosen.words === null && chosen.documents.length > 0 ? chosen : null;
  }
  if (about.kind === "list") {
    const { asks, about: matter, by, day, genre } = about;
    if (asks === "newest") return newestDocuments(store, filter);
    const last = history.at(-1);
    const person = last === undefined ? undefined : personIn(last);
    const whose = /^(?:he|she|they)$/i.test(by ?? "") ? person : by;
    if (whose === undefined) return by ?? "that";
    const undated = isUndated(day);
    const period = periodIn(day, now);
    if (undated || (matter === null && whose === null && (asks === "publishers" || asks === "authors"))) {
      const all = await store.documents({ ...filter, undated: true });
      return alone(undated ? all.filter(({ published }) => published === null) : all);
    }
    if (day !== null && period === undefined) return chooseDocuments({ by: day }, where);
    const within =
      period === undefined ? {} : { since: period.since ?? undefined, until: period.until ?? undefined, undated: false };
    const unnarrowed = matter === null && whose === null && (period !== undefined || genre !== null);
    const chosen = unnarrowed
      ? alone(await store.documents({ ...filter, ...within }))
      : await chooseDocuments({ about: matter, by: whose }, where);
    return genre === null ? chosen : { ...chosen, documents: chosen.documents.filter((document) => document.genre === genre) };
  }
  const which = about.which.trim();
  if (!pointsBack(which)) return chooseDocuments({ which }, where);
  const cited = citedBefore(history, /^(?:them|these|those)\b|s$/i.test(which) && !/^this$/i.test(which));
  const readable = await store.documents(filter);
  const documents = readable.filter(({ id }) => cited.has(id));
  if (documents.length === 0 && readable.length === 1) documents.push(...readable);
  // "the report" may be one that the texts speak of
  if (documents.length === 0) return /^(?:it|that|this|them|these|those)\b/i.test(which) ? which : null;
  return alone(about.asks === "content" ? documents.slice(0, 1) : documents);
}

/** The documents of the last answer's first sentence, or of all of it. */
function citedBefore(history: readonly Turn[], several: boolean): Set<string> {
  const given = withContent(history).at(-1)?.given;
  const told = given === undefined ? [] : (several ? given : foremost(given)).sentences;
  const numbers = new Set(told.flatMap(({ citations }) => citations));
  return new Set(given?.sources.filter(({ n }) => numbers.has(n)).map(({ document }) => document.id));
}

/** By what documents were chosen, besides their words: "by the Courier", "dated 3 May 2031", "filed as opinion". */
function marksOf({ by, day, genre }: Listing, first: Document | undefined, now: Date): string[] {
  const period = periodIn(day, now);
  return [
    ...(by === null || first === undefined ? [] : [`by ${nameFor(by, first)}`]),
    ...(period === undefined ? [] : [`dated ${spanOf(period)}`]),
    ...(isUndated(day) ? ["undated"] : []),
    ...(genre === null ? [] : [`filed as ${genre}`]),
  ];
}

const isUndated = (day: string | null): boolean => day !== null && /^(?:undated|no|without)\b/i.test(day);

const periodIn = (day: string | null, now: Date): Period | undefined =>
  day === null
    ? undefined
    : findPeriods(/^(?:in|on|since|after|before|between|during|until)\b/i.test(day) ? day : `in ${day}`, now)[0];

function spanOf({ since, until }: Period): string {
  if (since === null || until === null)
    return since === null ? `until ${dateInWords(until ?? "")}` : `since ${dateInWords(since)}`;
  return since === until ? dateInWords(since) : `from ${dateInWords(since)} to ${dateInWords(until)}`;
}

/** The publisher or author as the document writes it. */
function nameFor(typed: string, { publisher, author }: Document): string {
  const lower = typed.toLowerCase();
  const named = [publisher ?? typed, ...(author?.split(", ") ?? [])];
  return named.find((name) => lower.includes(name.toLowerCase()) || name.toLowerCase().includes(lower)) ?? typed;
}

/** In the passage where the words stand that were asked for, else the document's first, the sentence that holds them or tells something. */
async function placeIn(document: Document, { places, words }: ChosenDocuments, store: KnowledgeStore) {
  const passage = places.get(document.id) ?? (await store.passagesOf(document.id))[0];
  if (passage === undefined) return null;
  const wanted = contentWords(words ?? "").map(({ stem }) => stem);
  const spans = sentenceSpans(passage.text).map((span) => ({
    ...span,
    stems: wordsOf(passage.text.slice(span.start, span.end)).map(({ stem }) => stem),
  }));
  const holding = wanted.length === 0 ? undefined : spans.find(({ stems }) => wanted.every((stem) => stems.includes(stem)));
  const span = holding ?? spans.find(({ stems }) => stems.length >= 5) ?? spans[0];
  return span === undefined ? null : { passage, start: passage.start + span.start, end: passage.start + span.end };
}

/** What a sentence says, and of which documents. */
interface Told {
  text: string;
  documents: readonly Document[];
}

function toldOf(about: Telling, { documents, places, words }: ChosenDocuments, count: () => string): Told[] {
  const each = (some: readonly Document[], tell: (document: Document) => string): Told[] =>
    some.slice(0, MOST_TOLD).map((document) => ({ text: tell(document), documents: [document] }));
  const { asks } = about;
  if (asks === "content") return [];
  if (asks === "count") return [{ text: count(), documents }];
  if (asks === "documents" || asks === "newest") return each(documents, listSentence);
  if (asks !== "publishers" && asks !== "authors") return each(documents, (document) => fieldSentence(asks, document));
  // of several authors, the one whose part holds the words
  const makerOf = (document: Document): string | null =>
    asks === "publishers" ? document.publisher : (places.get(document.id)?.speaker ?? document.author);
  if (words === null) return [{ text: tallySentence(asks, documents), documents }];
  const named = new Set(documents.flatMap((document) => makerOf(document) ?? []));
  return [
    ...[...named].map((who) => {
      const theirs = documents.filter((document) => makerOf(document) === who);
      return { text: groupSentence(who, theirs, words), documents: theirs };
    }),
    ...each(
      documents.filter((document) => makerOf(document) === null),
      (document) => fieldSentence(asks === "publishers" ? "publisher" : "author", document),
    ),
  ];
}

/** The document's name in a sentence: its title, else what it is filed under. */
export const nameOf = (document: Document): string =>
  document.title === null ? `the untitled text ${filedUnder(document)}` : `“${document.title.replace(/\s+/g, " ").trim()}”`;

const filedUnder = ({ path, url, id }: Document): string => path ?? url ?? id;

/** One field of one document as a sentence. */
export function fieldSentence(asks: Exclude<AskedOfDocuments, "content">, document: Document): string {
  const name = upper(nameOf(document));
  const { publisher, published, updated, genre, url, title } = document;
  const author = signedBy(document);
  const on = published === null ? null : onDay(published);
  const by = publisher === null ? "" : ` by ${publisher}`;
  const mended = updated === null ? "" : `, and updated ${onDay(updated)}`;
  const forms: Record<typeof asks, string> = {
    author: author === null ? `${name} names no author.` : `${name} was written by ${author}.`,
    publisher: publisher === null ? `${name} names no publisher.` : `${name} was published${by}${on === null ? "" : ` ${on}`}.`,
    published: on === null ? `${name} is undated.` : `${name} was published ${on}${by}${mended}.`,
    genre: genre === null ? `${name} does not say what kind of text it is.` : `${name} is filed as ${genre}.`,
    address: url === null ? `${name} has no address; it was read from ${filedUnder(document)}.` : `${name} was read at ${url}.`,
    title: title === null ? `${name} has no title.` : `The title is ${name}.`,
  };
  return forms[asks];
}

/** Everything that is known of a document, for a list. */
function listSentence(document: Document): string {
  const { publisher, published } = document;
  const author = signedBy(document);
  const by = publisher === null ? "" : ` by ${publisher}`;
  const known = `was published${by}${published === null ? ", undated" : ` ${onDay(published)}`}`;
  const written = author === null || author === publisher ? "" : ` by ${author}`;
  return `${upper(nameOf(document))}${written} ${by === "" && published === null ? "is undated and names no publisher" : known}.`;
}

/** "Paper wrote of “harbour tunnel” in 2 documents: “A” (3 May 2031) and “B” (undated)." */
function groupSentence(who: string, documents: readonly Document[], words: string | null): string {
  const named = documents.map((document) => `${nameOf(document)} (${dayOf(document)})`);
  const of = words === null ? "" : ` of “${words}”`;
  return `${who} wrote${of}${documents.length === 1 ? "" : ` in ${documents.length} documents`}: ${joined(named)}.`;
}

/** "Of 5 documents Courier published 2, Mail 1; 2 name no publisher." */
function tallySentence(asks: "publishers" | "authors", documents: readonly Document[]): string {
  const makers = documents.flatMap(({ publisher, author }) =>
    asks === "publishers" ? (publisher ?? []) : (author?.split(", ") ?? []),
  );
  const counts = [...new Set(makers)].map((name) => ({ name, count: makers.filter((other) => other === name).length }));
  const told = counts.toSorted((a, b) => b.count - a.count).map(({ name, count }) => `${name} (${count})`);
  const unnamed = documents.filter((document) => document[asks === "publishers" ? "publisher" : "author"] === null).length;
  const rest = unnamed === 0 ? "" : `; ${unnamed} ${unnamed === 1 ? "names" : "name"} none`;
  return `${inAll(documents.length)} by ${told.length} ${asks}, the most first: ${joined(told)}${rest}.`;
}

const inAll = (all: number): string => `${all} ${all === 1 ? "document" : "documents"}`;

function countSentence({ documents, words }: ChosenDocuments, all: number, marks: readonly string[]): string {
  const n = documents.length;
  const holds = `${n === 1 ? "holds" : "hold"} ${/\s/.test(words ?? "") ? "the words" : "the word"} “${words}”`;
  const are = marks.length === 0 ? [] : [`${n === 1 ? "is" : "are"} ${joined(marks)}`];
  return `${n} of ${inAll(all)} ${joined([...are, ...(words === null ? [] : [holds])])}.`;
}

/** Who says what was quoted: the speaker in it, else the author, else the text. */
export function speakerSentence({ document, speaker }: Source): string {
  const who = speaker ?? signedBy(document);
  const facts = (...more: (string | null)[]): string =>
    [...more, document.genre, dayOf(document)].filter((part) => part !== null && part !== who).join(", ");
  if (who === null) return `${upper(nameOf(document))} (${facts()}) says this, and names no author.`;
  const several = speaker === null && document.author?.includes(", ") === true;
  return `${who} ${several ? "say" : "says"} this in ${nameOf(document)} (${facts(document.publisher)}).`;
}

const signedBy = ({ author }: Document): string | null => (author === null ? null : joined(author.split(", ")));
const dayOf = ({ published }: Document): string => (published === null ? "undated" : dateInWords(published));
/** "on 31 Oct 2025", "in Oct 2025". */
const onDay = (date: string): string => `${date.length >= 10 ? "on" : "in"} ${dateInWords(date)}`;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
