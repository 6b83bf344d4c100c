// One sentence read as a statement, for setting it against another: its names, matter words, quantities, dates, negations and outcome.
// Who said it is taken out of the matter. Reads, judges nothing.
import type { Dated, Span } from "../domain.ts";
import { attributionsOf } from "../text/attribution.ts";
import { findDates } from "../text/dates.ts";
import { IRREGULAR } from "../text/irregular-forms.ts";
import { MONTH_PATTERN, monthNumber } from "../text/months.ts";
import { findNames, type Name } from "../text/names.ts";
import { findQuantities, type Quantity } from "../text/numbers.ts";
import { findNegations, modalityOf } from "../text/polarity.ts";
import { baseOf, fold, isStopWord, type Word, wordsOf } from "../text/words.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

export interface MatterWord extends Span {
  base: string;
  /** Part of a proper name. */
  named: boolean;
  negated: boolean;
}

export interface StatedDate extends Span {
  value: Dated;
  precision: "year" | "month" | "day" | "time";
}

export interface Statement {
  text: string;
  published: Dated | null;
  names: Name[];
  /** Words that carry matter, in order; dates, speakers and verbs of saying left out. */
  matter: MatterWord[];
  /** Without bare years, days and ordinals. */
  quantities: Quantity[];
  dates: StatedDate[];
  /** Base forms that a negation is about: the head of each negated clause. */
  denied: string[];
  /** What is said below a verb of denial ("denied that the dam leaked"), with those of its words that look like verbs. */
  refused: { matter: string[]; verbs: string[] }[];
  /** It says what ought to be, might be or would be, not what is. */
  unreal: boolean;
  outcome: Outcome | null;
}

const NORMATIVE =
  /\b(?:should|must|ought to|needs? to|has to|have to|cannot afford|if|unless|wrong to|right to|mistake|deserves?|let us|would|could|might|may(?! \d)|unlikely|likely)\b/;
/** Cues below which a statement is denied, not a thing done away with: "refused to pay", not "banned the group". */
const DENIES = new Set("deny refuse decline fail dismiss refute reject rebuff".split(" ").map(baseOf));
const BEFORE_VERB = /^(?:to|has|have|had|is|are|was|were|been|be|will|would|did|it|they|he|she|that)$/;
const NO_QUANTITY = new Set(["year", "day", "decade", "ordinal", "clock", "vague"]);

/** Reads a sentence; `published` resolves dates without a year. */
export function readStatement(text: string, published: Dated | null): Statement {
  const words = wordsOf(text);
  const names = findNames(text).filter((name) => name.certain);
  const dates = datesOf(text, published);
  const sayings = attributionsOf(text).filter((hit) => !/^den(?:y|ies|ied)$/.test(hit.verb));
  const numbers = findQuantities(text);
  const outside = [...sayings.map((hit) => hit.clause), ...findersOf(text), ...dates];
  const negations = findNegations(text, words);
  const within = (spans: readonly Span[], start: number): boolean =>
    spans.some((span) => start >= span.start && start < span.end);
  const matter = words.flatMap((word, index) =>
    isStopWord(word.folded) || within(outside, word.start) || within(numbers, word.start)
      ? []
      : [
          {
            base: baseOf(word.folded),
            start: word.start,
            end: word.end,
            named: within(names, word.start),
            negated: negations.some((negation) => index >= negation.from && index < negation.to),
          },
        ],
  );
  const scope = (from: number, to: number): string[] =>
    words.slice(from, to).flatMap((word) => (isStopWord(word.folded) || word.folded === "one" ? [] : [baseOf(word.folded)]));
  return {
    text,
    published,
    names: names.filter((name) => !within(outside, name.start)),
    matter,
    quantities: numbers.filter(
      (quantity) => !NO_QUANTITY.has(quantity.kind) && !within(outside, quantity.start) && !quantity.weak,
    ),
    dates,
    denied: negations.flatMap(({ kind, cue, from, to }) => {
      if (kind !== "negator") return [];
      // "no civilian was killed": the killing is denied
      const verb = /^no/i.test(cue) && fold(cue) !== "not" ? verbsOf(words, from, to)[0] : undefined;
      return verb === undefined ? scope(from, to).slice(0, 1) : [verb];
    }),
    refused: negations.flatMap(({ kind, cue, from, to }) =>
      kind === "denial" && DENIES.has(baseOf(fold(cue))) ? [{ matter: scope(from, to), verbs: verbsOf(words, from, to) }] : [],
    ),
    unreal: NORMATIVE.test(withoutQuotedModals(text)) || modalityOf(text) === "possible",
    outcome: outcomeOf(text),
  };
}

const FINDER =
  "(?:an?|the|its|two|several) (?:[\\p{L}-]+ ){0,2}?(?:study|studies|survey|poll|trial|team|court|tribunal|judge|jury|inquiry|commission|audit|auditors|panel|laboratory|report|researchers|scientists|engineers|agency)(?: [^,;.:“”]{1,60}?)?";
const FOUND = "(?:found|finds|find|ruled|rules|held|holds|concluded|showed|shows|show|judged|decided|established)";
const FINDERS = [
  new RegExp(`^${FINDER} (?:has |have )?${FOUND} that\\b`, "iu"),
  new RegExp(`(?<=, )(?:${FINDER}|engineers|auditors|scientists|researchers) (?:has |have )?${FOUND}(?=[.,;]|$)`, "iu"),
];

/** Whose finding it is: "a study by the institute found that …", "…, the court ruled". */
function findersOf(text: string): Span[] {
  return FINDERS.flatMap((pattern) => {
    const hit = pattern.exec(text);
    return hit === null ? [] : [{ start: hit.index, end: hit.index + hit[0].length }];
  });
}

function verbsOf(words: readonly Word[], from: number, to: number): string[] {
  return words.slice(from, to).flatMap(({ folded }, index) => {
    const before = words[from + index - 1]?.folded ?? "";
    if (folded.endsWith("ly")) return [];
    const looksLikeVerb = /(?:ed|ing)$/.test(folded) || IRREGULAR.has(folded) || BEFORE_VERB.test(before);
    return looksLikeVerb && !isStopWord(folded) ? [baseOf(folded)] : [];
  });
}

/** May as a month is no hedge. */
function withoutQuotedModals(text: string): string {
  return text.replace(/\bMay\b/g, "");
}

const MONTH = new RegExp(`\\b(?:in|since|by|of|last|this) (?:early |late |mid-)?(${MONTH_PATTERN})\\b(?!\\s*\\d)`, "gi");

/** Calendar dates, and months without a year: those of the publication year. */
function datesOf(text: string, published: Dated | null): StatedDate[] {
  const dates: StatedDate[] = findDates(text, published ?? undefined);
  const year = published?.slice(0, 4);
  if (year === undefined) return dates;
  for (const match of text.matchAll(MONTH)) {
    const number = monthNumber(match[1] ?? "");
    const end = match.index + match[0].length;
    const start = end - (match[1]?.length ?? 0);
    if (number === null || dates.some((date) => start < date.end && date.start < end)) continue;
    dates.push({ start, end, value: `${year}-${String(number).padStart(2, "0")}`, precision: "month" });
  }
  return dates;
}
