// One line of Markdown or of a saved page reduced to the words that people read. Linear: every pattern is bounded.

import { decodeEntities } from "../entities.ts";

/** Tags that pages are written with; what else stands in angle brackets is text: "<unk>", "x < y". */
export const TAGS =
  /<\/?(?:a|abbr|article|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|section|small|span|strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:\s[^<>]{0,1000})?\/?>/gi;

/** As reference links and their definitions are matched. */
export const labelOf = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();

const NONE: ReadonlySet<string> = new Set();

/** `labels` are those that the text defines: only they make reference links. White space folded; in Markdown links become their text, images and footnote marks go, emphasis loses its marks. */
export function inlineText(line: string, markdown: boolean, labels: ReadonlySet<string> = NONE): string {
  let text = line;
  if (markdown) {
    text = text
      .replace(/!\[[^\]\n]{0,500}\](?:\([^()\s]{0,2000}(?:\s"[^"\n]{0,300}")?\)|\[[^\]\n]{0,100}\])/g, " ")
      .replace(/\[([^\][\n]{1,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"\n]{0,300}")?\)/g, "$1")
      .replace(/\[([^\][\n]{1,500})\]\[([^\][\n]{0,100})\]/g, (whole, text: string, label: string) =>
        labels.has(labelOf(label === "" ? text : label)) ? text : whole,
      )
      .replace(/\[\^[^\]\s]{1,40}\]/g, "")
      .replace(/<(https?:\/\/[^\s>]{1,2000})>/g, "$1")
      .replace(/(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])/g, "$2")
      .replace(/(?<![\w_])(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\1(?![\w_])/g, "$2")
      .replace(/~~([^~\n]{1,1000})~~/g, "$1")
      .replace(/`{1,3}([^`\n]{1,1000})`{1,3}/g, "$1")
      .replace(/(?: {2,}|\\)$/, "")
      .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, "$1");
  }
  return decodeEntities(text.replace(TAGS, " ")).replace(/\s+/g, " ").trim();
}
