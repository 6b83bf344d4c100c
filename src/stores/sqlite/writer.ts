// The writing side of knowledge.db, on a connection of its own: readers never see half of a document, and a large one is written in
// slices between which the event loop runs, in one transaction all the same.
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Article, PassageDraft } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { plainLetters } from "../../text/words.ts";
import { linkCopies, textOf, unlinkCopies, unlinkedDocuments } from "./copies.ts";
import type { Connection, Value } from "./database.ts";
import { openDatabase, storable } from "./database.ts";
import { dateColumns, publisherKey } from "./filters.ts";
import { meta, setMeta } from "./schema.ts";
import { weightOf } from "./text-search.ts";
import type { WriteLock } from "./write-lock.ts";
import { takeWriteLock } from "./write-lock.ts";

export interface Writer {
  /** Takes the write lock for a run; nothing where it is held already. */
  begin(): Promise<void>;
  put(article: Article, passages: readonly PassageDraft[], vectors: readonly Float32Array[]): Promise<void>;
  remove(documentIds: readonly string[]): Promise<number>;
  knownVectors(passages: readonly PassageDraft[]): Promise<(Float32Array | null)[]>;
  keepVectors(passages: readonly PassageDraft[], vectors: readonly Float32Array[]): Promise<void>;
  /** Ends the run: spare vectors go, the lock is released. */
  end(): Promise<void>;
  close(): void;
}

/** The longest that one slice of a transaction holds the event loop. */
const SLICE_MS = 12;

export function createWriter(file: string, lockFile: string, lockWaitMs: number): Writer {
  let connection: Connection | null = null;
  let lock: WriteLock | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let lastTurn = performance.now();

  /** One piece of work after the other, whoever asks. */
  const inTurn = <T>(work: (connection: Connection) => Promise<T> | T): Promise<T> => {
    const turn = queue.then(async () => {
      lock ??= await takeWriteLock(lockFile, lockWaitMs);
      connection ??= openDatabase(file);
      // many small documents in a row are one long one
      if (performance.now() - lastTurn > SLICE_MS) {
        await nextTurn();
        lastTurn = performance.now();
      }
      return work(connection);
    });
    queue = turn.catch(() => undefined);
    return turn;
  };

  const transaction = async <T>(open: Connection, work: () => Promise<T>): Promise<T> => {
    open.script("BEGIN IMMEDIATE");
    try {
      const result = await work();
      setMeta(open, "generation", String(Number(meta(open, "generation")) + 1));
      open.script("COMMIT");
      return result;
    } catch (error) {
      try {
        open.script("ROLLBACK");
      } catch {
        // a full disk has rolled back by itself
      }
      throw error;
    }
  };

  return {
    begin: () =>
      inTurn(async (open) => {
        for (const doc of unlinkedDocuments(open)) {
          open.transaction(() => linkCopies(open, doc, textOf(open, doc)));
          await nextTurn();
        }
      }),
    put: (article, passages, vectors) =>
      inTurn((open) => {
        checkDimension(open, passages, vectors);
        return transaction(open, async () => {
          const before = open.sql("SELECT doc FROM documents WHERE source = ?").get([article.source])?.[0];
          const [other] =
            open.sql("SELECT source FROM documents WHERE id = ? AND source <> ?").get([article.document.id, article.source]) ??
            [];
          if (other !== undefined) throw idTaken(article.document.id, String(other));
          if (typeof before === "number") await deleteDocument(open, before);
          await insertDocument(open, article, passages, vectors);
        });
      }),
    remove: (documentIds) =>
      inTurn(async (open) => {
        const found = documentIds.flatMap((id) => open.sql("SELECT doc FROM documents WHERE id = ?").get([id]) ?? []);
        if (found.length === 0) return 0;
        await transaction(open, async () => {
          for (const doc of found) await deleteDocument(open, Number(doc));
        });
        return found.length;
      }),
    knownVectors: (passages) =>
      inTurn((open) => {
        const stored = open.sql("SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.input = ? LIMIT 1");
        const spare = open.sql("SELECT vector FROM spare_vectors WHERE input = ?");
        return passages.map((passage) => {
          const input = inputKey(passage);
          const [bytes] = stored.get([input]) ?? spare.get([input]) ?? [];
          return Buffer.isBuffer(bytes) ? toVector(bytes) : null;
        });
      }),
    keepVectors: (passages, vectors) =>
      inTurn((open) => {
        checkDimension(open, passages, vectors);
        open.transaction(() => {
          const insert = open.sql("INSERT OR REPLACE INTO spare_vectors (input, vector) VALUES (?, ?)");
          passages.forEach((passage, at) => insert.run([inputKey(passage), toBytes(vectors[at] as Float32Array)]));
        });
      }),
    end() {
      const turn = queue.then(() => {
        if (lock === null) return;
        connection?.sql("DELETE FROM spare_vectors").run();
        lock.release();
        lock = null;
      });
      queue = turn.catch(() => undefined);
      return turn;
    },
    close() {
      lock?.release();
      lock = null;
      connection?.close();
      connection = null;
    },
  };
}

