// The feeds of a site: those that a page names in its head, and the places where the usual systems keep them.
import { decodeHtml } from "../decode.ts";
import { parsePage, type Page } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";

const USUAL_PLACES = ["/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss"];

/** `likely` holds addresses that still have to be tried. */
export async function feedsIn(page: {
  bytes: Uint8Array;
  contentType: string | null;
  url: string;
}): Promise<{ named: string[]; likely: string[] }> {
  const dom = await parsePage(await decodeHtml(page.bytes, page.contentType));
  return { named: feedsOf(dom, page.url), likely: USUAL_PLACES.map((place) => new URL(place, page.url).href) };
}

export function feedsOf(page: Page, base: string | null): string[] {
  const out = new Set<string>();
  for (const link of page.querySelectorAll('link[rel~="alternate" i][href]')) {
    const [type, href] = [link.getAttribute("type") ?? "", link.getAttribute("href") ?? ""];
    if (!/^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|application\/json|text\/xml)/i.test(type)) continue;
    const address = /oembed|wp-json|\/comments\/feed\/?$/i.test(href) ? null : plainAddress(href, base);
    if (address !== null && out.size < 10) out.add(address);
  }
  return [...out];
}
