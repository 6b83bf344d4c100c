import { decodeHtml } from "../decode.ts";
// Lists of feeds (OPML): the addresses in it, in order. Broken lists give what can be read of them.
import { decodeEntities } from "../entities.ts";
import { plainAddress } from "../html/page-facts.ts";
import { cleanFeedText } from "./feed-source.ts";

export interface OpmlFeed {
  title: string | null;
  url: string;
}

export interface Opml {
  feeds: OpmlFeed[];
  /** Entries that are not addresses of feeds, as they stand. */
  refused: string[];
}

const MAX_FEEDS = 2_000;

/** An outline's `xmlUrl`, whatever its nesting; each address once. */
export async function readOpml(bytes: Uint8Array): Promise<Opml> {
  const { text } = cleanFeedText(await decodeHtml(bytes, null));
  const feeds = new Map<string, OpmlFeed>();
  const refused: string[] = [];
  for (const [tag] of text.matchAll(/<outline\s[^<]{0,4000}?>/gi)) {
    const address = attribute(tag, "xmlurl");
    if (address === null) continue;
    const url = plainAddress(address.replace(/^feed:(?:\/\/)?(?=https?:)/i, "").replace(/^feed:\/\//i, "http://"), null);
    if (url === null) refused.push(address);
    else if (!feeds.has(url) && feeds.size < MAX_FEEDS)
      feeds.set(url, { url, title: attribute(tag, "title") ?? attribute(tag, "text") });
  }
  return { feeds: [...feeds.values()], refused };
}

function attribute(tag: string, name: string): string | null {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(tag);
  const value = decodeEntities(match?.[1] ?? match?.[2] ?? "").trim();
  return value === "" ? null : value;
}
