// Which segments of a page are the article: Readability's choice, then cleaned of what is not prose of the article
// and given back what it lost. The page is used up. Works on the visible page (see visibility.ts); metadata is read elsewhere.
import { chromeFinder, isFurniture } from "./boilerplate.ts";
import type { Page, PageElement } from "./dom.ts";
import { bare } from "./page-title.ts";
import { segmentsOf, type Segment } from "./segments.ts";

const MARK = "data-segment";

/** Those of the page's `segments` that are the article, in order; empty where the page has none. `title` is left out where it opens the text. */
export async function mainSegments(page: Page, segments: readonly Segment[], title: string | null): Promise<Segment[]> {
  // Readability tears the page apart: who stood in whom is written down before
  const parents = new Map<PageElement, PageElement | null>();
  for (const [index, { element }] of segments.entries()) {
    if (!element.hasAttribute(MARK)) element.setAttribute(MARK, String(index));
    for (let at: PageElement | null = element; at !== null && !parents.has(at); at = at.parentElement)
      parents.set(at, at.parentElement);
  }
  const chosen = await readable(page);
  if (chosen === null) return [];
  const marks = new Set([chosen, ...chosen.querySelectorAll(`[${MARK}]`)].map((element) => element.getAttribute(MARK)));
  const texts = new Set(segmentsOf(chosen).map(({ text }) => text));
  const voted = segments.filter(
    ({ text, element }) => texts.has(text) && (text.length > 40 || marks.has(element.getAttribute(MARK))),
  );
  const parentOf = (element: PageElement): PageElement | null => parents.get(element) ?? null;
  const inChrome = chromeFinder(shares(voted, parentOf), parentOf);
  const inProse = proseLists(voted, parentOf);
  return trimEdges(
    voted.filter((segment) => !segment.inCaption && (!isFurniture(segment) || inProse(segment)) && !inChrome(segment.element)),
    title,
  );
}

/** Of an item that is a link whether most items beside it are none: such a list is no menu. */
function proseLists(
  segments: readonly Segment[],
  parentOf: (element: PageElement) => PageElement | null,
): (segment: Segment) => boolean {
  const weights = new Map<PageElement | null, number>();
  for (const { kind, element, linked } of segments)
    if (kind === "item") weights.set(parentOf(element), (weights.get(parentOf(element)) ?? 0) + (linked === 0 ? 1 : -1));
  return ({ kind, element }) => kind === "item" && (weights.get(parentOf(element)) ?? 0) > 0;
}

/** The part of the chosen prose that an element holds, 0..1. */
function shares(
  segments: readonly Segment[],
  parentOf: (element: PageElement) => PageElement | null,
): (element: PageElement) => number {
  const held = new Map<PageElement, number>();
  let total = 1;
  for (const { element, text } of segments) {
    if (text.length < 60) continue;
    total += text.length;
    for (let at: PageElement | null = element; at !== null; at = parentOf(at)) held.set(at, (held.get(at) ?? 0) + text.length);
  }
  return (element) => (held.get(element) ?? 0) / total;
}

const DATE_LINE = /^(?=.{0,80}(?:(?<!\d)(?:19|20)\d{2}|\bago(?![\p{L}]))).{3,100}(?<![.!?…]["”’)]?)$/u;

/** Drops the title and all above it, and headings that nothing follows. */
function trimEdges(segments: Segment[], title: string | null): Segment[] {
  const name = bare(title ?? "");
  let from = 0;
  let before = 0;
  for (const [at, segment] of segments.slice(0, 60).entries()) {
    if (before >= 600) break;
    if (isTitle(segment, name) || (at === from && DATE_LINE.test(segment.text))) from = at + 1;
    before += segment.kind === "paragraph" && segment.text.length > 80 ? segment.text.length : 0;
  }
  const last = segments.findLastIndex(({ kind }) => kind !== "heading");
  return segments.slice(from, last + 1);
}

function isTitle({ text, kind, element }: Segment, name: string): boolean {
  if (/^H1$/i.test(element.tagName)) return true;
  const own = bare(text);
  if (name === "" || own.length <= 10) return false;
  return own === name || (kind === "heading" && (name.startsWith(own) || own.startsWith(name)));
}

/** Readability's article element, or null. It changes the page it is given. */
async function readable(page: Page): Promise<PageElement | null> {
  const { Readability } = await import("@mozilla/readability");
  const reader = new Readability<unknown>(page, {
    serializer: (node: unknown) => node,
    disableJSONLD: true,
    keepClasses: true,
  });
  return (reader.parse()?.content as PageElement | null | undefined) ?? null;
}
