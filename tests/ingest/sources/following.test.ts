// Feeds followed through the command line and the program itself, against a local server that plays the web.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp, type App } from "../../../src/app.ts";
import { systemClock } from "../../../src/clock.ts";
import type { Document } from "../../../src/domain.ts";
import { keepFresh } from "../../../src/ingest/sources/keep-fresh.ts";
import type { Embedder } from "../../../src/models/embedder.ts";
import type { IngestReport } from "../../../src/results.ts";
import { loadSettings } from "../../../src/settings.ts";
import { vectorOf } from "../../support/documents.ts";
import { createMemoryState } from "../../support/memory-state.ts";
import { runCommand, temporaryFolder } from "../../support/run-command.ts";
import { until } from "../../support/until.ts";
import { articlePage, PARAGRAPHS, send, startWebServer, type WebServer } from "../../support/web-server.ts";

let web: WebServer;
beforeAll(async () => {
  web = await startWebServer();
});
afterAll(() => web.close());

const story = (n: number): string[] => PARAGRAPHS.map((text) => text.replace("Norvik", `Norvik ward ${n}`));
const item = (n: number): string =>
  `<item><title>Story ${n}</title><link>${web.origin}/story-${n}</link><pubDate>Mon, 0${n} Nov 2025 07:00:00 GMT</pubDate><description>Short…</description></item>`;
const feed = (...items: string[]): string =>
  `<rss version="2.0"><channel><title>Norvik News</title><link>${web.origin}/</link>${items.join("")}</channel></rss>`;
const opml = (...paths: string[]): string =>
  `<opml version="2.0"><body>${paths.map((at) => `<outline text="a feed" xmlUrl="${web.origin}${at}"/>`).join("")}</body></opml>`;

function folders(): { corpus: string; places: string[]; index: string; env: Record<string, string> } {
  const folder = temporaryFolder("following");
  const corpus = path.join(folder, "corpus");
  mkdirSync(corpus);
  writeFileSync(
    path.join(corpus, "note.md"),
    "The mill on the river was closed on Monday, its owner said, because the wheel had cracked.",
  );
  const index = path.join(folder, "index");
  return { corpus, index, places: ["--corpus", corpus, "--index", index], env: { FETCH_ALLOW: web.host } };
}
const json = async <T>(args: string[], env: Record<string, string>): Promise<{ code: number | null; value: T }> => {
  const { code, stdout } = await runCommand([...args, "--json"], { env });
  return { code, value: JSON.parse(stdout) as T };
};

test("the corpus folder's list is read with the corpus, a list by name, a site by its feed; saved feeds are told apart", async () => {
  const { corpus, places, env } = folders();
  for (const n of [1, 2, 3]) web.serve(`/story-${n}`, articlePage(`Story ${n}`, story(n)));
  web.serve("/feed", feed(item(1), item(2)), "application/rss+xml");
  web.serve("/other", feed(item(3)), "application/rss+xml");
  const links = Array.from({ length: 40 }, (_, n) => `<li><a href="/s/${n}">Headline number ${n} of the day</a></li>`).join("");
  web.serve(
    "/",
    `<html><head><title>Norvik</title><link rel="alternate" type="application/rss+xml" href="/other"></head><body><ul>${links}</ul></body></html>`,
  );
  expect((await json<IngestReport>(["ingest", ...places], env)).value).toMatchObject({ added: 1, failed: [] });
  expect(web.requests).toEqual([]);

  writeFileSync(path.join(corpus, "feeds.opml"), opml("/feed"));
  expect(await json(["ingest", ...places], env)).toMatchObject({
    code: 0,
    value: { added: 2, unchanged: 1, removed: 0, failed: [] },
  });
  // nothing is lost when the network is away, and what is missing is said
  expect(await json(["ingest", ...places], {})).toMatchObject({
    code: 3,
    value: { removed: 0, documents: 3, failed: [{ code: "address_private" }] },
  });
  const { value } = await json<{ documents: Document[] }>(["documents", ...places], env);
  expect(value.documents.map(({ title, publisher, published }) => ({ title, publisher, published })).slice(0, 2)).toEqual([
    { title: "Story 2", publisher: "Norvik News", published: "2025-11-02T07:00:00Z" },
    { title: "Story 1", publisher: "Norvik News", published: "2025-11-01T07:00:00Z" },
  ]);
  expect((await json<IngestReport>(["ingest", `${web.origin}/`, ...places], env)).value).toMatchObject({ added: 1, failed: [] });
  expect((await runCommand(["documents", ...places], { env })).stdout).toMatch(/Norvik News .*\/feed/);

  const list = path.join(corpus, "..", "mine.opml");
  writeFileSync(list, opml("/other", "/feed").replace("</body>", '<outline xmlUrl="file:///etc/passwd"/></body>'));
  expect((await json<IngestReport>(["ingest", list, ...places], env)).value).toMatchObject({
    added: 0,
    unchanged: 3,
    failed: [{ code: "address_scheme" }],
  });
  const saved = path.join(corpus, "..", "saved.xml");
  writeFileSync(saved, feed(item(1)));
  expect((await json<IngestReport>(["ingest", saved, ...places], env)).value.failed).toMatchObject([{ code: "input_feed_file" }]);
  expect((await json(["extract", saved], env)).value).toMatchObject({
    feed: { title: "Norvik News" },
    items: [{ title: "Story 1", text: "Short…" }],
  });
  expect((await json(["extract", list], env)).value).toMatchObject({
    items: [{ title: "a feed", url: `${web.origin}/other` }, { url: `${web.origin}/feed` }],
  });
});

