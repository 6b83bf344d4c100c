// Addresses to documents: a page, a feed with its items, a site by the feed it names. The same outcomes as files have: an article, unchanged, or a
// refusal with its reason. Asks politely (what did not change is not sent again), remembers failures, and drops nothing for good because of them.
import type { Clock } from "../../clock.ts";
import type { Article, ReadOutcome } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Extraction } from "../../results.ts";
import { asRefusal, extracted, failureOf, refusal } from "../article.ts";
import { decodeHtml } from "../decode.ts";
import { itemFingerprint, itemIdentity } from "../feeds/feed-item.ts";
import { nextDue, recall, remember, type AddressMemory, type NamedValues } from "../feeds/feed-memory.ts";
import { readFeed, readOpml, type Feed, type FeedItem } from "../feeds/read-feed.ts";
import { type Fetched, type Fetcher, refusalOf } from "../fetch/fetcher.ts";
import { parsePage } from "../html/dom.ts";
import { feedsOf, plainAddress } from "../html/page-facts.ts";
import { looksLikeFeed, looksLikeOpml } from "../readers.ts";
import { atOnce } from "../sources/parallel.ts";
import type { KnownSources } from "../sources/read-inputs.ts";
import { extractFeed, outcomeOf, readFetched, readItem, webArticle } from "./read-item.ts";

export interface WebReaderDeps {
  fetcher: Fetcher;
  clock: Clock;
  /** Where validators, failures and items are remembered, e.g. the state store. */
  memory: NamedValues;
  /** Newest items of one feed that are read in a run; default 100. */
  maxItems?: number;
}

type Outcomes = AsyncGenerator<ReadOutcome>;
export type WebReader = ReturnType<typeof createWebReader>;

const AT_ONCE = 6;
/** Where the usual systems keep a site's feed. */
const USUAL_PLACES = ["/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss"];

