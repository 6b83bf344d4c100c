// What a page says of itself besides its names: language, address, genre, section; each with the place where it stands.
// A value that only could be meant is not taken.
import type { Genre } from "../../domain.ts";
import type { Page } from "./dom.ts";
import { fromMeta, textIn, type Found } from "./page-metas.ts";
import { siteOf } from "./page-title.ts";
import { idOf, namesOf, textOf, typesOf, type Thing } from "./structured-data.ts";

export function findPublisher(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  things: readonly Thing[],
  address: string | null,
): Found | null {
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

export function findLanguage(page: Page, metas: Map<string, string>, article: Thing | null): Found | null {
  const candidates: (Found | null)[] = [
    {
      value: page.documentElement?.getAttribute("lang") ?? page.documentElement?.getAttribute("xml:lang") ?? "",
      where: "html lang",
    },
    { value: article === null ? "" : (textOf(article["inLanguage"]) ?? ""), where: "JSON-LD inLanguage" },
    fromMeta(metas, ["og:locale", "language", "dc.language", "dcterms.language"]),
    {
      value: page.querySelector('meta[http-equiv="content-language" i]')?.getAttribute("content") ?? "",
      where: "meta content-language",
    },
  ];
  for (const candidate of candidates) {
    const tag = candidate?.value.trim().split(/[,;]/)[0]?.replace("_", "-") ?? "";
    if (candidate !== null && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(tag)) {
      try {
        return { value: Intl.getCanonicalLocales(tag)[0] ?? tag, where: candidate.where };
      } catch {
        // not a language tag after all
      }
    }
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
export function findAddress(page: Page, metas: Map<string, string>, article: Thing | null, base: string | null): Found | null {
  const link = [...page.querySelectorAll("link")].find((element) =>
    /(?:^|\s)canonical(?:\s|$)/i.test(element.getAttribute("rel") ?? ""),
  );
  const candidates: Found[] = [
    { value: link?.getAttribute("href") ?? "", where: "link canonical" },
    { value: metas.get("og:url") ?? "", where: "meta og:url" },
    {
      value: article === null ? "" : (idOf(article["mainEntityOfPage"]) ?? textOf(article["url"]) ?? ""),
      where: "JSON-LD mainEntityOfPage",
    },
  ];
  for (const { value, where } of candidates) {
    const address = value === "" ? null : plainAddress(value, base);
    if (address === null) continue;
    const path = new URL(address).pathname;
    if (path === "/" && base !== null && new URL(base).pathname !== "/") continue;
    return { value: address, where };
  }
  return null;
}

const SECTIONS: [Genre, RegExp][] = [
  [
    "opinion",
    /^(?:opinions?|comment|commentary|commentisfree|op-?ed|columns?|columnists?|editorials?|views?|viewpoints?|voices|perspectives?|letters|meinung|kommentare?|opinión|opinion-.{1,20}|tribunes?|mnenie|мнение|мнения)$/i,
  ],
  ["analysis", /^(?:analys[ei]s|explainers?|in-depth|news-analysis|hintergrund|analyse|análisis|аналитика|fact-?check)$/i],
  ["interview", /^(?:interviews?|q-?and-?a|entrevistas?|entretien|интервью)$/i],
  ["statement", /^(?:press-?releases?|statements?|media-?releases?|pressemitteilung(?:en)?|communiqu[eé]s?|comunicados?)$/i],
];

/** What kind of piece it calls itself: its type, its section, a label over the headline, a folder of its address. */
export function findGenre(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  title: string | null,
  address: string | null,
): Found<Genre> | null {
  const types = article === null ? [] : typesOf(article);
  const type = types.find((name) => /^(?:Opinion|Analysis|Reportage)NewsArticle$|^PressRelease$/.test(name));
  if (type !== undefined) {
    const genre: Genre = type.startsWith("Opinion")
      ? "opinion"
      : type.startsWith("Analysis")
        ? "analysis"
        : type === "PressRelease"
          ? "statement"
          : "report";
    return { value: genre, where: `JSON-LD type ${type}` };
  }
  const labels: Found[] = [
    { value: article === null ? "" : (textOf(article["genre"]) ?? ""), where: "JSON-LD genre" },
    { value: article === null ? "" : (textOf(article["articleSection"]) ?? ""), where: "JSON-LD articleSection" },
    { value: metas.get("article:section") ?? "", where: "meta article:section" },
    ...[
      ...page.querySelectorAll('[class*="kicker" i],[class*="eyebrow" i],[class*="article-label" i],[class*="section-label" i]'),
    ]
      .slice(0, 3)
      .map((element) => ({ value: textIn(element), where: "label over the headline" })),
    {
      value:
        /^(opinion|analysis|interview|statement|editorial|commentary|comment|explainer)\s?[:|]/i.exec(title ?? "")?.[1] ?? "",
      where: "title",
    },
    ...(address === null
      ? []
      : new URL(address).pathname
          .split("/")
          .slice(1, -1)
          .map((value) => ({ value, where: "address" }))),
  ];
  for (const { value, where } of labels) {
    const text = value.trim().replace(/\s+/g, "-");
    const match = text.length > 40 ? undefined : SECTIONS.find(([, pattern]) => pattern.test(text));
    if (match !== undefined) return { value: match[0], where: `${where}: "${value.trim()}"` };
  }
  return null;
}

export function findSection(metas: Map<string, string>, article: Thing | null): string | null {
  return (
    (article === null ? null : textOf(article["articleSection"])) ?? metas.get("article:section") ?? metas.get("section") ?? null
  );
}
