// Texts of an evaluation set as the ingest stage would hand them on. The texts are already clean, so their characters stay where they are.
import { createHash } from "node:crypto";
import type { Article, Block, Document } from "../../../src/domain.ts";

/** What a set knows of a text; all else is null. */
export interface SetText extends Partial<Pick<Document, "title" | "publisher" | "author" | "published" | "genre" | "url">> {
  id: string;
  text: string;
}

export function articleOf({ id, text, ...known }: SetText): Article {
  const document: Document = {
    id,
    title: null,
    publisher: null,
    author: null,
    published: null,
    updated: null,
    fetched: "2000-01-01T00:00:00Z",
    genre: null,
    url: null,
    path: `${id}.md`,
    language: "en",
    ...known,
  };
  const fingerprint = createHash("sha256").update(text).digest("hex");
  return {
    source: `file:${id}.md`,
    fingerprint,
    document,
    text,
    blocks: lines(text),
    evidence: {},
    extra: {},
    warnings: [],
    scope: null,
  };
}

/** Every line that is not blank as a paragraph of its own: nothing of the text is judged a heading and lost to search. */
function lines(text: string): Block[] {
  return [...text.matchAll(/\S(?:[^\n]*\S)?/g)].map((match) => ({
    kind: "paragraph",
    start: match.index,
    end: match.index + match[0].length,
    speaker: null,
    role: null,
  }));
}
