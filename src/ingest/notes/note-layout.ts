// Tells the article from the page around it: which lines are its body, which its title, which name its author and dates, and which are
// the site's. Short lines are judged by their place: above the text, between its paragraphs, below it. Sentences are never thrown away.
import { opensOtherPart } from "./interface-lines.ts";
import { isBrokenOff, shapeOf, type Shape } from "./line-shape.ts";
import type { Line } from "./lines.ts";
import { isPersonName } from "./person-lines.ts";
import { isOutlet } from "./publishers.ts";
import { symposiumHeads, type VoiceHead } from "./symposium.ts";

export interface PageLine extends Line, Shape {
  part: "head" | "body" | "foot";
  /** Kept in the text; everything else is the page's or has become a value of the document. */
  keep: boolean;
}

export interface PageLayout {
  lines: PageLine[];
  title: PageLine | null;
  heads: VoiceHead[];
  /** The text was saved with the page around it. */
  raw: boolean;
}

/** `known.title`: a title that the front matter gives. `curated`: written by hand, with front matter or Markdown headings. */
export function layOut(lines: readonly Line[], known: { title: string | null; curated: boolean }): PageLayout {
  const shapes = lines.map((line) => shapeOf(line, known.curated));
  const marks = shapes.filter((shape) => shape.look === "interface").length;
  const raw = marks >= (known.curated ? 3 : 1);
  const heads = symposiumHeads(
    lines.map((line) => line.text),
    (at) => (shapes[at]?.strength ?? 0) > 0 && shapes[at]?.look === "prose",
  );
  const strongest = shapes.some((shape) => shape.strength === 2) ? 2 : 1;
  const isProse = (shape: Shape | undefined): boolean => shape?.look === "prose" && shape.strength >= strongest;
  const firstProse = shapes.findIndex(isProse);
  const first = Math.min(firstProse === -1 ? lines.length : firstProse, heads[0]?.at ?? lines.length);
  const last = shapes.findLastIndex(isProse);
  const page: PageLine[] = lines.map((line, at) => ({
    ...line,
    ...(shapes[at] as Shape),
    part: at < first ? "head" : at > last ? "foot" : "body",
    keep: false,
  }));
  const title = known.title === null ? findTitle(page, first) : null;
  const titleText = fold(known.title ?? title?.text ?? "");
  const script = mainScript(page);
  for (const [at, line] of page.entries()) {
    if (line === title || (titleText !== "" && fold(line.text) === titleText)) continue;
    line.keep = keeps(page, at, { raw, curated: known.curated, script });
  }
  for (const head of heads) for (let at = head.at; at < head.at + head.lines; at += 1) markHead(page[at]);
  return { lines: page, title, heads, raw };
}

function markHead(line: PageLine | undefined): void {
  if (line !== undefined) line.keep = false;
}

function keeps(page: readonly PageLine[], at: number, how: { raw: boolean; curated: boolean; script: string }): boolean {
  const line = page[at] as PageLine;
  if (line.look === "interface" || line.look === "byline") return false;
  if (line.look === "date") return line.part === "body" && !how.raw && line.kind === "heading";
  if (how.raw && line.words <= 10 && scriptOf(line.text) !== how.script) return false;
  if (line.look === "prose") return line.part === "body" || line.strength === 2 || isSentence(line.text) || !how.raw;
  if (line.part === "body") return keepsShort(page, at, how.raw);
  if (how.raw) return false;
  if (line.part === "head") return how.curated || line.words >= 4;
  return (how.curated && !isOutlet(line.text)) || line.words > 6;
}

/** A short line between paragraphs: a subheading, unless it stands among the page's lines. */
function keepsShort(page: readonly PageLine[], at: number, raw: boolean): boolean {
  const line = page[at] as PageLine;
  if (/[.:。]["”’)]?$/.test(line.text) || line.kind === "heading" || !raw) return true;
  let from = at;
  while (from > 0 && page[from - 1]?.look === "short") from -= 1;
  let to = at;
  while (page[to + 1]?.look === "short") to += 1;
  const before = page[from - 1];
  if (before?.look === "interface" && opensOtherPart(before.text)) return false;
  if (to - from >= 2 && (before?.look === "interface" || page[to + 1]?.look === "interface")) return false;
  // a headline between two controls, or a lone word in small letters
  if (before?.look === "interface" && page[to + 1]?.look === "interface") return false;
  return /^[\p{Lu}\p{Lo}\p{N}"“‘«¿¡(]/u.test(line.text) || line.words > 6;
}

function isSentence(text: string): boolean {
  return /[.…。।۔"”»][)\]]?\s*$/u.test(text) && !/\s[|»›]\s/.test(text);
}

/** The likeliest title above the first paragraph, or null where nothing there reads like one. */
function findTitle(page: readonly PageLine[], first: number): PageLine | null {
  let best: PageLine | null = null;
  let top = 0;
  for (let at = 0; at < Math.min(first, 400); at += 1) {
    const line = page[at] as PageLine;
    const score = titleScore(page, at, first);
    if (score > top) {
      best = line;
      top = score;
    }
  }
  return best;
}

function titleScore(page: readonly PageLine[], at: number, first: number): number {
  const line = page[at] as PageLine;
  if (line.look !== "short" && !(line.look === "prose" && line.strength === 1)) return 0;
  if (line.text.length > 250 || line.kind === "item" || /[,;]$/.test(line.text) || isBrokenOff(line.text)) return 0;
  if (/\p{Ll}[.。]["”]?$/u.test(line.text) && line.words > 3) return 0;
  let score = line.kind === "heading" ? (line.level === 1 ? 8 : 4) : 1;
  if (line.words >= 5 && line.words <= 24) score += 3;
  else if (line.words >= 3) score += 1.5;
  else score -= line.kind === "heading" ? 0 : 0.5;
  const near = page.slice(at + 1, at + 4);
  if (near.some((each) => each.look === "date" || each.look === "byline")) score += 3;
  if (page[at - 1]?.look === "date" || page[at - 1]?.look === "byline") score += 1;
  if (first - at <= 6) score += 1;
  if (/^\p{Ll}/u.test(line.text)) score -= 2;
  if (line.kind !== "heading" && (isPersonName(line.text) || isOutlet(line.text))) score -= 4;
  return score;
}

function mainScript(page: readonly PageLine[]): string {
  const prose = page.filter((line) => line.look === "prose").slice(0, 20);
  return scriptOf(prose.map((line) => line.text.slice(0, 400)).join(" "));
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["latin", /\p{Script=Latin}/gu],
  ["cyrillic", /\p{Script=Cyrillic}/gu],
  ["arabic", /\p{Script=Arabic}/gu],
  ["han", /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu],
  ["greek", /\p{Script=Greek}/gu],
  ["armenian", /[\p{Script=Armenian}\p{Script=Georgian}]/gu],
  ["hebrew", /\p{Script=Hebrew}/gu],
  ["indic", /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Thai}]/gu],
];

function scriptOf(text: string): string {
  const counts = SCRIPTS.map(([name, pattern]) => [name, text.match(pattern)?.length ?? 0] as const);
  return counts.sort((a, b) => b[1] - a[1])[0]?.[0] ?? "latin";
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
