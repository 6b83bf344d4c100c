// The reader of Word files (DOCX): headings, paragraphs and lists in order; no macros, no pictures, no linked files.
import { inflateRawSync } from "node:zlib";
import { Failure } from "../../failure.ts";
import { cleanPieces } from "../clean-pieces.ts";
import { composeEnough } from "../compose-text.ts";
import { decodeEntities } from "../decode.ts";
import { parsePage } from "../html/dom.ts";
import { piecesOf, segmentsOf } from "../html/segments.ts";
import { statedDate } from "../html/stated-dates.ts";
import { dropInvisible } from "../html/visibility.ts";
import { paragraphFacts } from "../notes/note-facts.ts";
import { foundAt, languageTag, notRead, resultOf, type ReadHints, type ReadResult } from "../read-result.ts";

const MAX_UNPACKED = 120_000_000;
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Failure `input_encrypted`, `input_broken`, `input_too_large`, `input_no_text`. The dates of the file say when it was made and saved, not when its text
 * was published; but where the page names no day and both are the same one, no template was filled in, and it is the text's.
 */
export async function readDocx(bytes: Uint8Array, _hints: ReadHints): Promise<ReadResult> {
  if (OLE.every((byte, index) => bytes[index] === byte)) {
    const why = "the Word file is protected by a password, or of the old .doc kind";
    throw notRead("input_encrypted", why, "Save it as .docx without a password.");
  }
  const entries = openContainer(bytes);
  const { default: mammoth } = await import("mammoth");
  const convertImage = mammoth.images.imgElement(async () => ({ src: "" }));
  const { value: html } = await mammoth.convertToHtml(visibleParts(entries), { convertImage }).catch((cause: unknown) => {
    throw broken(cause);
  });
  const page = await parsePage(`<html><body>${html}</body></html>`);
  dropInvisible(page);
  const clean = cleanPieces(piecesOf(segmentsOf(page.body)));
  const core = coreOf(entries);
  const author = foundAt(core("creator"), "document property author");
  const { pieces, facts } = paragraphFacts(clean.pieces, { title: foundAt(core("title"), "document property title"), author });
  const wayOut = "If it holds pictures of text, run text recognition first.";
  const composed = composeEnough(pieces, 20, "the Word file holds no text", wayOut);
  const language = foundAt(languageTag(core("language")), "document property language");
  const created = core("created");
  const [made, saved] = [created, core("modified")].map((date) => statedDate(date ?? "")?.slice(0, 10));
  facts.published ??= foundAt(made === saved ? made : null, "document property created");
  return resultOf({ ...facts, language }, composed, [...activeParts(entries), ...clean.warnings], { created });
}

const broken = (cause: unknown): Failure =>
  notRead("input_broken", "the file is not a whole Word document", "Download it again, or save it anew.", cause);

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
    if ((cause as { code?: string }).code !== "ERR_BUFFER_TOO_LARGE") throw broken(cause);
    throw notRead("input_too_large", "the file unpacks to more than 120 MB", "Save it without pictures, or as text.");
  }
}

/** A run of text that is formatted as hidden: nobody sees it on the page. */
const HIDDEN_RUN =
  /<w:r(?:\s[^>]*)?>\s*<w:rPr>(?:(?!<\/w:rPr>)[\s\S])*?<w:(?:vanish|specVanish|webHidden)(?:\s+w:val="(?:1|true|on)")?\s*\/>[\s\S]*?<\/w:r>/g;

/** The container as mammoth asks for its parts (its `file`, which its types leave out), without hidden text. */
function visibleParts(entries: readonly ZipEntry[]): { buffer: Buffer } {
  const file = {
    exists: (name: string) => entries.some((entry) => entry.name === name),
    async read(name: string, encoding?: BufferEncoding) {
      const part = Buffer.from(entries.find((entry) => entry.name === name)?.unpack(MAX_UNPACKED) ?? []);
      if (encoding === undefined) return part;
      return name.endsWith(".xml") ? part.toString("utf8").replace(HIDDEN_RUN, "") : part.toString(encoding);
    },
  };
  return { file } as unknown as { buffer: Buffer };
}

const xmlOf = (entry: ZipEntry): string => Buffer.from(entry.unpack(MAX_UNPACKED)).toString("utf8").slice(0, 200_000);

/** What a word processor might run or fetch when it opens the file; here it stays where it is. */
function activeParts(entries: readonly ZipEntry[]): string[] {
  const isOutside = (tag: string): boolean => /TargetMode\s*=\s*"External"/i.test(tag) && !/\/hyperlink"/i.test(tag);
  const relations = entries.filter(({ name }) => /\.rels$/i.test(name)).map(xmlOf);
  const isNamed = (pattern: RegExp): boolean => entries.some(({ name }) => pattern.test(name));
  const warnings: string[] = [];
  if (isNamed(/vbaProject\.bin$|\/activeX\/|\/embeddings\//i))
    warnings.push("The Word file carries macros or embedded objects: none was run.");
  if (relations.some((xml) => (xml.match(/<Relationship\s[^>]{0,2000}>/g) ?? []).some(isOutside)))
    warnings.push("The Word file names parts elsewhere (a template or pictures): none was fetched.");
  if (isNamed(/(?:^|[\\/])\.\.(?:[\\/]|$)|^[\\/]|^[a-z]:/i))
    warnings.push("Parts of the Word file have names that lead out of it: they were not read.");
  return warnings;
}

function coreOf(entries: readonly ZipEntry[]): (name: string) => string | null {
  const entry = entries.find(({ name }) => name === "docProps/core.xml");
  const xml = entry === undefined ? "" : xmlOf(entry);
  return (name) => {
    const value = new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]{0,200})?>([^<]{1,500})<`, "i").exec(xml)?.[1];
    return decodeEntities(value ?? "").trim() || null;
  };
}

interface ZipEntry {
  name: string;
  encrypted: boolean;
  /** Throws an error with code `ERR_BUFFER_TOO_LARGE` where it is more than that, and others where it is damaged. */
  unpack(maxBytes: number): Uint8Array;
}

const MAX_ENTRIES = 10_000;

/** What a container says it holds; nothing is written to disk, no name followed as a path. Throws RangeError where it is broken. */
function zipEntries(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const floor = Math.max(0, end - 65_536);
  while (end >= floor && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < floor) throw new RangeError("no central directory");
  const count = Math.min(view.getUint16(end + 10, true), MAX_ENTRIES);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let i = 0; i < count; i++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new RangeError("broken central directory");
    const short = (field: number): number => view.getUint16(at + field, true);
    const [method, packed, local] = [short(10), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const nameEnd = at + 46 + short(28);
    entries.push({
      name: Buffer.from(bytes.subarray(at + 46, nameEnd)).toString("utf8"),
      encrypted: (short(8) & 1) === 1,
      unpack(maxBytes) {
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const data = bytes.subarray(start, start + packed);
        if (method === 0 && data.length > maxBytes)
          throw Object.assign(new RangeError("too large"), { code: "ERR_BUFFER_TOO_LARGE" });
        return method === 0 ? data : inflateRawSync(data, { maxOutputLength: Math.max(1, maxBytes) });
      },
    });
    at = nameEnd + short(30) + short(32);
  }
  return entries;
}
