// Puts a document's text together from its pieces, so that blocks are slices of it by construction: in order, without overlap, with nothing between
// them but the line breaks set here. Says whose words a paragraph is that is nothing but a quotation: the speaker is named before it, or after it,
// and not in it. Only what the text makes certain is said; a quotation whose speaker could be two people stays without one.
import type { Block, Voice } from "../domain.ts";
import { attributionsOf, parseSpeaker } from "../text/attribution.ts";
import { findNames } from "../text/names.ts";
import { sameName, surname } from "../text/same-name.ts";
import { sentenceSpans } from "../text/sentences.ts";
import { folded } from "./html/dom.ts";
import { notRead } from "./read-result.ts";

/** One heading, paragraph or list item on its way into the text. White space inside it is folded to single spaces. */
export interface Piece extends Partial<Voice> {
  kind: Block["kind"];
  text: string;
}

/** A stretch of a piece with one voice. `within`: it goes on in the paragraph of the part before it. */
interface Part extends Voice {
  text: string;
  within: boolean;
}

/**
 * Joins pieces by blank lines (list items by one line break); pieces without a letter or digit are left out, and the numbers of notes.
 * Paragraphs that are nothing but somebody's words get that speaker. `from` tells which piece each block comes from.
 */
export function composeText(pieces: readonly Piece[]): { text: string; blocks: Block[]; from: number[] } {
  let text = "";
  const blocks: Block[] = [];
  const from: number[] = [];
  const voices = voicesOf(pieces, withoutNotes(pieces.map((piece) => folded(piece.text))));
  for (const [at, { kind }] of pieces.entries()) {
    for (const { text: own, speaker, role, within } of voices[at] ?? []) {
      if (!/[\p{L}\p{N}]/u.test(own)) continue;
      const before = blocks.at(-1);
      text += before === undefined ? "" : within ? " " : before.kind === "item" && kind === "item" ? "\n" : "\n\n";
      const start = text.length;
      text += own;
      blocks.push({ kind, start, end: text.length, speaker, role });
      from.push(at);
    }
  }
  return { text, blocks, from };
}

/** The same, with at least so many characters. Failure `input_no_text` where there are fewer: why, and the way out. */
export function composeEnough(
  pieces: readonly Piece[],
  least: number,
  why: string,
  wayOut: string,
): ReturnType<typeof composeText> {
  const composed = composeText(pieces);
  if (composed.text.length < least) throw notRead("input_no_text", why, wayOut);
  return composed;
}

