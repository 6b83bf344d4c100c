// Quantities in a text, in digits and in words, with unit, kind and approximator, and which of them say the same. Pure; English.
// Numbers that belong to a calendar date are marked as such, not read: dates.ts does that.
import type { Span } from "../domain.ts";
import { monthNumber } from "./date-words.ts";
import { type Bound, boundOf, minusBefore, withDecimalPoints } from "./number-forms.ts";
import { baseOf, fold, isStopWord } from "./words.ts";

export type QuantityKind =
  | "cardinal"
  | "ordinal"
  | "percent"
  | "money"
  | "measure"
  | "fraction"
  /** "dozens", "millions": an order of magnitude. */
  | "vague"
  | "year"
  | "decade"
  | "day"
  | "clock";

export interface Quantity extends Span {
  text: string;
  /** Percentages as they are said (12 for 12 %), fractions 0..1, clocks in minutes after midnight. */
  value: number;
  kind: QuantityKind;
  /** Currency or unit, singular British spelling; null for a bare count. Of a percentage "point" where it is a change, not a level. */
  unit: string | null;
  bound: Bound;
  /** Written with a minus. */
  minus: boolean;
  /** Base forms of up to three words that follow: what is counted ("14 Afghan soldiers": afghan, soldier). */
  counts: string[];
  /** "one" and "first" are often no quantity at all ("no one", "one of them", "at first"): a claim need not prove them. */
  weak: boolean;
}

/** "a:1 b,c:2": names of values; of several names each. */
function named(list: string): Map<string, number> {
  const pairs = list.split(" ").map((entry) => entry.split(":"));
  return new Map(pairs.flatMap(([names = "", value]) => names.split(",").map((name) => [name, Number(value)] as const)));
}

const UNITS_AND_TENS = named(
  "zero,nil:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 " +
    "sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty,fourty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90",
);
const ORDINALS = named(
  "first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 eleventh:11 twelfth:12 thirteenth:13 fourteenth:14 " +
    "fifteenth:15 sixteenth:16 seventeenth:17 eighteenth:18 nineteenth:19 twentieth:20 thirtieth:30 fortieth:40 fiftieth:50 sixtieth:60 " +
    "seventieth:70 eightieth:80 ninetieth:90 hundredth:100 thousandth:1000",
);
const SCALES = named(
  "hundred:1e2 thousand,k:1e3 million,m,mn,millionen,millones,millions,milioni,milhoes,miljoner:1e6 billion,bn,milliarden,milliards,miliardi:1e9 trillion,tn:1e12 lakh:1e5 crore:1e7 dozen:12",
);
const VAGUE = named("dozens:12 scores:20 hundreds:1e2 thousands:1e3 millions:1e6 billions:1e9");
const FRACTION_SIGNS = named("½:0.5 ¼:0.25 ¾:0.75 ⅓:0.333333333333 ⅔:0.666666666667");

/** "half", "third", "quarters", "tenths". */
function fractionOf(word: string): number | undefined {
  const parts = word === "half" ? 2 : /^quarters?$/.test(word) ? 4 : (ORDINALS.get(word.replace(/s$/, "")) ?? 0);
  return (parts > 2 && parts <= 10) || word === "half" ? 1 / parts : undefined;
}

