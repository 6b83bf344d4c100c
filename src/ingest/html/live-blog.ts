// A live blog's entries: each under the time at which it was written, and the standfirst above them.
import type { Piece } from "../compose-text.ts";
import { isFurniture } from "./boilerplate.ts";
import type { Segment } from "./segments.ts";
import { textOf, type Thing } from "./structured-data.ts";

const CLOCK = /^(?:[\p{L}]{3,9}\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?)?$/iu;
const STANDFIRST = /(?:^|[\s_-])(?:stand-?first|lead|lede|intro|summary|dek|sub-?title|sub-?heading)(?:$|[\s_-])/i;

/** What stands in the box that holds all the hours. To be asked before the page is taken apart. */
export function entriesOf(all: readonly Segment[]): Segment[] {
  const clocks = all.filter(({ text }) => CLOCK.test(text));
  const last = clocks.at(-1)?.element;
  if (last === undefined || clocks.length < 2) return [];
  for (let box = clocks[0]?.element ?? null; box !== null && !/^(?:BODY|HTML)$/i.test(box.tagName); box = box.parentElement) {
    const held = box;
    if (held.contains(last)) return all.filter((segment) => held.contains(segment.element) && !isFurniture(segment));
  }
  return [];
}

/** `all` are the page's visible segments, `main` those of the article, `entries` what stands among its hours. */
export function liveEntries(all: readonly Segment[], main: readonly Segment[], entries: readonly Segment[]): Piece[] {
  const start = all.findIndex(({ text }) => CLOCK.test(text));
  const kept = new Set([...main, ...entries.filter((segment) => all.indexOf(segment) > start)]);
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

/** The entries of a blog that its page shows only by script, from the page's own data. */
export function statedEntries(article: Thing | null): Piece[] {
  const updates = [article?.["liveBlogUpdate"] ?? []].flat().slice(0, 500) as Thing[];
  return updates.flatMap((entry): Piece[] => {
    const body = textOf(entry["articleBody"]);
    if (body === null) return [];
    const clock = /T(\d{2}:\d{2})/.exec(textOf(entry["datePublished"]) ?? "")?.[1];
    const head = [clock, textOf(entry["headline"])].filter((part) => part !== null && part !== undefined).join(" ");
    return [...(head === "" ? [] : [{ kind: "heading" as const, text: head }]), { kind: "paragraph", text: body }];
  });
}
