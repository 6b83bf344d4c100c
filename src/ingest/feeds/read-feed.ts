import type { Dated } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { decodeHtml } from "../decode.ts";
// Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed, also broken ones) to one shape. Keeps what the feed says of each item;
// fetches nothing and invents no date: an item without one has null.
import { decodeEntities } from "../entities.ts";
import type { PageElement } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";
import { statedDate } from "../html/stated-dates.ts";
import { TAGS } from "../notes/inline-markup.ts";
import { cleanFeedText, splitItems, wrapItem } from "./feed-source.ts";
import { baseOf, fieldHtml, fieldText, readXml, type XmlFeed, type XmlItem } from "./feed-xml.ts";

export interface FeedItem {
  /** Absolute and without tracking parameters; null where the item has no link. */
  url: string | null;
  /** What the feed calls the item, as it stands. */
  guid: string | null;
  title: string | null;
  /** Names as the feed has them, not yet cleaned. */
  authors: string[];
  published: { value: Dated; where: string } | null;
  updated: { value: Dated; where: string } | null;
  /** The whole text where the feed carries it, as HTML. */
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
  /** The site that the feed belongs to. */
  url: string | null;
  language: string | null;
  items: FeedItem[];
  warnings: string[];
}

type Loose = Record<string, unknown>;

const MAX_BYTES = 50_000_000;
const PUBLISHED = "pubdate published issued dc:date dcterms:issued dcterms:created created date dcterms:date".split(" ");
const UPDATED = "updated modified dcterms:modified".split(" ");

/** `address` is where the feed was read from; relative links are resolved against it. Failure `feed_broken` where there is no feed to read. */
export async function readFeed(bytes: Uint8Array, hints: { url: string | null; contentType: string | null }): Promise<Feed> {
  if (bytes.byteLength > MAX_BYTES) throw broken("larger than 50 MB");
  const { text, warnings } = cleanFeedText(await decodeHtml(bytes, hints.contentType));
  if (/^\s*[{[]/.test(text)) {
    const json = looseJson(text);
    if (json === null) throw broken("neither RSS, Atom nor JSON Feed");
    const site = plainAddress(textIn(json["home_page_url"]) ?? "", hints.url);
    const items = listOf(json["items"]).map((entry) => jsonItem(entry, site ?? hints.url));
    return {
      title: plainText(json["title"]),
      url: site,
      language: plainText(json["language"]),
      items,
      warnings,
    };
  }
  const feed = await readItems(text, warnings);
  if (feed === null) throw broken("neither RSS, Atom nor JSON Feed");
  const { channel } = feed;
  const site = plainAddress(linkOf(channel) ?? "", baseOf(channel.element, hints.url));
  const base = site ?? hints.url;
  return {
    title: plainText(fieldText(channel, ["title", "dc:title"])),
    url: site,
    language: fieldText(channel, ["language", "dc:language"]) ?? channel.element.getAttribute("xml:lang"),
    items: feed.items.filter(({ fields }) => fields.size > 0).map((entry) => xmlItem(entry, feed.atom ? channel : null, base)),
    warnings,
  };
}

/** The feed with all its items; where the parser missed some, because one that never ends swallowed the others, each is read on its own. */
async function readItems(text: string, warnings: string[]): Promise<XmlFeed | null> {
  const whole = await readXml(text);
  const items = splitItems(text);
  if (items.length === 0 || (whole !== null && whole.items.length >= items.length)) return whole;
  warnings.push("The feed is not well-formed: its items were read one by one.");
  const kept: XmlFeed["items"] = [];
  for (const item of items) kept.push(...((await readXml(wrapItem(text, item)))?.items.slice(0, 1) ?? []));
  if (kept.length < items.length) warnings.push(`Items that could not be read: ${items.length - kept.length}.`);
  const frame = whole ?? (await readXml(wrapItem(text, "")));
  return frame === null ? null : { ...frame, items: kept };
}

function looseJson(text: string): Loose | null {
  for (const source of [text, text.replace(/,\s*([}\]])/g, "$1")]) {
    try {
      const value = JSON.parse(source) as unknown;
      return typeof value !== "object" || value === null || !Array.isArray((value as Loose)["items"]) ? null : (value as Loose);
    } catch {
      // the next, more forgiving reading
    }
  }
  return null;
}