/** Spellings in the singular -> unit, its dimension and its size in that. */
const UNITS = new Map(
  (
    "kilometre,kilometer,km length 1000|mile,mi length 1609.344|metre,meter length 1|centimetre,centimeter,cm length 0.01|millimetre,mm length 0.001|" +
    "foot,feet,ft length 0.3048|inch,inche length 0.0254|yard length 0.9144|hectare area 10000|acre area 4046.86|kilogram,kg,kilo mass 1|gram mass 0.001|" +
    "tonne mass 1000|ton mass 1000|pound,lb mass 0.4536|litre,liter volume 1|gallon volume 3.785|barrel,bpd oil 1|mph speed 1.609|kph,kmh speed 1|knot speed 1.852|" +
    "watt power 1|kilowatt,kw power 1e3|megawatt,mw power 1e6|gigawatt,gw power 1e9|celsius temperature 1|fahrenheit fahrenheit 1|degree degree 1|" +
    "second time 1|minute time 60|hour,hr time 3600|day time 86400|week time 604800|fortnight time 1209600|" +
    "month months 1|year months 12|decade months 120|century,centurie months 1200"
  )
    .split("|")
    .flatMap((line) => {
      const [names = "", dimension = "", size] = line.split(" ");
      const [unit = "", ...others] = names.split(",");
      return [unit, ...others].map((name) => [name, { unit, dimension, size: Number(size) }] as const);
    }),
);
/** "pounds" are money: the weight is written "lb". */
const CURRENCIES = new Map(
  (
    "dollar,usd,$,us$ euro,eur,€ pound,gbp,sterling,£ yen,jpy,¥ yuan,renminbi rupee,₹,rs rouble,ruble,₽ lira,₺ franc peso riyal dirham dinar real,reai won rand " +
    "naira shekel krone,kroner krona,kronor zloty hryvnia,₴ afghani taka baht penny,pence cent"
  )
    .split(" ")
    .flatMap((line) => line.split(",").map((name) => [name, line.split(",")[0] ?? ""] as const)),
);
const SIGN = /^(?:us)?\$$|^[€£¥₹₽₴₺]$|^rs$/;
const singular = <T>(table: ReadonlyMap<string, T>, word: string): T | undefined =>
  table.get(word) ?? (word.length > 2 && word.endsWith("s") ? table.get(word.slice(0, -1)) : undefined);

interface Token extends Span {
  folded: string;
  raw: string;
}

