// A question about one row of a table: the other rows are no answer to it. Pure.
import { baseOf, contentWords } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";

/** "Orbe – Rents in June: Rent €14.10; Share of income 38%." as its name and what the rows of one table share. */
const ROW = /^(?<name>[^:–]{1,80}?)(?<caption> – [^:]{1,120})?: (?<told>[^:]*\d.*)$/;

/** Without the rows that have another name than the one that the question names; where it names none, or several, all stay. */
export function ofAskedRow<T extends Candidate>(question: string, candidates: T[]): T[] {
  const asked = new Set(contentWords(question).map(({ folded }) => baseOf(folded)));
  const rows = new Map<T, { table: string; isNamed: boolean }>();
  for (const candidate of candidates) {
    const { name = "", caption = "", told = "" } = ROW.exec(candidate.text)?.groups ?? {};
    const words = contentWords(name).map(({ folded }) => baseOf(folded));
    const table = `${candidate.passage.document.id}${caption}${told.replace(/[\d.,]+/g, "#")}`;
    if (words.length > 0) rows.set(candidate, { table, isNamed: words.every((word) => asked.has(word)) });
  }
  const named = new Set([...rows.values()].flatMap(({ table, isNamed }) => (isNamed ? [table] : [])));
  return candidates.filter((candidate) => {
    const row = rows.get(candidate);
    return row === undefined || row.isNamed || !named.has(row.table);
  });
}
