// One item of a feed to its outcome: the feed's own text where it is whole, else the page it points to with its gaps filled from the feed.
// An item that could not be read whole is tried again next time; what was read of it before stays.
import type { Clock } from "../../clock.ts";
import type { ReadOutcome } from "../../domain.ts";
import { asRefusal } from "../article.ts";
import { itemFingerprint, itemIdentity, readFeedItem } from "../feeds/feed-item.ts";
import type { AddressMemory } from "../feeds/feed-memory.ts";
import type { Feed, FeedItem } from "../feeds/read-feed.ts";
import type { Fetcher, NotFetched } from "../fetch/fetcher.ts";
import type { ReadResult } from "../read-result.ts";
import type { KnownSources } from "../sources/read-inputs.ts";
import { outcomeOf, readFetched, webArticle } from "./web-article.ts";

const TEASER = 40;

export interface ItemReading {
  outcome: ReadOutcome;
  /** `Article.source` of the document, null where the item gave none. */
  source: string | null;
  /** Nothing is left to try: the same item need not be read again. */
  settled: boolean;
}

/** Reads one item; `items` is what the feed's items became before. */
export type ItemReader = (
  input: string,
  item: FeedItem,
  feed: Feed,
  items: AddressMemory["items"],
  known: KnownSources,
  signal: AbortSignal | undefined,
) => Promise<ItemReading>;

export function createItemReader({ fetcher, clock }: { fetcher: Fetcher; clock: Clock }): ItemReader {
  return readItem;

  async function readItem(
    input: string,
    item: FeedItem,
    feed: Feed,
    items: AddressMemory["items"],
    known: KnownSources,
    signal: AbortSignal | undefined,
  ): Promise<ItemReading> {
    const seen = items[itemIdentity(item)] ?? (item.guid === null ? undefined : items[`guid:${item.guid}`]);
    if (seen !== undefined && seen.fingerprint === itemFingerprint(item) && known.has(seen.source)) {
      return { outcome: { kind: "unchanged", input, source: seen.source }, source: seen.source, settled: true };
    }
    const { result: own, whole } = await readFeedItem(item, feed);
    let result = own;
    let settled = true;
    let problem: NotFetched | { code: string; reason: string } | null = null;
    if (!whole && item.url !== null) {
      const page = await fullText(item.url, own, signal);
      if ("result" in page) result = page.result;
      else {
        problem = page.problem;
        settled = !page.transient;
      }
    }
    const source = seen?.source ?? (result.url === null ? `feed:${feed.url ?? ""}#${itemIdentity(item)}` : `url:${result.url}`);
    if (problem !== null || (result.text.length < TEASER && !item.media)) {
      if (result.text.length < TEASER && !item.media) {
        const { code, reason } = problem ?? {
          code: "input_no_text",
          reason: "the feed carries no text of this item and names no page",
        };
        return { outcome: { kind: "refused", input, code, reason, source: seen?.source ?? null }, source: null, settled };
      }
      // an earlier whole text is worth more than today's teaser
      if (seen !== undefined && known.has(seen.source) && !settled) {
        return {
          outcome: { kind: "refused", input, code: problem?.code ?? "", reason: problem?.reason ?? "", source: seen.source },
          source: seen.source,
          settled,
        };
      }
      if (problem !== null)
        result = { ...result, warnings: [...result.warnings, `Only the feed's own text was read: ${problem.reason}`] };
    }
    return { outcome: outcomeOf(known, input, webArticle(result, source, clock)), source, settled };
  }

  /** The page of an item, its gaps filled from the feed. */
  async function fullText(
    url: string,
    own: ReadResult,
    signal: AbortSignal | undefined,
  ): Promise<{ result: ReadResult } | { problem: { code: string; reason: string }; transient: boolean }> {
    const fetched = await fetcher.fetch(url, { signal });
    if (fetched.kind !== "fetched") {
      return fetched.kind === "refused"
        ? { problem: fetched, transient: fetched.transient }
        : { problem: { code: "fetch_broken", reason: "the server sent nothing" }, transient: true };
    }
    try {
      const page = await readFetched(fetched);
      if (page.text.length < own.text.length * 0.8) return { result: own };
      const evidence = { ...own.evidence, ...page.evidence };
      return {
        result: {
          ...page,
          title: page.title ?? own.title,
          publisher: page.publisher ?? own.publisher,
          author: page.author ?? own.author,
          published: page.published ?? own.published,
          updated: page.updated ?? (page.published === null ? own.updated : null),
          language: page.language ?? own.language,
          evidence,
          extra: { ...own.extra, ...page.extra },
        },
      };
    } catch (error) {
      return { problem: asRefusal(error), transient: false };
    }
  }
}
