// Stretches of time that a question speaks of ("in September", "since Monday", "last week"), resolved against a given now.
// Whole calendar days of UTC; a year that is not said is the most recent one that has begun. Pure; it does not judge what the period is for.
import { calendar, MOMENT_PATTERN, readMoment, weekOf } from "./moments.ts";
import type { Days } from "./moments.ts";

export interface Period {
  /** First and last day, `YYYY-MM-DD`, inclusive; null where that side is open. */
  since: string | null;
  until: string | null;
  /** As it stands in the text, with its preposition. */
  text: string;
  start: number;
  end: number;
  /** It is counted from now ("last week", "yesterday"): its words name no date that a text would repeat. */
  relative: boolean;
}

const DASH = String.raw`\s*(?:-|–|—)\s*`;
const FROM = String.raw`(?<lead>between|from|since|starting(?:\s+(?:in|from|on))?|after|following|before|until|till|up\s+to|prior\s+to|by|as\s+of|in|on|during|for|throughout|within|over|of|around|through)\s+`;
const PERIOD = new RegExp(
  String.raw`(?<![\p{L}\p{N}-])(?:${FROM})?(?:the\s+(?:month|year|start|beginning|end|days?)\s+of\s+)?(?<week>(?:the\s+)?week\s+(?:of|beginning|starting)\s+)?(?<first>${MOMENT_PATTERN})` +
    String.raw`(?:(?<link>\s+(?:and|to|until|till|through)\s+|${DASH})(?<second>${MOMENT_PATTERN}))?(?<onward>\s+(?:on|onwards?))?(?![\p{L}\p{N}])`,
  "giu",
);

const OPEN_START = /^(?:before|until|till|up\s+to|prior\s+to|by)$/i;
const FROM_HERE_ON = /^(?:since|starting(?:\s+(?:in|from|on))?)$/i;
const AFTERWARDS = /^(?:after|following)$/i;

/** Most texts name no time at all, and this is a hundredth of the work of the full pattern, which takes some 30 ms to compile. */
const SPEAKS_OF_TIME =
  /\d|jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|day|tonight|tomorrow|night|morning|noon|evening|hour|week|fortnight|month|quarter|year|decade|spring|summer|autumn|fall|winter/i;

/** Every period in the text, in order, without overlaps. At most the first 4,000 characters are read. */
export function findPeriods(text: string, now: Date): Period[] {
  if (!SPEAKS_OF_TIME.test(text)) return [];
  const today = calendar(now);
  const found: Period[] = [];
  for (const match of text.slice(0, 4000).matchAll(PERIOD)) {
    const { lead, week, first = "", link, second, onward } = match.groups ?? {};
    let joined = second !== undefined && joins(lead, link ?? "");
    const last = joined && second !== undefined ? readMoment(second, today, lead !== undefined || /^\d{4}$/.test(first)) : null;
    if (last === null) joined = false;
    const moment = readMoment(first, today, lead !== undefined || joined, last);
    const begin = moment === null || week === undefined ? moment : weekOf(moment);
    // "by Friday" looks ahead, and nothing has been reported of it
    if (begin === null || (begin.relative && /^by$/i.test(lead ?? ""))) continue;
    const whole = joined ? match[0] : cutBefore(match[0], link, second);
    const bounds = last === null ? single(begin, lead ?? "", onward !== undefined) : { since: begin.since, until: last.until };
    if (bounds.since !== null && bounds.until !== null && bounds.since > bounds.until) continue;
    found.push({
      ...bounds,
      text: whole.trim(),
      start: match.index,
      end: match.index + whole.trimEnd().length,
      relative: begin.relative,
    });
    // "after the talks in June and in July": the second moment may be a period of its own
    if (!joined && second !== undefined) {
      const rest = readMoment(second, today, false);
      const at = match.index + match[0].indexOf(second, whole.length);
      if (rest !== null)
        found.push({ ...closed(rest), text: second, start: at, end: at + second.length, relative: rest.relative });
    }
  }
  return found;
}

/** "between X and Y", "from X to Y", "X to Y" and "X–Y" are one period; "in X and Y" is two. */
function joins(lead: string | undefined, link: string): boolean {
  if (/and/i.test(link)) return lead !== undefined && /^(?:between|in|during)$/i.test(lead);
  return lead === undefined || !(OPEN_START.test(lead) || AFTERWARDS.test(lead));
}

function cutBefore(whole: string, link: string | undefined, second: string | undefined): string {
  return link === undefined || second === undefined ? whole : whole.slice(0, whole.lastIndexOf(link + second));
}

function closed(days: Days): { since: string; until: string } {
  return { since: days.since, until: days.until };
}

function single(days: Days, lead: string, onward: boolean): { since: string | null; until: string | null } {
  if (onward || FROM_HERE_ON.test(lead)) return { since: days.since, until: null };
  if (AFTERWARDS.test(lead)) return { since: days.next, until: null };
  if (/^(?:before|prior\s+to)$/i.test(lead)) return { since: null, until: days.before };
  if (OPEN_START.test(lead)) return { since: null, until: days.until };
  return closed(days);
}
