// Sources of one server: kept apart from everyone's and from another server's, all the way into the real index.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp, type App } from "../../../src/app.ts";
import { systemClock } from "../../../src/clock.ts";
import type { ReadOutcome } from "../../../src/domain.ts";
import { createInputReader } from "../../../src/ingest/sources/read-inputs.ts";
import { loadSettings } from "../../../src/settings.ts";
import { redirect, send, startWebServer, type WebServer } from "../../support/web-server.ts";

const NORTH = "guild:100000000000000001";
const SOUTH = "guild:100000000000000002";

let server: WebServer;
let elsewhere: WebServer;
let app: App;
beforeAll(async () => {
  server = await startWebServer();
  elsewhere = await startWebServer();
  const folder = mkdtempSync(path.join(tmpdir(), "briefing-scopes-"));
  writeFileSync(
    path.join(folder, "open.md"),
    "---\ntitle: The open note\n---\n\nThe lighthouse of Lindhaven was painted white in May.\n",
  );
  const settings = loadSettings({
    CORPUS_DIR: folder,
    INDEX_DIR: path.join(folder, "index"),
    DISCORD_API_URL: `${server.origin}/api`,
    FETCH_ALLOW: server.host,
  });
  app = createApp(settings, { log: pino({ level: "silent" }) });
  await app.briefing.ingest([]);
}, 60_000);
afterAll(async () => {
  await app.briefing.close();
  await Promise.all([server.close(), elsewhere.close()]);
});

const titles = async (scopes: string[] = []): Promise<string[]> =>
  (await app.briefing.documents({ scopes })).map(({ title }) => title ?? "").sort((a, b) => a.localeCompare(b));

const upload = (name: string, text: string, scope: string, origin = server) => {
  origin.serve(`/files/${name}`, text, "text/plain; charset=utf-8");
  return app.briefing.ingestUpload({ name, address: `${origin.origin}/files/${name}` }, scope);
};

test("two servers keep files of the same name; neither sees the other's, nobody else sees either", async () => {
  const north = "# Minutes of the north\n\nThe northern council bought three tugboats for 9 million crowns.\n";
  const south = "# Minutes of the south\n\nThe southern council sold its only tugboat to a museum.\n";
  expect(await upload("minutes.md", north, NORTH)).toMatchObject({ added: 1, failed: [] });
  expect(await upload("minutes.md", south, SOUTH)).toMatchObject({ added: 1, failed: [] });
  expect(await titles()).toEqual(["The open note"]);
  expect(await titles([NORTH])).toEqual(["Minutes of the north", "The open note"]);
  expect(await titles([SOUTH])).toEqual(["Minutes of the south", "The open note"]);
  const found = await app.briefing.search("Who bought tugboats?", { scopes: [SOUTH], k: 10 });
  expect(found.passages.map(({ text }) => text).join(" ")).not.toContain("northern");
  const [document] = (await app.briefing.documents({ scopes: [NORTH] })).filter(({ title }) => title?.includes("north"));
  expect(document?.url).toBeNull();
  // the same bytes again are nothing new, others take their place
  expect(await upload("minutes.md", north, NORTH)).toMatchObject({ unchanged: 1 });
  expect(await upload("minutes.md", north.replace("three", "four"), NORTH)).toMatchObject({ updated: 1 });
  expect(await titles([NORTH])).toHaveLength(2);
  // a run over the corpus prunes neither
  expect(await app.briefing.ingest([])).toMatchObject({ removed: 0 });
  expect(await app.briefing.removeScoped(document?.id ?? "", [SOUTH])).toBe(false);
  expect(await app.briefing.removeScoped(document?.id ?? "", [NORTH])).toBe(true);
  expect(await titles([NORTH])).toEqual(["The open note"]);
  expect(await titles([SOUTH])).toHaveLength(2);
});

test("what everyone may read is never removed by a server", async () => {
  const [open] = await app.briefing.documents();
  expect(await app.briefing.removeScoped(open?.id ?? "", [NORTH])).toBe(false);
  expect(await titles()).toEqual(["The open note"]);
});

test("files come from the chat service's host and from nowhere else, and a redirect leads nowhere", async () => {
  expect((await upload("secret.txt", "The vault stands open.", NORTH, elsewhere)).failed).toMatchObject([
    { code: "upload_elsewhere" },
  ]);
  expect(elsewhere.requests).toEqual([]);
  server.serve("/files/away.txt", redirect(`${elsewhere.origin}/files/secret.txt`));
  expect(
    (await app.briefing.ingestUpload({ name: "away.txt", address: `${server.origin}/files/away.txt` }, NORTH)).failed,
  ).toHaveLength(1);
  expect(elsewhere.requests).toEqual([]);
  server.serve("/files/film.mp4", send(200, "film", { "content-type": "video/mp4" }));
  const film = await app.briefing.ingestUpload({ name: "film.mp4", address: `${server.origin}/files/film.mp4` }, NORTH);
  expect(film.failed).toMatchObject([{ code: "fetch_type" }]);
});

test("the operator's intranet is not open to servers", async () => {
  server.serve(
    "/page",
    "<title>Inside</title><article><p>The inner page tells of the harbour plans in great detail.</p></article>",
  );
  const before = server.requests.length;
  expect((await app.briefing.ingest([`${server.origin}/page`], { scope: NORTH })).failed).toMatchObject([
    { code: "address_private" },
  ]);
  expect(server.requests).toHaveLength(before);
});

test("the same address is another document in each scope, and readers see what their own scope has", async () => {
  const seen: { scope: string | null; known: string[] }[] = [];
  const reader = createInputReader({
    corpusDir: tmpdir(),
    clock: systemClock,
    async *readUrl(url, known, _signal, scope): AsyncGenerator<ReadOutcome> {
      seen.push({ scope, known: [...known.keys()] });
      yield { kind: "unchanged", input: url, source: `url:${url}` };
    },
  });
  const known = new Map([
    ["url:https://a.example/", { fingerprint: "1" }],
    [`${NORTH}|url:https://a.example/`, { fingerprint: "2" }],
  ]);
  for (const scope of [NORTH, SOUTH, null]) {
    const sources: unknown[] = [];
    for await (const outcome of (await reader.plan(["https://a.example/"], known, { scope })).outcomes)
      sources.push(outcome.kind === "unchanged" && outcome.source);
    expect(sources).toEqual([scope === null ? "url:https://a.example/" : `${scope}|url:https://a.example/`]);
  }
  expect(seen.map(({ known: sources }) => sources)).toEqual([["url:https://a.example/"], [], [...known.keys()]]);
});
