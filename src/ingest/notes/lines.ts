import { tableLines } from "../table-rows.ts";
// A text as a list of lines with their shapes: Markdown or plain, hard-wrapped paragraphs joined, markup reduced to what people read.
// Says nothing about what a line means (interface, byline, prose): that is told in typed-lines.ts.
import { inlineText, labelOf } from "./inline-markup.ts";
import { joinWrapped } from "./wrapped-lines.ts";

export interface Line {
  text: string;
  kind: "heading" | "plain" | "item";
  /** Of a heading: 1 is the highest; 0 for other lines. */
  level: number;
  /** A blank line stands before it. */
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

/** True where a text shows Markdown's marks, whatever its name. */
export function looksLikeMarkdown(text: string): boolean {
  return /^#{1,6} \S/m.test(text) || /\]\(https?:\/\/[^\s)]{1,2000}\)/.test(text);
}

/** Lines with their words, in order; code, rules, images and reference definitions are left out. `firstLine` is the number of the first one in its file. */
export function readLines(text: string, markdown: boolean, firstLine = 1): Line[] {
  const source = text.replaceAll("\f", "\n").split("\n");
  const lines: Line[] = [];
  const labels = new Set(markdown ? source.flatMap((line) => labelOf(REFERENCE.exec(line)?.[1] ?? "") || []) : []);
  let gap = true;
  let at = 0;
  let fenced = true;
  const push = (raw: string, kind: Line["kind"], level = 0): void => {
    const words = inlineText(raw, markdown, labels);
    if (words === "") return;
    lines.push({ text: words, kind, level, gap, number: firstLine + at - 1 });
    gap = false;
  };
  while (at < source.length) {
    const line = source[at] ?? "";
    const next = source[at + 1] ?? "";
    at += 1;
    if (line.trim() === "") {
      gap = true;
    } else if (line.length > 2000) {
      push(line, "plain");
    } else if (markdown && FENCE.test(line)) {
      // an unclosed fence is an ordinary line, and is looked for once
      const close: number = fenced ? nextFence(source, at) : -1;
      fenced = close !== -1;
      if (fenced) at = close + 1;
      gap = true;
    } else if (TABLE_RULE.test(next) && line.includes("|")) {
      const end = tableEnd(source, at + 1);
      const rows = [line, ...source.slice(at + 1, end)].map(cellsOf);
      for (const row of tableLines({ rows, heads: 1, caption: null }) ?? rows.map((cells) => cells.join("; "))) push(row, "item");
      at = end;
      gap = true;
    } else if (RULE.test(line) || (markdown && REFERENCE.test(line))) {
      gap = true;
    } else if (/^(?:={3,}|-{3,})[ \t]*$/.test(next) && line.length <= 160 && !ITEM.test(line) && !/[.;,]$/.test(line.trim())) {
      push(line, "heading", next.startsWith("=") ? 1 : 2);
      at += 1;
      gap = true;
    } else {
      const heading = markdown ? HEADING.exec(line) : null;
      const quoted = line.replace(/^[ \t]{0,3}(?:>[ \t]?)+/, "");
      if (heading !== null) push(heading[2] ?? "", "heading", heading[1]?.length ?? 1);
      else if (ITEM.test(quoted)) push(quoted.replace(ITEM, ""), "item");
      else push(quoted, "plain");
    }
  }
  return joinWrapped(lines);
}

function nextFence(source: readonly string[], from: number): number {
  for (let at = from; at < source.length; at += 1) if (FENCE.test(source[at] ?? "")) return at;
  return -1;
}

function tableEnd(source: readonly string[], from: number): number {
  let at = from;
  while (at < source.length && (source[at] ?? "").includes("|") && (source[at] ?? "").trim() !== "") at += 1;
  return at;
}

function cellsOf(row: string): string[] {
  return row
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}
