// Documents and passages as both databases keep them: the reading of their tables.
import type { Article, Document, Filter, Passage, PassageDraft, StoredDocument } from "../../domain.ts";
import type { KnowledgeStore, PendingPassage } from "../knowledge.ts";
import { asksForDates, conditionOf } from "./filters.ts";
import { NUMBERS, type Row, type SqlDatabase, type Value } from "./sql-database.ts";

export const DOCUMENT_FIELDS = [
  ...(["id", "title", "publisher", "author", "published", "updated", "fetched", "genre", "url", "path", "language"] as const),
];
export const DOCUMENT_COLUMNS = DOCUMENT_FIELDS.map((field) => `d.${field}`).join(", ");

export function toDocument(row: Row): Document {
  const [id, title, publisher, author, published, updated, fetched, genre, url, path, language] = row;
  return { id, title, publisher, author, published, updated, fetched, genre, url, path, language } as Document;
}

const PASSAGE_COLUMNS = `p.id, p.doc, p.start, p."end", p.text, p.heading, p.speaker, p.role`;

function toPassage(row: Row, document: Document): Passage {
  const [id, , start, end, text, heading, speaker, role] = row;
  return { id, document, start, end, text, heading, speaker, role } as Passage;
}

const STORED_COLUMNS = `${DOCUMENT_COLUMNS}, d.scope, t.text, t.blocks, t.evidence, t.extra`;

