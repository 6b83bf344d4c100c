// Other documents that carry the words of a cited place: a wire text that several outlets republished counts once. Looks for the words
// themselves, not for their meaning; two texts that only tell the same are not copies.
import type { Document, Filter, Source } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { contentWords, fold, wordsOf } from "../text/words.ts";

export interface Republished {
  /** The earliest published; undated ones come last. */
  original: Document;
  copies: Document[];
}

/** Places looked up for one answer, and passages read for each. */
const LOOKED_UP = 12;
const READ = 1000;
/** Words in a row that make a phrase; shorter places may stand alike by chance. */
const PHRASE = 8;

/** The groups of documents that share a cited place word for word. */
export async function findCopies(
  store: KnowledgeStore,
  sources: readonly Pick<Source, "document" | "quote">[],
  filter: Filter,
): Promise<Republished[]> {
  const groups: Map<string, Document>[] = [];
  for (const { document, quote } of sources.slice(0, LOOKED_UP)) {
    const words = wordsOf(quote).map((word) => word.raw);
    if (words.length < PHRASE) continue;
    const phrase = words.slice(0, PHRASE).join(" ");
    const hits = await store.searchText(
      { words: contentWords(phrase).map((word) => word.folded), phrases: [phrase] },
      filter,
      READ,
    );
    const wanted = spoken(quote);
    const same = (await store.passages(hits.map((hit) => hit.passage))).filter((passage) =>
      spoken(passage.text).includes(wanted),
    );
    const documents = new Map([
      [document.id, document],
      ...same.map((passage): [string, Document] => [passage.document.id, passage.document]),
    ]);
    if (documents.size < 2) continue;
    const known = groups.find((group) => [...documents.keys()].some((id) => group.has(id)));
    if (known === undefined) groups.push(documents);
    else for (const [id, one] of documents) known.set(id, one);
  }
  return groups.flatMap((group) => {
    const [original, ...copies] = [...group.values()].sort((a, b) =>
      (a.published ?? "9999").localeCompare(b.published ?? "9999"),
    );
    return original === undefined ? [] : [{ original, copies }];
  });
}

/** The words alone, so that marks and line breaks do not tell copies apart. */
function spoken(text: string): string {
  return ` ${wordsOf(fold(text))
    .map((word) => word.folded)
    .join(" ")} `;
}

const COUNTS = ["", "One outlet", "Two outlets", "Three outlets", "Four outlets", "Five outlets"];

/** "Two outlets, one original: …" */
export function republished({ original, copies }: Republished): string {
  const name = ({ publisher, title, id }: Republished["original"]): string => publisher ?? title ?? id;
  const all = [original, ...copies];
  const outlets = new Set(all.map(name)).size;
  const when = original.published === null ? "undated" : dateInWords(original.published);
  const others = [...new Set(copies.map(name))].filter((other) => other !== name(original));
  const counted = outlets === 1 ? `${all.length} documents of one outlet` : (COUNTS[outlets] ?? `${outlets} outlets`);
  const also =
    others.length === 0
      ? ""
      : `, also in ${others.slice(0, 3).join(", ")}${others.length > 3 ? ` and ${others.length - 3} more` : ""}`;
  return `${counted}, one original: ${name(original)} (${when})${also}.`;
}
