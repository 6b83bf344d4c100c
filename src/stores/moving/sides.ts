// Files and PostgreSQL as the two sides of a move: each with its store, and its tables as they stand.
import { existsSync } from "node:fs";
import path from "node:path";
import type { KnowledgeStore } from "../knowledge.ts";
import { migrate } from "../postgres/migrations.ts";
import { openPostgres } from "../postgres/postgres-database.ts";
import { openPostgresKnowledge } from "../postgres/postgres-stores.ts";
import type { SqlDatabase, Value } from "../relational/sql-database.ts";
import { toVector } from "../relational/vector-bytes.ts";
import { asSqlDatabase, openDatabase } from "../sqlite/database.ts";
import { indexMissing, openKnowledgeStore } from "../sqlite/knowledge-store.ts";
import { openStateStore } from "../sqlite/state-store.ts";

export interface OpenSide {
  store: KnowledgeStore;
  knowledge: SqlDatabase;
  state: SqlDatabase;
  /** A vector as the table holds it. */
  vectorOf: (value: Value) => Float32Array;
  close(): Promise<void>;
}

export interface Side {
  /** Whose vectors it holds. Failure `index_missing` where there is no index. */
  embedder(): Promise<string>;
  /** Makes what is missing. */
  open(embedder: string): Promise<OpenSide>;
}

const EMBEDDER = "SELECT value FROM meta WHERE key = 'embedder'";

export function filesSide(folder: string): Side {
  const file = path.join(folder, "knowledge.db");
  return {
    async embedder() {
      if (!existsSync(file)) throw indexMissing(folder);
      const connection = openDatabase(file);
      try {
        return String(connection.sql(EMBEDDER).get()?.[0] ?? "");
      } finally {
        connection.close();
      }
    },
    async open(embedder) {
      const store = await openKnowledgeStore({ folder, embedder });
      // brings the tables of an older version up to date
      await (await openStateStore({ folder })).close();
      const [knowledge, state] = [openDatabase(file), openDatabase(path.join(folder, "state.db"))];
      return {
        store,
        knowledge: asSqlDatabase(knowledge),
        state: asSqlDatabase(state),
        vectorOf: (value) => (Buffer.isBuffer(value) ? toVector(value) : new Float32Array(0)),
        async close() {
          knowledge.close();
          state.close();
          await store.close();
        },
      };
    },
  };
}

export function postgresSide(url: string): Side {
  return {
    async embedder() {
      const database = openPostgres({ url });
      try {
        await migrate(database, false);
        return String((await database.all(EMBEDDER))[0]?.[0] ?? "");
      } finally {
        await database.close();
      }
    },
    async open(embedder) {
      const store = await openPostgresKnowledge({ url, embedder });
      const database = openPostgres({ url });
      return {
        store,
        knowledge: database,
        state: database,
        vectorOf: (value) => Float32Array.from(JSON.parse(String(value)) as number[]),
        async close() {
          await database.close();
          await store.close();
        },
      };
    },
  };
}
