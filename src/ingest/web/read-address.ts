// Addresses to documents: a page, a feed with its items, a site by the feed it names. The same outcomes as files have: an article, unchanged, or a
// refusal with its reason. Asks politely (what did not change is not sent again), remembers failures, and drops nothing for good because of them.
import type { Clock } from "../../clock.ts";
import type { Article, ReadOutcome } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import { asRefusal } from "../article.ts";
import { itemFingerprint, itemIdentity, readFeedItem } from "../feeds/feed-item.ts";
import { nextDue, recall, remember, type AddressMemory, type NamedValues } from "../feeds/feed-memory.ts";
import { looksLikeFeed, readFeed, type Feed } from "../feeds/read-feed.ts";
import { looksLikeOpml, readOpml } from "../feeds/read-opml.ts";
import type { Fetched, Fetcher, NotFetched } from "../fetch/fetcher.ts";
import { plainAddress } from "../html/page-facts.ts";
import { inParallel } from "../sources/parallel.ts";
import type { KnownSources } from "../sources/read-inputs.ts";
import { createItemReader } from "./read-item.ts";
import { outcomeOf, readFetched, webArticle } from "./web-article.ts";

export interface WebReaderDeps {
  fetcher: Fetcher;
  clock: Clock;
  /** Where validators, failures and items are remembered, e.g. the state store. */
  memory: NamedValues;
  /** Newest items of one feed that are read in a run; default 100. */
  maxItems?: number;
}

/** What an address gave, for `extract`: nothing is stored and nothing remembered. */
export type Extracted =
  | { kind: "document"; article: Article }
  | { kind: "feed"; title: string | null; url: string | null; items: Article[]; warnings: string[] }
  | { kind: "refused"; code: string; reason: string };

export interface WebReader {
  /** One address, many outcomes; fits `InputReaderDeps.readUrl`. Never throws for what the web does. */
  read(url: string, known: KnownSources, signal?: AbortSignal): AsyncGenerator<ReadOutcome>;
  /** What is remembered of an address: last success, failures in a row and why, next time. */
  state(url: string): Promise<AddressMemory>;
  extract(url: string, signal?: AbortSignal): Promise<Extracted>;
  /** A feed that was saved as a file; null where it is none. */
  extractFeed(bytes: Uint8Array, url: string | null): Promise<Extracted | null>;
}

const AT_ONCE = 6;

