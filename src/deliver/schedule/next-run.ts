// When a daily digest runs: pure arithmetic on the calendar of a zone. It knows no clock, waits for nothing and stores nothing.
import type { Temporal } from "temporal-polyfill";
import { misuse } from "../../failure.ts";
import { mustBeZone } from "./zones.ts";

/** Monday first, as ISO 8601 counts. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface Schedule {
  /** Runs are later than this instant, never at it: a run that has just happened is not the next one. */
  from: Date;
  at: string;
  zone: string;
  /** Local days of the week; every day when absent or empty. */
  days?: readonly Weekday[] | undefined;
  count: number;
}

export interface Run {
  instant: Date;
  /** The same instant as the zone shows it: `2025-03-30T03:00:00+02:00`. */
  local: string;
}

export const MOST_RUNS = 1_000;

/**
 * The next runs, in order: one for each local date. A time that the clock skips on a date runs at the first instant after the gap; one that it
 * repeats runs at its first occurrence; a date that the zone left out altogether has no run.
 * Throws Failure `time_invalid`, `zone_unknown`, `date_invalid` or `count_invalid` (exit 2).
 */
export async function nextRuns({ from, at, zone, days, count }: Schedule): Promise<Run[]> {
  const wall = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
  if (wall === null) {
    const hint = "Write hours and minutes with two digits each, from 00:00 to 23:59, e.g. 08:00.";
    throw misuse("time_invalid", `This is not a time of day: ${at.slice(0, 40) || "(empty)"}`, hint);
  }
  mustBeZone(zone);
  if (Number.isNaN(from.getTime()))
    throw misuse("date_invalid", "The time to count from is not a date.", "Write it like 2025-10-31T09:00:00Z.");
  if (!Number.isInteger(count) || count < 1 || count > MOST_RUNS)
    throw misuse("count_invalid", `${count} runs cannot be listed.`, `Ask for 1 to ${MOST_RUNS} runs.`);
  const { Temporal } = await import("temporal-polyfill");

  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
  const runs: Run[] = [];
  // the day before as well: its run may lie behind midnight, where a gap swallowed the end of that day
  for (let date = start.toPlainDate().subtract({ days: 1 }); runs.length < count; date = date.add({ days: 1 })) {
    if (days !== undefined && days.length > 0 && !days.includes(weekdayOf(date))) continue;
    const run = runOn(date, { hour: Number(wall[1]), minute: Number(wall[2]) }, zone);
    if (run === null || run.epochMilliseconds <= from.getTime()) continue;
    runs.push({
      instant: new Date(run.epochMilliseconds),
      local: run.toString({ timeZoneName: "never", smallestUnit: "second" }),
    });
  }
  return runs;
}

function weekdayOf(date: Temporal.PlainDate): Weekday {
  return WEEKDAYS[date.dayOfWeek - 1] ?? "mon";
}

function runOn(date: Temporal.PlainDate, time: { hour: number; minute: number }, zone: string): Temporal.ZonedDateTime | null {
  if (!date.toZonedDateTime(zone).toPlainDate().equals(date)) return null;
  const wanted = date.toPlainDateTime(time);
  // `compatible`: the first of two, or as far behind a gap as the time lies in it
  const run = wanted.toZonedDateTime(zone, { disambiguation: "compatible" });
  if (run.toPlainDateTime().equals(wanted)) return run;
  // one nanosecond on, as the end of the gap itself counts
  return run.add({ nanoseconds: 1 }).getTimeZoneTransition("previous") ?? run;
}
