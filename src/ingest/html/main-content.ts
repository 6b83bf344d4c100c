// Which segments of a page are the article: Readability's choice, then cleaned of what is not prose of the article
// and given back what it lost. The page is used up. Works on the visible page (see visibility.ts); metadata is read elsewhere.
import { isNotice } from "../notes/interface-lines.ts";
import type { Page, PageElement } from "./dom.ts";
import { bare } from "./page-title.ts";
import { segmentsOf, type Segment } from "./segments.ts";

const MARK = "data-segment";

/** Who stood in whom before the page was taken apart. */
type ParentOf = (element: PageElement) => PageElement | null;

/** Those of the page's `segments` that are the article, in order; empty where the page has none. `title` is left out where it opens the text. */
export async function mainSegments(page: Page, segments: readonly Segment[], title: string | null): Promise<Segment[]> {
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
  const parentOf: ParentOf = (element) => parents.get(element) ?? null;
  const inChrome = chromeFinder(shares(voted, parentOf), parentOf);
  const inProse = proseLists(voted, parentOf);
  return trimEdges(
    voted.filter((segment) => !segment.inCaption && (!isFurniture(segment) || inProse(segment)) && !inChrome(segment.element)),
    title,
  );
}

/** Of an item that is a link whether most items beside it are none: such a list is no menu. */
function proseLists(segments: readonly Segment[], parentOf: ParentOf): (segment: Segment) => boolean {
  const weights = new Map<PageElement | null, number>();
  for (const { kind, element, linked } of segments)
    if (kind === "item") weights.set(parentOf(element), (weights.get(parentOf(element)) ?? 0) + (linked === 0 ? 1 : -1));
  return ({ kind, element }) => kind === "item" && (weights.get(parentOf(element)) ?? 0) > 0;
}

/** The part of the chosen prose that an element holds, 0..1. */
function shares(segments: readonly Segment[], parentOf: ParentOf): (element: PageElement) => number {
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
  const reader = new Readability<unknown>(page, { serializer: (node: unknown) => node, disableJSONLD: true, keepClasses: true });
  return (reader.parse()?.content as PageElement | null | undefined) ?? null;
}

// What stands inside an article's box without being its prose: captions, bylines, calls to subscribe, links to other articles, told by the names of the
// boxes around it or by the form of the line; each word here mends pages of tests/benchmarks/article-extraction.ts.

const CHROME =
  /(?:^|[\s_:-])(?:breadcrumbs?|bylines?|captions?|credits?|copyright|comments?|related|recommended|promo|newsletter|signup|subscription|share|bio|rail|tags|slideshow|gallery|sub-?(?:title|head|headline)|stand-?first|dek|excerpt)(?:$|[\s_:-])/i;
/** Boxes that are never the article's, unless a whole page stands in one. */
const CHROME_TAG = /^(?:FORM|NAV|FOOTER|ASIDE)$/i;
const LARGE_SHARE = 0.3;

/** Says of an element whether it stands in chrome. `share` gives the part of the article that an element holds: what holds much of it is no chrome. */
function chromeFinder(share: (element: PageElement) => number, parentOf: ParentOf): (element: PageElement) => boolean {
  const known = new Map<PageElement, boolean>();
  const inChrome = (element: PageElement | null): boolean => {
    if (element === null) return false;
    const verdict =
      known.get(element) ??
      (inChrome(parentOf(element)) ||
        (share(element) < LARGE_SHARE && (CHROME_TAG.test(element.tagName) || CHROME.test(namesOf(element)))));
    known.set(element, verdict);
    return verdict;
  };
  return inChrome;
}

const namesOf = ({ className, id }: PageElement): string =>
  `${className} ${id}`.slice(0, 400).replace(/([a-z])([A-Z])/g, "$1-$2");

/** What points to other articles where it is a link or its label ends with a mark. */
const OTHER_ARTICLES = /^(?:read more|more (?:on|from|about)|related|don['’]t miss|you may (?:also )?like)\b\s*[:|\-–—>»]?/i;

/** True for a line that is not prose by its own form: labels, credits, calls to subscribe, lone links. */
export function isFurniture({ text, linked, kind }: Segment): boolean {
  const size = text.length;
  const links = linked / size;
  // a paragraph that is nothing but links points elsewhere; a list of links is a menu
  if (links > 0.85 && (kind === "item" || size < 220)) return true;
  if (size < 300 && OTHER_ARTICLES.test(text) && (links > 0.4 || /^[\p{L}'’ ]{3,30}[:|»>]/u.test(text))) return true;
  return isNotice(text);
}
