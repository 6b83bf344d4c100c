// The writing side of an index: one document with all that hangs on it is one transaction, and one run of writes goes on at a time, over all
// processes.
import { createHash } from "node:crypto";
import type { Article, PassageDraft } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { KnowledgeStore } from "../knowledge.ts";
import { termsOf, weightOf } from "./bm25.ts";
import { DOCUMENT_FIELDS } from "./documents.ts";
import { dateColumns, publisherKey } from "./filters.ts";
import { checkDimension, count } from "./knowledge-tables.ts";
import type { VectorTable } from "./relational-store.ts";
import { insertRows, NUMBERS, parts, type Lock, type SqlDatabase, type StoreDatabase, type Value } from "./sql-database.ts";
import type { WordIndex } from "./text-search.ts";

export type KnowledgeWriter = Pick<KnowledgeStore, "begin" | "put" | "remove" | "putVectors" | "holdVectors" | "flush" | "close">;

export function createKnowledgeWriter(
  { database, words, vectors }: { database: StoreDatabase; words: WordIndex; vectors: VectorTable },
  lockWaitMs: number,
): KnowledgeWriter {
  let run: Lock | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function begun(): Promise<void> {
    run ??= await database.lock("ingest", lockWaitMs);
    try {
      run.mustHold();
    } catch (error) {
      run = null;
      throw error;
    }
  }

  async function ended(): Promise<void> {
    const ending = run;
    run = null;
    await ending?.release();
  }

  const written = <T>(work: (open: SqlDatabase) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await begun();
      return database.transaction(work);
    });

  return {
    begin: () => inTurn(begun),
    async put(article, passages, given = []) {
      await written(async (open) => {
        if (given.length > 0) await checkDimension(open, passages.length, given);
        const { source, document } = article;
        const found = await open.all("SELECT doc, source FROM documents WHERE id = ? OR source = ?", [document.id, source]);
        const other = found.find(([, theirs]) => theirs !== source);
        if (other !== undefined) throw idTaken(document.id, String(other[1]));
        // the earlier version steps aside: its vectors are still wanted
        const before = found.map(([doc]) => Number(doc));
        for (const doc of before) {
          const aside = `earlier version ${doc}`;
          await open.run("UPDATE documents SET id = ?, source = ? WHERE doc = ?", [aside, aside, doc]);
        }
        const ids = await insertDocument(open, article, passages, given);
        for (const old of before) await deleteDocument(open, old);
        // last: with each statement of many rows FTS5 writes out what it holds back
        const worded = passages.map(({ text, context }, at) => ({
          id: ids[at] as number,
          text: termsOf(text),
          context: termsOf(context),
        }));
        for (const part of parts(worded)) await words.add(open, part);
        await count(open, "generation");
      });
      vectors.follow(given.length);
    },
    remove: (documentIds) =>
      written(async (open) => {
        let removed = 0;
        for (const id of documentIds) {
          const [found] = await open.all("SELECT doc FROM documents WHERE id = ?", [id]);
          if (found === undefined) continue;
          await deleteDocument(open, Number(found[0]));
          removed += 1;
        }
        if (removed > 0) await count(open, "generation");
        return removed;
      }),
    async putVectors(ids, found) {
      await inTurn(() =>
        database.transaction(async (open) => {
          await checkDimension(open, ids.length, found);
          const places = await open.all(
            `SELECT own.id, same.id FROM passages own JOIN passages same ON same.input = own.input WHERE own.id IN ${NUMBERS} ORDER BY 2`,
            [JSON.stringify(ids)],
          );
          const vectorOf = new Map(ids.map((id, at) => [id, vectors.toValue(found[at] as Float32Array)]));
          const rows = places.map(([own, passage = null]) => ({ passage, vector: vectorOf.get(Number(own)) as Value }));
          await insertRows(open, "vectors", rows);
          const [[left] = []] = await open.all("SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM vectors)");
          if (left === 0) await count(open, "generation");
        }),
      );
      vectors.follow(found.length);
    },
    async holdVectors() {
      try {
        const lock = await database.lock("vectors", 0);
        return {
          async release() {
            try {
              await vectors.settle();
            } finally {
              await lock.release();
            }
          },
        };
      } catch (error) {
        if (error instanceof Failure && error.code === "ingest_running") return null;
        throw error;
      }
    },
    flush: () =>
      inTurn(async () => {
        try {
          if (run !== null) await vectors.settle();
        } finally {
          await ended();
        }
      }),
    close: () =>
      inTurn(async () => {
        await ended();
        await vectors.close();
        await database.close();
      }),
  };

  async function insertDocument(
    open: SqlDatabase,
    article: Article,
    passages: readonly PassageDraft[],
    given: readonly (Float32Array | null)[],
  ): Promise<number[]> {
    const { source, fingerprint, document, scope } = article;
    const { from, to, instant } = dateColumns(document.published);
    const publisher_key = document.publisher === null ? null : publisherKey(document.publisher);
    const told = Object.fromEntries(DOCUMENT_FIELDS.map((field) => [field, document[field]]));
    const dates = { day_from: from, day_to: to, instant };
    const row = { ...told, source, fingerprint, scope, publisher_key, ...dates, passages: passages.length };
    const doc = Number((await insertRows(open, "documents", [row], "doc"))[0]);
    const json = (key: "blocks" | "evidence" | "extra"): string => JSON.stringify(article[key]);
    await insertRows(open, "texts", [
      { doc, text: article.text, blocks: json("blocks"), evidence: json("evidence"), extra: json("extra") },
    ]);
    const rows = passages.map(({ start, end, text, context, heading, speaker, role }) => {
      const [weight, input] = [weightOf(text, context), keyOf(`${context}\n${text}`)];
      return { doc, start, '"end"': end, text, context, heading, speaker, role, weight, input };
    });
    const ids = (await insertRows(open, "passages", rows, "id")).map(Number).sort((a, b) => a - b);
    const vectorRows = ids.flatMap((passage, at) => {
      const vector = given[at] ?? null;
      return vector === null ? [] : [{ passage, vector: vectors.toValue(vector) }];
    });
    await insertRows(open, "vectors", vectorRows);
    // an edit costs only what it changed
    await open.run(
      `INSERT INTO vectors (passage, vector) SELECT own.id, v.vector FROM passages own
       JOIN passages same ON same.input = own.input JOIN vectors v ON v.passage = same.id
       WHERE own.doc = ? AND NOT EXISTS (SELECT 1 FROM vectors had WHERE had.passage = own.id) ON CONFLICT DO NOTHING`,
      [doc],
    );
    return ids;
  }

  async function deleteDocument(open: SqlDatabase, doc: number): Promise<void> {
    const ids = (await open.all("SELECT id FROM passages WHERE doc = ?", [doc])).map(([id]) => Number(id));
    for (const part of parts(ids)) await words.remove(open, part);
    for (const part of parts(ids))
      for (const of of ["vectors WHERE passage", "passages WHERE id"])
        await open.run(`DELETE FROM ${of} IN ${NUMBERS}`, [JSON.stringify(part)]);
    // its text goes with it
    await open.run("DELETE FROM documents WHERE doc = ?", [doc]);
    await count(open, "removals", ids.length);
  }
}

/** Equal for equal texts; half of a digest is plenty. */
const keyOf = (text: string): Buffer => createHash("sha256").update(text).digest().subarray(0, 16);

const idTaken = (id: string, source: string): Failure =>
  new Failure(
    "document_id_taken",
    `The document id ${id} belongs to ${source} already.`,
    "Give one of the two another `id` in its front matter.",
  );
