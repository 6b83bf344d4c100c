// The feeds of a site: those that a page names, and the places where the usual systems keep them.
import { decodeHtml } from "../html/decode-html.ts";
import { parsePage } from "../html/dom.ts";
import { feedsOf } from "./feed-links.ts";

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