async function insertDocument(
  open: Connection,
  { source, fingerprint, document, text, blocks, evidence, extra, scope }: Article,
  passages: readonly PassageDraft[],
  vectors: readonly Float32Array[],
): Promise<void> {
  const day = dateColumns(document.published);
  const { id: doc } = open
    .sql(
      `INSERT INTO documents (id, source, fingerprint, title, publisher, author, published, updated, fetched, genre, url, path, language, scope,
         publisher_key, day_from, day_to, instant, passages) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
    )
    .run([
      ...[document.id, source, fingerprint, document.title, document.publisher, document.author, document.published].map(clean),
      ...[document.updated, document.fetched, document.genre, document.url, document.path, document.language, scope].map(clean),
      document.publisher === null ? null : publisherKey(clean(document.publisher) ?? ""),
      day.from,
      day.to,
      day.instant,
      passages.length,
    ]);
  open
    .sql("INSERT INTO texts (doc, text, blocks, evidence, extra) VALUES (?, ?, ?, ?, ?)")
    .run([doc, storable(text), JSON.stringify(blocks), JSON.stringify(evidence), JSON.stringify(extra)]);
  const passageRow = open.sql(
    `INSERT INTO passages (doc, start, "end", text, heading, speaker, role, weight, input) VALUES (?,?,?,?,?,?,?,?,?)`,
  );
  const vectorRow = open.sql("INSERT INTO vectors (passage, vector) VALUES (?, ?)");
  const wordsRow = open.sql("INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)");
  await inSlices(passages, (passage, at) => {
    const own = storable(passage.text);
    const { heading, speaker, role } = passage;
    const place: Value[] = [doc, passage.start, passage.end, own];
    const { id } = passageRow.run(
      place.concat([heading, speaker, role].map(clean), weightOf(own, passage.context), inputKey(passage)),
    );
    vectorRow.run([id, toBytes(vectors[at] as Float32Array)]);
    wordsRow.run([id, plainLetters(own), plainLetters(storable(passage.context))]);
  });
  linkCopies(open, doc, text);
}

async function deleteDocument(open: Connection, doc: number): Promise<void> {
  const ids = open.sql("SELECT id FROM passages WHERE doc = ?").all([doc]);
  const statements = [
    open.sql("DELETE FROM words WHERE rowid = ?"),
    open.sql("DELETE FROM vectors WHERE passage = ?"),
    open.sql("DELETE FROM passages WHERE id = ?"),
  ];
  await inSlices(ids, ([id]) => {
    for (const statement of statements) statement.run([id ?? null]);
  });
  unlinkCopies(open, doc);
  // its text goes with it
  open.sql("DELETE FROM documents WHERE doc = ?").run([doc]);
  if (ids.length > 0) setMeta(open, "removals", String(Number(meta(open, "removals")) + ids.length));
}

async function inSlices<T>(items: readonly T[], work: (item: T, at: number) => void): Promise<void> {
  let began = performance.now();
  for (const [at, item] of items.entries()) {
    work(item, at);
    if (performance.now() - began < SLICE_MS) continue;
    await nextTurn();
    began = performance.now();
  }
}

/** The first vectors set the dimension; afterwards another length is an error of the program. */
function checkDimension(open: Connection, passages: readonly PassageDraft[], vectors: readonly Float32Array[]): void {
  if (passages.length !== vectors.length) throw new Error(`${passages.length} passages came with ${vectors.length} vectors`);
  if (vectors.length === 0) return;
  const have = Number(meta(open, "dimension"));
  const wrong = vectors.find((vector) => vector.length !== (have === 0 ? vectors[0]?.length : have));
  if (wrong !== undefined) {
    throw new Failure(
      "embeddings_failed",
      `The embedder gave a vector of ${wrong.length} values where the index holds ${have}.`,
      "The model behind EMBEDDINGS has changed under the same name: rebuild with npm run --silent briefing -- ingest --rebuild",
    );
  }
  if (have === 0) setMeta(open, "dimension", String(vectors[0]?.length ?? 0));
}

function idTaken(id: string, source: string): Failure {
  return new Failure(
    "document_id_taken",
    `The document id ${id} belongs to ${source} already.`,
    "Give one of the two another `id` in its front matter.",
  );
}

/** Equal where the embedder is given the same. */
function inputKey({ context, text }: PassageDraft): Buffer {
  return createHash("sha256").update(`${context}\n${text}`).digest().subarray(0, 16);
}

function clean(value: string | null): string | null {
  return value === null ? null : storable(value);
}

function toBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A copy: the bytes may not stand where a Float32Array may begin. */
export function toVector(bytes: Buffer): Float32Array {
  const copy = new Float32Array(bytes.length / 4);
  Buffer.from(copy.buffer).set(bytes);
  return copy;
}
