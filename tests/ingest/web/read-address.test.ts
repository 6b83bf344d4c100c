// Addresses to documents, against a server that changes between requests: feeds, teasers, edits, failures, a site known by its feed.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReadOutcome } from "../../../src/domain.ts";
import { createFetcher, userAgent, type Fetcher } from "../../../src/ingest/fetch/fetcher.ts";
import { createWebReader, type WebReader } from "../../../src/ingest/web/read-address.ts";
import { articlePage, inTurn, PARAGRAPHS, send, startWebServer, withEtag, type WebServer } from "../../support/web-server.ts";

let web: WebServer;
let fetcher: Fetcher;
let now = new Date("2025-11-03T08:00:00Z");
const clock = { now: () => now };

beforeAll(async () => {
  web = await startWebServer();
  fetcher = createFetcher({ allow: [web.host], userAgent: userAgent(null), clock, limits: { timeoutMs: 5_000 } });
});
afterAll(async () => {
  await fetcher.close();
  await web.close();
});

/** A reader with a memory of its own, and an index that takes what is read. */
function scene(): {
  reader: WebReader;
  run: (path: string) => Promise<ReadOutcome[]>;
  known: Map<string, { fingerprint: string }>;
} {
  const values = new Map<string, string>();
  const memory = {
    value: async (key: string) => values.get(key) ?? null,
    setValue: async (key: string, value: string) => {
      values.set(key, value);
    },
  };
  const reader = createWebReader({ fetcher, clock, memory });
  const known = new Map<string, { fingerprint: string }>();
  const run = async (path: string): Promise<ReadOutcome[]> => {
    const outcomes: ReadOutcome[] = [];
    for await (const outcome of reader.read(`${web.origin}${path}`, known)) {
      outcomes.push(outcome);
      if (outcome.kind === "article") known.set(outcome.article.source, { fingerprint: outcome.article.fingerprint });
    }
    return outcomes;
  };
  return { reader, run, known };
}
const kinds = (outcomes: ReadOutcome[]): string[] =>
  outcomes.map((outcome) => (outcome.kind === "refused" ? outcome.code : outcome.kind));
const feed = (items: string): string =>
  `<rss version="2.0"><channel><title>Norvik News</title><link>${web.origin}/</link>${items}</channel></rss>`;

test("a page is read once, not sent again while it stays, and replaced when it changes", async () => {
  const { run, known } = scene();
  web.serve("/pier", withEtag('"1"', articlePage("Pier closed", PARAGRAPHS)));
  const [first] = await run("/pier");
  expect(first).toMatchObject({
    kind: "article",
    article: {
      source: `url:${web.origin}/pier`,
      document: { title: "Pier closed", path: null, fetched: "2025-11-03T08:00:00.000Z", published: null },
    },
  });
  expect(kinds(await run("/pier"))).toEqual(["unchanged"]);
  expect(web.requests.at(-1)?.headers["if-none-match"]).toBe('"1"');
  // a new advertisement is no new version, a new sentence is
  web.serve("/pier", articlePage("Pier closed", PARAGRAPHS, "<script>ad(2)</script>"));
  expect(kinds(await run("/pier"))).toEqual(["unchanged"]);
  web.serve(
    "/pier",
    articlePage("Pier closed", [...PARAGRAPHS, "The inspection found no further damage, the office added in the evening."]),
  );
  expect(kinds(await run("/pier"))).toEqual(["article"]);
  // an index that was thrown away is filled again, whatever the server says did not change
  known.clear();
  expect(kinds(await run("/pier"))).toEqual(["article"]);
});

test("a feed's teasers become whole articles; its edits are updates; trouble with one item is tried again and costs no other", async () => {
  const { run, reader } = scene();
  web.serve("/a", articlePage("Pier closed", PARAGRAPHS));
  web.serve("/b", inTurn(send(500, "oops"), send(200, articlePage("Ferry late", [...PARAGRAPHS].reverse()))));
  const items = (guid: string): string =>
    `<item><title>Pier closed</title><link>${web.origin}/a?utm_source=rss</link><guid>${guid}</guid><pubDate>Mon, 03 Nov 2025 07:00:00 GMT</pubDate><description>Closed…</description></item><item><title>Ferry late</title><link>${web.origin}/b</link></item>`;
  web.serve("/feed", feed(items("g1")), "application/rss+xml");
  const first = await run("/feed");
  expect(kinds(first)).toEqual(["article", "fetch_status"]);
  expect(first[0]).toMatchObject({
    article: { document: { publisher: "Norvik News", published: "2025-11-03T07:00:00Z" }, text: PARAGRAPHS.join("\n\n") },
  });
  expect(kinds(await run("/feed"))).toEqual(["unchanged", "article"]);
  const asked = web.requests.length;
  expect(kinds(await run("/feed"))).toEqual(["unchanged", "unchanged"]);
  expect(web.requests.length).toBe(asked + 1);
  web.serve("/feed", feed(items("g2")), "application/rss+xml");
  expect(kinds(await run("/feed"))).toEqual(["unchanged", "unchanged"]);
  expect(await reader.state(`${web.origin}/feed`)).toMatchObject({
    kind: "feed",
    title: "Norvik News",
    failures: 0,
    lastProblem: null,
  });
});

