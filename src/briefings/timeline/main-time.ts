// Which of the times that a sentence gives it is about, and which only place the rest or say when it was told.
import type { EventTime } from "../../text/event-times.ts";

/** What only places the rest, and who said it. */
const ASIDE =
  /(?:^|,?\s+)(?:after|before|since|when|while|until|as|because|although|following|who|which|where|than|from)\s|,\s+(?=[^,]{2,70}\s(?:said|says|told|announced|reported|confirmed|wrote)\b)|,\s+(?=(?:said|says|told|announced|reported|confirmed|wrote)\b)/giu;

/** Which of its times the sentence is about: the first that stands in its main clause, or the first. */
export function mainTime(text: string, times: readonly EventTime[]): EventTime | undefined {
  return times.find((time) => !isAside(text, time)) ?? times[0];
}

/** The time stands in a clause that only places the rest or says who told it. */
export function isAside(text: string, { start }: EventTime): boolean {
  const last = [...text.matchAll(ASIDE)].findLast((match) => match.index <= start);
  return last !== undefined && !/,\s/.test(text.slice(last.index + last[0].length, start));
}