const embedder: Embedder = {
  identity: "test",
  embed: async (texts) => texts.map((text) => vectorOf(text)),
  close: async () => undefined,
};

function program(
  places: { corpus: string; index: string },
  clock: { now: () => Date },
  more: { embedder?: Embedder } = { embedder },
): App {
  const settings = loadSettings({ CORPUS_DIR: places.corpus, INDEX_DIR: places.index, FETCH_ALLOW: web.host });
  return createApp(settings, { log: pino({ level: "silent" }), clock, ...more });
}

test("an address is followed no more once it is unfollowed; its documents stay unless they are to go", async () => {
  const places = folders();
  const { briefing } = program(places, { now: () => new Date("2025-11-05T08:00:00Z") });
  for (const n of [1, 2]) web.serve(`/story-${n}`, articlePage(`Story ${n}`, story(n)));
  web.serve("/one", feed(item(1), item(2)), "application/rss+xml");
  web.serve("/two", feed(item(2)), "application/rss+xml");
  web.serve("/listed", feed(), "application/rss+xml");
  writeFileSync(path.join(places.corpus, "feeds.opml"), opml("/listed"));
  await briefing.ingest([`${web.origin}/one`, `${web.origin}/two`]);
  const paths = async (): Promise<string[]> => (await briefing.followed()).map(({ url }) => new URL(url).pathname).sort();
  expect(await paths()).toEqual(["/listed", "/one", "/two"]);
  expect(
    await briefing.ingest([`${web.origin}/one#top`, `${web.origin}/never`, `${web.origin}/listed`], { unfollow: true }),
  ).toMatchObject({ removed: 0, documents: 2, failed: [{ code: "follow_unknown" }, { code: "follow_listed" }] });
  expect(await paths()).toEqual(["/listed", "/two"]);
  await briefing.ingest([`${web.origin}/one`]);
  // story 2 stays: another address gives it
  expect(await briefing.ingest([`${web.origin}/one`], { unfollow: true, prune: true })).toMatchObject({ removed: 1, failed: [] });
  expect((await briefing.documents()).map(({ title }) => title)).toEqual(["Story 2"]);
});

