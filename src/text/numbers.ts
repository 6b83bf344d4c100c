// Quantities in a text, in digits and in words, with unit, kind and approximator. Pure; English.
// Numbers that belong to a calendar date are marked as such, not read: dates.ts does that.
import type { Span } from "../domain.ts";
import { type NumberToken, type QuantityKind, readDigits, readWords } from "./number-reading.ts";
import { BEFORE, type Bound, CURRENCY_SIGNS, CURRENCY_WORDS, UNITS } from "./number-words.ts";
import { baseOf, fold, isStopWord } from "./words.ts";

export interface Quantity extends Span {
  text: string;
  /** Percentages as they are said (12 for 12 %), fractions 0..1, clocks in minutes after midnight. */
  value: number;
  kind: QuantityKind;
  /** Currency or unit, singular British spelling; null for a bare count. */
  unit: string | null;
  bound: Bound;
  /** Base forms of up to three words that follow: what is counted ("14 Afghan soldiers": afghan, soldier). */
  counts: string[];
  /** "one" and "first" are often no quantity at all ("no one", "one of them", "at first"): a claim need not prove them. */
  weak: boolean;
}

const TOKEN =
  /\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:, \d{3}(?![\d,]))+|\d+(?:\.\d+)?|[\p{L}]+(?:['’][\p{L}]+)*|[%½¼¾⅓⅔€£¥₹₽₴₺°]|[Uu][Ss]\$|\$|[-–—]|[^\s\p{L}\p{N}]/gu;

/** Every quantity of the text in order of place. Linear in its length. */
export function findQuantities(text: string): Quantity[] {
  const tokens: NumberToken[] = [];
  for (const match of text.matchAll(TOKEN)) {
    tokens.push({
      raw: match[0],
      folded: /^(?:\p{L}|us\$)/iu.test(match[0]) ? fold(match[0]) : match[0],
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length;) {
    const read = readQuantity(text, tokens, at);
    if (read === null) {
      at += 1;
      continue;
    }
    found.push(read.quantity);
    at = Math.max(read.next, at + 1);
  }
  shareUnits(text, found);
  return found;
}

/** "10 to 15 km", "between $2 and $3 billion": the first of a range takes unit and scale from the second. */
function shareUnits(text: string, found: Quantity[]): void {
  for (let i = 0; i + 1 < found.length; i += 1) {
    const [a, b] = [found[i], found[i + 1]];
    if (a === undefined || b === undefined || b.start - a.end > 8) continue;
    if (!/^\s*(?:-|–|—|to|and|or)\s*[$€£¥₹]?$/.test(text.slice(a.end, b.start))) continue;
    if (a.kind === "cardinal" && (b.kind === "percent" || b.kind === "money" || b.kind === "measure")) {
      a.kind = b.kind;
      a.unit = b.unit;
    }
    if (a.counts.length === 0) a.counts = b.counts;
  }
}

function readQuantity(text: string, tokens: NumberToken[], at: number): { quantity: Quantity; next: number } | null {
  const first = tokens[at];
  if (first === undefined) return null;
  const currency = CURRENCY_SIGNS.get(first.folded) ?? null;
  let start = at;
  if (currency !== null) {
    if (first.folded === "rs" && tokens[at + 1]?.folded === ".") start += 1;
    start += 1;
    if (!/^\d/.test(tokens[start]?.folded ?? "")) return null;
  }
  const number = /^\d/.test(tokens[start]?.folded ?? "") ? readDigits(text, tokens, start) : readWords(tokens, start);
  if (number === null) return null;
  let { kind, value, next } = number;
  let unit: string | null = number.unit;
  if (currency !== null) [kind, unit] = ["money", currency];
  const after = tokens[next]?.folded ?? "";
  if (kind === "cardinal" || kind === "year" || kind === "vague" || kind === "fraction") {
    // "16-year-old", also as "16 - year - old"
    const glued = after === "-" || (after === "–" && tokens[next]?.start === tokens[next - 1]?.end);
    const unitAt = glued ? next + 1 : next;
    const word = (tokens[unitAt]?.folded ?? "").replace(/^degrees?$/, (d) => temperature(tokens, unitAt) ?? d);
    const measure = UNITS.get(word);
    if (isPercent(tokens, unitAt) > 0) {
      kind = "percent";
      next = unitAt + isPercent(tokens, unitAt);
    } else if (CURRENCY_WORDS.has(word) && !(word === "won" && kind === "year")) {
      [kind, unit, next] = ["money", CURRENCY_WORDS.get(word) ?? null, unitAt + 1];
    } else if (isCurrencyAfterAdjective(tokens, unitAt) !== null) {
      [kind, unit, next] = ["money", isCurrencyAfterAdjective(tokens, unitAt), unitAt + 2];
    } else if (measure !== undefined && kind !== "vague" && !(word.length < 3 && glued)) {
      [kind, unit, next] = ["measure", measure[0], unitAt + 1];
    } else if (kind === "year" && countedPlural(tokens[next])) kind = "cardinal";
  }
  const last = tokens[next - 1] ?? first;
  const lead = boundBefore(tokens, at);
  const trailing = `${tokens[next]?.folded ?? ""} ${tokens[next + 1]?.folded ?? ""}`;
  const bound = /^or (?:more|above)$/.test(trailing) || after === "+" ? "over" : trailing === "or so" ? "about" : lead;
  return {
    quantity: {
      text: text.slice(first.start, last.end),
      start: first.start,
      end: last.end,
      value,
      kind,
      unit,
      bound,
      counts: countedWords(text, tokens, next),
      weak: number.weak && kind !== "money" && kind !== "percent",
    },
    next,
  };
}

function isPercent(tokens: NumberToken[], at: number): number {
  const word = tokens[at]?.folded ?? "";
  const next = tokens[at + 1]?.folded ?? "";
  if (word === "%" || word === "percent" || word === "pct") return 1;
  if (word === "per" && next === "cent") return 2;
  return word === "percentage" && /^points?$/.test(next) ? 2 : 0;
}

function temperature(tokens: NumberToken[], at: number): string | null {
  const next = tokens[at + 1]?.folded ?? "";
  return next === "celsius" || next === "fahrenheit" ? next : null;
}

function isCurrencyAfterAdjective(tokens: NumberToken[], at: number): string | null {
  if (!/^(?:us|american|canadian|australian|egyptian|pakistani|indian|swiss|chinese)$/.test(tokens[at]?.folded ?? ""))
    return null;
  return CURRENCY_WORDS.get(tokens[at + 1]?.folded ?? "") ?? null;
}

/** A four-digit number with a plural behind it counts things: "1500 soldiers". */
function countedPlural(token: NumberToken | undefined): boolean {
  const word = token?.raw ?? "";
  return /^[a-z]{4,}s$/.test(word) && !/ss$|^(?:thus|this|does|says|sees|perhaps|always|besides|towards|marks|was)$/.test(word);
}

function boundBefore(tokens: NumberToken[], at: number): Bound {
  const words = tokens.slice(Math.max(0, at - 4), at).map((token) => token.folded);
  const before = ` ${words.join(" ")}`;
  return BEFORE.find(([phrase]) => before.endsWith(` ${phrase}`))?.[1] ?? "exact";
}

function countedWords(text: string, tokens: NumberToken[], from: number): string[] {
  const words: string[] = [];
  for (let at = from; at < tokens.length && at < from + 5 && words.length < 3; at += 1) {
    const token = tokens[at];
    if (token === undefined || /[\n.,;:!?()]/.test(text.slice(tokens[at - 1]?.end ?? token.start, token.end))) break;
    if (/^[-–]$/.test(token.folded) || (token.folded === "of" && words.length === 0)) continue;
    if (
      !/^\p{L}/u.test(token.folded) ||
      (isStopWord(token.folded) && !/^(?:the|its|their|his|her|other|more)$/.test(token.folded))
    )
      break;
    if (!isStopWord(token.folded)) words.push(baseOf(token.folded));
  }
  return words;
}
