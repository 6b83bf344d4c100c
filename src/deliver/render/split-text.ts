// Splits a text into parts of at most `limit` UTF-16 units without losing anything: the parts joined are the text, byte for byte. Cuts
// fall between paragraphs, lines, sentences or words, in this order; never inside what only means something whole.

/** What is never cut, as long as it fits a part: fences, code, links with their label, things in angle brackets, citations, escapes. */
const WHOLE =
  /```[^]*?```|`[^`\n]*`|\[(?:\\.|[^\]\n\\]){0,400}\]\((?:<[^>\s]*>|[^)\s]*)\)|<[^<>\s]{1,2000}>|\bhttps?:\/\/[^\s<>]+|(?:\[\d{1,3}\])+|\\[^]|\u200b?@\u200b?[\w]+/g;

const SENTENCE_END = /[.!?…]["”’)\]*_]*(?:[ \t]*(?:\[\d{1,3}\])+)*[.]?\s+$/;

/** A paragraph break beats a sentence end only when it leaves no half-empty part: how full a part is at least, of each kind in turn. */
const PREFERRED = [
  ["paragraph", 0.5],
  ["line", 0.5],
  ["sentence", 0.3],
  ["paragraph", 0.2],
  ["line", 0.1],
  ["sentence", 0],
  ["word", 0],
] as const;

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
  const last = parts.pop();
  if (last === undefined) return [rest];
  // white space alone is no message: it stays with the part before, where Discord trims it
  return rest.trim() === "" ? [...parts, last + rest] : [...parts, last, rest];
}

function bestCut(text: string, limit: number): number {
  const window = text.slice(0, limit + 1);
  const closed = wholeThings(text, limit);
  const last = { paragraph: 0, line: 0, sentence: 0, word: 0 };
  for (const { index, 0: gap } of window.matchAll(/\s+/g)) {
    const at = index + gap.length;
    if (at > limit || text.slice(0, at).trim() === "" || closed.some(([start, end]) => at > start && at < end)) continue;
    // the citation stays with its sentence
    if (/^\[\d/.test(text.slice(at, at + 2))) continue;
    last.word = at;
    if (/\n\s*\n/.test(gap)) last.paragraph = at;
    if (gap.includes("\n")) last.line = at;
    if (SENTENCE_END.test(window.slice(Math.max(0, at - 60), at))) last.sentence = at;
  }
  const kind = PREFERRED.find(([kind, least]) => last[kind] > limit * least);
  return kind === undefined ? hardCut(text, limit, closed) : last[kind[0]];
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
const wholeThings = (text: string, limit: number): [number, number][] =>
  [...text.slice(0, limit * 2 + 2).matchAll(WHOLE)].flatMap(({ index, 0: { length } }) =>
    index > limit || length > limit ? [] : [[index, index + length]],
  );
