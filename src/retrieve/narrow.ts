// The filter of a search: what the caller set, and the publication period that the question itself asks for, both together.
import type { Filter } from "../domain.ts";

/** The narrower of both on each side, with a note to the reader where the question narrowed the search. */
export function narrowed(
  filter: Filter,
  publishedIn: { since: string | null; until: string | null } | null,
): { filter: Filter; warnings: string[] } {
  if (publishedIn === null) return { filter, warnings: [] };
  const since = later(filter.since, publishedIn.since ?? undefined);
  const until = earlier(filter.until, publishedIn.until ?? undefined);
  const warnings =
    since === filter.since && until === filter.until ? [] : [`Only what was published ${span(since, until)} was read.`];
  return { filter: { ...filter, since, until }, warnings };
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earlier(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function span(since: string | undefined, until: string | undefined): string {
  if (since === undefined) return `until ${until}`;
  if (until === undefined) return `since ${since}`;
  return since === until ? `on ${since}` : `from ${since} to ${until}`;
}
