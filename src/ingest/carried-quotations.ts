// Whose words a paragraph is that is nothing but a quotation: the speaker is named before it, or after it, and not in it. Only what the text
// makes certain is said; a quotation whose speaker could be two people stays without one.
import { attributionsOf, parseSpeaker } from "../text/attribution.ts";
import { sentenceSpans } from "../text/sentences.ts";

export interface Part {
  text: string;
  speaker: string | null;
  role: string | null;
  /** It goes on in the paragraph of the part before it. */
  within: boolean;
}

interface Voice {
  speaker: string;
  role: string | null;
}

const MARKS = /["“„‘]/;
const OPENS = /^[“„"]/;
const CLOSED = /“[^”]*”|„[^“”]*[“”]|"[^"]*"/g;
/** One that is still open at the end: it goes on in the next paragraph. */
const OPEN = /[“„"][^”"]*$/;
const SPEAKS_ABOUT =
  /^(?:with|in) (?:these|those|such) words\b|^(?:so|thus) (?:says?|said|spoke|speaks)\b|^th(?:ese|ose|is|at) (?:words|is how|was how)\b/i;
const NAME =
  /(?<![\p{L}\p{N}'’])\p{Lu}[\p{L}'’-]+(?:\s(?:al-|bin\s|ibn\s|de\s|del\s|der\s|van\s|von\s)*\p{Lu}[\p{L}.'’-]*\p{L}){1,3}/gu;
/** A name behind these is a place's or a house's. */
const OF_A_HOUSE = /\b(?:[Tt]he|of|in|at|from|near|for|to|on|into|against)\s$/;

/** Each paragraph in parts of one voice; `speaker` only where a part is a quotation and nothing else. */
export function carriedQuotations(paragraphs: readonly string[]): Part[][] {
  const parts = paragraphs.map((text): Part[] => [{ text, speaker: null, role: null, within: false }]);
  let voice: Voice | null = null;
  for (const [at, text] of paragraphs.entries()) {
    if (isQuotationOnly(text)) {
      const continues = at > 0 && isQuotationOnly(paragraphs[at - 1] ?? "") && goesOn(paragraphs[at - 1] ?? "");
      voice = voice ?? (continues ? null : named(paragraphs, at));
      if (voice !== null) parts[at] = [{ text, ...voice, within: false }];
      continue;
    }
    const own = speakerIn(text);
    if (own !== null) {
      parts[at] = trailing(text, own);
      voice = own;
    } else if (at > 0 && !staysWith(text, voice)) voice = null;
  }
  return parts;
}

const isQuotationOnly = (text: string): boolean => {
  if (!OPENS.test(text)) return false;
  const beside = text.replace(CLOSED, " ").replace(OPEN, " ");
  return !/[\p{L}\p{N}]/u.test(beside);
};

const goesOn = (text: string): boolean => OPEN.test(text.replace(CLOSED, ""));

/** Who says the quotations of a paragraph, where it has any and names one speaker. */
function speakerIn(text: string): Voice | null {
  if (!MARKS.test(text)) return null;
  const hits = sentenceSpans(text)
    .map(({ start, end }) => text.slice(start, end))
    .filter((sentence) => MARKS.test(sentence))
    .flatMap(attributionsOf)
    .filter(({ quoted, kind }) => quoted && kind === "person");
  const [first] = hits;
  if (first === undefined || hits.some(({ speaker }) => !sameSpeaker(speaker, first.speaker))) return null;
  return /\p{Lu}/u.test(first.speaker) ? { speaker: first.speaker, role: first.role } : null;
}

const sameSpeaker = (a: string, b: string): boolean => a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`);

/** A paragraph whose last sentences are quoted words alone: they are parts of their own. */
function trailing(text: string, voice: Voice): Part[] {
  const spans = sentenceSpans(text);
  const attributed = spans.findLastIndex(({ start, end }) => attributionsOf(text.slice(start, end)).length > 0);
  const next = spans[attributed + 1];
  const rest = next === undefined ? "" : text.slice(next.start);
  if (attributed < 0 || next === undefined || !isQuotationOnly(rest)) return [{ text, speaker: null, role: null, within: false }];
  return [
    { text: text.slice(0, next.start).trimEnd(), speaker: null, role: null, within: false },
    { text: rest, ...voice, within: true },
  ];
}

/** A paragraph between two quotations of one speaker, who is the only one it speaks of. */
function staysWith(text: string, voice: Voice | null): boolean {
  if (voice === null || text.length > 300) return false;
  const surname = voice.speaker.split(" ").at(-1) ?? voice.speaker;
  if (peopleIn(text).some(({ speaker }) => !sameSpeaker(speaker, voice.speaker))) return false;
  return /^(?:he|she|they|(?:mr|mrs|ms|dr)\.?\s)\b/i.test(text) || text.startsWith(surname) || text.includes(voice.speaker);
}

/** Who is introduced right before a quotation that stands alone, or said right after it to have spoken so. */
function named(paragraphs: readonly string[], at: number): Voice | null {
  const before = paragraphs[at - 1] ?? "";
  const people = peopleIn(before);
  const last = sentenceSpans(before).at(-1);
  const leadIn = last === undefined ? "" : before.slice(last.start, last.end);
  const [only] = people;
  if (
    people.length === 1 &&
    only !== undefined &&
    !/[”"]/.test(before) &&
    (leadIn.endsWith(":") || peopleIn(leadIn).length === 1)
  )
    return only;
  let after = at;
  while (isQuotationOnly(paragraphs[after] ?? "")) after += 1;
  const next = paragraphs[after] ?? "";
  const first = sentenceSpans(next)[0];
  const sentence = first === undefined ? "" : next.slice(first.start, first.end);
  const speakers = SPEAKS_ABOUT.test(sentence) ? peopleIn(sentence) : [];
  return speakers.length === 1 ? (speakers[0] ?? null) : null;
}

/** People by their full names, with the office that stands before a comma. */
function peopleIn(text: string): Voice[] {
  const found = new Map<string, Voice>();
  for (const match of text.matchAll(NAME)) {
    const name = match[0];
    const before = text.slice(0, match.index);
    if (
      OF_A_HOUSE.test(before) ||
      parseSpeaker(name)?.kind !== "person" ||
      /^(?:The|A|An|In|On|At|With|But|And|For|After|When|While|As)\s/.test(name)
    )
      continue;
    const office = /,\s$/.test(before)
      ? /(?:^|[.!?;:]\s|\b(?:words|said)\s)([Tt]he\s[^.,;:“”"]{3,80}),\s$/.exec(before)?.[1]
      : undefined;
    if (!found.has(name)) found.set(name, { speaker: name, role: office?.replace(/^The\b/, "the") ?? null });
  }
  return [...found.values()];
}
