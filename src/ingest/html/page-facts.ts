// Publisher, language, address, genre and section of a page; each with the place where it stands.
// A value that only could be meant is not taken.
import type { Genre } from "../../domain.ts";
import { genreOfLabel } from "../notes/genre.ts";
import { fromMeta, textIn, type Found, type PageData } from "./page-data.ts";
import { siteOf } from "./page-title.ts";
import { idOf, namesOf, textOf, typesOf } from "./structured-data.ts";

export function findPublisher({ page, metas, article, things }: PageData, address: string | null): Found | null {
  const title = textIn(page.querySelector("title")).split(/\s+[|\-–—·•»]\s+|\s*[|｜]\s*/);
  const isSite = siteOf(null, new Map(), address);
  const candidates: (Found | null)[] = [
    ...namesOf(article?.["publisher"] ?? article?.["sourceOrganization"], things)
      .slice(0, 1)
      .map(({ name }) => ({ value: name, where: "JSON-LD publisher" })),
    fromMeta(metas, ["og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher", "application-name"]),
    ...things
      .filter((thing) => typesOf(thing).some((type) => /^(?:WebSite|NewsMediaOrganization)$/.test(type)))
      .map((thing) => ({ value: textOf(thing["name"]) ?? "", where: "JSON-LD WebSite" })),
    ...(title.length < 2 ? [] : [title.at(-1) ?? "", title[0] ?? ""])
      .filter(isSite)
      .map((value) => ({ value, where: "title element and address" })),
  ];
  return (
    candidates.find(
      (one) =>
        one !== null && one.value !== "" && one.value.length < 80 && !/^https?:|^(?:blogger|wordpress|admin)$/i.test(one.value),
    ) ?? null
  );
}

export function findLanguage({ page, metas, article }: PageData): Found | null {
  const root = page.documentElement;
  const equivalent = page.querySelector('meta[http-equiv="content-language" i]');
  const candidates: [where: string, tag: string | null | undefined][] = [
    ["html lang", root?.getAttribute("lang") ?? root?.getAttribute("xml:lang")],
    ["JSON-LD inLanguage", textOf(article?.["inLanguage"])],
    ["meta", fromMeta(metas, ["og:locale", "language", "dc.language", "dcterms.language"])?.value],
    ["meta content-language", equivalent?.getAttribute("content")],
  ];
  for (const [where, value] of candidates) {
    const tag = /^\s*([a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?)\s*(?:[,;]|$)/i.exec(value ?? "")?.[1];
    if (tag !== undefined) return { value: Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0] ?? tag, where };
  }
  return null;
}

const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|cmpid|smid|ocid|ito|at_\w+|s_cid|xtor|__twitter_impression|ns_\w+)$/i;

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
  const link = [...page.querySelectorAll("link")].find((element) =>
    /(?:^|\s)canonical(?:\s|$)/i.test(element.getAttribute("rel") ?? ""),
  );
  const candidates: [where: string, address: string | null | undefined][] = [
    ["link canonical", link?.getAttribute("href")],
    ["meta og:url", metas.get("og:url")],
    ["JSON-LD mainEntityOfPage", idOf(article?.["mainEntityOfPage"]) ?? textOf(article?.["url"])],
  ];
  const isFront = (address: string): boolean => new URL(address).pathname === "/";
  for (const [where, value] of candidates) {
    const address = plainAddress(value ?? "", base);
    if (value && address !== null && !(isFront(address) && base !== null && !isFront(base))) return { value: address, where };
  }
  return null;
}

const TYPES: readonly (readonly [RegExp, Genre])[] = [
  [/^OpinionNewsArticle$/, "opinion"],
  [/^AnalysisNewsArticle$/, "analysis"],
  [/^ReportageNewsArticle$/, "report"],
  [/^PressRelease$/, "statement"],
];

/** What kind of piece it calls itself: its type, its section, a label over the headline or in it, a folder of its address. */
export function findGenre(data: PageData, title: string | null, address: string | null): Found<Genre> | null {
  const { page, article } = data;
  for (const type of article === null ? [] : typesOf(article)) {
    const genre = TYPES.find(([pattern]) => pattern.test(type))?.[1];
    if (genre !== undefined) return { value: genre, where: `JSON-LD type ${type}` };
  }
  const labels: [where: string, value: string | null | undefined][] = [
    ["JSON-LD genre", textOf(article?.["genre"])],
    ["section", findSection(data)],
    ...[...page.querySelectorAll('[class*="kicker" i],[class*="eyebrow" i],[class*="section-label" i]')]
      .slice(0, 3)
      .map((element): [string, string] => ["label over the headline", textIn(element)]),
    ["title", /^(\p{L}{4,12})\s?[:|]/u.exec(title ?? "")?.[1]],
    ...(address === null ? [] : new URL(address).pathname.split("/").slice(1, -1)).map((folder): [string, string] => [
      "address",
      folder,
    ]),
  ];
  for (const [where, value] of labels) {
    const genre = genreOfLabel(value ?? "");
    if (genre !== null) return { value: genre, where: `${where}: "${value}"` };
  }
  return null;
}

export function findSection({ metas, article }: PageData): string | null {
  return (
    (article === null ? null : textOf(article["articleSection"])) ?? metas.get("article:section") ?? metas.get("section") ?? null
  );
}
