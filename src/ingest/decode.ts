// Bytes to text: byte order marks, UTF-16 without one, declared charsets, and a careful guess for the rest.
// What is no text at all is refused; what had to be guessed or repaired is said in a warning.
import { Failure } from "../failure.ts";

export interface Decoded {
  text: string;
  warnings: string[];
}

/** Control characters that no text needs; above this share the bytes are no text. */
const MOST_CONTROLS = 0.02;
const LOOKED_AT = 200_000;
/** What browsers read as windows-1252, whoever declares it: the quotation marks, dashes and € stand where these have nothing. */
const LATIN = /^(?:iso[-_]?8859-1(?::1987)?|latin-?1|l1|(?:us-?)?ascii|ansi_x3\.4-1968|cp819|ibm819|cp-?1252|x-cp1252)$/i;

/** Throws Failure `input_empty` or `input_binary`. `charset` is what a server or the document itself named. */
export async function decodeText(bytes: Uint8Array, charset: string | null = null): Promise<Decoded> {
  if (bytes.length === 0) throw new Failure("input_empty", "the file is empty", "Remove it or put a text into it.");
  const decoded = await decodeAs(bytes, charset);
  const text = decoded.text.replace(/^\uFEFF/, "").replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n");
  const head = text.slice(0, LOOKED_AT);
  const controls = head.match(/[\u0000-\u0008\u000E-\u001A\u001C-\u001F\u007F-\u009F\uFFFD\uFFFF]/g)?.length ?? 0;
  if (controls > Math.max(2, head.length * MOST_CONTROLS)) {
    throw new Failure(
      "input_binary",
      "the content is binary, not text",
      "Give a text, Markdown, HTML, PDF, DOCX or e-mail file.",
    );
  }
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new Failure("input_empty", "the file holds no words", "Remove it or put a text into it.");
  }
  return { text, warnings: decoded.warnings };
}

async function decodeAs(bytes: Uint8Array, charset: string | null): Promise<Decoded> {
  const wide = utf32(bytes);
  const sevenBit = charset !== null && /^(?:iso-2022-|hz\b|hz-)/i.test(charset);
  if (wide !== null || sevenBit) {
    const { default: iconv } = await import("iconv-lite");
    const name = wide ?? charset ?? "";
    if (iconv.encodingExists(name)) return { text: iconv.decode(bytes, name), warnings: [] };
  }
  const marked = byteOrder(bytes);
  if (marked !== null) return { text: new TextDecoder(marked).decode(bytes), warnings: [] };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    return guess(bytes, charset);
  }
}

/** UTF-32 by its mark or by the three zero bytes beside every Latin letter. */
function utf32(bytes: Uint8Array): "utf-32le" | "utf-32be" | null {
  if (bytes.length < 8) return null;
  const zeros = [0, 1, 2, 3].map((at) => bytes[at] === 0 && bytes[at + 4] === 0);
  if (bytes[0] === 0xff && bytes[1] === 0xfe && zeros[2] && zeros[3]) return "utf-32le";
  if (zeros[0] && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return "utf-32be";
  if (zeros[1] && zeros[2] && zeros[3] && bytes[0] !== 0) return "utf-32le";
  return zeros[0] && zeros[1] && zeros[2] && bytes[3] !== 0 ? "utf-32be" : null;
}

/** UTF-16 by its mark or, without one, by the zero bytes that its Latin letters leave on one side. */
function byteOrder(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const head = bytes.subarray(0, Math.min(bytes.length, 4096) & ~1);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  const pairs = head.length / 2;
  if (pairs < 2) return null;
  if (odd > pairs * 0.4 && even < pairs * 0.05) return "utf-16le";
  return even > pairs * 0.4 && odd < pairs * 0.05 ? "utf-16be" : null;
}

async function guess(bytes: Uint8Array, charset: string | null): Promise<Decoded> {
  const lossy = new TextDecoder("utf-8").decode(bytes);
  const broken = lossy.match(/\uFFFD/g)?.length ?? 0;
  const whole = lossy.match(/[^\u0000-\u007F\uFFFD]/g)?.length ?? 0;
  if (whole > broken * 2) {
    return { text: lossy, warnings: [`${broken} invalid UTF-8 ${broken === 1 ? "sequence was" : "sequences were"} replaced`] };
  }
  const { default: iconv } = await import("iconv-lite");
  const declared = charset === null || !LATIN.test(charset) ? charset : "windows-1252";
  if (declared !== null && iconv.encodingExists(declared)) return { text: iconv.decode(bytes, declared), warnings: [] };
  const { default: chardet } = await import("chardet");
  const likely = chardet.analyse(bytes.subarray(0, LOOKED_AT)).find((match) => !/^(?:UTF|ASCII)/i.test(match.name));
  const name =
    likely === undefined ||
    likely.confidence < 25 ||
    /^ISO-8859-(?:1|9|15)$/i.test(likely.name) ||
    !iconv.encodingExists(likely.name)
      ? "windows-1252"
      : likely.name;
  return { text: iconv.decode(bytes, name), warnings: [`not UTF-8: read as ${name}`] };
}

/** A page or feed: the charset is what the server or the head of the document names. `contentType` as the server sent it. Failure `input_empty` or `input_binary` where the bytes are no text. */
export async function decodeHtml(bytes: Uint8Array, contentType: string | null): Promise<string> {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("latin1");
  const sent = /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? "")?.[1];
  const said =
    /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1];
  const label = [sent, said].find((name) => name !== undefined && !/^utf-?8$/i.test(name)) ?? null;
  return (await decodeText(bytes, label)).text;
}
