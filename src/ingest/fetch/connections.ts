// The sockets of the fetcher: one set for public hosts, whose addresses are checked as each connection is made, and one for allowed hosts.
import type { LookupFunction } from "node:net";
import type { Dispatcher, request as sendRequest } from "undici";
import type { AddressGuard } from "./address-guard.ts";

export interface Connections {
  request(url: URL, headers: Record<string, string>, signal: AbortSignal | undefined): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT = 10_000;

/** undici is loaded with the first request. */
export function createConnections(guard: AddressGuard, limits: { timeoutMs: number }): Connections {
  let ready: Promise<{ open: Dispatcher; strict: Dispatcher; request: typeof sendRequest }> | null = null;
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
  const open = async (): Promise<{ open: Dispatcher; strict: Dispatcher; request: typeof sendRequest }> => {
    const { Agent, request } = await import("undici");
    const common = {
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
      connections: 2,
      maxHeaderSize: 32_768,
      keepAliveTimeout: 4_000,
    };
    return {
      request,
      open: new Agent({ ...common, connect: { timeout: CONNECT_TIMEOUT } }),
      strict: new Agent({ ...common, connect: { timeout: CONNECT_TIMEOUT, lookup: checked } }),
    };
  };
  return {
    async request(url, headers, signal) {
      ready ??= open();
      const { request, open: allowed, strict } = await ready;
      return request(url, {
        method: "GET",
        headers,
        dispatcher: guard.isAllowed(url) ? allowed : strict,
        ...(signal === undefined ? {} : { signal }),
      });
    },
    async close() {
      if (ready === null) return;
      const { open: allowed, strict } = await ready;
      await Promise.all([allowed.destroy(), strict.destroy()]);
    },
  };
}
