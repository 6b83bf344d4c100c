// A text as a list of lines with their shapes: Markdown or plain, hard-wrapped paragraphs joined, markup reduced to what people read.
// Says nothing about what a line means (interface, byline, prose): that is told in typed-lines.ts.
import { readByline } from "../bylines.ts";
import { decodeEntities } from "../decode.ts";
import { folded } from "../html/dom.ts";
import { joinLines, writtenIn } from "../join-lines.ts";
import { tableLines } from "../table-rows.ts";
import { looksLikeInterface } from "./interface-lines.ts";

export interface Line {
  text: string;
  kind: "heading" | "plain" | "item";
  /** Of a heading: 1 is the highest; 0 for other lines. */
  level: number;
  gap: boolean;
  /** Where it stands in the file, from 1. */
  number: number;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.{1,400}?)[ \t#]*$/;
const ITEM = /^[ \t]{0,12}(?:[-*+•‣▪●◦·]|\d{1,3}[.)])[ \t]+(?=\S)/;
const RULE = /^[ \t]{0,3}(?:[-*_=~#─—–•·][ \t]?){3,}$/;
const FENCE = /^[ \t]{0,3}(?:```|~~~)/;
const REFERENCE = /^ {0,3}\[([^\]]{1,100})\]:\s*\S/;
const TABLE_RULE = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$/;
/** Tags that pages are written with; what else stands in angle brackets is text: "<unk>", "x < y". */
export const TAGS =
  /<\/?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|d[dlt]|del|div|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|sup|table|tbody|t[dhrt]|thead|u|ul)(?:\s[^<>]{0,1000})?\/?>/gi;

/** True where a text shows Markdown's marks, whatever its name. */
export const looksLikeMarkdown = (text: string): boolean =>
  /^#{1,6} \S/m.test(text) || /\]\(https?:\/\/[^\s)]{1,2000}\)/.test(text);

/** Lines with their words, in order; code, rules, images and reference definitions are left out. `firstLine` is the number of the first one in its file. */
export function readLines(text: string, markdown: boolean, firstLine = 1): Line[] {
  const source = text.replaceAll("\f", "\n").split("\n");
  const lines: Line[] = [];
  const labels = new Set(markdown ? source.flatMap((line) => labelOf(REFERENCE.exec(line)?.[1] ?? "") || []) : []);
  let gap = true;
  let fenced = true;
  for (let at = 0; at < source.length; at += 1) {
    const push = (raw: string, kind: Line["kind"], level = 0): void => {
      const words = inlineText(raw, markdown, labels);
      if (words === "") return;
      lines.push({ text: words, kind, level, gap, number: firstLine + at });
      gap = false;
    };
    const [line = "", next = ""] = source.slice(at, at + 2);
    const plain = line.length > 2000;
    const heading = markdown ? HEADING.exec(line) : null;
    const quoted = line.replace(/^[ \t]{0,3}(?:>[ \t]?)+/, "");
    const isUnderlined =
      /^(?:={3,}|-{3,})[ \t]*$/.test(next) && line.length <= 160 && !ITEM.test(line) && !/[.;,]$/.test(line.trim());
    if (line.trim() === "") gap = true;
    else if (plain) push(line, "plain");
    else if (markdown && FENCE.test(line)) {
      // an unclosed fence is an ordinary line, and is looked for once
      const close: number = fenced ? source.findIndex((each, index) => index > at && FENCE.test(each)) : -1;
      fenced = close !== -1;
      if (fenced) at = close;
      gap = true;
    } else if (TABLE_RULE.test(next) && line.includes("|")) {
      const end = source.findIndex((each, index) => index > at + 1 && !each.includes("|"));
      const rows = [line, ...source.slice(at + 2, end === -1 ? source.length : end)].map(cellsOf);
      for (const row of tableLines({ rows, heads: 1, caption: null }) ?? rows.map((cells) => cells.join("; "))) push(row, "item");
      at += rows.length;
      gap = true;
    } else if (RULE.test(line) || (markdown && REFERENCE.test(line))) gap = true;
    else if (isUnderlined) {
      push(line, "heading", next.startsWith("=") ? 1 : 2);
      at += 1;
      gap = true;
    } else if (heading !== null) push(heading[2] ?? "", "heading", heading[1]?.length ?? 1);
    else if (ITEM.test(quoted)) push(quoted.replace(ITEM, ""), "item");
    else push(quoted, "plain");
  }
  return joinWrapped(lines);
}

const cellsOf = (row: string): string[] => {
  const cells = row.trim().replace(/^\||\|$/g, "");
  return cells.split("|").map((cell) => cell.trim());
};

const labelOf = (text: string): string => folded(text).toLowerCase();

/**
 * One line reduced to the words that people read. Linear: every pattern is bounded. In Markdown links become their text (reference links only with
 * one of the `labels` that the text defines), images and footnote marks go, emphasis loses its marks.
 */
function inlineText(line: string, markdown: boolean, labels: ReadonlySet<string>): string {
  const text = !markdown
    ? line
    : line
        .replace(/!\[[^\]\n]{0,500}\](?:\([^()\s]{0,2000}(?:\s"[^"\n]{0,300}")?\)|\[[^\]\n]{0,100}\])/g, " ")
        .replace(/\[([^\][\n]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"\n]{0,300}")?\)/g, "$1")
        .replace(/\[([^\][\n]{1,500})\]\[([^\][\n]{0,100})\]/g, (whole, shown: string, label: string) =>
          labels.has(labelOf(label === "" ? shown : label)) ? shown : whole,
        )
        .replace(/\[\^[^\]\s]{1,40}\]/g, "")
        .replace(/<(https?:\/\/[^\s>]{1,2000})>/g, "$1")
        .replace(/(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])/g, "$2")
        .replace(/(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])/g, "$2")
        .replace(/~~[^~\n]{1,1000}~~/g, " ")
        .replace(/`{1,3}([^`\n]{1,1000})`{1,3}/g, "$1")
        .replace(/\\([\\`*_{}[\]()#+.!|>~-]|$)/g, "$1");
  return folded(decodeEntities(text.replace(TAGS, " ")));
}

/** Shorter lines are never the wrapped part of a paragraph. */
const NARROWEST = 45;
const WIDEST = 130;

/**
 * Joins paragraphs that an editor or a mail program broke at a fixed width. The width is read off the text itself: a line is joined to the
 * next only where the next word would not have fitted, so names, roles, menus and one-line paragraphs stay lines of their own.
 */
function joinWrapped(lines: readonly Line[]): Line[] {
  const width = wrapWidth(lines);
  const joined: Line[] = [];
  let last = "";
  let written: ReadonlySet<string> | null = null;
  for (const line of lines) {
    const open = joined.at(-1);
    if (open !== undefined && continues(open, last, line, width)) {
      open.text = joinLines(open.text, line.text, (written ??= writtenIn(lines.map(({ text }) => text))));
    } else joined.push({ ...line });
    last = line.text;
  }
  return joined;
}

/** `last` is the line just above, `open` the paragraph that it ended. */
function continues(open: Line, last: string, next: Line, width: number | null): boolean {
  if (next.gap || next.kind !== "plain" || open.kind === "heading") return false;
  if (/\s\p{Ll}+-$/u.test(last) && /^\p{Ll}/u.test(next.text)) return true;
  if (last.length < 20) return false;
  if (looksLikeInterface(next.text) || looksLikeInterface(last) || readByline(next.text) !== null) return false;
  const isLong = last.split(" ", 6).length >= 5 && next.text.includes(" ");
  if (breaksSentence(last, next.text) && last.length <= WIDEST && isLong) return true;
  if (width === null || last.length < NARROWEST || last.length > width + 2) return false;
  return last.length + 1 + (next.text.split(" ", 1)[0] ?? "").length > width - 6;
}

/** The width at which the text was wrapped, or null: at least three lines must break in the middle of a sentence. */
function wrapWidth(lines: readonly Line[]): number | null {
  const broken = lines.filter(({ text, kind }, at) => {
    const next = lines[at + 1];
    if (next === undefined || next.gap || kind === "heading" || next.kind !== "plain") return false;
    return text.length >= NARROWEST && text.length <= WIDEST && breaksSentence(text, next.text);
  });
  return broken.length >= 3 ? Math.max(...broken.map(({ text }) => text.length)) : null;
}

const breaksSentence = (line: string, next: string): boolean => !/[.!?…:;"”»)\]]$/.test(line) && /^\p{Ll}/u.test(next);
