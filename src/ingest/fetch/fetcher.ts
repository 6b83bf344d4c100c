// Fetches pages and feeds from the web, politely and within limits. What comes back is bytes or a refusal with its reason, never an exception.
// Sends no cookies, follows redirects itself (each is checked anew), runs nothing, keeps nothing but robots rules and the pauses hosts asked for.
import type { Clock } from "../../clock.ts";
import type { Trouble } from "../article.ts";
import { createAddressGuard, type Resolve } from "./address-guard.ts";
import { createConnections, readBody, TooLarge } from "./connections.ts";
import { createHostTurns, createRobots } from "./politeness.ts";

const FETCH_LIMITS = {
  /** Bytes, after decompression. */
  maxBytes: 20_000_000,
  /** For one request and its answer; every redirect is a request. */
  timeoutMs: 30_000,
  redirects: 5,
  /** Between two requests to one public host; a longer Crawl-delay in robots.txt counts up to 30 s. */
  hostDelayMs: 1_000,
};

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

export interface NotFetched extends Trouble {
  kind: "refused";
  /** Worth another try later; false where the address or the answer is at fault for good. */
  transient: boolean;
  /** Seconds that the server asked to wait, else null. */
  retryAfter: number | null;
}

export type FetchResult = Fetched | { kind: "unchanged" } | NotFetched;

export type Fetcher = ReturnType<typeof createFetcher>;

export interface FetcherDeps {
  /** Hosts, host:port or address ranges that may be asked though they are not public. Neither pauses nor robots.txt hold for them. */
  allow: readonly string[];
  userAgent: string;
  clock: Clock;
  limits?: Partial<typeof FETCH_LIMITS>;
  resolve?: Resolve;
}

/** What sites see of us: name, version and whom to write to. */
export const userAgent = (contact: string | null): string =>
  `BriefingBot/0.1 (news briefing bot${contact === null ? "" : `; +${contact}`})`;

const ACCEPT =
  "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,application/pdf,application/xml;q=0.9,*/*;q=0.5";
const MAX_WAIT = 86_400;
const FAR_AWAY = /^(?:audio|video|image|font|model)\//i;

export function createFetcher(deps: FetcherDeps) {
  const limits = { ...FETCH_LIMITS, ...deps.limits };
  const guard = createAddressGuard(deps.allow, deps.resolve);
  const connections = createConnections(guard, limits);
  const turns = createHostTurns(deps.clock);
  const robots = createRobots({
    clock: deps.clock,
    userAgent: deps.userAgent,
    load: async (url, signal) => {
      const found = await follow(new URL(url), { signal, accept: "text/plain,*/*;q=0.5" }, 500_000, false);
      if (found.kind === "fetched") return { status: "found", text: Buffer.from(found.bytes).toString("utf8") };
      return { status: found.kind === "refused" && found.transient ? "unreachable" : "none", text: "" };
    },
  });

  /** One chain of redirects. `robots.txt` is asked before each hop, but not before itself. */
  async function follow(start: URL, options: FetchOptions, maxBytes: number, asksRobots: boolean): Promise<FetchResult> {
    let url = start;
    for (let hop = 0; hop <= limits.redirects; hop++) {
      const wrong = guard.refusal(url);
      const way = hop === 0 ? "" : `redirected to ${url.href.slice(0, 200)}: `;
      if (wrong !== null) return refused(wrong.code, `${way}${wrong.reason}`);
      const isAllowed = guard.isAllowed(url);
      const verdict = isAllowed || !asksRobots ? "allowed" : await robots.verdict(url, options.signal);
      if (verdict !== "allowed") return NOT_ASKED_FOR[verdict];
      const wait = turns.silentFor(url.host);
      if (wait > 0) return refused("fetch_later", `${url.host} asked to be left alone for ${wait} more seconds`, true, wait);
      const pauseMs = isAllowed ? 0 : Math.max(limits.hostDelayMs, robots.delayMs(url));
      const answer = await turns.run(url.host, pauseMs, () => exchange(url, options, hop, maxBytes), options.signal);
      if (!(answer instanceof URL)) return answer;
      url = answer;
    }
    return refused("fetch_redirects", `more than ${limits.redirects} redirects`);
  }

  /** One request and its whole answer, within the time limit; an address where it leads elsewhere. */
  async function exchange(url: URL, options: FetchOptions, hop: number, maxBytes: number): Promise<FetchResult | URL> {
    const deadline = AbortSignal.timeout(limits.timeoutMs);
    const signal = options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]);
    try {
      const asked = { ...headersFor(options, hop), "user-agent": deps.userAgent };
      const answer = await connections.request(url, asked, signal);
      const { status, headers, ok: isGood } = answer;
      const [location, contentType] = [headers.get("location"), headers.get("content-type")];
      if (isGood && !FAR_AWAY.test(contentType ?? "")) {
        const bytes = await readBody(answer, maxBytes);
        const [etag, lastModified] = [headers.get("etag"), headers.get("last-modified")];
        return { kind: "fetched", url: url.href, bytes, contentType, etag, lastModified };
      }
      await answer.body?.cancel().catch(() => undefined);
      if (status === 304) return { kind: "unchanged" };
      if (status >= 300 && status < 400 && location !== null)
        return URL.canParse(location, url.href)
          ? new URL(location, url)
          : refused("fetch_redirect", "redirected to something that is not an address");
      if (isGood) return refused("fetch_type", `the server sends ${contentType?.split(";")[0]}, not a text`);
      return failedStatus(url, status, headers.get("retry-after"));
    } catch (error) {
      return options.signal?.aborted === true ? ENDED : fromError(error, deadline.aborted, limits);
    }
  }

  function failedStatus(url: URL, status: number, retryAfter: string | null): NotFetched {
    const wait = retryAfter === null ? null : seconds(retryAfter, deps.clock.now());
    if (status === 429 || status === 503) {
      if (wait !== null && wait > 0) turns.silence(url.host, new Date(deps.clock.now().getTime() + wait * 1000));
      const asked = wait === null ? "" : `, it asks to wait ${wait} seconds`;
      return refused("fetch_busy", `the server is busy (${status})${asked}`, true, wait);
    }
    if (status === 404 || status === 410) return refused("fetch_gone", `the page is not there (${status})`);
    if ([401, 402, 403, 451].includes(status))
      return refused("fetch_forbidden", `the server does not give the page out (${status})`, status === 403);
    return refused("fetch_status", `the server answered ${status}`, status >= 500 || status === 408 || status === 425);
  }

  return {
    async fetch(address: string, options: FetchOptions = {}): Promise<FetchResult> {
      if (!URL.canParse(address)) return refused("address_invalid", "that is not an address");
      try {
        return await follow(new URL(address), options, limits.maxBytes, true);
      } catch (error) {
        // only the wait for a turn can be cut off from outside; all else is a fault of ours
        if (options.signal?.aborted === true) return ENDED;
        throw error;
      }
    },
    close: () => connections.close(),
  };
}

