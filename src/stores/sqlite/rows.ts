// Rows of the documents and passages tables as the shapes of the domain.
import type { Document, Passage, StoredDocument } from "../../domain.ts";
import type { Row } from "./database.ts";

export const DOCUMENT_COLUMNS =
  "d.id, d.title, d.publisher, d.author, d.published, d.updated, d.fetched, d.genre, d.url, d.path, d.language";
const DOCUMENT_WIDTH = 11;

export function toDocument(row: Row): Document {
  const [id, title, publisher, author, published, updated, fetched, genre, url, path, language] = row;
  return { id, title, publisher, author, published, updated, fetched, genre, url, path, language } as Document;
}

export const PASSAGE_COLUMNS = `p.id, p.doc, p.start, p."end", p.text, p.heading, p.speaker, p.role`;

export function toPassage(row: Row, document: Document): Passage {
  const [id, , start, end, text, heading, speaker, role] = row;
  return { id, document, start, end, text, heading, speaker, role } as Passage;
}

export const STORED_COLUMNS = `${DOCUMENT_COLUMNS}, d.scope, t.text, t.blocks, t.evidence, t.extra`;

export function toStoredDocument(row: Row, passages: StoredDocument["passages"]): StoredDocument {
  const [scope, text, blocks, evidence, extra] = row.slice(DOCUMENT_WIDTH);
  return {
    ...toDocument(row),
    text: String(text),
    blocks: JSON.parse(String(blocks)) as StoredDocument["blocks"],
    passages,
    evidence: JSON.parse(String(evidence)) as StoredDocument["evidence"],
    extra: JSON.parse(String(extra)) as StoredDocument["extra"],
    scope: scope as string | null,
  };
}
