// A local server that plays the web in tests: pages, feeds and robots.txt by path, and every way in which real servers misbehave.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface WebServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  origin: string;
  /** `host:port` for the fetcher's allow-list. */
  host: string;
  /** What the path answers from now on. A text is a page with status 200. */
  serve(path: string, answer: Answer | string, contentType?: string): void;
  /** Paths asked so far, in order, with their headers. */
  requests: { path: string; headers: IncomingMessage["headers"] }[];
  close(): Promise<void>;
}

export async function startWebServer(): Promise<WebServer> {
  const routes = new Map<string, Answer>();
  const requests: WebServer["requests"] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    requests.push({ path, headers: request.headers });
    const answer = routes.get(path) ?? routes.get(path.replace(/\?.*$/, ""));
    if (answer === undefined) send(404, "not here")(request, response);
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    serve(path, answer, contentType = "text/html; charset=utf-8") {
      routes.set(path, typeof answer === "string" ? send(200, answer, { "content-type": contentType }) : answer);
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

export const send =
  (status: number, body: string | Uint8Array, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, { "content-type": "text/html; charset=utf-8", ...headers }).end(body);
  };

export const redirect = (location: string, status = 302): Answer => send(status, "", { location });

/** Answers 304 to a request that names the current validator. */
export const withEtag =
  (etag: string, body: string, contentType = "text/html"): Answer =>
  (request, response) => {
    if (request.headers["if-none-match"] === etag) response.writeHead(304, { etag }).end();
    else response.writeHead(200, { etag, "content-type": contentType }).end(body);
  };

/** Another answer with each request; the last one stays. */
export function inTurn(...answers: Answer[]): Answer {
  let next = 0;
  return (request, response) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    answer?.(request, response);
  };
}

export const never: Answer = () => undefined;

/** Sends the beginning and then nothing more. */
export const stalling =
  (body: string): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.write(body);
  };

/** Promises more bytes than it sends. */
export const cutOff =
  (body: string, promised: number): Answer =>
  (_request, response) => {
    response.writeHead(200, { "content-type": "text/html", "content-length": String(promised) });
    response.write(body);
    setTimeout(() => response.destroy(), 20);
  };

export const hangUp: Answer = (request) => {
  request.socket.destroy();
};

/** A small packed body that unpacks to `megabytes`. */
export const bomb = (megabytes: number, coding: "gzip" | "br" = "gzip"): Answer => {
  const plain = Buffer.alloc(megabytes * 1_000_000, 32);
  return send(200, coding === "gzip" ? gzipSync(plain) : brotliCompressSync(plain), { "content-encoding": coding });
};

/** Sends bytes for ever, slowly enough not to fill memory. */
export const endless: Answer = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html" });
  const chunk = Buffer.alloc(200_000, 120);
  const timer = setInterval(() => response.write(chunk), 1);
  response.on("close", () => {
    clearInterval(timer);
  });
};

/** A plain article page of our own making, long enough to be read. */
export const articlePage = (title: string, paragraphs: readonly string[], head = ""): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join("")}</article><footer>Imprint</footer></body></html>`;

export const PARAGRAPHS = [
  "The harbour office of Norvik said on Tuesday that the northern pier will stay closed until the inspection of its foundations is complete, which may take until the end of the month.",
  "Ferries to the outer islands use the southern quay in the meantime, and the timetable changes by about twenty minutes on each of the four lines that serve the islands.",
  "Fishermen had asked for the inspection after two of the wooden piles broke during a storm in the spring, the head of the office told reporters in the town hall.",
];
