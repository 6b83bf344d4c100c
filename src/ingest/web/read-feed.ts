// Feeds of every kind (RSS 0.9 to 2.0, RDF, Atom, JSON Feed, also broken ones) to one shape. Keeps what the feed says of each item;
// fetches nothing and invents no date: an item without one has null.
import type { Dated } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { decodeHtml } from "./decode-html.ts";
import { cleanFeedText, splitItems, wrapItems } from "./feed-source.ts";
import { plainAddress } from "./page-facts.ts";
import { statedDate } from "./stated-dates.ts";
import { decodeEntities } from "./structured-data.ts";

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

/** `address` is where the feed was read from; relative links are resolved against it. Failure `feed_broken` where there is no feed to read. */
export async function readFeed(bytes: Uint8Array, hints: { url: string | null; contentType: string | null }): Promise<Feed> {
  if (bytes.byteLength > MAX_BYTES) throw broken("larger than 50 MB");
  const { text, warnings } = cleanFeedText(await decodeHtml(bytes, hints.contentType));
  const parsed = await parse(text, warnings);
  if (parsed === null) throw broken("neither RSS, Atom nor JSON Feed");
  const { format, feed } = parsed;
  const title = plainText(feed["title"]);
  const site = plainAddress(linkOf(feed) ?? "", hints.url) ?? null;
  const base = site ?? hints.url;
  const raw = listOf(format === "atom" ? feed["entries"] : feed["items"]);
  const items = raw.map((entry) => (format === "json" ? jsonItem(entry, base) : xmlItem(entry, base)));
  const language = plainText(feed["language"]) ?? plainText((feed["dc"] as Loose | undefined)?.["language"]);
  return {
    title,
    url: site,
    language,
    items: items.filter((item) => item.url !== null || item.title !== null || item.content !== null || item.summary !== null),
    warnings,
  };
}

/** True for bytes that are a feed, by their beginning; a media type alone proves nothing. */
export function looksLikeFeed(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 4096)).toString("latin1").replaceAll("\0", "");
  return /<(?:\w+:)?(?:rss|feed|rdf)[\s>]/i.test(text.replace(/<!--[\s\S]{0,2000}?-->/g, "")) && !/<html[\s>]/i.test(text)
    ? true
    : /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org/.test(text);
}

