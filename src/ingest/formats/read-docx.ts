import { Failure } from "../../failure.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeText, type Piece } from "../compose-text.ts";
// The reader of Word files (DOCX): headings, paragraphs and lists in order; no macros, no pictures, no linked files.
import { decodeEntities } from "../entities.ts";
import { parsePage } from "../html/dom.ts";
import { segmentsOf } from "../html/segments.ts";
import { paragraphFacts } from "../notes/paragraph-facts.ts";
import { languageTag, notRead, type ReadHints, type ReadResult } from "../read-result.ts";
import { zipEntries, type ZipEntry } from "./zip-entries.ts";

const MAX_UNPACKED = 120_000_000;
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Failure `input_encrypted`, `input_broken`, `input_too_large`, `input_no_text`. The dates of the file say when it was made and saved, not when
 * its text was published: they are kept in `extra.created` and `extra.modified`.
 */
export async function readDocx(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  if (OLE.every((byte, index) => bytes[index] === byte)) {
    const why = "the Word file is protected by a password, or of the old .doc kind";
    throw notRead("input_encrypted", why, "Save it as .docx without a password.");
  }
  const entries = openContainer(bytes);
  const { default: mammoth } = await import("mammoth");
  let html: string;
  try {
    const converted = await mammoth.convertToHtml(visibleParts(entries), {
      convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
    });
    html = converted.value;
  } catch (cause) {
    throw notRead(
      "input_broken",
      "the file is not a whole Word document",
      "Open it in a word processor and save it again.",
      cause,
    );
  }
  const page = await parsePage(`<html><body>${html}</body></html>`);
  const clean = cleanPieces((page.body === null ? [] : segmentsOf(page.body)).map(({ kind, text }): Piece => ({ kind, text })));
  const core = coreOf(entries);
  const { pieces, ...known } = paragraphFacts(clean.pieces, {
    title: core("title"),
    author: core("creator"),
    name: "document property",
  });
  const { text, blocks } = composeText(pieces);
  if (text.length < 20)
    throw notRead("input_no_text", "the Word file holds no text", "If it holds pictures of text, run text recognition first.");
  const [created, modified] = [core("created"), core("modified")];
  return {
    ...known,
    genre: null,
    url: null,
    language: languageTag(core("language")),
    text,
    blocks,
    warnings: [...activeParts(entries), ...clean.warnings],
    extra: { ...(created === null ? {} : { created }), ...(modified === null ? {} : { modified }) },
  };
}

/** Checks the container before any library unpacks it: that its texts really fit the limit, whatever it says of their sizes. */
function openContainer(bytes: Uint8Array): ZipEntry[] {
  try {
    const entries = zipEntries(bytes);
    if (entries.some((entry) => entry.encrypted))
      throw notRead("input_encrypted", "the file is protected by a password", "Save it without a password.");
    let left = MAX_UNPACKED;
    for (const entry of entries) left -= entry.unpack(left).length;
    return entries;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    if ((cause as { code?: string }).code === "ERR_BUFFER_TOO_LARGE")
      throw notRead("input_too_large", "the file unpacks to more than 120 MB", "Save it without pictures, or as text.");
    throw notRead("input_broken", "the file is not a whole Word document", "Download or save it again.", cause);
  }
}

/** A run of text that is formatted as hidden: nobody sees it on the page. */
const HIDDEN_RUN =
  /<w:r(?:\s[^>]*)?>\s*<w:rPr>(?:(?!<\/w:rPr>)[\s\S])*?<w:(?:vanish|specVanish|webHidden)(?:\s+w:val="(?:1|true|on)")?\s*\/>[\s\S]*?<\/w:r>/g;

/** The container as mammoth asks for its parts (its `file`, which its types leave out), without hidden text. */
function visibleParts(entries: readonly ZipEntry[]): { buffer: Buffer } {
  const partOf = (name: string): ZipEntry | undefined => entries.find((entry) => entry.name === name);
  const file = {
    exists: (name: string) => partOf(name) !== undefined,
    async read(name: string, encoding?: string) {
      const part = Buffer.from(partOf(name)?.unpack(MAX_UNPACKED) ?? []);
      if (encoding === undefined) return part;
      if (encoding === "base64") return part.toString("base64");
      const text = new TextDecoder(encoding).decode(part);
      return name.endsWith(".xml") ? text.replace(HIDDEN_RUN, "") : text;
    },
  };
  return { file } as unknown as { buffer: Buffer };
}

/** What a word processor might run or fetch when it opens the file; here it stays where it is. */
function activeParts(entries: readonly ZipEntry[]): string[] {
  const macros = entries.some(({ name }) => /vbaProject\.bin$|\/activeX\/|\/embeddings\//i.test(name));
  const outside = entries
    .filter(({ name }) => /\.rels$/i.test(name))
    .some((entry) => {
      const xml = Buffer.from(entry.unpack(MAX_UNPACKED)).toString("utf8").slice(0, 200_000);
      return [...xml.matchAll(/<Relationship\s[^>]{0,2000}>/g)].some(
        ([tag]) => /TargetMode\s*=\s*"External"/i.test(tag) && !/\/hyperlink"/i.test(tag),
      );
    });
  const climbing = entries.some(({ name }) => /(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[a-z]:/i.test(name));
  return [
    ...(macros ? ["The Word file carries macros or embedded objects: none was run."] : []),
    ...(outside ? ["The Word file names parts elsewhere (a template or pictures): none was fetched."] : []),
    ...(climbing ? ["Parts of the Word file have names that lead out of it: they were not read."] : []),
  ];
}

function coreOf(entries: readonly ZipEntry[]): (name: string) => string | null {
  const entry = entries.find(({ name }) => name === "docProps/core.xml");
  const xml = entry === undefined ? "" : Buffer.from(entry.unpack(MAX_UNPACKED)).toString("utf8").slice(0, 100_000);
  return (name) => {
    const value = decodeEntities(
      new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]{0,200})?>([^<]{1,500})<`, "i").exec(xml)?.[1] ?? "",
    ).trim();
    return value === "" ? null : value;
  };
}
