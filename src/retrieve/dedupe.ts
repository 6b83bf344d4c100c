// The same text under several documents counts once: in a ranking, where one source does not crowd out the others either, and under an
// answer, whose cited places other outlets may have republished. It looks for the words themselves; two texts that only tell the same are no copies.
import type { Document, Filter, RankedPassage, Source } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { shareOf, shinglesOf } from "../text/shingles.ts";
import { contentWords, wordsOf } from "../text/words.ts";
import { plain } from "./rerank.ts";

/** What a passage loses for each one of its document that stands before it: enough to let another source by that is nearly as good. */
const SAME_DOCUMENT = 0.012;
/** Share of the shorter passage's word runs that the longer one holds, from which both are the same text. */
const SAME_TEXT = 0.7;
const RUN = 4;
/** Beyond this rank nobody reads on, and the ranking stays as it is. */
const SPREAD_OVER = 50;

/** The first `k` of a ranking that is best first; scores never rise. */
export function spread(ranked: readonly RankedPassage[], k: number): RankedPassage[] {
  const chosen: RankedPassage[] = [];
  const held: Set<string>[] = [];
  const taken = new Map<string, number>();
  const penalty = ({ passage }: RankedPassage): number => SAME_DOCUMENT * (taken.get(passage.document.id) ?? 0);
  const waiting = [...ranked];
  while (chosen.length < k && waiting.length > 0) {
    const ceiling = chosen.at(-1)?.score ?? Infinity;
    if (chosen.length >= SPREAD_OVER)
      return [...chosen, ...waiting.slice(0, k - chosen.length).map((one) => ({ ...one, score: Math.min(one.score, ceiling) }))];
    const [candidate] = waiting.splice(next(waiting, penalty), 1);
    if (candidate === undefined) break;
    const runs = shinglesOf(candidate.passage.text, RUN);
    if (held.some((other) => (runs.size <= other.size ? shareOf(runs, other) : shareOf(other, runs)) >= SAME_TEXT)) continue;
    const score = Math.min(candidate.score - penalty(candidate), ceiling);
    held.push(runs);
    taken.set(candidate.passage.document.id, (taken.get(candidate.passage.document.id) ?? 0) + 1);
    chosen.push({ ...candidate, score });
  }
  return chosen;
}

/** Index of the best one after the penalty. The list is sorted, so the search ends where no later one can win. */
function next(waiting: readonly RankedPassage[], penalty: (one: RankedPassage) => number): number {
  let [best, top] = [0, Number.NEGATIVE_INFINITY];
  for (const [index, one] of waiting.entries()) {
    if (one.score <= top) break;
    const value = one.score - penalty(one);
    if (value > top) [best, top] = [index, value];
  }
  return best;
}

interface Republished {
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
    const query = { words: contentWords(phrase).map((word) => word.folded), phrases: [phrase] };
    const hits = await store.searchText(query, filter, READ);
    const documents = new Map([[document.id, document]]);
    for (const passage of await store.passages(hits.map((hit) => hit.passage)))
      if (` ${plain(passage.text)} `.includes(` ${plain(quote)} `)) documents.set(passage.document.id, passage.document);
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

const COUNTS = ["", "One outlet", "Two outlets", "Three outlets", "Four outlets", "Five outlets"];

/** "Two outlets, one original: …" */
export function republished({ original, copies }: Republished): string {
  const name = ({ publisher, title, id }: Document): string => publisher ?? title ?? id;
  const outlets = new Set([original, ...copies].map(name));
  const counted =
    outlets.size === 1 ? `${copies.length + 1} documents of one outlet` : (COUNTS[outlets.size] ?? `${outlets.size} outlets`);
  const others = [...outlets].slice(1);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  const also = others.length === 0 ? "" : `, also in ${others.slice(0, 3).join(", ")}${more}`;
  const when = original.published === null ? "undated" : dateInWords(original.published);
  return `${counted}, one original: ${name(original)} (${when})${also}.`;
}