function jsonItem(item: Loose, base: string | null): FeedItem {
  const authors = [...listOf(item["authors"]), ...listOf(item["author"] === undefined ? [] : [item["author"]])];
  const plain = plainText(item["content_text"]);
  return {
    url: plainAddress(textIn(item["url"]) ?? textIn(item["external_url"]) ?? "", base),
    guid: textIn(item["id"]),
    title: plainText(item["title"]),
    authors: authors.flatMap((author) => plainText(author["name"]) ?? []),
    published: dateIn(textIn(item["date_published"]), "date_published"),
    updated: dateIn(textIn(item["date_modified"]), "date_modified"),
    content: textIn(item["content_html"]) ?? (plain === null ? null : escapeText(textIn(item["content_text"]) ?? "")),
    summary: textIn(item["summary"]),
    source: null,
    media: listOf(item["attachments"]).some((file) => /^(?:audio|video)\//.test(textIn(file["mime_type"]) ?? "")),
  };
}

/** `feed` is the Atom feed, whose authors are those of entries that name none. */
function xmlItem(item: XmlItem, feed: XmlItem | null, base: string | null): FeedItem {
  const { element, fields } = item;
  const own = fields.get("guid")?.[0];
  const guid = fieldText(item, ["guid", "id"]) ?? textIn(element.getAttribute("rdf:about") ?? element.getAttribute("about"));
  const permanent = !/^false$/i.test(own?.getAttribute("isPermaLink") ?? own?.getAttribute("ispermalink") ?? "");
  const link = linkOf(item) ?? (permanent && guid !== null && /^https?:\/\//i.test(guid) ? guid : null);
  const authors = authorsOf(item);
  return {
    url: link === null ? null : plainAddress(link, baseOf(element, base)),
    guid,
    title: plainText(fieldText(item, ["title", "dc:title", "media:title"])),
    authors: authors.length > 0 || feed === null ? authors : authorsOf(feed),
    published: firstDate(item, PUBLISHED),
    updated: firstDate(item, UPDATED),
    content: fieldHtml(item, ["content:encoded", "content", "xhtml:body", "body", "xhtml:div", "fullitem"], escapeText),
    summary: longest(
      fieldHtml(item, ["description", "summary", "abstract", "tagline", "dc:description"], escapeText),
      plainHtml(fieldText(item, ["media:description", "itunes:summary"])),
      chaptersOf(item),
    ),
    source: sourceOf(item),
    media: isMedia(item),
  };
}

/** RSS writes the outlet's name, Atom its whole feed. */
function sourceOf({ fields }: XmlItem): string | null {
  const [source] = fields.get("source") ?? [];
  if (source === undefined) return null;
  const children = [...source.querySelectorAll("*")];
  const title = children.find((child) => /(?:^|:)title$/i.test(child.tagName));
  return plainText(title?.textContent ?? (children.length > 0 ? null : source.textContent));
}

const isMedia = ({ fields }: XmlItem): boolean =>
  [...fields.keys()].some((name) => /^(?:itunes|yt|podcast):/.test(name)) ||
  [...(fields.get("enclosure") ?? []), ...(fields.get("media:content") ?? [])].some((file) =>
    /^(?:audio|video)\//i.test(file.getAttribute("type") ?? file.getAttribute("medium") ?? ""),
  );

/** The longer of what a feed says twice, and the chapters below it. */
function longest(teaser: string | null, media: string | null, chapters: string): string | null {
  const text = (media?.length ?? 0) > (teaser?.length ?? 0) * 1.2 ? media : teaser;
  return text === null && chapters === "" ? null : `${text ?? ""}${chapters}`;
}

/** Descriptions of films and recordings are plain text whose lines count; some put markup there all the same. */
function plainHtml(text: string | null): string | null {
  if (text === null || text.search(TAGS) >= 0) return text;
  const lines = text.split(/\n+/).filter((line) => line.trim() !== "");
  const tag = (line: string): string => (CHAPTER.test(line.trim()) ? "li" : "p");
  return lines.map((line) => `<${tag(line)}>${escapeText(line).slice(3, -4)}</${tag(line)}>`).join("");
}

/** "1:35 The new ploughs". */
export const CHAPTER = /^\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?\s/;

function chaptersOf({ element }: XmlItem): string {
  return [...element.querySelectorAll("*")]
    .filter((child) => /(?:^|:)chapter$/i.test(child.tagName))
    .map((child) => `${child.getAttribute("start") ?? ""} ${child.getAttribute("title") ?? ""}`.trim())
    .map((line) => `<li>${escapeText(line).slice(3, -4)}</li>`)
    .join("");
}

function authorsOf({ fields }: XmlItem): string[] {
  for (const name of ["author", "dc:creator", "dc:author", "creator", "itunes:author"]) {
    const names = (fields.get(name) ?? []).flatMap((element) => {
      const own = [...element.querySelectorAll("*")].find((child) => /(?:^|:)name$/i.test(child.tagName));
      return plainText(own?.textContent) ?? (own === undefined ? (mailName(element.textContent ?? "") ?? []) : []);
    });
    if (names.length > 0) return names;
  }
  return [];
}

/** RSS writes `mail@host (Name)`; an address alone names nobody. */
function mailName(author: string): string | null {
  const inner = /\(([^)]{2,80})\)/.exec(author)?.[1];
  const name = (inner ?? author.replace(/<?\S+@\S+>?/g, "")).replace(/\s+/g, " ").trim();
  return name === "" ? null : decodeEntities(name);
}

const escapeText = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`)
    .join("");

/** The address of an item or a feed: RSS writes it as text, Atom as attributes, CDF on the element itself. */
function linkOf({ element, fields }: XmlItem): string | null {
  const links = fields.get("link") ?? [];
  const direct = links.map((link) => textIn(link.textContent)).find((text) => text !== null);
  if (direct !== undefined && direct !== null) return direct;
  const rel = (link: PageElement): string => (link.getAttribute("rel") ?? "alternate").toLowerCase();
  const best =
    links.find((link) => rel(link) === "alternate") ??
    links.find((link) => !/^(?:self|enclosure|hub|replies|license|edit|next|via|related)$/.test(rel(link)));
  return (
    textIn(best?.getAttribute("href")) ??
    fieldText({ element, fields }, ["url", "feedburner:origlink"]) ??
    textIn(element.getAttribute("href") ?? element.getAttribute("HREF"))
  );
}

function firstDate(item: XmlItem, names: readonly string[]): FeedItem["published"] {
  for (const name of names) {
    const date = dateIn(fieldText(item, [name]), name);
    if (date !== null) return date;
  }
  return null;
}

function dateIn(text: string | null, name: string): FeedItem["published"] {
  const date = text === null ? null : statedDate(text);
  return date === null ? null : { value: date, where: `feed ${name}: "${text}"` };
}

const listOf = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter((entry): entry is Loose => typeof entry === "object" && entry !== null) : [];

function textIn(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" ? null : text;
}

/** A title or name without markup and entities, escaped once or more often. */
function plainText(value: unknown): string | null {
  let text = textIn(typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose)["value"] : value);
  if (text === null) return null;
  for (let pass = 0, before = ""; pass < 4 && before !== text; pass += 1) {
    before = text;
    text = decodeEntities(text).replace(TAGS, "");
  }
  text = text.replace(/\s+/g, " ").trim();
  return text === "" ? null : text;
}

const broken = (why: string): Failure =>
  new Failure("feed_broken", `Not read as a feed: ${why}.`, "Open the address in a browser and look for the site's feed.");
