// Hostile pages, feeds, files and servers beyond attacks.test.ts: characters that hide, data that nests, packages that carry programs,
// servers that lie about what they send. None has an effect, each is told where there is something to tell.
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFeed } from "../../src/ingest/feeds/read-feed.ts";
import { createFetcher, userAgent, type Fetcher } from "../../src/ingest/fetch/fetcher.ts";
import { readDocx } from "../../src/ingest/formats/read-docx.ts";
import { readPdf } from "../../src/ingest/formats/read-pdf.ts";
import { readHtml } from "../../src/ingest/html/read-html.ts";
import { readFetched } from "../../src/ingest/web/read-item.ts";
import { makePdf } from "../support/make-pdf.ts";
import { makeZip } from "../support/make-zip.ts";
import { articlePage, PARAGRAPHS, send, startWebServer, type WebServer } from "../support/web-server.ts";

const HINTS = { path: null, url: "https://paper.org/story", contentType: "text/html" };
const TEXT = PARAGRAPHS.join("\n\n");
let web: WebServer;
let fetcher: Fetcher;
beforeAll(async () => {
  web = await startWebServer();
  fetcher = createFetcher({
    allow: [web.host],
    userAgent: userAgent(null),
    clock: { now: () => new Date("2025-11-03T08:00:00Z") },
    limits: { timeoutMs: 3_000, hostDelayMs: 0, maxBytes: 2_000_000 },
  });
});
afterAll(async () => {
  await fetcher.close();
  await web.close();
});

// family 11: characters
test.each([
  ["zero-width letters between letters", (text: string) => text.replace("pier", "p\u200bi\u200be\u200br")],
  ["a change of direction", (text: string) => text.replace("pier", "\u202epier\u202c")],
  ["isolated directions", (text: string) => text.replace("pier", "\u2066pier\u2069")],
  ["letters of tags", (text: string) => text.replace("pier", `pier${String.fromCodePoint(0xe006f, 0xe0062, 0xe0065, 0xe0079)}`)],
  ["word joiners", (text: string) => text.replace("pier", "pi\u2060er")],
])("%s in a page leave the words that people see, and are counted", async (_name, change) => {
  const { text, warnings } = await readHtml(Buffer.from(articlePage("Pier closed", PARAGRAPHS.map(change))), HINTS);
  expect(text.replace(/\s/g, "")).toBe(TEXT.replace(/\s/g, ""));
  expect(text).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/u);
  expect(warnings.join()).toMatch(/Invisible characters left out: \d/);
});

// family 12: data that pollutes, nests or never ends
const ld = (json: string): string =>
  articlePage("Pier closed", PARAGRAPHS, `<script type="application/ld+json">${json}</script>`);
