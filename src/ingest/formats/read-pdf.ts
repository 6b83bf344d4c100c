// The reader of PDF files: the text layer in reading order, page by page, with running heads, page numbers and hyphens at line ends removed.
// Draws nothing, runs no script of the file, reads no picture: a file without a text layer is refused.
import { createRequire } from "node:module";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
import { paragraphFacts } from "../notes/paragraph-facts.ts";
import { languageTag, notRead, type ReadHints, type ReadResult } from "../read-result.ts";
import { joinLines, paragraphsOf, type PdfLine, withoutRunningHeads, wordsOf } from "./pdf-lines.ts";

const MAX_PAGES = 2_000;

/** Where each page begins and ends in the text: `extra.pages` of the result. */
export interface PageSpan {
  page: number;
  start: number;
  end: number;
}

/**
 * Failure `input_encrypted` (needs a password), `input_no_text` (pictures only), `input_broken`.
 * Dates in a PDF's properties say when the file was made, not when its text was published; `extra` has
 * `pages` (PageSpan[]), `pageCount` and, where stated, `created`.
 */
export async function readPdf(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  // the parser complains about a missing canvas as it loads; nothing is drawn here
  const { getDocument, VerbosityLevel } = await quietly(() => import("pdfjs-dist/legacy/build/pdf.mjs"));
  const folder = path.dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  const task = getDocument({
    data: Uint8Array.from(bytes),
    verbosity: VerbosityLevel.ERRORS,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    enableXfa: false,
    cMapUrl: `${folder}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${folder}/standard_fonts/`,
  });
  try {
    const pdf = await task.promise;
    const count = Math.min(pdf.numPages, MAX_PAGES);
    const pages: PdfLine[][] = [];
    for (let number = 1; number <= count; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      pages.push(linesOf(items));
      page.cleanup();
    }
    const { info } = await pdf.getMetadata();
    const result = resultOf(pages, info as Record<string, unknown>, pdf.numPages);
    const scripted = (await pdf.getJSActions()) !== null || (await pdf.getOpenAction()) !== null;
    const attached = Object.keys((await pdf.getAttachments()) ?? {}).length;
    if (scripted) result.warnings.push("The PDF carries actions of its own (scripts or addresses to open): none was run.");
    if (attached > 0) result.warnings.push(`Files inside the PDF that were not read: ${attached}.`);
    return result;
  } catch (error) {
    throw asFailure(error);
  } finally {
    await task.destroy();
  }
}

function resultOf(pages: PdfLine[][], info: Record<string, unknown>, pageCount: number): ReadResult {
  const clean = cleanPieces(pagesOf(withoutRunningHeads(pages)));
  const stated = (key: string): string | null => {
    const value = info[key];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
  };
  const { pieces, ...known } = paragraphFacts(clean.pieces, {
    title: stated("Title"),
    author: stated("Author"),
    name: "PDF property",
  });
  const { text, blocks, from } = composeText(pieces);
  if (text.length < 20) {
    const hint = "Run it through text recognition (OCR) first, e.g. ocrmypdf.";
    throw notRead("input_no_text", "the PDF holds pictures of pages, no text", hint);
  }
  const spans = new Map<number, PageSpan>();
  const spread = (page: number, start: number, end: number): void => {
    const span = spans.get(page);
    if (span === undefined) spans.set(page, { page, start, end });
    else span.end = end;
  };
  blocks.forEach(({ start, end }, index) => {
    const [[page], next] = pieces[from[index] ?? 0]?.pages ?? [[1]];
    const turn = next === undefined ? end : Math.min(end, start + next[1]);
    spread(page, start, turn);
    if (next !== undefined && turn < end) spread(next[0], turn, end);
  });
  const created = /^D:(\d{4})(\d{2})(\d{2})/.exec(stated("CreationDate") ?? "");
  return {
    ...known,
    genre: null,
    url: null,
    language: languageTag(stated("Language")),
    text,
    blocks,
    warnings: [
      ...(pageCount > MAX_PAGES ? [`Only the first ${MAX_PAGES} of ${pageCount} pages were read.`] : []),
      ...clean.warnings,
    ],
    extra: {
      pageCount,
      pages: [...spans.values()],
      ...(created === null ? {} : { created: `${created[1]}-${created[2]}-${created[3]}` }),
    },
  };
}

/** The page that a paragraph begins on and, where it goes on over the break, the next one and how many units in. */
type PagePiece = Piece & { pages: [[page: number], next?: [page: number, at: number]] };

/** The paragraphs of all pages; one that breaks off in a sentence goes on on the next page. */
function pagesOf(pages: readonly PdfLine[][]): PagePiece[] {
  const out: PagePiece[] = [];
  const written = wordsOf(pages);
  pages.forEach((lines, index) => {
    for (const [at, { text, heading, item }] of paragraphsOf(lines, written).entries()) {
      const last = out.at(-1);
      const goesOn =
        at === 0 &&
        index > 0 &&
        last?.kind === "paragraph" &&
        last.pages[1] === undefined &&
        last.pages[0][0] === index &&
        !heading &&
        !item;
      if (goesOn && !/[.!?:…]["”’)]?$/.test(last.text) && /^["“‘(]?[\p{Ll}\d]/u.test(text)) {
        const joined = joinLines(last.text, text, written);
        last.pages = [last.pages[0], [index + 1, joined.length - text.length]];
        last.text = joined;
      } else out.push({ kind: heading ? "heading" : item ? "item" : "paragraph", text, pages: [[index + 1]] });
    }
  });
  return out;
}

function linesOf(items: readonly unknown[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | null = null;
  let lastEnd = 0;
  let inked = 0;
  for (const item of items as { str?: string; transform?: number[]; width?: number; height?: number; hasEOL?: boolean }[]) {
    if (item.str === undefined || item.transform === undefined) continue;
    const [x, y] = [item.transform[4] ?? 0, item.transform[5] ?? 0];
    const size = Math.abs(item.height ?? 0) || Math.abs(item.transform[3] ?? 0);
    if (item.str !== "") {
      if (open === null || Math.abs(open.y - y) > Math.max(2, size * 0.6) || x < open.x - 2) {
        open = { text: "", x, y, size, cells: [""] };
        lines.push(open);
        lastEnd = x;
        inked = x;
      }
      const gap = x - lastEnd > size * 0.2 && open.text !== "" && !/\s$/.test(open.text) && !/^\s/.test(item.str);
      open.text += `${gap ? " " : ""}${item.str}`;
      // a gap that no blank makes: the next column of a table
      const column = item.str.trim() !== "" && x - inked > size * 1.2 && open.text.trim() !== item.str.trim();
      if (column) open.cells.push(item.str);
      else open.cells[open.cells.length - 1] += `${gap ? " " : ""}${item.str}`;
      open.size = Math.max(open.size, item.str.trim() === "" ? 0 : size);
      lastEnd = x + (item.width ?? 0);
      // the blanks that the parser puts into a gap are none
      if (item.str.trim() !== "") inked = lastEnd;
    }
    if (item.hasEOL === true) open = null;
  }
  return lines.filter((line) => line.text.trim() !== "");
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return error instanceof Error && error.name === "PasswordException"
    ? notRead("input_encrypted", "the PDF is protected by a password", "Save a copy without a password.", error)
    : notRead("input_broken", "the file is not a whole PDF", "Download it again, or print it to a new PDF.", error);
}

async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { log, warn } = console;
  console.log = () => undefined;
  console.warn = () => undefined;
  try {
    return await load();
  } finally {
    console.log = log;
    console.warn = warn;
  }
}
