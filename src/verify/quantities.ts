// Numbers of a claim: each must stand in the source with its unit, rounded only where the claim says so. Small counts in words are left to
// who reads: "the two countries" names nothing that must be written.
import { areOpposite } from "../text/negation.ts";
import { type Quantity, sameQuantity } from "../text/numbers.ts";
import { baseOf } from "../text/words.ts";
import { valueInstead } from "./belonging.ts";
import type { Finding } from "./facts.ts";
import type { ReadSentence, ReadSource } from "./reading.ts";

/** Parts of dates, and "dozens", are no quantities to prove here. */
const ELSEWHERE = new Set(["year", "day", "decade", "vague"]);
/** A count in words up to this may be counted by the writer. */
const SMALL = 12;
const RISES = ["rise", "increase", "grow", "gain", "profit"].map(baseOf);

export function checkQuantities(claim: ReadSentence, source: ReadSource): Finding[] {
  return claim.quantities.flatMap((quantity): Finding[] => {
    if (ELSEWHERE.has(quantity.kind) || isPartOfName(claim.text, quantity) || standsApart(quantity, source.text)) return [];
    if (claim.dates.some((date) => quantity.start < date.end && date.start < quantity.end)) return [];
    const same = source.quantities.filter((other) => saysSame(quantity, other));
    if (same.some((other) => sameSign(quantity, claim, other, source) === true)) {
      const other = quantity.weak || isSmallCount(quantity) ? null : instead(quantity, claim, source);
      return other === null ? [] : [objection(quantity, other)];
    }
    if (quantity.weak) return [];
    const turned = same.find((other) => sameSign(quantity, claim, other, source) === false);
    const rival = turned ?? rivalOf(quantity, claim, source);
    if (rival !== null) return [objection(quantity, rival)];
    if (isSmallCount(quantity)) return [];
    return [{ kind: "number", contradicted: false, reason: `number not in the source: ${quantity.text}` }];
  });
}

/** "A350", "MH-17": no number of anything. */
const isPartOfName = (text: string, { start }: Quantity): boolean => /\p{L}-?$/u.test(text.slice(Math.max(0, start - 2), start));

const objection = (quantity: Quantity, other: Quantity): Finding => ({
  kind: "number",
  contradicted: true,
  reason: `says ${quantity.text}, the source says ${other.text}`,
});

/** What the source gives of this, where the claim's number stands there of something else or nowhere. */
const instead = (quantity: Quantity, claim: ReadSentence, source: ReadSource): Quantity | null =>
  valueInstead(
    claim,
    quantity,
    source,
    ({ text, quantities }) =>
      quantities.filter(
        (other) =>
          other.kind === quantity.kind &&
          other.unit === quantity.unit &&
          !isPartOfName(text, other) &&
          !claim.quantities.some((own) => own !== quantity && saysSame(own, other)),
      ),
    (other) => saysSame(quantity, other),
  );

const isSmallCount = ({ kind, unit, value, text }: Quantity): boolean =>
  (kind === "cardinal" || kind === "ordinal") && unit === null && value <= SMALL && !/\d/.test(text);

const saysSame = (quantity: Quantity, other: Quantity): boolean =>
  sameQuantity(quantity, other) || mayBeThousands(quantity, other);

/** One of them below nought where the words of the other say so: "fell by 0.4" is -0.4, "rose by 0.4" is not; null where they leave it open. */
function sameSign(quantity: Quantity, claim: ReadSentence, other: Quantity, source: ReadSource): boolean | null {
  if (quantity.minus === other.minus) return true;
  const plain = quantity.minus ? source.sentences.find(({ quantities }) => quantities.includes(other)) : claim;
  const bases = plain?.words.map(({ base }) => base) ?? [];
  if (bases.some((base) => RISES.some((rise) => areOpposite(rise, base)))) return true;
  return bases.some((base) => RISES.includes(base)) ? false : null;
}

/** "48.300": a point before three digits may part thousands. */
const mayBeThousands = (quantity: Quantity, other: Quantity): boolean =>
  /(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,])/.test(other.text) && sameQuantity(quantity, { ...other, value: other.value * 1000 });

/** Texts that went through a tokeniser have "2. 4" for 2.4. */
function standsApart({ text }: Quantity, source: string): boolean {
  const [digits] = /\d+(?:[.,]\d+)+/.exec(text) ?? [];
  return digits !== undefined && new RegExp(`(?<!\\d[.,]? ?)${digits.replace(/[.,]/g, "\\$& ")}(?! ?[.,]?\\d)`).test(source);
}

/** A number that the source gives of the same counted things, or of one measure among the same words. */
function rivalOf(quantity: Quantity, claim: ReadSentence, source: ReadSource): Quantity | null {
  const near = instead(quantity, claim, source);
  // a row of a table has the word in front: "Points 39"
  const labelOf = (other: Quantity): string | undefined =>
    source.sentences.find(({ quantities }) => quantities.includes(other))?.words.findLast(({ end }) => end <= other.start)?.base;
  const counted = (other: Quantity): boolean =>
    [...other.counts, labelOf(other) ?? ""].some((word) => quantity.counts.includes(word));
  if (near !== null && (quantity.kind !== "cardinal" || counted(near))) return near;
  return (
    source.quantities.find(
      (other) => other.kind === quantity.kind && other.unit === quantity.unit && (other.unit !== null || counted(other)),
    ) ?? null
  );
}
