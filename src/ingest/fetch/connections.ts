// The sockets of the fetcher: one set for public hosts, whose addresses are checked as each connection is made, and one for allowed hosts; and the
// body of one answer, unpacked within a limit: a small packed body that unpacks to a huge one is cut off as it grows.
import type { LookupFunction } from "node:net";
import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import type { Dispatcher, request as sendRequest } from "undici";
import type { AddressGuard } from "./address-guard.ts";

export interface Connections {
  request(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT = 10_000;

/** undici is loaded with the first request. */
export function createConnections(guard: AddressGuard, { timeoutMs }: { timeoutMs: number }): Connections {
  const checked: LookupFunction = (hostname, options, callback) => {
    const answer = async (): Promise<void> => {
      try {
        const found = await guard.resolvePublic(hostname);
        const wanted = found.filter(({ family }) => options.family === family);
        const list = wanted.length > 0 ? wanted : found;
        if (options.all === true) callback(null, list);
        else callback(null, list[0]?.address ?? "", list[0]?.family);
      } catch (error) {
        callback(error as NodeJS.ErrnoException, "", 4);
      }
    };
    void answer();
  };
  const open = async (): Promise<{ free: Dispatcher; strict: Dispatcher; request: typeof sendRequest }> => {
    const { Agent, request } = await import("undici");
    const limits = {
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 2,
      maxHeaderSize: 32_768,
      keepAliveTimeout: 4_000,
    };
    return {
      request,
      free: new Agent({ ...limits, connect: { timeout: CONNECT_TIMEOUT } }),
      strict: new Agent({ ...limits, connect: { timeout: CONNECT_TIMEOUT, lookup: checked } }),
    };
  };
  let ready: ReturnType<typeof open> | null = null;
  return {
    async request(url, headers, signal) {
      const { request, free, strict } = await (ready ??= open());
      return request(url, { method: "GET", headers, dispatcher: guard.isAllowed(url) ? free : strict, signal });
    },
    async close() {
      const opened = await ready;
      await Promise.all([opened?.free.destroy(), opened?.strict.destroy()]);
    },
  };
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

export class TooLarge extends Error {}

/** Unpacks and collects a body. Throws TooLarge, an error with code `fetch_encoding`, or what the stream throws. */
export async function readBody(
  body: Readable,
  encoding: string | null,
  length: string | null,
  maxBytes: number,
): Promise<Uint8Array> {
  // destroying a body that still flows makes it complain later, when nobody listens any more
  body.on("error", () => undefined);
  const coding = encoding?.trim().toLowerCase() || "identity";
  const decoder = DECODERS[coding]?.() ?? null;
  let size = Number(length ?? 0);
  const chunks: Buffer[] = [];
  try {
    if (size > maxBytes) throw new TooLarge();
    if (decoder === null && coding !== "identity")
      throw Object.assign(new Error(`content-encoding ${coding}`), { code: "fetch_encoding" });
    if (decoder !== null) body.on("error", (error) => decoder.destroy(error));
    size = 0;
    for await (const chunk of (decoder === null ? body : body.pipe(decoder)) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLarge();
      chunks.push(chunk);
    }
  } finally {
    decoder?.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks, size);
}
