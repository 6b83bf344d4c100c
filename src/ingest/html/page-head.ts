// The lines around a page's headline, where date and signature stand, and the boxes of a page that are not the article's.
import { boxesOf, type PageElement } from "./dom.ts";
import type { Segment } from "./segments.ts";

const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|respond|related|recommended|sidebar|teaser|card|promo|widget|most|popular|trending|latest|more|ticker|newsletter)(?:$|[\s_-])/i;
const BEFORE = 4;
const AFTER = 20;
const LONG = 160;

/** In comments, teasers, margins. A box that holds the headline too is the article's own. */
export function standsElsewhere(element: PageElement, headline: PageElement | null): boolean {
  for (const box of boxesOf(element)) {
    if (headline !== null && box.contains(headline)) return false;
    if (/^(?:NAV|FOOTER|ASIDE)$/i.test(box.tagName)) return true;
    if (ELSEWHERE.test(`${box.className} ${box.id}`.replace(/author[\w-]*/gi, ""))) return true;
  }
  return false;
}

/** The short lines just over the headline and under it, down to the second paragraph, in reading order. */
export function linesByHeadline(all: readonly Segment[], headline: PageElement | null): Segment[] {
  const start = headline === null ? -1 : all.findIndex(({ element }) => headline.contains(element));
  const box = [...boxesOf(headline, 5)].at(-1);
  if (box === undefined || start < 0) return [];
  const lines = all.slice(Math.max(0, start - BEFORE), start).filter(({ element }) => box.contains(element));
  let paragraphs = 0;
  for (const segment of all.slice(start + 1, start + 1 + AFTER)) {
    if (segment.text.length > LONG) paragraphs += segment.linked > segment.text.length / 2 ? 0 : 1;
    else lines.push(segment);
    if (paragraphs > 1) break;
  }
  return lines.filter(({ element, text }) => text.length <= LONG && !standsElsewhere(element, headline));
}
