// What kind of thing a question asks for: a person, a number, a date, a place, a reason; and whether a sentence gives a number or a day.
import { findEventTimes } from "../text/event-times.ts";
import { findQuantities, type QuantityKind, sameQuantity } from "../text/numbers.ts";
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

/** Numbers that count nothing. */
const NO_COUNT = new Set<QuantityKind>(["year", "day", "decade", "ordinal", "clock"]);

/** The kind of answer a question asks for; `other` where the words do not tell. */
function askedFor(question: string): AskedFor {
  if (termOf(question) !== null) return "definition";
  if (NUMBER.test(question)) return "number";
  if (DATE.test(question)) return "date";
  if (REASON.test(question)) return "reason";
  if (PLACE.test(question)) return "place";
  if (PERSON.test(question)) return "person";
  return "other";
}

/** Whether a sentence gives a number, or a day, beyond the question's own where one is asked for; true of other questions. */
export function givesKind(question: string, { text, passage }: Candidate): boolean {
  const kind = answerKind(question);
  if (kind === "date") return findEventTimes(text, passage.document.published).length > 0 || /\b(?:19|20)\d{2}\b/.test(text);
  if (kind !== "number") return true;
  const own = findQuantities(question);
  return findQuantities(text).some(
    (quantity) => !quantity.weak && !NO_COUNT.has(quantity.kind) && !own.some((other) => sameQuantity(other, quantity)),
  );
}

/** What the question asks to have explained, as typed; null for any other question. */
function termOf(question: string): string | null {
  const { term, short } = DEFINITION.exec(question)?.groups ?? {};
  const found = term ?? short ?? null;
  return found === null || NUMBER.test(question) || DATE.test(question) ? null : found;
}

export function givesReason(text: string): boolean {
  return BECAUSE.test(text);
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
