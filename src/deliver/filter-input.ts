// What people type to narrow a search or to ask for a digest (flags, batch lines, slash-command options), checked. One clear Failure a mistake.
import { GENRES, type Dated } from "../domain.ts";
import { misuse } from "../failure.ts";
import type { DigestOptions, SearchMode, SearchOptions } from "../results.ts";
import { isDated, firstDay, lastDay } from "../text/date-words.ts";
import { mustBeZone } from "./schedule/zones.ts";

/** What narrows a search, as flags of the command line with what they are for. */
export const FILTER_FLAGS = {
  k: ["-k <number>", "passages to read"],
  mode: ["--mode <mode>", "hybrid, vector or text"],
  since: ["--since <date>", "published on this day or later"],
  until: ["--until <date>", "published on this day or earlier"],
  asOf: ["--as-of <date>", "read nothing that was published later"],
  publisher: ["--publisher <name>", "only this publisher"],
  genre: ["--genre <genre>", "report, analysis, opinion, interview or statement"],
  undated: ["--undated", "keep undated documents under --since, --until and --as-of"],
} as const;
export type FilterField = keyof typeof FILTER_FLAGS;
export type FilterInput = Partial<Record<FilterField, unknown>>;
export type DigestInput = FilterInput & Partial<Record<"date" | "zone" | "topic", unknown>>;

const MODES: readonly SearchMode[] = ["hybrid", "vector", "text"];
const MOST_PASSAGES = 50;
export const MOST_FOUND = 1_000;
export const TOPIC_LIMIT = 200;

/** Reads the input's known fields; absent, null and empty ones are left out. Throws Failure (exit 2) that names the field and what it takes. */
export function readFilter(input: FilterInput, most = MOST_PASSAGES): SearchOptions {
  const since = readDate(input.since, "since");
  const until = readDate(input.until, "until");
  const asOf = readDate(input.asOf, "as-of");
  const [first, last] = [read(since, firstDay), read(until, lastDay)];
  if (first !== null && last !== null && first > last)
    throw misuse("dates_reversed", `since (${since}) is later than until (${until}).`, "Exchange the two dates.");
  const { k = null } = input;
  return given({
    since: first,
    until: last,
    asOf: read(asOf, lastDay),
    publisher: readText(input.publisher),
    genre: read(readText(input.genre), (genre) => oneOf(genre, GENRES, "genre")),
    undated: input.undated === true || input.undated === "true" ? true : null,
    k: k === null ? null : readCount(k, "k", most),
    mode: read(readText(input.mode), (mode) => oneOf(mode, MODES, "mode")),
  });
}

const read = <T>(text: string | null, as: (text: string) => T): T | null => (text === null ? null : as(text));

/** Throws Failure `date_invalid`, `zone_unknown`, `topic_long` or those of a filter (exit 2). */
export function readDigestInput(input: DigestInput): DigestOptions {
  const { k: _k, mode: _mode, ...filter } = readFilter(input);
  const zone = readText(input.zone);
  if (zone !== null) mustBeZone(zone);
  const topic = checkedTopic(readText(input.topic) ?? "") || null;
  return { ...filter, ...given({ date: readDate(input.date, "date", 10), zone, topic }) };
}

function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as ReturnType<typeof given<T>>;
}

/** The topic itself. Throws Failure `topic_long`. */
export function checkedTopic(topic: string): string {
  if (topic.length <= TOPIC_LIMIT) return topic;
  const has = `A topic has at most ${TOPIC_LIMIT} characters; this one has ${topic.length}.`;
  throw misuse("topic_long", has, "Name it in a few words, e.g. harbour strike.");
}

/** The one of `allowed` that was typed, whatever its case; else Failure `<name>_unknown`. */
export function oneOf<T extends string>(value: string, allowed: readonly T[], name: string): T {
  const found = allowed.find((entry) => entry === value.trim().toLowerCase());
  if (found !== undefined) return found;
  throw misuse(`${name}_unknown`, `${name} must be one of ${allowed.join(", ")}, got ${value}.`, "Choose one of these.");
}

/** A whole number from 1 to `most`; else Failure `<name>_invalid`. */
export function readCount(value: unknown, name: string, most: number): number {
  const count = typeof value === "number" ? value : /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  const expected = `${name} must be a whole number from 1 to ${most}, got ${String(value)}.`;
  throw misuse(`${name}_invalid`, expected, "Leave it out for the usual number.");
}

/** `length`: of a date that must be a day. */
function readDate(value: unknown, name: string, length?: number): Dated | null {
  const text = readText(value);
  if (text === null || (isDated(text) && text.length === (length ?? text.length))) return text;
  const shapes = length === undefined ? "2025-10-31, 2025-10 or 2025" : "2025-10-31";
  throw misuse("date_invalid", `${name} is not a date: ${text.slice(0, 40)}`, `Write it as ${shapes}.`);
}

function readText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" && typeof value !== "number")
    throw misuse("value_invalid", `A text is expected, got ${JSON.stringify(value)}.`, "Put the value in quotation marks.");
  return String(value).trim() || null;
}
