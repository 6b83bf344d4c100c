// What of a sentence belongs to one of the times it gives: "X was founded in 2009 and was bought in 2021" tells two events. The words of the
// clause with the subject in front, nothing else; whether the source carries them is the gate's matter.
import type { EventTime } from "../../text/event-times.ts";

const NAME = String.raw`\p{Lu}[\p{L}.'’-]*(?: (?:of |de |van |von |the )?\p{Lu}[\p{L}.'’-]*){0,4}`;
/** A verb of its own behind "and": the subject is that of the clause before. */
const PREDICATE =
  /,?\s+(?:and|but)\s+(?=(?:(?:then|later|also|now|since|has|have|had|will|is|are|was|were)\s|\p{Ll}{3,}ed\s|(?:began|broke|cut|fell|gave|led|left|lost|made|met|paid|put|rose|ran|sank|saw|sold|set|shut|took|went|won|bought|built)\s))/giu;
const FINITE =
  /\s(?:is|are|was|were|has|have|had|will|would)\s|\s\p{Ll}{3,}ed\s|\s(?:began|broke|cut|fell|gave|led|left|lost|made|met|paid|put|rose|ran|sank|saw|sold|set|shut|took|went|won|bought|built)\s/u;
const RELATIVE = new RegExp(String.raw`(?<who>${NAME}), (?:who|which) (?<rest>[^,;]+)`, "gu");
/** What only places the rest, and who said it. */
const ASIDE =
  /(?:^|,?\s+)(?:after|before|since|when|while|until|as|because|although|following|who|which|where|than|from)\s|,\s+(?=[^,]{2,70}\s(?:said|says|told|announced|reported|confirmed|wrote)\b)|,\s+(?=(?:said|says|told|announced|reported|confirmed|wrote)\b)/giu;
const PARTICIPLE = /^\p{Ll}+ed\s/u;
const TO_BE = /^\s(?:is|are|was|were|has been|have been|had been)\s/u;

/** Null where the time has no clause that could be cut out: then the whole sentence tells it, or only mentions it. */
export function clauseOf(text: string, time: EventTime): string | null {
  for (const match of text.matchAll(RELATIVE)) {
    const { who = "", rest = "" } = match.groups ?? {};
    const end = match.index + match[0].length;
    if (time.start >= end - rest.length && time.end <= end) return closed(`${who} ${rest}`);
  }
  const breaks = [...text.matchAll(PREDICATE)];
  if (breaks.length === 0) return null;
  const before = breaks.findLast((match) => match.index < time.start);
  const after = breaks.find((match) => match.index >= time.end);
  if (before === undefined) return closed(text.slice(0, after?.index));
  const verb = FINITE.exec(text);
  if (verb === null || verb.index > before.index) return null;
  const part = text.slice(before.index + before[0].length, after?.index);
  const be = PARTICIPLE.test(part) ? (TO_BE.exec(text.slice(verb.index))?.[0].trim() ?? "") : "";
  return closed(`${text.slice(0, verb.index)}${be === "" ? "" : ` ${be}`} ${part}`);
}

/** Which of its times the sentence is about: the first that stands in its main clause, or the first. */
export function mainTime(text: string, times: readonly EventTime[]): EventTime | undefined {
  return times.find((time) => !isAside(text, time)) ?? times[0];
}

/** The time stands in a clause that only places the rest or says who told it. */
export function isAside(text: string, { start }: EventTime): boolean {
  const last = [...text.matchAll(ASIDE)].findLast((match) => match.index <= start);
  return last !== undefined && !/,\s/.test(text.slice(last.index + last[0].length, start));
}

const closed = (text: string): string => `${text.trim().replace(/[\s,;:.]+$/u, "")}.`;
