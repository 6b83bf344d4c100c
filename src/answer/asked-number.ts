import { findQuantities, type Quantity } from "../text/numbers.ts";
// Whether a text gives the number that a question asks for: of the things it counts, or of the right measure. It reads no matter beyond that.
import { areAlike } from "../text/synonyms.ts";
import { baseOf, isStopWord, wordsOf } from "../text/words.ts";

/** "How many soldiers": a number beside soldiers, or in the sentence that holds all the rest. */
export function countsIt(question: string, sentences: readonly string[]): boolean {
  const counted = countedIn(question);
  if (counted.length === 0) return true;
  return sentences.some((sentence) =>
    findQuantities(sentence).some((quantity) => quantity.counts.some((noun) => counted.some((base) => areAlike(base, noun)))),
  );
}

/** Base forms of what "how many" counts: the words up to the verb. */
function countedIn(question: string): string[] {
  const behind = /\bhow many ((?:[\p{L}-]+ ?){1,3})/iu.exec(question)?.[1];
  if (behind === undefined) return [];
  const words = wordsOf(behind);
  const first = words.findIndex((word) => !isStopWord(word.folded));
  const verb = words.findIndex((word, at) => at > first && isStopWord(word.folded));
  return first === -1 ? [] : words.slice(first, verb === -1 ? words.length : verb).map((word) => baseOf(word.folded));
}

const MONEY =
  /\b(?:how much (?:money|does .* (?:cost|earn|pay|charge)|do .* (?:cost|earn|pay|charge)|did .* (?:cost|earn|pay|spend)|will .* cost)|salary|price|cost|earn|wage|fee|fine|budget|fund(?:ed|ing)?)\b/i;
const AGE = /\bhow old\b|\bage of\b/i;

const TIME = /^(?:second|minute|hour|day|week|month|year|decade|century)s?$/;
const LENGTH = /^(?:millimetre|centimetre|metre|kilometre|mile|foot|feet|yard|inch)s?$/;
const UNITS: readonly [RegExp, (quantity: Quantity) => boolean][] = [
  [/\bwhat (?:percentage|share|proportion)\b/i, ({ kind }) => kind === "percent" || kind === "fraction"],
  [/\bhow (?:far|tall|high|deep|wide)\b/i, ({ unit }) => LENGTH.test(unit ?? "")],
  [/\bhow long\b/i, ({ kind, unit }) => TIME.test(unit ?? "") || LENGTH.test(unit ?? "") || kind === "clock"],
];

/** A price is money, an age is years, a distance has a unit of length. */
export function isOfTheKind(question: string, text: string): boolean {
  const [, fits] = UNITS.find(([asked]) => asked.test(question)) ?? [];
  if (fits !== undefined) return findQuantities(text).some((quantity) => fits(quantity));
  if (AGE.test(question)) return /\b(?:aged?|years? old|year-old|(?:man|woman|boy|girl) of \d|born in)\b|,\s\d{1,3},/i.test(text);
  return (
    !MONEY.test(question) ||
    findQuantities(text).some(
      (quantity) =>
        quantity.kind === "money" ||
        (quantity.kind === "percent" && /\brate\b/.test(question)) ||
        MONEY_UNIT.test(quantity.unit ?? quantity.counts.join(" ")),
    )
  );
}

const MONEY_UNIT = /^(?:crown|dollar|euro|pound|yen|rupee|coin|credit|cent|franc|peso|ruble|yuan|krona|krone)/i;
