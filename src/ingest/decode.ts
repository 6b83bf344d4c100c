// Bytes to text: byte order marks, UTF-16 without one, declared charsets, and a careful guess for the rest.
// What is no text at all is refused; what had to be guessed or repaired is said in a warning. Also what publishers leave in values, mended: JSON, and
// character references as browsers read them: the numbers 128 to 159 mean Windows' marks, whatever the standard calls them.
import { decodeHTMLStrict } from "entities";
import { Failure } from "../failure.ts";

type Decoded = { text: string; warnings: string[] };

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
    const wayOut = "Give a text, Markdown, HTML, PDF, DOCX or e-mail file.";
    throw new Failure("input_binary", "the content is binary, not text", wayOut);
  }
  if (!/[\p{L}\p{N}]/u.test(text)) {
    throw new Failure("input_empty", "the file holds no words", "Remove it or put a text into it.");
  }
  return { text, warnings: decoded.warnings };
}

async function decodeAs(bytes: Uint8Array, charset: string | null): Promise<Decoded> {
  const sevenBit = charset !== null && /^(?:iso-2022-|hz\b|hz-)/i.test(charset) ? charset : null;
  const name = wideCharset(bytes) ?? sevenBit;
  if (name !== null) {
    const { default: iconv } = await import("iconv-lite");
    if (iconv.encodingExists(name)) return { text: iconv.decode(bytes, name), warnings: [] };
  }
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    return guess(bytes, charset);
  }
}

/** UTF-16 or UTF-32 by its mark or by the zero bytes that its letters leave. */
function wideCharset(bytes: Uint8Array): string | null {
  const head = [...bytes.subarray(0, Math.min(bytes.length, 4096) & ~3)];
  const zeros = (...places: number[]): number =>
    head.filter((byte, at) => byte === 0 && places.includes(at % 4)).length / Math.max(1, (head.length / 4) * places.length);
  if (zeros(2, 3) > 0.9) return "utf-32le";
  if (zeros(0, 1) > 0.9) return "utf-32be";
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (zeros(1, 3) > 0.4 && zeros(0, 2) < 0.05)) return "utf-16le";
  return (first === 0xfe && second === 0xff) || (zeros(0, 2) > 0.4 && zeros(1, 3) < 0.05) ? "utf-16be" : null;
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
  const isSure = likely !== undefined && likely.confidence >= 25 && !/^ISO-8859-(?:1|9|15)$/i.test(likely.name);
  const name = isSure && iconv.encodingExists(likely.name) ? likely.name : "windows-1252";
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

/** The marks that were lost where windows-1252 was read as Latin-1. */
export const windowsMarks = (text: string): string =>
  text.replace(/[\u0080-\u009f]/g, (control) => decodeHTMLStrict(`&#${control.charCodeAt(0)};`));

/** In places where references mean nothing (JSON, feed titles) publishers leave them too. Those of no character, or a control character, stay. */
export const decodeEntities = (text: string): string =>
  text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z\d]{1,30});/gi, (reference) => {
    const character = decodeHTMLStrict(reference);
    return /[\u0000-\u001f\ufffd]/.test(character) ? reference : character;
  });

/** JSON of which at most control characters and commas too many are wrong; null for anything else. */
export function mendedJson(source: string): unknown {
  for (const attempt of [source, source.replace(/[\u0000-\u001f]+/g, " ").replace(/,\s*([}\]])/g, "$1")]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      // the next, more forgiving reading
    }
  }
  return null;
}
