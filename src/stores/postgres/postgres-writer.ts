// The writing side of the index in PostgreSQL: one document with all that hangs on it is one transaction, and one run of writes goes on at a time,
// over all processes.
import type { Article, PassageDraft } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { KnowledgeStore } from "../knowledge.ts";
import {
  dimensionWith,
  documentRow,
  idTaken,
  INSERT_DOCUMENT,
  INSERT_TEXT,
  passageRow,
  textKey,
  textRow,
} from "../relational/article-rows.ts";
import { linkCopies, unlinkCopies } from "../relational/copies.ts";
import { storable } from "../relational/sql-database.ts";
import type { Lock, PostgresDatabase } from "./postgres-database.ts";
import { asText, termVector } from "./postgres-search.ts";

export interface PostgresWriter extends Pick<
  KnowledgeStore,
  "begin" | "put" | "remove" | "putVectors" | "sentenceVectors" | "keepSentenceVectors" | "holdVectors" | "flush"
> {
  /** Throws everything of the index away. Failure `ingest_running` where another run goes on. */
  empty(embedder: string): Promise<void>;
  close(): Promise<void>;
}

export interface WriterOptions {
  /** How long a run of writes waits for another process's. */
  lockWaitMs: number;
  /** From so many vectors on there is a graph. */
  graphFrom: number;
}

/** pgvector's graph takes no longer vectors: such are compared one by one. */
const LONGEST_VECTOR = 2000;
/** What building the graph takes for a vector besides its values, in bytes; and the most it is given: beyond, it builds on disk. */
const GRAPH_BYTES = 500;
const MOST_MEMORY_MB = 4096;

