// Politeness towards hosts: one request at a time to each, a pause between them, and silence for as long as a host asked for it.
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../clock.ts";

export interface HostTurns {
  /** Waits for the host's turn, runs the work, and lets the next one wait `delayMs` from its start. */
  run<T>(host: string, delayMs: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** No request to this host before that time. */
  silence(host: string, until: Date): void;
  /** Seconds for which the host wants no requests; 0 when it may be asked. */
  silentFor(host: string): number;
}

export function createHostTurns(clock: Clock): HostTurns {
  const tails = new Map<string, Promise<unknown>>();
  const nextAt = new Map<string, number>();
  const silentUntil = new Map<string, number>();
  return {
    async run(host, delayMs, work, signal) {
      const mine = (tails.get(host) ?? Promise.resolve()).then(async () => {
        const wait = (nextAt.get(host) ?? 0) - performance.now();
        if (wait > 0) await sleep(wait, undefined, { signal });
        signal?.throwIfAborted();
        nextAt.set(host, performance.now() + delayMs);
        return work();
      });
      const settled = mine.catch(() => undefined);
      tails.set(host, settled);
      try {
        return await mine;
      } finally {
        if (tails.get(host) === settled) tails.delete(host);
      }
    },
    silence: (host, until) => void silentUntil.set(host, Math.max(silentUntil.get(host) ?? 0, until.getTime())),
    silentFor: (host) => Math.max(0, Math.ceil(((silentUntil.get(host) ?? 0) - clock.now().getTime()) / 1000)),
  };
}