test.each([
  [
    "a prototype",
    ld(
      '{"__proto__":{"polluted":true},"@type":"NewsArticle","headline":"Pier closed","constructor":{"prototype":{"polluted":true}}}',
    ),
  ],
  ["nesting without end", ld(`${'{"a":['.repeat(60_000)}${"]}".repeat(60_000)}`)],
  ["a million signatures", ld(`{"@type":"NewsArticle","author":[${'{"name":"Nora Lind"},'.repeat(40_000)}{"name":"x"}]}`)],
  [
    "a base that is a script",
    articlePage("Pier closed", PARAGRAPHS, '<base href="javascript:alert(1)"><link rel="canonical" href="/x">'),
  ],
  [
    "a page that sends readers on",
    articlePage("Pier closed", PARAGRAPHS, '<meta http-equiv="refresh" content="0;url=http://169.254.169.254/">'),
  ],
  [
    "a date line that backtracks",
    articlePage("Pier closed", PARAGRAPHS).replace("<p>", `<p class="date">${"1 1. ".repeat(3_000)}</p><p>`),
  ],
  [
    "a signature that backtracks",
    articlePage("Pier closed", PARAGRAPHS).replace("<p>", `<p class="byline">By ${"A ".repeat(5_000)}</p><p>`),
  ],
  ["a title of bars", articlePage("Pier closed", PARAGRAPHS).replace("<title>", `<title>${"a | ".repeat(2_000)}`)],
])("%s has no effect", async (_name, html) => {
  const { text, url, author } = await readHtml(Buffer.from(html), HINTS);
  expect(text).toContain(PARAGRAPHS[0]);
  expect(url === null || url.startsWith("https://paper.org/")).toBe(true);
  expect((author ?? "").length).toBeLessThan(400);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test.each([
  ["links that are scripts", "<item><title>A</title><link>javascript:alert(1)</link></item>"],
  [
    "links into the machine's files",
    "<item><title>A</title><link>file:///etc/passwd</link><guid>file:///etc/passwd</guid></item>",
  ],
  ["a base that is a file", '<item xml:base="file:///etc/"><title>A</title><link>passwd</link></item>'],
  ["elements without end", `<item><title>A</title>${"<b>".repeat(30_000)}</item>`],
  [
    "an inclusion",
    '<item><title>A</title><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/></item>',
  ],
])("a feed with %s names no such place", async (_name, items) => {
  const feed = await readFeed(Buffer.from(`<rss version="2.0"><channel><title>T</title>${items}</channel></rss>`), {
    url: null,
    contentType: null,
  });
  expect(feed.items).toHaveLength(1);
  expect(feed.items[0]).toMatchObject({ title: "A", url: null });
  expect(JSON.stringify(feed)).not.toContain("root:");
});

// family 13: packages that carry programs
test("a PDF with scripts and addresses to open is read, nothing of it is run, and it is told", async () => {
  const plain = Buffer.from(makePdf([[{ text: PARAGRAPHS[0] ?? "" }]])).toString("latin1");
  const armed = plain.replace(
    "/Type /Catalog /Pages 2 0 R",
    "/Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (this.submitForm\\('http://127.0.0.1/'\\)) >>] >> >>",
  );
  const { text, warnings } = await readPdf(Buffer.from(armed, "latin1"), { ...HINTS, path: "x.pdf" });
  expect(text).toContain((PARAGRAPHS[0] ?? "").slice(0, 30));
  expect(warnings.join()).toContain("none was run");
});

test("a Word file with macros, parts elsewhere and names that climb is read, nothing is run or fetched, and it is told", async () => {
  const docx = makeZip([
    {
      name: "[Content_Types].xml",
      data: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    {
      name: "_rels/.rels",
      data: '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    {
      name: "word/_rels/document.xml.rels",
      data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="${web.origin}/template.dotm" TargetMode="External"/></Relationships>`,
    },
    {
      name: "word/document.xml",
      data: `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${PARAGRAPHS[0]}</w:t></w:r></w:p></w:body></w:document>`,
    },
    { name: "word/vbaProject.bin", data: "macro" },
    { name: "../../../../tmp/escape.txt", data: "escaped" },
  ]);
  const { text, warnings } = await readDocx(docx, { ...HINTS, path: "x.docx" });
  expect(text).toBe(PARAGRAPHS[0]);
  expect(warnings.join()).toMatch(/macros.*none was run.*none was fetched.*lead out/s);
  expect(web.requests).toEqual([]);
});

// family 14: servers that lie
test.each([
  [
    "a program called a page",
    Buffer.from([0x4d, 0x5a, ...Array.from({ length: 400 }, (_, n) => (n * 7) % 32)]),
    "text/html",
    "input_binary",
  ],
  [
    "a picture called a page",
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xd, 0xa, 0x1a, 0xa, ...Array.from({ length: 400 }, (_, n) => (n * 5) % 31)]),
    "text/html",
    "input_",
  ],
  ["a page called a PDF", Buffer.from(articlePage("Pier closed", PARAGRAPHS)), "application/pdf", null],
  ["a PDF called a page", Buffer.from(makePdf([PARAGRAPHS.map((text) => ({ text }))])), "text/html", null],
  ["nothing called a page", Buffer.from(""), "text/html", "input_empty"],
] as const)("%s", async (_name, body, type, code) => {
  web.serve("/lie", send(200, body, { "content-type": type }));
  const fetched = await fetcher.fetch(`${web.origin}/lie`);
  if (fetched.kind !== "fetched") throw new Error(fetched.kind);
  const outcome = await readFetched(fetched).then(
    ({ text }) => text.slice(0, 20),
    (error: { code?: string }) => error.code,
  );
  expect(outcome).toContain(code ?? (PARAGRAPHS[0] ?? "").slice(0, 20));
});

test("headers without measure end the request with its reason", async () => {
  web.serve("/headers", send(200, "x", { "x-long": "y".repeat(60_000) }));
  expect(await fetcher.fetch(`${web.origin}/headers`)).toMatchObject({ kind: "refused", code: "fetch_broken" });
});

test.each([
  "127.0.0.1.nip.example.org",
  "localtest.example.org",
  "metadata.example.org",
  "six.example.org",
  "mapped.example.org",
])("the name %s, which leads inside, is not asked", async (host) => {
  const inside: Record<string, string> = {
    "metadata.example.org": "169.254.169.254",
    "six.example.org": "::1",
    "mapped.example.org": "::ffff:127.0.0.1",
  };
  const address = inside[host] ?? "127.0.0.1";
  const strict = createFetcher({
    allow: [],
    userAgent: "x",
    clock: { now: () => new Date() },
    // one public address among them does not make the other one public
    resolve: async () => [
      { address, family: address.includes(":") ? 6 : 4 },
      { address: "93.184.216.34", family: 4 },
    ],
    limits: { timeoutMs: 2_000, hostDelayMs: 0 },
  });
  const before = web.requests.length;
  expect(await strict.fetch(`http://${host}:${web.host.split(":")[1]}/`)).toMatchObject({
    kind: "refused",
    code: "address_private",
  });
  expect(web.requests.length).toBe(before);
  await strict.close();
});