export function createPostgresWriter(database: PostgresDatabase, { lockWaitMs, graphFrom }: WriterOptions): PostgresWriter {
  let run: Lock | null = null;
  let embedding = false;
  let queue: Promise<unknown> = Promise.resolve();

  /** One piece of work after the other, whoever asks. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function begun(): Promise<void> {
    run ??= await database.lock("ingest", lockWaitMs);
    if (run === null)
      throw new Failure(
        "ingest_running",
        "Another ingest is writing this index.",
        "Wait until it has ended, or use another database.",
      );
    try {
      run.mustHold();
    } catch (error) {
      run = null;
      throw error;
    }
  }

  async function ended(): Promise<void> {
    await run?.release();
    run = null;
  }

  /** What came by many small steps is put in order, and the graph is built where there are enough vectors for one. */
  async function settle(): Promise<void> {
    const [[vectors, dimension, graph] = []] = await database.all(
      "SELECT (SELECT count(*) FROM vectors), (SELECT value FROM meta WHERE key = 'dimension'), to_regclass(?)::text",
      [`"${database.schema}".vectors_graph`],
    );
    if (graph !== null || Number(vectors) < graphFrom || Number(dimension) > LONGEST_VECTOR) return;
    const megabytes = Math.ceil((Number(vectors) * (Number(dimension) * 4 + GRAPH_BYTES)) / 2 ** 20) + 64;
    await database.transaction(async (open) => {
      await open.run("SET LOCAL statement_timeout = 0");
      await open.run(`SET LOCAL maintenance_work_mem = '${Math.min(MOST_MEMORY_MB, megabytes)}MB'`);
      await open.run(
        `CREATE INDEX IF NOT EXISTS vectors_graph ON vectors USING hnsw ((vector::vector(${Number(dimension)})) vector_ip_ops)`,
      );
    });
    await database.run("ANALYZE vectors");
  }

  return {
    begin: () => inTurn(begun),
    put: (article, passages, vectors = []) =>
      inTurn(async () => {
        await begun();
        await database.transaction(async (open) => {
          if (vectors.length > 0) await checkDimension(open, passages.length, vectors);
          const { id } = article.document;
          const [other] = await open.all("SELECT source FROM documents WHERE id = ? AND source <> ?", [id, article.source]);
          if (other !== undefined) throw idTaken(id, String(other[0]));
          // the earlier version steps aside: its vectors are still wanted
          const [before] = await open.all("SELECT doc FROM documents WHERE source = ?", [article.source]);
          if (before !== undefined)
            await open.run("UPDATE documents SET id = id || chr(1), source = source || chr(1) WHERE doc = ?", [
              before[0] ?? null,
            ]);
          const doc = await insertDocument(open, article, passages, vectors);
          if (before !== undefined) await deleteDocuments(open, [Number(before[0])]);
          await linkCopies(open, doc, storable(article.text));
          await changed(open);
        });
      }),
    remove: (documentIds) =>
      inTurn(async () => {
        await begun();
        return database.transaction(async (open) => {
          const found = await open.all("SELECT doc FROM documents WHERE id = ANY(?)", [[...documentIds]]);
          if (found.length === 0) return 0;
          await deleteDocuments(
            open,
            found.map(([doc]) => Number(doc)),
          );
          await changed(open);
          return found.length;
        });
      }),
    putVectors: (ids, vectors) =>
      inTurn(() =>
        database.transaction(async (open) => {
          await checkDimension(open, ids.length, vectors);
          await open.run(
            `INSERT INTO vectors (passage, vector)
             SELECT same.id, given.vector::vector FROM unnest(?::bigint[], ?::text[]) AS given (id, vector)
             JOIN passages own ON own.id = given.id JOIN passages same ON same.input = own.input
             ORDER BY same.id ON CONFLICT DO NOTHING`,
            [[...ids], vectors.map(asText)],
          );
          const [[left] = []] = await open.all("SELECT (SELECT count(*) FROM passages) - (SELECT count(*) FROM vectors)");
          if (left === 0) await changed(open);
        }),
      ),
    async holdVectors() {
      if (embedding) return null;
      embedding = true;
      const lock = await database.lock("vectors", 0).catch((error: unknown) => {
        embedding = false;
        throw error;
      });
      if (lock === null) embedding = false;
      return (
        lock && {
          async release() {
            try {
              await settle();
            } finally {
              embedding = false;
              await lock.release();
            }
          },
        }
      );
    },
    async sentenceVectors(sentences) {
      const rows = await database.all(
        `SELECT given.at, s.vector FROM unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS given (passage, sentence, at)
         JOIN sentence_vectors s ON s.passage = given.passage AND s.sentence = decode(given.sentence, 'hex')`,
        [sentences.map(({ passage }) => passage), sentences.map(({ text }) => textKey(text))],
      );
      const found = new Map(rows.map(([at, bytes]) => [Number(at) - 1, bytes]));
      return sentences.map((_, at) => {
        const bytes = found.get(at);
        return Buffer.isBuffer(bytes) ? new Float32Array(Uint8Array.from(bytes).buffer) : null;
      });
    },
    async keepSentenceVectors(sentences, vectors) {
      const bytes = vectors.map((vector) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("hex"));
      // a memory, not a truth: where it cannot be written, it is made again; and the passage may be gone by now
      await database
        .run(
          `INSERT INTO sentence_vectors (passage, sentence, vector)
           SELECT p.id, decode(given.sentence, 'hex'), decode(given.vector, 'hex')
           FROM unnest(?::bigint[], ?::text[], ?::text[]) AS given (passage, sentence, vector) JOIN passages p ON p.id = given.passage
           ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
          [sentences.map(({ passage }) => passage), sentences.map(({ text }) => textKey(text)), bytes],
        )
        .catch(() => undefined);
    },
    flush: () =>
      inTurn(async () => {
        if (run === null) return;
        try {
          await database.all("SELECT gin_clean_pending_list('words_by_term')");
          await settle();
        } finally {
          await ended();
        }
      }),
    empty: (embedder) =>
      inTurn(async () => {
        await begun();
        try {
          await database.transaction(async (open) => {
            await open.run("TRUNCATE documents, texts, passages, words, terms, vectors, sentence_vectors, families, shingles");
            await open.run("DROP INDEX IF EXISTS vectors_graph");
            await open.run("UPDATE meta SET value = '0' WHERE key IN ('dimension', 'generation', 'removals')");
            await open.run("UPDATE meta SET value = ? WHERE key = 'embedder'", [embedder]);
            await open.run("UPDATE meta SET value = gen_random_uuid()::text WHERE key = 'store'");
          });
        } finally {
          await ended();
        }
      }),
    close: () => inTurn(ended),
  };
}

/** What was derived from the store is out of date. */
async function changed(open: PostgresDatabase): Promise<void> {
  await open.run("UPDATE meta SET value = (value::bigint + 1)::text WHERE key = 'generation'");
}

async function insertDocument(
  open: PostgresDatabase,
  article: Article,
  passages: readonly PassageDraft[],
  vectors: readonly (Float32Array | null)[],
): Promise<number> {
  const [[doc] = []] = await open.all(`${INSERT_DOCUMENT} RETURNING doc`, documentRow(article, passages.length));
  await open.run(INSERT_TEXT, textRow(Number(doc), article));
  const rows = passages.map((passage, at) => {
    const row = passageRow(passage);
    const vector = vectors[at] ?? null;
    return { at, ...row, terms: termVector(row.text, row.context), vector: vector === null ? null : asText(vector) };
  });
  // all passages of a document cross over at once
  await open.run(
    `WITH given AS (
       SELECT * FROM json_to_recordset(?::json) AS given (at bigint, start bigint, "end" bigint, text text, context text, heading text,
         speaker text, role text, weight real, input text, terms text, vector text)
     ), kept AS (
       INSERT INTO passages (doc, start, "end", text, context, heading, speaker, role, weight, input)
       SELECT ?::bigint, start, "end", text, context, heading, speaker, role, weight, decode(input, 'hex') FROM given ORDER BY at
       RETURNING id
     ), placed AS (
       SELECT kept.id, given.terms, given.vector, decode(given.input, 'hex') AS input
       FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at FROM kept) kept JOIN given USING (at)
     ), worded AS (
       INSERT INTO words (passage, terms) SELECT id, terms::tsvector FROM placed
     )
     INSERT INTO vectors (passage, vector)
     SELECT id, vector FROM (
       SELECT id, coalesce(placed.vector::vector,
         (SELECT v.vector FROM passages p JOIN vectors v ON v.passage = p.id WHERE p.input = placed.input LIMIT 1)) AS vector
       FROM placed
     ) found WHERE vector IS NOT NULL`,
    [JSON.stringify(rows), Number(doc)],
  );
  await countTerms(open, [Number(doc)], "+");
  return Number(doc);
}

async function deleteDocuments(open: PostgresDatabase, docs: readonly number[]): Promise<void> {
  await countTerms(open, docs, "-");
  for (const doc of docs) await unlinkCopies(open, doc);
  const [[passages] = []] = await open.all("SELECT count(*) FROM passages WHERE doc = ANY(?)", [docs]);
  // all else hangs on them
  await open.run("DELETE FROM documents WHERE doc = ANY(?)", [docs]);
  await open.run("UPDATE meta SET value = (value::bigint + ?::bigint)::text WHERE key = 'removals'", [Number(passages)]);
}

/** Brings the number of passages that hold each term up to date. */
async function countTerms(open: PostgresDatabase, docs: readonly number[], sign: "+" | "-"): Promise<void> {
  await open.run(
    `INSERT INTO terms (term, passages)
     SELECT lexeme, ${sign}count(*) FROM passages p JOIN words w ON w.passage = p.id, unnest(w.terms) WHERE p.doc = ANY(?)
     GROUP BY lexeme ORDER BY lexeme ON CONFLICT (term) DO UPDATE SET passages = terms.passages + excluded.passages`,
    [docs],
  );
}

/** The first vectors set the dimension. */
async function checkDimension(open: PostgresDatabase, wanted: number, given: readonly (Float32Array | null)[]): Promise<void> {
  const [[have] = []] = await open.all("SELECT value FROM meta WHERE key = 'dimension'");
  const dimension = dimensionWith(Number(have), wanted, given);
  await open.run("UPDATE meta SET value = ? WHERE key = 'dimension' AND value = '0'", [String(dimension)]);
}
