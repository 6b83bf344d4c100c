// Where sentences begin and end. Works paragraph by paragraph: Intl.Segmenter over one long string is quadratic in memory.
import type { Span } from "../domain.ts";
import { MONTH_NAMES, monthNumber } from "./date-words.ts";
import { fold, isStopWord } from "./words.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Longer paragraphs are cut at white space before they are segmented, so that a 1 MB line cannot exhaust the memory. */
const LONGEST_RUN = 20_000;

const endsWith = (words: string, flags = ""): RegExp => new RegExp(String.raw`(?:^|[\s("“‘[])(?:${words})\.["”’)\]]*\s*$`, flags);

/** Something always follows these. */
const LEADS_ON = endsWith(
  "Mr|Mrs|Ms|Dr|Prof|Asst|Assoc|Rev|Hon|Pres|Gov|Sen|Sens|Rep|Reps|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Adm|Brig|Supt|Det|Insp|Amb|Atty|Messrs|Rt|St|Mt|Ft|vs?|approx|est|cf|e\\.g|i\\.e|bzw|ca|Mio|Mrd|Sra|Srta|Mme|Mlle",
);
/** A number follows these; otherwise "No." is an answer. */
const NUMBERED = endsWith("Nos?|Art|[Vv]ol|Fig|pp?|Nr|Abs|pág");
/** These end a sentence or stand within one: initials and short names ("J. P. Marsh", "U.S."), months, forms of companies. */
const MAY_END = endsWith(
  String.raw`Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Inc|Ltd|Co|Corp|Bros|Univ|Inst|Dept|Assn|Natl|Intl|Govt|Jr|Sr|etc|al|a\.m|p\.m|\p{Lu}(?:\.\p{Lu})*`,
  "u",
);
/** "Will", "May" and the like are names as well. */
const NAMES_TOO = /^(?:will|may|can|must)$/;

