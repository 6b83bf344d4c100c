// How numbers are written: what stands in front of them, and the decimal comma of much of Europe. Pure; places stay as they are.
import { isStopWord } from "./words.ts";

export type Bound = "exact" | "about" | "over" | "under";

const BEFORE: Record<Exclude<Bound, "exact">, RegExp> = {
  over: / (?:(?:no (?:fewer|less)|not less|more|greater|higher) than|in excess of|upwards of|at (?:least|(?:a )?minimum)|a minimum of|over|above|exceeding)$/,
  under: / (?:(?:(?:no|not) more|fewer|less|lower) than|at most|up to|as (?:many|much) as|a maximum of|under|below)$/,
  about: / (?:close to|estimated|some|about|around|roughly|approx(?:imately)?|nearly|almost|circa|or so)$/,
};

/** What the words in front of a number, folded, make of it. */
export const boundOf = (words: readonly string[]): Bound =>
  (["over", "under", "about"] as const).find((bound) => BEFORE[bound].test(` ${words.join(" ")}`)) ?? "exact";

/** What only can be written with decimal commas, "1.250.000", "1.250,50" and "3,5 million", and what only with points. */
const COMMAS =
  /(?<![\d.,])(?:\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}(?=\s?(?:%|pro?(?:z|c)ent|p(?:er|or|our)\s?c|[mb]ill[io]|[€$£]|euros?\b)))(?![.,]?\d)/i;
const POINTS = /(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d)(?![.,]?\d)/;
const EITHER = /(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![.,]?\d)/g;

/** Thousands parted by a narrow blank, as most of Europe prints them, or as the Swiss do. */
const PARTED = /(?<![\d.,])\d{1,3}(?:[\u00a0\u2009\u202f'’]\d{3})+(?!\d)/g;
const THOUSAND = /(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,]*\d)/;

/** The text with its numbers in English form, by its own habit; "1.250" alone is a thousand in a language that writes decimal commas. */
export function withDecimalPoints(given: string): string {
  const text = given.replace(PARTED, (number) => number.replace(/\D/g, ","));
  const isEuropean = COMMAS.test(text) || (THOUSAND.test(text) && hasFewEnglishWords(text));
  return isEuropean && !POINTS.test(text)
    ? text.replace(EITHER, (number) => number.replace(/[.,]/g, (mark) => (mark === "," ? "." : ",")))
    : text;
}

function hasFewEnglishWords(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return words.length > 4 && words.filter(isStopWord).length * 6 < words.length;
}

/** Where the minus of a number at `start` begins; `start` where there is none. A dash in a range or a word is none. */
export function minusBefore(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 9), start);
  const sign = /(?<![^\s(])(?:[-–−‒]|[Mm]inus\s)$/u.exec(before)?.[0] ?? "";
  return sign === "" || /\d\s?$/.test(before.slice(0, -sign.length)) ? start : start - sign.length;
}

/** Minus signs and per cents written one way, for who compares words: "minus 0.4 per cent" is "-0.4%". */
export const plainNumbers = (text: string): string =>
  text.replace(/(?<![^\s(])(?:[−–‒]|minus\s)(?=[$€£¥₹]?\d)/giu, "-").replace(/(?<=\d)\s?(?:per\s?cent|pct)\b/gi, "%");
