// The lines around a page's headline, where date and signature stand, and the boxes of a page that are not the article's.
import { shortText, type Page, type PageElement } from "./dom.ts";
import { textIn } from "./page-data.ts";
import { bare } from "./page-title.ts";
import type { Segment } from "./segments.ts";

const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|respond|related|recommended|sidebar|teaser|card|promo|widget|most|popular|trending|latest|more|copyright|ticker|weather|today|current-date|newsletter)(?:$|[\s_-])/i;
const BEFORE = 4;
const AFTER = 20;
const LONG = 160;

/** The element that shows the title, if any. */
export function headlineOf(page: Page, title: string | null): PageElement | null {
  if (title === null) return null;
  const name = bare(title);
  const headings = [...page.querySelectorAll("h1,h2,h3")].slice(0, 60);
  return (
    headings.find((element) => bare(textIn(element)) === name) ??
    headings.find((element) => /^H1$/i.test(element.tagName) && bare(textIn(element)).includes(name)) ??
    null
  );
}

/** In comments, teasers, margins. A box that holds the headline too is the article's own. */
export function standsElsewhere(element: PageElement, headline: PageElement | null): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parentElement) {
    if (/^(?:BODY|HTML)$/i.test(at.tagName) || (headline !== null && at.contains(headline))) return false;
    if (/^(?:NAV|FOOTER)$/i.test(at.tagName)) return true;
    if (/^ASIDE$/i.test(at.tagName) && !isMarginOfArticle(at)) return true;
    if (ELSEWHERE.test(`${at.className} ${at.id}`.replace(/author[\w-]*/gi, ""))) return true;
  }
  return false;
}

/** An ASIDE within the article that holds no headline of another: its date and signature stand there. */
function isMarginOfArticle(aside: PageElement): boolean {
  if (aside.querySelector("h1,h2,h3,h4,h5") !== null) return false;
  for (let at = aside.parentElement; at !== null; at = at.parentElement) if (/^ARTICLE$/i.test(at.tagName)) return true;
  return false;
}

/** The short lines just over the headline and under it, down to the second paragraph, in reading order. */
export function linesByHeadline(all: readonly Segment[], headline: PageElement | null): Segment[] {
  const start = headline === null ? -1 : all.findIndex(({ element }) => element === headline || headline.contains(element));
  if (headline === null || start < 0) return [];
  let box: PageElement = headline;
  for (let level = 0; level < 4; level += 1) {
    const parent = box.parentElement;
    if (parent === null || /^(?:BODY|HTML)$/i.test(parent.tagName)) break;
    box = parent;
  }
  const lines = all.slice(Math.max(0, start - BEFORE), start).filter(({ element }) => box.contains(element));
  let paragraphs = 0;
  for (const segment of all.slice(start + 1, start + 1 + AFTER)) {
    if (segment.text.length > LONG) paragraphs += segment.linked > segment.text.length / 2 ? 0 : 1;
    else lines.push(segment);
    if (paragraphs > 1) break;
  }
  return lines.filter(({ element, text }) => text.length <= LONG && !standsElsewhere(element, headline));
}

/** Elements of one kind stand in one box that holds little else: signatures of one article do, those of teasers do not. */
export function inOneBox(first: PageElement, other: PageElement): boolean {
  let at: PageElement | null = first;
  for (let level = 0; at !== null && level < 4; level += 1, at = at.parentElement)
    if (at.contains(other)) return shortText(at, 300) !== null;
  return false;
}
