// From a ranking to the passages that are read: the same text under several documents counts once, and one source does not crowd out the
// others when they are nearly as good. Scores of the result never rise.
import type { RankedPassage } from "../domain.ts";
import { wordsOf } from "../text/words.ts";

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
    const runs = runsOf(candidate.passage.text);
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

function runsOf(text: string): Set<string> {
  const words = wordsOf(text).map((word) => word.folded);
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= words.length; at += 1) runs.add(words.slice(at, at + RUN).join(" "));
  if (runs.size === 0) runs.add(words.join(" "));
  return runs;
}

/** Whether a passage chosen before is the same text, or holds this one. */
function repeats(runs: ReadonlySet<string>, seen: ReadonlyMap<string, readonly number[]>, lengths: readonly number[]): boolean {
  const shared = new Map<number, number>();
  for (const run of runs) for (const index of seen.get(run) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  return [...shared].some(([index, count]) => count >= SAME_TEXT * Math.min(runs.size, lengths[index] ?? runs.size));
}
