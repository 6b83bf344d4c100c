// One SQLite connection: opened with the settings that both stores need, its errors turned into failures that people can read.
// Values are always bound as one array: libsql takes a lone Buffer for named parameters and aborts the process.
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { codeOf, inWords, storable, type Row, type SqlDatabase, type Trouble, type Value } from "../relational/sql-database.ts";

/** Statements are compiled once and kept. */
export interface Connection {
  all(sql: string, values?: readonly Value[]): Row[];
  /** Gives the number of rows that were changed. */
  run(sql: string, values?: readonly Value[]): number;
  script(sql: string): void;
  /** Runs `work` in one transaction that begins with the write lock. */
  transaction<T>(work: () => T): T;
  /** Ends a transaction without its changes; nothing where none is open. */
  rollback(): void;
  close(): void;
}

/** How long a single statement waits for another process's commit, holding the event loop; and how often it tries again behind that. */
const BUSY_MS = 5000;
const BUSY_TRIES = 400;
const BUSY_WAIT_MS = 30;
/** The longest that one slice of a transaction holds the event loop. */
const SLICE_MS = 12;

/** Creates folder and file where they are missing. A file that may not be written is opened for reading: each write then fails. */
export function openDatabase(file: string, options: { busyMs?: number; wal?: boolean } = {}): Connection {
  const readOnly = existsSync(file) && !(mayWrite(file) && mayWrite(path.dirname(file)));
  if (!readOnly) makeFolder(path.dirname(file));
  const database = new Database(readOnly ? readOnlyAddress(file) : file, { readonly: readOnly });
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const fresh = database.prepare(sql);
    statements.set(sql, fresh);
    // a statement without columns has no rows to shape
    return fresh.reader ? fresh.raw(true) : fresh;
  };
  try {
    database.pragma(`busy_timeout = ${options.busyMs ?? BUSY_MS}`);
    if (options.wal !== false && !readOnly) database.pragma("journal_mode = WAL");
    // with a write-ahead log, NORMAL survives the death of the process; a power cut may cost the last commits, never the file
    database.pragma("synchronous = NORMAL");
    database.pragma("foreign_keys = ON");
  } catch (error) {
    database.close();
    throw error;
  }
  const rollback = (): void => {
    // a full disk has rolled back by itself
    if (database.inTransaction) database.exec("ROLLBACK");
  };
  return {
    all: (sql, values = []) => prepared(sql).all(values.map(storable)) as Row[],
    run: (sql, values = []) => prepared(sql).run(values.map(storable)).changes,
    script: (sql) => void database.exec(sql),
    transaction(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        rollback();
        throw error;
      }
    },
    rollback,
    close() {
      statements.clear();
      database.close();
    },
  };
}

/**
 * The connection for what is written against both databases. One statement or transaction after the other: a statement of somebody else in the
 * pauses of a transaction would be part of it, and a large transaction has pauses, in which the event loop runs. `readable` puts errors into words.
 */
export function asSqlDatabase(connection: Connection, readable: (error: unknown) => unknown): SqlDatabase {
  let last: Promise<unknown> = Promise.resolve();
  let paused = performance.now();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work).catch((error: unknown) => {
      throw readable(error);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  /** Many small transactions in a row are one long one. */
  const pause = async (): Promise<void> => {
    if (performance.now() - paused < SLICE_MS) return;
    await nextTurn();
    paused = performance.now();
  };
  const within: SqlDatabase = {
    all: (sql, values) => pause().then(() => connection.all(sql, values)),
    run: (sql, values) => pause().then(() => connection.run(sql, values)),
    transaction: (work) => work(within),
  };
  return {
    all: (sql, values) => inTurn(() => patiently(() => connection.all(sql, values))),
    run: (sql, values) => inTurn(() => patiently(() => connection.run(sql, values))),
    transaction: (work) =>
      inTurn(async () => {
        await patiently(() => connection.script("BEGIN IMMEDIATE"));
        try {
          const result = await work(within);
          connection.script("COMMIT");
          return result;
        } catch (error) {
          connection.rollback();
          throw error;
        }
      }),
  };
}

async function patiently<T>(work: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || attempt >= BUSY_TRIES) throw error;
      await sleep(BUSY_WAIT_MS);
    }
  }
}

/** With the folders above it. Not Node's recursive one: where a file system takes no folders (/proc), that one tries for ever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // another process may have been first
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

export function mayWrite(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A write-ahead log with something in it is read along, which its -shm file allows; without one SQLite would make both, unless it is told that
 * nobody changes the file. Whoever may write to it should not while others read it so.
 */
function readOnlyAddress(file: string): string {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  return log !== undefined && log.size > 0 ? file : `${pathToFileURL(file).href}?immutable=1`;
}

export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith("SQLITE_BUSY");
}

/** What SQLite says, as a Failure; errors that are not SQLite's come back as they are. `repair` is for a broken file. */
export function readableFailure(error: unknown, file: string, repair: { code: string; hint: string }): unknown {
  const troubles: Trouble[] = [
    [
      /^(?:SQLITE_FULL|SQLITE_IOERR_WRITE|ENOSPC)|disk is full|no space left/i,
      "disk_full",
      "The disk is full: @ could not be written.",
      "Free some space and run the command again; what was stored before is kept.",
    ],
    [
      /^SQLITE_(?:CORRUPT|NOTADB|SCHEMA|ERROR|MISMATCH|FORMAT)|malformed|not a database|file is encrypted/i,
      repair.code,
      "@ is damaged or not an index of this program (…).",
      repair.hint,
    ],
    [/^SQLITE_BUSY/, "index_busy", "@ is being written by another process.", "Try again in a moment."],
    [
      /^SQLITE_(?:READONLY|CANTOPEN|PERM|AUTH|IOERR)|^(?:EACCES|EPERM|EROFS|ENOTDIR|ENOENT|EEXIST)|ConnectionFailed|readonly database/,
      "index_unwritable",
      "@ cannot be opened or written (…).",
      "Check the folder's permissions, or choose another with --index.",
    ],
  ];
  return inWords(error, file, troubles);
}
