// Answers to questions about documents: who wrote one, when it appeared, which of them tell of something, how many. The sentences are
// templates whose slots take values of the documents' own fields and nothing else; each cites a place in the document that it speaks of.
import { aboutMetadata, createSourceList, type SourceList } from "../answer/citations.ts";
import type { Document, Passage, Sentence, Source } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { wordsOf } from "../text/words.ts";
import type { AskedOfDocuments, DocumentQuestion } from "./intents.ts";

/** Documents of which each is told in a sentence, and those that one sentence cites. */
const MOST_TOLD = 6;
const MOST_CITED = 12;

export interface Told {
  sentences: Sentence[];
  sources: Source[];
  warnings: string[];
}

export interface DocumentsAtHand {
  documents: readonly Document[];
  /** A passage of each of them: where the words stand that were asked for, else its beginning. */
  places: ReadonlyMap<string, Passage>;
  words: string | null;
  by: string | null;
  /** How many documents there are in all. */
  all: number;
  more: boolean;
}

export function aboutDocuments(question: DocumentQuestion, hand: DocumentsAtHand): Told {
  const sources = createSourceList();
  const cite = (documents: readonly Document[]): number[] =>
    documents.slice(0, MOST_CITED).flatMap((document) => placeIn(document, hand, sources));
  const made =
    question.kind === "field" && question.asks !== "content"
      ? eachField(question.asks, hand)
      : question.kind === "list"
        ? listed(question.asks, hand)
        : [];
  const sentences = made.flatMap(({ text, documents }) => {
    const numbers = cite(documents);
    return numbers.length === 0 ? [] : [aboutMetadata(text, numbers)];
  });
  const left = hand.documents.length - MOST_TOLD;
  const perDocument =
    question.kind === "field" || (question.kind === "list" && (question.asks === "documents" || question.asks === "newest"));
  return {
    sentences,
    sources: sources.list(),
    warnings: [
      ...(perDocument && left > 0 ? [`The ${MOST_TOLD} newest of ${hand.documents.length} such documents are named.`] : []),
      ...(!perDocument && hand.documents.length > MOST_CITED ? [`The ${MOST_CITED} newest of them are cited.`] : []),
      ...(hand.more ? ["There may be more: not all passages with these words were looked at."] : []),
    ],
  };
}

type ListAsked = Extract<DocumentQuestion, { kind: "list" }>["asks"];
type Statements = ReturnType<typeof listStatement>[];

function eachField(asks: Parameters<typeof fieldStatement>[0], { documents }: DocumentsAtHand): Statements {
  return documents.slice(0, MOST_TOLD).map((document) => fieldStatement(asks, document));
}

function listed(asks: ListAsked, { documents, all, words, by, places }: DocumentsAtHand): Statements {
  if (asks === "documents" || asks === "newest") return documents.slice(0, MOST_TOLD).map(listStatement);
  if (asks === "count") return [countStatement(documents, all, words, by)];
  const groups = new Map<string, Document[]>();
  const unknown: Document[] = [];
  for (const document of documents) {
    // of several authors, the one whose part holds the words
    const name = asks === "publishers" ? document.publisher : (places.get(document.id)?.speaker ?? document.author);
    if (name === null) unknown.push(document);
    else groups.set(name, [...(groups.get(name) ?? []), document]);
  }
  return [
    ...[...groups].map(([who, theirs]) => groupStatement(who, theirs, words)),
    ...unknown.slice(0, MOST_TOLD).map((document) => fieldStatement(asks === "publishers" ? "publisher" : "author", document)),
  ];
}

/** The sentence that holds the words, else the first of the place. */
function placeIn(document: Document, { places, words }: DocumentsAtHand, sources: SourceList): number[] {
  const passage = places.get(document.id);
  if (passage === undefined) return [];
  const spans = sentenceSpans(passage.text);
  const stems = wordsOf(words ?? "").map(({ stem }) => stem);
  const holding = spans.find(({ start, end }) => {
    const there = new Set(wordsOf(passage.text.slice(start, end)).map(({ stem }) => stem));
    return stems.length > 0 && stems.every((stem) => there.has(stem));
  });
  const span = holding ?? spans.find(({ start, end }) => wordsOf(passage.text.slice(start, end)).length >= 5) ?? spans[0];
  return span === undefined ? [] : [sources.cite({ passage, start: passage.start + span.start, end: passage.start + span.end })];
}

