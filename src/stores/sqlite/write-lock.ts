// One run of writes at a time, over all processes: an open transaction on a small database of its own. The system ends it with the
// process, however that dies, so there is no stale lock to judge.
import { setTimeout as sleep } from "node:timers/promises";
import { ingestRunning, type Lock } from "../relational/sql-database.ts";
import type { Connection } from "./database.ts";
import { isBusy, openDatabase } from "./database.ts";

const RETRY_MS = 100;

/** Waits up to `waitMs` for another holder, then throws Failure `ingest_running` with its process id. */
export async function takeWriteLock(file: string, waitMs: number): Promise<Lock> {
  const deadline = performance.now() + waitMs;
  let connection: Connection | null = null;
  try {
    for (;;) {
      connection ??= unlessBusy(() => openDatabase(file, { wal: false, busyMs: 0 }));
      const held = connection;
      if (held !== null && tryToHold(held)) {
        return {
          mustHold: () => undefined,
          async release() {
            // closing alone would hold on until its statements are collected
            held.script("ROLLBACK");
            held.close();
          },
        };
      }
      if (performance.now() > deadline) break;
      await sleep(RETRY_MS);
    }
    throw ingestRunning(connection && holderOf(connection));
  } catch (error) {
    connection?.close();
    throw error;
  }
}

/** The holder's number is committed first, so that others can read who it is. */
function tryToHold(connection: Connection): boolean {
  const named = unlessBusy(() =>
    connection.transaction(() => {
      connection.script("CREATE TABLE IF NOT EXISTS holder (pid INTEGER); DELETE FROM holder");
      connection.sql("INSERT INTO holder (pid) VALUES (?)").run([process.pid]);
      return true;
    }),
  );
  if (named === null) return false;
  return (
    unlessBusy(() => {
      connection.script("BEGIN IMMEDIATE");
      return true;
    }) ?? false
  );
}

/** Null where another process is at the file this moment, be it only to read the holder's number or to commit its own. */
function unlessBusy<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isBusy(error)) return null;
    throw error;
  }
}

function holderOf(connection: Connection): number | null {
  try {
    return Number(connection.sql("SELECT pid FROM holder").get()?.[0] ?? Number.NaN) || null;
  } catch {
    return null; // being written this moment
  }
}
