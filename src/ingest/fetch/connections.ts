// The sockets of the fetcher: one set for public hosts, whose addresses are checked as each connection is made, and one for allowed hosts; and the
// body of one answer, unpacked within a limit: a small packed body that unpacks to a huge one is cut off as it grows.
import type { LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import type { Response } from "undici";
import type { AddressGuard } from "./address-guard.ts";

const CONNECT_TIMEOUT = 10_000;

/** undici is loaded with the first request. */
export function createConnections(guard: AddressGuard, { timeoutMs }: { timeoutMs: number }) {
  const answer = async (hostname: string, options: LookupOptions, callback: Parameters<LookupFunction>[2]): Promise<void> => {
    try {
      const found = await guard.resolvePublic(hostname);
      if (options.all === true) callback(null, found);
      else callback(null, found[0]?.address ?? "", found[0]?.family);
    } catch (error) {
      callback(error as NodeJS.ErrnoException, "", 4);
    }
  };
  const lookup: LookupFunction = (hostname, options, callback) => void answer(hostname, options, callback);
  const open = async () => {
    const { Agent, fetch } = await import("undici");
    const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, keepAliveTimeout: 4_000 };
    const agent = (connect: { lookup?: LookupFunction }): InstanceType<typeof Agent> =>
      new Agent({ ...timeouts, connections: 2, maxHeaderSize: 32_768, connect: { timeout: CONNECT_TIMEOUT, ...connect } });
    return { fetch, free: agent({}), strict: agent({ lookup }) };
  };
  let ready: ReturnType<typeof open> | null = null;
  return {
    async request(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
      const { fetch, free, strict } = await (ready ??= open());
      return fetch(url, { headers, dispatcher: guard.isAllowed(url) ? free : strict, signal, redirect: "manual" });
    },
    async close(): Promise<void> {
      const opened = await ready;
      await Promise.all([opened?.free.destroy(), opened?.strict.destroy()]);
    },
  };
}

export class TooLarge extends Error {}

/** Collects a body that undici unpacks. Throws TooLarge, an error with code `fetch_encoding`, or what the stream throws. */
export async function readBody({ body, headers }: Response, maxBytes: number): Promise<Uint8Array> {
  const coding = headers.get("content-encoding")?.trim() || "identity";
  const isKnown = /^(?:identity|(?:x-)?gzip|br|deflate)$/i.test(coding);
  if (!isKnown || Number(headers.get("content-length") ?? 0) > maxBytes) {
    void body?.cancel();
    throw isKnown ? new TooLarge() : Object.assign(new Error(`content-encoding ${coding}`), { code: "fetch_encoding" });
  }
  let size = 0;
  const chunks: Uint8Array[] = [];
  // leaving the loop cancels what still flows
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
