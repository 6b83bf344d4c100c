// The addresses of feeds that a page names in its head.
import type { Page } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";

/** The feeds that a page names, absolute, at most ten. */
export function feedsOf(page: Page, base: string | null): string[] {
  const out = new Set<string>();
  for (const link of page.querySelectorAll("link[href]")) {
    const type = (link.getAttribute("type") ?? "").toLowerCase();
    if (
      !/(?:^|\s)alternate(?:\s|$)/i.test(link.getAttribute("rel") ?? "") ||
      !/^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|application\/json|text\/xml)/.test(type)
    )
      continue;
    if (type.startsWith("application/json") && /oembed|wp-json/i.test(link.getAttribute("href") ?? "")) continue;
    const address = plainAddress(link.getAttribute("href") ?? "", base);
    if (address !== null && !/\/comments\/feed\/?$/.test(address)) out.add(address);
    if (out.size >= 10) break;
  }
  return [...out];
}
