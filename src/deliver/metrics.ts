// What the bot counts of itself, at /metrics (Prometheus) and /healthz, on this machine alone unless another address is named. Holds numbers
// and no text: no question, name or id of anyone gets in here.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Answer } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { ModelCounts } from "../models/language-model.ts";
import type { Briefing } from "../results.ts";

/** Looked at whenever somebody reads the numbers. */
export interface Observed {
  vitals: () => { running: number; waiting: number; connected: boolean };
  models: ModelCounts;
  /** Whether the index answers; never rejects. */
  reached: () => Promise<boolean>;
}

export type Metrics = Awaited<ReturnType<typeof startMetrics>>;

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** `place` is a port, or `host:port`; Failure `metrics_port` where it is taken. */
export async function startMetrics(place: string, { vitals, models, reached }: Observed) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `briefing_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, label: string): Histogram =>
    new Histogram({ name: `briefing_${name}`, help, labelNames: [label], buckets: SECONDS, registers });
  /** What is counted elsewhere: one number, or one for each value of a label. */
  const seen = (
    kind: typeof Counter | typeof Gauge,
    name: string,
    help: string,
    read: () => number | Record<string, number>,
    label?: string,
  ) =>
    new kind({
      name: `briefing_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers,
      collect() {
        this.reset();
        const counts = read();
        if (typeof counts === "number") this.inc({}, counts);
        else for (const [key, count] of Object.entries(counts)) this.inc({ [label ?? ""]: key }, count);
      },
    });
  seen(Gauge, "queue_running", "Requests being worked on.", () => vitals().running);
  seen(Gauge, "queue_waiting", "Requests that wait for their turn.", () => vitals().waiting);
  seen(Gauge, "gateway_connected", "1 while connected to Discord.", () => Number(vitals().connected));
  seen(Counter, "model_cost_usd_total", "Spent on language models.", () => models.usage.cost_usd);
  const tokens = () => ({ input: models.usage.input_tokens, output: models.usage.output_tokens });
  seen(Counter, "model_tokens_total", "Tokens of language models.", tokens, "kind");
  seen(Counter, "model_calls_total", "Requests to language models, by what became of them.", () => models.calls, "outcome");
  seen(Counter, "remembered_answers_total", "Answers that were given again without a call.", () => models.remembered);
  const answers = counter("answers_total", "Answers by status and mode.", "status", "mode");
  const phases = histogram("answer_seconds", "Time for an answer, by phase.", "phase");
  const dropped = counter("gate_dropped_sentences_total", "Sentences that failed the check and were left out.");
  const requests = counter("requests_total", "Commands, buttons and mentions.", "name", "outcome");
  const durations = histogram("request_seconds", "Time from the turn to the reply.", "name");
  const refusals = counter("refusals_total", "Requests that were refused, by reason.", "code");
  const gateway = counter("gateway_events_total", "Troubles of the connection to Discord and their ends.", "event");

  const page = async (path: string): Promise<[status: number, text: string, type?: string]> => {
    if (path === "/metrics") return [200, await registry.metrics(), registry.contentType];
    if (path !== "/healthz") return [404, "/metrics and /healthz are here\n"];
    const now = { ...vitals(), index: await reached() };
    return [now.connected && now.index ? 200 : 503, `${JSON.stringify(now)}\n`, "application/json"];
  };
  const server = createServer(({ method, url = "" }, response) => {
    const end = (status: number, text: string, type = "text/plain; charset=utf-8"): void => {
      const headers = { "content-type": type, "cache-control": "no-store" };
      response.writeHead(status, headers).end(method === "HEAD" ? "" : text);
    };
    if (method !== "GET" && method !== "HEAD") return end(405, "only GET\n");
    page(url.replace(/\?.*$/, "")).then(
      (found) => end(...found),
      () => end(500, "the numbers could not be read\n"),
    );
  });
  const at = place.lastIndexOf(":");
  const host = at === -1 ? "127.0.0.1" : place.slice(0, at).replace(/^\[|\]$/g, "");
  server.listen(Number(place.slice(at + 1)), host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const hint = "Another program has it: set another port, or none.";
    throw new Failure("metrics_port", `METRICS_PORT ${place} cannot be used.`, hint, { cause });
  }

  return {
    /** The port that it listens on: the given one, or a free one for 0. */
    port: (server.address() as AddressInfo).port,
    /** The same briefing, its answers counted. */
    counted(briefing: Briefing): Briefing {
      const counting = async (work: Promise<Answer>): Promise<Answer> => {
        const answer = await work;
        const { status, mode, timing_ms: timing } = answer;
        answers.inc({ status, mode: mode === "extractive" ? mode : "model" });
        for (const [phase, milliseconds] of Object.entries(timing)) phases.observe({ phase }, milliseconds / 1000);
        // the receipt knows what was left out; an answer counts without one too
        const receipt = await briefing.why(answer.answer_id).catch(() => null);
        dropped.inc(receipt?.trail.dropped?.length ?? 0);
        return answer;
      };
      return {
        ...briefing,
        ask: (question, options) => counting(briefing.ask(question, options)),
        summarize: (options) => counting(briefing.summarize(options)),
      };
    },
    /** A command, button or mention that was dealt with; `code` says why it was refused. */
    served(name: string, outcome: "done" | "failed" | "refused", milliseconds: number, code: string | null): void {
      requests.inc({ name, outcome });
      durations.observe({ name }, milliseconds / 1000);
      if (code !== null) refusals.inc({ code });
    },
    gateway: (event: "reconnecting" | "resumed" | "error"): void => gateway.inc({ event }),
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
