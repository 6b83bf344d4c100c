// What is read on the web to its outcome: fetched bytes of any kind, and an item of a feed, which is the feed's own text where that is whole, else
// the page it points to with its gaps filled from the feed. An item that could not be read whole is tried again next time; what was read stays.
import type { Clock } from "../../clock.ts";
import type { Article, ReadOutcome } from "../../domain.ts";
import type { Extraction } from "../../results.ts";
import { asRefusal, contentFingerprint, extracted, refusal, toArticle, type Trouble } from "../article.ts";
import { isListed, itemFingerprint, itemIdentity, readFeedItem } from "../feeds/feed-item.ts";
import type { AddressMemory } from "../feeds/feed-memory.ts";
import { readFeed, readOpml, type Feed, type FeedItem } from "../feeds/read-feed.ts";
import { type Fetched, type Fetcher, refusalOf } from "../fetch/fetcher.ts";
import { plainAddress } from "../html/page-facts.ts";
import { NOTHING, type ReadResult } from "../read-result.ts";
import { looksLikeFeed, looksLikeOpml, readDocument } from "../readers.ts";
import type { KnownSources } from "../sources/read-inputs.ts";

const TEASER = 40;

interface ItemDeps {
  fetcher: Fetcher;
  clock: Clock;
  /** What the feed's items became before. */
  items: AddressMemory["items"];
  known: KnownSources;
  signal: AbortSignal | undefined;
}

/** `source` of the document as in Article, null where the item gave none; `settled`: nothing is left to try, the same item need not be read again. */
export async function readItem(input: string, item: FeedItem, feed: Feed, deps: ItemDeps) {
  const { items, known, clock } = deps;
  const seen = items[itemIdentity(item)] ?? (item.guid === null ? undefined : items[`guid:${item.guid}`]);
  const stored = seen !== undefined && known.has(seen.source);
  if (stored && seen.fingerprint === itemFingerprint(item))
    return { outcome: { kind: "unchanged" as const, input, source: seen.source }, source: seen.source, settled: true };
  const { result: own, whole } = await readFeedItem(item, feed);
  const page = whole || item.url === null ? null : await fullText(item.url, own, deps);
  const { result = own, problem = null } = page ?? {};
  const empty = result.text.length < TEASER && !(isListed(item) && result.text !== "");
  const settled = problem?.transient !== true;
  // an earlier whole text is worth more than today's teaser
  if (empty || (!settled && stored)) {
    const why = problem ?? { code: "input_no_text", reason: "the feed carries no text of this item and names no page" };
    const before = seen?.source ?? null;
    return { outcome: refusal(input, why, before), source: empty ? null : before, settled };
  }
  const source = seen?.source ?? sourceOf(item, feed, result.url);
  if (problem !== null) result.warnings.push(`Only the feed's own text was read: ${problem.reason}`);
  return { outcome: outcomeOf(known, input, webArticle(result, source, clock)), source, settled };
}

/** The page of an item, its gaps filled from the feed; what stands in the way, and whether another try may find it gone. */
async function fullText(
  url: string,
  own: ReadResult,
  { fetcher, signal }: ItemDeps,
): Promise<{ result?: ReadResult; problem?: Trouble & { transient?: boolean } }> {
  const fetched = await fetcher.fetch(url, { signal });
  if (fetched.kind !== "fetched") return { problem: refusalOf(fetched) };
  try {
    const page = await readFetched(fetched);
    if (page.text.length < own.text.length * 0.8) return {};
    const result = { ...page, evidence: { ...own.evidence, ...page.evidence }, extra: { ...own.extra, ...page.extra } };
    for (const key of ["title", "publisher", "author", "published", "language"] as const) result[key] ??= own[key];
    if (page.published === null) result.updated ??= own.updated;
    return { result };
  } catch (error) {
    return { problem: asRefusal(error) };
  }
}

/** `Article.source` of an item that is met for the first time. */
export const sourceOf = (item: FeedItem, feed: Feed, url: string | null): string =>
  url === null ? `feed:${feed.url ?? ""}#${itemIdentity(item)}` : `url:${url}`;

/** Reads a document by its own kind; one that names no address gets the one it came from. Throws what readers throw. */
export async function readFetched({ bytes, url, contentType }: Fetched): Promise<ReadResult> {
  const result = await readDocument(bytes, { path: new URL(url).pathname, url, contentType });
  if (result.url !== null) return result;
  return { ...result, url: plainAddress(url, null), evidence: { ...result.evidence, url: "address it was fetched from" } };
}

/** `source` as in Article. */
export const webArticle = (result: ReadResult, source: string, clock: Clock): Article =>
  toArticle(result, { source, fingerprint: contentFingerprint(result), fetched: clock.now().toISOString(), path: null });

export function outcomeOf(known: KnownSources, input: string, article: Article): ReadOutcome {
  const same = known.get(article.source)?.fingerprint === article.fingerprint;
  return same ? { kind: "unchanged", input, source: article.source } : { kind: "article", input, article };
}

/** A feed, or a list of feeds, as it stands: nothing is stored and nothing remembered. Null where the bytes are neither; `hints.url` is where they came from. Throws what readers throw. */
export async function extractFeed(
  bytes: Uint8Array,
  hints: { url: string | null; contentType: string | null },
  clock: Clock,
): Promise<Extraction | null> {
  if (looksLikeOpml(bytes)) {
    const { feeds } = await readOpml(bytes);
    const fetched = clock.now().toISOString();
    const items = feeds.map(({ title, url }) => ({ ...NOTHING, id: url, title, fetched, url, path: null, text: "" }));
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
