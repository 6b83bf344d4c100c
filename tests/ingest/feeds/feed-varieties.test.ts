// Feeds as odd as they come: vocabularies under any prefix, packed and inline texts, addresses relative to anything, broken in every place.
import * as fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { readFeed, type Feed } from "../../../src/ingest/feeds/read-feed.ts";
import { statedDate } from "../../../src/ingest/html/stated-dates.ts";

const read = (source: string | Uint8Array, url = "https://paper.org/feed"): Promise<Feed> =>
  readFeed(Buffer.from(source as string), { url, contentType: null });
const rss = (inner: string, root = ""): string => `<rss version="2.0" ${root}><channel><title>T</title>${inner}</channel></rss>`;
const ATOM = 'xmlns="http://www.w3.org/2005/Atom"';

test.each([
  [
    "Dublin Core under a prefix of its own",
    rss("<item><q:date>2025-10-31</q:date><q:creator>Nora Lind</q:creator></item>", 'xmlns:q="http://purl.org/dc/elements/1.1/"'),
    { published: { value: "2025-10-31" }, authors: ["Nora Lind"] },
  ],
  ["a prefix that nobody declared", rss("<item><dc:date>2025-10-31</dc:date></item>"), { published: { value: "2025-10-31" } }],
  [
    "RSS under a prefix",
    '<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>A</r:title></r:item></r:channel></r:rss>',
    { title: "A" },
  ],
  [
    "titles of pictures, which are not the item's",
    rss(
      "<item><media:title>Photo</media:title><itunes:title>Tape</itunes:title><title>A</title></item>",
      'xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
    ),
    { title: "A" },
  ],
  ["only a description", rss("<item><description>Only this.</description></item>"), { title: null, summary: "Only this." }],
  [
    "a text in several wrapped pieces",
    rss("<item><description><![CDATA[<p>a</p>]]> and <![CDATA[<p>b</p>]]></description></item>"),
    { summary: "<p>a</p> and <p>b</p>" },
  ],
  [
    "markup that was not escaped",
    rss("<item><description>a <b>bold</b> word</description></item>"),
    { summary: "a <b>bold</b> word" },
  ],
  [
    "Atom 0.3 packed in base64",
    `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><issued>2003-12-31T10:14:55Z</issued><content type="text/html" mode="base64">${Buffer.from("<p>packed</p>").toString("base64")}</content></entry></feed>`,
    { content: "<p>packed</p>", published: { value: "2003-12-31T10:14:55Z" } },
  ],
  [
    "Atom with inline XHTML",
    `<feed ${ATOM}><entry><title type="html">A &amp;amp; B</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x <i>y</i></div></content></entry></feed>`,
    { title: "A & B", content: expect.stringContaining("x <i>y</i>") },
  ],
  [
    "Atom in plain words that look like markup",
    `<feed ${ATOM}><entry><content type="text">1 &lt; 2</content></entry></feed>`,
    { content: "<p>1 &lt; 2</p>" },
  ],
  [
    "the feed's author for entries without one",
    `<feed ${ATOM}><author><name>Nora Lind</name></author><entry><title>A</title></entry></feed>`,
    { authors: ["Nora Lind"] },
  ],
  [
    "links relative to xml:base",
    `<feed ${ATOM} xml:base="https://other.org/x/"><entry xml:base="2025/"><link href="a.html"/></entry></feed>`,
    { url: "https://other.org/x/2025/a.html" },
  ],
  [
    "several links, the article's among them",
    `<feed ${ATOM}><entry><link rel="self" href="/self"/><link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="/a"/></entry></feed>`,
    { url: "https://paper.org/a" },
  ],
  ["a guid that is no address", rss('<item><guid isPermaLink="false">https://paper.org/guid</guid></item>'), { url: null }],
  ["a guid that is the address", rss("<item><guid>https://paper.org/a</guid></item>"), { url: "https://paper.org/a" }],
  [
    "an Atom link within RSS",
    rss('<item><atom:link href="https://paper.org/a"/></item>', 'xmlns:atom="http://www.w3.org/2005/Atom"'),
    { url: "https://paper.org/a" },
  ],
  [
    "a channel definition of 1997",
    '<CHANNEL HREF="https://paper.org/"><ITEM HREF="https://paper.org/a"><TITLE>A</TITLE></ITEM></CHANNEL>',
    { title: "A", url: "https://paper.org/a" },
  ],
  ["an e-mail address with a name", rss("<item><author>x@paper.org (Nora Lind)</author></item>"), { authors: ["Nora Lind"] }],
  [
    "words before the declaration",
    `Warning: x in y.php\n<?xml version="1.0"?>${rss("<item><title>A</title></item>")}`,
    { title: "A" },
  ],
  ["a wrapped text that never ends", rss("<item><title>A</title><description><![CDATA[cut").slice(0, -18), { title: "A" }],
  ["UTF-32", iconv.encode(rss("<item><title>A</title></item>"), "utf-32le", { addBOM: true }), { title: "A" }],
])("%s", async (_name, source, expected) => {
  const feed = await read(source);
  expect(feed.items).toHaveLength(1);
  expect(feed.items[0]).toMatchObject(expected);
});

