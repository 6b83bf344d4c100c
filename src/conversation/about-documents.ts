// Answers to questions about documents: who wrote one, when it appeared, which of them tell of something, how many. Made of what is known
// of the documents alone; each sentence cites a place in the document that it speaks of.
import { aboutMetadata, createSourceList, type SourceList } from "../answer/citations.ts";
import type { Document, Passage, Sentence, Source } from "../domain.ts";
import type { DocumentQuestion } from "../text/document-question.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { wordsOf } from "../text/words.ts";
import { countStatement, fieldStatement, groupStatement, listStatement } from "./statements.ts";

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
