// A live blog's entries: each under the time at which it was written, and the standfirst above them.
import type { Piece } from "../compose.ts";
import type { Segment } from "./segments.ts";

const CLOCK = /^(?:[\p{L}]{3,9}\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?)?$/iu;
const STANDFIRST = /(?:^|[\s_-])(?:stand-?first|lead|lede|intro|summary|dek|sub-?title|sub-?heading)(?:$|[\s_-])/i;

/** `all` are the page's visible segments, `main` those of the article. */
export function liveEntries(all: readonly Segment[], main: readonly Segment[]): Piece[] {
  const kept = new Set(main);
  const first = all.findIndex((segment) => kept.has(segment) && !CLOCK.test(segment.text));
  const out: Piece[] = all
    .slice(Math.max(0, first - 12), Math.max(0, first))
    .filter(({ text, element }) => text.length >= 40 && STANDFIRST.test(element.className))
    .map(({ text }) => ({ kind: "paragraph", text }));
  let clock: string | null = null;
  for (const segment of all) {
    if (CLOCK.test(segment.text)) clock = segment.text;
    else if (kept.has(segment)) {
      if (clock !== null && segment.kind === "heading") out.push({ kind: "heading", text: `${clock} ${segment.text}` });
      else {
        if (clock !== null) out.push({ kind: "heading", text: clock });
        out.push({ kind: segment.kind, text: segment.text });
      }
      clock = null;
    }
  }
  return out;
}
