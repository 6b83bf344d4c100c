// The REST side: every request is recorded, may be made to fail, is checked as Discord checks it, and changes the world.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { bodyProblems, type BodyKind } from "./body-check.ts";
import { fileProblems } from "./uploads.ts";
import type { Json } from "./world.ts";

/** Uploaded beside a body. */
export interface SentFile {
  /** Of the form's field: `files[0]`. */
  field: string;
  name: string;
  type: string;
  bytes: Buffer;
}

export interface RecordedRequest {
  method: string;
  /** Without `/api/v10`. */
  path: string;
  query: URLSearchParams;
  body: Json | null;
  headers: Record<string, string | string[] | undefined>;
  at: number;
  status: number;
  files: SentFile[];
}

export interface Fault {
  method?: string;
  path: RegExp;
  kind: "rate-limit" | "error" | "drop-before" | "drop-after" | "delay" | "delay-after" | "refuse";
  times: number;
  /** rate-limit: seconds to wait; delay (before the work is done, or after it): milliseconds */
  amount?: number;
  /** refuse: HTTP status and Discord's code */
  status?: number;
  code?: number;
}

export interface Reply {
  status: number;
  body?: unknown;
}

export const refuse = (status: number, code: number, message: string): Reply => ({ status, body: { code, message } });

export type Route = (match: RegExpMatchArray, body: Json, query: URLSearchParams, files: SentFile[]) => Reply;

export interface RouteEntry {
  method: string;
  path: RegExp;
  checks?: BodyKind;
  /** Interaction and webhook tokens speak for themselves. */
  open?: boolean;
  handle: Route;
}

export interface FakeRest {
  readonly requests: RecordedRequest[];
  /** Bodies that Discord would have refused, in words. */
  readonly problems: string[];
  readonly faults: Fault[];
  /** What Discord's file host serves, by path. */
  readonly files: Map<string, Buffer>;
  handler: (request: IncomingMessage, response: ServerResponse) => void;
}

export function createFakeRest(token: string, routes: readonly RouteEntry[]): FakeRest {
  const requests: RecordedRequest[] = [];
  const problems: string[] = [];
  const faults: Fault[] = [];
  const files = new Map<string, Buffer>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://fake");
    const path = url.pathname.replace(/^\/api(\/v\d+)?/, "");
    const method = request.method ?? "GET";
    const file = files.get(url.pathname);
    if (method === "GET" && file !== undefined) return void response.end(file);
    const { body, files: sent } = await bodyOf(request);
    const record: RecordedRequest = {
      method,
      path,
      query: url.searchParams,
      body,
      headers: request.headers,
      at: Date.now(),
      status: 0,
      files: sent,
    };
    requests.push(record);
    const send = (reply: Reply, headers: Record<string, string> = {}): void => {
      record.status = reply.status;
      response.writeHead(reply.status, {
        ...(reply.body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      });
      response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
    };
    const fault = faults.find((each) => each.times > 0 && (each.method ?? method) === method && each.path.test(path));
    if (fault !== undefined) {
      fault.times -= 1;
      if (fault.kind === "delay") await sleep(fault.amount ?? 100);
      if (fault.kind === "drop-before") return void request.socket.destroy();
      if (fault.kind === "error") return send({ status: 500, body: { message: "500: Internal Server Error", code: 0 } });
      if (fault.kind === "refuse") return send(refuse(fault.status ?? 403, fault.code ?? 50013, "refused by the test"));
      if (fault.kind === "rate-limit") {
        const seconds = fault.amount ?? 0.5;
        return send(
          { status: 429, body: { message: "You are being rate limited.", retry_after: seconds, global: false } },
          {
            "retry-after": String(Math.ceil(seconds)),
            "x-ratelimit-limit": "5",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset-after": String(seconds),
            "x-ratelimit-reset": String(Date.now() / 1000 + seconds),
            "x-ratelimit-bucket": "fake",
            "x-ratelimit-scope": "user",
          },
        );
      }
    }
    const reply = answer(record, request.headers.authorization);
    if (fault?.kind === "drop-after") return void request.socket.destroy();
    if (fault?.kind === "delay-after") await sleep(fault.amount ?? 100);
    send(reply);
  }

  function answer({ method, path, body, query, files: sent }: RecordedRequest, authorization: string | undefined): Reply {
    for (const route of routes) {
      const match = route.method === method ? path.match(route.path) : null;
      if (match === null) continue;
      if (route.open !== true && authorization !== `Bot ${token}`) return refuse(401, 0, "401: Unauthorized");
      if (route.checks !== undefined) {
        const found = [...bodyProblems(route.checks, body, sent.length > 0), ...fileProblems(body, sent)];
        if (found.length > 0) {
          problems.push(...found.map((problem) => `${method} ${path}: ${problem}`));
          return refuse(400, 50035, `Invalid Form Body: ${found.join("; ")}`);
        }
      }
      return route.handle(match, body ?? {}, query, sent);
    }
    problems.push(`${method} ${path}: the fake has no such route`);
    return refuse(404, 0, "404: Not Found");
  }

  return {
    files,
    requests,
    problems,
    faults,
    handler(request, response) {
      serve(request, response).catch((cause: unknown) => {
        problems.push(`${request.method} ${request.url}: ${String(cause)}`);
        response.destroy();
      });
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<{ body: Json | null; files: SentFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data"))
    return { body: bytes.length === 0 ? null : (JSON.parse(bytes.toString("utf8")) as Json), files: [] };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: SentFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === "string") continue;
    files.push({ field, name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  const payload = form.get("payload_json");
  return { body: JSON.parse(typeof payload === "string" ? payload : "{}") as Json, files };
}
