// One PostgreSQL database: a pool of connections, its errors turned into failures that people can read, and locks that end with whoever holds
// them. A connection that broke is replaced; what is read, or was not yet committed, is tried again for a while.
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Pool, type ClientBase, type PoolClient } from "pg";
import { Failure } from "../../failure.ts";
import { REBUILD_HINT } from "../relational/knowledge-tables.ts";
import {
  codeOf,
  ingestRunning,
  inWords,
  storable,
  type SqlDatabase,
  type StoreDatabase,
  type Trouble,
  type Value,
} from "../relational/sql-database.ts";

export interface PostgresDatabase extends StoreDatabase {
  schema: string;
}

export interface PostgresOptions {
  /** `postgres://…`; `?schema=NAME` for tables of another name than `briefing`. */
  url: string;
  /** How long a database that does not answer is tried again; 8 s by default. */
  patienceMs?: number | undefined;
}

/** Connections of one process; two more while it writes. */
const POOL_SIZE = 8;
const CONNECT_MS = 5_000;
/** No question takes so long; what builds an index says so. */
const STATEMENT_MS = 60_000;
const PATIENCE_MS = 8_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_600;
const LOCK_RETRY_MS = 100;

export function openPostgres({ url, patienceMs = PATIENCE_MS }: PostgresOptions): PostgresDatabase {
  const { address, schema, shown } = readUrl(url);
  const config = {
    connectionString: address,
    max: POOL_SIZE,
    application_name: `briefing-bot/${schema}`.slice(0, 63),
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    types: { getTypeParser: parserOf },
    // pgvector may be installed in `public`, or where providers put extensions
    onConnect: (client: ClientBase): Promise<unknown> =>
      client.query(`SET search_path TO "${schema}", public, extensions; SET statement_timeout TO ${STATEMENT_MS}`),
  };
  const pool = new Pool(config);
  // an idle connection that breaks is taken out of the pool by itself
  pool.on("error", () => undefined);

  /** `again`: whether what failed half-way may be done once more; a connection that could not be made always is. */
  async function withClient<T>(work: (client: PoolClient) => Promise<T>, again = (): boolean => true): Promise<T> {
    const until = performance.now() + patienceMs;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      let client: PoolClient | null = null;
      try {
        client = await pool.connect();
        const result = await work(client);
        client.release();
        return result;
      } catch (error) {
        const gone = isGone(error);
        client?.release(gone);
        if (!gone || (client !== null && !again()) || performance.now() + wait > until) throw readable(error, shown);
      }
      await sleep(wait);
    }
  }

  const on = (client: PoolClient): SqlDatabase => {
    const open: SqlDatabase = {
      all: async (sql, values) => (await client.query<Value[]>({ ...asQuery(sql, values), rowMode: "array" })).rows,
      run: async (sql, values) => (await client.query(asQuery(sql, values))).rowCount ?? 0,
      transaction: (work) => work(open),
    };
    return open;
  };

  return {
    schema,
    all: (sql, values) => withClient((client) => on(client).all(sql, values)),
    // may be done twice, where its connection breaks before it was told that it was done
    run: (sql, values) => withClient((client) => on(client).run(sql, values)),
    transaction(work) {
      let committing = false;
      return withClient(
        async (client) => {
          await client.query("BEGIN");
          try {
            const result = await work(on(client));
            committing = true;
            await client.query("COMMIT");
            return result;
          } catch (error) {
            if (!isGone(error)) await client.query("ROLLBACK");
            throw error;
          }
        },
        // whether a commit that broke was done, nobody knows
        () => !committing,
      );
    },
    async lock(name, waitMs) {
      const until = performance.now() + waitMs;
      const client = new Client(config);
      let broken: unknown = null;
      client.on("error", (error) => (broken = error));
      const ask = (does: string) =>
        client.query<{ held: boolean }>(`SELECT ${does}(hashtext($1), hashtext($2)) AS held`, [schema, name]);
      try {
        await client.connect();
        while (!(await ask("pg_try_advisory_lock")).rows[0]?.held) {
          if (performance.now() > until) throw ingestRunning();
          await sleep(LOCK_RETRY_MS);
        }
      } catch (error) {
        await client.end().catch(() => undefined);
        throw readable(error, shown);
      }
      return {
        // ending alone would hold on until the server has noticed
        async release() {
          await ask("pg_advisory_unlock").catch(() => undefined);
          await client.end().catch(() => undefined);
        },
        mustHold() {
          if (broken !== null) throw readable(broken, shown);
        },
      };
    },
    close: () => pool.end(),
  };
}

