// Sentences about documents in words of our own: who wrote one, when it appeared, who says what was quoted. They are templates whose slots
// take values of the documents' own fields and nothing else.
import type { Document, Source } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import type { AskedOfDocuments } from "../text/document-question.ts";

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
export function listStatement(document: Document): Statement {
  const [by, when] = [signedBy(document), publishedOn(document)];
  const published =
    document.publisher === null && when === null
      ? "is undated and names no publisher"
      : `was published${document.publisher === null ? "" : ` by ${document.publisher}`}${when === null ? ", undated" : ` ${when}`}`;
  const written = by === null || by === document.publisher ? "" : ` by ${by}`;
  return { text: `${upper(nameOf(document))}${written} ${published}.`, documents: [document] };
}

/** "Paper wrote of “harbour tunnel” in 2 documents: “A” (3 May 2031) and “B” (undated)." */
export function groupStatement(who: string, documents: readonly Document[], words: string | null): Statement {
  const named = documents.map(
    (document) => `${nameOf(document)} (${document.published === null ? "undated" : dateInWords(document.published)})`,
  );
  const of = words === null ? "" : ` of “${words}”`;
  const many = documents.length === 1 ? "" : ` in ${documents.length} documents`;
  return { text: `${who} wrote${of}${many}: ${joined(named)}.`, documents };
}

export function countStatement(documents: readonly Document[], all: number, words: string | null, by: string | null): Statement {
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
