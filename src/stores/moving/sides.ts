// Files and PostgreSQL as the two sides of a move: each with its store, and its tables as they stand.
import { existsSync } from "node:fs";
import path from "node:path";
import type { KnowledgeStore } from "../knowledge.ts";
import { migrate } from "../postgres/migrations.ts";
import { openPostgres } from "../postgres/postgres-database.ts";
import { openPostgresKnowledge } from "../postgres/postgres-stores.ts";
import { metaOf } from "../relational/knowledge-tables.ts";
import type { SqlDatabase, Value } from "../relational/sql-database.ts";
import { toVector } from "../relational/vector-bytes.ts";
import { asSqlDatabase, openDatabase } from "../sqlite/database.ts";
import { indexMissing, openKnowledgeStore } from "../sqlite/knowledge-store.ts";
import { openStateStore } from "../sqlite/state-store.ts";

export interface Side {
  /** Whose vectors it holds. */
  embedder: string;
  store: KnowledgeStore;
  knowledge: SqlDatabase;
  state: SqlDatabase;
  /** A vector as the table holds it. */
  vectorOf: (value: Value) => Float32Array;
  close(): Promise<void>;
}

/** Makes what is missing, for this embedder; Failure `index_missing` for null. */
export type OpenSide = (embedder: string | null) => Promise<Side>;

export const filesIn =
  (folder: string): OpenSide =>
  async (given) => {
    const file = path.join(folder, "knowledge.db");
    if (given === null && !existsSync(file)) throw indexMissing(folder);
    // brings the tables of an older version up to date
    await (await openStateStore({ folder })).close();
    const connections = [openDatabase(file), openDatabase(path.join(folder, "state.db"))] as const;
    const [knowledge, state] = [asSqlDatabase(connections[0]), asSqlDatabase(connections[1])];
    const embedder = given ?? (await metaOf(knowledge)).embedder;
    const store = await openKnowledgeStore({ folder, embedder });
    return {
      embedder,
      store,
      knowledge,
      state,
      vectorOf: (value) => toVector(value as Buffer),
      async close() {
        for (const connection of connections) connection.close();
        await store.close();
      },
    };
  };

export const postgresAt =
  (url: string): OpenSide =>
  async (given) => {
    const database = openPostgres({ url });
    try {
      if (given === null) await migrate(database, false);
      const embedder = given ?? (await metaOf(database)).embedder;
      const store = await openPostgresKnowledge({ url, embedder });
      return {
        embedder,
        store,
        knowledge: database,
        state: database,
        vectorOf: (value) => Float32Array.from(JSON.parse(String(value)) as number[]),
        close: async () => void (await Promise.all([database.close(), store.close()])),
      };
    } catch (error) {
      await database.close();
      throw error;
    }
  };
