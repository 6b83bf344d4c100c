// What each line of a text is: interface, date, byline, prose or a short line by its own look; above the text, in it or below it by its place.
// Short lines are judged by their place. The body is the run of lines with the most prose; sentences are kept wherever they stand.
import { findDates, type FoundDate } from "../../text/dates.ts";
import { isOutlet, isPersonName, readByline, type Byline } from "../bylines.ts";
import { bare } from "../html/page-title.ts";
import { besides, isDateLine } from "../html/stated-dates.ts";
import { looksLikeInterface, opensOtherPart } from "./interface-lines.ts";
import type { Line } from "./lines.ts";
import { symposiumHeads } from "./speakers.ts";

export interface TypedLine extends Line {
  look: "interface" | "date" | "byline" | "prose" | "short";
  /** Of prose: 2 for what can only be running text, 1 for a single sentence. */
  strength: 0 | 1 | 2;
  words: number;
  dates: FoundDate[];
  byline: Byline | null;
  part: "head" | "body" | "foot";
  /** Kept in the text; everything else is the page's or has become a value of the document. */
  keep: boolean;
}

export type TypedText = ReturnType<typeof typeLines>;

/** `known.title`: a title that the front matter gives. `curated`: written by hand, with front matter or Markdown headings. */
export function typeLines(given: readonly Line[], known: { title: string | null; curated: boolean }) {
  const lines = given.map((line) => typed(line, known.curated));
  // saved with the page around it
  const raw = lines.filter(({ look }) => look === "interface").length >= (known.curated ? 3 : 1);
  const heads = symposiumHeads(lines);
  const run = proseRun(lines, raw);
  const first = Math.min(run.first, heads[0]?.at ?? lines.length);
  for (const [at, line] of lines.entries()) line.part = at < first ? "head" : at > run.last ? "foot" : "body";
  const title = known.title === null ? findTitle(lines, first) : null;
  const titleText = bare(known.title ?? title?.text ?? "");
  const prose = (some: readonly TypedLine[]): number =>
    some.reduce((sum, { look, words }) => sum + (look === "prose" ? words : 0), 0);
  const article = prose(lines.filter(({ part }) => part === "body"));
  // a long article among the beginnings of others
  const whole = raw && article >= ARTICLE && article * 2 > prose(lines);
  const inHead = new Set(heads.flatMap(({ at }) => [at, at + 1]));
  for (const [at, line] of lines.entries()) {
    if (line === title || inHead.has(at) || (titleText !== "" && bare(line.text) === titleText)) continue;
    line.keep = !(whole && line.part !== "body") && keeps(lines, at, raw, known.curated);
  }
  return { lines, title, heads };
}

