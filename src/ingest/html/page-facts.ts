// Author, publisher, language, address and genre of a page; each with the place where it stands.
// A value that only could be meant is not taken.
import type { Genre } from "../../domain.ts";
import { cleanAuthors, readByline } from "../bylines.ts";
import { genreOfLabels } from "../notes/genre.ts";
import { firstRead, foundAt, type Found } from "../read-result.ts";
import { spacedText, textIn, type Page, type PageElement } from "./dom.ts";
import { fromMeta, idOf, namesOf, textOf, typesOf, type PageData, type ShownPage } from "./page-data.ts";
import { linesByHeadline, siteOf, standsElsewhere } from "./page-title.ts";
import type { Segment } from "./segments.ts";

const AUTHOR_META = /^(?:(?:article[:.]|parsely-|sailthru\.|citation_)?author|byl|dc(?:terms)?[.:]creator)$/;
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

/** What its data, its meta elements and its byline say, in this order; of several the first that readers see by the headline. */
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
      .filter(([name, value]) => AUTHOR_META.test(name) && !/^https?:|^[/@]/.test(value))
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

export function findPublisher(data: PageData, address: string | null): Found | null {
  const { page, article, things } = data;
  const title = textIn(page.querySelector("title")).split(/\s+[|\-–—·•»]\s+|\s*[|｜]\s*/);
  const isSite = siteOf([address]);
  const [stated] = namesOf(article?.["publisher"] ?? article?.["sourceOrganization"], things);
  const site = things.find((thing) => typesOf(thing).some((type) => /^(?:WebSite|NewsMediaOrganization)$/.test(type)));
  const candidates = [
    foundAt(stated?.name, "JSON-LD publisher"),
    fromMeta(data, "og:site_name citation_publisher dc.publisher dcterms.publisher publisher application-name"),
    foundAt(textOf(site?.["name"]), "JSON-LD WebSite"),
    ...(title.length < 2 ? [] : [title.at(-1) ?? "", title[0] ?? ""])
      .filter(isSite)
      .map((value) => foundAt(value, "title element and address")),
  ];
  return firstRead(candidates, (name) => (name.length < 80 && !/^https?:|^blogger$/i.test(name) ? name : null));
}

export function findLanguage(data: PageData): Found | null {
  const { page, article } = data;
  const root = page.documentElement;
  const equivalent = page.querySelector('meta[http-equiv="content-language" i]');
  const candidates = [
    foundAt(root.getAttribute("lang") ?? root.getAttribute("xml:lang"), "html lang"),
    foundAt(textOf(article?.["inLanguage"]), "JSON-LD inLanguage"),
    fromMeta(data, "og:locale language dc.language dcterms.language"),
    foundAt(equivalent?.getAttribute("content"), "meta content-language"),
  ];
  return firstRead(candidates, (stated) => {
    const tag = /^\s*([a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?)\s*(?:[,;]|$)/i.exec(stated)?.[1];
    return tag === undefined ? null : (Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0] ?? tag);
  });
}

const TRACKING =
  /^(?:utm_\w+|fbclid|[gd]clid|msclkid|mc_[ce]id|igshid|cmpid|smid|ocid|ito|at_\w+|s_cid|xtor|__twitter_impression|ns_\w+)$/i;

/** Absolute, without fragment and tracking parameters; null where it is not http(s). */
export function plainAddress(address: string, base: string | null): string | null {
  const url = URL.canParse(address, base ?? undefined) ? new URL(address, base ?? undefined) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "" || url.username !== "" || url.password !== "")
    return null;
  url.hash = "";
  const tracking = [...url.searchParams.keys()].filter((key) => TRACKING.test(key));
  for (const key of tracking) url.searchParams.delete(key);
  return url.href;
}

/** The address the page gives itself. One that names the site's front page for an article is a fault of the page and passed over. */
export function findAddress({ page, metas, article, base }: PageData): Found | null {
  const candidates = [
    foundAt(page.querySelector('link[rel~="canonical" i]')?.getAttribute("href"), "link canonical"),
    foundAt(metas.get("og:url"), "meta og:url"),
    foundAt(idOf(article?.["mainEntityOfPage"]) ?? textOf(article?.["url"]), "JSON-LD mainEntityOfPage"),
  ];
  const from = plainAddress(page.querySelector("base[href]")?.getAttribute("href") ?? "", base) ?? base;
  const isFront = (address: string): boolean => new URL(address).pathname === "/";
  return firstRead(candidates, (stated) => {
    const address = plainAddress(stated, from);
    return address !== null && isFront(address) && base !== null && !isFront(base) ? null : address;
  });
}

/** What kind of piece it calls itself: a label in its headline, its type, its section, a folder of its address. */
export function findGenre({ article, metas, title, address }: ShownPage): Found<Genre> | null {
  const folders = address === null ? [] : new URL(address).pathname.split("/").slice(1, -1);
  const labels = [
    ...typesOf(article ?? {}).map((type) => foundAt(type.replace("NewsArticle", ""), "JSON-LD type")),
    foundAt(textOf(article?.["genre"]), "JSON-LD genre"),
    foundAt(textOf(article?.["articleSection"]) ?? metas.get("article:section") ?? metas.get("section"), "section"),
    ...folders.map((folder) => foundAt(folder, "address")),
  ];
  return genreOfLabels(title, labels);
}

/** The feeds that a page names in its head. */
export function feedsOf(page: Page, base: string | null): string[] {
  const out = new Set<string>();
  for (const link of page.querySelectorAll('link[rel~="alternate" i][href]')) {
    const [type, href] = [link.getAttribute("type") ?? "", link.getAttribute("href") ?? ""];
    if (!/^(?:application\/(?:rss|atom|rdf|feed)\+(?:xml|json)|application\/json|text\/xml)/i.test(type)) continue;
    const address = /oembed|wp-json|\/comments\/feed\/?$/i.test(href) ? null : plainAddress(href, base);
    if (address !== null && out.size < 10) out.add(address);
  }
  return [...out];
}
