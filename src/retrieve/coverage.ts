// How many documents, published between which days, by whom: of what was found, and of what is cited. Pure.
import type { Coverage, Document, RankedPassage, Source } from "../domain.ts";

/** What a reader is told while a model writes; publishers of the best passages first. */
export const readingOf = (passages: readonly RankedPassage[]): Coverage =>
  spannedBy(passages.map(({ passage }) => passage.document));

export function restsOn(sources: readonly Source[]): Coverage {
  const { publishers, ...spanned } = spannedBy(sources.map(({ document }) => document));
  return { ...spanned, publishers: publishers.toSorted() };
}

/** The same document may come more than once. */
function spannedBy(all: readonly Document[]): Coverage {
  const documents = new Map(all.map((document) => [document.id, document]));
  const days = [...documents.values()].flatMap(({ published }) => published ?? []).toSorted();
  const publishers = new Set([...documents.values()].flatMap(({ publisher }) => publisher ?? []));
  return { documents: documents.size, from: days[0] ?? null, to: days.at(-1) ?? null, publishers: [...publishers] };
}

/** For the reader, of documents without a date under a filter of dates; nothing where there are none. */
export const leftOut = (count: number): string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? "document without a date was" : "documents without a date were"} left out.`];