const TOKEN =
  /\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:, \d{3}(?![\d,]))+|\d+(?:\.\d+)?|[\p{L}]+(?:['’][\p{L}]+)*|[%½¼¾⅓⅔€£¥₹₽₴₺°]|[Uu][Ss]\$|\$|[-–—]|[^\s\p{L}\p{N}]/gu;

/** Every quantity of the text in order of place. Linear in its length. */
export function findQuantities(text: string): Quantity[] {
  const tokens = [
    ...withDecimalPoints(text)
      .replace(/-and-a-half\b/gi, " and a half")
      .matchAll(TOKEN),
  ].map(({ 0: raw, index }): Token => {
    const folded = /^(?:\p{L}|us\$)/iu.test(raw) ? fold(raw) : raw;
    return { raw, folded, start: index, end: index + raw.length };
  });
  const found: Quantity[] = [];
  for (let at = 0; at < tokens.length;) {
    const read = readQuantity(text, tokens, at);
    if (read !== null) found.push(read.quantity);
    at = Math.max(read?.next ?? 0, at + 1);
  }
  shareUnits(text, found);
  return found;
}

/** "10 to 15 km", "between $2 and $3 billion": the first of a range takes unit and scale from the second. */
function shareUnits(text: string, found: Quantity[]): void {
  found.forEach((a, i) => {
    const b = found[i + 1];
    if (b === undefined || b.start - a.end > 8) return;
    if (!/^\s*(?:-|–|—|to|and|or)\s*[$€£¥₹]?$/.test(text.slice(a.end, b.start))) return;
    if (a.kind === "cardinal" && (b.kind === "percent" || b.kind === "money" || b.kind === "measure"))
      [a.kind, a.unit] = [b.kind, b.unit];
    if (a.counts.length === 0) a.counts = b.counts;
  });
}

function readQuantity(text: string, tokens: readonly Token[], at: number): { quantity: Quantity; next: number } | null {
  const first = tokens[at];
  if (first === undefined) return null;
  const currency = SIGN.test(first.folded) ? CURRENCIES.get(first.folded) : undefined;
  let start = at;
  if (currency !== undefined) {
    start += first.folded === "rs" && tokens[at + 1]?.folded === "." ? 2 : 1;
    if (!/^\d/.test(tokens[start]?.folded ?? "")) return null;
  }
  const number = /^\d/.test(tokens[start]?.folded ?? "") ? readDigits(text, tokens, start) : readWords(tokens, start);
  if (number === null) return null;
  let { kind, next } = currency === undefined ? number : { ...number, kind: "money" as const };
  let unit = currency ?? null;
  const after = tokens[next]?.folded ?? "";
  if (kind === "cardinal" || kind === "year" || kind === "vague" || kind === "fraction") {
    // "16-year-old", also as "16 - year - old"
    const glued = after === "-" || (after === "–" && tokens[next]?.start === tokens[next - 1]?.end);
    // "1,83 millones de euros"
    const unitAt = glued || after === "de" ? next + 1 : next;
    const behind = tokens[unitAt + 1]?.folded ?? "";
    const word = (tokens[unitAt]?.folded ?? "").replace(/^degrees?$/, (d) =>
      /^(?:celsius|fahrenheit)$/.test(behind) ? behind : d,
    );
    const measure = singular(UNITS, word);
    const amount = SIGN.test(word) ? undefined : singular(CURRENCIES, word);
    const percent = /^(?:%|percent|pct)$/.test(word) ? 1 : /^(?:per cent|percentage points?)$/.test(`${word} ${behind}`) ? 2 : 0;
    if (percent > 0) [kind, unit, next] = ["percent", word === "percentage" ? "point" : null, unitAt + percent];
    else if (amount !== undefined && !(word === "won" && kind === "year")) [kind, unit, next] = ["money", amount, unitAt + 1];
    else if (measure !== undefined && kind !== "vague" && !(word.length < 3 && glued))
      [kind, unit, next] = ["measure", measure.unit, unitAt + 1];
    else if (kind === "year" && countedPlural(tokens[next])) kind = "cardinal";
  }
  const end = (tokens[next - 1] ?? first).end;
  const trailing = `${tokens[next]?.folded ?? ""} ${tokens[next + 1]?.folded ?? ""}`;
  const bound = /^or (?:more|above)$/.test(trailing) || after === "+" ? "over" : trailing === "or so" ? "about" : null;
  const from = minusBefore(text, first.start);
  const quantity: Quantity = {
    text: text.slice(from, end),
    start: from,
    end,
    value: number.value,
    minus: from < first.start,
    kind,
    unit,
    bound: bound ?? boundOf(tokens.slice(Math.max(0, at - 4), at).map((token) => token.folded)),
    counts: countedWords(text, tokens, next),
    weak: number.weak === true && kind !== "money" && kind !== "percent",
  };
  return { quantity, next };
}

/** A four-digit number with a plural behind it counts things: "1500 soldiers". */
function countedPlural(token: Token | undefined): boolean {
  const word = token?.raw ?? "";
  return /^[a-z]{4,}s$/.test(word) && !/ss$|^(?:thus|this|does|says|sees|perhaps|always|besides|towards|marks|was)$/.test(word);
}

function countedWords(text: string, tokens: readonly Token[], from: number): string[] {
  const words: string[] = [];
  for (let at = from; at < tokens.length && at < from + 5 && words.length < 3; at += 1) {
    const token = tokens[at];
    if (token === undefined || /[\n.,;:!?()]/.test(text.slice(tokens[at - 1]?.end ?? token.start, token.end))) break;
    if (/^[-–]$/.test(token.folded) || (token.folded === "of" && words.length === 0)) continue;
    const stop = isStopWord(token.folded);
    if (!/^\p{L}/u.test(token.folded) || (stop && !/^(?:the|its|their|his|her|other|more)$/.test(token.folded))) break;
    if (!stop) words.push(baseOf(token.folded));
  }
  return words;
}

interface NumberRead {
  value: number;
  kind: QuantityKind;
  next: number;
  weak?: boolean;
}

function readDigits(text: string, tokens: readonly Token[], at: number): NumberRead | null {
  const token = tokens[at];
  if (token === undefined) return null;
  let value = Number(token.raw.replace(/, ?/g, ""));
  const glued = (index: number): boolean => tokens[index]?.start === tokens[index - 1]?.end;
  const next = glued(at + 1) ? (tokens[at + 1]?.folded ?? "") : "";
  // 23:03, 10.30am, 7 pm
  const minutes = next === ":" && glued(at + 2) ? (tokens[at + 2]?.raw ?? "") : "";
  if (/^\d\d$/.test(minutes) && value < 25) {
    const half = meridiem(tokens, at + 3);
    return { value: hour(value, half.pm) * 60 + Number(minutes), kind: "clock", next: at + 3 + half.length };
  }
  const half = meridiem(tokens, at + 1);
  if (half.length > 0 && value <= 12.6)
    return {
      value: hour(Math.floor(value), half.pm) * 60 + Math.round((value % 1) * 100),
      kind: "clock",
      next: at + 1 + half.length,
    };
  if (/^(?:st|nd|rd|th)$/.test(next)) return { value, kind: nearMonth(tokens, at, at + 2) ? "day" : "ordinal", next: at + 2 };
  if (next === "s" && /^(?:\d\d|\d{4})$/.test(token.raw))
    return { value: value < 100 ? value + 1900 : value, kind: "decade", next: at + 2 };
  if (/^\d{1,2}$/.test(token.raw) && value >= 1 && value <= 31 && nearMonth(tokens, at, at + 1))
    return { value, kind: "day", next: at + 1 };
  let end = at + 1;
  const sign = FRACTION_SIGNS.get(tokens[at + 1]?.folded ?? "");
  if (sign !== undefined) [value, end] = [value + sign, at + 2];
  // 3 million, 3m, 3bn, 2.5-million; "m" only when glued, as it is also the metre
  let scaled = false;
  for (;;) {
    const hyphen = /^[-–]$/.test(tokens[end]?.folded ?? "") && glued(end) ? 1 : 0;
    const word = tokens[end + hyphen]?.folded ?? "";
    const scale = SCALES.get(word);
    if (scale === undefined || (word.length === 1 && !glued(end))) break;
    if (word === "m" && !/[$€£¥]\s*$/.test(text.slice(Math.max(0, token.start - 2), token.start)) && value > 200) break;
    value *= scale;
    end += 1 + hyphen;
    scaled = true;
  }
  const year = !scaled && sign === undefined && /^\d{4}$/.test(token.raw) && value >= 1100 && value <= 2199;
  return { value: tidy(value), kind: year ? "year" : "cardinal", next: end };
}

function readWords(tokens: readonly Token[], at: number): NumberRead | null {
  const [word = "", next = "", third = ""] = tokens.slice(at, at + 3).map(({ folded }) => folded);
  const sign = FRACTION_SIGNS.get(word);
  if (sign !== undefined) return { value: sign, kind: "fraction", next: at + 1 };
  const vague = VAGUE.get(word);
  if (vague !== undefined) {
    const of = next === "of" ? VAGUE.get(third) : undefined;
    if (word === "scores" && next !== "of") return null;
    return { value: vague * (of ?? 1), kind: "vague", next: of === undefined ? at + 1 : at + 3 };
  }
  if (word === "a" || word === "an") {
    if (next.length > 2 && SCALES.has(next)) return sum(tokens, at + 1, 1);
    if (next === "couple") return { value: 2, kind: "vague", next: at + 2 };
    const part =
      next === "half" || next === "quarter" || !/^\p{L}/u.test(third) || isStopWord(third) ? fractionOf(next) : undefined;
    return part === undefined ? null : { value: part, kind: "fraction", next: at + 2 };
  }
  // "half a year", "half a million"
  const whole = /^half an?$/.test(`${word} ${next}`) ? (SCALES.get(third) ?? (singular(UNITS, third) === undefined ? 0 : 1)) : 0;
  if (whole > 0) return { value: whole / 2, kind: "cardinal", next: at + (whole === 1 ? 2 : 3) };
  if (word === "half") return { value: 0.5, kind: "fraction", next: at + 1 };
  if (UNITS_AND_TENS.has(word) || (word.length > 3 && SCALES.has(word))) {
    const total = sum(tokens, at, null);
    return { ...total, weak: total.next === at + 1 && /^(?:one|nil|zero)$/.test(word) };
  }
  const ordinal = ORDINALS.get(word);
  if (ordinal === undefined) return null;
  const day = nearMonth(tokens, at, at + 1) && word !== "second";
  return { value: ordinal, kind: day ? "day" : "ordinal", next: at + 1, weak: word === "first" || word === "second" };
}

/** "three hundred and twelve thousand", "twenty-first", "two-thirds", "one and a half million". */
function sum(tokens: readonly Token[], from: number, start: number | null): NumberRead {
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
      at += 3;
      continue;
    } else {
      const ordinal = ORDINALS.get(word);
      if (any && ordinal !== undefined && !and && (tens ? ordinal < 10 : ordinal >= 100) && skip === 1)
        return { value: total + group + ordinal, kind: "ordinal", next: at + 1 + skip };
      const part = (skip === 1 && !and) || (word.endsWith("s") && skip === 0) ? fractionOf(word) : undefined;
      if (any && part !== undefined && group > 0 && group < 10)
        return { value: tidy(group * part), kind: "fraction", next: at + 1 + skip };
      break;
    }
    any = true;
    at += 1 + skip;
  }
  return { value: tidy(total + group), kind: "cardinal", next: at };
}

