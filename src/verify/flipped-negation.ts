// Plain negation: what a claim denies and its source says, or the other way round. Only words that both sides have are compared; whether something
// is denied in other words is for who reads.
import { endingsOf, type Negation } from "../text/negation.ts";
import type { Finding } from "./facts.ts";
import { type NearCopy, overlap, type ReadSentence, type ReadSource, type ReadWord } from "./reading.ts";

/** A source sentence that holds less of the claim's matter tells of something else. */
const ALIKE = 0.25;
/** Words of matter right below a negation that it surely denies. */
const GOVERNED = 2;

/** Cues that make up for one that a copied sentence leaves out. */
const CUE = /^(?:not|no|never|cannot|nor|.+n't)$/;

/** Where one word of a copied sentence stands for another of the other pole: rose and fell, upheld and overturned, with and without. */
function isTurned(word: string, other: string): boolean {
  const [ours, theirs] = [endingsOf(word)[0], endingsOf(other)[0]];
  return (
    (ours !== undefined && ours.of === theirs?.of && ours.pole !== theirs.pole) ||
    /^with(?:out with|.without)$/.test(`${word} ${other}`)
  );
}

export function checkNegation(claim: ReadSentence, source: ReadSource, copied: NearCopy | null): Finding[] {
  const leftOut = copied?.leftOut.find((word) => copied.sentence.negations.some(({ at }) => copied.sentence.words[at] === word));
  if (leftOut !== undefined && !copied?.added.some(({ folded }) => CUE.test(folded)))
    return [flipped(`leaves out "${leftOut.raw}"`)];
  for (const word of copied?.added ?? []) {
    const place = copied?.inPlaceOf(word) ?? null;
    const other = copied?.sentence.words.find(
      ({ start, folded }) => place !== null && start >= place.start && start < place.end && isTurned(word.folded, folded),
    );
    if (other !== undefined) return [flipped(`says "${word.raw}", the source says "${other.raw}"`)];
  }
  const near = source.sentences.filter((sentence) => overlap(claim, sentence) >= ALIKE);
  for (const negation of claim.negations) {
    if (negation.kind !== "negator" || standsAlone(claim, negation)) continue;
    for (const word of governed(claim, negation)) {
      if (!word.negated) continue;
      const met = near.flatMap((sentence) => wordsLike(word, sentence).map((other) => ({ sentence, other })));
      if (met.length > 0 && met.every(({ sentence, other }) => !isDenied(other, sentence)))
        return [flipped(`denies "${word.raw}", the source does not`)];
    }
  }
  for (const sentence of near) {
    for (const negation of sentence.negations) {
      if (negation.kind !== "negator") continue;
      const below = sentence.words.slice(negation.from, negation.to).filter((word) => word.content);
      const told = below.filter((word) => claim.bases.has(word.base));
      if (told.length < 2 || told.length < below.length * 0.6) continue;
      // one word that both deny is enough: "the cause is not known" also names the cause
      if (told.some((word) => wordsLike(word, claim).some((mine) => isDenied(mine, claim)))) continue;
      for (const word of governed(sentence, negation)) {
        const mine = wordsLike(word, claim);
        const elsewhere = near.some((other) => other !== sentence && wordsLike(word, other).some((met) => !isDenied(met, other)));
        if (word.negated && mine.length > 0 && !elsewhere && mine.every((other) => !isDenied(other, claim)))
          return [flipped(`says "${word.raw}", the source says "${negation.cue} … ${word.raw}"`)];
      }
    }
  }
  return [];
}

const flipped = (reason: string): Finding => ({ kind: "negation", contradicted: true, reason });

/** What these say is said of the verb behind them. */
const LIGHT = /^(?:longer|need(?:s|ed)?|keep|continue|yet|ever|even|get|got|going|able|still|already|currently)$/;

const governed = (sentence: ReadSentence, negation: Negation): ReadWord[] =>
  sentence.words
    .slice(negation.from, negation.to)
    .filter((word) => word.content && !/^\p{Lu}/u.test(word.raw) && !LIGHT.test(word.folded))
    .slice(0, GOVERNED);

/** "No: …", "No, …": an answer, not part of the statement. */
const standsAlone = ({ text, words }: ReadSentence, { at }: Negation): boolean =>
  /^\s*[:,;—–-]/.test(text.slice(words[at]?.end ?? 0));

const wordsLike = ({ base }: ReadWord, sentence: ReadSentence): ReadWord[] => sentence.words.filter((word) => word.base === base);

/** Negated, or near a word that denies in its own way. */
function isDenied(word: ReadWord, sentence: ReadSentence): boolean {
  const at = sentence.words.indexOf(word);
  return word.negated || sentence.negations.some((negation) => Math.abs(negation.at - at) <= 3);
}
