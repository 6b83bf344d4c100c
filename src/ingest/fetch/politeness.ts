// Politeness. What sites ask of programs in robots.txt (RFC 9309), read once an hour for each site and kept in memory only; and towards each host one
// request at a time, a pause between two, and silence for as long as it asked for.
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../../clock.ts";

interface RobotsDeps {
  clock: Clock;
  userAgent: string;
  load: (url: string, signal: AbortSignal | undefined) => Promise<{ status: "found" | "none" | "unreachable"; text: string }>;
}

/** Null where the file is there but cannot be read now. */
type Rules = { at: number; isAllowed: ((url: string) => boolean) | null };

const HOUR = 3_600_000;
const MINUTE = 60_000;
const MAX_SITES = 500;

export function createRobots({ clock, userAgent, load }: RobotsDeps) {
  const sites = new Map<string, Promise<Rules>>();
  const delays = new Map<string, number>();
  const name = /^[\w.-]+/.exec(userAgent)?.[0] ?? userAgent;

  async function read(origin: string, signal: AbortSignal | undefined): Promise<Rules> {
    const at = clock.now().getTime();
    const found = await load(`${origin}/robots.txt`, signal).catch(() => ({ status: "unreachable" as const, text: "" }));
    if (found.status === "none") return { at, isAllowed: () => true };
    if (found.status === "unreachable") return { at: at - HOUR + MINUTE, isAllowed: null };
    const { default: parse } = await import("robots-parser");
    // the package's own types do not fit how it is loaded here
    const rules = (parse as unknown as typeof parse.default)(`${origin}/robots.txt`, found.text);
    delays.set(origin, Math.min(30_000, Math.max(0, (rules.getCrawlDelay(name) ?? 0) * 1000)));
    return { at, isAllowed: (url) => rules.isAllowed(url, name) !== false };
  }

  return {
    /** `unknown`: nothing on a site is read whose wishes cannot be. */
    async verdict({ origin, href }: URL, signal: AbortSignal | undefined): Promise<"allowed" | "forbidden" | "unknown"> {
      let rules = await sites.get(origin);
      if (rules === undefined || clock.now().getTime() - rules.at > HOUR) {
        if (sites.size >= MAX_SITES) sites.clear();
        const pending = read(origin, signal);
        sites.set(origin, pending);
        rules = await pending;
      }
      return rules.isAllowed === null ? "unknown" : rules.isAllowed(href) ? "allowed" : "forbidden";
    },
    /** The Crawl-delay known so far for this site, at most 30 s; 0 where there is none. */
    delayMs: ({ origin }: URL): number => delays.get(origin) ?? 0,
  };
}

export function createHostTurns(clock: Clock) {
  const tails = new Map<string, Promise<unknown>>();
  const nextAt = new Map<string, number>();
  const silentUntil = new Map<string, number>();
  return {
    /** Waits for the host's turn, runs the work, and lets the next one wait `delayMs` from its start. */
    async run<T>(host: string, delayMs: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
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
    /** No request to this host before that time. */
    silence: (host: string, until: Date): void =>
      void silentUntil.set(host, Math.max(silentUntil.get(host) ?? 0, until.getTime())),
    /** Seconds for which the host wants no requests; 0 when it may be asked. */
    silentFor: (host: string): number => Math.max(0, Math.ceil(((silentUntil.get(host) ?? 0) - clock.now().getTime()) / 1000)),
  };
}