export function createWebReader(deps: WebReaderDeps): WebReader {
  const { fetcher, clock, memory } = deps;
  const readItem = createItemReader(deps);
  const now = (): string => clock.now().toISOString();

  async function* readAddress(
    input: string,
    known: KnownSources,
    signal: AbortSignal | undefined,
    depth: number,
  ): AsyncGenerator<ReadOutcome> {
    const url = plainAddress(input, null) ?? input;
    const before = await recall(memory, url);
    // validators are only worth something while what they stand for is still indexed
    const whole = before.sources.length > 0 && before.sources.every((source) => known.has(source));
    const fetched = await fetcher.fetch(url, {
      signal,
      ...(whole ? { etag: before.etag, lastModified: before.lastModified } : {}),
    });
    if (fetched.kind === "refused") {
      await remember(memory, url, failed(url, before, fetched));
      yield refusal(input, fetched, documentOf(before));
      return;
    }
    if (fetched.kind === "unchanged") {
      await remember(memory, url, succeeded(url, before));
      for (const source of before.sources) yield { kind: "unchanged", input, source };
      return;
    }
    if (looksLikeOpml(fetched.bytes) && depth === 0) {
      const { feeds } = await readOpml(fetched.bytes);
      for (const feed of feeds) if (signal?.aborted !== true) yield* readAddress(feed.url, known, signal, depth + 1);
      await rememberFeeds(
        url,
        before,
        feeds.map((feed) => feed.url),
      );
      return;
    }
    const validators = { etag: fetched.etag, lastModified: fetched.lastModified };
    try {
      if (looksLikeFeed(fetched.bytes)) {
        const feed = await readFeed(fetched.bytes, fetched);
        yield* readItems(url, feed, { ...before, ...validators }, known, signal);
        return;
      }
      const result = await readFetched(fetched);
      const article = webArticle(result, `url:${result.url ?? url}`, clock);
      yield outcomeOf(known, input, article);
      await remember(memory, url, {
        ...succeeded(url, before),
        ...validators,
        kind: "page",
        title: article.document.title,
        sources: [article.source],
      });
    } catch (error) {
      const feed =
        error instanceof Failure && depth < 2 && /^(?:page_listing|input_no_text)$/.test(error.code)
          ? await siteFeed(fetched, signal)
          : null;
      if (feed !== null) {
        yield* readAddress(feed, known, signal, depth + 1);
        await rememberFeeds(url, before, [feed]);
        return;
      }
      const problem = asRefusal(error);
      await remember(memory, url, {
        ...before,
        checkedAt: now(),
        failures: before.failures + 1,
        lastProblem: problem.reason,
        dueAt: nextDue(url, clock.now(), before.failures + 1, null),
      });
      yield { kind: "refused", input, ...problem, source: documentOf(before) };
    }
  }

  async function* readItems(
    url: string,
    feed: Feed,
    before: AddressMemory,
    known: KnownSources,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ReadOutcome> {
    const items: AddressMemory["items"] = { ...before.items };
    const sources = new Set<string>();
    let complete = true;
    const work = inParallel(
      feed.items.slice(0, deps.maxItems ?? 100),
      AT_ONCE,
      async (item): Promise<ReadOutcome> => {
        const input = item.url ?? `${url}#${item.guid ?? itemIdentity(item)}`;
        try {
          const { outcome, source, settled } = await readItem(input, item, feed, items, known, signal);
          if (!settled) complete = false;
          if (source !== null) {
            sources.add(source);
            const entry = { source, fingerprint: settled ? itemFingerprint(item) : null };
            items[itemIdentity(item)] = entry;
            // the guid finds an item again whose address was edited
            if (item.guid !== null) items[`guid:${item.guid}`] = entry;
          }
          return outcome;
        } catch (error) {
          complete = false;
          return { kind: "refused", input, ...asRefusal(error), source: null };
        }
      },
      signal,
    );
    for await (const outcome of work) yield outcome;
    const done = succeeded(url, before);
    const validators = complete && signal?.aborted !== true ? {} : { etag: null, lastModified: null };
    await remember(memory, url, { ...done, ...validators, kind: "feed", title: feed.title, sources: [...sources], items });
  }

  async function siteFeed(fetched: Fetched, signal: AbortSignal | undefined): Promise<string | null> {
    const { feedsIn } = await import("../feeds/site-feeds.ts");
    const { named, likely } = await feedsIn(fetched);
    if (named[0] !== undefined) return named[0];
    for (const candidate of likely) {
      const found = await fetcher.fetch(candidate, { signal });
      if (found.kind === "fetched" && looksLikeFeed(found.bytes)) return candidate;
    }
    return null;
  }

  /** A site or a list: its documents and troubles are those of its feeds; the page itself is looked at again in its turn. */
  async function rememberFeeds(url: string, before: AddressMemory, feeds: readonly string[]): Promise<void> {
    const states = await Promise.all(feeds.map((feed) => recall(memory, plainAddress(feed, null) ?? feed)));
    await remember(memory, url, {
      ...succeeded(url, before),
      kind: "feed",
      title: states.length === 1 ? (states[0]?.title ?? null) : null,
      etag: null,
      lastModified: null,
      failures: states.length === 1 ? (states[0]?.failures ?? 0) : 0,
      lastProblem: states.find(({ lastProblem }) => lastProblem !== null)?.lastProblem ?? null,
      sources: [...new Set(states.flatMap(({ sources }) => sources))],
    });
  }

  /** The document that a page became; a feed or a site that is gone says nothing of its documents. */
  const documentOf = ({ kind, sources }: AddressMemory): string | null =>
    kind === "page" && sources.length === 1 ? (sources[0] ?? null) : null;

  const succeeded = (url: string, before: AddressMemory): AddressMemory => ({
    ...before,
    checkedAt: now(),
    succeededAt: now(),
    failures: 0,
    lastProblem: null,
    dueAt: nextDue(url, clock.now(), 0, null),
  });
  const failed = (url: string, before: AddressMemory, why: NotFetched): AddressMemory => ({
    ...before,
    checkedAt: now(),
    failures: before.failures + 1,
    lastProblem: why.reason,
    dueAt: nextDue(url, clock.now(), before.failures + 1, why.retryAfter),
  });

  return {
    read: (url, known, signal) => readAddress(url, known, signal, 0),
    state: (url) => recall(memory, plainAddress(url, null) ?? url),
    async extract(url, signal) {
      const fetched = await fetcher.fetch(url, { signal });
      if (fetched.kind !== "fetched")
        return fetched.kind === "refused"
          ? fetched
          : { kind: "refused", code: "fetch_broken", reason: "the server sent nothing" };
      try {
        if (!looksLikeFeed(fetched.bytes)) {
          const result = await readFetched(fetched);
          return { kind: "document", article: webArticle(result, `url:${result.url ?? fetched.url}`, clock) };
        }
        return await extractFeed(await readFeed(fetched.bytes, fetched));
      } catch (error) {
        return { kind: "refused", ...asRefusal(error) };
      }
    },
    async extractFeed(bytes, url) {
      if (!looksLikeFeed(bytes)) return null;
      try {
        return await extractFeed(await readFeed(bytes, { url, contentType: null }));
      } catch (error) {
        return { kind: "refused", ...asRefusal(error) };
      }
    },
  };

  async function extractFeed(feed: Feed): Promise<Extracted> {
    const items: Article[] = [];
    for (const item of feed.items) {
      const { result } = await readFeedItem(item, feed);
      items.push(
        webArticle(result, item.url === null ? `feed:${feed.url ?? ""}#${itemIdentity(item)}` : `url:${item.url}`, clock),
      );
    }
    return { kind: "feed", title: feed.title, url: feed.url, items, warnings: feed.warnings };
  }
}

const refusal = (input: string, why: NotFetched, source: string | null): ReadOutcome => ({
  kind: "refused",
  input,
  code: why.code,
  reason: why.reason,
  source,
});
