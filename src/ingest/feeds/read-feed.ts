// Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed, also broken ones) to one shape, and lists of feeds (OPML). Keeps what the feed says of
// each item; fetches nothing and invents no date: an item without one has null.
import { Failure } from "../../failure.ts";
import { decodeEntities, decodeHtml, mendedJson } from "../decode.ts";
import { folded, type PageElement } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";
import { statedDate } from "../html/stated-dates.ts";
import { TAGS } from "../notes/lines.ts";
import { firstRead, foundAt, type Found } from "../read-result.ts";
import { baseOf, cleanFeedText, fieldHtml, fieldText, readXmlFeed, type XmlItem } from "./feed-xml.ts";

export interface FeedItem {
  /** Absolute and without tracking parameters; null where the item has no link. */
  url: string | null;
  /** What the feed calls the item, as it stands. */
  guid: string | null;
  title: string | null;
  authors: string[];
  published: Found | null;
  updated: Found | null;
  content: string | null;
  /** The teaser, as HTML. */
  summary: string | null;
  /** Where a feed of others' items says that this one comes from. */
  source: string | null;
  /** A film or a recording: what there is to read of it stands in the feed. */
  media: boolean;
}

export interface Feed {
  title: string | null;
  url: string | null;
  language: string | null;
  items: FeedItem[];
  warnings: string[];
}

type Loose = Record<string, unknown>;

const MAX_BYTES = 50_000_000;
const MAX_FEEDS = 2_000;
const PUBLISHED = "pubdate published issued dc:date dcterms:issued dcterms:created created date dcterms:date";
const UPDATED = "updated modified dcterms:modified";

