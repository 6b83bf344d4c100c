// Fetches pages and feeds from the web, politely and within limits. What comes back is bytes or a refusal with its reason, never an exception.
// Sends no cookies, follows redirects itself (each is checked anew), runs nothing, keeps nothing but robots rules and the pauses hosts asked for.
import type { Clock } from "../../clock.ts";
import { createAddressGuard, type Resolve } from "./address-guard.ts";
import { createConnections } from "./connections.ts";
import { createHostTurns } from "./host-turns.ts";
import { readBody, TooLarge } from "./response-body.ts";
import { createRobots } from "./robots.ts";

export interface FetchLimits {
  /** Bytes, after decompression. */
  maxBytes: number;
  /** For one request and its answer; every redirect is a request. */
  timeoutMs: number;
  redirects: number;
  /** Between two requests to one public host; a longer Crawl-delay in robots.txt counts up to 30 s. */
  hostDelayMs: number;
}

export const FETCH_LIMITS: FetchLimits = { maxBytes: 20_000_000, timeoutMs: 30_000, redirects: 5, hostDelayMs: 1_000 };

export interface FetchOptions {
  /** From an earlier answer: the server may say that nothing changed. */
  etag?: string | null;
  lastModified?: string | null;
  accept?: string;
  signal?: AbortSignal | undefined;
}

export interface Fetched {
  kind: "fetched";
  /** Where the bytes came from, after redirects. */
  url: string;
  bytes: Uint8Array;
  contentType: string | null;
  etag: string | null;
  lastModified: string | null;
}

export interface NotFetched {
  kind: "refused";
  url: string;
  code: string;
  /** In words for people. */
  reason: string;
  /** Worth another try later; false where the address or the answer is at fault for good. */
  transient: boolean;
  /** Seconds that the server asked to wait, else null. */
  retryAfter: number | null;
}

export type FetchResult = Fetched | { kind: "unchanged"; url: string } | NotFetched;

interface Redirect {
  kind: "redirect";
  to: URL;
}

export interface Fetcher {
  fetch(address: string, options?: FetchOptions): Promise<FetchResult>;
  close(): Promise<void>;
}

export interface FetcherDeps {
  /** Hosts, host:port or address ranges that may be asked though they are not public. Neither pauses nor robots.txt hold for them. */
  allow: readonly string[];
  userAgent: string;
  clock: Clock;
  limits?: Partial<FetchLimits>;
  resolve?: Resolve;
}

/** What sites see of us: name, version and whom to write to. */
export const userAgent = (contact: string | null): string =>
  `BriefingBot/0.1 (news briefing bot${contact === null ? "" : `; +${contact}`})`;

const ACCEPT =
  "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/pdf,application/xml;q=0.9,*/*;q=0.5";
const MAX_WAIT = 86_400;
const FAR_AWAY = /^(?:audio|video|image|font|model)\//i;