export function createWebReader(deps: WebReaderDeps) {
  const { fetcher, clock, memory } = deps;

  /** A success, or the failure that is given, and what else became of an address. */
  async function note(
    url: string,
    before: AddressMemory,
    changes: Partial<AddressMemory>,
    failure?: { reason: string; retryAfter?: number | null },
  ): Promise<void> {
    const now = clock.now();
    const failures = failure === undefined ? 0 : before.failures + 1;
    await remember(memory, url, {
      ...before,
      checkedAt: now.toISOString(),
      succeededAt: failure === undefined ? now.toISOString() : before.succeededAt,
      failures,
      lastProblem: failure?.reason ?? null,
      dueAt: nextDue(url, now, failures, failure?.retryAfter ?? null),
      ...changes,
    });
  }

  async function* readAddress(input: string, known: KnownSources, depth: number, signal?: AbortSignal): Outcomes {
    const url = plainAddress(input, null) ?? input;
    const before = await recall(memory, url);
    // validators are only worth something while what they stand for is still indexed
    const whole = before.sources.length > 0 && before.sources.every((source) => known.has(source));
    const validators = whole ? { etag: before.etag, lastModified: before.lastModified } : {};
    const fetched = await fetcher.fetch(url, { signal, ...validators });
    if (fetched.kind === "unchanged") {
      await note(url, before, {});
      for (const source of before.sources) yield { kind: "unchanged", input, source };
      return;
    }
    // the document that a page became; a feed or a site that is gone says nothing of its documents
    const document = before.kind === "page" && before.sources.length === 1 ? (before.sources[0] ?? null) : null;
    if (fetched.kind === "refused") {
      await note(url, before, {}, fetched);
      yield refusal(input, fetched, document);
      return;
    }
    try {
      const { bytes, etag, lastModified } = fetched;
      if (looksLikeOpml(bytes) && depth === 0) {
        const feeds = (await readOpml(bytes)).feeds.map((feed) => feed.url);
        for (const feed of feeds) if (signal?.aborted !== true) yield* readAddress(feed, known, depth + 1, signal);
        await noteFeeds(url, before, feeds);
      } else if (looksLikeFeed(bytes)) {
        yield* readItems(url, await readFeed(bytes, fetched), { ...before, etag, lastModified }, known, signal);
      } else {
        const article = await articleAt(fetched, url);
        yield outcomeOf(known, input, article);
        await note(url, before, { etag, lastModified, kind: "page", title: article.document.title, sources: [article.source] });
      }
    } catch (error) {
      const problem = asRefusal(error);
      const feed = depth < 2 && /^(?:page_listing|input_no_text)$/.test(problem.code) ? await siteFeed(fetched, signal) : null;
      if (feed === null) {
        await note(url, before, {}, problem);
        yield refusal(input, problem, document);
        return;
      }
      yield* readAddress(feed, known, depth + 1, signal);
      await noteFeeds(url, before, [feed]);
    }
  }

  async function articleAt(fetched: Fetched, url: string): Promise<Article> {
    const result = await readFetched(fetched);
    return webArticle(result, `url:${result.url ?? url}`, clock);
  }

  async function* readItems(url: string, feed: Feed, before: AddressMemory, known: KnownSources, signal?: AbortSignal): Outcomes {
    const items: AddressMemory["items"] = { ...before.items };
    const sources = new Set<string>();
    let complete = true;
    async function* read(item: FeedItem): Outcomes {
      const input = item.url ?? `${url}#${item.guid ?? itemIdentity(item)}`;
      try {
        const { outcome, source, settled } = await readItem(input, item, feed, { fetcher, clock, items, known, signal });
        complete &&= settled;
        if (source !== null) {
          sources.add(source);
          const entry = { source, fingerprint: settled ? itemFingerprint(item) : null };
          items[itemIdentity(item)] = entry;
          // the guid finds an item again whose address was edited
          if (item.guid !== null) items[`guid:${item.guid}`] = entry;
        }
        yield outcome;
      } catch (error) {
        complete = false;
        yield refusal(input, asRefusal(error));
      }
    }
    const newest = feed.items.slice(0, deps.maxItems ?? 100);
    yield* atOnce(
      newest.map((item) => () => read(item)),
      AT_ONCE,
      signal,
    );
    const validators = complete && signal?.aborted !== true ? {} : { etag: null, lastModified: null };
    await note(url, before, { ...validators, kind: "feed", title: feed.title, sources: [...sources], items });
  }

  async function siteFeed(fetched: Fetched, signal: AbortSignal | undefined): Promise<string | null> {
    const [named] = feedsOf(await parsePage(await decodeHtml(fetched.bytes, fetched.contentType)), fetched.url);
    if (named !== undefined) return named;
    for (const candidate of USUAL_PLACES.map((place) => new URL(place, fetched.url).href)) {
      const found = await fetcher.fetch(candidate, { signal });
      if (found.kind === "fetched" && looksLikeFeed(found.bytes)) return candidate;
    }
    return null;
  }

  /** What is remembered of an address: last success, failures in a row and why, next time. */
  const state = (url: string): Promise<AddressMemory> => recall(memory, plainAddress(url, null) ?? url);

  /** A site or a list: its documents and troubles are those of its feeds; the page itself is looked at again in its turn. */
  async function noteFeeds(url: string, before: AddressMemory, feeds: readonly string[]): Promise<void> {
    const states = await Promise.all(feeds.map(state));
    const only = states.length === 1 ? states[0] : undefined;
    await note(url, before, {
      kind: "feed",
      title: only?.title ?? null,
      etag: null,
      lastModified: null,
      failures: only?.failures ?? 0,
      lastProblem: states.find(({ lastProblem }) => lastProblem !== null)?.lastProblem ?? null,
      sources: [...new Set(states.flatMap(({ sources }) => sources))],
    });
  }

  /** What an address gives as it stands; nothing is stored and nothing remembered. Failure with the reason where it is refused. */
  async function extract(address: string, signal?: AbortSignal): Promise<Extraction> {
    try {
      const fetched = await fetcher.fetch(address, { signal });
      if (fetched.kind !== "fetched") throw new Failure(refusalOf(fetched).code, refusalOf(fetched).reason, "");
      return (await extractFeed(fetched.bytes, fetched, clock)) ?? extracted(await articleAt(fetched, fetched.url));
    } catch (error) {
      throw failureOf(address, asRefusal(error), "Name another address; an intranet's hosts go into FETCH_ALLOW.");
    }
  }

  /** One address, many outcomes. Never throws for what the web does. */
  const read = (url: string, known: KnownSources, signal?: AbortSignal): Outcomes => readAddress(url, known, 0, signal);
  return { read, state, extract };
}
