// The reader of PDF files: the text layer in reading order, page by page, with running heads, page numbers and hyphens at line ends removed.
// Draws nothing, runs no script of the file, reads no picture: a file without a text layer is refused.
import { createRequire } from "node:module";
import path from "node:path";
import { Failure } from "../../failure.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeEnough, type Piece } from "../compose-text.ts";
import { joinLines, writtenIn } from "../join-lines.ts";
import { paragraphFacts } from "../notes/note-facts.ts";
import { foundAt, languageTag, notRead, resultOf, type ReadHints, type ReadResult } from "../read-result.ts";
import { linesOf, paragraphsOf, type PdfLine, withoutRunningHeads } from "./pdf-lines.ts";

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
 * `pages` (PageSpan[]) and, where stated, `created`.
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
    const pages: PdfLine[][] = [];
    for (let number = 1; number <= Math.min(pdf.numPages, MAX_PAGES); number++) {
      const page = await pdf.getPage(number);
      pages.push(linesOf((await page.getTextContent()).items));
      page.cleanup();
    }
    const { info } = await pdf.getMetadata();
    const result = resultFrom(pages, info as Record<string, unknown>, pdf.numPages);
    const scripted = (await pdf.getJSActions()) !== null || (await pdf.getOpenAction()) !== null;
    const attached = Object.keys((await pdf.getAttachments()) ?? {}).length;
    if (scripted) result.warnings.push("The PDF carries actions of its own (scripts or addresses to open): none was run.");
    if (attached > 0) result.warnings.push(`Files inside the PDF that were not read: ${attached}.`);
    return result;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const locked = error instanceof Error && error.name === "PasswordException";
    throw locked
      ? notRead("input_encrypted", "the PDF is protected by a password", "Save a copy without a password.", error)
      : notRead("input_broken", "the file is not a whole PDF", "Download it again, or print it to a new PDF.", error);
  } finally {
    await task.destroy();
  }
}

function resultFrom(pages: PdfLine[][], info: Record<string, unknown>, pageCount: number): ReadResult {
  const clean = cleanPieces(pagesOf(withoutRunningHeads(pages)));
  const stated = (key: string): string | null => (typeof info[key] === "string" && info[key].trim()) || null;
  const [title, author] = [foundAt(stated("Title"), "PDF property title"), foundAt(stated("Author"), "PDF property author")];
  const { pieces, facts } = paragraphFacts(clean.pieces, { title, author });
  const wayOut = "Run it through text recognition (OCR) first, e.g. ocrmypdf.";
  const { text, blocks, from } = composeEnough(pieces, 20, "the PDF holds pictures of pages, no text", wayOut);
  const spans = new Map<number, PageSpan>();
  const spread = (page: number, start: number, end: number): void =>
    void spans.set(page, { page, start: spans.get(page)?.start ?? start, end });
  for (const [index, { start, end }] of blocks.entries()) {
    const [[page], next] = pieces[from[index] ?? 0]?.pages ?? [[1]];
    const turn = next === undefined ? end : Math.min(end, start + next[1]);
    spread(page, start, turn);
    if (next !== undefined && turn < end) spread(next[0], turn, end);
  }
  const [, year, month, day] = /^D:(\d{4})(\d{2})(\d{2})/.exec(stated("CreationDate") ?? "") ?? [];
  const cut = pageCount > MAX_PAGES ? [`Only the first ${MAX_PAGES} of ${pageCount} pages were read.`] : [];
  return resultOf(
    { ...facts, language: foundAt(languageTag(stated("Language")), "PDF property language") },
    { text, blocks },
    [...cut, ...clean.warnings],
    { pages: [...spans.values()], created: year === undefined ? null : `${year}-${month}-${day}` },
  );
}

/** The page that a paragraph begins on and, where it goes on over the break, the next one and how many units in. */
type PagePiece = Piece & { pages: [[page: number], next?: [page: number, at: number]] };

/** The paragraphs of all pages; one that breaks off in a sentence goes on on the next page. */
function pagesOf(pages: readonly PdfLine[][]): PagePiece[] {
  const out: PagePiece[] = [];
  const written = writtenIn(pages.flat().map(({ text }) => text));
  for (const [index, lines] of pages.entries()) {
    for (const [at, { text, kind }] of paragraphsOf(lines, written).entries()) {
      const last = at === 0 && kind === "paragraph" ? out.at(-1) : undefined;
      const isOpen = last?.kind === "paragraph" && last.pages[1] === undefined && last.pages[0][0] === index;
      if (isOpen && !/[.!?:…]["”’)]?$/.test(last.text) && /^["“‘(]?[\p{Ll}\d]/u.test(text)) {
        last.text = joinLines(last.text, text, written);
        last.pages = [last.pages[0], [index + 1, last.text.length - text.length]];
      } else out.push({ kind, text, pages: [[index + 1]] });
    }
  }
  return out;
}

async function quietly<T>(load: () => Promise<T>): Promise<T> {
  const { log, warn } = console;
  console.log = console.warn = () => undefined;
  try {
    return await load();
  } finally {
    Object.assign(console, { log, warn });
  }
}
