// The fetcher against a server that misbehaves: limits hold, politeness is kept, every refusal has its reason.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Clock } from "../../../src/clock.ts";
import { createFetcher, userAgent, type Fetcher, type FetcherDeps } from "../../../src/ingest/fetch/fetcher.ts";
import {
  articlePage,
  bomb,
  cutOff,
  endless,
  hangUp,
  inTurn,
  never,
  PARAGRAPHS,
  redirect,
  send,
  stalling,
  startWebServer,
  withEtag,
  type WebServer,
} from "../../support/web-server.ts";

let web: WebServer;
const open: Fetcher[] = [];
let instant = new Date("2025-11-03T08:00:00Z");
const clock: Clock = { now: () => instant };

beforeAll(async () => {
  web = await startWebServer();
});
afterAll(async () => {
  await Promise.all(open.map((fetcher) => fetcher.close()));
  await web.close();
});

function fetcherWith(limits: FetcherDeps["limits"] = {}, allow: string[] = [web.host]): Fetcher {
  const fetcher = createFetcher({
    allow,
    userAgent: userAgent("mailto:desk@paper.example"),
    clock,
    limits: { timeoutMs: 5_000, hostDelayMs: 0, ...limits },
  });
  open.push(fetcher);
  return fetcher;
}

test("a page comes with its final address, type and validators, and the site learns whom to write to", async () => {
  web.serve("/start", redirect("/moved", 301));
  web.serve(
    "/moved",
    send(200, gzipSync("grüße"), { "content-encoding": "gzip", etag: '"a"', "last-modified": "Mon, 03 Nov 2025 07:00:00 GMT" }),
  );
  const result = await fetcherWith().fetch(`${web.origin}/start`);
  expect(result).toMatchObject({
    kind: "fetched",
    url: `${web.origin}/moved`,
    etag: '"a"',
    lastModified: "Mon, 03 Nov 2025 07:00:00 GMT",
  });
  expect(result.kind === "fetched" && Buffer.from(result.bytes).toString()).toBe("grüße");
  expect(web.requests.at(-1)?.headers["user-agent"]).toBe("BriefingBot/0.1 (news briefing bot; +mailto:desk@paper.example)");
});

test("what did not change is not sent again", async () => {
  web.serve("/etag", withEtag('"v1"', "x"));
  const fetcher = fetcherWith();
  expect(await fetcher.fetch(`${web.origin}/etag`, { etag: '"v1"' })).toMatchObject({ kind: "unchanged" });
  expect(await fetcher.fetch(`${web.origin}/etag`, { etag: '"v0"' })).toMatchObject({ kind: "fetched", etag: '"v1"' });
});

test.each([
  ["endless body", endless, "fetch_too_large", false],
  ["gzip bomb", bomb(30), "fetch_too_large", false],
  ["brotli bomb", bomb(30, "br"), "fetch_too_large", false],
  ["stated length over the limit", send(200, "x".repeat(3_000_000)), "fetch_too_large", false],
  ["no answer", never, "fetch_timeout", true],
  ["stalling body", stalling("<p>beginning"), "fetch_timeout", true],
  ["less than promised", cutOff("<p>short", 5_000), "fetch_broken", true],
  ["hung up", hangUp, "fetch_broken", true],
  ["broken gzip", send(200, "not gzip", { "content-encoding": "gzip" }), "fetch_broken", true],
  ["unknown packing", send(200, "x", { "content-encoding": "zpaq" }), "fetch_encoding", false],
  ["film", send(200, "x", { "content-type": "video/mp4" }), "fetch_type", false],
  ["gone", send(410, "gone"), "fetch_gone", false],
  ["forbidden", send(451, "law"), "fetch_forbidden", false],
  ["server error", send(500, "oops"), "fetch_status", true],
  ["redirect to nowhere", redirect("http://"), "fetch_redirect", false],
  ["redirect to a script", redirect("javascript:alert(1)"), "address_scheme", false],
  ["redirect to a file", redirect("file:///etc/passwd"), "address_scheme", false],
  ["redirect to another port of this machine", redirect("http://127.0.0.1:1/"), "address_private", false],
  ["redirect to itself", redirect("/case"), "fetch_redirects", false],
])("%s is refused with its reason", async (_name, answer, code, transient) => {
  web.serve("/case", answer);
  const result = await fetcherWith({ maxBytes: 2_000_000, timeoutMs: 700 }).fetch(`${web.origin}/case`);
  expect(result).toMatchObject({ kind: "refused", code, transient });
  expect(result.kind === "refused" && result.reason.length).toBeGreaterThan(10);
});

