// Puts a document's text together from its pieces, so that blocks are slices of it by construction:
// in order, without overlap, with nothing between them but the line breaks set here.
import type { Block } from "../domain.ts";

/** One heading, paragraph or list item on its way into the text. White space inside it is folded to single spaces. */
export interface Piece {
  kind: Block["kind"];
  text: string;
  speaker?: string | null;
  role?: string | null;
}

/** Joins pieces by blank lines (list items by one line break); pieces without a letter or digit are left out. */
export function composeText(pieces: readonly Piece[]): { text: string; blocks: Block[] } {
  const parts: string[] = [];
  const blocks: Block[] = [];
  let length = 0;
  let before: Piece | null = null;
  for (const piece of pieces) {
    const clean = piece.text.replace(/\s+/g, " ").trim();
    if (!/[\p{L}\p{N}]/u.test(clean)) continue;
    const gap = before === null ? "" : before.kind === "item" && piece.kind === "item" ? "\n" : "\n\n";
    parts.push(gap, clean);
    const start = length + gap.length;
    length = start + clean.length;
    blocks.push({ kind: piece.kind, start, end: length, speaker: piece.speaker ?? null, role: piece.role ?? null });
    before = piece;
  }
  return { text: parts.join(""), blocks };
}
