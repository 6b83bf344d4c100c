// One word put in another's place: "repaired the bridge" where the source has "inspected the bridge". Only where claim and source are
// otherwise laid out alike, or tell of the same doer and thing; words that may stand for each other are no substitution.
import { countryOf } from "../../text/countries.ts";
import { isReporting } from "../../text/reporting-verbs.ts";
import type { Alignment } from "./alignment.ts";
import { comparesAlike } from "./compare-links.ts";
import type { Finding } from "./finding.ts";
import { grammarOf, type Predicate } from "./grammar.ts";
import type { ReadSentence } from "./reading.ts";
import { likeness, type Window } from "./window.ts";

/** How much of the claim must stand in the source in the same order for a gap to be a substitution. */
const ALIKE = 0.6;

export function compareSubstitutions(
  claim: ReadSentence,
  best: ReadSentence | undefined,
  window: Window,
  alignment: Alignment,
): Finding[] {
  if (best === undefined || comparesAlike(claim, best)) return [];
  const pair = inGap(claim, best, window, alignment) ?? ofSameDeed(claim, best, window);
  if (pair === null) return [];
  return [{ kind: "missing", about: "content", reason: `says "${pair[0]}", the source says "${pair[1]}"` }];
}

function inGap(claim: ReadSentence, best: ReadSentence, window: Window, alignment: Alignment): [string, string] | null {
  if (alignment.share < ALIKE) return null;
  for (const gap of alignment.gaps) {
    const mine = matter(claim, gap.from, gap.to);
    const theirs = matter(best, gap.sourceFrom, phraseEnd(best, gap.sourceFrom, gap.sourceTo));
    const [own] = mine;
    if (own === undefined || mine.length > 1 || theirs.length === 0 || theirs.length > 2 || gap.to - gap.from > 3) continue;
    const other = theirs.find((at) => kindOf(best, at) === kindOf(claim, own));
    if (
      other === undefined ||
      isHeld(claim, own, window) ||
      claim.words[own]?.negated !== best.words[other]?.negated ||
      !isMatter(claim, own) ||
      !isMatter(best, other)
    )
      continue;
    return [claim.words[own]?.raw ?? "", best.words[other]?.raw ?? ""];
  }
  return null;
}

/** What the source adds behind a comma or "and" stands in nobody's place. */
function phraseEnd(best: ReadSentence, from: number, to: number): number {
  const { tags, marks } = grammarOf(best);
  for (let at = from + 1; at < to; at += 1) if (tags[at] === "CCONJ" || /[,;:]/.test(marks[at] ?? "")) return at;
  return to;
}

/** Doer and thing are the same, the verb is not. */
function ofSameDeed(claim: ReadSentence, best: ReadSentence, window: Window): [string, string] | null {
  for (const predicate of grammarOf(claim).predicates) {
    const verb = claim.words[predicate.at];
    if (verb === undefined || !isMatter(claim, predicate.at) || isHeld(claim, predicate.at, window)) continue;
    const [doer, thing] = partsOf(predicate);
    if (doer.length === 0 || thing.length === 0) continue;
    for (const other of grammarOf(best).predicates) {
      const [givenDoer, givenThing] = partsOf(other);
      const there = best.words[other.at];
      if (there === undefined || !isMatter(best, other.at)) continue;
      const meet = (mine: readonly number[], theirs: readonly number[]): boolean =>
        mine.some((at) => theirs.some((second) => matches(claim, at, best, second)));
      if (meet(doer, givenDoer) && meet(thing, givenThing)) return [verb.raw, there.raw];
    }
  }
  return null;
}

/** No everyday verb, and none that only tells who says or wishes it: others compare those. */
function isMatter(sentence: ReadSentence, at: number): boolean {
  const word = sentence.words[at];
  return word !== undefined && word.weight >= 1 && !isReporting(word.base);
}

const partsOf = ({ passive, subject, object, agent }: Predicate): [readonly number[], readonly number[]] =>
  passive ? [agent, subject] : [subject, object];

function matches(claim: ReadSentence, at: number, best: ReadSentence, other: number): boolean {
  const [one, two] = [claim.words[at], best.words[other]];
  return one !== undefined && two !== undefined && one.content && likeness(one, two.base) > 0;
}

/** Words of matter that are no names, numbers or dates; those have comparisons of their own. */
function matter(sentence: ReadSentence, from: number, to: number): number[] {
  const found: number[] = [];
  for (let at = from; at < to; at += 1) {
    const word = sentence.words[at];
    if (
      word !== undefined &&
      word.weight >= 0.3 &&
      sentence.names[word.name]?.certain !== true &&
      countryOf(word.folded) === null
    )
      found.push(at);
  }
  return found;
}

/** Verbs, and what a form of "be" says in a verb's place: "collapsed", "were successful". */
function kindOf(sentence: ReadSentence, at: number): string {
  const { tags } = grammarOf(sentence);
  const tag = tags[at] ?? "";
  if (tag === "ADJ" && tags[at - 1] === "AUX") return "VERB";
  return tag === "PROPN" ? "NOUN" : tag;
}

const isHeld = (claim: ReadSentence, at: number, window: Window): boolean =>
  (window.held[at] ?? 0) > 0 || claim.words[at]?.content !== true;
