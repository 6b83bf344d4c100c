// /metrics and /healthz over HTTP, on this machine alone unless another address is named. Reads only, and tells nothing but numbers.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../failure.ts";
import type { Meter, Vitals } from "./meter.ts";

export interface MetricsServer {
  /** The port that it listens on: the given one, or a free one for 0. */
  port: number;
  close(): Promise<void>;
}

/** `place` is a port, or `host:port`. Failure where it is taken. */
export async function startMetricsServer(place: string, meter: Meter, vitals: () => Vitals): Promise<MetricsServer> {
  const at = place.lastIndexOf(":");
  const host = at === -1 ? "127.0.0.1" : place.slice(0, at).replace(/^\[|\]$/g, "");
  const server = createServer((request, response) => {
    const end = (status: number, text: string, type = "text/plain; charset=utf-8"): void => {
      response
        .writeHead(status, { "content-type": type, "cache-control": "no-store" })
        .end(request.method === "HEAD" ? "" : text);
    };
    const path = request.url?.replace(/\?.*$/, "");
    if (request.method !== "GET" && request.method !== "HEAD") return end(405, "only GET\n");
    if (path === "/healthz") {
      const now = vitals();
      return end(now.connected ? 200 : 503, `${JSON.stringify(now)}\n`, "application/json");
    }
    if (path !== "/metrics") return end(404, "/metrics and /healthz are here\n");
    meter.text().then(
      (text) => end(200, text, meter.contentType),
      () => end(500, "the numbers could not be read\n"),
    );
  });
  server.listen(Number(place.slice(at + 1)), host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new Failure(
      "metrics_port",
      `METRICS_PORT ${place} cannot be used.`,
      "Another program has it: set another port, or none.",
      {
        cause,
      },
    );
  }
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}
