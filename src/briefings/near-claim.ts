// The stretches of each document that a claim is held against: the sentence that shares most of its matter, and the run of neighbours that holds most of
// it with its values, as what a claim says in one sentence a text may tell in two.
import type { Candidate } from "../answer/candidates.ts";
import { isSaying } from "../text/attribution.ts";
import { findNames } from "../text/names.ts";
import { findQuantities } from "../text/numbers.ts";
import { baseOf, contentWords, rarity } from "../text/words.ts";
import { statedDates } from "../verify/date-parts.ts";

/** Documents that one claim is held against, and the least share of its matter that a sentence of each must hold. */
const DOCUMENTS = 4;
const NEAR = 0.3;
/** Sentences of a run, and the share of the claim that each must be worth. */
const LONGEST_RUN = 3;
const ADDS = 0.06;

export interface Near {
  candidate: Candidate;
  /** The sentence of it that holds most of the claim. */
  core: Candidate;
  /** Share of the claim's words besides names and values, the rarer the heavier. */
  share: number;
}

/** The nearest documents first. `candidates`: those of one passage in the order of the text. */
export function nearClaim(claim: string, candidates: readonly Candidate[]): Near[] {
  const names = new Set(findNames(claim).flatMap(({ words, certain }) => (certain ? words : [])));
  const values = [...findQuantities(claim), ...statedDates(claim)];
  const words = contentWords(claim).flatMap(({ stem, folded, start, end }) => {
    const [base, value] = [baseOf(folded), values.some((one) => start < one.end && one.start < end)];
    const holding = candidates.filter(({ stems, bases }) => stems.has(stem) || bases.has(base)).length;
    return isSaying(base) ? [] : [{ stem, base, value, name: names.has(folded), weight: rarity(holding, candidates.length) }];
  });
  const shareOf = ({ stems, bases }: Candidate, some: typeof words): number => {
    const total = some.reduce((sum, { weight }) => sum + weight, 0);
    const held = some.reduce((sum, { stem, base, weight }) => sum + (stems.has(stem) || bases.has(base) ? weight : 0), 0);
    return total === 0 ? 0 : held / total;
  };
  const [plain, matter] = [words.filter(({ value, name }) => !value && !name), words.filter(({ value }) => !value)];
  const best = new Map<string, Record<"one" | "all", { near: Near; worth: number }>>();
  for (const [at, first] of candidates.entries()) {
    const runs = runsFrom(first, candidates.slice(at + 1, at + LONGEST_RUN));
    for (const [more, candidate] of runs.entries()) {
      const core = candidates.slice(at, at + more + 1).reduce((a, b) => (shareOf(b, matter) > shareOf(a, matter) ? b : a));
      const near = { candidate, core, share: shareOf(candidate, plain) };
      const all = { near, worth: shareOf(candidate, words) - more * ADDS };
      const one = { near, worth: more > 0 ? 0 : near.share + shareOf(candidate, matter) };
      const { id } = candidate.passage.document;
      const known = best.get(id) ?? { one, all };
      best.set(id, { one: one.worth > known.one.worth ? one : known.one, all: all.worth > known.all.worth ? all : known.all });
    }
  }
  return [...best.values()]
    .filter(({ all }) => all.worth >= NEAR)
    .sort((a, b) => b.all.worth - a.all.worth)
    .slice(0, DOCUMENTS)
    .flatMap(({ one, all }) => (one.near.candidate === all.near.candidate ? [one.near] : [one.near, all.near]));
}

/** The sentence alone, with the next, and so on while they stand next to each other; a row or an item of a list says nothing of the next. */
function runsFrom(first: Candidate, following: readonly Candidate[]): Candidate[] {
  const runs = [first];
  for (const next of following) {
    const last = runs.at(-1) ?? first;
    const { passage, start } = first;
    if (
      next.passage !== passage ||
      !/^ *(?:\n\s+)?$/.test(passage.text.slice(last.end - passage.start, next.whole - passage.start))
    )
      break;
    const text = passage.text.slice(start - passage.start, next.end - passage.start);
    const [stems, bases] = [new Set([...last.stems, ...next.stems]), new Set([...last.bases, ...next.bases])];
    runs.push({ ...last, end: next.end, text, stems, bases, words: last.words + next.words, joined: true });
  }
  return runs;
}
