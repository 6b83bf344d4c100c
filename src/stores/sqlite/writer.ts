// The writing side of knowledge.db, on a connection of its own: readers never see half of a document, and a large one is written in
// slices between which the event loop runs, in one transaction all the same.
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Article, PassageDraft } from "../../domain.ts";
import { plainLetters } from "../../text/words.ts";
import type { PassageSentence } from "../knowledge.ts";
import {
  dimensionWith,
  documentRow,
  idTaken,
  INSERT_DOCUMENT,
  INSERT_TEXT,
  passageRow,
  type PassageRow,
  textKey,
  textRow,
} from "../relational/article-rows.ts";
import { linkCopies, unlinkCopies } from "../relational/copies.ts";
import { isBusy, openDatabase, statementsOn, type Connection } from "./database.ts";
import { dimensionOf, meta, setMeta } from "./schema.ts";
import { toBytes } from "./vector-bytes.ts";
import type { WriteLock } from "./write-lock.ts";
import { takeWriteLock } from "./write-lock.ts";

export interface Writer {
  /** Takes the write lock for a run; nothing where it is held already. */
  begin(): Promise<void>;
  put(article: Article, passages: readonly PassageDraft[], vectors: readonly (Float32Array | null)[]): Promise<void>;
  remove(documentIds: readonly string[]): Promise<number>;
  /** Needs no run: one short transaction between those of whoever has one. */
  putVectors(ids: readonly number[], vectors: readonly Float32Array[]): Promise<void>;
  keepSentenceVectors(sentences: readonly PassageSentence[], vectors: readonly Float32Array[]): Promise<void>;
  /** Ends the run: the lock is released. */
  end(): Promise<void>;
  close(): void;
}

/** The longest that one slice of a transaction holds the event loop. */
const SLICE_MS = 12;
/** Another process's transaction is waited for without holding the event loop. */
const BUSY_MS = 30;
const BUSY_TRIES = 400;
/** What is only remembered is not worth waiting for. */
const MEMORY_TRIES = 5;

