// Who wrote a page: what its data, its meta elements and its byline say, in this order; of several the first that readers see by the headline.
// A value that only could be meant is not taken.
import { cleanAuthors, readByline } from "../bylines.ts";
import type { Found } from "../read-result.ts";
import { spacedText, type Page, type PageElement } from "./dom.ts";
import { namesOf, typesOf, type ShownPage } from "./page-data.ts";
import { linesByHeadline, standsElsewhere } from "./page-title.ts";
import type { Segment } from "./segments.ts";

const META = /^(?:(?:article[:.]|parsely-|sailthru\.|citation_)?author|byl|dc(?:terms)?[.:]creator)$/;
/** From the surest mark to a class that only sounds like one. */
const MARKED = [
  '[rel~="author"]',
  '[itemprop~="author"]',
  '[class*="byline" i],[data-testid*="byline" i]',
  '[class*="author" i]',
  '[class*="autor" i],[class*="auteur" i],[class*="signature" i]',
];
/** Links to a page of the author's, where one stands by the headline. */
const LINKED = ["author", "autor", "auteur", "profile/", "contributor", "editors/", "reporter", "writer", "staff/", "by/"]
  .map((folder) => `a[href*="/${folder}" i]`)
  .join(",");

export function findAuthors({ page, metas, article, things, publisher, all, headline }: ShownPage): Found | null {
  const lines = linesByHeadline(all, headline);
  // members of a forum sign as they please
  const isForum = article !== null && typesOf(article).some((type) => /(?:Forum|Media)Posting$/.test(type));
  const named = (bylines: readonly string[], where: string): Found[] => {
    const names = cleanAuthors(bylines, publisher, isForum);
    return names.length === 0 ? [] : [{ value: names.join(", "), where }];
  };
  const people = namesOf(article?.["author"] ?? article?.["creator"], things);
  const isHouse = ({ types }: { types: string[] }): boolean => types.some((type) => /Organization/.test(type));
  const candidates = [
    ...[people.filter((one) => !isHouse(one)), people.filter(isHouse)].flatMap((some) =>
      named(
        some.map(({ name }) => name),
        "JSON-LD author",
      ),
    ),
    ...[...metas]
      .filter(([name, value]) => META.test(name) && !/^https?:|^[/@]/.test(value))
      .flatMap(([name, value]) => named([value], `meta ${name}`)),
    ...bylines(page, headline, lines)
      .flatMap(({ text, where }) => named([text], where))
      .slice(0, 1),
    ...lines.flatMap(({ text, element }) =>
      named([readByline(spacedText(element))?.author ?? ""], `line "${text.slice(0, 80)}"`),
    ),
  ];
  const seen = lines.map(({ text }) => text.toLowerCase()).join("\n");
  const isSeen = ({ value }: Found): boolean =>
    value
      .toLowerCase()
      .split(", ")
      .some((name) => seen.includes(name));
  return candidates.find(isSeen) ?? candidates[0] ?? null;
}

/** The first place of each kind that bears a signature's mark. */
function bylines(page: Page, headline: PageElement | null, lines: readonly Segment[]): { text: string; where: string }[] {
  return [...MARKED, LINKED].flatMap((place) => {
    const isLinked = place === LINKED;
    const spots = [...page.querySelectorAll(place)]
      .slice(0, 60)
      .filter((spot) => (isLinked ? lines.some(({ element }) => element.contains(spot)) : !standsElsewhere(spot, headline)))
      .map((spot) => ({ spot, text: spacedText(spot.querySelector('[itemprop~="name"]') ?? spot) }))
      .filter(({ text }) => text.length < 240 && cleanAuthors([text], null).length > 0);
    // two who sign side by side
    const [first] = spots;
    const beside = spots.filter(({ spot }) => spot.parentElement === first?.spot.parentElement && /^A$/i.test(spot.tagName));
    const text = beside.length > 1 ? beside.map((each) => each.text).join("; ") : first?.text;
    return text === undefined ? [] : [{ text, where: isLinked ? "link to the author" : `byline ${place}` }];
  });
}