function toStoredDocument(row: Row, passages: StoredDocument["passages"]): StoredDocument {
  const [scope, text, blocks, evidence, extra] = row.slice(DOCUMENT_FIELDS.length);
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

/** Newest publication first, undated last. */
export async function documentsOf(database: SqlDatabase, filter: Filter): Promise<Document[]> {
  const { sql, values } = conditionOf(filter);
  const rows = await database.all(
    `SELECT ${DOCUMENT_COLUMNS} FROM documents d WHERE ${sql} ORDER BY d.day_to DESC NULLS LAST, d.instant DESC NULLS LAST, d.id`,
    values,
  );
  return rows.map(toDocument);
}

export async function storedDocument(
  database: SqlDatabase,
  id: string,
  scopes: readonly string[],
): Promise<StoredDocument | null> {
  const { sql, values } = conditionOf({ scopes, documents: [id] });
  const [row] = await database.all(
    `SELECT ${STORED_COLUMNS} FROM documents d JOIN texts t ON t.doc = d.doc WHERE ${sql}`,
    values,
  );
  if (row === undefined) return null;
  const spans = await database.all(
    `SELECT start, "end" FROM passages WHERE doc = (SELECT doc FROM documents WHERE id = ?) ORDER BY id`,
    [id],
  );
  return toStoredDocument(
    row,
    spans.map(([start, end]) => ({ start: Number(start), end: Number(end) })),
  );
}

/** What `put` was given for one source, with the keys that its passages have here; null where there is none. */
export async function putAs(
  database: SqlDatabase,
  source: string,
  vectorOf: (value: Value) => Float32Array,
): Promise<{ article: Article; passages: PassageDraft[]; vectors: (Float32Array | null)[] } | null> {
  const [row] = await database.all(
    `SELECT ${STORED_COLUMNS}, d.fingerprint, d.doc FROM documents d JOIN texts t ON t.doc = d.doc WHERE d.source = ?`,
    [source],
  );
  if (row === undefined) return null;
  const [fingerprint, doc = null] = row.slice(-2);
  const rows = await database.all(
    `SELECT p.start, p."end", p.text, p.heading, p.speaker, p.role, p.context, v.vector
     FROM passages p LEFT JOIN vectors v ON v.passage = p.id WHERE p.doc = ? ORDER BY p.id`,
    [doc],
  );
  const { text, blocks, evidence, extra, scope, passages: _none, ...document } = toStoredDocument(row.slice(0, -2), []);
  return {
    article: { source, fingerprint: String(fingerprint), document, text, blocks, evidence, extra, warnings: [], scope },
    passages: rows.map(
      ([start, end, text, heading, speaker, role, context]) =>
        ({ start, end, text, heading, speaker, role, context }) as PassageDraft,
    ),
    vectors: rows.map((columns) => {
      const vector = columns[7] ?? null;
      return vector === null ? null : vectorOf(vector);
    }),
  };
}

/** In the order of the ids; those that are gone are left out. */
export async function passagesById(database: SqlDatabase, ids: readonly number[]): Promise<Passage[]> {
  const found = await passagesWhere(database, `p.id IN ${NUMBERS}`, JSON.stringify(ids));
  const byId = new Map(found.map((passage) => [passage.id, passage]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Of one document, in order. */
export function passagesOf(database: SqlDatabase, documentId: string): Promise<Passage[]> {
  return passagesWhere(database, "p.doc = (SELECT doc FROM documents WHERE id = ?)", documentId);
}

async function passagesWhere(database: SqlDatabase, condition: string, value: string): Promise<Passage[]> {
  const rows = await database.all(`SELECT ${PASSAGE_COLUMNS} FROM passages p WHERE ${condition} ORDER BY p.id`, [value]);
  const docs = [...new Set(rows.map((row) => Number(row[1])))];
  const documents = await database.all(`SELECT d.doc, ${DOCUMENT_COLUMNS} FROM documents d WHERE d.doc IN ${NUMBERS}`, [
    JSON.stringify(docs),
  ]);
  const byKey = new Map(documents.map(([doc, ...columns]) => [Number(doc), toDocument(columns)]));
  return rows.flatMap((row) => {
    const document = byKey.get(Number(row[1]));
    return document === undefined ? [] : toPassage(row, document);
  });
}

/** Passages and those of them without a vector. */
export async function vectorCounts(database: SqlDatabase): Promise<{ passages: number; pending: number }> {
  const [row] = await database.all("SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)");
  return { passages: Number(row?.[0]), pending: Number(row?.[0]) - Number(row?.[1]) };
}

export async function pendingPassages(database: SqlDatabase, limit: number): Promise<PendingPassage[]> {
  const rows = await database.all(
    `SELECT p.id, p.context, p.text FROM documents d CROSS JOIN passages p
     WHERE p.doc = d.doc AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.passage = p.id)
     ORDER BY d.day_to DESC NULLS LAST, d.doc DESC, p.id LIMIT ?`,
    [limit],
  );
  const pending = new Map<string, number>();
  for (const [id, context, text] of rows) {
    const input = context === "" ? String(text) : `${String(context)}\n${String(text)}`;
    if (!pending.has(input)) pending.set(input, Number(id));
  }
  return [...pending].map(([input, id]) => ({ id, input }));
}

export async function coverageOf(database: SqlDatabase, filter: Filter): ReturnType<KnowledgeStore["coverage"]> {
  const { sql, values } = conditionOf(filter);
  const one = async (columns: string, rest = ""): Promise<Row> =>
    (await database.all(`SELECT ${columns} FROM documents d WHERE ${sql} ${rest}`, values))[0] ?? [];
  const [documents, passages] = await one("count(*), coalesce(sum(d.passages), 0)");
  const [from] = await one("d.published", "AND d.day_from IS NOT NULL ORDER BY d.day_from, d.instant NULLS FIRST LIMIT 1");
  const [to] = await one("d.published", "AND d.day_to IS NOT NULL ORDER BY d.day_to DESC, d.instant DESC NULLS LAST LIMIT 1");
  const publishers = await database.all(
    `SELECT min(d.publisher) FROM documents d WHERE ${sql} AND d.publisher IS NOT NULL GROUP BY d.publisher_key`,
    values,
  );
  let undatedLeftOut = 0;
  if (asksForDates(filter) && filter.undated !== true) {
    const others = conditionOf(filter, { withoutDates: true });
    const [row] = await database.all(`SELECT count(*) FROM documents d WHERE ${others.sql} AND d.day_to IS NULL`, others.values);
    undatedLeftOut = Number(row?.[0]);
  }
  return {
    documents: Number(documents),
    passages: Number(passages),
    from: (from ?? null) as string | null,
    to: (to ?? null) as string | null,
    publishers: publishers.map(([publisher]) => String(publisher)).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    undatedLeftOut,
  };
}