const TERMINAL = /[.!?…。！？؟۔।](?:["“”’»')\]]|\[\d{1,3}\]|\s)*$/u;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu;

const SOME_DAY = "2024-06-15";

/** `curated`: the file's own headings are trusted, even where they are words that pages use for sections. */
function typed(line: Line, curated: boolean): TypedLine {
  const { text } = line;
  const words = countWords(text);
  const none: TypedLine = { ...line, look: "short", strength: 0, words, dates: [], byline: null, part: "body", keep: false };
  if (text.length <= 200) {
    // no digit, no date: most lines are spared the search
    const dates = /\d/.test(text) ? findDates(text) : [];
    // a day may stand without its year, beside a name or alone
    const days = dates.length === 0 && /\d/.test(text) ? findDates(text, SOME_DAY) : dates;
    const byline = readByline(text) ?? unmarkedByline(text, /[|•·]/.test(text) ? days : dates);
    if (byline !== null && !/\.\s+\p{Lu}\p{Ll}+\s+\p{Ll}+/u.test(text)) return { ...none, look: "byline", byline, dates };
    if (isDated(text, dates) || (text.length <= 20 && /\p{L}/u.test(text) && days[0]?.end === text.length && days[0].start === 0))
      return { ...none, look: "date", dates };
  }
  if (line.kind === "heading" && curated) return none;
  if (looksLikeInterface(text)) return { ...none, look: "interface" };
  const strength = line.kind === "heading" ? 0 : strengthOf(line, words);
  return { ...none, look: strength > 0 ? "prose" : "short", strength };
}

/** "Ana Ruiz, 24 April 2025", "Ana Ruiz and Bo Chen, Hill Post", "Ana Ruiz | 24 April 2025 | Energy": names in front of a day, an outlet, a section. */
function unmarkedByline(text: string, dates: readonly FoundDate[]): Byline | null {
  if (text.length > 120 || dates.length > 1 || dates[0]?.precision === "year") return null;
  const line = besides(text, dates).replace(/^[\s,;|•·–—-]+|[\s,;|•·–—-]+$/g, "");
  const parts = line.split(/\s*[|•·,]\s*(?:and\s+)?/u);
  const namesIn = (part: string): string[] => part.split(/\s+(?:and|&|y|und|et)\s+/u);
  const [behind, ...others] = parts.filter((part) => part !== "" && !namesIn(part).every(isPersonName));
  const rest = behind?.includes(" ") === true && isOutlet(behind) ? behind : null;
  if (dates.length === 0 && rest === null) return null;
  const names = parts.filter((part) => part !== "" && part !== behind).flatMap(namesIn);
  // beside a day a section may stand behind a bar
  const isLine = behind === undefined || rest !== null || /[|•·]/.test(line);
  if (others.length === 0 && names.length > 0 && behind !== parts[0] && isLine) return { author: names.join(", "), rest };
  return dates.length === 0 ? null : readByline(line);
}

/** Dates (a day at least, or a labelled month) with little beside them. */
const isDated = (text: string, dates: readonly FoundDate[]): boolean =>
  dates.some(({ precision, label }) => /day|time/.test(precision) || label !== null) && isDateLine(text, dates);

function strengthOf({ text, kind }: Line, words: number): 0 | 1 | 2 {
  const ends = TERMINAL.test(text);
  const stops = /[.…"“”’»)。।۔]\s*$/u.test(text) || /[.!?。！？]["”’»]?\s+["“‘«]?\p{Lu}/u.test(text);
  if (words >= 25 || (words >= 12 && ends && stops)) return 2;
  if ((words >= 4 && ends && /^[\p{Lu}\p{Lo}\p{N}"“‘«'([¿¡…]/u.test(text)) || words >= 16) return 1;
  return kind === "item" && words >= 6 ? 1 : 0;
}

/** True for a line that the page broke in the middle of a sentence: "… could challenge the". */
const isBrokenOff = (text: string): boolean => /\s(?:the|an?|of|and|or|to|in|on|at|for|with|by|from|is|are|have)$/.test(text);

const countWords = (text: string): number =>
  (text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0) + Math.floor((text.match(CJK)?.length ?? 0) / 2);

const ARTICLE = 250;
/** What a line that is no prose costs a run, in words. */
const GAP = 12;

/** The run of lines that holds the most prose; in a text without a page around it, from the first prose to the last. */
function proseRun(lines: readonly TypedLine[], raw: boolean): { first: number; last: number } {
  const strongest = lines.some(({ strength }) => strength === 2) ? 2 : 1;
  const isProse = ({ strength }: TypedLine): boolean => strength >= strongest;
  const whole = { first: lines.findIndex(isProse), last: lines.findLastIndex(isProse) };
  if (whole.first < 0) return { first: lines.length, last: -1 };
  if (!raw) return whole;
  let [best, sum, first] = [0, 0, whole.first];
  const run = { ...whole };
  for (const [at, line] of lines.entries()) {
    if (sum <= 0 && isProse(line)) [sum, first] = [0, at];
    sum = Math.max(0, sum + (line.look === "prose" ? line.words * line.strength : -GAP));
    if (sum > best && isProse(line)) [best, run.first, run.last] = [sum, first, at];
  }
  return run;
}

function keeps(lines: readonly TypedLine[], at: number, raw: boolean, curated: boolean): boolean {
  const { look, part, kind, strength, text, words } = lines[at] as TypedLine;
  if (look === "interface" || look === "byline") return false;
  if (look === "date") return part === "body" && !raw && kind === "heading";
  if (look === "prose") return part === "body" || strength === 2 || TERMINAL.test(text) || !raw;
  if (part === "body") return !raw || keepsShort(lines, at);
  if (raw) return false;
  return part === "head" ? curated || words >= 4 : (curated && !isOutlet(text)) || words > 6;
}

/** A short line between paragraphs: a subheading, unless it stands among the page's lines. */
function keepsShort(lines: readonly TypedLine[], at: number): boolean {
  const { text, kind, words } = lines[at] as TypedLine;
  if (/[.:。]["”’)]?$/.test(text) || kind === "heading") return true;
  const from = lines.findLastIndex(({ look }, index) => index < at && look !== "short");
  const to = lines.findIndex(({ look }, index) => index > at && look !== "short");
  const [before, after] = [lines[from], lines[to]];
  if (before?.look === "interface" && (opensOtherPart(before.text) || after?.look === "interface")) return false;
  const count = (to < 0 ? lines.length : to) - from - 1;
  if (count >= 3 && (before?.look === "interface" || after?.look === "interface")) return false;
  return /^[\p{Lu}\p{Lo}\p{N}"“‘«¿¡(]/u.test(text) || words > 6;
}

/** The likeliest title above the first paragraph, or null where nothing there reads like one. */
function findTitle(lines: readonly TypedLine[], first: number): TypedLine | null {
  let [best, top]: [TypedLine | null, number] = [null, 0];
  for (let at = Math.max(0, first - 400); at < first; at += 1) {
    const score = titleScore(lines, at, first);
    if (score > top) [best, top] = [lines[at] ?? null, score];
  }
  return best;
}

function titleScore(lines: readonly TypedLine[], at: number, first: number): number {
  const { text, words, kind, level, look, strength } = lines[at] as TypedLine;
  const signs = (one: TypedLine | undefined): boolean => one?.look === "date" || one?.look === "byline";
  if (look !== "short" && !(look === "prose" && strength === 1)) return 0;
  if (text.length > 250 || kind === "item" || /[,;]$/.test(text) || isBrokenOff(text)) return 0;
  if (/\p{Ll}[.。]["”]?$/u.test(text) && words > 3) return 0;
  let score = kind === "heading" ? (level === 1 ? 8 : 4) : 1;
  if (words >= 5 && words <= 24) score += 3;
  else if (words >= 3) score += 1.5;
  else score -= kind === "heading" ? 0 : 0.5;
  if (lines.slice(at + 1, at + 4).some(signs)) score += 3;
  if (first - at <= 6) score += 1;
  return kind !== "heading" && (isPersonName(text) || isOutlet(text)) ? score - 4 : score;
}
