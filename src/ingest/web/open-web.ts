// The web as the program reads it: one reader for the operator's own sources and one for each scope, whose memories are kept apart. What a
// server adds must be public: the operator's intranet (FETCH_ALLOW) is not open to whoever manages a server.
import type { Clock } from "../../clock.ts";
import type { ReadOutcome } from "../../domain.ts";
import { asRefusal, fingerprintOf, knownWithin, refusal, toArticle, withinScope } from "../article.ts";
import { memoryWithin, type NamedValues } from "../feeds/feed-memory.ts";
import { createFetcher, refusalOf, userAgent } from "../fetch/fetcher.ts";
import { readDocument } from "../readers.ts";
import type { KnownSources } from "../sources/read-inputs.ts";
import { createWebReader, type WebReader } from "./read-address.ts";

export interface WebDeps {
  clock: Clock;
  memory: NamedValues;
  /** See FetcherDeps; holds for what has no scope only. */
  allow: readonly string[];
  contact: string | null;
  /** `host:port` from which uploaded files may be fetched, and from nowhere else. */
  uploadHosts: readonly string[];
}

type UploadedFile = { name: string; address: string };

export type Web = ReturnType<typeof createWeb>;

/** Newest items that a server's feed may bring at once. */
const SCOPED_ITEMS = 30;
const UPLOAD_BYTES = 16_000_000;

export function createWeb({ clock, memory, allow, contact, uploadHosts }: WebDeps) {
  const agent = { userAgent: userAgent(contact), clock };
  const own = createFetcher({ ...agent, allow });
  const open = createFetcher({ ...agent, allow: [] });
  const files = createFetcher({ ...agent, allow: uploadHosts, limits: { maxBytes: UPLOAD_BYTES, redirects: 0 } });
  const readers = new Map<string | null, WebReader>([[null, createWebReader({ fetcher: own, clock, memory })]]);

  async function read({ name, address }: UploadedFile, known: KnownSources, signal?: AbortSignal): Promise<ReadOutcome> {
    const source = `upload:${name}`;
    const host = URL.canParse(address) ? hostAndPort(address) : "";
    if (!uploadHosts.includes(host))
      return refusal(name, { code: "upload_elsewhere", reason: "uploaded files are read from the chat service only" });
    const fetched = await files.fetch(address, { signal, accept: "*/*" });
    if (fetched.kind !== "fetched") return refusal(name, refusalOf(fetched));
    const fingerprint = fingerprintOf(fetched.bytes);
    if (known.get(source)?.fingerprint === fingerprint) return { kind: "unchanged", input: name, source };
    try {
      // where the service keeps the file is neither its address nor will it last
      const result = await readDocument(fetched.bytes, { path: name, url: null, contentType: fetched.contentType });
      const from = { source, fingerprint, fetched: clock.now().toISOString(), path: name };
      return { kind: "article", input: name, article: toArticle(result, from) };
    } catch (error) {
      return refusal(name, asRefusal(error));
    }
  }

  return {
    reader(scope: string | null): WebReader {
      const reader =
        readers.get(scope) ??
        createWebReader({ fetcher: open, clock, memory: memoryWithin(memory, scope), maxItems: SCOPED_ITEMS });
      readers.set(scope, reader);
      return reader;
    },
    /** Reads an uploaded file; a later one of the same name and scope takes its place. Refusals are outcomes. */
    upload: async (file: UploadedFile, scope: string, known: KnownSources, signal?: AbortSignal): Promise<ReadOutcome> =>
      withinScope(await read(file, knownWithin(known, scope), signal), scope),
    async close(): Promise<void> {
      await Promise.all([own, open, files].map((fetcher) => fetcher.close()));
    },
  };
}

function hostAndPort(address: string): string {
  const { hostname, port, protocol } = new URL(address);
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}

/** Where files come from that people attach in Discord. */
const DISCORD_FILES = ["cdn.discordapp.com:443"];

/** `host:port` each; a server of one's own under DISCORD_API_URL keeps its files itself. */
export const uploadHosts = ({ discordApiUrl }: { discordApiUrl: string }): string[] =>
  new URL(discordApiUrl).hostname === "discord.com" ? DISCORD_FILES : [...DISCORD_FILES, hostAndPort(discordApiUrl)];
