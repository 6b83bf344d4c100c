// What stands inside an article's box without being its prose: captions, bylines, calls to subscribe, links to other articles.
// Told by the names of the boxes around it or by the form of the line; each word here mends pages of tests/benchmarks/article-extraction.ts.
import { isNotice } from "../notes/interface-lines.ts";
import type { PageElement } from "./dom.ts";
import type { Segment } from "./segments.ts";

const CHROME =
  /(?:^|[\s_:-])(?:breadcrumbs?|bylines?|captions?|credits?|copyright|comments?|related|recommended|promo|newsletter|signup|subscription|share|bio|rail|tags|slideshow|gallery|sub-?(?:title|head|headline)|stand-?first|dek|excerpt)(?:$|[\s_:-])/i;
/** Boxes that are never the article's, unless a whole page stands in one. */
const CHROME_TAG = /^(?:FORM|NAV|FOOTER|ASIDE)$/i;
const LARGE_SHARE = 0.3;

/** Says of an element whether it stands in chrome. `share` gives the part of the article that an element holds: what holds much of it is no chrome. */
export function chromeFinder(
  share: (element: PageElement) => number,
  parentOf: (element: PageElement) => PageElement | null,
): (element: PageElement) => boolean {
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

/** Links to other articles, bylines, dates, credits and calls that interface-lines.ts does not know. */
const OTHER_ARTICLES = /^(?:read more|more (?:on|from|about)|related|don['’]t miss|you may (?:also )?like)\b\s*[:|\-–—>»]?/i;
const META_LINE =
  /^(?:(?:more|related|comments?|advertisement|continue reading)[:.!…]?|by:? [\p{Lu}][^.!?]{1,90}|(?:first )?(?:published|updated|posted)(?: (?:on|at))?:?\s.{4,90}|image \d+ of .{0,8}|source\s*[:©/|].{1,160}|.{0,160}\((?:image|photo)s?\s*:.{1,60}\))$/iu;
const CALL =
  /^(?:follow .{1,40} on |like (?:us|this story)|have a story|(?:contact|reach|e-?mail|write to) (?:the )?(?:reporters?|.{1,60}@).{0,120}|listen to .{1,60}(?:live|here)|start your day with|(?:reporting|editing) by .{2,120}$|(?:https?:\/\/|www\.)\S+$|\S+@\S+\.\w{2,8}$)/i;

/** True for a line that is not prose by its own form: labels, credits, calls to subscribe, lone links. */
export function isFurniture({ text, linked, kind }: Segment): boolean {
  const size = text.length;
  const links = linked / size;
  // a paragraph that is nothing but links points elsewhere; a list of links is a menu
  if (links > 0.85 && (kind === "item" || size < 220)) return true;
  if (size < 300 && OTHER_ARTICLES.test(text) && (links > 0.4 || /^[\p{L}'’ ]{3,30}[:|»>]/u.test(text))) return true;
  return (size < 220 && (META_LINE.test(text) || isNotice(text))) || (size < 420 && CALL.test(text));
}
