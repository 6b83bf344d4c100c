// Puts a document's text together from its pieces, so that blocks are slices of it by construction:
// in order, without overlap, with nothing between them but the line breaks set here.
import type { Block } from "../domain.ts";
import { carriedQuotations, type Part } from "./carried-quotations.ts";

/** One heading, paragraph or list item on its way into the text. White space inside it is folded to single spaces. */
export interface Piece {
  kind: Block["kind"];
  text: string;
  speaker?: string | null;
  role?: string | null;
}

/** "[1]", "[2][3]": a note's number, which would read like a citation of ours. */
const NOTES = /(\s?)((?:\[\d{1,3}\])+)/g;
const ATTACHED = /[\p{L}\p{N}.,;:!?"”’)%]$/u;

/** Without the numbers of notes: those set against a word, and where the text's own count up from 1, those that stand by themselves. */
function withoutNotes(texts: readonly string[]): string[] {
  const numbers = new Set(texts.flatMap((text) => [...text.matchAll(/\[(\d{1,3})\]/g)].map((match) => Number(match[1]))));
  if (numbers.size === 0) return [...texts];
  const counting = numbers.has(1) && [...numbers].every((number) => number <= 2 * numbers.size);
  return texts.map((text) =>
    text.replace(NOTES, (whole, space: string, _marks: string, at: number) => {
      const attached = space === "" && ATTACHED.test(text.slice(0, at));
      return attached || counting ? "" : whole;
    }),
  );
}

/**
 * Joins pieces by blank lines (list items by one line break); pieces without a letter or digit are left out, and the numbers of notes.
 * Paragraphs that are nothing but somebody's words get that speaker. `from` tells which piece each block comes from.
 */
export function composeText(pieces: readonly Piece[]): { text: string; blocks: Block[]; from: number[] } {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const from: number[] = [];
  let length = 0;
  let before: Piece | null = null;
  const texts = withoutNotes(pieces.map((piece) => piece.text.replace(/\s+/g, " ").trim())).map((text) => text.trim());
  const voices = voicesOf(pieces, texts);
  for (const [at, piece] of pieces.entries()) {
    for (const { text, speaker, role, within } of voices[at] ?? []) {
      if (!/[\p{L}\p{N}]/u.test(text)) continue;
      const gap = before === null ? "" : within ? " " : before.kind === "item" && piece.kind === "item" ? "\n" : "\n\n";
      parts.push(gap, text);
      const start = length + gap.length;
      length = start + text.length;
      blocks.push({ kind: piece.kind, start, end: length, speaker, role });
      from.push(at);
      before = piece;
    }
  }
  return { text: parts.join(""), blocks, from };
}

/** The voice of each piece: its own, else that of the quotation which it is. Headings and lists end a quotation. */
function voicesOf(pieces: readonly Piece[], texts: readonly string[]): Part[][] {
  const own = pieces.map(({ speaker, role }, at): Part[] => [
    { text: texts[at] ?? "", speaker: speaker ?? null, role: role ?? null, within: false },
  ]);
  if (pieces.some(({ speaker }) => (speaker ?? null) !== null)) return own;
  for (let start = 0; start < pieces.length; start += 1) {
    let end = start;
    while (pieces[end]?.kind === "paragraph") end += 1;
    own.splice(start, end - start, ...carriedQuotations(texts.slice(start, end)));
    start = end;
  }
  return own;
}
