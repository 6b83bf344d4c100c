// Names on a page: its publisher and authors, each with the place where it stands.
// A value that only could be meant is not taken.
import { cleanAuthors } from "./author-names.ts";
import { spacedText, type Page, type PageElement } from "./dom.ts";
import { inOneBox, linesByHeadline, standsElsewhere } from "./page-head.ts";
import { textIn, fromMeta, type Found } from "./page-metas.ts";
import { bare, isNameOfHost, siteNames } from "./page-title.ts";
import type { Segment } from "./segments.ts";
import { namesOf, textOf, typesOf, type Thing } from "./structured-data.ts";

export function findPublisher(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  things: readonly Thing[],
  address: string | null,
): Found | null {
  const named = article === null ? [] : namesOf(article["publisher"] ?? article["sourceOrganization"], things);
  if (
    named[0] !== undefined &&
    !/^(?:blogger|wordpress|admin)$/i.test(named[0].name) &&
    named[0].name.length < 80 &&
    !URL.canParse(named[0].name)
  )
    return { value: named[0].name, where: "JSON-LD publisher" };
  const meta = fromMeta(metas, [
    "og:site_name",
    "citation_publisher",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "application-name",
  ]);
  if (meta !== null && meta.value.length < 80 && !/^https?:/.test(meta.value)) return meta;
  const site = things.find((thing) => typesOf(thing).some((type) => /^(?:WebSite|NewsMediaOrganization)$/.test(type)));
  const siteName = site === undefined ? null : textOf(site["name"]);
  if (siteName !== null && siteName.length < 80) return { value: siteName, where: "JSON-LD WebSite" };
  const marked = textIn(page.querySelector('[itemprop="publisher"] [itemprop="name"]'));
  if (marked !== "" && marked.length < 80) return { value: marked, where: "itemprop publisher" };
  const held =
    /(?:©|\(c\)|copyright)\s{0,3}(?:(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)?\d{2,4})?)?,?\s{0,3}(?:by\s)?([\p{Lu}][\p{L}\p{N} &'’.-]{2,50}?)(?=[.,|]?\s*(?:all rights|$|[|·•]|\.\s))/iu;
  const title = textIn(page.querySelector("title"));
  for (const footer of [...page.querySelectorAll("footer")].slice(-3)) {
    const owner = held.exec(textIn(footer).slice(0, 3000))?.[1]?.trim();
    // the owner of the rights is the publisher where the page's title names it too
    if (owner !== undefined && bare(title).includes(bare(owner))) return { value: owner, where: "copyright line and title" };
  }
  const { label } = siteNames(null, metas, address);
  const parts = title.split(/\s+[|\-–—·•»]\s+|\s*[|｜]\s*/);
  const name =
    parts.length < 2 ? undefined : [parts.at(-1), parts[0]].find((part) => part !== undefined && isNameOfHost(part, label));
  if (name !== undefined && name.length < 60) return { value: name, where: "title element and address" };
  return null;
}

/** Links to a page of the author's, where one stands by the headline. */
const AUTHOR_LINK = ["author", "autor", "auteur", "profile/", "contributor", "editors/", "reporter", "writer", "staff/", "by/"]
  .map((folder) => `a[href*="/${folder}" i]`)
  .join(",");
const BYLINE_PLACES = [
  '[rel="author"]',
  '[itemprop="author"] [itemprop="name"]',
  '[itemprop="author"]',
  '[class*="byline" i]',
  '[data-testid*="byline" i]',
  '[class*="author-name" i]',
  '[class*="author__name" i]',
  '[class*="authors" i]',
  '[class*="post-author" i]',
  '[class*="entry-author" i]',
  '[class*="article-author" i]',
  '[class*="author" i]',
  '[id*="byline" i]',
  '[class*="autor" i]',
  '[class*="auteur" i]',
  '[class*="signature" i]',
  AUTHOR_LINK,
];

export function findAuthors(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  things: readonly Thing[],
  publisher: string | null,
  headline: PageElement | null,
  all: readonly Segment[],
): Found | null {
  if (article !== null) {
    const all = namesOf(article["author"] ?? article["creator"], things);
    const isHouse = ({ types }: { types: string[] }): boolean => types.some((type) => /Organization|WebSite/.test(type));
    for (const people of [all.filter((one) => !isHouse(one)), all.filter(isHouse)]) {
      const names = cleanAuthors(
        people.map(({ name }) => name),
        publisher,
      );
      if (names.length > 0) return { value: names.join(", "), where: "JSON-LD author" };
    }
  }
  const written = [1, 2, 3].find((n) => /^(?:written )?by$|^author$/i.test(metas.get(`twitter:label${n}`) ?? ""));
  for (const name of [
    "author",
    "article:author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "article.author",
    "cxenseparse:author",
    `twitter:data${written ?? 0}`,
  ]) {
    const value = metas.get(name);
    if (value === undefined || /^https?:|^\/|^@/.test(value)) continue;
    const names = cleanAuthors([value], publisher);
    if (names.length === 0) continue;
    // a house that owns the site is no author where the page shows somebody else's signature by the headline and not that name
    const lines = linesByHeadline(all, headline).map(({ text }) => text.toLowerCase());
    const stands = (one: string): boolean => lines.some((line) => line.includes(one.toLowerCase()));
    const other = names.some(stands) ? null : byline(page, publisher, headline, all);
    return other !== null && other.value.split(", ").some(stands) ? other : { value: names.join(", "), where: `meta ${name}` };
  }
  return byline(page, publisher, headline, all) ?? signedLine(all, publisher, headline);
}

function byline(page: Page, publisher: string | null, headline: PageElement | null, all: readonly Segment[]): Found | null {
  const lines = linesByHeadline(all, headline);
  for (const place of BYLINE_PLACES) {
    const spots = [...page.querySelectorAll(place)]
      .slice(0, place === AUTHOR_LINK ? 60 : 12)
      .filter((spot) =>
        place === AUTHOR_LINK ? lines.some(({ element }) => element.contains(spot)) : !standsElsewhere(spot, headline),
      );
    const lists = spots.flatMap((spot) => {
      const text = spacedText(spot);
      const names = text === "" || text.length >= 240 ? [] : cleanAuthors([text], publisher);
      return names.length === 0 ? [] : [{ spot, names }];
    });
    const first = lists[0];
    if (first === undefined) continue;
    // several signatures of one kind are several authors only where they are marked as such and stand in one box
    const marked = place === AUTHOR_LINK || place.startsWith("[rel") || place.startsWith("[itemprop");
    const beside = marked ? lists.slice(0, 6).filter(({ spot }) => inOneBox(first.spot, spot)) : [first];
    return {
      value: [...new Set(beside.flatMap(({ names }) => names))].join(", "),
      where: place === AUTHOR_LINK ? "link to the author" : `byline ${place}`,
    };
  }
  return null;
}

const SIGNED =
  /^(?:(?:written|posted|submitted|published|reported|story|text) by|by|von|par|por|di|door)\s+\p{Lu}|^(?:بقلم|كتب(?:ت|ه)?|تحرير|نویسنده)\s*:?\s*\p{Lo}/iu;

/** "Written by … on …" in a line of its own by the headline: only where the line is short and nothing but that. */
function signedLine(all: readonly Segment[], publisher: string | null, headline: PageElement | null): Found | null {
  for (const { text, element } of linesByHeadline(all, headline)) {
    if (text.length > 120 || !SIGNED.test(text) || /[.!?]$/.test(text)) continue;
    const names = cleanAuthors([spacedText(element)], publisher);
    if (names.length > 0) return { value: names.join(", "), where: `line "${text.slice(0, 80)}"` };
  }
  return null;
}
