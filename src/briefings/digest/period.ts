// Which documents a digest is about: those of a local day, of the last hours, or since the digest before. Reads dates only; a date
// without a time is a day everywhere, a date that is missing or less than a day is the day on which the document was read.
import type { Dated, Document } from "../../domain.ts";
import type { DigestOptions } from "../../results.ts";
import { firstDay, lastDay, DAY_MS } from "../../text/date-words.ts";

export interface Period {
  /** Local day that the digest is dated with. */
  date: string;
  zone: string;
  /** Is new in this period. */
  holds(document: Document): boolean;
  /** Was told before it, at most `EARLIER_DAYS` ago. */
  precedes(document: Document): boolean;
  /** Whether a notice of this instant belongs to it. */
  noticed(notice: { at: string }): boolean;
  /** What the store is asked for: the days around, and what has no date. */
  filter: { since: Dated; until: Dated; undated: true };
}

type Told = Pick<Document, "published" | "fetched">;

/** How far back an event counts as one that goes on. */
const EARLIER_DAYS = 14;
/** A schedule tells what it learns late, but no old news. */
const LATE_MS = 3 * DAY_MS;

/** Throws RangeError for a zone that the runtime does not know. */
export function periodOf(options: DigestOptions, now: Date): Period {
  const zone = options.zone ?? "UTC";
  const dayOf = localDay(zone);
  const today = dayOf(now.getTime());
  const { from } = options;
  if (options.date === undefined && from !== undefined) return sinceLast(from, now, zone, dayOf);
  if (options.date === undefined && options.since === undefined && options.until === undefined) {
    const start = now.getTime() - DAY_MS;
    const firstOpen = dayOf(start);
    return period(today, zone, firstOpen, today, (document) => {
      const { day, instant } = whenTold(document, dayOf);
      if (instant !== null) return instant > start && instant <= now.getTime() ? 0 : instant <= start ? -1 : 1;
      return day < firstOpen ? -1 : day > today ? 1 : 0;
    });
  }
  const first = options.date ?? firstDay(options.since ?? "0001-01-01");
  const last = options.date ?? lastDay(options.until ?? today);
  return period(options.date ?? last, zone, first, last, (document) => {
    const { day } = whenTold(document, dayOf);
    return day < first ? -1 : day > last ? 1 : 0;
  });
}

/** New is what was read or published since, unless it is old news by then. */
function sinceLast(from: Date, now: Date, zone: string, dayOf: (ms: number) => string): Period {
  const [start, end] = [from.getTime(), now.getTime()];
  const oldest = dayOf(start - LATE_MS);
  return period(dayOf(end), zone, oldest, dayOf(end), (document) => {
    const { day, instant } = whenTold(document, dayOf);
    const read = Date.parse(document.fetched);
    if (day < oldest || day > dayOf(end)) return day < oldest ? -1 : 1;
    const isNew = (read > start && read <= end) || (instant !== null && instant > start && instant <= end);
    return isNew ? 0 : -1;
  });
}

function period(date: string, zone: string, first: string, last: string, place: (document: Told) => -1 | 0 | 1): Period {
  const oldest = shifted(first, -EARLIER_DAYS);
  return {
    date,
    zone,
    holds: (document) => place(document) === 0,
    noticed: ({ at }) => place({ published: null, fetched: at }) === 0,
    precedes: (document) => place(document) === -1 && (document.published ?? document.fetched).slice(0, 10) >= oldest,
    filter: { since: oldest, until: shifted(last, 1), undated: true },
  };
}

/** The local day of a document, and its instant where one is known. */
function whenTold(document: Told, dayOf: (ms: number) => string): { day: string; instant: number | null } {
  const { published, fetched } = document;
  if (published === null || published.length < 10) {
    const instant = Date.parse(fetched);
    return { day: dayOf(instant), instant };
  }
  const timed = /[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(published) ? Date.parse(published.replace(" ", "T")) : Number.NaN;
  return Number.isNaN(timed) ? { day: published.slice(0, 10), instant: null } : { day: dayOf(timed), instant: timed };
}

/** Instants to calendar days of a zone. */
function localDay(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return (ms) => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${(parts.get("year") ?? "").padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
  };
}

function shifted(day: string, days: number): string {
  const moved = Date.parse(`${day}T00:00:00Z`) + days * DAY_MS;
  return Number.isNaN(moved) || moved < -62_135_596_800_000 ? "0001-01-01" : new Date(moved).toISOString().slice(0, 10);
}
