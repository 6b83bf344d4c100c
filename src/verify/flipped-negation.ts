// Plain negation: what a claim denies and its source says, or the other way round. Only words that both sides have are compared; whether something
// is denied in other words is for who reads.
import { areOpposite, type Negation } from "../text/negation.ts";
import type { Finding } from "./facts.ts";
import { overlap, type ReadSentence, type ReadSource, type ReadWord } from "./reading.ts";

/** Words of matter right below a negation that it surely denies. */
const GOVERNED = 2;

/** Share of what is denied that the other sentence holds. */
const TOLD = 0.5;
/** From here on the claim is said in the sentence's own words, and a single word decides. */
const COPIED = 0.66;
/** From here on one of them may stand for its opposite. */
const TURNED = 0.6;
/** Share of the sentence's own nearness. */
const AS_NEAR = 0.5;

export function checkNegation(claim: ReadSentence, source: ReadSource): Finding[] {
  // a claim of several sentences holds most of each, each holds little of it
  const shares = new Map(source.sentences.map((one) => [one, Math.max(overlap(claim, one), overlap(one, claim))]));
  for (const [sentence, share] of shares) {
    const held = overlap(claim, sentence);
    const turned = held < TURNED ? null : turnedIn(claim, sentence);
    if (turned !== null) return [flipped(turned)];
    // another sentence that stands as near may say it the claim's way
    const others = [...shares.keys()].filter((other) => other !== sentence && (shares.get(other) ?? 0) >= share * AS_NEAR);
    const meets = (word: ReadWord, denied: boolean): boolean =>
      others.some((other) => wordsLike(word, other).some((met) => isDenied(met, other) === denied));
    const denied = deniedAlone(claim, sentence, share);
    if (denied !== null && !meets(denied.word, true)) return [flipped(`denies "${denied.word.raw}", the source does not`)];
    const said = deniedAlone(sentence, claim, share);
    if (said !== null && !meets(said.word, false))
      return [flipped(`says "${said.word.raw}", the source says "${said.cue} … ${said.word.raw}"`)];
  }
  return [];
}

/** A word that one denies and the other says, where the other holds what is denied and denies none of it: "the cause is not known" also names the cause. */
function deniedAlone(denying: ReadSentence, saying: ReadSentence, share: number): { word: ReadWord; cue: string } | null {
  for (const negation of denying.negations) {
    if (negation.kind !== "negator" || standsAlone(denying, negation)) continue;
    const below = denying.words.slice(negation.from, negation.to).filter((word) => word.content);
    const told = below.filter((word) => saying.bases.has(word.base));
    if (told.length < (share < COPIED ? 2 : 1) || told.length < below.length * TOLD) continue;
    if (told.some((word) => wordsLike(word, saying).some((met) => isDenied(met, saying)))) continue;
    const word = governed(denying, negation).find((one) => one.negated && saying.bases.has(one.base));
    if (word !== undefined) return { word, cue: negation.cue };
  }
  return null;
}

/** "fell" for "rose", "overturned" for "upheld": what can go either way ends the other way, or one word stands for its opposite. */
function turnedIn(claim: ReadSentence, sentence: ReadSentence): string | null {
  for (const word of claim.words) {
    if (!word.content || sentence.bases.has(word.base)) continue;
    const other = sentence.words.find(({ base, content }) => content && areOpposite(word.base, base) && !claim.bases.has(base));
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
