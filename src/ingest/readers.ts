// Which reader reads which bytes: by what they begin with, then by media type, then by the name's extension. Plain text is what is left.
// Readers are loaded when the first document of their kind is met, so that heavy parsers cost nothing to other commands.
import type { ReadHints, Reader, ReadResult } from "./read-result.ts";

export interface ReaderKind {
  name: string;
  /** Lower case, without the dot. */
  extensions: readonly string[];
  /** Media types without parameters, lower case. */
  contentTypes: readonly string[];
  /** True when the first bytes (at most 1,024) can only be this kind, whatever the name says. */
  sniff?: (head: Uint8Array) => boolean;
  load: () => Promise<Reader>;
}

/** First match wins. Kinds whose bytes give them away stand before those that are told by their name. */
const READERS: readonly ReaderKind[] = [
  {
    name: "PDF",
    extensions: ["pdf"],
    contentTypes: ["application/pdf", "application/x-pdf"],
    sniff: (head) => textOf(head).trimStart().startsWith("%PDF-"),
    load: async () => (await import("./formats/read-pdf.ts")).readPdf,
  },
  {
    name: "Word",
    extensions: ["docx", "docm", "doc"],
    contentTypes: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/msword"],
    sniff: (head) => /^PK\x03\x04[\s\S]*(?:\[Content_Types\]\.xml|word\/)/.test(textOf(head)),
    load: async () => (await import("./formats/read-docx.ts")).readDocx,
  },
  {
    name: "e-mail",
    extensions: ["eml"],
    contentTypes: ["message/rfc822"],
    load: async () => (await import("./formats/read-eml.ts")).readEml,
  },
  {
    name: "HTML",
    extensions: ["html", "htm", "xhtml"],
    contentTypes: ["text/html", "application/xhtml+xml"],
    sniff: (head) => /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,400}?-->\s*)*<(?:!doctype\s+html|html[\s>])/i.test(textOf(head)),
    load: async () => (await import("./html/read-html.ts")).readHtml,
  },
];

/** First bytes as text; UTF-16's zero bytes and the byte order mark left out. */
const textOf = (head: Uint8Array): string =>
  Buffer.from(head)
    .toString("latin1")
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "")
    .replaceAll("\0", "");

/** The reader for these bytes, or null where they are plain text, Markdown or unknown. */
export function readerFor(bytes: Uint8Array, hints: ReadHints, readers: readonly ReaderKind[] = READERS): ReaderKind | null {
  const head = bytes.subarray(0, 1024);
  const type = hints.contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const extension = /\.([a-z0-9]{1,8})$/i.exec(hints.path ?? "")?.[1]?.toLowerCase() ?? "";
  return (
    readers.find((kind) => kind.sniff?.(head) === true) ??
    readers.find((kind) => type !== "" && kind.contentTypes.includes(type)) ??
    readers.find((kind) => extension !== "" && kind.extensions.includes(extension)) ??
    null
  );
}

/** Reads a document by its own kind. Throws what readers throw. */
export async function readDocument(bytes: Uint8Array, hints: ReadHints, kind = readerFor(bytes, hints)): Promise<ReadResult> {
  const read = kind === null ? (await import("./notes/read-text.ts")).readText : await kind.load();
  return read(bytes, hints);
}

/** A feed's items are documents, the feed is none. Told by its beginning; a media type alone proves nothing. */
export function looksLikeFeed(bytes: Uint8Array): boolean {
  const text = textOf(bytes.subarray(0, 4096));
  return (
    (/<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]/i.test(text.replace(/<!--[\s\S]{0,2000}?-->/g, "")) && !/<html[\s>]/i.test(text)) ||
    /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org/.test(text)
  );
}

export const looksLikeOpml = (bytes: Uint8Array): boolean => /<opml[\s>]/i.test(textOf(bytes.subarray(0, 4096)));
