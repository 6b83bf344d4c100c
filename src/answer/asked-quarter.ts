// A question about one quarter or half of a year: what is told of another one is no answer to it, however alike the words. Pure.
import { findPeriods } from "../text/periods.ts";
import type { Candidate } from "./candidates.ts";

const PART_OF_YEAR = /\bquarter\b|\bhalf\b|\b[QH][1-4]\b/i;

/** Without the sentences that name only other parts of a year than the question does; those that name none stay. */
export function ofAskedQuarter<T extends Candidate>(question: string, candidates: T[], now: Date): T[] {
  if (!PART_OF_YEAR.test(question)) return candidates;
  const asked = partsIn(question, now);
  if (asked.length === 0) return candidates;
  return candidates.filter((candidate) => {
    const { leans, passage } = candidate;
    const whole = leans === null || leans === "missing" ? candidate.text : `${leans.text} ${candidate.text}`;
    if (!PART_OF_YEAR.test(whole)) return true;
    const told = partsIn(whole, passage.document.published === null ? now : new Date(passage.document.published));
    return told.length === 0 || told.some((part) => asked.includes(part));
  });
}

function partsIn(text: string, now: Date): string[] {
  return findPeriods(text, now).flatMap((period) =>
    PART_OF_YEAR.test(period.text) ? [`${period.since ?? ""}/${period.until ?? ""}`] : [],
  );
}