/** The schema is a name of our own making or the operator's: letters, digits, underscores. Throws Failure `settings_invalid`. */
function readUrl(text: string): { address: string; schema: string; shown: string } {
  const url = new URL(text);
  const schema = url.searchParams.get("schema") ?? "briefing";
  url.searchParams.delete("schema");
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema))
    throw new Failure(
      "settings_invalid",
      `DATABASE_URL names the schema ${schema}, which must be small letters, digits and _.`,
      "Take another name, or none.",
      { exit: 2 },
    );
  // never with its password
  return {
    address: url.href,
    schema,
    shown: `${url.hostname || "the local socket"}${url.port === "" ? "" : `:${url.port}`}${url.pathname}`,
  };
}

/** SQLite's words for lists, and its places for values, as PostgreSQL has them. */
export function asQuery(sql: string, values: readonly Value[] = []): { text: string; values: Value[] } {
  let number = 0;
  const text = sql.replaceAll("json_each(?)", "json_array_elements_text(?)").replace(/\?/g, () => `$${(number += 1)}`);
  return { text, values: values.map(storable) };
}

const INT8 = 20;
const BYTEA = 17;
const NUMERIC = 1700;
const NUMBERS = new Set([INT8, 21, 23, 700, 701, NUMERIC]);

/** Numbers as numbers, bytes as a Buffer, all else as the text it came in. Ids, counts and amounts are far below 2^53. */
export function parserOf(type: number): (text: string) => unknown {
  if (NUMBERS.has(type)) return Number;
  if (type === BYTEA) return (text) => Buffer.from(text.slice(2), "hex");
  if (type === 16) return (text) => text === "t";
  return (text) => text;
}

/** The connection is gone or was not to be had; another one may be. 57P: shut down or starting; 53300: too many connections. */
function isGone(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Failure) return false;
  return (
    /^(?:ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|ENOENT$|57P0|53300|08)/.test(codeOf(error)) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Client has encountered/.test(error.message)
  );
}

const TROUBLES: readonly Trouble[] = [
  [/^57014/, "index_busy", "The database at @ took too long.", "Try again in a moment."],
  [/^28/, "database_refused", "The database at @ refuses this user: ….", "Look at user and password in DATABASE_URL."],
  [/^3D000/, "database_missing", "There is no such database: @.", "Create it (createdb), or mend DATABASE_URL."],
  [
    /^25006/,
    "index_unwritable",
    "The database at @ is a standby that may only be read.",
    "Let DATABASE_URL name the primary; reading goes on.",
  ],
  [
    /^42501/,
    "database_rights",
    "The user of DATABASE_URL has not the rights it needs: ….",
    "Grant CREATE on the database once, or let its owner run the program first.",
  ],
  [
    /^53[12]00/,
    "disk_full",
    "The database at @ is out of space: ….",
    "Free some space and run the command again; what was stored before is kept.",
  ],
  [/^42(?:P01|703|883|704)/, "index_broken", "The tables at @ are not as this program makes them (…).", REBUILD_HINT],
];

/** What PostgreSQL says, as a Failure; other errors come back as they are. */
function readable(error: unknown, place: string): unknown {
  const why = codeOf(error) || (error instanceof Error ? error.message : "");
  const gone = `The database at @ cannot be reached (${why}); trying again.`;
  const hint = "Look whether it runs and DATABASE_URL is right; nothing was lost.";
  return inWords(error, place, isGone(error) ? [[/^/, "index_unreachable", gone, hint]] : TROUBLES);
}
