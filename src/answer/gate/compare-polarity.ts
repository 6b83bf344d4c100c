// Negation and outcome of a claim against its source: what the one denies the other must not affirm, and no outcome may be turned round.
import { areOpposite, type Negation } from "../../text/polarity.ts";
import { baseOf } from "../../text/words.ts";
import type { Alignment } from "./alignment.ts";
import { comparesAlike } from "./compare-links.ts";
import type { Finding } from "./finding.ts";
import { grammarOf } from "./grammar.ts";
import type { ReadSentence, ReadWord } from "./reading.ts";
import { reservationsOf } from "./standing.ts";
import { likeness, type Window } from "./window.ts";

/** Function words that turn a statement round when one replaces the other. */
const DIRECTIONS: readonly (readonly [string, string])[] = [
  ["before", "after"],
  ["up", "down"],
  ["over", "under"],
  ["above", "below"],
  ["more", "less"],
  ["more", "fewer"],
  ["with", "without"],
  ["for", "against"],
  ["most", "few"],
  ["all", "some"],
  ["all", "none"],
  ["some", "none"],
  ["both", "neither"],
  ["always", "never"],
  ["from", "to"],
  ["inside", "outside"],
];

export function comparePolarity(
  claim: ReadSentence,
  best: ReadSentence | undefined,
  window: Window,
  alignment: Alignment,
): Finding[] {
  if (best === undefined || window.bestCoverage < 0.45) return [];
  const findings: Finding[] = [];
  const answered = new Set(window.answers.filter((at) => at >= 0));
  const claimOf = (at: number): ReadWord | undefined => claim.words[window.answers.indexOf(at)];
  // what the claim denies
  for (const negation of claim.negations) {
    const [word, at] = governed(claim, negation);
    const answer = at === -1 ? -1 : (window.answers[at] ?? -1);
    const other = best.words[answer];
    if (word === undefined || other === undefined || word.negated === deniedHere(other, best, answer)) continue;
    if (denialMet(negation, claim, best) || deniedToo(negation, claim, best, window)) continue;
    if (word.negated !== other.negated)
      findings.push(flipped(`denies "${other.raw}", the source does not`, [`not ${other.raw}`, other.raw]));
  }
  // what the source denies
  for (const negation of best.negations) {
    const [word, at] = governed(best, negation);
    if (word === undefined || !answered.has(at)) continue;
    const mine = claimOf(at);
    if (mine === undefined || mine.negated === word.negated || denialMet(negation, best, claim)) continue;
    // "cancelled the trip" says nothing of what else became of the trip
    if (negation.kind === "denial" && isNoun(best, at) && isNoun(claim, window.answers.indexOf(at))) continue;
    if (findings.length === 0)
      findings.push(
        flipped(`says "${mine.raw}", the source says "${negation.cue} … ${word.raw}"`, [
          mine.raw,
          `${negation.cue} … ${word.raw}`,
        ]),
      );
  }
  if (findings.length === 0) findings.push(...inserted(claim, best, window, alignment));
  if (!comparesAlike(claim, best)) findings.push(...outcomes(claim, best, window, alignment));
  return findings;
}

/** Two sentences alike but for a "not": it stands in a small gap of the one that has no counterpart in the other. */
function inserted(claim: ReadSentence, best: ReadSentence, window: Window, alignment: Alignment): Finding[] {
  if (alignment.share < 0.6) return [];
  const within = (negations: readonly Negation[], from: number, to: number): Negation | undefined =>
    negations.find((negation) => negation.kind === "negator" && negation.at >= from && negation.at < to);
  const denies = (sentence: ReadSentence, from: number, to: number): boolean =>
    sentence.negations.some((negation) => negation.at >= from - 2 && negation.at < to + 2);
  for (const gap of alignment.gaps) {
    const [mine, theirs] = [gap.to - gap.from, gap.sourceTo - gap.sourceFrom];
    if (mine > 4 || theirs > 4) continue;
    const own = within(claim.negations, gap.from, gap.to);
    if (own !== undefined && deniedToo(own, claim, best, window)) continue;
    if (own !== undefined && !denies(best, gap.sourceFrom, gap.sourceTo))
      return [flipped(`says "${own.cue}", the source does not`)];
    const other = within(best.negations, gap.sourceFrom, gap.sourceTo);
    const inside = gap.from > 0 && gap.to < claim.words.length;
    if (other !== undefined && inside && !denies(claim, gap.from, gap.to)) return [flipped(`leaves out "${other.cue}"`)];
  }
  return [];
}

const isNoun = (sentence: ReadSentence, at: number): boolean => /^(?:NOUN|PROPN)$/.test(grammarOf(sentence).tags[at] ?? "");

/** The source denies the same in another place or another way: "without …" at the end instead of the beginning, "denied that …". */
function deniedToo(negation: Negation, claim: ReadSentence, best: ReadSentence, window: Window): boolean {
  const [word] = governed(claim, negation);
  const moved = best.negations.some((other) => {
    const [second] = governed(best, other);
    return other.cue.toLowerCase() === negation.cue.toLowerCase() && second !== undefined && second.base === word?.base;
  });
  return moved || window.answers.slice(negation.from, negation.to).some((answer) => toldAsDenied(best, answer));
}