/** `url` is where the feed was read from; relative links are resolved against it. Failure `feed_broken` where there is no feed to read. */
export async function readFeed(bytes: Uint8Array, hints: { url: string | null; contentType: string | null }): Promise<Feed> {
  if (bytes.byteLength > MAX_BYTES) throw broken("larger than 50 MB");
  const { text, warnings } = cleanFeedText(await decodeHtml(bytes, hints.contentType));
  if (/^\s*[{[]/.test(text)) {
    const json = mendedJson(text) as Loose | null;
    if (!Array.isArray(json?.["items"])) throw broken("neither RSS, Atom nor JSON Feed");
    const site = plainAddress(textOf(json["home_page_url"]) ?? "", hints.url);
    const items = listOf(json["items"]).map((entry) => jsonItem(entry, site ?? hints.url));
    return { title: plainText(json["title"]), url: site, language: plainText(json["language"]), items, warnings };
  }
  const feed = await readXmlFeed(text, warnings);
  if (feed === null) throw broken("neither RSS, Atom nor JSON Feed");
  const { channel } = feed;
  const site = plainAddress(linkOf(channel) ?? "", baseOf(channel.element, hints.url));
  return {
    title: plainText(fieldText(channel, "title dc:title")),
    url: site,
    language: fieldText(channel, "language dc:language") ?? channel.element.getAttribute("xml:lang"),
    items: feed.items
      .filter(({ fields }) => fields.size > 0)
      .map((entry) => xmlItem(entry, feed.atom ? channel : null, site ?? hints.url)),
    warnings,
  };
}

function jsonItem(item: Loose, base: string | null): FeedItem {
  const plain = textOf(item["content_text"]);
  return {
    url: plainAddress(textOf(item["url"]) ?? textOf(item["external_url"]) ?? "", base),
    guid: textOf(item["id"]),
    title: plainText(item["title"]),
    authors: [...listOf(item["authors"]), ...listOf([item["author"]])].flatMap((author) => plainText(author["name"]) ?? []),
    published: dateIn("date_published", (name) => textOf(item[name])),
    updated: dateIn("date_modified", (name) => textOf(item[name])),
    content: textOf(item["content_html"]) ?? (plain === null ? null : escapeText(plain)),
    summary: textOf(item["summary"]),
    source: null,
    media: listOf(item["attachments"]).some((file) => /^(?:audio|video)\//.test(textOf(file["mime_type"]) ?? "")),
  };
}

/** `feed` is the Atom feed, whose authors are those of entries that name none. */
function xmlItem(item: XmlItem, feed: XmlItem | null, base: string | null): FeedItem {
  const { element, fields } = item;
  const own = fields.get("guid")?.[0];
  const guid = fieldText(item, "guid id") ?? textOf(element.getAttribute("rdf:about") ?? element.getAttribute("about"));
  const permanent = !/^false$/i.test(own?.getAttribute("isPermaLink") ?? own?.getAttribute("ispermalink") ?? "");
  const link = linkOf(item) ?? (permanent && guid !== null && /^https?:\/\//i.test(guid) ? guid : null);
  const authors = authorsOf(item);
  const teaser = fieldHtml(item, "description summary abstract tagline dc:description", escapeText);
  const media = plainHtml(fieldText(item, "media:description itunes:summary"));
  // the longer of what a feed says twice, and the chapters below it
  const longer = (media?.length ?? 0) > (teaser?.length ?? 0) * 1.2 ? media : teaser;
  return {
    url: link === null ? null : plainAddress(link, baseOf(element, base)),
    guid,
    title: plainText(fieldText(item, "title dc:title media:title")),
    authors: authors.length > 0 || feed === null ? authors : authorsOf(feed),
    published: dateIn(PUBLISHED, (name) => fieldText(item, name)),
    updated: dateIn(UPDATED, (name) => fieldText(item, name)),
    content: fieldHtml(item, "content:encoded content xhtml:body body xhtml:div fullitem", escapeText),
    summary: `${longer ?? ""}${chaptersOf(item)}` || null,
    source: sourceOf(item),
    media: isMedia(item),
  };
}

/** The parts within an element of that name, whatever their prefix. */
const within = (element: PageElement | undefined, name: string): PageElement[] =>
  [...(element?.querySelectorAll("*") ?? [])].filter(({ tagName }) => tagName.toLowerCase().replace(/^.*:/, "") === name);

/** RSS writes the outlet's name, Atom its whole feed. */
function sourceOf({ fields }: XmlItem): string | null {
  const source = fields.get("source")?.[0];
  const [title] = within(source, "title");
  return plainText(title?.textContent ?? (source?.querySelector("*") ? null : source?.textContent));
}

const isMedia = ({ fields }: XmlItem): boolean =>
  [...fields.keys()].some((name) => /^(?:itunes|yt|podcast):/.test(name)) ||
  [...(fields.get("enclosure") ?? []), ...(fields.get("media:content") ?? [])].some((file) =>
    /^(?:audio|video)\//i.test(file.getAttribute("type") ?? file.getAttribute("medium") ?? ""),
  );

/** Descriptions of films and recordings are plain text whose lines count; some put markup there all the same. */
function plainHtml(text: string | null): string | null {
  if (text === null || text.search(TAGS) >= 0) return text;
  const lines = text.split(/\n+/).filter((line) => line.trim() !== "");
  return lines.map((line) => marked(line, CHAPTER.test(line.trim()) ? "li" : "p")).join("");
}

export const CHAPTER = /^\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?\s/;

const chaptersOf = ({ element }: XmlItem): string =>
  within(element, "chapter")
    .map((child) => marked(`${child.getAttribute("start") ?? ""} ${child.getAttribute("title") ?? ""}`.trim(), "li"))
    .join("");

function authorsOf({ fields }: XmlItem): string[] {
  for (const name of ["author", "dc:creator", "dc:author", "creator", "itunes:author"]) {
    const names = (fields.get(name) ?? []).flatMap((element) => {
      const [own] = within(element, "name");
      return plainText(own?.textContent) ?? (own === undefined ? (mailName(element.textContent ?? "") ?? []) : []);
    });
    if (names.length > 0) return names;
  }
  return [];
}

/** RSS writes `mail@host (Name)`; an address alone names nobody. */
function mailName(author: string): string | null {
  const inner = /\(([^)]{2,80})\)/.exec(author)?.[1];
  return decodeEntities(folded(inner ?? author.replace(/<?\S+@\S+>?/g, ""))) || null;
}

const marked = (text: string, tag: string): string => `<${tag}>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</${tag}>`;
const escapeText = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => marked(part, "p"))
    .join("");

/** The address of an item or a feed: RSS writes it as text, Atom as attributes, CDF on the element itself. */
function linkOf(item: XmlItem): string | null {
  const links = item.fields.get("link") ?? [];
  const rel = (link: PageElement): string => (link.getAttribute("rel") ?? "alternate").toLowerCase();
  const best =
    links.find((link) => rel(link) === "alternate") ??
    links.find((link) => !/^(?:self|enclosure|hub|replies|license|edit|next|via|related)$/.test(rel(link)));
  return (
    fieldText(item, "link") ??
    textOf(best?.getAttribute("href")) ??
    fieldText(item, "url feedburner:origlink") ??
    textOf(item.element.getAttribute("href") ?? item.element.getAttribute("HREF"))
  );
}

const dateIn = (names: string, text: (name: string) => string | null): Found | null =>
  firstRead(
    names.split(" ").map((name) => foundAt(text(name), `feed ${name}`)),
    (stated) => statedDate(stated),
  );

const listOf = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter((entry): entry is Loose => typeof entry === "object" && entry !== null) : [];

const textOf = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value).trim() || null : null;

/** A title or name without markup and entities, escaped once or more often. A tag alone among words that have none is what they are about. */
function plainText(value: unknown): string | null {
  let text = textOf(value) ?? "";
  for (let pass = 0, before = ""; pass < 4 && before !== text; pass += 1) {
    before = text;
    text = decodeEntities(text);
    if (isMarkup(text)) text = text.replace(TAGS, "");
  }
  return folded(text) || null;
}

/** What is opened and closed, or stands alone. */
const isMarkup = (text: string): boolean => /<\/\w|\/>|<(?:br|hr|img|p|li)\b/i.test(text);

const broken = (why: string): Failure =>
  new Failure("feed_broken", `Not read as a feed: ${why}.`, "Open the address in a browser and look for the site's feed.");

/** An outline's `xmlUrl`, whatever its nesting, in order; each address once. What is no address of a feed is `refused`. Broken lists give what can be read of them. */
export async function readOpml(bytes: Uint8Array) {
  const { text } = cleanFeedText(await decodeHtml(bytes, null));
  const feeds = new Map<string, { url: string; title: string | null }>();
  const refused: string[] = [];
  for (const [tag] of text.matchAll(/<outline\s[^<]{0,4000}?>/gi)) {
    const attribute = (name: string): string | null => {
      const [, double, single = ""] = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(tag) ?? [];
      return decodeEntities(double ?? single).trim() || null;
    };
    const address = attribute("xmlurl");
    if (address === null) continue;
    const url = plainAddress(address.replace(/^feed:(?:\/\/)?(?=https?:)/i, "").replace(/^feed:\/\//i, "http://"), null);
    if (url === null) refused.push(address);
    else if (!feeds.has(url) && feeds.size < MAX_FEEDS) feeds.set(url, { url, title: attribute("title") ?? attribute("text") });
  }
  return { feeds: [...feeds.values()], refused };
}