test("a feed without items, or with none of the fields that are known, is a feed all the same", async () => {
  expect((await read("<rss><channel><copyright>x</copyright></channel></rss>")).items).toEqual([]);
  expect((await read(`<feed ${ATOM}><rights>x</rights></feed>`)).items).toEqual([]);
  expect((await read(rss("<item><georss:point>1 2</georss:point></item>"))).items).toHaveLength(1);
  await expect(read("<html><body>no</body></html>")).rejects.toMatchObject({ code: "feed_broken" });
});

test("a thousand items are all there, also where each swallows the next", async () => {
  const items = Array.from({ length: 1_000 }, (_, n) => `<item><title>S${n}</title><link>https://paper.org/${n}</link></item>`);
  expect((await read(rss(items.join("")))).items).toHaveLength(1_000);
  const open = await read(rss(items.slice(0, 40).join("").replaceAll("</item>", "")));
  expect(open.items.map(({ title }) => title)).toEqual(items.slice(0, 40).map((_, n) => `S${n}`));
});

test.each([
  ["الأربعاء، 07 أكتوبر 2020", "2020-10-07"],
  ["۱۲ تیر ۱۳۹۹", "2020-07-02"],
  ["۱۳۹۹/۱۲/۳۰", "2021-03-20"],
  ["٣١ ديسمبر ٢٠٢١", "2021-12-31"],
  ["5 czerwca 2023", "2023-06-05"],
  ["12 Ağustos 2024", "2024-08-12"],
  ["2020. június 4.", "2020-06-04"],
  ["3 जुलाई 2022", "2022-07-03"],
  ["14 серпня 2022", "2022-08-14"],
  ["Sun Jul 15 01:16:00 +0000 2012", "2012-07-15T01:16:00Z"],
  ["Thu, 1 Janvier 2024 10:00:00 CET", "2024-01-01T10:00:00+01:00"],
  ["Mon, 31 Oct 2025 08:00 PST", "2025-10-31T08:00-08:00"],
  ["20251031T080000Z", "2025-10-31T08:00:00Z"],
  ["1761897600000", "2025-10-31T08:00:00Z"],
  ["in three weeks", null],
  ["0000-00-00 00:00:00", null],
])("the date %j", (written, date) => {
  expect(statedDate(written)).toBe(date);
});

test("feeds that were cut, doubled, shuffled or spoilt are read or refused, never a crash", async () => {
  const whole = Buffer.from(
    `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title>${"<item><title>A &amp; B</title><link>https://paper.org/a</link><pubDate>Fri, 31 Oct 2025 08:00:00 GMT</pubDate><description><![CDATA[<p>x</p>]]></description></item>".repeat(3)}</channel></rss>`,
  );
  const at = fc.nat(whole.length - 1);
  await fc.assert(
    fc.asyncProperty(at, at, fc.constantFrom("cut", "twice", "swap", "spoil"), async (a, b, how) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const bytes = Buffer.from(whole);
      if (how === "spoil") bytes.fill(from % 256, from, Math.min(to, from + 9));
      if (how === "swap") [bytes[from], bytes[to]] = [bytes[to] ?? 0, bytes[from] ?? 0];
      const parts =
        how === "cut"
          ? [bytes.subarray(0, from), bytes.subarray(to)]
          : how === "twice"
            ? [bytes.subarray(0, to), bytes.subarray(from)]
            : [bytes];
      try {
        const feed = await read(Buffer.concat(parts));
        for (const { published } of feed.items) if (published !== null) expect(published.value).toMatch(/^\d{4}-\d\d/);
      } catch (error) {
        expect(error).toMatchObject({ name: "Failure" });
      }
    }),
    { numRuns: 150 },
  );
});
