// What sites ask of programs in robots.txt (RFC 9309): read once an hour for each site, kept in memory only.
import type { Clock } from "../../clock.ts";

export interface Robots {
  /** `unknown`: the file is there but cannot be read now, so nothing on the site is read either. */
  verdict(url: URL, signal: AbortSignal | undefined): Promise<"allowed" | "forbidden" | "unknown">;
  /** The Crawl-delay known so far for this site, at most 30 s; 0 where there is none. */
  delayMs(url: URL): number;
}

export interface RobotsDeps {
  clock: Clock;
  userAgent: string;
  load: (url: string, signal: AbortSignal | undefined) => Promise<{ status: "found" | "none" | "unreachable"; text: string }>;
}

interface Rules {
  at: number;
  isAllowed: ((url: string) => boolean) | null;
}

/** The package's own types do not fit how it is loaded here. */
type ParseRobots = (
  url: string,
  text: string,
) => {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
};

const HOUR = 3_600_000;
const MINUTE = 60_000;
const MAX_SITES = 500;

export function createRobots({ clock, userAgent, load }: RobotsDeps): Robots {
  const sites = new Map<string, Promise<Rules>>();
  const delays = new Map<string, number>();
  const name = /^[\w.-]+/.exec(userAgent)?.[0] ?? userAgent;

  async function read(origin: string, signal: AbortSignal | undefined): Promise<Rules> {
    const at = clock.now().getTime();
    const found = await load(`${origin}/robots.txt`, signal).catch(() => ({ status: "unreachable" as const, text: "" }));
    if (found.status === "none") return { at, isAllowed: () => true };
    if (found.status === "unreachable") return { at: at - HOUR + MINUTE, isAllowed: null };
    const { default: parse } = await import("robots-parser");
    const rules = (parse as unknown as ParseRobots)(`${origin}/robots.txt`, found.text);
    delays.set(origin, Math.min(30_000, Math.max(0, (rules.getCrawlDelay(name) ?? 0) * 1000)));
    return { at, isAllowed: (url) => rules.isAllowed(url, name) !== false };
  }

  return {
    async verdict({ origin, href }, signal) {
      let rules = await sites.get(origin);
      if (rules === undefined || clock.now().getTime() - rules.at > HOUR) {
        if (sites.size >= MAX_SITES) sites.clear();
        const pending = read(origin, signal);
        sites.set(origin, pending);
        rules = await pending;
      }
      return rules.isAllowed === null ? "unknown" : rules.isAllowed(href) ? "allowed" : "forbidden";
    },
    delayMs: ({ origin }) => delays.get(origin) ?? 0,
  };
}
