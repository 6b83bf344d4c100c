// The words around a quotation that say who speaks, where and when. Opinion, analysis, statement and interview never stand as plain fact;
// a report's own sentences stand as they are. The quotation itself is never changed.
import type { Dated, Document, Passage } from "../domain.ts";
import { dateInWords } from "../language/date-words.ts";
import type { DraftSentence } from "./draft.ts";

/** Longer roles are cut in front of the institution. */
const LONGEST_ROLE = 90;

const JUDGES =
  /\b(?:must|should|ought to|needs? to|cannot afford|imperative|vital|essential|regrettabl[ey]|(?:un)?fortunately|reckless|short-?sighted|flawed|shameful|disgraceful|admirable|urgent(?:ly)?|it is time)\b/i;

/** `31 Oct 2025`, or `undated`. */
function shownDate(date: Dated | null): string {
  return date === null ? "undated" : dateInWords(date);
}

/** A voice: one author or speaker in one document. */
export function voiceOf(passage: Passage): string {
  return `${passage.document.id}\u0000${passage.speaker ?? ""}`;
}

/** Whether the passage's sentences may stand without saying who says them. */
export function standsAlone(passage: Passage, text: string): boolean {
  if (passage.speaker !== null) return false;
  if (passage.document.genre === "report") return true;
  // a person's text without a house behind it is that person's view
  const personal = passage.document.author !== null && passage.document.publisher === null;
  return passage.document.genre === null && !personal && !JUDGES.test(text);
}

/**
 * The draft of one verbatim stretch `start..end` of the passage's document.
 * `before` is the passage of the sentence in front of it: a second sentence of the same voice gets a short frame.
 */
export function framed(passage: Passage, start: number, end: number, before: Passage | null): DraftSentence {
  const quote = passage.text.slice(start - passage.start, end - passage.start);
  const citations = [{ passage, start, end }];
  if (standsAlone(passage, quote)) return { text: capitalised(quote), citations };
  const again = before !== null && voiceOf(before) === voiceOf(passage);
  const lead = again ? shortLead(passage) : longLead(passage);
  return { text: `${lead}: ${quotedText(quote)}`, citations };
}

/** The stretch with its full frame, whatever its genre: one side of a matter. */
export function attributed(passage: Passage, start: number, end: number): DraftSentence {
  const quote = passage.text.slice(start - passage.start, end - passage.start);
  return { text: `${longLead(passage)}: ${quotedText(quote)}`, citations: [{ passage, start, end }] };
}

/** `Amina Khan (Director …), in Paper (4 Nov 2025, analysis)`; without a publisher `Amina Khan (Director …; 4 Nov 2025, analysis)`. */
function longLead({ document, speaker, role }: Passage): string {
  const where = publisherOf(document);
  const when = [shownDate(document.published), document.genre].filter((part) => part !== null).join(", ");
  const who = speaker ?? document.author;
  if (who === null) return `${where ?? "An unsigned text"} (${when})`;
  const office = speaker !== null && role !== null ? shortRole(role) : null;
  if (where === null || where === who) return `${who} (${[office, when].filter((part) => part !== null).join("; ")})`;
  return `${who}${office === null ? "" : ` (${office})`}, in ${where} (${when})`;
}

/** `Khan adds (4 Nov 2025)` */
function shortLead({ document, speaker }: Passage): string {
  const who = speaker ?? document.author;
  const name = who === null ? (publisherOf(document) ?? "The same text") : who.includes(",") ? "The authors" : surname(who);
  const verb = who?.includes(",") === true && speaker === null ? "add" : "adds";
  return `${name} ${verb} (${shownDate(document.published)})`;
}

function publisherOf(document: Document): string | null {
  if (document.publisher !== null) return document.publisher;
  return document.url !== null && URL.canParse(document.url) ? new URL(document.url).hostname.replace(/^www\./, "") : null;
}

/** The last word of a person's name; names with particles, bodies and single words stay whole. */
function surname(who: string): string {
  const words = who.split(/\s+/);
  const plain = words.length === 2 || words.length === 3;
  return plain &&
    words.every((word) => /^\p{Lu}[\p{L}.'’-]+$/u.test(word)) &&
    !/^(?:The|News|Press|Agency|Desk|Staff|Bureau|Team)$/i.test(words.at(-1) ?? "")
    ? (words.at(-1) ?? who)
    : who;
}

function shortRole(role: string): string {
  if (role.length <= LONGEST_ROLE) return role;
  const cut = /\s(?:at|with) (?=the\s|\p{Lu})/u.exec(role);
  return cut === null ? role : role.slice(0, cut.index);
}

/** In double typographic marks; a text with such marks of its own follows the colon without further ones. */
function quotedText(quote: string): string {
  return /["“”]/.test(quote) ? quote : `“${quote}”`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
