// Cuts a text into single claims: its sentences, and the halves of a sentence that joins two whole statements. Pure; English.
// It cuts only where both halves have a subject and a verb of their own, and never inside a quotation; questions claim nothing.
import type { Span } from "../domain.ts";
import { quotations } from "./attribution.ts";
import { FINITE, sentenceSpans } from "./sentences.ts";
import { wordsOf } from "./words.ts";

export interface Claim {
  /** As it stands in the text; a second half gets a capital letter, a first half a full stop. */
  text: string;
  /** It begins with a word that stands for something in the claim before it ("It cost …"). */
  leans: boolean;
  /** It is a later half of the sentence that the claim before it stands in. */
  joined: boolean;
}

/** Longer sentences are left whole: cutting them would be guesswork. */
const LONGEST_CUT = 400;
const JOINT = /(?:,\s+(?:and|but|while|whereas)\s+|\s+(?:and|but|while|whereas)\s+|;\s+)/gu;
const SUBJECT = /^(?:\p{Lu}|(?:the|a|an|its|their|his|her|no|most|many|some|several|two|three|four|all|both)\s+\p{L})/u;
const NO_SUBJECT_BEFORE = /^(?:both|either|neither|between)\b/i;
const LEANS = /^(?:it|they|he|she|this|these|that|those|his|her|its|their|both|there|the (?:former|latter|two))\b/i;

/** The claims of the text, in order; none where it holds only questions or no words. */
export function claimsOf(text: string): Claim[] {
  return sentenceSpans(text).flatMap((span) => {
    const sentence = text.slice(span.start, span.end).replace(/^(?:[-*•]|\d{1,2}[.)])\s+/, "");
    // a question claims nothing, nor does a dateline
    if (!/\p{L}/u.test(sentence) || /(?:\?["”’)\]]*|[—–-])$/.test(sentence)) return [];
    return halves(sentence).map((half, index) => ({ text: half, leans: LEANS.test(half), joined: index > 0 }));
  });
}

function halves(sentence: string): string[] {
  if (sentence.length > LONGEST_CUT) return [sentence];
  const quoted = quotations(sentence);
  for (const match of sentence.matchAll(JOINT)) {
    const joint: Span = { start: match.index, end: match.index + match[0].length };
    if (quoted.some((quote) => joint.start < quote.end && quote.start < joint.end)) continue;
    const [left, right] = [sentence.slice(0, joint.start).trim(), sentence.slice(joint.end).trim()];
    if (!stands(left) || !stands(right) || NO_SUBJECT_BEFORE.test(left)) continue;
    // "said that A and B": the second half is said as well, and would lose who says it
    if (/\b(?:that|if|because|after|before|when|whether|according to)\b/i.test(left)) continue;
    return [ended(left), ...halves(right.charAt(0).toUpperCase() + right.slice(1))];
  }
  return [sentence];
}

/** A subject at the front and a verb behind it. */
function stands(half: string): boolean {
  const words = wordsOf(half);
  if (words.length < 4 || !SUBJECT.test(half)) return false;
  const [first, second] = words;
  return first !== undefined && second !== undefined && FINITE.test(half.slice(first.end)) && !/^(?:which|who)\b/i.test(half);
}

const ended = (half: string): string => (/[.!?…]["”’)]*$/.test(half) ? half : `${half.replace(/[,;]$/, "")}.`);
