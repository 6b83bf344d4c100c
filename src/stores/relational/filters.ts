// What a Filter means as SQL over the documents table (alias d). The one place that decides who passes.
import type { Dated, Document, Filter } from "../../domain.ts";
import { firstDay, lastDay, DAY_MS } from "../../text/date-words.ts";
import { fold } from "../../text/words.ts";
import { TEXTS, type Value } from "./sql-database.ts";

export interface Condition {
  sql: string;
  values: Value[];
}

export function conditionOf(filter: Filter): Condition {
  const parts: string[] = [];
  const values: Value[] = [];
  const add = (sql: string, ...bound: Value[]): void => {
    parts.push(sql);
    values.push(...bound);
  };
  const scopes = filter.scopes ?? [];
  if (scopes.length === 0) add("d.scope IS NULL");
  else add(`(d.scope IS NULL OR d.scope IN ${TEXTS})`, JSON.stringify(scopes));
  if (filter.publisher !== undefined) add("d.publisher_key = ?", publisherKey(filter.publisher));
  if (filter.genre !== undefined) add("d.genre = ?", filter.genre);
  if (filter.documents !== undefined) add(`d.id IN ${TEXTS}`, JSON.stringify(filter.documents));
  if (filter.hidden !== undefined && filter.hidden.length > 0) add(`d.id NOT IN ${TEXTS}`, JSON.stringify(filter.hidden));
  if (asksForDates(filter)) {
    const dated = dateParts(filter);
    const all = `(d.day_to IS NOT NULL AND ${dated.sql})`;
    add(filter.undated === true ? `(d.day_to IS NULL OR ${all})` : all, ...dated.values);
  }
  return { sql: parts.join(" AND "), values };
}

export function asksForDates(filter: Filter): boolean {
  return filter.since !== undefined || filter.until !== undefined || filter.asOf !== undefined;
}

/** Documents are compared by calendar day; by the instant where both the filter and the document give a time with its offset. */
function dateParts({ since, until, asOf }: Filter): Condition {
  const parts: string[] = [];
  const values: Value[] = [];
  const compare = (day: string, instant: number | null, column: string, sign: string): void => {
    parts.push(`d.${column} ${sign} ?`);
    values.push(day);
    if (instant === null) return;
    parts.push(`(d.instant IS NULL OR d.instant ${sign} ?)`);
    values.push(instant);
  };
  // days of places east and west of each other differ: an instant may lie one calendar day off
  if (since !== undefined) compare(shifted(firstDay(since), instantOf(since), -1), instantOf(since), "day_to", ">=");
  if (until !== undefined) compare(shifted(lastDay(until), instantOf(until), 1), instantOf(until), "day_from", "<=");
  if (asOf !== undefined) compare(shifted(lastDay(asOf), instantOf(asOf), 0), instantOf(asOf), "day_to", "<=");
  return { sql: parts.join(" AND "), values };
}

function shifted(day: string, instant: number | null, days: number): string {
  if (instant === null || days === 0) return day;
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** What is stored of a publication date: the days it may mean, and its instant where it has a time with an offset. */
export function dateColumns(published: Dated | null): { from: string | null; to: string | null; instant: number | null } {
  if (published === null) return { from: null, to: null, instant: null };
  return { from: firstDay(published), to: lastDay(published), instant: instantOf(published) };
}

function instantOf(value: Dated): number | null {
  if (!/[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return null;
  const parsed = Date.parse(value.replace(" ", "T"));
  return Number.isNaN(parsed) ? null : parsed;
}

/** Publishers are the same whatever their case, spacing, leading "the" or web ending: "Example.Com", "the example" and "example.com". */
export function publisherKey(publisher: string): string {
  const plain = fold(publisher.trim())
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .replace(/\/.*$/, "")
    .replace(/^the\s+/, "")
    .replace(/(?:\.(?:com|co|org|net|gov|edu|ac|info|news|media|tv|io|int|press|online|site|[a-z]{2}))+$/, "");
  const letters = plain.replace(/[^\p{L}\p{N}]+/gu, "");
  return letters === "" ? plain : letters;
}

/** Publishers of the documents, each once, as the first writes it. */
export function publishersOf(documents: readonly Document[]): string[] {
  const found = new Map<string, string>();
  for (const { publisher } of documents)
    if (publisher !== null && !found.has(publisherKey(publisher))) found.set(publisherKey(publisher), publisher);
  return [...found.values()];
}
