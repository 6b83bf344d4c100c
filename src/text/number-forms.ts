// How numbers are written: what stands in front of them, and the decimal comma of much of Europe. Pure; places stay as they are.

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
  /(?<![\d.,])(?:\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+|\d+,\d{1,2}(?=\s?(?:%|per\s?cent|[mb]illion|[€$£])))(?![.,]?\d)/;
const POINTS = /(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d)(?![.,]?\d)/;
const EITHER = /(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+)(?![.,]?\d)/g;

/** The text with its numbers in English form, by its own habit. */
export const withDecimalPoints = (text: string): string =>
  COMMAS.test(text) && !POINTS.test(text)
    ? text.replace(EITHER, (number) => number.replace(/[.,]/g, (mark) => (mark === "," ? "." : ",")))
    : text;

/** Where the minus of a number at `start` begins; `start` where there is none. A dash in a range or a word is none. */
export function minusBefore(text: string, start: number): number {
  const before = text.slice(Math.max(0, start - 9), start);
  const sign = /(?<![^\s(])(?:[-–−‒]|[Mm]inus\s)$/u.exec(before)?.[0] ?? "";
  return sign === "" || /\d\s?$/.test(before.slice(0, -sign.length)) ? start : start - sign.length;
}

/** Minus signs and per cents written one way, for who compares words: "minus 0.4 per cent" is "-0.4%". */
export const plainNumbers = (text: string): string =>
  text.replace(/(?<![^\s(])(?:[−–‒]|minus\s)(?=[$€£¥₹]?\d)/giu, "-").replace(/(?<=\d)\s?(?:per\s?cent|pct)\b/gi, "%");