test("a busy server is left alone for as long as it asked, by date or in seconds", async () => {
  const fetcher = fetcherWith();
  web.serve(
    "/busy",
    inTurn(
      send(429, "", { "retry-after": "120" }),
      send(200, "open again"),
      send(503, "", { "retry-after": "Mon, 03 Nov 2025 08:10:00 GMT" }),
    ),
  );
  expect(await fetcher.fetch(`${web.origin}/busy`)).toMatchObject({ code: "fetch_busy", retryAfter: 120, transient: true });
  const asked = web.requests.length;
  expect(await fetcher.fetch(`${web.origin}/busy`)).toMatchObject({ code: "fetch_later", retryAfter: 120 });
  expect(web.requests.length).toBe(asked);
  instant = new Date("2025-11-03T08:03:00Z");
  expect(await fetcher.fetch(`${web.origin}/busy`)).toMatchObject({ kind: "fetched" });
  expect(await fetcher.fetch(`${web.origin}/busy`)).toMatchObject({ code: "fetch_busy", retryAfter: 420 });
  instant = new Date("2025-11-03T08:00:00Z");
});

test("a name that leads to a private address is refused at the moment of connecting, also the second time (rebinding)", async () => {
  const port = web.host.split(":")[1];
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: "127.0.0.1", family: 4 }];
  };
  const fetcher = createFetcher({ allow: [], userAgent: "x", clock, resolve, limits: { timeoutMs: 3_000, hostDelayMs: 0 } });
  open.push(fetcher);
  web.serve("/secret", "secret");
  const before = web.requests.length;
  expect(await fetcher.fetch(`http://news.rebind.org:${port}/secret`)).toMatchObject({
    kind: "refused",
    code: "address_private",
  });
  expect(await fetcher.fetch(`http://news.rebind.org:${port}/secret`)).toMatchObject({
    kind: "refused",
    code: "address_private",
  });
  expect(asked).toBeGreaterThan(0);
  expect(web.requests.length).toBe(before);
});

test("a pause is kept between two requests to one host, and requests to it go one by one", async () => {
  const { createHostTurns } = await import("../../../src/ingest/fetch/politeness.ts");
  const turns = createHostTurns(clock);
  const times: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    times.push(performance.now());
    await new Promise((resolve) => setTimeout(resolve, 5));
    running -= 1;
  };
  await Promise.all([turns.run("a", 60, work), turns.run("a", 60, work), turns.run("b", 60, work)]);
  expect(most).toBeLessThanOrEqual(2);
  expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(50);
});

test("robots.txt is read once, obeyed for public hosts, and unreadable rules mean waiting", async () => {
  const { createRobots } = await import("../../../src/ingest/fetch/politeness.ts");
  let loads = 0;
  const rules = "User-agent: *\nDisallow: /private/\n\nUser-agent: BriefingBot\nDisallow: /drafts/\nCrawl-delay: 3";
  const robots = createRobots({
    clock,
    userAgent: userAgent(null),
    load: async (url) => (
      (loads += 1),
      url.includes("down")
        ? { status: "unreachable", text: "" }
        : url.includes("none")
          ? { status: "none", text: "" }
          : { status: "found", text: rules }
    ),
  });
  expect(await robots.verdict(new URL("https://paper.org/drafts/1"), undefined)).toBe("forbidden");
  expect(await robots.verdict(new URL("https://paper.org/news/1"), undefined)).toBe("allowed");
  expect(loads).toBe(1);
  expect(robots.delayMs(new URL("https://paper.org/x"))).toBe(3000);
  expect(await robots.verdict(new URL("https://down.org/x"), undefined)).toBe("unknown");
  expect(await robots.verdict(new URL("https://none.org/x"), undefined)).toBe("allowed");
});

test("pages with words around them are read through the fetcher's bytes", async () => {
  const { readFetched } = await import("../../../src/ingest/web/read-item.ts");
  web.serve("/a", articlePage("Pier closed", PARAGRAPHS));
  const fetched = await fetcherWith().fetch(`${web.origin}/a#part`);
  expect(fetched.kind === "fetched" && (await readFetched(fetched))).toMatchObject({
    title: "Pier closed",
    url: `${web.origin}/a`,
    text: PARAGRAPHS.join("\n\n"),
  });
});
