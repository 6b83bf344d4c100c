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
  const waiting = [...ranked];
  let ceiling = Infinity;
  while (chosen.length < Math.min(k, SPREAD_OVER)) {
    const best = next(waiting, chosen);
    if (best === undefined) break;
    waiting.splice(waiting.indexOf(best.one), 1);
    const runs = shinglesOf(best.one.passage.text, RUN);
    if (held.some((other) => (runs.size <= other.size ? shareOf(runs, other) : shareOf(other, runs)) >= SAME_TEXT)) continue;
    held.push(runs);
    ceiling = Math.min(best.score, ceiling);
    chosen.push({ ...best.one, score: ceiling });
  }
  const rest = waiting.slice(0, Math.max(0, k - SPREAD_OVER));
  return [...chosen, ...rest.map((one) => ({ ...one, score: Math.min(one.score, ceiling) }))];
}

/** The best one after the penalty. The list is sorted, so the search ends where no later one can win. */
function next(waiting: readonly RankedPassage[], chosen: readonly RankedPassage[]) {
  let best: { one: RankedPassage; score: number } | undefined;
  for (const one of waiting) {
    if (best !== undefined && one.score <= best.score) break;
    const before = chosen.filter(({ passage }) => passage.document.id === one.passage.document.id).length;
    const score = one.score - SAME_DOCUMENT * before;
    if (best === undefined || score > best.score) best = { one, score };
  }
  return best;
}

/** Places looked up for one answer, and passages read for each. */
const LOOKED_UP = 12;
const READ = 1000;
/** Words in a row that make a phrase; shorter places may stand alike by chance. */
const PHRASE = 8;

/** The groups of documents that share a cited place word for word: the earliest published first, undated ones last. */
export async function findCopies(
  store: KnowledgeStore,
  sources: readonly Pick<Source, "document" | "quote">[],
  filter: Filter,
): Promise<Document[][]> {
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
  const day = ({ published }: Document): string => published ?? "9999";
  return groups.map((group) => [...group.values()].sort((a, b) => day(a).localeCompare(day(b))));
}

const COUNTS = ["", "One outlet", "Two outlets", "Three outlets", "Four outlets", "Five outlets"];

/** "Two outlets, one original: …" */
export function republished(documents: readonly Document[]): string {
  const [name = "", ...others] = new Set(documents.map(({ publisher, title, id }) => publisher ?? title ?? id));
  const outlets = others.length + 1;
  const counted = outlets === 1 ? `${documents.length} documents of one outlet` : (COUNTS[outlets] ?? `${outlets} outlets`);
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  const also = others.length === 0 ? "" : `, also in ${others.slice(0, 3).join(", ")}${more}`;
  const published = documents[0]?.published ?? null;
  return `${counted}, one original: ${name} (${published === null ? "undated" : dateInWords(published)})${also}.`;
}