const toldAsDenied = (best: ReadSentence, at: number): boolean =>
  at !== -1 && reservationsOf(best, at).some(({ kind }) => kind === "denied");

const flipped = (reason: string, words?: Finding["words"]): Finding => ({
  kind: "contradicted",
  about: "negation",
  reason,
  ...(words === undefined ? {} : { words }),
});

/** The first word of matter below a negation: what it most surely denies. */
function governed(sentence: ReadSentence, negation: Negation): [ReadWord | undefined, number] {
  for (let at = negation.from; at < negation.to; at += 1) {
    const word = sentence.words[at];
    if (word !== undefined && word.content) return [word, at];
  }
  return [undefined, -1];
}

const deniedHere = (word: ReadWord, sentence: ReadSentence, at: number): boolean =>
  word.negated ||
  sentence.negations.some((negation) => at >= negation.from && at < negation.to && negation.kind === "denial" && word.negated);

/** A verb of denial ("refused", "failed") that stands on both sides denies on both. */
function denialMet(negation: Negation, own: ReadSentence, other: ReadSentence): boolean {
  if (negation.kind !== "denial") return false;
  const cue = own.words[negation.at];
  return cue !== undefined && other.negations.some((met) => met.kind === "denial" && baseOf(met.cue.toLowerCase()) === cue.base);
}

/** Both are verbs, and of different subjects: "profit rose, turnover fell", "Spain won, Germany lost". */
function ofAnother(claim: ReadSentence, mine: number, best: ReadSentence, theirs: number): boolean {
  const part = (sentence: ReadSentence, at: number, role: "subject" | "object"): ReadWord[] =>
    (grammarOf(sentence).predicates.find((predicate) => predicate.at === at)?.[role] ?? []).flatMap(
      (index) => sentence.words[index] ?? [],
    );
  const [own, other] = [part(claim, mine, "subject"), part(best, theirs, "subject")];
  const meets = (some: readonly ReadWord[], others: readonly ReadWord[]): boolean =>
    some.some((word) => others.some((second) => likeness(word, second.base) > 0 || likeness(second, word.base) > 0));
  // "she beat Doran": that Doran lost is the same from the other side
  if (meets(own, part(best, theirs, "object"))) return true;
  if (own.length === 0 || other.length === 0 || [...own, ...other].some((word) => !word.content)) return false;
  return !meets(own, other);
}

function outcomes(claim: ReadSentence, best: ReadSentence, window: Window, alignment: Alignment): Finding[] {
  const findings: Finding[] = [];
  const answered = new Set(window.answers.filter((at) => at >= 0));
  claim.words.forEach((word, index) => {
    if (!word.content || word.name >= 0 || best.bases.has(word.base)) return;
    if ((window.answers[index] ?? -1) !== -1) return;
    const at = best.words.findIndex(
      (other, position) =>
        other.content &&
        other.name < 0 &&
        !claim.bases.has(other.base) &&
        areOpposite(word.base, other.base) &&
        !(answered.has(position) && window.answers[index] !== position),
    );
    const other = best.words[at];
    if (other === undefined || word.negated !== other.negated || ofAnother(claim, index, best, at)) return;
    findings.push({
      kind: "contradicted",
      about: "outcome",
      reason: `"${word.raw}" against "${other.raw}"`,
      words: [word.raw, other.raw],
    });
  });
  for (const gap of alignment.gaps) {
    if (alignment.share >= 0.75 && gap.to - gap.from <= 3 && gap.sourceTo - gap.sourceFrom <= 3 && findings.length === 0) {
      // the same word may stand elsewhere in the sentence; in this place it is turned round
      for (const word of claim.words.slice(gap.from, gap.to)) {
        const other = best.words.slice(gap.sourceFrom, gap.sourceTo).find((other) => areOpposite(word.base, other.base));
        const moved = best.bases.has(word.base) && other !== undefined && !claim.bases.has(other.base);
        if (other !== undefined && word.content && word.negated === other.negated && !moved)
          findings.push({
            kind: "contradicted",
            about: "outcome",
            reason: `"${word.raw}" against "${other.raw}"`,
            words: [word.raw, other.raw],
          });
      }
    }
    const mine = claim.words.slice(gap.from, gap.to).map((word) => word.folded);
    const theirs = best.words.slice(gap.sourceFrom, gap.sourceTo).map((word) => word.folded);
    if (mine.length > 3 || theirs.length > 3) continue;
    for (const [a, b] of DIRECTIONS) {
      // "without a deal", "with no deal"
      if (a === "with" && b === "without" && (mine.includes("no") || theirs.includes("no"))) continue;
      const turned = (mine.includes(a) && theirs.includes(b)) || (mine.includes(b) && theirs.includes(a));
      if (turned && !(mine.includes(a) && mine.includes(b)))
        findings.push({ kind: "contradicted", about: "outcome", reason: `"${mine.join(" ")}" against "${theirs.join(" ")}"` });
    }
  }
  return findings;
}
