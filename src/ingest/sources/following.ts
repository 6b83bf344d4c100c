// Which addresses are followed, those of the corpus folder's list and those that people gave, and what became of each. Reading itself,
// and when an address is due again, is the web reader's.
import type { Clock } from "../../clock.ts";
import type { ReadOutcome } from "../../domain.ts";
import type { FollowedAddress } from "../../results.ts";
import type { Settings } from "../../settings.ts";
import { refusal, scopedSource } from "../article.ts";
import { memoryWithin, recall, storedJson, type NamedValues } from "../feeds/feed-memory.ts";
import { plainAddress } from "../html/page-facts.ts";
import type { Web } from "../web/open-web.ts";
import { corpusList, withListsRead } from "./find-inputs.ts";
import type { UrlReader } from "./read-inputs.ts";

export interface FollowingDeps {
  clock: Clock;
  /** Called when the first address is read: its parsers are heavy. */
  openWeb: () => Promise<Web>;
  openMemory: () => Promise<NamedValues>;
}

type Given = Pick<FollowedAddress, "url" | "scope">;

const GIVEN = "web:given";
const DROPPED = "web:dropped";
const MOST_KEPT = 2_000;
const LISTED = { code: "follow_listed", reason: "it stands in the corpus folder's feeds.opml: take its line out there" };
const NOT_FOLLOWED = { code: "follow_unknown", reason: "it is not followed; `documents` lists what is" };

const plain = (address: string): string => plainAddress(address, null) ?? address;

export function createFollowing(settings: Settings, { clock, openWeb, openMemory }: FollowingDeps) {
  const values: NamedValues = {
    value: async (key) => (await openMemory()).value(key),
    setValue: async (key, value) => (await openMemory()).setValue(key, value),
  };
  const list = async <T>(key: string): Promise<T[]> => {
    const stored = await storedJson(values, key);
    return Array.isArray(stored) ? (stored as T[]) : []; // damaged: it fills again
  };
  let changing: Promise<void> = Promise.resolve();
  /** One change after the other: several addresses are read at once, and each list is one value. */
  const change = <T>(key: string, work: (all: T[]) => T[] | Promise<T[]>): Promise<void> => {
    const turn = changing.then(async () => {
      const all = await list<T>(key);
      const after = (await work(all)).slice(-MOST_KEPT);
      if (after.length !== all.length || after.at(-1) !== all.at(-1)) await values.setValue(key, JSON.stringify(after));
    });
    changing = turn.catch(() => undefined);
    return turn;
  };
  const note = (entry: Given): Promise<void> =>
    change<Given>(GIVEN, (all) =>
      all.some(({ url, scope }) => url === entry.url && scope === entry.scope) ? all : [...all, entry],
    );
  const listed = async (): Promise<string[]> => {
    const found = await withListsRead(await corpusList(settings.corpusDir, (input) => ({ input, source: input })));
    return found.flatMap((entry) => (entry.kind === "url" ? [entry.input] : []));
  };
  const sourcesOf = async (url: string, scope: string | null = null): Promise<string[]> =>
    (await recall(memoryWithin(values, scope), url)).sources;

  /** Everything that is followed, listed ones first, with what became of it. */
  async function followed(scopes?: readonly string[]): Promise<FollowedAddress[]> {
    const fromList = (await listed()).map((url): Given => ({ url, scope: null }));
    const others = (await list<Given>(GIVEN)).filter(({ url, scope }) =>
      scope === null ? !fromList.some((entry) => entry.url === url) : (scopes?.includes(scope) ?? true),
    );
    const state = async ({ url, scope }: Given): Promise<FollowedAddress> => {
      const { etag: _, lastModified: _at, items: _items, sources, ...known } = await recall(memoryWithin(values, scope), url);
      return { url, scope, ...known, documents: sources.length };
    };
    return Promise.all([...fromList, ...others].map(state));
  }

  async function* readUrl(...[url, known, signal, scope, given]: Parameters<UrlReader>): AsyncGenerator<ReadOutcome> {
    const reader = (await openWeb()).reader(scope);
    const dropped = new Set(scope === null ? [] : await list<string>(DROPPED));
    let worth = false;
    for await (const outcome of reader.read(url, known, signal)) {
      worth ||= outcome.kind !== "refused";
      const source = scopedSource((outcome.kind === "article" ? outcome.article.source : outcome.source) ?? "", scope);
      if (dropped.has(source)) {
        if (!given) continue;
        await change<string>(DROPPED, (all) => all.filter((each) => each !== source));
      }
      yield outcome;
    }
    if (given && worth) await note({ url: plain(url), scope });
  }

  return {
    readUrl,
    followed,
    /** A document that somebody removed stays away until its address is given again; an address that gave nothing else is followed no more. */
    async drop(source: string, scope: string): Promise<void> {
      await change<string>(DROPPED, (all) => [...all.filter((each) => each !== source), source]);
      await change<Given>(GIVEN, async (all) => {
        const isAll = async (entry: Given): Promise<boolean> => {
          const sources = entry.scope === scope ? await sourcesOf(entry.url, scope) : [];
          return sources.length === 1 && scopedSource(sources[0] ?? "", scope) === source;
        };
        const gone = await Promise.all(all.map(isAll));
        return all.filter((_, at) => !gone[at]);
      });
    },
    /** Stops following addresses that were given to everyone. `sources` are those of documents that no address left gives. */
    async unfollow(addresses: readonly string[]): Promise<{ refused: ReadOutcome[]; sources: ReadonlySet<string> }> {
      const refused: ReadOutcome[] = [];
      const sources = new Set<string>();
      for (const input of addresses) {
        const url = plain(input.trim());
        const isIt = (entry: Given): boolean => entry.scope === null && entry.url === url;
        const known = (await list<Given>(GIVEN)).some(isIt);
        if (known) await change<Given>(GIVEN, (all) => all.filter((entry) => !isIt(entry)));
        const isListed = (await listed()).some((one) => plain(one) === url);
        if (isListed || !known) refused.push(refusal(input, isListed ? LISTED : NOT_FOLLOWED));
        else for (const source of await sourcesOf(url)) sources.add(source);
      }
      for (const { url, scope } of await followed())
        if (scope === null) for (const source of await sourcesOf(url)) sources.delete(source);
      return { refused, sources };
    },
    /** What is due now, by who may read it. */
    async due(): Promise<{ scope: string | null; urls: string[] }[]> {
      const now = clock.now().toISOString();
      const byScope = new Map<string | null, string[]>();
      for (const { url, scope, dueAt } of await followed())
        if (dueAt === null || dueAt <= now) byScope.set(scope, [...(byScope.get(scope) ?? []), url]);
      return [...byScope].map(([scope, urls]) => ({ scope, urls }));
    },
  };
}
