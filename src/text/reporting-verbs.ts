// Verbs by which reports give somebody's words or thoughts. Data and look-up; English.
import { baseOf } from "./words.ts";

const REPORTING = new Set(
  (
    "say tell state add note remark declare announce comment explain report claim assert insist maintain write argue stress emphasize underline warn suggest acknowledge " +
    "admit confirm deny allege complain recall reply respond predict promise vow pledge urge believe think conclude observe concede caution contend"
  )
    .split(" ")
    .map((word) => baseOf(word)),
);
/** Whether a base form is a verb by which reports give somebody's words. */
export function isReporting(base: string): boolean {
  return REPORTING.has(base);
}
