// Reads one number, in digits or words, at a place in a row of tokens: value, rough kind, where it ends. Units and approximators are
// the caller's (numbers.ts). Pure; English.
import type { Span } from "../domain.ts";
import { FRACTION_SIGNS, FRACTIONS, MONTHS, ORDINALS, SCALES, UNITS_AND_TENS, VAGUE } from "./number-words.ts";

export type QuantityKind =
  | "cardinal"
  | "ordinal"
  | "percent"
  | "money"
  | "measure"
  | "fraction"
  | "vague"
  | "year"
  | "decade"
  | "day"
  | "clock";

export interface NumberToken extends Span {
  folded: string;
  raw: string;
}

export interface NumberRead {
  value: number;
  kind: QuantityKind;
  unit: string | null;
  next: number;
  weak: boolean;
}

export function readDigits(text: string, tokens: NumberToken[], at: number): NumberRead | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let value = Number(token.raw.replace(/, ?/g, ""));
  const plain = { unit: null, weak: false };
  const glued = (index: number): boolean => tokens[index]?.start === tokens[index - 1]?.end;
  const next = tokens[at + 1];
  // 23:03, 10.30am, 7 pm
  const minutes = next?.folded === ":" && glued(at + 1) && glued(at + 2) ? tokens[at + 2]?.raw : undefined;
  if (minutes !== undefined && /^\d\d$/.test(minutes) && value < 25) {
    const half = meridiem(tokens, at + 3);
    return { ...plain, value: hour(value, half.pm) * 60 + Number(minutes), kind: "clock", next: at + 3 + half.length };
  }
  const half = meridiem(tokens, at + 1);
  if (half.length > 0 && value <= 12.6) {
    const past = Math.round((value % 1) * 100);
    return { ...plain, value: hour(Math.floor(value), half.pm) * 60 + past, kind: "clock", next: at + 1 + half.length };
  }
  if (next !== undefined && glued(at + 1) && /^(?:st|nd|rd|th)$/.test(next.folded)) {
    const day = nearMonth(tokens, at, at + 2);
    return { ...plain, value, kind: day ? "day" : "ordinal", next: at + 2 };
  }
  if (next !== undefined && glued(at + 1) && next.folded === "s" && /^(?:\d\d|\d{4})$/.test(token.raw)) {
    return { ...plain, value: value < 100 ? value + 1900 : value, kind: "decade", next: at + 2 };
  }
  if (/^\d{1,2}$/.test(token.raw) && value >= 1 && value <= 31 && nearMonth(tokens, at, at + 1)) {
    return { ...plain, value, kind: "day", next: at + 1 };
  }
  let end = at + 1;
  const sign = FRACTION_SIGNS.get(next?.folded ?? "");
  if (sign !== undefined) [value, end] = [value + sign, at + 2];
  // 3 million, 3m, 3bn, 2.5-million; "m" only when glued, as it is also the metre
  let scaled = false;
  for (;;) {
    const hyphen = /^[-–]$/.test(tokens[end]?.folded ?? "") && glued(end) ? 1 : 0;
    const word = tokens[end + hyphen]?.folded ?? "";
    const scale = SCALES.get(word);
    if (scale === undefined || (word.length <= 2 && !glued(end) && word !== "bn" && word !== "tn" && word !== "mn")) break;
    if (word === "m" && !/[$€£¥]\s*$/.test(text.slice(Math.max(0, token.start - 2), token.start)) && value > 200) break;
    value *= scale;
    end += 1 + hyphen;
    scaled = true;
  }
  const year = !scaled && sign === undefined && /^\d{4}$/.test(token.raw) && value >= 1100 && value <= 2199;
  return { ...plain, value: tidy(value), kind: year ? "year" : "cardinal", next: end };
}

