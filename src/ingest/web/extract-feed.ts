// A feed, or a list of feeds, as it stands: its items as documents that are neither stored nor remembered.
import type { Clock } from "../../clock.ts";
import type { Extraction } from "../../results.ts";
import { extracted } from "../article.ts";
import { readFeedItem } from "../feeds/feed-item.ts";
import { readFeed, readOpml } from "../feeds/read-feed.ts";
import { looksLikeFeed, looksLikeOpml } from "../readers.ts";
import { sourceOf, webArticle } from "./read-item.ts";

const UNKNOWN = { publisher: null, author: null, published: null, updated: null, genre: null, path: null, language: null };

/** Null where the bytes are neither; `hints.url` is where they came from. Throws what readers throw. */
export async function extractFeed(
  bytes: Uint8Array,
  hints: { url: string | null; contentType: string | null },
  clock: Clock,
): Promise<Extraction | null> {
  if (looksLikeOpml(bytes)) {
    const { feeds } = await readOpml(bytes);
    const fetched = clock.now().toISOString();
    const items = feeds.map(({ title, url }) => ({ id: url, title, ...UNKNOWN, fetched, url, text: "" }));
    return { feed: { title: null, url: hints.url }, items };
  }
  if (!looksLikeFeed(bytes)) return null;
  const feed = await readFeed(bytes, hints);
  const items = feed.items.map(async (item) => {
    const { result } = await readFeedItem(item, feed);
    return extracted(webArticle(result, sourceOf(item, feed, result.url), clock));
  });
  return { feed: { title: feed.title, url: feed.url }, items: await Promise.all(items) };
}
