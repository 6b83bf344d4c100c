// Lines of printed pages to paragraphs: what repeats at the head or foot of pages goes, lines of one paragraph are joined, hyphens mended.
import { tableLines } from "../table-rows.ts";

export interface PdfLine {
  text: string;
  x: number;
  /** From the bottom of the page. */
  y: number;
  /** Height of its letters. */
  size: number;
  /** The same text where wide gaps part it. */
  cells: string[];
}

const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:page|seite|p\.?)?\s*\d{1,4}(?:\s*(?:\/|of|von)\s*\d{1,4})?(?:\s*[-–—])?$/i;

/** Drops first and last lines that stand on most pages (numbers apart), and lone page numbers. */
export function withoutRunningHeads(pages: readonly PdfLine[][]): PdfLine[][] {
  const key = (text: string): string => text.replace(/\d+/g, "#").replace(/\s+/g, " ").trim();
  const counts = new Map<string, number>();
  const edges = pages.map((lines) => new Set([...lines.slice(0, 2), ...lines.slice(-2)]));
  for (const edge of edges)
    for (const name of new Set([...edge].map((line) => key(line.text)))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return pages.map((lines, index) =>
    lines.filter((line) => {
      if (edges[index]?.has(line) !== true) return true;
      if (PAGE_NUMBER.test(line.text.trim())) return false;
      const often = counts.get(key(line.text)) ?? 0;
      // of two pages both must open or close with it
      if (pages.length === 2)
        return ![0, -1].some((edge) => pages.every((each) => key(each.at(edge)?.text ?? "") === key(line.text)));
      return pages.length < 3 || often < Math.max(3, pages.length * 0.5);
    }),
  );
}

/** All words of the pages, in small letters. */
export const wordsOf = (pages: readonly PdfLine[][]): ReadonlySet<string> =>
  new Set(
    pages
      .flat()
      .flatMap(
        ({ text }) => text.toLowerCase().match(/(?<![\p{L}\p{M}-])[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*(?![\p{L}\p{M}-])/gu) ?? [],
      ),
  );

export interface PdfParagraph {
  text: string;
  heading: boolean;
  /** A row of a table. */
  item: boolean;
}

/** A paragraph ends at a larger gap, a change of letter size, an indent, or a short line that ends a sentence; a table gives a line a row. */
export function paragraphsOf(lines: readonly PdfLine[], written: ReadonlySet<string>): PdfParagraph[] {
  const body = median(lines.filter((line) => line.text.length > 20).map((line) => line.size));
  const gaps = lines
    .slice(1)
    .map((line, index) => (lines[index]?.y ?? 0) - line.y)
    .filter((gap) => gap > 0);
  const usual = median(gaps);
  const width = Math.max(0, ...lines.map((line) => line.text.length));
  const out: PdfParagraph[] = [];
  let before: PdfLine | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as PdfLine;
    const rows = tableFrom(lines, at);
    if (rows !== null) {
      out.push(...rows.text.map((text) => ({ text, heading: false, item: true })));
      at += rows.lines - 1;
      before = null;
      continue;
    }
    const text = line.text.replace(/\s+/g, " ").trim();
    const heading = body > 0 && line.size > body * 1.15 && text.length < 200;
    const last = out.at(-1);
    const gap = before === null ? 0 : before.y - line.y;
    const opening =
      !heading &&
      /^[\p{Lu}\d]/u.test(text) &&
      !/[-,]$/.test(before?.text.trim() ?? "") &&
      at < 8 &&
      lines.slice(0, at).every((each) => each.text.length < width * 0.6);
    const breaks =
      before === null ||
      last === undefined ||
      // short lines above the text: a name, a day
      opening ||
      last.heading !== heading ||
      Math.abs(before.size - line.size) > Math.max(1, body * 0.12) ||
      gap > (heading ? Math.max(usual * 1.4, line.size * 1.6) : usual * 1.4) ||
      gap < -usual ||
      /^[•●▪–-]\s/.test(text) ||
      (/[.!?:]["”’)]?$/.test(before.text.trim()) && (before.text.length < width * 0.75 || line.x > before.x + 6));
    if (breaks) out.push({ text, heading, item: false });
    else last.text = joinLines(last.text, text, written);
    before = line;
  }
  return out;
}

/** Three lines or more of as many columns, figures under heads. */
function tableFrom(lines: readonly PdfLine[], at: number): { text: string[]; lines: number } | null {
  const columns = lines[at]?.cells.length ?? 0;
  if (columns < 2) return null;
  let end = at;
  while (lines[end]?.cells.length === columns) end += 1;
  if (end - at < 3) return null;
  const rows = lines.slice(at, end).map(({ cells }) => cells.map((cell) => cell.replace(/\s+/g, " ").trim()));
  const text = tableLines({ rows, heads: null, caption: null });
  return text === null ? null : { text, lines: end - at };
}

/** First halves of words that are written with a hyphen: "well-known", "self-made". Without them a tenth more of such words in English prose are joined wrongly. */
const HYPHENATED =
  /(?<!\p{L})(?:well|self|long|short|high|low|far|full|part|half|all|cross|so|ill|old|one|two|three|four|five|six|seven|eight|nine|ten|hand|mid|ex|second|third|first|state|decision|law)-$/iu;

/**
 * A hyphen at a line's end between two small letters belongs to the line, not to the word, unless the pages write the word with it
 * elsewhere, or both halves are words and the whole is none.
 */
export function joinLines(a: string, b: string, written: ReadonlySet<string>): string {
  if (!/\p{Ll}[-\u00ad\u2010]$/u.test(a) || !/^\p{Ll}/u.test(b)) return `${a} ${b}`;
  const head = /[\p{L}\p{M}]+(?=[-\u00ad\u2010]$)/u.exec(a)?.[0].toLowerCase() ?? "";
  const tail = /^[\p{L}\p{M}]+/u.exec(b)?.[0].toLowerCase() ?? "";
  const whole = a.slice(0, -1) + b;
  if (a.endsWith("\u00ad") || written.has(`${head}${tail}`)) return whole;
  const halves = written.has(head) && head.length > 2 && (written.has(tail) || tail.length > 5);
  return written.has(`${head}-${tail}`) || (tail.length > 3 && (halves || HYPHENATED.test(a))) ? a + b : whole;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
