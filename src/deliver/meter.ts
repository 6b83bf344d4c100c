// What the bot counts of itself, for Prometheus. Holds numbers and no text: no question, name or id of anyone gets in here.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Answer } from "../domain.ts";
import type { ModelCounts } from "../models/language-model.ts";
import type { Briefing } from "../results.ts";

export interface Vitals {
  running: number;
  waiting: number;
  connected: boolean;
}

export interface Meter {
  /** `dropped` counts the sentences that failed the check. */
  answered(answer: Answer, dropped: number): void;
  /** A command, button or mention that was dealt with; `code` says why it was refused. */
  served(name: string, outcome: "done" | "failed" | "refused", milliseconds: number, code: string | null): void;
  gateway(event: "reconnecting" | "resumed" | "error"): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** `vitals` and `models` are looked at whenever somebody reads the numbers. */
export function createMeter(vitals: () => Vitals, models: ModelCounts): Meter {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const counter = (name: string, help: string, ...labelNames: string[]): Counter =>
    new Counter({ name: `briefing_${name}`, help, labelNames, registers });
  const histogram = (name: string, help: string, label: string): Histogram =>
    new Histogram({ name: `briefing_${name}`, help, labelNames: [label], buckets: SECONDS, registers });
  const gauge = (name: string, help: string, read: (now: Vitals) => number): void => {
    // eslint-disable-next-line no-new -- it registers itself
    new Gauge({
      name: `briefing_${name}`,
      help,
      registers,
      collect() {
        this.set(read(vitals()));
      },
    });
  };
  gauge("queue_running", "Requests being worked on.", ({ running }) => running);
  gauge("queue_waiting", "Requests that wait for their turn.", ({ waiting }) => waiting);
  gauge("gateway_connected", "1 while connected to Discord.", ({ connected }) => (connected ? 1 : 0));
  const answers = counter("answers_total", "Answers by status and mode.", "status", "mode");
  const phases = histogram("answer_seconds", "Time for an answer, by phase.", "phase");
  const dropped = counter("gate_dropped_sentences_total", "Sentences that failed the check and were left out.");
  const counted = (name: string, help: string, label: string | null, read: () => Record<string, number>): void => {
    // eslint-disable-next-line no-new -- it registers itself
    new Counter({
      name: `briefing_${name}`,
      help,
      labelNames: label === null ? [] : [label],
      registers,
      collect() {
        this.reset();
        for (const [kind, count] of Object.entries(read())) this.inc(label === null ? {} : { [label]: kind }, count);
      },
    });
  };
  counted("model_cost_usd_total", "Spent on language models.", null, () => ({ all: models.usage.cost_usd }));
  counted("model_tokens_total", "Tokens of language models.", "kind", () => ({
    input: models.usage.input_tokens,
    output: models.usage.output_tokens,
  }));
  counted("model_calls_total", "Requests to language models, by what became of them.", "outcome", () => models.calls);
  counted("remembered_answers_total", "Answers that were given again without a call.", null, () => ({ all: models.remembered }));
  const requests = counter("requests_total", "Commands, buttons and mentions.", "name", "outcome");
  const durations = histogram("request_seconds", "Time from the turn to the reply.", "name");
  const refusals = counter("refusals_total", "Requests that were refused, by reason.", "code");
  const gateway = counter("gateway_events_total", "Troubles of the connection to Discord and their ends.", "event");
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    answered({ status, mode, timing_ms: timing }, failed) {
      answers.inc({ status, mode: mode === "extractive" ? mode : "model" });
      for (const [phase, milliseconds] of Object.entries(timing)) phases.observe({ phase }, milliseconds / 1000);
      dropped.inc(failed);
    },
    served(name, outcome, milliseconds, code) {
      requests.inc({ name, outcome });
      durations.observe({ name }, milliseconds / 1000);
      if (code !== null) refusals.inc({ code });
    },
    gateway: (event) => gateway.inc({ event }),
  };
}

/** The same briefing, its answers counted. */
export function meteredBriefing(briefing: Briefing, meter: Meter): Briefing {
  const counted = async (work: Promise<Answer>): Promise<Answer> => {
    const answer = await work;
    // the receipt knows what was left out; an answer counts without one too
    const receipt = await briefing.why(answer.answer_id).catch(() => null);
    meter.answered(answer, receipt?.trail.dropped?.length ?? 0);
    return answer;
  };
  return {
    ...briefing,
    ask: (question, options) => counted(briefing.ask(question, options)),
    summarize: (options) => counted(briefing.summarize(options)),
  };
}
