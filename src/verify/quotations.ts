// Quotation marks: what stands between them must stand in the source, character for character but for typography and marked omissions.
import type { Span } from "../domain.ts";

export interface Quotation extends Span {
  /** Without the marks. */
  text: string;
}

const OPENING = /["“”„«]|(?<![\p{L}\p{N}])['‘](?=[\p{L}\p{N}"“[…])/gu;
const CLOSING: Record<string, RegExp> = {
  '"': /["”]/,
  "“": /[”"]/,
  "„": /[“”"]/,
  "«": /»/,
  "'": /['’](?![\p{L}\p{N}])/u,
  "‘": /['’](?![\p{L}\p{N}])/u,
};

/** Every quotation of the text, outermost only. An opening mark that is never closed quotes to the end. */
export function findQuotations(text: string): Quotation[] {
  const found: Quotation[] = [];
  let at = 0;
  for (;;) {
    OPENING.lastIndex = at;
    const open = OPENING.exec(text);
    if (open === null) return found;
    if (open[0] === "”" || (open[0] === '"' && closesOnly(text, open.index))) {
      // a sentence cut out of a longer quotation: it began before
      const from = found[found.length - 1]?.end ?? 0;
      found.push({ start: from, end: open.index + 1, text: text.slice(from, open.index).trim() });
      at = open.index + 1;
      continue;
    }
    const start = open.index + open[0].length;
    const length = text.slice(start).search(CLOSING[open[0]] ?? /(?!)/);
    if (length === -1) {
      // an apostrophe that looked like a mark ("'s", "the '90s") closes nowhere
      if (open[0] === "'" || open[0] === "‘") {
        at = start;
        continue;
      }
      found.push({ start: open.index, end: text.length, text: text.slice(start) });
      return found;
    }
    const end = start + length;
    found.push({ start: open.index, end: end + 1, text: text.slice(start, end) });
    at = end + 1;
  }
}

const closesOnly = (text: string, at: number): boolean =>
  /[\p{L}\p{N}.,!?…]/u.test(text.charAt(at - 1)) && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1));

/** Typography folded: kinds of quotation marks, dashes, spaces. Nothing else. */
export function foldTypography(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‘’‚′`´ʼ]/g, "'")
    .replace(/[‐‑‒–—―]/g, "-")
    .replace(/[\u200B\u00AD\uFEFF]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

const OMISSION = /\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.)\s*/;

/** Where the quotation stands in the folded source, or null: its pieces between omissions, in order, at the ends of words. */
export function locateQuotation(quotation: string, foldedSource: string): Span | null {
  const folded = foldTypography(quotation);
  const whole = find(folded, foldedSource, 0);
  if (whole !== null) return whole;
  let [start, at] = [-1, 0];
  for (const piece of folded.split(OMISSION)) {
    if (piece === "") continue;
    const place = find(piece, foldedSource, at);
    if (place === null) return null;
    if (start === -1) start = place.start;
    at = place.end;
  }
  return start === -1 ? null : { start, end: at };
}

function find(piece: string, source: string, from: number): Span | null {
  // a comma or full stop before the closing mark may be the sentence's own
  for (const text of [piece, piece.replace(/[.,;:]+$/, "")]) {
    if (text === "") continue;
    for (let at = source.indexOf(text, from); at !== -1; at = source.indexOf(text, at + 1)) {
      if (!cutsWord(source, at, text)) return { start: at, end: at + text.length };
    }
  }
  return null;
}

function cutsWord(source: string, at: number, text: string): boolean {
  const letter = /[\p{L}\p{N}]/u;
  const [before, after] = [source.charAt(at - 1), source.charAt(at + text.length)];
  return (
    (letter.test(before) && letter.test(text.charAt(0))) || (letter.test(after) && letter.test(text.charAt(text.length - 1)))
  );
}
