// What people type to narrow a search or to ask for a digest (flags, batch lines, slash-command options), checked. One clear Failure a mistake.
import { GENRES, type Dated, type Filter, type Genre } from "../domain.ts";
import { misuse } from "../failure.ts";
import type { DigestOptions, SearchMode } from "../results.ts";
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

export interface DigestInput extends FilterInput {
  date?: unknown;
  zone?: unknown;
  topic?: unknown;
}

export interface Narrowing extends Filter {
  k?: number;
  mode?: SearchMode;
}

const MODES: readonly SearchMode[] = ["hybrid", "vector", "text"];
const MOST_PASSAGES = 50;
/** A search only lists them. */
export const MOST_FOUND = 1_000;
/** Characters of a topic. */
export const TOPIC_LIMIT = 200;

/** Reads the input's known fields; absent, null and empty ones are left out. Throws Failure (exit 2) that names the field and what it takes. */
export function readFilter(input: FilterInput, most = MOST_PASSAGES): Narrowing {
  const filter: Narrowing = {};
  const since = readDate(input.since, "since");
  const until = readDate(input.until, "until");
  const asOf = readDate(input.asOf, "as-of");
  if (since !== null) filter.since = firstDay(since);
  if (until !== null) filter.until = lastDay(until);
  if (asOf !== null) filter.asOf = lastDay(asOf);
  if (filter.since !== undefined && filter.until !== undefined && filter.since > filter.until)
    throw misuse("dates_reversed", `since (${since}) is later than until (${until}).`, "Exchange the two dates.");
  const publisher = readText(input.publisher);
  if (publisher !== null) filter.publisher = publisher;
  const genre = readText(input.genre);
  if (genre !== null) filter.genre = oneOf(genre, GENRES, "genre") satisfies Genre;
  if (input.undated === true || input.undated === "true") filter.undated = true;
  const k = input.k ?? null;
  if (k !== null) filter.k = readCount(k, "k", most);
  const mode = readText(input.mode);
  if (mode !== null) filter.mode = oneOf(mode, MODES, "mode");
  return filter;
}

/** Throws Failure `date_invalid`, `zone_unknown`, `topic_long` or those of a filter (exit 2). */
export function readDigestInput(input: DigestInput): DigestOptions {
  const { k: _k, mode: _mode, ...options } = readFilter(input);
  const date = readDate(input.date, "date", 10);
  const zone = readText(input.zone);
  const topic = checkedTopic(readText(input.topic) ?? "");
  if (zone !== null) mustBeZone(zone);
  return {
    ...options,
    ...(date === null ? {} : { date }),
    ...(zone === null ? {} : { zone }),
    ...(topic === "" ? {} : { topic }),
  };
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
  const text = String(value).trim();
  return text === "" ? null : text;
}
