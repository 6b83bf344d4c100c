import { readByline } from "../bylines.ts";
// Joins paragraphs that an editor or a mail program broke at a fixed width. The width is read off the text itself: a line is joined to the
// next only where the next word would not have fitted, so names, roles, menus and one-line paragraphs stay lines of their own.
import { looksLikeInterface } from "./interface-lines.ts";
import type { Line } from "./lines.ts";

/** Shorter lines are never the wrapped part of a paragraph. */
const NARROWEST = 45;
const WIDEST = 130;

export function joinWrapped(lines: readonly Line[]): Line[] {
  const width = wrapWidth(lines);
  const joined: Line[] = [];
  let last = "";
  for (const line of lines) {
    const open = joined.at(-1);
    if (open !== undefined && continues(open, last, line, width)) {
      // "cross-" at a line's end keeps its hyphen: whether it is one of spelling cannot be told
      open.text = /\p{L}-$/u.test(last) && /^\p{Ll}/u.test(line.text) ? open.text + line.text : `${open.text} ${line.text}`;
    } else {
      joined.push({ ...line });
    }
    last = line.text;
  }
  return joined;
}

/** `last` is the line just above, `open` the paragraph that it ended. */
function continues(open: Line, last: string, next: Line, width: number | null): boolean {
  if (next.gap || next.kind !== "plain" || open.kind === "heading" || last.length < 20) return false;
  if (looksLikeInterface(next.text) || looksLikeInterface(last) || readByline(next.text) !== null) return false;
  if (breaksSentence(last, next.text) && last.length <= WIDEST && wordCount(last) >= 5 && wordCount(next.text) >= 2) return true;
  if (last.length < NARROWEST) return false;
  return width !== null && last.length <= width + 2 && last.length + 1 + firstWord(next.text) > width - 6;
}

/** The width at which the text was wrapped, or null: at least three lines must break in the middle of a sentence. */
function wrapWidth(lines: readonly Line[]): number | null {
  let count = 0;
  let width = 0;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next === undefined || next.gap || line.kind === "heading" || next.kind !== "plain") continue;
    if (line.text.length < NARROWEST || line.text.length > WIDEST || !breaksSentence(line.text, next.text)) continue;
    count += 1;
    width = Math.max(width, line.text.length);
  }
  return count >= 3 ? width : null;
}

function breaksSentence(line: string, next: string): boolean {
  return !/[.!?…:;"”»)\]]$/.test(line) && /^\p{Ll}/u.test(next);
}

function wordCount(text: string): number {
  return text.split(" ", 6).length;
}

function firstWord(text: string): number {
  const space = text.indexOf(" ");
  return space === -1 ? text.length : space;
}
