// Plain negation: what a claim denies and its source says, or the other way round. Only words that both sides have are compared; whether something
// is denied in other words is for who reads.
import { areOpposite, endingsOf, type Negation } from "../text/negation.ts";
import type { Finding } from "./facts.ts";
import { overlap, type ReadSentence, type ReadSource, type ReadWord } from "./reading.ts";

/** A source sentence that holds less of the claim's matter tells of something else. */
const ALIKE = 0.25;
/** Words of matter right below a negation that it surely denies. */
const GOVERNED = 2;

/** Both ways: one sentence is the other again but for a word. */
const SAME = 0.85;
/** From here on the claim is said in the sentence's own words, and a single word decides. */
const COPIED = 0.6;

export function checkNegation(claim: ReadSentence, source: ReadSource): Finding[] {
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
    if (overlap(claim, sentence) >= SAME && overlap(sentence, claim) >= SAME && denials(claim) % 2 !== denials(sentence) % 2)
      return [flipped(denials(claim) > denials(sentence) ? "denies what the source says" : "says what the source denies")];
    const turned = overlap(claim, sentence) < COPIED ? null : turnedIn(claim, sentence);
    if (turned !== null) return [flipped(turned)];
    for (const negation of sentence.negations) {
      if (negation.kind !== "negator") continue;
      const below = sentence.words.slice(negation.from, negation.to).filter((word) => word.content);
      const told = below.filter((word) => claim.bases.has(word.base));
      if (told.length < (overlap(claim, sentence) < COPIED ? 2 : 1) || told.length < below.length * 0.6) continue;
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

const denials = ({ negations }: ReadSentence): number => negations.filter(({ kind }) => kind === "negator").length;

/** "fell" for "rose", "overturned" for "upheld": what can go either way ends the other way, or one word stands for its opposite. */
function turnedIn(claim: ReadSentence, sentence: ReadSentence): string | null {
  const theirs = endingsOf(sentence.text);
  for (const { of, pole, text } of endingsOf(claim.text)) {
    const other = theirs.find((ending) => ending.of === of && ending.pole !== pole);
    if (other !== undefined && !theirs.some((ending) => ending.of === of && ending.pole === pole))
      return `says "${text}", the source says "${other.text}"`;
  }
  for (const word of claim.words) {
    if (sentence.bases.has(word.base)) continue;
    const other = sentence.words.find(({ base }) => areOpposite(word.base, base) && !claim.bases.has(base));
    if (other !== undefined && isDenied(word, claim) === isDenied(other, sentence))
      return `says "${word.raw}", the source says "${other.raw}"`;
  }
  return null;
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
