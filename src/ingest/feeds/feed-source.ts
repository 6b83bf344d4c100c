// The text of a feed made fit for its parser: no document type (so no entities of its own, outer or inner), no junk before or after,
// cut-off or ill-formed feeds reduced to the items that are whole. Nothing is resolved, nothing fetched.

export interface CleanFeed {
  text: string;
  warnings: string[];
}

/** Every step is one pass over the text. */
export function cleanFeedText(raw: string): CleanFeed {
  const warnings: string[] = [];
  // control characters are not XML; one of them makes strict parsers refuse the feed
  let text = raw.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  const first = text.search(/[<{[]/);
  if (first > 0) text = text.slice(first);
  const declared = text.slice(0, 20_000).search(/<!DOCTYPE/i);
  if (declared >= 0) {
    // with what it defines between brackets; one that never ends takes all behind it along
    const [removed = ""] = /^[^>[]*(?:\[[^\]]*\]?)?[^>]*>?/.exec(text.slice(declared)) ?? [];
    if (/<!ENTITY/i.test(removed)) warnings.push("Entities that the document defines itself were left out.");
    text = text.slice(0, declared) + text.slice(declared + removed.length);
  }
  return { text, warnings };
}

const CDATA = "<![CDATA[";
const OPENING = /<((?:[\w-]+:)?(?:item|entry))(?=[\s>])/gi;
const MAX_ITEMS = 5_000;

/** The whole items of a broken XML feed, each with its tags. */
export function splitItems(text: string): string[] {
  const items: string[] = [];
  // what stands in a text that speaks of such tags is none
  const outside = text.split(CDATA).map((part, at) => {
    const end = at === 0 ? 0 : part.indexOf("]]>") + 1;
    return " ".repeat(end) + part.slice(end);
  });
  const starts = [...outside.join(" ".repeat(CDATA.length)).matchAll(OPENING)];
  starts.slice(0, MAX_ITEMS).forEach((match, index) => {
    const limit = starts[index + 1]?.index ?? text.length;
    const part = text.slice(match.index, limit);
    const close = part.toLowerCase().lastIndexOf(`</${(match[1] ?? "").toLowerCase()}`);
    // an item that is never closed ends where the next begins; the last one of a feed that was cut off keeps its whole elements only
    const own = close >= 0 ? part.slice(0, close) : limit < text.length ? part : wholeElements(part);
    items.push(`${own}</${match[1]}>`);
  });
  return items;
}

function wholeElements(part: string): string {
  const last = [...part.matchAll(/<\/[\w:-]+\s*>/g)].at(-1);
  return last === undefined ? part.slice(0, part.indexOf(">") + 1) : part.slice(0, last.index + last[0].length);
}

/** A feed of its own around one item: the root of the feed as it stands, so that its prefixes hold. */
export function wrapItem(text: string, item: string): string {
  const root = /<(?:\w+:)?(?:rss|feed|rdf)(?:\s[^<>]{0,4000})?>/i.exec(text)?.[0].replace(/\/>$/, ">") ?? "<rss>";
  return `${root}${item}</${/^<([\w:]+)/.exec(root)?.[1] ?? "rss"}>`;
}
