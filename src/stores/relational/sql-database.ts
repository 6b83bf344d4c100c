// What the tables of both databases are written against: plain SQL with `?` for values, in SQLite's words where the two differ; the
// PostgreSQL side puts those few into its own.
import { toUSVString } from "node:util";
import { Failure } from "../../failure.ts";

export type Value = string | number | Buffer | null;
export type Row = Value[];

export interface SqlDatabase {
  all: (sql: string, values?: readonly Value[]) => Promise<Row[]>;
  /** Gives the number of rows that were changed. */
  run: (sql: string, values?: readonly Value[]) => Promise<number>;
  /** Runs `work` in one transaction, with nobody else's statements in it. */
  transaction: <T>(work: (open: SqlDatabase) => Promise<T>) => Promise<T>;
}

export interface Lock {
  release(): Promise<void>;
  /** Throws Failure `index_unreachable` where it broke with its connection, so that another may have it now. */
  mustHold(): void;
}

/** A whole database: what is read outside a transaction is the state of the last commit. */
export interface StoreDatabase extends SqlDatabase {
  /** A lock of this name over all processes, which ends with its holder. Failure `ingest_running` where another has it for longer than `waitMs`. */
  lock(name: string, waitMs: number): Promise<Lock>;
  close(): Promise<void>;
}

/** What a database says: found by its code and words together, then our code, what is said (`@` is the place, `…` its words), and the way out. */
export type Trouble = readonly [of: RegExp, code: string, message: string, hint: string];

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** As a Failure, where one of the troubles is meant; other errors come back as they are. */
export function inWords(error: unknown, place: string, troubles: readonly Trouble[]): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const found = troubles.find(([of]) => of.test(`${codeOf(error)} ${error.message}`));
  if (found === undefined) return error;
  const [, code, message, hint] = found;
  const said = message.replace("@", () => place).replace("…", () => error.message);
  return new Failure(code, said, hint, { cause: error });
}

export const ingestRunning = (holder: number | null = null): Failure =>
  new Failure(
    "ingest_running",
    `Another ingest is writing this index${holder === null ? "" : ` (process ${holder})`}.`,
    "Wait until it has ended, or use another index: --index or DATABASE_URL.",
  );

/** For `IN`: the whole numbers, and the texts, of one value that is a JSON list. */
export const NUMBERS = "(SELECT CAST(value AS BIGINT) FROM json_each(?))";
export const TEXTS = "(SELECT value FROM json_each(?))";

/** So many rows, whose values follow each other. */
export function insertInto(table: string, columns: readonly string[], rows = 1): string {
  const places = `(${columns.map(() => "?").join(", ")})`;
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${Array.from({ length: rows }, () => places).join(", ")}`;
}

/** Rows that are inserted at once: a slice of a transaction, between which an event loop may run. */
const AT_ONCE = 32;

export function parts<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, at) => items.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
}

/** Rows of one shape; those that are there already are left as they are. Gives one column of each that was inserted, where it is named. */
export async function insertRows(
  open: SqlDatabase,
  table: string,
  rows: readonly Readonly<Record<string, Value>>[],
  giving: string | null = null,
): Promise<Value[]> {
  const given: Value[] = [];
  for (const part of parts(rows)) {
    const insert = `${insertInto(table, Object.keys(part[0] ?? {}), part.length)} ON CONFLICT DO NOTHING`;
    const values = part.flatMap((row) => Object.values(row));
    if (giving === null) await open.run(insert, values);
    else for (const [value = null] of await open.all(`${insert} RETURNING ${giving}`, values)) given.push(value);
  }
  return given;
}

/** In place of the row with the same keys, where there is one. */
export function replaceIn(table: string, keys: readonly string[], others: readonly string[]): string {
  const set = others.map((column) => `${column} = excluded.${column}`).join(", ");
  return `${insertInto(table, [...keys, ...others])} ON CONFLICT (${keys.join(", ")}) DO UPDATE SET ${set}`;
}

/** Neither database keeps NUL and half of a surrogate pair: each becomes U+FFFD, so that every position stays where it is. */
export function storable<V>(value: V): V | string {
  if (typeof value !== "string") return value;
  return toUSVString(value).replaceAll("\0", "\uFFFD");
}
