import { quoteOf } from "../../answer/citations.ts";
// The lines for people: who says so, in whose words, since when otherwise, and what differs.
import type { DraftCitation } from "../../answer/draft.ts";
import type { Passage } from "../../domain.ts";
import { attributionsOf } from "../../text/attribution.ts";
import { DAY_MS, dateInWords } from "../../text/date-words.ts";
import { findNames } from "../../text/names.ts";
import { sameName } from "../../text/same-name.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import type { Contradiction } from "./contradictions.ts";
import { matterOf, SAME_MATTER, shareHeld } from "./matter.ts";

/** Neither a report nor an unlabelled text of a house: what stands there is somebody's view. */
export function isView({ document, speaker }: Passage): boolean {
  return speaker !== null || (document.genre !== null && document.genre !== "report");
}

export function whose({ passage }: { passage: Passage }): string {
  const { document, speaker } = passage;
  const who = [speaker ?? (isView(passage) ? document.author : null), document.publisher ?? document.title ?? "an unsigned text"];
  const when = document.published === null ? "undated" : dateInWords(document.published);
  return `${who.filter((part) => part !== null).join(", ")} (${[when, document.genre].filter((part) => part !== null).join(", ")})`;
}

/** The places that carry a claim, in one line: in a house's own voice, as somebody's statement in it, or as a view. */
export function whoSaysSo(claim: string, support: readonly DraftCitation[]): string {
  const told = support.map((citation) => ({ citation, teller: tellerOf(claim, citation) }));
  const own = told.filter(({ citation, teller }) => !isView(citation.passage) && teller === null);
  const lines: string[] = [];
  if (own.length > 0)
    lines.push(`${own.map(({ citation }) => whose(citation)).join("; ")} ${own.length === 1 ? "says" : "say"} so.`);
  for (const { citation, teller } of told) {
    if (isView(citation.passage) || teller === null) continue;
    lines.push(`Said by ${teller.speaker} in ${whose(citation)}.`);
    if (teller.doubt !== null && own.length === 0) lines.push(`It adds: “${teller.doubt}”`);
  }
  const views = told.filter(({ citation }) => isView(citation.passage));
  if (views.length > 0) lines.push(`Said as a view: ${views.map(({ citation }) => whose(citation)).join("; ")}.`);
  return lines.join(" ");
}

/** Sentences that keep a house at a distance from what somebody said in it. */
const DOUBT =
  /\b(?:did not|didn[’']t|does not|doesn[’']t|would not|could not|declined to|refused to) (?:\p{L}+ )?(?:say|give|name|explain|provide|cite|back|show|substantiate|prove|elaborate)\b|\b(?:no|little|without|any) (?:evidence|proof|source|basis|sources)\b|\bnot be (?:\p{L}+ )?(?:verified|confirmed|checked)\b|\b(?:false|untrue|unfounded|baseless|unproven|exaggerated|misleading|disputed?s?|doubt\p{L}*|questioned)\b/iu;
const PRONOUN = /^(?:he|she|they|it|who)$/i;

interface Teller {
  speaker: string;
  /** The next sentence, where it doubts what was said. */
  doubt: string | null;
}

/** To whom the source gives what the claim tells as a fact; null where it tells it itself, or the claim names a speaker too. */
function tellerOf(claim: string, { passage, ...place }: DraftCitation): Teller | null {
  if (attributionsOf(claim).length > 0) return null;
  const wanted = matterOf(claim).plain;
  const { text } = passage;
  const [from, to] = [place.start - passage.start, place.end - passage.start];
  const spans = sentenceSpans(text);
  const held = spans.map(({ start, end }) =>
    start < to && from < end ? shareHeld(wanted, matterOf(text.slice(start, end))) : -1,
  );
  const at = held.indexOf(Math.max(...held));
  const sentence = textOf(text, spans[at]);
  const hit = attributionsOf(sentence).find(
    ({ said }) => shareHeld(wanted, matterOf(sentence.slice(said.start, said.end))) >= SAME_MATTER,
  );
  if (hit === undefined) return null;
  const before = spans.slice(0, at).flatMap((span) => attributionsOf(textOf(text, span)));
  const named = PRONOUN.test(hit.speaker) ? before.findLast(({ speaker }) => !PRONOUN.test(speaker))?.speaker : hit.speaker;
  if (named === undefined || (passage.document.publisher !== null && sameName(named, passage.document.publisher))) return null;
  const full = findNames(text).find((name) => name.words.length > 1 && sameName(name.text, named) && name.text.endsWith(named));
  const next = textOf(text, spans[at + 1]).trim();
  return { speaker: full?.text ?? named, doubt: DOUBT.test(next) ? next : null };
}

const textOf = (text: string, span: { start: number; end: number } | undefined): string =>
  span === undefined ? "" : text.slice(span.start, span.end);

/** What the source has instead: “95”, not “140”. */
export function differing({ conflict, reason }: Contradiction): string {
  const [claimed, told] = conflict.words;
  if (claimed === "" || told === "") return reason;
  if (told.startsWith("not ")) return `“${told}”`;
  return claimed.startsWith("not ") ? `“${told}”, without “not”` : `“${told}”, not “${claimed}”`;
}

/** Days after which another figure for a level is a change of it, no dispute. */
const CHANGED_DAYS = 30;
const LEVEL =
  /\b(?:is|are|stands?|remains?|has|have|costs?|employs?|(?:raise|lift|cut|lower|increase|reduce|rise|grow|climb|drop)\p{L}*|rose|fell|fall|falls|grew)\b/iu;
const CORRECTED = /\b(?:correct(?:ed|ion|s)|error|retract\p{L}*|mistake|wrong(?:ly)?|revised|, not)\b/iu;

/** The two speak of a level at different times: when it was or became another; null where they dispute each other. */
export function changeOf(claim: string, support: DraftCitation, { candidate, conflict }: Contradiction): string | null {
  const [here, there] = [support.passage.document.published, candidate.passage.document.published];
  if (!conflict.words.every((word) => /\d/.test(word)) || here === null || there === null) return null;
  const apart = (Date.parse(there.slice(0, 10)) - Date.parse(here.slice(0, 10))) / DAY_MS;
  if (
    !(Math.abs(apart) >= CHANGED_DAYS) ||
    !LEVEL.test(claim) ||
    CORRECTED.test(candidate.text) ||
    CORRECTED.test(quoteOf(support))
  )
    return null;
  return `${apart < 0 ? "Earlier" : "Later"}: ${conflict.words[1]} (${dateInWords(there)}).`;
}
