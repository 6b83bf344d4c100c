// The part of a sentence that says how something is: whole clauses around one word, cut only at marks, and never away from what hedges,
// denies or attributes them. Verbatim; it adds no dots.
import type { Span } from "../domain.ts";
import { attributionsOf } from "../text/attribution.ts";

/** Shorter sentences are quoted whole. */
const LONG = 150;
const LEAST = 40;
const BOUND =
  /\b(?:if|unless|although|though|but|not|no|never|nobody|none|deny|denie[sd]|claim\w*|alleg\w*|reportedly|according|until|whether|could|would|might|may|should|suggest\w*|argues?|said|says?|points? out|adds?|notes?|writes?|wrote|warns?|stress\w*|in (?:his|her|their|its) (?:view|words))\b/i;
/** A clause of its own in front: what it hedges is its own matter. */
const SUBORDINATE = /^(?:while|after|as|since|in|on|during|following|amid|despite|with)\b(?!.*\b(?:if|unless|according)\b)/is;
const MARK = /[,;:—–]\s/g;
/** A clause that begins like this has its subject in front of the mark. */
const HANGS = /^(?:which|who|whose|where|and|or|that|as|than|when|\p{Ll}+(?:ing|ed)\b)/u;

/** The part of `text` around `from..to`, as positions; the whole where it is short or cannot be cut safely. */
export function excerptAround(text: string, from: number, to: number): Span {
  const whole = { start: 0, end: text.length };
  if (text.length <= LONG || /["“”]/.test(text)) return whole;
  const marks = [...text.matchAll(MARK)].map((match) => ({ at: match.index, after: match.index + match[0].length }));
  const safe = (dropped: string): boolean =>
    (SUBORDINATE.test(dropped) || !BOUND.test(dropped)) && attributionsOf(dropped).length === 0;
  const front = marks.filter(({ after }) => after <= from && safe(text.slice(0, after)) && !HANGS.test(text.slice(after))).at(-1);
  const back = marks.find(({ at }) => at >= to && safe(text.slice(at)));
  const start = front?.after ?? 0;
  const end = back?.at ?? text.replace(/[.!]$/, "").length;
  return end - start < LEAST || (front === undefined && back === undefined) ? whole : { start, end };
}
