// An XML feed of any kind to named fields: RSS 0.9 to 2.0 with or without RDF, Atom 0.3 and 1.0, CDF, under whatever prefixes; cut-off and
// ill-formed ones reduced to the items that are whole. Knows nothing of documents; nothing is resolved, nothing fetched.
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

/** Fit for the parser: no document type (so no entities of its own, outer or inner), no junk before. Each step is one pass over the text. */
export function cleanFeedText(raw: string): { text: string; warnings: string[] } {
  // control characters are not XML; one of them makes strict parsers refuse the feed
  const plain = raw.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const text = plain.slice(Math.max(0, plain.search(/[<{[]/)));
  const declared = text.slice(0, 20_000).search(/<!DOCTYPE/i);
  if (declared < 0) return { text, warnings: [] };
  // with what it defines between brackets; one that never ends takes all behind it along
  const [removed = ""] = /^[^>[]*(?:\[[^\]]*\]?)?[^>]*>?/.exec(text.slice(declared)) ?? [];
  const warnings = /<!ENTITY/i.test(removed) ? ["Entities that the document defines itself were left out."] : [];
  return { text: text.slice(0, declared) + text.slice(declared + removed.length), warnings };
}

/** The feed with all its items; where the parser missed some, because one that never ends swallowed the others, each is read on its own. Null where the text is no feed. */
export async function readXmlFeed(text: string, warnings: string[]): Promise<XmlFeed | null> {
  const whole = await readXml(text);
  const items = splitItems(text);
  if (items.length === 0 || (whole !== null && whole.items.length >= items.length)) return whole;
  warnings.push("The feed is not well-formed: its items were read one by one.");
  // each in a feed of its own: the root as it stands, so that its prefixes hold
  const root = /<(?:\w+:)?(?:rss|feed|rdf)(?:\s[^<>]{0,4000})?>/i.exec(text)?.[0].replace(/\/>$/, ">") ?? "<rss>";
  const alone = (item: string): Promise<XmlFeed | null> => readXml(`${root}${item}</${/^<([\w:]+)/.exec(root)?.[1]}>`);
  const kept: XmlItem[] = [];
  for (const item of items) kept.push(...((await alone(item))?.items.slice(0, 1) ?? []));
  if (kept.length < items.length) warnings.push(`Items that could not be read: ${items.length - kept.length}.`);
  const frame = whole ?? (await alone(""));
  return frame === null ? null : { ...frame, items: kept };
}

const CDATA = "<![CDATA[";
const OPENING = /<((?:[\w-]+:)?(?:item|entry))(?=[\s>])/gi;
const MAX_SPLIT = 5_000;

function splitItems(text: string): string[] {
  // what stands in a text that speaks of such tags is none
  const outside = text.split(CDATA).map((part, at) => {
    const end = at === 0 ? 0 : part.indexOf("]]>") + 1;
    return " ".repeat(end) + part.slice(end);
  });
  const starts = [...outside.join(" ".repeat(CDATA.length)).matchAll(OPENING)];
  return starts.slice(0, MAX_SPLIT).map(({ index, 1: tag = "" }, at) => {
    const limit = starts[at + 1]?.index ?? text.length;
    const part = text.slice(index, limit);
    const close = part.toLowerCase().lastIndexOf(`</${tag.toLowerCase()}`);
    // an item that is never closed ends where the next begins; the last one of a feed that was cut off keeps its whole elements only
    const end = close >= 0 ? close : limit < text.length ? part.length : endOfElements(part);
    return `${part.slice(0, end)}</${tag}>`;
  });
}

function endOfElements(part: string): number {
  const last = [...part.matchAll(/<\/[\w:-]+\s*>/g)].at(-1);
  return last === undefined ? part.indexOf(">") + 1 : last.index + last[0].length;
}

/** Usual prefixes of the vocabularies that feeds borrow from, by a telling part of their address; feeds' own vocabularies have none. */
const FAMILIES: readonly (readonly [part: RegExp, prefix: string])[] = [
  [/purl\.org\/dc\/terms/i, "dcterms:"],
  [/purl\.org\/dc\//i, "dc:"],
  [/modules\/content/i, "content:"],
  [/search\.yahoo\.com\/mrss/i, "media:"],
  [/itunes\.com/i, "itunes:"],
  [/feedburner/i, "feedburner:"],
  [/22-rdf-syntax-ns/i, "rdf:"],
  [/1999\/xhtml/i, "xhtml:"],
  [/w3\.org\/2005\/Atom|purl\.org\/(?:atom\/ns|rss|net\/rss)|netscape\.com|userland\.com|law\.harvard\.edu|^$/i, ""],
];
/** Prefixes that stand for the feed's own vocabulary although nobody declared them. */
const OWN_PREFIX = /^(?:rss|atom\d*|a10|feed)$/i;
const MAX_ITEMS = 20_000;
const MAX_FIELDS = 400;

const localName = (tag: string): string => tag.slice(tag.indexOf(":") + 1).toLowerCase();
const familyOf = (address: string, prefix: string): string =>
  FAMILIES.find(([part]) => part.test(address))?.[1] ?? `${prefix.toLowerCase()}:`;

async function readXml(text: string): Promise<XmlFeed | null> {
  const root = await parseXml(text);
  if (root === null) return null;
  const prefixes = new Map<string, string>();
  for (const [, prefix = "", address = ""] of text
    .slice(0, 200_000)
    .matchAll(/\sxmlns:([\w.-]{1,40})\s*=\s*["']([^"']{0,300})["']/g))
    if (!prefixes.has(prefix)) prefixes.set(prefix, familyOf(address, prefix));
  const name = (element: PageElement): string => {
    const [prefix = "", local] = element.tagName.split(":", 2);
    if (local !== undefined)
      return `${prefixes.get(prefix) ?? (OWN_PREFIX.test(prefix) ? "" : `${prefix.toLowerCase()}:`)}${local.toLowerCase()}`;
    return `${familyOf(element.getAttribute("xmlns") ?? "", "other")}${prefix.toLowerCase()}`;
  };
  const found: PageElement[] = [];
  let channel: PageElement | null = null;
  const search = (element: PageElement, depth: number): void => {
    const own = name(element);
    if (own === "item" || own === "entry") found.push(element);
    else if (/^(?:channel|feed)$/.test(own)) channel ??= element;
    if (depth > 60 || found.length >= MAX_ITEMS) return;
    for (const child of childrenOf(element))
      if (!/^(?:content|description|summary|body)$/.test(localName(child.tagName))) search(child, depth + 1);
  };
  search(root, 0);
  if (found.length === 0 && channel === null && !/^(?:rss|feed|rdf)$/.test(localName(root.tagName))) return null;
  const itemOf = (element: PageElement): XmlItem => {
    const fields = new Map<string, PageElement[]>();
    let count = 0;
    const collect = (parent: PageElement): void => {
      for (const child of childrenOf(parent)) {
        if ((count += 1) > MAX_FIELDS) return;
        const own = name(child);
        fields.set(own, [...(fields.get(own) ?? []), child]);
        if (own === "media:group") collect(child);
      }
    };
    collect(element);
    return { element, fields };
  };
  const frame: PageElement = channel ?? root;
  return {
    atom: found.length > 0 ? found.some((element) => name(element) === "entry") : localName(frame.tagName) === "feed",
    channel: itemOf(frame),
    items: found.map(itemOf),
  };
}

function* childrenOf(element: PageElement): Generator<PageElement> {
  for (let child = element.firstChild; child !== null; child = child.nextSibling) if (isElement(child)) yield child;
}

const elementsOf = ({ fields }: XmlItem, names: string): PageElement[] =>
  names.split(" ").flatMap((name) => fields.get(name) ?? []);

export const fieldText = (item: XmlItem, names: string): string | null =>
  elementsOf(item, names)
    .map((element) => (element.textContent ?? "").trim())
    .find((text) => text !== "") ?? null;

/** A text construct as HTML: escaped, inline or packed in base64, whatever its `type` and `mode` say; plain text is escaped. */
export function fieldHtml(item: XmlItem, names: string, escape: (text: string) => string): string | null {
  for (const element of elementsOf(item, names)) {
    const type = (element.getAttribute("type") ?? "").toLowerCase();
    const text = (element.textContent ?? "").trim();
    const inline = element.querySelector("*") !== null;
    if ((text === "" && !inline) || /^(?:image|audio|video)\//.test(type)) continue;
    const packed = /^base64$/i.test(element.getAttribute("mode") ?? "") || type === "application/octet-stream";
    if (packed) return Buffer.from(text, "base64").toString("utf8");
    if (inline) return element.innerHTML.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1").trim();
    return /^text(?:\/plain)?$/.test(type) ? escape(text) : text;
  }
  return null;
}

/** What relative addresses in an element start from: its `xml:base` and those of all it stands in, on top of `start`. */
export function baseOf(element: PageElement | null, start: string | null): string | null {
  if (element === null) return start;
  const outer = baseOf(element.parentElement, start);
  const own = element.getAttribute("xml:base")?.trim() ?? "";
  return own !== "" && URL.canParse(own, outer ?? undefined) ? new URL(own, outer ?? undefined).href : outer;
}
