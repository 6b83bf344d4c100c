// What a reader is told while a model writes: whose texts were found, and published between which days. Pure.
import type { Coverage, Dated, RankedPassage } from "../domain.ts";

export function readingOf(passages: readonly RankedPassage[]): Coverage {
  const documents = new Map(passages.map(({ passage: { document } }) => [document.id, document]));
  const days = [...documents.values()].flatMap(({ published }): Dated[] => (published === null ? [] : [published])).sort();
  const publishers = new Set([...documents.values()].flatMap(({ publisher }) => publisher ?? []));
  return { documents: documents.size, publishers: [...publishers], from: days[0] ?? null, to: days.at(-1) ?? null };
}
