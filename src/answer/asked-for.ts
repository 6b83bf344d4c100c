// What kind of thing a question asks for (a person, a number, a date, a place, a reason) and whether a sentence holds one.
// It weighs sentences; it does not decide whether a question is covered.
import { countryOf } from "../text/countries.ts";
import { findEventTimes } from "../text/event-times.ts";
import { findNames } from "../text/names.ts";
import { findQuantities, type Quantity, type QuantityKind, sameQuantity } from "../text/numbers.ts";
import { asPattern, fold, wordsOf } from "../text/words.ts";
import type { Candidate } from "./candidates.ts";

type AskedFor = "definition" | "person" | "number" | "date" | "place" | "reason" | "other";
export type AnswerKind = AskedFor | "yes/no";

const NUMBER =
  /\bhow (?:many|much|old|long|far|large|big|high|tall|often)\b|\bwhat (?:number|percentage|share|proportion|amount|price|cost|level|rate)\b|\bhow \w+ (?:million|billion)\b|\bwhat (?:is|was|are|were) (?:the |its |his |her |their )?(?:[\p{L}'’]+ ){0,2}(?:salary|price|cost|population|rate|toll|budget|fee|wage|fine|distance|height|weight|length|size|age|margin|exchange rate|inflation|unemployment|turnout|temperature|deficit|turnover|profit|loss|growth|score|result)\b|\bwhat (?:will|does|do|did|would|is|has) .{2,80} (?:costs?|earn|weigh|pay|paid|charge)\b/iu;
const DATE =
  /^\W*(?:since |by |until )?(?:when\b|(?:in|on|at|since) (?:what|which) (?:year|month|day|date)\b|what (?:year|date|day|month)\b)|\bwhen (?:did|was|were|does|do|is|will|has|had)\b|\bwhich (?:year|month|day)\b/i;
const PLACE =
  /^\W*(?:(?:in|to|from) (?:what|which) (?:city|country|place|town|region|province)|where\b)|\bwhere (?:did|was|were|is|are|do|does|will|has|have)\b|\bwhich (?:city|country|place|town)\b/i;
const REASON =
  /\bwhy\b|\bwhat (?:caused|led to|triggered|prompted|explains)\b|\bfor what reason\b|\bwhat (?:is|was|are|were) the (?:reasons?|causes?)\b/i;
const PERSON =
  /^\W*(?:who|whom|whose)\b|\bwhich (?:person|minister|official|analyst|expert|company|group|organisation|organization|outlet|paper|newspaper|party)\b|\bwho (?:is|was|did|has|said|wrote|leads?|heads?)\b|\bby whom\b/i;
const BECAUSE =
  /\b(?:because|due to|owing to|driven by|caused by|as a result of|results? from|thanks to|stems? from|fuel(?:l)?ed by|prompted|in response to|so that|in order to|to prevent|making it|fear(?:s|ed|ing)?|limit|reasons?|wants? to|wanted to|(?:not|declined? to|refused? to) (?:say|explain) why)\b/i;

/** "Who is Ana Ruiz?", "what are gilts": a name or a term alone; "what is the plan for peace" asks for more. */
const DEFINITION =
  /^\W*(?:who|what)(?:['’]s|\s+(?:is|are|was|were))\s+(?:an?\s+|the\s+)?(?<term>(?!(?:(?:he|she|it|they|that|this|there|going|happening|new|next)\b))[\p{L}\p{N}&.'’-]+(?:\s+(?!(?:of|for|in|on|to|at|by|with|behind|about|from|doing|going)\b)[\p{L}\p{N}&.'’-]+){0,4})\W*$|^\W*what (?:does|do|did) (?:the )?(?<short>\p{Lu}[\p{L}\p{N}&.]*) (?:stand for|mean)\W*$/iu;

/** What a number is worth that is not of the things or the measure asked for. */
const SOME_NUMBER = 0.3;

/** Numbers that count nothing. */
const NO_COUNT = new Set<QuantityKind>(["year", "day", "decade", "ordinal", "clock"]);

/** The kind of answer a question asks for; `other` where the words do not tell. */
export function askedFor(question: string): AskedFor {
  if (termOf(question) !== null) return "definition";
  if (NUMBER.test(question)) return "number";
  if (DATE.test(question)) return "date";
  if (REASON.test(question)) return "reason";
  if (PLACE.test(question)) return "place";
  if (PERSON.test(question)) return "person";
  return "other";
}

export interface Question {
  text: string;
  /** Stems of all its words. */
  stems: ReadonlySet<string>;
}

/** 0..1: whether the sentence holds what is asked for, beyond what the question already says. */
export function evidenceOf(kind: AskedFor, candidate: Candidate, asked: Question): number {
  return EVIDENCE[kind](candidate.text, candidate, asked);
}

type Evidence = (text: string, candidate: Candidate, asked: Question) => number;
const share = (holds: boolean): number => (holds ? 1 : 0);

const EVIDENCE: Record<AskedFor, Evidence> = {
  number: (text, _, asked) => {
    const own = findQuantities(asked.text);
    const numbers = findQuantities(text).filter(
      (quantity) => !quantity.weak && !NO_COUNT.has(quantity.kind) && !own.some((other) => sameQuantity(other, quantity)),
    );
    if (numbers.length === 0) return 0;
    return isOfTheKind(asked.text, text) ? 1 : SOME_NUMBER;
  },
  date: (text, { passage }) =>
    share(findEventTimes(text, passage.document.published).length > 0 || /\b(?:19|20)\d{2}\b/.test(text)),
  person: (text, { passage }, asked) => share(freshNames(text, asked).length > 0 || passage.speaker !== null),
  place: (text, _, asked) => share(freshNames(text, asked).some((name) => countryOf(name) !== null || standsAsPlace(text, name))),
  reason: (text) => share(givesReason(text)),
  definition: (text, _, asked) => share(saysWhat(text, termOf(asked.text) ?? "")),
  other: () => 0,
};

/** What the question asks to have explained, as typed; null for any other question. */
function termOf(question: string): string | null {
  const { term, short } = DEFINITION.exec(question)?.groups ?? {};
  const found = term ?? short ?? null;
  return found === null || NUMBER.test(question) || DATE.test(question) ? null : found;
}

/**
 * Whether the sentence says who or what the term is: "X is a …", "X, the …", "X (…)", "the minister X", "… , X," behind what it is, or a long form.
 * Of a name its last word will do.
 */
function saysWhat(text: string, term: string): boolean {
  const words = term.replace(/['’]s$/, "").split(/\s+/);
  const last = asPattern(words.at(-1) ?? "");
  const whole = words.length > 1 ? `(?:${words.map(asPattern).join("\\s+")}|${last})` : last;
  const forms = [
    `\\b${whole}s?\\b[^.;:]{0,70}?\\b(?:(?:is|are|was|were)\\s+(?:\\p{Ll}+\\s+){0,2}?(?:an?|the|one|part)|stands? for|means?|refers? to|known)\\b`,
    `\\b${whole}\\b["”’]?\\s*[,(–—]\\s*(?:who|which|whose|an?|the|one|\\d{1,2},|(?:\\p{Ll}[\\p{L}-]+\\s+){0,4}(?:of|at|for|with)\\b)`,
    `(?:\\b(?:an?|the|former|its|his|her|their)\\s|[’']s\\s|^|\\b(?:of|by|and|after|before|when|with|for|to|from|as|that|while|but|says?|said|told)\\s)(?:[\\p{L}-]+\\s){0,4}?\\p{Ll}[\\p{L}-]+,?\\s(?:\\p{Lu}[\\p{L}.’'-]*\\s){0,2}${last}\\b`,
    `\\b(?:an?|the)\\s[^,.;]{3,60},\\s(?:\\p{Lu}[\\p{L}.’'-]*\\s){0,2}${last}\\b`,
    `(?:\\(|\\bor\\s+)["“‘]?${last}\\b`,
  ];
  return forms.some((form, at) => new RegExp(form, at === 0 || at === 4 ? "iu" : "u").test(text));
}

export function givesReason(text: string): boolean {
  return BECAUSE.test(text);
}

function standsAsPlace(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return /\b(?:in|at|from|to|near|of) (?:the )?$/.test(text.slice(Math.max(0, at - 12), at));
}

function freshNames(text: string, { stems }: Question): string[] {
  return findNames(text)
    .filter((name) => name.certain && !wordsOf(name.text).some((word) => stems.has(word.stem) || stems.has(fold(word.raw))))
    .map((name) => name.text);
}

const YES_NO =
  /^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|isn't|aren't|wasn't|didn't|doesn't|hasn't)\b/i;

/** The kind of answer that would satisfy the question. */
export function answerKind(question: string): AnswerKind {
  return YES_NO.test(question) ? "yes/no" : askedFor(question);
}

export const asksWhoIs = (question: string): boolean => /^\W*who\b/i.test(question) && termOf(question) !== null;

const ONE = new Set<AnswerKind>(["number", "person", "date", "place"]);
/** A number, a day, a person or a place: one sentence can say it. */
export const asksForOneThing = (question: string): boolean => ONE.has(answerKind(question));

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
function isOfTheKind(question: string, text: string): boolean {
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
