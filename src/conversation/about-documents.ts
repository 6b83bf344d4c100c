// Answers to questions about documents: who wrote one, when it appeared, which of them tell of something, how many. The sentences are
// templates whose slots take values of the documents' own fields and nothing else; each cites a place in the document that it speaks of.
import { aboutMetadata, createSourceList } from "../answer/citations.ts";
import type { Document, Passage, Sentence, Source } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { wordsOf } from "../text/words.ts";
import type { AskedOfDocuments, DocumentQuestion } from "./intents.ts";

/** Documents of which each is told in a sentence, and those that one sentence cites. */
const MOST_TOLD = 6;
const MOST_CITED = 12;

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

/** What a sentence says, and of which documents. */
interface Told {
  text: string;
  documents: readonly Document[];
}

export function aboutDocuments(
  question: Exclude<DocumentQuestion, { kind: "voice" }>,
  hand: DocumentsAtHand,
): { sentences: Sentence[]; sources: Source[]; warnings: string[] } {
  const { documents, more } = hand;
  const sources = createSourceList();
  const sentences = toldOf(question, hand).flatMap(({ text, documents }) => {
    const numbers = documents.slice(0, MOST_CITED).flatMap((document) => {
      const place = placeIn(document, hand);
      return place === null ? [] : [sources.cite(place)];
    });
    return numbers.length === 0 ? [] : [aboutMetadata(text, numbers)];
  });
  const grouped = question.kind === "list" && question.asks !== "documents" && question.asks !== "newest";
  const warnings = [
    !grouped && documents.length > MOST_TOLD ? `The ${MOST_TOLD} newest of ${documents.length} such documents are named.` : "",
    grouped && documents.length > MOST_CITED ? `The ${MOST_CITED} newest of them are cited.` : "",
    more ? "There may be more: not all passages with these words were looked at." : "",
  ];
  return { sentences, sources: sources.list(), warnings: warnings.filter((warning) => warning !== "") };
}

function toldOf(question: Exclude<DocumentQuestion, { kind: "voice" }>, hand: DocumentsAtHand): Told[] {
  const { documents, words, places } = hand;
  const each = (some: readonly Document[], tell: (document: Document) => string): Told[] =>
    some.slice(0, MOST_TOLD).map((document) => ({ text: tell(document), documents: [document] }));
  if (question.kind === "field") {
    const { asks } = question;
    return asks === "content" ? [] : each(documents, (document) => fieldSentence(asks, document));
  }
  const { asks } = question;
  if (asks === "count") return [{ text: countSentence(hand), documents }];
  if (asks === "documents" || asks === "newest") return each(documents, listSentence);
  const groups = new Map<string, Document[]>();
  const unknown: Document[] = [];
  for (const document of documents) {
    // of several authors, the one whose part holds the words
    const name = asks === "publishers" ? document.publisher : (places.get(document.id)?.speaker ?? document.author);
    if (name === null) unknown.push(document);
    else groups.set(name, [...(groups.get(name) ?? []), document]);
  }
  return [
    ...[...groups].map(([who, theirs]) => ({ text: groupSentence(who, theirs, words), documents: theirs })),
    ...each(unknown, (document) => fieldSentence(asks === "publishers" ? "publisher" : "author", document)),
  ];
}

/** The sentence that holds the words, else the first of the place. */
function placeIn(document: Document, { places, words }: DocumentsAtHand) {
  const passage = places.get(document.id);
  if (passage === undefined) return null;
  const wanted = wordsOf(words ?? "").map(({ stem }) => stem);
  const spans = sentenceSpans(passage.text).map((span) => ({
    ...span,
    stems: wordsOf(passage.text.slice(span.start, span.end)).map(({ stem }) => stem),
  }));
  const holding = wanted.length === 0 ? undefined : spans.find(({ stems }) => wanted.every((stem) => stems.includes(stem)));
  const span = holding ?? spans.find(({ stems }) => stems.length >= 5) ?? spans[0];
  return span === undefined ? null : { passage, start: passage.start + span.start, end: passage.start + span.end };
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

function countSentence({ documents, all, words, by }: DocumentsAtHand): string {
  const [n, of] = [documents.length, `of ${all} ${all === 1 ? "document" : "documents"}`];
  if (words === null) return `${n} ${of} ${n === 1 ? "is" : "are"}${by === null ? "" : ` by ${by}`}.`;
  const holds = `${n === 1 ? "holds" : "hold"} ${/\s/.test(words) ? "the words" : "the word"} “${words}”`;
  return `${n} ${of}${by === null ? "" : `, by ${by},`} ${holds}.`;
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
const joined = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
