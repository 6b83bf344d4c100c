// An event that a sentence only mentions to place another: "since the Taliban takeover in August 2021, …", "after the 2021 takeover".
// Its date is not that of the sentence. Finds the words that name it; they are whole and verbatim.
import type { Span } from "../../domain.ts";
import type { EventTime } from "../../text/event-times.ts";
import { findNames } from "../../text/names.ts";
import { wordsOf } from "../../text/words.ts";

const INTRODUCED =
  /\b(?:since|when|after|before|following|until|prior to|in the wake of|in the aftermath of|ahead of|despite|such as|like|unlike)\s+(?=(?:the|a|an|its|their|his|her)\s)/gi;
const DETERMINED = /\b(?:the|a|an|its|their|his|her)\s+$/i;
/** Where the words that name it end. */
const CLOSES =
  /[,.;:()“”"—–]|\s(?:and|or|but|which|who|that|where|when|while|as|to|has|have|had|is|are|was|were|will|would|could|may|can|did|does|shows?|proves?|means?|demonstrates?|suggests?|makes?|made|led|brought|\p{Ll}+(?:ed|ing))\s/u;
const MOST_WORDS = 12;
const LEAST_WORDS = 3;

/** Null where the time is that of what the sentence itself tells, or where the words would not be understood alone. */
export function mentionedEvent(text: string, time: EventTime): Span | null {
  const span = named(text, time);
  if (span === null) return null;
  const phrase = text.slice(span.start, span.end);
  const count = wordsOf(phrase).length;
  return count >= LEAST_WORDS && count <= MOST_WORDS && findNames(phrase).length > 0 ? span : null;
}

function named(text: string, time: EventTime): Span | null {
  const before = text.slice(0, time.start);
  // "the 2021 takeover": the time stands between article and noun
  const article = DETERMINED.exec(before);
  const next = text.slice(time.end);
  if (article !== null && /^\s+\p{L}/u.test(next)) {
    const close = CLOSES.exec(next);
    return { start: article.index, end: time.end + (close === null ? next.length : close.index) };
  }
  // "since the takeover of Kabul in 2021"
  const introduced = [...before.matchAll(INTRODUCED)].at(-1);
  if (introduced === undefined) return null;
  const start = introduced.index + introduced[0].length;
  return /[,.;:()“”"—–]/.test(text.slice(start, time.start)) ? null : { start, end: time.end };
}