test("while the bot runs, what is followed is read when it is due; failures are told and tried again", async () => {
  const places = folders();
  let now = new Date("2025-11-05T08:00:00Z");
  const app = program(places, { now: () => now });
  const { briefing } = app;
  writeFileSync(path.join(places.corpus, "feeds.opml"), opml("/live"));
  web.serve("/story-1", articlePage("Story 1", story(1)));
  web.serve("/live", feed(item(1)), "application/rss+xml");
  web.serve("/page", articlePage("A page", story(7)));
  await briefing.ingest([]);
  // what a server adds must be public, whatever the operator allows itself
  expect(await briefing.ingest([`${web.origin}/page`], { scope: "guild:1" })).toMatchObject({
    failed: [{ code: "address_private" }],
  });
  expect(await briefing.ingest([`${web.origin}/page`])).toMatchObject({ added: 1 });
  expect(new Set((await briefing.documents()).map(({ title }) => title))).toEqual(
    new Set(["Story 1", "A page", "The mill on the river was closed on Monday, its owner said, because the wheel had cracked"]),
  );
  expect(
    (await briefing.followed()).map(({ url, scope, documents, failures }) => [
      url.slice(web.origin.length),
      scope,
      documents,
      failures,
    ]),
  ).toEqual([
    ["/live", null, 1, 0],
    ["/page", null, 1, 0],
  ]);
  expect(await briefing.refresh()).toEqual([]);

  web.serve("/story-2", articlePage("Story 2", story(2)));
  web.serve("/live", feed(item(1), item(2)), "application/rss+xml");
  web.serve("/page", send(500, "oops"));
  now = new Date("2025-11-05T09:00:00Z");
  const stop = new AbortController();
  const fresh = keepFresh({ ...app, signal: stop.signal, everyMs: 20 });
  let documents = 0;
  await until("the new story is read", () => {
    void briefing.documents().then((all) => (documents = all.length));
    return documents === 4;
  });
  stop.abort();
  await fresh;
  const troubled = (await briefing.followed()).filter(({ failures }) => failures > 0);
  expect(troubled.map(({ lastProblem }) => lastProblem)).toEqual(["the server answered 500"]);
  expect((await briefing.doctor()).find(({ name }) => name === "followed addresses")).toMatchObject({
    ok: true,
    detail: expect.stringContaining("the server answered 500") as string,
  });
  // the list is where its feeds are removed
  writeFileSync(path.join(places.corpus, "feeds.opml"), opml());
  expect((await briefing.followed()).map(({ url }) => url.slice(web.origin.length))).toEqual(["/page"]);
  expect(readFileSync(path.join(places.corpus, "feeds.opml"), "utf8")).toContain("opml");
  await briefing.close();
});

test("of several bots on one memory one reads at a time", async () => {
  const state = createMemoryState();
  const stop = new AbortController();
  let [reading, most, rounds] = [0, 0, 0];
  const bot = () =>
    keepFresh({
      briefing: {
        async refresh() {
          most = Math.max(most, (reading += 1));
          await sleep(15);
          reading -= 1;
          rounds += 1;
          return [];
        },
      },
      log: pino({ level: "silent" }),
      state: async () => state,
      clock: systemClock,
      signal: stop.signal,
      everyMs: 1,
    });
  const bots = [bot(), bot(), bot()];
  await until("some rounds are over", () => rounds >= 8);
  stop.abort();
  await Promise.all(bots);
  expect(most).toBe(1);
});

test("a changed page is a new version, receipts keep the old quote; corrections and withdrawals are noticed, once", async () => {
  const places = folders();
  let now = new Date("2025-11-05T08:00:00Z");
  const app = program(places, { now: () => now }, {});
  const { briefing } = app;
  const told = (crowns: number): string =>
    `The new quay of Norvik cost ${crowns} million crowns, the harbour office said on Monday.`;
  const page = (crowns: number, head = "", ...more: string[]): string =>
    articlePage("The new quay", [told(crowns), ...story(5), ...more], head);
  const read = async (body: string): Promise<IngestReport> => {
    web.serve("/quay", body);
    return briefing.ingest([`${web.origin}/quay`]);
  };
  await read(page(412));
  const answer = await briefing.ask("How much did the new quay of Norvik cost?");
  expect(answer.sentences.map(({ text }) => text).join()).toContain("412 million");

  now = new Date("2025-11-06T08:00:00Z");
  const correction = "Correction: an earlier version of this article gave a wrong sum for the quay.";
  expect(await read(page(421, "", correction))).toMatchObject({ updated: 1 });
  expect((await briefing.ask("How much did the new quay of Norvik cost?")).sentences.map(({ text }) => text).join()).toContain(
    "421 million",
  );
  const receipt = await briefing.why(answer.answer_id);
  expect(receipt.answer.sources.map(({ quote }) => quote).join()).toContain("412 million");
  expect((await briefing.recall(answer.answer_id))?.sources).toEqual(answer.sources);

  await read(page(421, '<meta name="robots" content="noindex">', correction));
  web.serve("/quay", send(410, ""));
  for (let time = 0; time < 2; time += 1)
    expect(await briefing.ingest([`${web.origin}/quay`])).toMatchObject({ failed: [{ code: "fetch_gone" }], documents: 1 });
  const notices = await (await app.state()).notices("2025-11-06");
  expect(notices.map(({ kind, before, after, reason }) => [kind, before, after, reason])).toEqual([
    ["corrected", told(412), `${told(421)}\n${correction}`, correction],
    ["withdrawn", "The new quay", "The new quay", expect.stringContaining("noindex") as string],
    ["withdrawn", "The new quay", null, expect.stringContaining("410") as string],
  ]);
  await briefing.close();
});