test("failures wait longer each time, are remembered with their reason, and end with the first success", async () => {
  const { run, reader } = scene();
  const url = `${web.origin}/shaky`;
  web.serve("/shaky", send(500, "oops"));
  const waits: number[] = [];
  for (let i = 0; i < 3; i++) {
    expect(kinds(await run("/shaky"))).toEqual(["fetch_status"]);
    waits.push(Date.parse((await reader.state(url)).dueAt ?? "") - now.getTime());
  }
  expect(waits[1]).toBeGreaterThan((waits[0] ?? 0) * 1.2);
  expect(await reader.state(url)).toMatchObject({ failures: 3, lastProblem: "the server answered 500", succeededAt: null });
  const due = (await reader.state(url)).dueAt ?? "";
  expect(due > now.toISOString()).toBe(true);
  now = new Date(now.getTime() + 25 * 3_600_000);
  expect(due <= now.toISOString()).toBe(true);
  web.serve("/shaky", articlePage("Back", PARAGRAPHS));
  expect(kinds(await run("/shaky"))).toEqual(["article"]);
  expect(await reader.state(url)).toMatchObject({ failures: 0, lastProblem: null });
});

test("a site's front page leads to its feed; a page that is gone is refused and names what it was", async () => {
  const { run, known, reader } = scene();
  const links = Array.from({ length: 40 }, (_, n) => `<li><a href="/s/${n}">Headline number ${n} of the day</a></li>`).join("");
  web.serve(
    "/front",
    `<html><head><title>Norvik News</title><meta property="og:type" content="website"><link rel="alternate" type="application/rss+xml" href="/whole"></head><body><ul>${links}</ul></body></html>`,
  );
  web.serve(
    "/whole",
    feed(
      `<item><title>One</title><link>${web.origin}/one</link><description>${PARAGRAPHS.join(" ").repeat(3)}</description></item>`,
    ),
    "text/xml",
  );
  expect(kinds(await run("/front"))).toEqual(["article"]);
  // its documents count as the site's, and stay when the site or its feed is gone
  expect(await reader.state(`${web.origin}/front`)).toMatchObject({
    kind: "feed",
    title: "Norvik News",
    sources: [`url:${web.origin}/one`],
  });
  for (const path of ["/front", "/whole"]) {
    web.serve(path, send(410, ""));
    expect(await run(path)).toMatchObject([{ kind: "refused", code: "fetch_gone", source: null }]);
  }
  web.serve("/gone", inTurn(send(200, articlePage("Gone soon", PARAGRAPHS)), send(410, "")));
  await run("/gone");
  expect(await run("/gone")).toMatchObject([{ kind: "refused", code: "fetch_gone", source: `url:${web.origin}/gone` }]);
  expect(known.has(`url:${web.origin}/gone`)).toBe(true);
});

test("extract gives a document or the feed as it stands, and stores nothing", async () => {
  const { reader } = scene();
  web.serve("/x", articlePage("Pier closed", PARAGRAPHS));
  web.serve(
    "/xfeed",
    feed(
      `<item><title>T</title><link>${web.origin}/never-asked</link><description>A teaser of some words only.</description></item>`,
    ),
    "text/xml",
  );
  expect(await reader.extract(`${web.origin}/x`)).toMatchObject({ title: "Pier closed", text: PARAGRAPHS.join("\n\n") });
  expect(await reader.extract(`${web.origin}/xfeed`)).toMatchObject({
    feed: { title: "Norvik News" },
    items: [{ text: "A teaser of some words only." }],
  });
  expect(web.requests.some(({ path }) => path === "/never-asked")).toBe(false);
  await expect(reader.extract("file:///etc/passwd")).rejects.toMatchObject({ code: "address_scheme" });
});
