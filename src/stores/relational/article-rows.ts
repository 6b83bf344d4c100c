// What is written of an article, whichever database takes it: the rows of documents, texts and passages, and what no row may break.
import { createHash } from "node:crypto";
import type { Article, PassageDraft } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { weightOf } from "./bm25.ts";
import { dateColumns, publisherKey } from "./filters.ts";
import { storable, type Value } from "./sql-database.ts";

export const INSERT_DOCUMENT = `INSERT INTO documents (id, source, fingerprint, title, publisher, author, published, updated, fetched, genre,
  url, path, language, scope, publisher_key, day_from, day_to, instant, passages) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`;

export function documentRow({ source, fingerprint, document, scope }: Article, passages: number): Value[] {
  const { id, title, publisher, author, published, updated, fetched, genre, url, path, language } = document;
  const day = dateColumns(published);
  const told = [
    id,
    source,
    fingerprint,
    title,
    publisher,
    author,
    published,
    updated,
    fetched,
    genre,
    url,
    path,
    language,
    scope,
  ];
  const key = publisher === null ? null : publisherKey(storable(publisher));
  return [...told.map(clean), key, day.from, day.to, day.instant, passages];
}

export const INSERT_TEXT = "INSERT INTO texts (doc, text, blocks, evidence, extra) VALUES (?, ?, ?, ?, ?)";

export const textRow = (doc: number, { text, blocks, evidence, extra }: Article): Value[] => [
  doc,
  storable(text),
  ...[blocks, evidence, extra].map((part) => JSON.stringify(part)),
];

export interface PassageRow {
  start: number;
  end: number;
  text: string;
  context: string;
  heading: string | null;
  speaker: string | null;
  role: string | null;
  weight: number;
  /** Equal where the embedder is given the same. Hexadecimal. */
  input: string;
}

export function passageRow(passage: PassageDraft): PassageRow {
  const [text, context] = [storable(passage.text), storable(passage.context)];
  const { start, end, heading, speaker, role } = passage;
  const said = { heading: clean(heading), speaker: clean(speaker), role: clean(role) };
  return {
    start,
    end,
    text,
    context,
    ...said,
    weight: weightOf(text, context),
    input: textKey(`${passage.context}\n${passage.text}`),
  };
}

/** Half of a digest is plenty. Hexadecimal. */
export const textKey = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

const clean = (value: string | null): string | null => (value === null ? null : storable(value));

/** The dimension of an index that had `have` (0 for none yet): the first vectors set it; afterwards another length is a Failure. */
export function dimensionWith(have: number, wanted: number, given: readonly (Float32Array | null)[]): number {
  if (wanted !== given.length) throw new Error(`${wanted} passages came with ${given.length} vectors`);
  const lengths = given.flatMap((vector) => vector?.length ?? []);
  const dimension = have === 0 ? (lengths[0] ?? 0) : have;
  const wrong = lengths.find((length) => length !== dimension);
  if (wrong === undefined) return dimension;
  throw new Failure(
    "embeddings_failed",
    `The embedder gave a vector of ${wrong} values where the index holds ${dimension}.`,
    "The model behind EMBEDDINGS has changed under the same name: rebuild with npm run --silent briefing -- ingest --rebuild",
  );
}

export const idTaken = (id: string, source: string): Failure =>
  new Failure(
    "document_id_taken",
    `The document id ${id} belongs to ${source} already.`,
    "Give one of the two another `id` in its front matter.",
  );
