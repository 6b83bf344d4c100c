// VectorTable: pgvector. Exact below some size and for filters that leave few, else its graph.
import type { VectorHit } from "../knowledge.ts";
import { metaOf } from "../relational/knowledge-tables.ts";
import type { VectorTable } from "../relational/relational-store.ts";
import type { Row } from "../relational/sql-database.ts";
import type { PostgresDatabase } from "./postgres-database.ts";

/** pgvector looks at most at so many candidates in one search, and by itself at 40; of 200,000 vectors 120 found 94 % of the nearest ten. */
const MOST_CANDIDATES = 1000;
const FEWEST_CANDIDATES = 300;
/** pgvector's graph takes no longer vectors: such are compared one by one. */
const LONGEST_VECTOR = 2000;
/** What building the graph takes for a vector besides its values, in bytes; and the most it is given: beyond, it builds on disk. */
const GRAPH_BYTES = 500;
const MOST_MEMORY_MB = 4096;

/** Up to `exactUpTo` vectors are compared one by one. */
export function createPgvector(database: PostgresDatabase, exactUpTo: number): VectorTable {
  /** Null where there is no graph; `iterative` where pgvector goes on looking by itself. */
  async function graph(): Promise<{ iterative: boolean } | null> {
    const [[made, version] = []] = await database.all(
      "SELECT to_regclass(?)::text, (SELECT extversion FROM pg_extension WHERE extname = 'vector')",
      [`"${database.schema}".vectors_graph`],
    );
    const [major = 0, minor = 0] = String(version).split(".").map(Number);
    return made === null ? null : { iterative: major > 0 || minor >= 8 };
  }

  async function oneByOne(vector: string, among: readonly number[] | null, k: number): Promise<VectorHit[]> {
    // what is added keeps the graph's order from being used
    const rows = await database.all(
      `SELECT passage, -(vector <#> ?::vector) FROM vectors ${among === null ? "" : "WHERE passage = ANY(?::bigint[])"}
       ORDER BY (vector <#> ?::vector) + 0, passage LIMIT ?`,
      [vector, ...(among === null ? [] : [`{${among.join(",")}}`]), vector, k],
    );
    return rows.map(toHit);
  }

  /** Nearest first by the graph; fewer than asked for where a search on an older pgvector ends. */
  function byGraph(vector: string, length: number, wanted: number, iterative: boolean): Promise<VectorHit[]> {
    return database.transaction(async (open) => {
      await open.run(`SET LOCAL hnsw.ef_search = ${Math.min(MOST_CANDIDATES, Math.max(FEWEST_CANDIDATES, wanted))}`);
      if (iterative) await open.run("SET LOCAL hnsw.iterative_scan = strict_order");
      await open.run("SET LOCAL enable_seqscan = off");
      const distance = `vector::vector(${length}) <#> ?::vector(${length})`;
      const rows = await open.all(`SELECT passage, -(${distance}) FROM vectors ORDER BY ${distance} LIMIT ?`, [
        vector,
        vector,
        wanted,
      ]);
      return rows.map(toHit);
    });
  }

  return {
    toValue: asText,
    toVector: (value) => Float32Array.from(JSON.parse(String(value)) as number[]),
    cosine: "-(vector <#> ?::vector)",
    async search(vector, now, passing, k) {
      const text = asText(vector);
      const left = passing?.left ?? now.count;
      const exactly = (): Promise<VectorHit[]> =>
        oneByOne(text, passing === null ? null : [...now.ids].filter((_, place) => passing.mask[place] === 1), k);
      // so many have to be looked at that enough of them pass
      const wanted = Math.min(now.count, Math.ceil(k * (now.count / left) * 1.5) + 20);
      const made = left <= exactUpTo ? null : await graph();
      if (made === null || (wanted > MOST_CANDIDATES && !made.iterative)) return exactly();
      const found = (await byGraph(text, vector.length, wanted, made.iterative)).filter(
        ({ passage }) => passing === null || passing.mask[now.placeOf(passage)] === 1,
      );
      return found.length >= Math.min(k, left) ? found.slice(0, k) : exactly();
    },
    // the graph follows each vector by itself
    follow: () => undefined,
    async settle() {
      // what came by many small steps is put in order
      await database.all("SELECT gin_clean_pending_list('words_by_term')");
      const [[vectors] = []] = await database.all("SELECT count(*) FROM vectors");
      const dimension = Number((await metaOf(database)).dimension);
      if (Number(vectors) < exactUpTo || dimension > LONGEST_VECTOR || (await graph()) !== null) return;
      const megabytes = Math.ceil((Number(vectors) * (dimension * 4 + GRAPH_BYTES)) / 2 ** 20) + 64;
      await database.transaction(async (open) => {
        await open.run("SET LOCAL statement_timeout = 0");
        await open.run(`SET LOCAL maintenance_work_mem = '${Math.min(MOST_MEMORY_MB, megabytes)}MB'`);
        await open.run(
          `CREATE INDEX IF NOT EXISTS vectors_graph ON vectors USING hnsw ((vector::vector(${dimension})) vector_ip_ops)`,
        );
      });
      await database.run("ANALYZE vectors");
    },
    close: async () => undefined,
  };
}

const toHit = ([passage, cosine]: Row): VectorHit => ({ passage: Number(passage), cosine: Number(cosine) });

/** As pgvector reads it: nine digits tell every 32-bit float from its neighbours. */
const asText = (vector: Float32Array): string => `[${Array.from(vector, (value) => value.toPrecision(9)).join(",")}]`;
