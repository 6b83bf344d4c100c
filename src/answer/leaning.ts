// What a sentence needs from an earlier one: the time, place or speaker that its words point back to; and what may not stand by itself at all.
// Words only; English. Cautious: what the sentence itself names before needs nothing.
import { attributionsOf } from "../text/attribution.ts";
import { MONTHS_SHORT, MONTHS_WRITTEN, WEEKDAYS_WRITTEN } from "../text/date-words.ts";

/** Tells whether an earlier sentence gives what is needed. */
export type Need = (earlier: string) => boolean;

const YEAR = /\b(?:1[6-9]|20)\d\d\b/;
const MONTHS = MONTHS_WRITTEN.join("|");
const MONTH = new RegExp(String.raw`\b(?:${MONTHS})\b`);
const DAY = new RegExp(
  String.raw`\b(?:(?:${WEEKDAYS_WRITTEN})s?|\d{1,2} (?:${MONTHS_SHORT.join("|")})[a-z]*|(?:${MONTHS}) \d{1,2})\b`,
);
const GIVES: Readonly<Record<string, RegExp>> = {
  quarter: /\b(?:first|second|third|fourth|1st|2nd|3rd|4th|last)[ -]quarter\b|\bQ[1-4]\b/i,
  half: /\b(?:first|second|last)[ -]half\b|\bH[12]\b/i,
  year: YEAR,
  season: /\b(?:spring|summer|autumn|winter|season)\b|\b(?:1[6-9]|20)\d\d[/–-]\d\d/i,
  month: MONTH,
  week: /\bweek\b/i,
  day: DAY,
};
/** "for the same quarter", "that year": not "at the same time", not "that year-long dispute". */
const SAME_TIME =
  /\b(?:(?:the |that )(?:very )?same|(?<=\b(?:in|for|during|over|of|by|until|since|on|later|earlier|before|after) )that) (?<unit>quarter|half|year|season|month|week|day|period)\b(?![-’'])|(?<!\bsaid )\bthat (?<bare>quarter|year|month|week|summer|winter|spring|autumn|season)(?=[,.;]|$)/iu;
const PERIODS = [GIVES["quarter"], GIVES["half"], GIVES["year"], GIVES["month"]];
const LATTER =
  /\bthe latter\b|\bthe other (?:company|firm|bank|party|country|side|man|woman|team|town|city|club|group|candidate)\b/i;
const SAID_BY_PRONOUN =
  /,["”’]?\s*(?:he|she|they) (?:said|says|added|adds|went on|goes on|continued|continues|concluded|concludes|argued|argues|claimed|claims|insisted|insists|warned|warns|wrote|writes|told)\b|\b(?:said|added|claimed|insisted|wrote) (?:he|she|they)\b/;
/** A name that is no place: not behind a preposition, and not only the capital of a sentence's first word. */
const NAME =
  /(?<!\b(?:of|in|at|from|to|near|for|on|across|around) )(?<=\p{Ll},? |[("“]|^\p{Lu}[\p{L}'’-]+ )\p{Lu}\p{Ll}[\p{L}'’-]+/u;

/** What the sentence needs, or null where it stands by itself. */
export function needOf(sentence: string): Need | null {
  const time = SAME_TIME.exec(sentence);
  if (time !== null) {
    const unit = (time.groups?.["unit"] ?? time.groups?.["bare"] ?? "").toLowerCase();
    const giving = unit === "period" ? PERIODS : [GIVES[/^(?:summer|winter|spring|autumn)$/.test(unit) ? "season" : unit]];
    const gives: Need = (text) => giving.some((pattern) => pattern?.test(text));
    return gives(sentence.slice(0, time.index)) ? null : gives;
  }
  const latter = LATTER.exec(sentence);
  if (latter !== null && !NAME.test(sentence.slice(0, latter.index))) return (text) => NAME.test(text);
  const said = SAID_BY_PRONOUN.exec(sentence);
  if (said !== null && !NAME.test(unquoted(sentence.slice(0, said.index)))) {
    const named = attributionsOf(sentence).some(({ kind }) => kind === "person");
    return named ? null : (text) => NAME.test(unquoted(text));
  }
  return null;
}

function unquoted(text: string): string {
  return text.replace(/["“][^"”]*["”]?/gu, " ");
}

/** Nothing but somebody's words in quotation marks, with nobody who says them. */
export function isBareQuotation(sentence: string): boolean {
  return /^["“][^"“”]*["”]?[.!]?$/u.test(sentence.trim());
}

const SUPPOSED =
  /^(?:(?:now|let us|let['’]s|just) )?(?:suppose|imagine|assume|pretend|picture)\b,?(?: for (?:a|one) moment,?)? (?:that|the|an?|if|you|we|it|there|how|what|your|our)\b/i;

/** "Suppose that …": nobody says that it is so. */
export const isSupposed = (sentence: string): boolean => SUPPOSED.test(sentence);

const DENIES =
  /^[^.;]{0,80}\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contradict(?:s|ed)?|dismiss(?:es|ed)?|retract(?:s|ed)?|withdrew|corrected)\s+(?:all |both )?(?:it|this|that|them|(?:the|these|those|this|that) (?:\p{Ll}+ )?(?:claims?|reports?|allegations?|accusations?|story|stories|charges?|rumou?rs?|statements?))\b|^(?:this|that|it|(?:the|this|that) (?:claim|report|allegation|accusation|story|charge|rumou?r|statement)) (?:is|was|turned out to be|proved(?: to be)?|has been|later proved) (?:not true|false|untrue|wrong|a lie|denied|retracted|withdrawn|invented|made up)\b/iu;

/** "Pine denies it.": what it follows is not to be told without it. */
export const deniesTheLast = (sentence: string): boolean => DENIES.test(sentence);
