// One run of writes at a time, over all processes: an open transaction on a small database of its own. The system ends it with the
// process, however that dies, so there is no stale lock to judge.
import { setTimeout as sleep } from "node:timers/promises";
import { ingestRunning, type Lock } from "../relational/sql-database.ts";
import { isBusy, openDatabase, type Connection } from "./database.ts";

const RETRY_MS = 100;

/** Waits up to `waitMs` for another holder, then throws Failure `ingest_running` with its process id. */
export async function takeWriteLock(file: string, waitMs: number): Promise<Lock> {
  const deadline = performance.now() + waitMs;
  let connection: Connection | null = null;
  try {
    for (;;) {
      const held = (connection ??= unlessBusy(() => openDatabase(file, { wal: false, busyMs: 0 })));
      const taken = held && unlessBusy(() => hold(held));
      if (taken !== null) return taken;
      if (performance.now() > deadline) break;
      await sleep(RETRY_MS);
    }
    const [[holder] = []] = (connection && unlessBusy(() => connection?.all("PRAGMA user_version"))) ?? [];
    throw ingestRunning(Number(holder) || null);
  } catch (error) {
    connection?.close();
    throw error;
  }
}

/** The holder's number is committed first, so that others can read who it is. */
function hold(connection: Connection): Lock {
  connection.script(`PRAGMA user_version = ${process.pid}`);
  connection.script("BEGIN IMMEDIATE");
  return {
    mustHold: () => undefined,
    async release() {
      // closing alone would hold on until its statements are collected
      connection.rollback();
      connection.close();
    },
  };
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
