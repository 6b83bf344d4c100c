// A question about one day, week, quarter or half of a year: what is told of another one is no answer to it, however alike the words. Pure.
import type { Inquiry } from "../domain.ts";
import { dayNumber } from "../text/date-words.ts";
import { findEventTimes } from "../text/event-times.ts";
import { findPeriods } from "../text/periods.ts";
import type { Candidate } from "./candidates.ts";

const PART_OF_YEAR = /\bquarter\b|\bhalf\b|\b[QH][1-4]\b/i;
const WEEK = 7;

/** Without the sentences that name only other such times than the question does; those that name none stay. */
export function ofAskedTime<T extends Candidate>(
  { text, period }: Pick<Inquiry, "text" | "period">,
  candidates: T[],
  now: Date,
): T[] {
  const parts = PART_OF_YEAR.test(text) ? partsIn(text, now) : [];
  const [since, until] = [period?.since ?? null, period?.until ?? null];
  // "on Wednesday", "yesterday" count from the day of asking, which a text need not share
  const isSaid = /\d/.test(period?.text ?? "");
  const isShort = since !== null && until !== null && dayNumber(until) - dayNumber(since) < WEEK;
  const days = isSaid && isShort ? ([since, until] as const) : null;
  if (parts.length === 0 && days === null) return candidates;
  return candidates.filter(({ text: own, leans, passage }) => {
    const whole = leans === null || leans === "missing" ? own : `${leans.text} ${own}`;
    const { published } = passage.document;
    if (parts.length > 0 && PART_OF_YEAR.test(whole)) {
      const told = partsIn(whole, published === null ? now : new Date(published));
      if (told.length > 0 && !told.some((part) => parts.includes(part))) return false;
    }
    return days === null || isOfDays(whole, published, days);
  });
}

/** What was published then tells of then, whatever days it names besides. */
function isOfDays(text: string, published: string | null, [since, until]: readonly [string, string]): boolean {
  if (published !== null && published >= since && dayNumber(published.slice(0, 10)) <= dayNumber(until) + 1) return true;
  const times = findEventTimes(text, published).filter(({ precision }) => precision === "day");
  return times.length === 0 || times.some(({ date, until: last }) => (last ?? date) >= since && date <= until);
}

function partsIn(text: string, now: Date): string[] {
  return findPeriods(text, now).flatMap((period) =>
    PART_OF_YEAR.test(period.text) ? [`${period.since ?? ""}/${period.until ?? ""}`] : [],
  );
}
