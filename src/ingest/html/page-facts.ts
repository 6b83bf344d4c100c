// Publisher, language, address, genre and section of a page; each with the place where it stands.
// A value that only could be meant is not taken.
import type { Genre } from "../../domain.ts";
import { genreOfLabels } from "../notes/genre.ts";
import { firstRead, foundAt, type Found } from "../read-result.ts";
import { textIn, type Page } from "./dom.ts";
import { fromMeta, idOf, namesOf, textOf, typesOf, type PageData, type ShownPage } from "./page-data.ts";
import { siteOf } from "./page-title.ts";

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
  const isFront = (address: string): boolean => new URL(address).pathname === "/";
  const from = plainAddress(page.querySelector("base[href]")?.getAttribute("href") ?? "", base) ?? base;
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
