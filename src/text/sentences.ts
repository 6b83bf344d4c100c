// Where sentences begin and end. Works paragraph by paragraph: Intl.Segmenter over one long string is quadratic in memory.
import type { Span } from "../domain.ts";
import { monthNumber } from "./months.ts";

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** Longer paragraphs are cut at white space before they are segmented, so that a 1 MB line cannot exhaust the memory. */
const LONGEST_RUN = 20_000;

const ABBREVIATION =
  /(?:^|[\s("“‘[])(?:Mr|Mrs|Ms|Dr|Prof|Asst|Assoc|Rev|Hon|Gov|Sen|Rep|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Brig|Supt|St|Mt|Ft|No|Nos|Art|Vol|Fig|Jr|Sr|vs|etc|approx|est|al|cf|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Nr|Abs|bzw|ca|Mio|Mrd|Sra|Srta|Mme|Mlle|pág|U\.S|U\.K|U\.N|E\.U|e\.g|i\.e|a\.m|p\.m|[A-Z](?:\.[A-Z])*)\.["”’)\]]*\s*$/;

/** These abbreviations often end a sentence as well; a capital letter after them is a new sentence. */
const MAY_END = /(?:U\.S|U\.K|U\.N|E\.U|a\.m|p\.m|etc|Inc|Ltd|Co|Corp|al|Jr|Sr)\.["”’)\]]*\s*$/;

const ORDINAL = /(?:^|[\s(])(?:(\p{L}+)\s+)?\d{1,2}\.\s*$/u;
const ENGLISH_MONTH = /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/;

/** "am 13. Mai", "der 2. Weltkrieg": a number with a full stop that is an ordinal, as German and its neighbours write it. */
function isOrdinal(before: string, after: string): boolean {
  const match = ORDINAL.exec(before);
  if (match === null) return false;
  const lead = match[1]?.toLowerCase() ?? "";
  if (/^(?:der|dem|den|des|vom|zum|zur|beim|den|det|dne)$/.test(lead)) return true;
  const next = /^\p{L}+/u.exec(after)?.[0] ?? "";
  return monthNumber(next) !== null && (!ENGLISH_MONTH.test(next) || /^(?:am|ab|bis|seit)$/.test(lead));
}

function belongsTogether(before: string, after: string): boolean {
  if (/^[\p{Ll}]/u.test(after)) return !/[!?…:]\s*$/.test(before) || /["”’]\s*$/.test(before);
  if (/^[)\]”’,;:.!?]/.test(after)) return true;
  if (isOrdinal(before, after)) return true;
  if (!ABBREVIATION.test(before)) return false;
  return !MAY_END.test(before) || /^\p{N}/u.test(after);
}

/** Spans of the sentences in `text.slice(start, end)`, white space trimmed away; positions are those of `text`. A line break of its own paragraph always ends a sentence. */
export function sentenceSpans(text: string, start = 0, end = text.length): Span[] {
  const spans: Span[] = [];
  for (const run of runs(text, start, end)) {
    const slice = text.slice(run.start, run.end);
    let open: Span | null = null;
    for (const piece of segmenter.segment(slice)) {
      const from = run.start + piece.index;
      const to = from + piece.segment.length;
      if (open !== null && belongsTogether(text.slice(Math.max(open.start, open.end - 24), open.end), piece.segment)) {
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
