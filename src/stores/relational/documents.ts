// Documents and passages as both databases keep them: the reading of their tables.
import type { Coverage, Document, Filter, Passage, PassageDraft, StoredDocument } from "../../domain.ts";
import { conditionOf, dateColumns, publishersOf } from "./filters.ts";
import type { RelationalStore, VectorTable } from "./relational-store.ts";
import { NUMBERS, type Row, type SqlDatabase } from "./sql-database.ts";

export const DOCUMENT_FIELDS = [
  ...(["id", "title", "publisher", "author", "published", "updated", "fetched", "genre", "url", "path", "language"] as const),
];
export const DOCUMENT_COLUMNS = DOCUMENT_FIELDS.map((field) => `d.${field}`).join(", ");

export function toDocument(row: Row): Document {
  const [id, title, publisher, author, published, updated, fetched, genre, url, path, language] = row;
  return { id, title, publisher, author, published, updated, fetched, genre, url, path, language } as Document;
}

const DOC_OF = "(SELECT doc FROM documents WHERE id = ?)";

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

export function createDocumentReader(
  database: SqlDatabase,
  vectors: Pick<VectorTable, "cosine" | "toValue" | "toVector">,
): Pick<
  RelationalStore,
  "sources" | "vectors" | "pendingPassages" | "given" | "document" | "passages" | "passagesOf" | "cosines" | "leadVectors"
> {
  async function passagesWhere(condition: string, value: string): Promise<Passage[]> {
    const rows = await database.all(`SELECT ${PASSAGE_COLUMNS} FROM passages p WHERE ${condition} ORDER BY p.id`, [value]);
    const docs = JSON.stringify([...new Set(rows.map((row) => Number(row[1])))]);
    const documents = await database.all(`SELECT d.doc, ${DOCUMENT_COLUMNS} FROM documents d WHERE d.doc IN ${NUMBERS}`, [docs]);
    const byKey = new Map(documents.map(([doc, ...columns]) => [Number(doc), toDocument(columns)]));
    return rows.flatMap((row) => {
      const document = byKey.get(Number(row[1]));
      return document === undefined ? [] : toPassage(row, document);
    });
  }

  return {
    async sources() {
      const rows = await database.all("SELECT source, id, fingerprint FROM documents");
      return new Map(
        rows.map(([source, id, fingerprint]) => [String(source), { documentId: String(id), fingerprint: String(fingerprint) }]),
      );
    },
    async document(id, scopes = []) {
      const { sql, values } = conditionOf({ scopes, documents: [id] });
      const stored = `SELECT ${STORED_COLUMNS} FROM documents d JOIN texts t ON t.doc = d.doc WHERE ${sql}`;
      const [row] = await database.all(stored, values);
      if (row === undefined) return null;
      const spans = await database.all(`SELECT start, "end" FROM passages WHERE doc = ${DOC_OF} ORDER BY id`, [id]);
      return toStoredDocument(
        row,
        spans.map(([start, end]) => ({ start: Number(start), end: Number(end) })),
      );
    },
    async given(source) {
      const [row] = await database.all(
        `SELECT ${STORED_COLUMNS}, d.fingerprint, d.doc FROM documents d JOIN texts t ON t.doc = d.doc WHERE d.source = ?`,
        [source],
      );
      if (row === undefined) return null;
      const [fingerprint, doc = null] = row.slice(-2);
      const rows = await database.all(
        `SELECT v.vector, p.start, p."end", p.text, p.heading, p.speaker, p.role, p.context
         FROM passages p LEFT JOIN vectors v ON v.passage = p.id WHERE p.doc = ? ORDER BY p.id`,
        [doc],
      );
      const { text, blocks, evidence, extra, scope, passages: _none, ...document } = toStoredDocument(row.slice(0, -2), []);
      return {
        article: { source, fingerprint: String(fingerprint), document, text, blocks, evidence, extra, warnings: [], scope },
        passages: rows.map(
          ([, start, end, text, heading, speaker, role, context]) =>
            ({ start, end, text, heading, speaker, role, context }) as PassageDraft,
        ),
        vectors: rows.map(([vector = null]) => (vector === null ? null : vectors.toVector(vector))),
      };
    },
    async passages(ids) {
      const found = await passagesWhere(`p.id IN ${NUMBERS}`, JSON.stringify(ids));
      const byId = new Map(found.map((passage) => [passage.id, passage]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    passagesOf: (documentId) => passagesWhere(`p.doc = ${DOC_OF}`, documentId),
    async vectors() {
      const [row] = await database.all("SELECT (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)");
      return { passages: Number(row?.[0]), pending: Number(row?.[0]) - Number(row?.[1]) };
    },
    async pendingPassages(limit) {
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
    },
    async cosines(vector, ids) {
      const sql = `SELECT passage, ${vectors.cosine} FROM vectors WHERE passage IN ${NUMBERS}`;
      const rows = await database.all(sql, [vectors.toValue(vector), JSON.stringify(ids)]);
      const cosines = new Map(rows.map(([passage, cosine]) => [Number(passage), Number(cosine)]));
      return ids.map((id) => cosines.get(id) ?? null);
    },
    async leadVectors(documentId, limit) {
      const rows = await database.all(
        `SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.doc = ${DOC_OF} ORDER BY p.id LIMIT ?`,
        [documentId, limit],
      );
      return rows.map(([vector = null]) => vectors.toVector(vector));
    },
  };
}

export async function documentsOf(database: SqlDatabase, filter: Filter): Promise<Document[]> {
  const { sql, values } = conditionOf(filter);
  const rows = await database.all(
    `SELECT ${DOCUMENT_COLUMNS} FROM documents d WHERE ${sql} ORDER BY d.day_to DESC NULLS LAST, d.instant DESC NULLS LAST, d.id`,
    values,
  );
  return rows.map(toDocument);
}

/** What documents span that come newest first. */
export function coverageOf(documents: readonly Document[]): Coverage {
  let first: Document | null = null;
  for (const each of documents) if (each.published !== null && !(first !== null && isBefore(first, each))) first = each;
  return {
    documents: documents.length,
    from: first?.published ?? null,
    to: documents[0]?.published ?? null,
    publishers: publishersOf(documents).sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  };
}

/** By the first day that each may mean; of those the one without a time, then the earlier one. */
function isBefore(one: Document, other: Document): boolean {
  const [a, b] = [dateColumns(one.published), dateColumns(other.published)];
  return a.from === b.from ? (a.instant ?? 0) < (b.instant ?? 0) : String(a.from) < String(b.from);
}
