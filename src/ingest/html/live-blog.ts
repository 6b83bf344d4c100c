// A live blog's entries: each begins with the time at which it was written, so that it is quoted with it.
import type { Piece } from "../compose-text.ts";
import { boxesOf } from "./dom.ts";
import { isFurniture } from "./main-content.ts";
import { textOf, type Thing } from "./page-data.ts";
import type { Segment } from "./segments.ts";

const CLOCK = /^(?:[\p{L}]{3,9}\s)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?)?$/iu;

/** What stands in the box that holds all the hours. To be asked before the page is taken apart. */
export function entriesOf(all: readonly Segment[]): Segment[] {
  const clocks = all.filter(({ text }) => CLOCK.test(text));
  const [first, last] = [clocks[0]?.element, clocks.at(-1)?.element];
  if (first === undefined || last === undefined || clocks.length < 2) return [];
  const box = [...boxesOf(first)].find((each) => each.contains(last));
  return all.filter((segment) => box?.contains(segment.element) === true && !isFurniture(segment));
}

/** `all` are the page's visible segments, `main` those of the article, `entries` what stands among its hours. */
export function liveEntries(all: readonly Segment[], main: readonly Segment[], entries: readonly Segment[]): Piece[] {
  const start = all.findIndex(({ text }) => CLOCK.test(text));
  const kept = new Set([...main, ...entries.filter((segment) => all.indexOf(segment) > start)]);
  const out: Piece[] = [];
  let clock: string | null = null;
  for (const { text, kind } of all.filter((segment) => CLOCK.test(segment.text) || kept.has(segment))) {
    if (CLOCK.test(text)) clock = text;
    else {
      out.push({ kind, text: clock === null || kind === "heading" ? text : `${clock} – ${text}` });
      clock = kind === "heading" ? clock : null;
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
    const head = textOf(entry["headline"]);
    const text = clock === undefined ? body : `${clock} – ${body}`;
    return [...(head === null ? [] : [{ kind: "heading" as const, text: head }]), { kind: "paragraph", text }];
  });
}