function meridiem(tokens: readonly Token[], at: number): { length: number; pm: boolean | null } {
  const words = tokens.slice(at, at + 4).map((token) => token.folded);
  if (words[0] === "am" || words[0] === "pm") return { length: 1, pm: words[0] === "pm" };
  return /^[ap]\.m\.$/.test(words.join("")) ? { length: 4, pm: words[0] === "p" } : { length: 0, pm: null };
}

const hour = (value: number, pm: boolean | null): number => (pm === null ? value : (value % 12) + (pm ? 12 : 0));

/** "31 October", "31st of October", "October 31", "Oct. 31st". "May" and "March" only when capitalised. */
function nearMonth(tokens: readonly Token[], at: number, after: number): boolean {
  const isMonth = (token: Token | undefined): boolean =>
    token !== undefined &&
    monthNumber(token.folded) !== null &&
    (/^\p{Lu}/u.test(token.raw) || !/^(?:may|march|mar|dec|jan)$/.test(token.folded));
  return (
    isMonth(tokens[tokens[after]?.folded === "of" ? after + 1 : after]) ||
    isMonth(tokens[tokens[at - 1]?.folded === "." ? at - 2 : at - 1])
  );
}

const tidy = (value: number): number => Number(value.toPrecision(12));

/** Whether the source's quantity supports the claim's: same kind and unit, same value, rounded only where the claim says so ("about", "more than"). */
export function sameQuantity(claim: Quantity, source: Quantity): boolean {
  const [a, b] = [measured(claim), measured(source)];
  // a bare number may stand for a measured or dated one ("the three" for "three days"); never for a percentage, an ordinal or money
  const loose = a.dimension === "count" && (source.kind === "measure" || source.kind === "year");
  if (a.dimension !== b.dimension && !loose) return false;
  const converted = claim.unit !== source.unit && claim.unit !== null && source.unit !== null;
  const tolerance = converted ? 0.06 : claim.kind === "fraction" && source.kind === "percent" ? 0.02 : 1e-9;
  const [want, have] = [a.value, b.value];
  // "about 300" is 310 at as many digits as it shows
  const digits = Math.max(1, Math.min(12, want.toExponential().replace(/e.*|\D/g, "").length));
  const near = (share: number): boolean => Math.abs(want - have) <= share * Math.max(Math.abs(want), Math.abs(have));
  if (claim.bound === source.bound && claim.kind !== "vague" && source.kind !== "vague") return near(tolerance);
  if (claim.kind === "vague") return have >= want * (source.kind === "vague" ? 1 : 1.5) && have <= want * 20;
  if (source.kind === "vague") return near(1e-9) && claim.bound !== "exact";
  if (claim.bound === "about") return near(Math.max(0.06, tolerance)) || Number(have.toPrecision(digits)) === want;
  if (claim.bound === "over") return source.bound !== "under" && (near(tolerance) || (have > want && have <= want * 1.3));
  if (claim.bound === "under") return source.bound !== "over" && (near(tolerance) || (have < want && have >= want * 0.75));
  return near(tolerance);
}

function measured({ kind, unit, value }: Quantity): { dimension: string; value: number } {
  const known = kind === "measure" && unit !== null ? UNITS.get(unit) : undefined;
  if (known !== undefined) return { dimension: known.dimension, value: value * known.size };
  if (kind === "money") return { dimension: `money ${unit ?? ""}`, value };
  if (kind === "percent" || kind === "fraction")
    return { dimension: unit ?? "share", value: kind === "percent" ? value : value * 100 };
  return { dimension: kind === "cardinal" || kind === "vague" ? "count" : kind, value };
}