export function createWriter(file: string, lockFile: string, lockWaitMs: number): Writer {
  let connection: Connection | null = null;
  let lock: WriteLock | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let lastTurn = performance.now();

  /** One piece of work after the other, whoever asks. */
  const inTurn = <T>(work: (connection: Connection) => Promise<T> | T, { locked = true } = {}): Promise<T> => {
    const turn = queue.then(async () => {
      if (locked) lock ??= await takeWriteLock(lockFile, lockWaitMs);
      connection ??= openDatabase(file, { busyMs: BUSY_MS });
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

  const transaction = async <T>(open: Connection, work: () => Promise<T> | T, tries = BUSY_TRIES): Promise<T> => {
    await begun(open, tries);
    try {
      const result = await work();
      open.script("COMMIT");
      return result;
    } catch (error) {
      open.rollback();
      throw error;
    }
  };

  return {
    begin: () => inTurn(() => undefined),
    put: (article, passages, vectors) =>
      inTurn((open) => {
        if (vectors.length > 0) checkDimension(open, passages.length, vectors);
        return transaction(open, async () => {
          const rows = passages.map(passageRow);
          const given = rows.map(({ input }, at) => {
            const vector = vectors[at] ?? null;
            return vector === null ? knownVector(open, input) : toBytes(vector);
          });
          const before = open.sql("SELECT doc FROM documents WHERE source = ?").get([article.source])?.[0];
          const [other] =
            open.sql("SELECT source FROM documents WHERE id = ? AND source <> ?").get([article.document.id, article.source]) ??
            [];
          if (other !== undefined) throw idTaken(article.document.id, String(other));
          if (typeof before === "number") await deleteDocument(open, before);
          await insertDocument(open, article, rows, given);
          changed(open);
        });
      }),
    remove: (documentIds) =>
      inTurn(async (open) => {
        const found = documentIds.flatMap((id) => open.sql("SELECT doc FROM documents WHERE id = ?").get([id]) ?? []);
        if (found.length === 0) return 0;
        await transaction(open, async () => {
          for (const doc of found) await deleteDocument(open, Number(doc));
          changed(open);
        });
        return found.length;
      }),
    putVectors: (ids, vectors) =>
      inTurn(
        (open) => {
          checkDimension(open, ids.length, vectors);
          const insert = open.sql(
            `INSERT OR IGNORE INTO vectors (passage, vector)
             SELECT same.id, ? FROM passages own JOIN passages same ON same.input = own.input WHERE own.id = ?`,
          );
          return transaction(open, () => {
            ids.forEach((id, at) => insert.run([toBytes(vectors[at] as Float32Array), id]));
            const [left] = open.sql("SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM vectors)").get() ?? [];
            if (left === 0) changed(open);
          });
        },
        { locked: false },
      ),
    keepSentenceVectors: (sentences, vectors) =>
      inTurn(
        (open) =>
          transaction(
            open,
            () => {
              // the passage may be gone by now
              const insert = open.sql(
                "INSERT OR IGNORE INTO sentence_vectors (passage, sentence, vector) SELECT id, ?, ? FROM passages WHERE id = ?",
              );
              sentences.forEach(({ passage, text }, at) =>
                insert.run([sentenceKey(text), toBytes(vectors[at] as Float32Array), passage]),
              );
            },
            MEMORY_TRIES,
          ),
        { locked: false },
      ),
    end() {
      const turn = queue.then(() => {
        if (lock === null) return;
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

async function begun(open: Connection, tries: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      open.script("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error) || attempt >= tries) throw error;
      await sleep(BUSY_MS);
    }
  }
}

/** What was derived from the store is out of date. */
function changed(open: Connection): void {
  setMeta(open, "generation", String(Number(meta(open, "generation")) + 1));
}

async function insertDocument(
  open: Connection,
  article: Article,
  passages: readonly PassageRow[],
  vectors: readonly (Buffer | null)[],
): Promise<void> {
  const { id: doc } = open.sql(INSERT_DOCUMENT).run(documentRow(article, passages.length));
  open.sql(INSERT_TEXT).run(textRow(doc, article));
  const insertPassage = open.sql(
    `INSERT INTO passages (doc, start, "end", text, context, heading, speaker, role, weight, input) VALUES (?,?,?,?,?,?,?,?,?,?)`,
  );
  const vectorRow = open.sql("INSERT INTO vectors (passage, vector) VALUES (?, ?)");
  const wordsRow = open.sql("INSERT INTO words (rowid, text, context) VALUES (?, ?, ?)");
  await inSlices(passages, ({ start, end, text, context, heading, speaker, role, weight, input }, at) => {
    const { id } = insertPassage.run([doc, start, end, text, context, heading, speaker, role, weight, Buffer.from(input, "hex")]);
    const vector = vectors[at] ?? null;
    if (vector !== null) vectorRow.run([id, vector]);
    wordsRow.run([id, plainLetters(text), plainLetters(context)]);
  });
  await linkCopies(statementsOn(open), doc, article.text);
}

async function deleteDocument(open: Connection, doc: number): Promise<void> {
  const ids = open.sql("SELECT id FROM passages WHERE doc = ?").all([doc]);
  const statements = [
    open.sql("DELETE FROM words WHERE rowid = ?"),
    open.sql("DELETE FROM vectors WHERE passage = ?"),
    open.sql("DELETE FROM sentence_vectors WHERE passage = ?"),
    open.sql("DELETE FROM passages WHERE id = ?"),
  ];
  await inSlices(ids, ([id]) => {
    for (const statement of statements) statement.run([id ?? null]);
  });
  await unlinkCopies(statementsOn(open), doc);
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

/** The first vectors set the dimension. */
function checkDimension(open: Connection, wanted: number, given: readonly (Float32Array | null)[]): void {
  const have = dimensionOf(open);
  const dimension = dimensionWith(have, wanted, given);
  if (have !== dimension) setMeta(open, "dimension", String(dimension));
}

/** Of a passage with the same context and text, so that an edit costs only what it changed. */
function knownVector(open: Connection, input: string): Buffer | null {
  const [bytes] =
    open
      .sql("SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.input = ? LIMIT 1")
      .get([Buffer.from(input, "hex")]) ?? [];
  return Buffer.isBuffer(bytes) ? bytes : null;
}

export const sentenceKey = (text: string): Buffer => Buffer.from(textKey(text), "hex");
