// Splits a text into parts of at most `limit` UTF-16 units without losing anything: the parts joined are the text, byte for byte. Cuts
// fall between paragraphs, lines, sentences or words, in this order; never inside what only means something whole.

/** What is never cut, as long as it fits a part: fences, code, links with their label, things in angle brackets, citations, escapes. */
const WHOLE =
  /```[^]*?```|`[^`\n]*`|\[(?:\\.|[^\]\n\\]){0,400}\]\((?:<[^>\s]*>|[^)\s]*)\)|<[^<>\s]{1,2000}>|\bhttps?:\/\/[^\s<>]+|(?:\[\d{1,3}\])+|\\[^]|\u200b?@\u200b?[\w]+/g;

const SENTENCE_END = /[.!?…]["”’)\]*_]*(?:[ \t]*(?:\[\d{1,3}\])+)*[.]?\s+$/;

/** Parts of at most `limit` units (at least 16); no part is blank unless the text is. An empty text gives no part. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = bestCut(rest, limit);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  if (rest === "") return parts;
  const last = parts.at(-1);
  // white space alone is no message: it stays with the part before, where Discord trims it
  if (rest.trim() === "" && last !== undefined) parts[parts.length - 1] = last + rest;
  else parts.push(rest);
  return parts;
}

function bestCut(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  const closed = wholeThings(text, limit);
  const free = (at: number): boolean => !closed.some(([start, end]) => at > start && at < end);
  let line = 0;
  let sentence = 0;
  let word = 0;
  let paragraph = 0;
  for (const gap of window.matchAll(/\s+/g)) {
    const at = gap.index + gap[0].length;
    if (at > limit || at === 0 || text.slice(0, at).trim() === "" || !free(at)) continue;
    // the citation stays with its sentence
    if (/^\[\d/.test(text.slice(at, at + 2))) continue;
    word = at;
    if (/\n\s*\n/.test(gap[0])) paragraph = at;
    if (gap[0].includes("\n")) line = at;
    if (SENTENCE_END.test(window.slice(Math.max(0, at - 60), at))) sentence = at;
  }
  // a paragraph break beats a sentence end only when it leaves no half-empty part
  for (const [cut, least] of [
    [paragraph, 0.5],
    [line, 0.5],
    [sentence, 0.3],
    [paragraph, 0.2],
    [line, 0.1],
    [sentence, 0],
    [word, 0],
  ] as const) {
    if (cut > limit * least) return cut;
  }
  return hardCut(text, limit, closed);
}

/** No white space to cut at: before the thing that would be cut, or else between whole characters. */
function hardCut(text: string, limit: number, closed: readonly [number, number][]): number {
  const open = closed.find(([start, end]) => limit > start && limit < end);
  if (open !== undefined && open[0] > 0) return open[0];
  let cut = 0;
  for (const { index, segment } of characters.segment(text.slice(0, limit + 64))) {
    if (index + segment.length > limit) break;
    cut = index + segment.length;
  }
  if (cut > 0) return cut;
  // one character of combining marks longer than a message: at least no half of a surrogate pair
  return /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
}

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Ranges around the limit that must stay whole and can: nothing longer than a part is protected. */
function wholeThings(text: string, limit: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const match of text.slice(0, limit * 2 + 2).matchAll(WHOLE)) {
    if (match.index > limit) break;
    if (match[0].length <= limit) ranges.push([match.index, match.index + match[0].length]);
  }
  return ranges;
}
