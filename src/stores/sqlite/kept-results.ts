// Results of reading that hold until anybody commits: each question asks anew which documents there are, and at ten thousand of them
// that is most of its time.
import type { Connection } from "./database.ts";

/** Gives what `make` gave for the same key since the last commit. What is given is shared: nobody may change it. */
export type KeptResults = <T>(key: string, make: () => T) => T;

/** A bot asks with the same few filters again and again. */
const MOST = 16;

export function createKeptResults(connection: Connection): KeptResults {
  const kept = new Map<string, unknown>();
  let version: number | null = null;
  return <T>(key: string, make: () => T): T => {
    // changes with each commit of another connection: this one never writes
    const now = Number(connection.sql("PRAGMA data_version").get()?.[0]);
    if (now !== version) kept.clear();
    version = now;
    if (kept.has(key)) return kept.get(key) as T;
    const [oldest] = kept.keys();
    if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest);
    const fresh = make();
    kept.set(key, fresh);
    return fresh;
  };
}
