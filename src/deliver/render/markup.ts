// What a surface must know to show an answer: how emphasis, dates, links and quotations look there, and how much room there is. And the
// few forms that all that is rendered is made of.
import type { Dated } from "../../domain.ts";

export interface Markup {
  /** Text from outside (questions, documents, models), made harmless. */
  plain: (text: string) => string;
  strong: (text: string) => string;
  small: (line: string) => string;
  /** A published date as the reader's place shows it. */
  day: (date: Dated) => string;
  link: (label: string, url: string) => string;
  quote: (text: string) => string;
  under: (line: string) => string;
  /** Lists of sources name authors and titles as well, and quote what does not stand in the text already. */
  roomy: boolean;
}

/** Blocks in reading order with a blank line between them, without the empty ones. */
export const inBlocks = (...blocks: readonly string[]): string => blocks.filter((block) => block !== "").join("\n\n");

/** Lines under a title; nothing without lines. */
export const titled = (markup: Markup, title: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [markup.strong(title), ...lines].join("\n");

export const smallLines = (markup: Markup, lines: readonly string[]): string =>
  lines.flatMap((line) => (line === "" ? [] : [markup.small(line)])).join("\n");

export const marks = (citations: readonly number[]): string => citations.map((n) => `[${n}]`).join("");

export const cited = ({ text, citations }: { text: string; citations: readonly number[] }, markup: Markup): string =>
  citations.length === 0 ? markup.plain(text) : `${markup.plain(text)} ${marks(citations)}`;

export const dateOf = (date: Dated | null, markup: Markup): string => (date === null ? "undated" : markup.day(date));

export const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