const ORDINAL = /(?:^|[\s(])(?:(\p{L}+)\s+)?\d{1,2}\.\s*$/u;

/** "am 13. Mai", "der 2. Weltkrieg": a number with a full stop that is an ordinal, as German and its neighbours write it. */
function isOrdinal(before: string, after: string): boolean {
  const match = ORDINAL.exec(before);
  if (match === null) return false;
  const lead = match[1]?.toLowerCase() ?? "";
  if (/^(?:der|dem|den|des|vom|zum|zur|beim|den|det|dne)$/.test(lead)) return true;
  const next = /^\p{L}+/u.exec(after)?.[0] ?? "";
  return monthNumber(next) !== null && (!MONTH_NAMES.includes(next.toLowerCase()) || /^(?:am|ab|bis|seit)$/.test(lead));
}

const PLACES = String.raw`\p{Lu}[\p{L}.'’-]*(?:(?:\s|,\s?|/)\p{Lu}[\p{L}.'’-]*){0,5}`;
const DAY = String.raw`,\s(?:\d{1,2}\s\p{Lu}\p{L}{2,8}\.?|\p{Lu}\p{L}{2,8}\.?\s\d{1,2})(?:,?\s\d{4})?`;
const DATELINE = new RegExp(
  String.raw`^(?:${PLACES}(?:${DAY}(?:\s?\([\p{L} /-]{2,30}\))?|\s?\([\p{L} /-]{2,30}\))|\p{Lu}{3,}(?:[\s/-]\p{Lu}{2,}){0,3}(?:,\s\p{Lu}[\p{L}.]+){0,2})\s?(?:[—–]|--?(?=\s))\s?(?=["“‘']?[\p{Lu}\p{N}])`,
  "u",
);

/** "OSLO, 4 Nov 2025 (AP) — " at the head of a paragraph, with the dash; empty where it begins otherwise. */
export const datelineOf = (paragraph: string): string => DATELINE.exec(paragraph.slice(0, 160))?.[0] ?? "";

/** Told by a name's own full stop: "Volkswagen's ID. Polo" has no verb before it, or the text writes the two together more than once. */
function isNameWithStop(text: string, { start, end }: Span, after: string): boolean {
  const before = text.slice(start, end).trimEnd();
  const [stop = "", next = ""] = [
    /(?<![\p{L}\p{N}.])\p{Lu}{2,4}\.$/u.exec(before)?.[0],
    /^\p{Lu}[\p{L}\p{N}]*/u.exec(after)?.[0],
  ];
  if (stop === "" || next === "" || isStopWord(fold(next))) return false;
  if (before.split(/\s+/).length <= 3 && !FINITE.test(before)) return true;
  const pair = `${stop} ${next}`;
  return text.slice(Math.max(0, end - NEAR), end - 2).includes(pair) || text.slice(end, end + NEAR).includes(pair);
}
const NEAR = 4_000;

export const FINITE =
  /(?:^|[^\p{L}])(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|did|says?|said|rose|fell|won|lost|took|made|came|went|began|broke|met|held|cut|put|set|led|left|gave|became|found|built|bought|sold|paid|kept|ran|told|grew|sank|shut|hit|cost|costs|remains?|plans?|expects?|supplies|holds|\p{Ll}{2,}ed)(?=[^\p{L}]|$)/u;

function belongsTogether(before: string, after: string): boolean {
  if (/^[\p{Ll}]/u.test(after)) return !/[!?…:]\s*$/.test(before) || /["”’]\s*$/.test(before);
  if (/^[)\]”’,;:.!?]/.test(after)) return true;
  if (isOrdinal(before, after) || LEADS_ON.test(before)) return true;
  if (NUMBERED.test(before)) return /^["“‘(]?[\p{N}]/u.test(after);
  if (!MAY_END.test(before)) return false;
  // a small word with a capital begins a sentence ("He", "The", "In"); a noun or a name goes on ("Navy", "Chairman", "Monday")
  const next = fold(/^[^\p{L}\p{N}]*([\p{L}\p{N}'’]+)/u.exec(after)?.[1] ?? "");
  return !isStopWord(next) || NAMES_TOO.test(next);
}

/**
 * Spans of the sentences in `text.slice(start, end)`, white space trimmed away; positions are those of `text`. A line break of its own paragraph always ends a
 * sentence, and a dateline is a span of its own.
 */
export function sentenceSpans(text: string, start = 0, end = text.length): Span[] {
  const spans: Span[] = [];
  for (const run of runs(text, start, end)) {
    const slice = text.slice(run.start, run.end);
    const dateline = datelineOf(slice).length;
    if (dateline > 0) spans.push({ start: run.start, end: run.start + dateline });
    let open: Span | null = null;
    for (const piece of segmenter.segment(slice.slice(dateline))) {
      const from = run.start + dateline + piece.index;
      const to = from + piece.segment.length;
      if (
        open !== null &&
        (belongsTogether(text.slice(Math.max(open.start, open.end - 24), open.end), piece.segment) ||
          isNameWithStop(text, open, piece.segment))
      ) {
        open.end = to;
        continue;
      }
      if (open !== null) spans.push(open);
      open = { start: from, end: to };
    }
    if (open !== null) spans.push(open);
  }
  return spans.map((span) => trimSpan(text, span)).filter((span) => span.end > span.start);
}

/** The span without white space at either end. */
export function trimSpan(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}

/** Paragraphs (separated by line breaks), each at most LONGEST_RUN long. */
function* runs(text: string, start: number, end: number): Generator<Span> {
  let at = start;
  while (at < end) {
    const newline = text.indexOf("\n", at);
    const lineEnd = newline === -1 || newline >= end ? end : newline + 1;
    while (lineEnd - at > LONGEST_RUN) {
      let cut = text.lastIndexOf(" ", at + LONGEST_RUN);
      if (cut <= at) cut = at + LONGEST_RUN;
      // never between the halves of a surrogate pair
      if (/[\uD800-\uDBFF]/.test(text.charAt(cut - 1))) cut -= 1;
      yield { start: at, end: cut };
      at = cut;
    }
    yield { start: at, end: lineEnd };
    at = lineEnd;
  }
}
