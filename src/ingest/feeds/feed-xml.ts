// An XML feed of any kind to named fields: RSS 0.9 to 2.0 with or without RDF, Atom 0.3 and 1.0, CDF, under whatever prefixes.
// Reads what well-formed feeds and broken ones have in common: items by their name, fields by theirs. Knows nothing of documents.
import { isElement, parseXml, type PageElement } from "../html/dom.ts";

export interface XmlItem {
  element: PageElement;
  /** Children by name: bare for the feed's own vocabulary, else with the usual prefix ("dc:date"), in order. */
  fields: Map<string, PageElement[]>;
}

export interface XmlFeed {
  atom: boolean;
  channel: XmlItem;
  items: XmlItem[];
}

/** Usual prefixes of the vocabularies that feeds borrow from, by a telling part of their address. */
const FAMILIES: readonly (readonly [part: RegExp, prefix: string])[] = [
  [/purl\.org\/dc\/terms/i, "dcterms:"],
  [/purl\.org\/dc\//i, "dc:"],
  [/modules\/content/i, "content:"],
  [/search\.yahoo\.com\/mrss/i, "media:"],
  [/itunes\.com|apple\.com/i, "itunes:"],
  [/feedburner/i, "feedburner:"],
  [/22-rdf-syntax-ns/i, "rdf:"],
  [/1999\/xhtml/i, "xhtml:"],
  [/w3\.org\/2005\/Atom|purl\.org\/atom\/ns/i, ""],
  [/purl\.org\/(?:rss|net\/rss)|netscape\.com\/rdf|netscape\.com\/publish|userland\.com|blogs\.law\.harvard\.edu/i, ""],
];
/** Prefixes that stand for the feed's own vocabulary although nobody declared them. */
const OWN_PREFIX = /^(?:rss|atom\d*|a10|a|feed|cdf)$/i;
const MAX_ITEMS = 20_000;
const MAX_FIELDS = 400;

const localName = (tag: string): string => tag.slice(tag.indexOf(":") + 1).toLowerCase();

/** Null where the text is no feed: no root of that name and no items. */
export async function readXml(text: string): Promise<XmlFeed | null> {
  const root = await parseXml(text);
  if (root === null) return null;
  const prefixes = new Map<string, string>();
  for (const [, prefix, address] of text.slice(0, 200_000).matchAll(/\sxmlns:([\w.-]{1,40})\s*=\s*["']([^"']{0,300})["']/g))
    if (prefix !== undefined && address !== undefined && !prefixes.has(prefix)) prefixes.set(prefix, familyOf(address, prefix));
  const name = (element: PageElement): string => {
    const tag = element.tagName;
    const colon = tag.indexOf(":");
    const local = localName(tag);
    if (colon > 0) {
      const prefix = tag.slice(0, colon);
      return `${prefixes.get(prefix) ?? (OWN_PREFIX.test(prefix) ? "" : `${prefix.toLowerCase()}:`)}${local}`;
    }
    const own = element.getAttribute("xmlns");
    return `${own === null ? "" : familyOf(own, "other")}${local}`;
  };
  const found: PageElement[] = [];
  let channel: PageElement | null = null;
  const search = (element: PageElement, depth: number): void => {
    const own = name(element);
    if (own === "item" || own === "entry") found.push(element);
    else if (/^(?:channel|feed)$/.test(own)) channel ??= element;
    if (depth > 60 || found.length >= MAX_ITEMS) return;
    for (let child = element.firstChild; child !== null; child = child.nextSibling)
      if (isElement(child) && !/^(?:content|description|summary|body)$/.test(localName(child.tagName))) search(child, depth + 1);
  };
  search(root, 0);
  if (found.length === 0 && channel === null && !/^(?:rss|feed|rdf)$/.test(localName(root.tagName))) return null;
  const fieldsOf = (element: PageElement): Map<string, PageElement[]> => {
    const fields = new Map<string, PageElement[]>();
    let count = 0;
    const collect = (parent: PageElement): void => {
      for (let child = parent.firstChild; child !== null && count < MAX_FIELDS; child = child.nextSibling) {
        if (!isElement(child)) continue;
        count += 1;
        const own = name(child);
        fields.set(own, [...(fields.get(own) ?? []), child]);
        if (own === "media:group") collect(child);
      }
    };
    collect(element);
    return fields;
  };
  const frame = channel ?? root;
  return {
    atom: found.length > 0 ? found.some((element) => name(element) === "entry") : localName(frame.tagName) === "feed",
    channel: { element: frame, fields: fieldsOf(frame) },
    items: found.map((element) => ({ element, fields: fieldsOf(element) })),
  };
}

const familyOf = (address: string, prefix: string): string =>
  address === "" ? "" : (FAMILIES.find(([part]) => part.test(address))?.[1] ?? `${prefix.toLowerCase()}:`);

/** The text of the first of these fields that has any. */
export function fieldText({ fields }: XmlItem, names: readonly string[]): string | null {
  for (const name of names)
    for (const element of fields.get(name) ?? []) {
      const text = (element.textContent ?? "").trim();
      if (text !== "") return text;
    }
  return null;
}

/** A text construct as HTML: escaped, inline or packed in base64, whatever its `type` and `mode` say; plain text is escaped. */
export function fieldHtml({ fields }: XmlItem, names: readonly string[], escape: (text: string) => string): string | null {
  for (const name of names)
    for (const element of fields.get(name) ?? []) {
      const type = (element.getAttribute("type") ?? "").toLowerCase();
      const text = (element.textContent ?? "").trim();
      const inline = element.querySelector("*") !== null;
      if ((text === "" && !inline) || /^(?:image|audio|video)\//.test(type)) continue;
      const packed = /^base64$/i.test(element.getAttribute("mode") ?? "") || /^application\/octet-stream$/.test(type);
      if (packed) return Buffer.from(text, "base64").toString("utf8");
      if (inline) return element.innerHTML.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1").trim();
      return /^(?:text|text\/plain)$/.test(type) ? escape(text) : text;
    }
  return null;
}

/** What relative addresses in an element start from: its `xml:base` and those of all it stands in, on top of `start`. */
export function baseOf(element: PageElement, start: string | null): string | null {
  const bases: string[] = [];
  for (let at: PageElement | null = element; at !== null; at = at.parentElement) {
    const own = at.getAttribute("xml:base");
    if (own !== null) bases.unshift(own.trim());
  }
  return bases.reduce<string | null>(
    (base, own) => (URL.canParse(own, base ?? undefined) ? new URL(own, base ?? undefined).href : base),
    start,
  );
}
