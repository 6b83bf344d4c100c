// What makes a document from the web the same as before: its content, not its bytes, which change with every advertisement.
import { createHash } from "node:crypto";
import { READER_VERSION } from "../article.ts";
import type { ReadResult } from "../read-result.ts";

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

/** What the document's id is made from: the last telling part of its address, else its title. */
export function nameFrom(result: ReadResult): string {
  const parts =
    result.url === null
      ? []
      : new URL(result.url).pathname
          .split("/")
          .filter((part) => /[a-z]{3}/i.test(part) && !/^index\.|^(?:amp|html?)$/i.test(part));
  const last = parts.at(-1)?.replace(/\.[a-z]{2,5}$/i, "");
  return last ?? result.title ?? (result.url === null ? "document" : new URL(result.url).hostname);
}
