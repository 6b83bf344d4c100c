// From what a reader found to the Article that the stage hands on: identity, fingerprint, fetch time.
// Ids: the front matter's `id` as it is; else the slug of the file name or address and eight hex digits of the source's hash, so that an
// id is readable, the same on every machine for the same place in the corpus, and two files of one name never share one.
import { createHash } from "node:crypto";
import type { Article, Dated } from "../domain.ts";
import { Failure, reasonOf } from "../failure.ts";
import type { ExtractedDocument } from "../results.ts";
import { firstDay, DAY_MS } from "../text/date-words.ts";
import type { ReadResult } from "./read-result.ts";

/** Raised whenever readers give another result for the same bytes: every document is then read again. */
export const READER_VERSION = 12;

/** Of the bytes and of the reader that reads them; equal means nothing to do. */
export function fingerprintOf(bytes: Uint8Array): string {
  return createHash("sha256").update(`${READER_VERSION}\n`).update(bytes).digest("hex").slice(0, 32);
}

/** An id of the author's own that can be typed in a command and stand in a link as it is. */
const OWN_ID = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u;

/** `name` is what people call it: file name, last part of an address. */
function documentId(source: string, name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
  return slug === "" ? hash : `${slug}-${hash}`;
}

export interface Provenance {
  /** `file:<path>`, `url:<canonical address>`, `feed:<address>#<item>` or `upload:<name>`. */
  source: string;
  fingerprint: string;
  /** ISO instant at which the bytes were read. */
  fetched: string;
  /** Relative to the corpus folder, forward slashes; null for what came from the network. */
  path: string | null;
}

/** More than a day ahead, which no time zone explains: a slip of the pen, or a page that wants to stand first. */
function isAhead(date: Dated, fetched: string): boolean {
  return firstDay(date) > new Date(Date.parse(fetched) + DAY_MS).toISOString().slice(0, 10);
}

/** Dates that lie in the future are nobody's knowledge: they are dropped with a warning. `extra.id`, where the document has one, is its id; that no two documents claim the same is the store's to see. */
export function toArticle(result: ReadResult, from: Provenance): Article {
  const { text, blocks, extra, evidence: told, warnings: trouble, ...found } = result;
  const [evidence, warnings] = [{ ...told }, [...trouble]];
  for (const key of ["published", "updated"] as const) {
    const date = found[key];
    if (date === null || !isAhead(date, from.fetched)) continue;
    warnings.push(`the ${key} date ${date} lies in the future and was left out`);
    found[key] = null;
    delete evidence[key];
  }
  const own = typeof extra["id"] === "string" || typeof extra["id"] === "number" ? String(extra["id"]).trim() : "";
  const name = own === "" ? (from.path === null ? nameFrom(result) : baseName(from.path)) : own;
  const id = OWN_ID.test(own) ? own : documentId(from.source, name);
  return {
    source: from.source,
    fingerprint: from.fingerprint,
    document: { id, ...found, fetched: from.fetched, path: from.path },
    text,
    blocks,
    evidence,
    extra,
    warnings,
    scope: null,
  };
}

/** Of everything that is stored and shown of a document, and of its wish to be found no more. */
export function contentFingerprint(result: ReadResult): string {
  const { title, publisher, author, published, updated, genre, url, language, text, blocks, extra } = result;
  const seen = JSON.stringify([
    READER_VERSION,
    title,
    publisher,
    author,
    published,
    updated,
    genre,
    url,
    language,
    text,
    blocks,
    extra["noindex"] === true,
  ]);
  return createHash("sha256").update(seen).digest("hex").slice(0, 32);
}

const baseName = (path: string): string => path.replace(/^.*[/\\]/, "").replace(/\.[a-z0-9]{1,8}$/i, "");

/** What the id of a document without a file is made from: the last telling part of its address, else its title. */
function nameFrom(result: ReadResult): string {
  const parts =
    result.url === null
      ? []
      : new URL(result.url).pathname
          .split("/")
          .filter((part) => /[a-z]{3}/i.test(part) && !/^index\.|^(?:amp|html?)$/i.test(part));
  const last = parts.at(-1)?.replace(/\.[a-z]{2,5}$/i, "");
  return last ?? result.title ?? (result.url === null ? "document" : new URL(result.url).hostname);
}

/** The shape in which a document leaves the program that was read and not stored. */
export const extracted = ({ document, text }: Article): ExtractedDocument => ({ ...document, text });

/** Expected trouble in its own words; anything else is a fault of a reader, told in one line. */
export function asRefusal(error: unknown): { code: string; reason: string } {
  if (error instanceof Failure) return { code: error.code, reason: error.message };
  return {
    code: "input_broken",
    reason: `could not be understood (${(reasonOf(error).split("\n")[0] ?? "").slice(0, 160)})`,
  };
}