export function createFetcher(deps: FetcherDeps): Fetcher {
  const limits: FetchLimits = { ...FETCH_LIMITS, ...deps.limits };
  const guard = createAddressGuard(deps.allow, deps.resolve);
  const connections = createConnections(guard, limits);
  const turns = createHostTurns(deps.clock);
  const robots = createRobots({
    clock: deps.clock,
    userAgent: deps.userAgent,
    load: async (url, signal) => {
      const found = await follow(new URL(url), { signal, accept: "text/plain,*/*;q=0.5" }, 500_000, null);
      if (found.kind === "fetched") return { status: "found", text: Buffer.from(found.bytes).toString("utf8") };
      return { status: found.kind === "refused" && found.transient ? "unreachable" : "none", text: "" };
    },
  });

  /** One chain of redirects. `checkRobots` is asked before each hop, null for robots.txt itself. */
  async function follow(
    start: URL,
    options: FetchOptions,
    maxBytes: number,
    checkRobots: ((url: URL, signal: AbortSignal | undefined) => Promise<NotFetched | null>) | null,
  ): Promise<FetchResult> {
    let url = start;
    for (let hop = 0; hop <= limits.redirects; hop++) {
      const wrong = guard.refusal(url);
      if (wrong !== null)
        return refused(
          url.href,
          wrong.code,
          hop === 0 ? wrong.reason : `redirected to ${url.href.slice(0, 200)}: ${wrong.reason}`,
        );
      const forbidden = (await checkRobots?.(url, options.signal)) ?? null;
      if (forbidden !== null) return forbidden;
      const wait = turns.silentFor(url.host);
      if (wait > 0)
        return refused(url.href, "fetch_later", `${url.host} asked to be left alone for ${wait} more seconds`, true, wait);
      const pauseMs = guard.isAllowed(url) ? 0 : Math.max(limits.hostDelayMs, robots.delayMs(url));
      const answer = await turns.run(url.host, pauseMs, () => exchange(url, options, hop, maxBytes), options.signal);
      if (answer.kind !== "redirect") return answer;
      url = answer.to;
    }
    return refused(start.href, "fetch_redirects", `more than ${limits.redirects} redirects`);
  }

  /** One request and its whole answer, within the time limit. */
  async function exchange(url: URL, options: FetchOptions, hop: number, maxBytes: number): Promise<FetchResult | Redirect> {
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
    try {
      const {
        statusCode: status,
        headers,
        body,
      } = await connections.request(url, { ...headersFor(options, hop), "user-agent": deps.userAgent }, signal);
      const header = (name: string): string | null => [headers[name]].flat()[0] ?? null;
      const location = header("location");
      const type = header("content-type");
      if (status >= 200 && status < 300 && !(type !== null && FAR_AWAY.test(type))) {
        const bytes = await readBody(body, header("content-encoding"), header("content-length"), maxBytes);
        return {
          kind: "fetched",
          url: url.href,
          bytes,
          contentType: type,
          etag: header("etag"),
          lastModified: header("last-modified"),
        };
      }
      // read a little so that the connection can be used again, then give up on it
      await body.dump({ limit: 65_536 }).catch(() => undefined);
      if (status === 304) return { kind: "unchanged", url: url.href };
      if (status >= 300 && status < 400 && location !== null) {
        if (!URL.canParse(location, url.href))
          return refused(url.href, "fetch_redirect", "redirected to something that is not an address");
        return { kind: "redirect", to: new URL(location, url) };
      }
      if (status >= 200 && status < 300)
        return refused(url.href, "fetch_type", `the server sends ${type?.split(";")[0]}, not a text`);
      return failedStatus(url, status, header("retry-after"));
    } catch (error) {
      if (options.signal?.aborted === true) return refused(url.href, "fetch_cancelled", "the run was ended", true);
      return fromError(url.href, error, deadline.aborted, limits);
    }
  }

  function failedStatus(url: URL, status: number, retryAfter: string | null): NotFetched {
    const wait = retryAfter === null ? null : seconds(retryAfter, deps.clock.now());
    if (status === 429 || status === 503) {
      if (wait !== null && wait > 0) turns.silence(url.host, new Date(deps.clock.now().getTime() + wait * 1000));
      const asked = wait === null ? "" : `, it asks to wait ${wait} seconds`;
      return refused(url.href, "fetch_busy", `the server is busy (${status})${asked}`, true, wait);
    }
    if (status === 404 || status === 410) return refused(url.href, "fetch_gone", `the page is not there (${status})`);
    if (status === 401 || status === 403 || status === 402 || status === 451)
      return refused(url.href, "fetch_forbidden", `the server does not give the page out (${status})`, status === 403);
    return refused(url.href, "fetch_status", `the server answered ${status}`, status >= 500 || status === 408 || status === 425);
  }

  return {
    async fetch(address, options = {}) {
      if (!URL.canParse(address)) return refused(address, "address_invalid", "that is not an address");
      const allowed = async (url: URL, within: AbortSignal | undefined): Promise<NotFetched | null> => {
        if (guard.isAllowed(url)) return null;
        const verdict = await robots.verdict(url, within);
        if (verdict === "allowed") return null;
        return verdict === "forbidden"
          ? refused(url.href, "fetch_robots", "the site's robots.txt asks programs not to read this page")
          : refused(
              url.href,
              "fetch_robots_unreachable",
              "the site's robots.txt cannot be read, so its wishes are unknown",
              true,
            );
      };
      try {
        return await follow(new URL(address), options, limits.maxBytes, allowed);
      } catch (error) {
        // only the wait for a turn can be cut off from outside; all else is a fault of ours
        if (options.signal?.aborted === true) return refused(address, "fetch_cancelled", "the run was ended", true);
        throw error;
      }
    },
    close: () => connections.close(),
  };
}

/** What stands in the way of the bytes; an answer without any to a question that named no version is broken. */
export const refusalOf = (result: Exclude<FetchResult, Fetched>): NotFetched =>
  result.kind === "refused" ? result : refused(result.url, "fetch_broken", "the server sent nothing", true);

const refused = (url: string, code: string, reason: string, transient = false, retryAfter: number | null = null): NotFetched => ({
  kind: "refused",
  url,
  code,
  reason,
  transient,
  retryAfter,
});

function headersFor(options: FetchOptions, hop: number): Record<string, string> {
  return {
    accept: options.accept ?? ACCEPT,
    "accept-encoding": "gzip, deflate, br",
    ...(hop === 0 && options.etag ? { "if-none-match": options.etag } : {}),
    ...(hop === 0 && options.lastModified ? { "if-modified-since": options.lastModified } : {}),
  };
}

function fromError(address: string, error: unknown, timedOut: boolean, limits: FetchLimits): NotFetched {
  const chain: unknown[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  const codes = chain.map((one) => (one as { code?: unknown }).code).filter((code): code is string => typeof code === "string");
  if (chain.some((one) => one instanceof TooLarge))
    return refused(address, "fetch_too_large", `larger than ${Math.round(limits.maxBytes / 1_000_000)} MB (after unpacking)`);
  if (codes.includes("address_private"))
    return refused(address, "address_private", "its name leads to an address of this machine or of a private network");
  if (codes.includes("fetch_encoding"))
    return refused(address, "fetch_encoding", "packed in a way that this program cannot unpack");
  if (timedOut || codes.some((code) => /TIMEOUT|ETIMEDOUT/.test(code)))
    return refused(address, "fetch_timeout", "the server did not answer in time", true);
  if (codes.some((code) => /^(?:ENOTFOUND|EAI_\w+|ENODATA)$/.test(code)))
    return refused(address, "fetch_unknown_host", "there is no such host", codes.includes("EAI_AGAIN"));
  if (codes.some((code) => /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/.test(code)))
    return refused(address, "fetch_unreachable", "the server cannot be reached", true);
  if (codes.some((code) => /CERT|SSL|TLS|SELF_SIGNED/.test(code)))
    return refused(address, "fetch_certificate", "the server's certificate is not valid");
  return refused(address, "fetch_broken", "the answer broke off or was not valid HTTP", true);
}

/** `Retry-After` in seconds or as a date; null where it is neither. At most a day. */
function seconds(value: string, now: Date): number | null {
  const wait = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isNaN(wait) ? null : Math.min(MAX_WAIT, Math.max(0, Math.ceil(wait)));
}