/** Without the numbers of notes ("[1]", "[2][3]"), which would read like citations of ours: those set against a word, and where the text's own count up from 1, those that stand by themselves. */
function withoutNotes(texts: readonly string[]): string[] {
  const numbers = new Set(texts.flatMap((text) => [...text.matchAll(/\[(\d{1,3})\]/g)].map((match) => Number(match[1]))));
  const counting = numbers.has(1) && [...numbers].every((number) => number <= 2 * numbers.size);
  const isAttached = (before: string): boolean => /[\p{L}\p{N}.,;:!?"”’)%]$/u.test(before);
  return texts.map((text) =>
    text
      .replace(/(\s?)(?:\[\d{1,3}\])+/g, (whole, space: string, at: number) =>
        counting || (space === "" && isAttached(text.slice(0, at))) ? "" : whole,
      )
      .trim(),
  );
}

/** The voice of each piece: its own, else that of the quotation which it is. Headings and lists end a quotation. */
function voicesOf(pieces: readonly Piece[], texts: readonly string[]): Part[][] {
  const own = pieces.map(({ speaker = null, role = null }, at) => [part(texts[at] ?? "", { speaker, role })]);
  if (pieces.some(({ speaker = null }) => speaker !== null)) return own;
  for (let start = 0; start < pieces.length; start += 1) {
    let end = start;
    while (pieces[end]?.kind === "paragraph") end += 1;
    own.splice(start, end - start, ...carriedQuotations(texts.slice(start, end)));
    start = end;
  }
  return own;
}

type Person = Voice & { speaker: string };

const NOBODY: Voice = { speaker: null, role: null };
const part = (text: string, voice: Voice = NOBODY, within = false): Part => ({ text, ...voice, within });

const MARKS = /["“”„‘«»]/;
const CLOSED = /“[^”]*”|„[^“”]*[“”]|"[^"]*"|«[^»]*»|‘[^‘]*?’(?!\p{L})/gu;
/** One that is still open at the end: it goes on in the next paragraph. */
const OPEN = /[“„"«‘][^”"»]*$/;
const SPEAKS_ABOUT =
  /^(?:with|in) th[eo]se words\b|^(?:so|thus) (?:says?|said|spoke|speaks)\b|^(?:these|those) (?:words|were)\b/i;
/** A name behind these is a place's or a house's. */
const OF_A_HOUSE = /\b(?:[Tt]he|of|in|at|from|near|for|to)\s$/;

/** Each paragraph in parts of one voice; `speaker` only where a part is a quotation and nothing else. */
function carriedQuotations(paragraphs: readonly string[]): Part[][] {
  let voice: Person | null = null;
  return paragraphs.map((text, at) => {
    const before = paragraphs[at - 1] ?? "";
    if (isQuotationOnly(text)) {
      const continues = isQuotationOnly(before) && OPEN.test(before.replace(CLOSED, ""));
      voice ??= continues ? null : named(paragraphs, at);
      return [part(text, voice ?? NOBODY)];
    }
    const own = speakerIn(text) ?? whoIsMeant(text, before);
    voice = own ?? (voice !== null && speaksOnlyOf(voice.speaker, text) ? voice : null);
    return own === null ? [part(text)] : trailing(text, own);
  });
}

const isQuotationOnly = (text: string): boolean =>
  /^[“„"«‘]/.test(text) && !/[\p{L}\p{N}]/u.test(text.replace(CLOSED, " ").replace(OPEN, " "));

const sentencesOf = (text: string): string[] => sentenceSpans(text).map(({ start, end }) => text.slice(start, end));

/** Who says the quotations of a paragraph, where it has any and names one speaker. */
function speakerIn(text: string): Person | null {
  const hits = sentencesOf(text)
    .filter((sentence) => MARKS.test(sentence))
    .flatMap(attributionsOf)
    .filter(({ quoted, kind }) => quoted && /person|body/.test(kind));
  const [first] = hits;
  if (first === undefined || hits.some(({ speaker }) => !sameName(speaker, first.speaker))) return null;
  return { speaker: first.speaker.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()), role: first.role };
}

/** Who "he" or "she" is beside a quotation: the one person that the paragraph names, or the one before it. */
function whoIsMeant(text: string, before: string): Person | null {
  const isMeant = attributionsOf(text).some(
    ({ quoted, kind, speaker }) => quoted && kind === "pronoun" && /^s?he$/i.test(speaker),
  );
  if (!isMeant) return null;
  const own = peopleIn(text.replace(CLOSED, " "));
  const [only, ...others] = own.length > 0 ? own : peopleIn(before.replace(CLOSED, " "));
  return others.length > 0 ? null : (only ?? null);
}

/** A paragraph whose last sentences are quoted words alone: they are parts of their own. */
function trailing(text: string, voice: Voice): Part[] {
  const spans = sentenceSpans(text);
  const attributed = spans.findLastIndex(({ start, end }) => attributionsOf(text.slice(start, end)).length > 0);
  const cut = attributed < 0 ? undefined : spans[attributed + 1]?.start;
  if (cut === undefined || !isQuotationOnly(text.slice(cut))) return [part(text)];
  return [part(text.slice(0, cut).trimEnd()), part(text.slice(cut), voice, true)];
}

/** A paragraph between two quotations of one speaker. */
const speaksOnlyOf = (speaker: string, text: string): boolean =>
  text.length <= 300 &&
  peopleIn(text).every((other) => sameName(other.speaker, speaker)) &&
  (/^(?:he|she|they|ils?|elles?|er|sie|él|ella)(?!\p{L})/iu.test(text) || text.includes(surname(speaker)));

/** Who is introduced right before a quotation that stands alone, or said right after it to have spoken so. */
function named(paragraphs: readonly string[], at: number): Person | null {
  const before = paragraphs[at - 1] ?? "";
  const [only, ...others] = peopleIn(before);
  const leadIn = sentencesOf(before).at(-1) ?? "";
  const told = leadIn.endsWith(":") ? speakerIn(`${leadIn} ${paragraphs[at]?.replace(OPEN, "$&”")}`) : null;
  if (told !== null) return told;
  const introduces = leadIn.endsWith(":") || peopleIn(leadIn).length === 1;
  if (only !== undefined && others.length === 0 && !/[”"]/.test(before) && introduces) return only;
  const next = paragraphs.slice(at).find((text) => !isQuotationOnly(text)) ?? "";
  const sentence = sentencesOf(next)[0] ?? "";
  const [speaker, ...more] = SPEAKS_ABOUT.test(sentence) ? peopleIn(sentence) : [];
  return more.length === 0 ? (speaker ?? null) : null;
}

/** People by their full names, each once, with the office that stands before a comma. */
function peopleIn(text: string): Person[] {
  const found = new Map<string, Person>();
  for (const { text: name, start } of findNames(text)) {
    const before = text.slice(0, start);
    if (!name.includes(" ") || OF_A_HOUSE.test(before) || parseSpeaker(name)?.kind !== "person" || found.has(name)) continue;
    const office = /(?:^|[.!?;:]\s|\b(?:words|said)\s)[Tt](he\s[^.,;:“”"]{3,80}),\s$/.exec(before)?.[1];
    found.set(name, { speaker: name, role: office === undefined ? null : `t${office}` });
  }
  return [...found.values()];
}
