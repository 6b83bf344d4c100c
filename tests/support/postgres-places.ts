// Where tests find PostgreSQL: PGlite with pgvector in this process, and the server of TEST_DATABASE_URL where that is set.
import { PGlite, type Transaction } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { Client } from "pg";
import { asQuery, parserOf, type PostgresDatabase, type PostgresOptions } from "../../src/stores/postgres/postgres-database.ts";
import { ingestRunning, type Row, type SqlDatabase, type Value } from "../../src/stores/relational/sql-database.ts";

export interface PostgresPlace<Place = PostgresOptions | { database: PostgresDatabase }> {
  name: string;
  /** A schema of its own that is not there yet. */
  fresh(): Place;
  /** Drops every schema that was given out. */
  close(): Promise<void>;
}

export const REAL_URL = process.env["TEST_DATABASE_URL"] ?? "";

let schemas = 0;
const nextSchema = (): string => `test_${process.pid}_${(schemas += 1)}`;

export async function pglitePlace(): Promise<PostgresPlace> {
  const lite = await PGlite.create({ extensions: { vector } });
  return {
    name: "PGlite",
    fresh: () => ({ database: overPglite(lite, nextSchema()) }),
    close: () => lite.close(),
  };
}

/** What a store asks of its database, over PGlite's one session: statements one after another, locks within this process. */
export function overPglite(lite: PGlite, schema: string): PostgresDatabase {
  const locks = new Set<string>();
  const parsers = Object.fromEntries([17, 20, 114, 700, 701, 1700].map((type) => [type, parserOf(type)]));
  const within = (session: Transaction): SqlDatabase => {
    const query = (sql: string, given: readonly Value[] = []): ReturnType<Transaction["query"]> => {
      const { text, values } = asQuery(sql, given);
      return session.query(
        text,
        values.map((value) => (typeof value === "number" ? String(value) : value)),
        { rowMode: "array", parsers },
      );
    };
    return {
      all: async (sql, values) => (await query(sql, values)).rows as Row[],
      run: async (sql, values) => (await query(sql, values)).affectedRows ?? 0,
      transaction: (work) => work(within(session)),
    };
  };
  const database: PostgresDatabase = {
    schema,
    all: (sql, values) => database.transaction((open) => open.all(sql, values)),
    run: (sql, values) => database.transaction((open) => open.run(sql, values)),
    transaction: (work) =>
      lite.transaction(async (session) => {
        await session.exec(`SET LOCAL search_path TO ${schema}, public`);
        return work(within(session));
      }),
    async lock(name) {
      if (locks.has(name)) throw ingestRunning();
      locks.add(name);
      return { release: async () => void locks.delete(name), mustHold: () => undefined };
    },
    close: async () => undefined,
  };
  return database;
}

export function serverPlace(address: string): PostgresPlace<PostgresOptions> {
  const given: string[] = [];
  return {
    name: "PostgreSQL",
    fresh() {
      const url = new URL(address);
      const schema = nextSchema();
      given.push(schema);
      url.searchParams.set("schema", schema);
      return { url: url.href };
    },
    async close() {
      const client = new Client(address);
      await client.connect();
      for (const schema of given) await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await client.end();
    },
  };
}

export async function allPlaces(): Promise<PostgresPlace[]> {
  return [await pglitePlace(), ...(REAL_URL === "" ? [] : [serverPlace(REAL_URL)])];
}
