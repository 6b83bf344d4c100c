// Forty feeds, well-formed and broken, in every family and with every form of date: all items, and the right date or none.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { itemFingerprint, itemIdentity, readFeedItem } from "../../../src/ingest/feeds/feed-item.ts";
import { readFeed } from "../../../src/ingest/feeds/read-feed.ts";
import { readOpml } from "../../../src/ingest/feeds/read-feed.ts";
import { statedDate } from "../../../src/ingest/html/stated-dates.ts";
import { looksLikeFeed } from "../../../src/ingest/readers.ts";

const BASE = { url: "https://paper.org/feed", contentType: null };
const rss = (items: string, version = "2.0", head = "<title>Harbour Paper</title><link>https://paper.org/</link>"): string =>
  `<?xml version="1.0" encoding="utf-8"?><rss version="${version}" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${head}${items}</channel></rss>`;
const item = (n: number, more = ""): string =>
  `<item><title>Story ${n}</title><link>https://paper.org/s/${n}</link>${more}</item>`;
const dated = (date: string): string => rss(item(1, `<pubDate>${date}</pubDate>`));
const atom = (entries: string): string =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Paper</title><link href="https://paper.org/"/>${entries}</feed>`;

type Case = [name: string, source: string | Uint8Array, items: number, published: string | null];

const CASES: Case[] = [
  ["RSS 2.0, GMT", dated("Fri, 31 Oct 2025 08:00:00 GMT"), 1, "2025-10-31T08:00:00Z"],
  ["numeric zone", dated("Fri, 31 Oct 2025 08:00:00 +0130"), 1, "2025-10-31T08:00:00+01:30"],
  ["American zone by name", dated("Fri, 31 Oct 2025 08:00:00 EDT"), 1, "2025-10-31T08:00:00-04:00"],
  ["no weekday, no seconds", dated("31 Oct 2025 08:05 +0000"), 1, "2025-10-31T08:05Z"],
  ["year of two digits", dated("Fri, 31 Oct 25 08:00:00 GMT"), 1, "2025-10-31T08:00:00Z"],
  ["ISO in pubDate", dated("2025-10-31T08:00:00+02:00"), 1, "2025-10-31T08:00:00+02:00"],
  ["ISO with a blank, no zone", dated("2025-10-31 08:00:00"), 1, "2025-10-31T08:00:00"],
  ["date alone", dated("2025-10-31"), 1, "2025-10-31"],
  ["month in full", dated("October 31, 2025"), 1, "2025-10-31"],
  ["German abbreviations", dated("Fr, 31 Okt 2025 08:00:00 +0100"), 1, "2025-10-31T08:00:00+01:00"],
  ["French abbreviations", dated("ven., 03 déc 2021 08:00:00 +0100"), 1, "2021-12-03T08:00:00+01:00"],
  ["numbers that can be read only one way", dated("31/10/2025"), 1, "2025-10-31"],
  ["numbers that can be read two ways", dated("04/11/2025"), 1, null],
  ["impossible day", dated("Fri, 31 Feb 2025 08:00:00 GMT"), 1, null],
  ["unset clock", dated("Thu, 01 Jan 1970 00:00:00 GMT"), 1, null],
  ["words instead of a date", dated("yesterday evening"), 1, null],
  ["empty date", dated(""), 1, null],
  ["seconds since 1970", dated("1761897600"), 1, "2025-10-31T08:00:00Z"],
  ["Dublin Core date", rss(item(1, "<dc:date>2025-10-31T08:00:00Z</dc:date>")), 1, "2025-10-31T08:00:00Z"],
  ["midnight is a day", dated("Fri, 31 Oct 2025 00:00:00 GMT"), 1, "2025-10-31"],
  ["RSS 0.91", rss(item(1), "0.91"), 1, null],
  ["RSS 0.92 without version", rss(item(1)).replace(/ version="2.0"/, ""), 1, null],
  [
    "RDF 1.0",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.org/"><title>Harbour Paper</title></channel><item rdf:about="https://paper.org/s/1"><title>Story 1</title><link>https://paper.org/s/1</link><dc:date>2025-10-31</dc:date></item></rdf:RDF>',
    1,
    "2025-10-31",
  ],
  [
    "RDF 0.9",
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Harbour Paper</title></channel><item><title>Story 1</title><link>https://paper.org/s/1</link></item></rdf:RDF>',
    1,
    null,
  ],
  [
    "Atom 1.0",
    atom(
      '<entry><title>Story 1</title><link href="/s/1"/><id>u1</id><published>2025-10-31T08:00:00Z</published><updated>2025-11-01T08:00:00Z</updated></entry>',
    ),
    1,
    "2025-10-31T08:00:00Z",
  ],
  [
    "Atom that is only updated",
    atom('<entry><title>Story 1</title><link href="/s/1"/><id>u1</id><updated>2025-11-01T08:00:00Z</updated></entry>'),
    1,
    null,
  ],
  [
    "Atom with a prefix",
    '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Harbour Paper</a:title><a:entry><a:title>Story 1</a:title><a:link href="https://paper.org/s/1"/><a:published>2025-10-31T08:00:00Z</a:published></a:entry></a:feed>',
    1,
    "2025-10-31T08:00:00Z",
  ],
  [
    "JSON Feed 1.1",
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Harbour Paper",
      home_page_url: "https://paper.org/",
      items: [
        { id: "1", url: "https://paper.org/s/1", title: "Story 1", content_text: "x", date_published: "2025-10-31T08:00:00Z" },
      ],
    }),
    1,
    "2025-10-31T08:00:00Z",
  ],
  [
    "JSON Feed with a comma too many",
    '{"version":"https://jsonfeed.org/version/1","title":"Harbour Paper","items":[{"id":"1","url":"https://paper.org/s/1","title":"Story 1","content_html":"x",},]}',
    1,
    null,
  ],
  [
    "bare ampersands",
    rss(item(1).replace("Story 1", "Story 1").replace("</item>", "<description>Fish & chips & rain</description></item>")),
    1,
    null,
  ],
  ["HTML entities without a declaration", rss(item(1, "<description>caf&eacute; &nbsp; bar</description>")), 1, null],
  ["cut off in the second item", rss(item(1) + item(2)).slice(0, -40), 2, null],
  ["item that is never closed", rss(item(1).replace("</item>", "") + item(2)), 2, null],
  ["blank lines and a mark before the declaration", `\ufeff\n\n  ${rss(item(1))}`, 1, null],
  ["control characters", rss(item(1, "<description>a\u0008b\u000bc</description>")), 1, null],
  [
    "tags in capitals",
    rss(item(1)).replace(
      /<(\/?)(item|title|link|channel)>/g,
      (_whole, slash: string, name: string) => `<${slash}${name.toUpperCase()}>`,
    ),
    1,
    null,
  ],
  [
    "windows-1252",
    Buffer.from(rss(item(1, "<description>caf\u00e9</description>")).replace("utf-8", "windows-1252"), "latin1"),
    1,
    null,
  ],
  ["UTF-16 with its mark", Buffer.from(`\ufeff${rss(item(1)).replace("utf-8", "utf-16")}`, "utf16le"), 1, null],
  ["no items at all", rss(""), 0, null],
  [
    "document type with entities of its own",
    `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "boom"><!ENTITY y SYSTEM "file:///etc/passwd">]>${rss(item(1, "<description>&x;&y;</description>")).replace(/^<\?xml[^>]*>/, "")}`,
    1,
    null,
  ],
];

test.each(CASES)("%s", async (_name, source, items, published) => {
  const bytes = typeof source === "string" ? Buffer.from(source) : source;
  const feed = await readFeed(bytes, BASE);
  expect(feed.title).toBe("Harbour Paper");
  expect(feed.items).toHaveLength(items);
  if (items > 0) expect(feed.items[0]).toMatchObject({ title: "Story 1", url: "https://paper.org/s/1" });
  expect(feed.items[0]?.published?.value ?? null).toBe(published);
  expect(JSON.stringify(feed)).not.toMatch(/boom|root:/);
});

test("there are forty of them, and each is known for a feed by its beginning", () => {
  expect(CASES).toHaveLength(40);
  expect(CASES.filter(([, source]) => !looksLikeFeed(Buffer.from(source))).map(([name]) => name)).toEqual([]);
  expect(looksLikeFeed(Buffer.from("<!doctype html><html><body>rss</body></html>"))).toBe(false);
});

test("no text makes the reader of feeds fail in an unexpected way, and no date is made up", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 300 }), fc.nat(600), async (junk, cut) => {
      for (const text of [`<rss>${junk}`, rss(item(1, `<pubDate>${junk.replaceAll("<", "")}</pubDate>`)).slice(0, cut)]) {
        try {
          await readFeed(Buffer.from(text), BASE);
        } catch (error) {
          expect(error).toMatchObject({ name: "Failure" });
        }
      }
      const date = statedDate(junk);
      if (date !== null) expect(date).toMatch(/^\d{4}-\d{2}/);
    }),
    { numRuns: 60 },
  );
});

test("an edited guid or date is the same item; an edited text is a change of it", async () => {
  const read = async (more: string) => (await readFeed(Buffer.from(rss(item(1, more))), BASE)).items[0]!;
  const first = await read("<guid>a</guid><description>old</description>");
  const renamed = await read("<guid>b</guid><pubDate>Fri, 31 Oct 2025 08:00:00 GMT</pubDate><description>old</description>");
  const changed = await read("<guid>a</guid><description>new</description>");
  expect(itemIdentity(renamed)).toBe(itemIdentity(first));
  expect(itemIdentity(changed)).toBe(itemIdentity(first));
  expect(itemFingerprint(changed)).not.toBe(itemFingerprint(first));
});

test("an item's own text is cleaned as pages are, and a teaser is known for one", async () => {
  const long = "The council spoke about the bridge for three hours on Monday evening. ".repeat(20);
  const html = `<p>${long}</p><p style="display:none">hidden words that nobody reads at all here</p><script>x()</script>`;
  const feed = await readFeed(
    Buffer.from(
      rss(
        item(
          1,
          `<dc:creator>Nora Lind</dc:creator><description>short…</description><content:encoded><![CDATA[${html}]]></content:encoded>`,
        ),
      ),
    ),
    BASE,
  );
  const whole = await readFeedItem(feed.items[0]!, feed);
  expect(whole).toMatchObject({ whole: true, result: { author: "Nora Lind", publisher: "Harbour Paper", text: long.trim() } });
  expect(whole.result.warnings).toEqual(["Hidden text left out: 1 piece."]);
  const teaser = await readFeed(
    Buffer.from(rss(item(1, "<description>The council spoke about the bridge […]</description>"))),
    BASE,
  );
  expect((await readFeedItem(teaser.items[0]!, teaser)).whole).toBe(false);
});

test("a list of feeds gives its addresses, nested ones too, once each", async () => {
  const opml =
    '<?xml version="1.0"?><opml version="2.0"><body><outline text="News"><outline type="rss" text="A &amp; B" xmlUrl="https://a.org/feed?x=1&amp;y=2"/><outline xmlUrl=\'feed:https://b.org/rss\' title="B"/></outline><outline xmlUrl="https://a.org/feed?x=1&amp;y=2"/><outline xmlUrl="javascript:alert(1)"/></body>';
  expect(await readOpml(Buffer.from(opml))).toEqual({
    feeds: [
      { url: "https://a.org/feed?x=1&y=2", title: "A & B" },
      { url: "https://b.org/rss", title: "B" },
    ],
    refused: ["javascript:alert(1)"],
  });
});
