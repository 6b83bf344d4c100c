// What people type to narrow a search (flags, batch lines, slash-command options), checked and made a Filter. One clear Failure a mistake.
import { GENRES, type Dated, type Filter, type Genre } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { SearchMode } from "../results.ts";
import { isDated, firstDay, lastDay } from "../text/date-words.ts";

export interface FilterInput {
  since?: unknown;
  until?: unknown;
  asOf?: unknown;
  publisher?: unknown;
  genre?: unknown;
  undated?: unknown;
  k?: unknown;
  mode?: unknown;
}

export interface Narrowing extends Filter {
  k?: number;
  mode?: SearchMode;
}

const MODES: readonly SearchMode[] = ["hybrid", "vector", "text"];
const MOST_PASSAGES = 50;
/** A search only lists them. */
export const MOST_FOUND = 1_000;

/** Reads the input's known fields; absent, null and empty ones are left out. Throws Failure (exit 2) that names the field and what it takes. */
export function readFilter(input: FilterInput, most = MOST_PASSAGES): Narrowing {
  const filter: Narrowing = {};
  const since = readDate(input.since, "since");
  const until = readDate(input.until, "until");
  const asOf = readDate(input.asOf, "as-of");
  if (since !== null) filter.since = firstDay(since);
  if (until !== null) filter.until = lastDay(until);
  if (asOf !== null) filter.asOf = lastDay(asOf);
  if (filter.since !== undefined && filter.until !== undefined && filter.since > filter.until) {
    throw usage("dates_reversed", `since (${since}) is later than until (${until}).`, "Exchange the two dates.");
  }
  const publisher = readText(input.publisher);
  if (publisher !== null) filter.publisher = publisher;
  const genre = readText(input.genre);
  if (genre !== null) filter.genre = oneOf(genre, GENRES, "genre") satisfies Genre;
  if (input.undated === true || input.undated === "true") filter.undated = true;
  const k = input.k ?? null;
  if (k !== null) filter.k = readCount(k, most);
  const mode = readText(input.mode);
  if (mode !== null) filter.mode = oneOf(mode, MODES, "mode");
  return filter;
}

function readDate(value: unknown, name: string): Dated | null {
  const text = readText(value);
  if (text === null) return null;
  if (isDated(text)) return text;
  throw usage("date_invalid", `${name} is not a date: ${text}`, "Write it as 2025-10-31, 2025-10 or 2025.");
}

function readText(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" && typeof value !== "number") {
    throw usage("value_invalid", `A text is expected, got ${JSON.stringify(value)}.`, "Put the value in quotation marks.");
  }
  const text = String(value).trim();
  return text === "" ? null : text;
}

function readCount(value: unknown, most: number): number {
  const count = typeof value === "number" ? value : /^\d+$/.test(String(value)) ? Number(value) : Number.NaN;
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw usage(
    "k_invalid",
    `k must be a whole number from 1 to ${most}, got ${String(value)}.`,
    "Leave it out for the usual number.",
  );
}

/** The one of `allowed` that was typed, whatever its case; else Failure `<name>_unknown`. */
export function oneOf<T extends string>(value: string, allowed: readonly T[], name: string): T {
  const found = allowed.find((entry) => entry === value.trim().toLowerCase());
  if (found !== undefined) return found;
  throw usage(`${name}_unknown`, `${name} must be one of ${allowed.join(", ")}, got ${value}.`, "Choose one of these.");
}

function usage(code: string, message: string, hint: string): Failure {
  return new Failure(code, message, hint, { exit: 2 });
}
