// Lines of printed pages to paragraphs: what repeats at the head or foot of pages goes, lines of one paragraph are joined, hyphens mended.
import type { Piece } from "../compose-text.ts";
import { folded } from "../html/dom.ts";
import { joinLines } from "../join-lines.ts";
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

/** The lines of a page from the parser's runs of text; what it marks besides (`items` without `str`) is passed over. */
export function linesOf(items: readonly unknown[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | null = null;
  let [lastEnd, inked] = [0, 0];
  for (const item of items as { str?: string; transform?: number[]; width?: number; height?: number; hasEOL?: boolean }[]) {
    const { str, transform, width = 0, height = 0, hasEOL } = item;
    if (str === undefined || transform === undefined) continue;
    const [x = 0, y = 0] = transform.slice(4);
    const size = Math.abs(height) || Math.abs(transform[3] ?? 0);
    if (str !== "") {
      if (open === null || Math.abs(open.y - y) > Math.max(2, size * 0.6) || x < open.x - 2) {
        open = { text: "", x, y, size, cells: [""] };
        lines.push(open);
        [lastEnd, inked] = [x, x];
      }
      const isBlank = str.trim() === "";
      const gap = x - lastEnd > size * 0.2 && /\S$/.test(open.text) && /^\S/.test(str) ? " " : "";
      // a gap that no blank makes: the next column of a table
      const isColumn = !isBlank && x - inked > size * 1.2 && open.text.trim() !== "";
      open.text += gap + str;
      if (isColumn) open.cells.push(str);
      else open.cells[open.cells.length - 1] += gap + str;
      open.size = Math.max(open.size, isBlank ? 0 : size);
      lastEnd = x + width;
      // the blanks that the parser puts into a gap are none
      if (!isBlank) inked = lastEnd;
    }
    if (hasEOL === true) open = null;
  }
  return withInitials(lines.filter((line) => line.text.trim() !== ""));
}

/** A large letter beside the lines that its word begins: it goes in front of the highest of them. */
function withInitials(lines: readonly PdfLine[]): PdfLine[] {
  const out = [...lines];
  for (const initial of lines) {
    const letter = initial.text.trim();
    if (!/^["“‘]?\p{Lu}$/u.test(letter)) continue;
    const beside = out.filter(
      ({ x, y, size }) => x > initial.x && initial.size > size * 1.5 && y > initial.y - size / 2 && y < initial.y + initial.size,
    );
    const first = beside.toSorted((a, b) => b.y - a.y)[0];
    if (first === undefined || !/^\p{L}/u.test(first.text)) continue;
    const cells = first.cells.map((cell, at) => (at === 0 ? letter + cell : cell));
    out[out.indexOf(first)] = { ...first, text: letter + first.text, x: initial.x, cells };
    out.splice(out.indexOf(initial), 1);
  }
  return out;
}

const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:page|seite|p\.?)?\s*\d{1,4}(?:\s*(?:\/|of|von)\s*\d{1,4})?(?:\s*[-–—])?$/i;

/** Drops first and last lines that stand on most pages (numbers apart), and lone page numbers. */
export function withoutRunningHeads(pages: readonly PdfLine[][]): PdfLine[][] {
  const key = (line: PdfLine | undefined): string => folded(line?.text.replace(/\d+/g, "#"));
  const counts = new Map<string, number>();
  const edges = pages.map((lines) => new Set([...lines.slice(0, 2), ...lines.slice(-2)]));
  for (const edge of edges) for (const name of new Set([...edge].map(key))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return pages.map((lines, index) =>
    lines.filter((line) => {
      if (edges[index]?.has(line) !== true) return true;
      if (PAGE_NUMBER.test(line.text.trim())) return false;
      // of two pages both must open or close with it
      if (pages.length === 2) return ![0, -1].some((edge) => pages.every((each) => key(each.at(edge)) === key(line)));
      return pages.length < 3 || (counts.get(key(line)) ?? 0) < Math.max(3, pages.length * 0.5);
    }),
  );
}

/** A paragraph ends at a larger gap, a change of letter size, an indent, or a short line that ends a sentence; a table gives an item a row. */
export function paragraphsOf(lines: readonly PdfLine[], written: ReadonlySet<string>): Piece[] {
  const body = median(lines.filter((line) => line.text.length > 20).map((line) => line.size));
  const gaps = lines.slice(1).map((line, index) => (lines[index]?.y ?? 0) - line.y);
  const usual = median(gaps.filter((gap) => gap > 0));
  const width = Math.max(0, ...lines.map((line) => line.text.length));
  const out: Piece[] = [];
  let before: PdfLine | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as PdfLine;
    const rows = tableFrom(lines, at);
    if (rows !== null) {
      out.push(...rows.text.map((text) => ({ text, kind: "item" as const })));
      at += rows.lines - 1;
      before = null;
      continue;
    }
    const text = folded(line.text);
    const kind = body > 0 && line.size > body * 1.15 && text.length < 200 ? "heading" : "paragraph";
    const last = out.at(-1);
    const above = before?.text.trim() ?? "";
    const gap = before === null ? 0 : before.y - line.y;
    // short lines above the text: a name, a day
    const isOpening =
      kind === "paragraph" &&
      /^[\p{Lu}\d]/u.test(text) &&
      !/[-,]$/.test(above) &&
      at < 8 &&
      lines.slice(0, at).every((each) => each.text.length < width * 0.6);
    const breaks =
      before === null ||
      last === undefined ||
      isOpening ||
      last.kind !== kind ||
      Math.abs(before.size - line.size) > Math.max(1, body * 0.12) ||
      gap > Math.max(usual * 1.4, kind === "heading" ? line.size * 1.6 : 0) ||
      (gap < -usual && !(/[\p{L}\p{N},-]$/u.test(above) && /^\p{Ll}/u.test(text))) ||
      /^[•●▪–-]\s/.test(text) ||
      (/[.!?:]["”’)]?$/.test(above) && (before.text.length < width * 0.75 || line.x > before.x + 6));
    if (breaks) out.push({ text, kind });
    else last.text = joinLines(last.text, text, written);
    before = line;
  }
  return out;
}

function tableFrom(lines: readonly PdfLine[], at: number): { text: string[]; lines: number } | null {
  const columns = lines[at]?.cells.length ?? 0;
  let end = at;
  if (columns < 2) return null;
  while (lines[end]?.cells.length === columns) end += 1;
  const rows = lines.slice(at, end).map(({ cells }) => cells.map(folded));
  const text = rows.length < 3 ? null : tableLines({ rows, heads: null, caption: null });
  return text === null ? null : { text, lines: rows.length };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
