// The same text under several documents counts once: in a ranking, where one source does not crowd out the others either, and under an
// answer, whose cited places other outlets may have republished. It looks for the words themselves; two texts that only tell the same are no copies.
import type { Document, Filter, RankedPassage, Source } from "../domain.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { shinglesOf } from "../text/shingles.ts";
import { contentWords, wordsOf } from "../text/words.ts";

/** What a passage loses for each one of its document that stands before it: enough to let another source by that is nearly as good. */
const SAME_DOCUMENT = 0.012;
/** Share of the shorter passage's word runs that the longer one holds, from which both are the same text. */
const SAME_TEXT = 0.7;
const RUN = 4;
/** Beyond this rank nobody reads on, and the ranking stays as it is. */
const SPREAD_OVER = 50;

/** The first `k` of a ranking that is best first. */
export function spread(ranked: readonly RankedPassage[], k: number): RankedPassage[] {
  const chosen: RankedPassage[] = [];
  const seen = new Map<string, number[]>();
  const lengths: number[] = [];
  const taken = new Map<string, number>();
  const waiting = [...ranked];
  while (chosen.length < k && waiting.length > 0) {
    if (chosen.length >= SPREAD_OVER)
      return [...chosen, ...under(chosen.at(-1)?.score ?? 0, waiting.slice(0, k - chosen.length))];
    const [candidate] = waiting.splice(next(waiting, taken), 1);
    if (candidate === undefined) break;
    const runs = shinglesOf(candidate.passage.text, RUN);
    if (repeats(runs, seen, lengths)) continue;
    const penalty = SAME_DOCUMENT * (taken.get(candidate.passage.document.id) ?? 0);
    const score = Math.min(candidate.score - penalty, chosen.at(-1)?.score ?? Infinity);
    for (const run of runs) {
      const holders = seen.get(run);
      if (holders === undefined) seen.set(run, [chosen.length]);
      else holders.push(chosen.length);
    }
    lengths.push(runs.size);
    taken.set(candidate.passage.document.id, (taken.get(candidate.passage.document.id) ?? 0) + 1);
    chosen.push({ ...candidate, score });
  }
  return chosen;
}

/** The rest, with no score above the last one before it. */
function under(ceiling: number, rest: readonly RankedPassage[]): RankedPassage[] {
  return rest.map((one) => (one.score <= ceiling ? one : { ...one, score: ceiling }));
}

/** Index of the best one after the penalty. The list is sorted, so the search ends where no later one can win. */
function next(waiting: readonly RankedPassage[], taken: ReadonlyMap<string, number>): number {
  let best = 0;
  let top = Number.NEGATIVE_INFINITY;
  for (const [index, { score, passage }] of waiting.entries()) {
    if (score <= top) break;
    const value = score - SAME_DOCUMENT * (taken.get(passage.document.id) ?? 0);
    if (value > top) [best, top] = [index, value];
  }
  return best;
}

/** Whether a passage chosen before is the same text, or holds this one. */
function repeats(runs: ReadonlySet<string>, seen: ReadonlyMap<string, readonly number[]>, lengths: readonly number[]): boolean {
  const shared = new Map<number, number>();
  for (const run of runs) for (const index of seen.get(run) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  return [...shared].some(([index, count]) => count >= SAME_TEXT * Math.min(runs.size, lengths[index] ?? runs.size));
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
  return ` ${wordsOf(text)
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
