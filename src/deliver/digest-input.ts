// What people type to ask for a digest, checked: date, zone, topic. One clear Failure a mistake.
import { Failure } from "../failure.ts";
import type { DigestOptions } from "../results.ts";
import { isDated } from "../text/date-words.ts";
import { readFilter, type FilterInput } from "./filter-input.ts";
import { mustBeZone } from "./schedule/zones.ts";

export interface DigestInput extends FilterInput {
  date?: unknown;
  zone?: unknown;
  topic?: unknown;
}

/** Characters of a topic. */
export const TOPIC_LIMIT = 200;

/** Throws Failure `date_invalid`, `zone_unknown`, `topic_long` or those of a filter (exit 2). */
export function readDigestInput(input: DigestInput): DigestOptions {
  const { k: _k, mode: _mode, ...filter } = readFilter(input);
  const options: DigestOptions = { ...filter };
  const date = textOf(input.date, "date");
  const zone = textOf(input.zone, "zone");
  const topic = textOf(input.topic, "topic");
  if (date !== null) {
    if (date.length !== 10 || !isDated(date))
      throw usage("date_invalid", `This is not a day: ${date.slice(0, 40)}`, "Write it as 2025-10-31.");
    options.date = date;
  }
  if (zone !== null) {
    mustBeZone(zone);
    options.zone = zone;
  }
  if (topic !== null) options.topic = checkedTopic(topic);
  return options;
}

/** The topic without white space around it. Throws Failure `topic_long`. */
export function checkedTopic(topic: string): string {
  if (topic.length <= TOPIC_LIMIT) return topic;
  throw usage(
    "topic_long",
    `A topic has at most ${TOPIC_LIMIT} characters; this one has ${topic.length}.`,
    "Name it in a few words, e.g. harbour strike.",
  );
}

function textOf(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value.trim() === "" ? null : value.trim();
  throw usage("value_invalid", `${name} must be a text, got ${JSON.stringify(value)}.`, "Put the value in quotation marks.");
}

function usage(code: string, message: string, hint: string): Failure {
  return new Failure(code, message, hint, { exit: 2 });
}