export function readWords(tokens: NumberToken[], at: number): NumberRead | null {
  const word = tokens[at]?.folded ?? "";
  const plain = { unit: null, weak: false };
  const sign = FRACTION_SIGNS.get(word);
  if (sign !== undefined) return { ...plain, value: sign, kind: "fraction", next: at + 1 };
  const vague = VAGUE.get(word);
  if (vague !== undefined) {
    const of = tokens[at + 1]?.folded === "of" ? VAGUE.get(tokens[at + 2]?.folded ?? "") : undefined;
    if (word === "scores" && tokens[at + 1]?.folded !== "of") return null;
    return { ...plain, value: vague * (of ?? 1), kind: "vague", next: of === undefined ? at + 1 : at + 3 };
  }
  const article = word === "a" || word === "an";
  if (article) {
    const next = tokens[at + 1]?.folded ?? "";
    const scale = next.length > 2 ? SCALES.get(next) : undefined;
    if (scale !== undefined) return { ...sum(tokens, at + 1, 1), weak: false };
    if (next === "couple") return { ...plain, value: 2, kind: "vague", next: at + 2 };
    const fraction = next === "half" || next === "quarter" ? FRACTIONS.get(next) : undefined;
    const ofThird = tokens[at + 2]?.folded === "of" ? FRACTIONS.get(next) : undefined;
    const part = fraction ?? ofThird;
    return part === undefined ? null : { ...plain, value: part, kind: "fraction", next: at + 2 };
  }
  if (word === "half" || word === "halved")
    return word === "half" ? { ...plain, value: 0.5, kind: "fraction", next: at + 1 } : null;
  const scale = word.length > 3 ? SCALES.get(word) : undefined;
  if (UNITS_AND_TENS.has(word) || scale !== undefined) {
    const total = sum(tokens, at, null);
    return { ...total, weak: total.next === at + 1 && (word === "one" || word === "nil" || word === "zero") };
  }
  const ordinal = ORDINALS.get(word);
  if (ordinal === undefined) return null;
  const day = nearMonth(tokens, at, at + 1) && word !== "second";
  return { ...plain, value: ordinal, kind: day ? "day" : "ordinal", next: at + 1, weak: word === "first" || word === "second" };
}

/** "three hundred and twelve thousand", "twenty-first", "two-thirds", "one and a half million". */
function sum(tokens: NumberToken[], from: number, start: number | null): NumberRead {
  let [total, group, at] = [0, start ?? 0, from];
  let [tens, any] = [false, start !== null];
  for (;;) {
    const skip = any && /^(?:-|–|and)$/.test(tokens[at]?.folded ?? "") ? 1 : 0;
    const word = tokens[at + skip]?.folded ?? "";
    const value = UNITS_AND_TENS.get(word);
    const and = skip === 1 && tokens[at]?.folded === "and";
    if (value !== undefined) {
      const fits =
        !any ||
        (tens && value > 0 && value < 10 && !and) ||
        (group > 0 && group % 100 === 0 && value < 100) ||
        (group === 0 && total > 0);
      if (!fits) break;
      group += value;
      tens = value >= 20;
    } else if (word.length > 2 && SCALES.has(word) && !and) {
      const scale = SCALES.get(word) ?? 1;
      if (scale === 100 || scale === 12) group = Math.max(group, 1) * scale;
      else [total, group] = [total + Math.max(group, 1) * scale, 0];
      tens = false;
    } else if (any && and && /^an?$/.test(word) && tokens[at + 2]?.folded === "half") {
      group += 0.5;
      skipTo(at + 3);
      continue;
    } else {
      const ordinal = ORDINALS.get(word);
      const fraction = skip === 1 && !and ? FRACTIONS.get(word) : undefined;
      if (any && ordinal !== undefined && !and && (tens ? ordinal < 10 : ordinal >= 100) && skip === 1) {
        return { value: total + group + ordinal, kind: "ordinal", unit: null, next: at + 1 + skip, weak: false };
      }
      const spoken = fraction ?? (word.endsWith("s") && skip === 0 ? FRACTIONS.get(word) : undefined);
      if (any && spoken !== undefined && group > 0 && group < 10) {
        return { value: tidy(group * spoken), kind: "fraction", unit: null, next: at + 1 + skip, weak: false };
      }
      break;
    }
    any = true;
    skipTo(at + 1 + skip);
  }
  return { value: tidy(total + group), kind: "cardinal", unit: null, next: at, weak: false };

  function skipTo(next: number): void {
    at = next;
  }
}

function meridiem(tokens: NumberToken[], at: number): { length: number; pm: boolean | null } {
  const word = tokens[at]?.folded ?? "";
  if (word === "am" || word === "pm") return { length: 1, pm: word === "pm" };
  const dotted = tokens
    .slice(at, at + 4)
    .map((token) => token.folded)
    .join("");
  return /^[ap]\.m\.$/.test(dotted) ? { length: 4, pm: dotted.startsWith("p") } : { length: 0, pm: null };
}

const hour = (value: number, pm: boolean | null): number => (pm === null ? value : (value % 12) + (pm ? 12 : 0));

/** "31 October", "31st of October", "October 31", "Oct. 31st". "May" and "March" only when capitalised. */
function nearMonth(tokens: NumberToken[], at: number, after: number): boolean {
  const isMonth = (token: NumberToken | undefined): boolean =>
    token !== undefined &&
    MONTHS.has(token.folded) &&
    (/^\p{Lu}/u.test(token.raw) || !/^(?:may|march|mar|sat|dec|jan)$/.test(token.folded));
  const behind = tokens[after]?.folded === "of" ? after + 1 : after;
  const before = tokens[at - 1]?.folded === "." ? at - 2 : at - 1;
  return isMonth(tokens[behind]) || isMonth(tokens[before]);
}

const tidy = (value: number): number => Number(value.toPrecision(12));
