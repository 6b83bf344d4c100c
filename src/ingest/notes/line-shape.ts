// What each line of a text is by its own look: interface, date, byline, prose of some strength, or a short line whose meaning hangs on its place.
import { findDates, type FoundDate } from "../../text/dates.ts";
import { looksLikeInterface } from "./interface-lines.ts";
import type { Line } from "./lines.ts";
import { isPersonName, readByline, type Byline } from "./person-lines.ts";
import { isOutlet } from "./publishers.ts";

export interface Shape {
  look: "interface" | "date" | "byline" | "prose" | "short";
  /** Of prose: 2 for what can only be running text, 1 for a single sentence. */
  strength: 0 | 1 | 2;
  words: number;
  dates: FoundDate[];
  byline: Byline | null;
}

const TERMINAL = /[.!?…。！？؟۔।](?:["”’»')\]]|\[\d{1,3}\]|\s)*$/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

/** `curated`: the file's own headings are trusted, even where they are words that pages use for sections. */
export function shapeOf(line: Line, curated: boolean): Shape {
  const { text } = line;
  const words = countWords(text);
  const none = { strength: 0 as const, words, dates: [], byline: null };
  if (text.length <= 200) {
    // no digit, no date: most lines are spared the search
    const dates = /\d/.test(text) ? findDates(text) : [];
    const byline = readByline(text) ?? unmarkedByline(text, dates);
    if (byline !== null && !/\.\s+\p{Lu}\p{Ll}+\s+\p{Ll}+/u.test(text)) return { ...none, look: "byline", byline, dates };
    if (isDateLine(text, dates)) return { ...none, look: "date", dates };
  }
  if (!(curated && line.kind === "heading") && looksLikeInterface(text)) return { ...none, look: "interface" };
  if (line.kind === "heading") return { ...none, look: "short" };
  const strength = strengthOf(line, words);
  return { ...none, look: strength > 0 ? "prose" : "short", strength };
}

/** "Ana Ruiz, 24 April 2025", "Ana Ruiz and Bo Chen, Hill Post": names with nothing beside them but a day or an outlet. */
function unmarkedByline(text: string, dates: readonly FoundDate[]): Byline | null {
  if (text.length > 120 || dates.length > 1 || dates[0]?.precision === "year") return null;
  const rest = dates
    .reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
    .replace(/^[\s,;|•·–—-]+|[\s,;|•·–—-]+$/g, "");
  const comma = Math.max(rest.lastIndexOf(","), rest.lastIndexOf("|"));
  const behind = comma < 0 ? "" : rest.slice(comma + 1).trim();
  const outlet = behind.includes(" ") && isOutlet(behind) ? behind : null;
  if (dates.length === 0 && outlet === null) return null;
  const names = (outlet === null ? rest : rest.slice(0, comma))
    .split(/\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+/)
    .map((name) => name.trim());
  if (names.every(isPersonName)) return { author: names.join(", "), rest: outlet };
  return dates.length === 0 ? null : readByline(rest);
}

function strengthOf(line: Line, words: number): 0 | 1 | 2 {
  const { text } = line;
  const ends = TERMINAL.test(text);
  const stops = /[.…"”’»)。।۔]\s*$/u.test(text) || /[.!?。！？]["”’»]?\s+["“‘«]?\p{Lu}/u.test(text);
  if (words >= 25 || (words >= 12 && ends && stops)) return 2;
  if ((words >= 4 && ends && /^[\p{Lu}\p{Lo}\p{N}"“‘«'([¿¡…]/u.test(text)) || words >= 16) return 1;
  // a line that the page broke off: "… could challenge the"
  if (words >= 8 && isBrokenOff(text)) return 1;
  return line.kind === "item" && words >= 6 ? 1 : 0;
}

/** True for a line that the page broke in the middle of a sentence: "… could challenge the". */
export function isBrokenOff(text: string): boolean {
  return /\s(?:the|an?|of|and|or|to|in|on|at|for|with|by|from|that|which|is|are|was|were|has|have|its|their)$/.test(text);
}

function countWords(text: string): number {
  const cjk = text.match(CJK)?.length ?? 0;
  return (text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0) + Math.floor(cjk / 2);
}

/** Dates (a day at least, or a labelled month) with nothing beside them but labels, a place, a reading time. */
function isDateLine(text: string, dates: readonly FoundDate[]): boolean {
  if (text.length > 160 || !dates.some((date) => date.precision === "day" || date.precision === "time" || date.label !== null))
    return false;
  let rest = text;
  for (const date of [...dates].reverse()) rest = `${rest.slice(0, date.start)} ${rest.slice(date.end)}`;
  rest = rest
    .replace(
      /\b(?:first|last|published|posted|updated|update|date|dated|modified|created|released|issued|on|at|by|and|time|am|pm|min(?:ute)?s?|read|hrs?|local|ist|gmt|utc|edition|print|mon|tue|wed|thu|fri|sat|sun)\b|\d{1,2}[:.]\d\d|\d+/giu,
      " ",
    )
    .replace(/veröffentlicht|aktualisiert|publié le|mis à jour|publicado|опубликовано|обновлено/giu, " ");
  return countWords(rest) <= 2 && !TERMINAL.test(rest.trim() === "" ? "" : text);
}