/** What a sentence says, and of which documents. */
interface Statement {
  text: string;
  documents: readonly Document[];
}

/** The document's name in a sentence: its title, else what it is filed under. */
export function nameOf(document: Document): string {
  if (document.title !== null) return `“${oneLine(document.title)}”`;
  return `the untitled text ${filedUnder(document)}`;
}

const filedUnder = ({ path, url, id }: Document): string => path ?? url ?? id;
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** One field of one document as a sentence. */
export function fieldStatement(asks: Exclude<AskedOfDocuments, "content">, document: Document): Statement {
  const name = upper(nameOf(document));
  const by = signedBy(document);
  const [publisher, when] = [document.publisher, publishedOn(document)];
  const forms: Record<typeof asks, string> = {
    author: by === null ? `${name} names no author.` : `${name} was written by ${by}.`,
    publisher:
      publisher === null
        ? `${name} names no publisher.`
        : `${name} was published by ${publisher}${when === null ? "" : ` ${when}`}.`,
    published:
      when === null
        ? `${name} is undated.`
        : `${name} was published ${when}${publisher === null ? "" : ` by ${publisher}`}${document.updated === null ? "" : `, and updated ${onDay(document.updated)}`}.`,
    genre: document.genre === null ? `${name} does not say what kind of text it is.` : `${name} is filed as ${document.genre}.`,
    address:
      document.url === null
        ? `${name} has no address; it was read from ${filedUnder(document)}.`
        : `${name} was read at ${document.url}.`,
    title: document.title === null ? `${name} has no title.` : `The title is ${name}.`,
  };
  return { text: forms[asks], documents: [document] };
}

/** Everything that is known of a document, for a list. */
function listStatement(document: Document): Statement {
  const [by, when] = [signedBy(document), publishedOn(document)];
  const published =
    document.publisher === null && when === null
      ? "is undated and names no publisher"
      : `was published${document.publisher === null ? "" : ` by ${document.publisher}`}${when === null ? ", undated" : ` ${when}`}`;
  const written = by === null || by === document.publisher ? "" : ` by ${by}`;
  return { text: `${upper(nameOf(document))}${written} ${published}.`, documents: [document] };
}

/** "Paper wrote of “harbour tunnel” in 2 documents: “A” (3 May 2031) and “B” (undated)." */
function groupStatement(who: string, documents: readonly Document[], words: string | null): Statement {
  const named = documents.map(
    (document) => `${nameOf(document)} (${document.published === null ? "undated" : dateInWords(document.published)})`,
  );
  const of = words === null ? "" : ` of “${words}”`;
  const many = documents.length === 1 ? "" : ` in ${documents.length} documents`;
  return { text: `${who} wrote${of}${many}: ${joined(named)}.`, documents };
}

function countStatement(documents: readonly Document[], all: number, words: string | null, by: string | null): Statement {
  const [n, of] = [documents.length, `of ${all} ${all === 1 ? "document" : "documents"}`];
  const from = by === null ? "" : ` by ${by}`;
  const text =
    words === null
      ? `${n} ${of} ${n === 1 ? "is" : "are"}${from}.`
      : `${n} ${of}${from === "" ? "" : `,${from},`} ${n === 1 ? "holds" : "hold"} ${/\s/.test(words) ? "the words" : "the word"} “${words}”.`;
  return { text, documents };
}

/** Who says what was quoted: the speaker in it, else the author, else the text. */
export function speakerStatement({ document, speaker }: Source): Statement {
  const who = speaker ?? signedBy(document);
  const about = [document.genre, document.published === null ? "undated" : dateInWords(document.published)].filter(
    (part) => part !== null,
  );
  const where = `${nameOf(document)} (${[document.publisher, ...about].filter((part) => part !== null && part !== who).join(", ")})`;
  const verb = speaker === null && (document.author ?? "").includes(", ") ? "say" : "says";
  return {
    text:
      who === null
        ? `${upper(nameOf(document))} (${about.join(", ")}) says this, and names no author.`
        : `${who} ${verb} this in ${where}.`,
    documents: [document],
  };
}

function signedBy({ author }: Document): string | null {
  return author === null ? null : joined(author.split(", "));
}

/** "on 31 Oct 2025", "in Oct 2025". */
function publishedOn({ published }: Document): string | null {
  return published === null ? null : onDay(published);
}

const onDay = (date: string): string => `${date.length >= 10 ? "on" : "in"} ${dateInWords(date)}`;
const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function joined(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