/** What stands in the way of the bytes; an answer without any to a question that named no version is broken. */
export const refusalOf = (result: Exclude<FetchResult, Fetched>): NotFetched =>
  result.kind === "refused" ? result : refused("fetch_broken", "the server sent nothing", true);

function refused(code: string, reason: string, transient = false, retryAfter: number | null = null): NotFetched {
  return { kind: "refused", code, reason, transient, retryAfter };
}
const ENDED = refused("fetch_cancelled", "the run was ended", true);
const NOT_ASKED_FOR = {
  forbidden: refused("fetch_robots", "the site's robots.txt asks programs not to read this page"),
  unknown: refused("fetch_robots_unreachable", "the site's robots.txt cannot be read, so its wishes are unknown", true),
};

const headersFor = (options: FetchOptions, hop: number): Record<string, string> => ({
  accept: options.accept ?? ACCEPT,
  "accept-encoding": "gzip, deflate, br",
  ...(hop === 0 && options.etag ? { "if-none-match": options.etag } : {}),
  ...(hop === 0 && options.lastModified ? { "if-modified-since": options.lastModified } : {}),
});

/** What the codes of an error and its causes mean; the first that fits. */
const ERRORS: readonly [code: RegExp, own: string, reason: string, transient: boolean][] = [
  [/^address_private$/, "address_private", "its name leads to an address of this machine or of a private network", false],
  [/^fetch_encoding$/, "fetch_encoding", "packed in a way that this program cannot unpack", false],
  [/TIMEOUT|ETIMEDOUT/, "fetch_timeout", "the server did not answer in time", true],
  [/^EAI_AGAIN$/, "fetch_unknown_host", "there is no such host", true],
  [/^(?:ENOTFOUND|EAI_\w+|ENODATA)$/, "fetch_unknown_host", "there is no such host", false],
  [/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/, "fetch_unreachable", "the server cannot be reached", true],
  [/CERT|SSL|TLS|SELF_SIGNED/, "fetch_certificate", "the server's certificate is not valid", false],
];
const BROKEN_OFF = [null, "fetch_broken", "the answer broke off or was not valid HTTP", true] as const;

function fromError(error: unknown, timedOut: boolean, limits: typeof FETCH_LIMITS): NotFetched {
  const codes: string[] = timedOut ? ["TIMEOUT"] : [];
  for (let at: unknown = error; at instanceof Error && codes.length < 6; at = at.cause) {
    if (at instanceof TooLarge)
      return refused("fetch_too_large", `larger than ${Math.round(limits.maxBytes / 1_000_000)} MB (after unpacking)`);
    codes.push("code" in at ? String(at.code) : "");
  }
  const [, own, reason, transient] = ERRORS.find(([code]) => codes.some((each) => code.test(each))) ?? BROKEN_OFF;
  return refused(own, reason, transient);
}

/** `Retry-After` in seconds or as a date; null where it is neither. At most a day. */
function seconds(value: string, now: Date): number | null {
  const wait = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isNaN(wait) ? null : Math.min(MAX_WAIT, Math.max(0, Math.ceil(wait)));
}
