// What a number of a claim measures: by how much or to how much, per month or per year, per cent or percentage points.
import type { Quantity } from "../../text/numbers.ts";
import { sameQuantity } from "../../text/same-quantity.ts";
import type { Finding } from "./finding.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { inAllNear, type Window } from "./window.ts";

export function compareMeasures(claim: ReadSentence, source: Reading, window: Window): Finding[] {
  return claim.quantities.flatMap(
    (quantity) => inAllNear(source, window, (sentence) => measuredOtherwise(quantity, claim, sentence)) ?? [],
  );
}

const CHANGE =
  /\b(?:r[io]s\w*|f[ae]ll\w*|increas\w+|decreas\w+|drop\w*|cut\w*|rais\w+|lift\w*|lower\w*|climb\w*|gr[eo]w\w*|declin\w+|reduc\w+|jump\w*|slump\w*|shr[aiu]nk\w*|expand\w*|sl[ai]d\w*|surg\w+|plung\w+|widen\w*|narrow\w*|slash\w*|boost\w*|hik\w+|up|down|sank|sink\w*|soar\w*|advanc\w+|gain\w*|los[et]\w*)\b/i;
const STEP =
  /\b(by|to|from)\s+(?:(?:about|around|nearly|almost|just|over|more than|less than|at least|up to|some|an?|the|roughly|only|approximately|under|record|high|low|of)\s+)*[$€£]?$/i;

/** How a change is told: by 3, to 3, from 3; "fell 3" is by 3. Null where there is none. */
export function stepOf(quantity: Quantity, { text }: ReadSentence): string | null {
  const before = text.slice(Math.max(0, quantity.start - 60), quantity.start);
  const step = STEP.exec(before)?.[1]?.toLowerCase();
  if (step === undefined)
    return quantity.kind === "percent" && new RegExp(`${CHANGE.source}\\s+$`, "i").test(before) ? "by" : null;
  return CHANGE.test(before) ? step : null;
}

const PERIOD =
  /^\S*(?:\s+(?!(?:and|but|a|per|each|every|to|from)\b)[\p{L}-]+){0,4}?\s+(?:(?:a|per|each|every)\s+(second|minute|hour|day|week|month|quarter|year|decade)(?!\s+(?:ago|earlier|later|before|after|from|old))\b|(hourly|daily|weekly|monthly|quarterly|yearly|annually)\b)/iu;
const ADVERBS: Record<string, string> = {
  hourly: "hour",
  daily: "day",
  weekly: "week",
  monthly: "month",
  quarterly: "quarter",
  yearly: "year",
  annually: "year",
};

function periodOf({ end }: Quantity, { text }: ReadSentence): string | null {
  const [, noun, adverb] = PERIOD.exec(text.slice(end, end + 70)) ?? [];
  return noun?.toLowerCase() ?? ADVERBS[adverb?.toLowerCase() ?? ""] ?? null;
}

const inPoints = (quantity: Quantity, { text }: ReadSentence): boolean =>
  /(?:percentage|per ?cent|percent|%)[ -]points?\b/i.test(quantity.text) ||
  /^[\s-]*(?:percentage |per ?cent |percent )?points?\b/i.test(text.slice(quantity.end, quantity.end + 20));

function measuredOtherwise(quantity: Quantity, claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const others = sentence.quantities.filter(
    (other) =>
      sameQuantity(quantity, other) ||
      (quantity.kind === "percent" && other.value === quantity.value && inPoints(other, sentence)),
  );
  if (others.length === 0) return null;
  const differ = (read: (of: Quantity, within: ReadSentence) => string | null): Finding | null => {
    const mine = read(quantity, claim);
    const theirs = others.map((other) => read(other, sentence));
    if (mine === null || theirs.some((other) => other === null || other === mine)) return null;
    return { kind: "contradicted", about: "number", reason: `says ${mine} of ${quantity.text}, the source says ${theirs[0]}` };
  };
  return (
    differ((of, within) => stepOf(of, within)) ??
    differ((of, within) => {
      const period = periodOf(of, within);
      return period === null ? null : `per ${period}`;
    }) ??
    differ((of, within) => (inPoints(of, within) ? "percentage points" : of.kind === "percent" ? "per cent" : null))
  );
}