async function parse(text: string, warnings: string[]): Promise<{ format: string; feed: Loose } | null> {
  const { parseFeed } = await import("feedsmith");
  const attempt = (source: string): { format: string; feed: Loose } | null => {
    try {
      const { format, feed } = parseFeed(source);
      return { format, feed: feed as unknown as Loose };
    } catch {
      return null;
    }
  };
  if (/^\s*[{[]/.test(text)) return looseJson(text, attempt);
  const whole = attempt(text);
  const { head, items, tag } = splitItems(text);
  const count = whole === null ? 0 : listOf(whole.format === "atom" ? whole.feed["entries"] : whole.feed["items"]).length;
  // as many ends as beginnings: what the parser found is all there is, also where a text speaks of such tags
  const even = (text.match(/<\/(?:[\w-]+:)?(?:item|entry)\s*>/gi) ?? []).length === items.length;
  if (whole !== null && ((count > 0 && even) || count >= items.length)) return whole;
  if (items.length === 0) return null;
  warnings.push("The feed is not well-formed: its items were read one by one.");
  const kept = items.flatMap((item) => {
    const single = attempt(wrapItems("", [item], tag));
    return single === null ? [] : listOf(tag === "entry" ? single.feed["entries"] : single.feed["items"]);
  });
  if (kept.length < items.length) warnings.push(`Items that could not be read: ${items.length - kept.length}.`);
  const frame = whole ?? attempt(wrapItems(head, items.slice(0, 1), tag));
  if (kept.length === 0) return frame;
  return { format: tag === "entry" ? "atom" : "rss", feed: { ...frame?.feed, [tag === "entry" ? "entries" : "items"]: kept } };
}

function looseJson(
  text: string,
  attempt: (source: string) => { format: string; feed: Loose } | null,
): { format: string; feed: Loose } | null {
  for (const source of [text, text.replace(/,\s*([}\]])/g, "$1")]) {
    try {
      const value = JSON.parse(source) as unknown;
      if (typeof value !== "object" || value === null || !Array.isArray((value as Loose)["items"])) return null;
      return attempt(JSON.stringify(value)) ?? { format: "json", feed: value as Loose };
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
    published: firstDate([["date_published", item["date_published"]]]),
    updated: firstDate([["date_modified", item["date_modified"]]]),
    content: textIn(item["content_html"]) ?? (plain === null ? null : escapeText(textIn(item["content_text"]) ?? "")),
    summary: textIn(item["summary"]),
  };
}

function xmlItem(item: Loose, base: string | null): FeedItem {
  const dc = (item["dc"] ?? {}) as Loose;
  const terms = (item["dcterms"] ?? {}) as Loose;
  const guid =
    textIn((item["guid"] as Loose | undefined)?.["value"] ?? item["guid"]) ??
    textIn(item["id"]) ??
    textIn((item["rdf"] as Loose | undefined)?.["about"]);
  const permanent = (item["guid"] as Loose | undefined)?.["isPermaLink"] !== false;
  const link = linkOf(item) ?? (permanent && guid !== null && /^https?:\/\//i.test(guid) ? guid : null);
  const atom = (item["atom"] ?? {}) as Loose;
  const embedded = item["content"];
  const content = typeof embedded === "object" && embedded !== null ? htmlOf(embedded as Loose) : textIn(embedded);
  return {
    url: link === null ? null : plainAddress(link, base),
    guid,
    title: plainText(item["title"]),
    authors: [
      ...listOf(item["authors"]).flatMap((author) => plainText(author["name"]) ?? []),
      ...[item["authors"], dc["creators"], dc["creator"], item["author"]]
        .flat()
        .flatMap((name) => (typeof name === "string" ? (mailName(name) ?? []) : [])),
    ],
    published: firstDate([
      ["pubDate", item["pubDate"]],
      ["published", item["published"]],
      ["dc:date", dc["dates"] ?? dc["date"]],
      ["dcterms:issued", terms["issued"]],
      ["dcterms:created", terms["created"]],
      ["atom:published", atom["published"]],
      ["issued", item["issued"]],
    ]),
    updated: firstDate([
      ["updated", item["updated"]],
      ["dcterms:modified", terms["modified"]],
      ["atom:updated", atom["updated"]],
      ["modified", item["modified"]],
    ]),
    content,
    summary:
      htmlOf(item["summary"] as Loose | undefined) ??
      textIn(item["description"]) ??
      htmlOf((item["media"] as Loose | undefined)?.["description"] as Loose | undefined),
  };
}

/** RSS writes `mail@host (Name)`; an address alone names nobody. */
function mailName(author: string): string | null {
  const inner = /\(([^)]{2,80})\)/.exec(author)?.[1];
  const name = (inner ?? author.replace(/<?\S+@\S+>?/g, "")).trim();
  return name === "" ? null : decodeEntities(name);
}

function htmlOf(value: Loose | string | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return textIn(value);
  const text = textIn(value["encoded"] ?? value["value"]);
  if (text === null) return null;
  return value["type"] === "text" ? escapeText(text) : text;
}

const escapeText = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</p>`)
    .join("");

function linkOf(thing: Loose): string | null {
  const direct = textIn(thing["link"]);
  if (direct !== null) return direct;
  const links = listOf(thing["links"]);
  const best =
    links.find((link) => link["rel"] === undefined || link["rel"] === "alternate") ??
    links.find((link) => link["rel"] !== "self" && link["rel"] !== "enclosure");
  const home = textIn(thing["home_page_url"]);
  return textIn(best?.["href"]) ?? home ?? textIn(((thing["feedburner"] ?? {}) as Loose)["origLink"]);
}

function firstDate(candidates: [string, unknown][]): FeedItem["published"] {
  for (const [where, value] of candidates) {
    const text = textIn(Array.isArray(value) ? value[0] : value);
    const date = text === null ? null : statedDate(text);
    if (date !== null) return { value: date, where: `feed ${where}: "${text}"` };
  }
  return null;
}

const listOf = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter((entry): entry is Loose => typeof entry === "object" && entry !== null) : [];

function textIn(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text === "" ? null : text;
}

/** A title or name without markup and entities, in either order of escaping. */
function plainText(value: unknown): string | null {
  const raw = textIn(typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Loose)["value"] : value);
  if (raw === null) return null;
  const text = decodeEntities(raw)
    .replace(/<\/?[a-z][^>]{0,300}>/gi, "")
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? null : text;
}

const broken = (why: string): Failure =>
  new Failure("feed_broken", `Not read as a feed: ${why}.`, "Open the address in a browser and look for the site's feed.");
