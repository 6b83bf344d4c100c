// Names on a page: its title, publisher and authors, each with the place where it stands.
// A value that only could be meant is not taken.
import { cleanAuthors } from "./author-names.ts";
import { shortText, type Page, type PageElement } from "./dom.ts";
import { decodeEntities, namesOf, textOf, typesOf, type Thing } from "./structured-data.ts";

export interface Found<T = string> {
  value: T;
  where: string;
}

/** `meta name=… content=…` and `property`, lower-case names, first one wins. */
export function metaOf(page: Page): Map<string, string> {
  const metas = new Map<string, string>();
  for (const element of page.querySelectorAll("meta")) {
    const name = (element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("itemprop"))
      ?.trim()
      .toLowerCase();
    const content = decodeEntities(element.getAttribute("content") ?? "")
      .replace(/\s+/g, " ")
      .trim();
    if (name === undefined || content === "") continue;
    for (const one of name.split(/\s+/)) if (!metas.has(one)) metas.set(one, content);
  }
  return metas;
}

export const textIn = (element: PageElement | null): string => (element?.textContent ?? "").replace(/[\s\u00a0]+/g, " ").trim();
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

export function fromMeta(metas: Map<string, string>, names: readonly string[]): Found | null {
  for (const name of names) {
    const value = metas.get(name);
    if (value !== undefined) return { value, where: `meta ${name}` };
  }
  return null;
}

/** The headline as readers see it, where machine-readable titles agree with it; else those, without the site's name. */
export function findTitle(page: Page, metas: Map<string, string>, article: Thing | null, publisher: string | null): Found | null {
  const ownTitle = textIn(page.querySelector("title"));
  const stated: Found[] = [];
  const og = fromMeta(metas, ["og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"]);
  const headline = article === null ? null : (textOf(article["headline"]) ?? textOf(article["name"]));
  if (og !== null) stated.push({ ...og, value: withoutSite(og.value, publisher, metas) });
  if (headline !== null) stated.push({ value: headline, where: "JSON-LD headline" });
  if (ownTitle !== "") stated.push({ value: withoutSite(ownTitle, publisher, metas), where: "title element" });
  const headings = [...page.querySelectorAll("h1")].map(textIn).filter((text) => text.length >= 4 && text.length <= 400);
  const known = bare(publisher ?? "");
  let best: { text: string; score: number } | null = null;
  for (const text of headings.slice(0, 8)) {
    if (bare(text) === known) continue;
    const score = Math.max(0, ...stated.map(({ value }) => overlap(text, value)));
    if (best === null || score > best.score) best = { text, score };
  }
  if (best !== null && best.score >= 0.6) return { value: best.text, where: "h1" };
  const own = headings.filter((text) => bare(text) !== known);
  if (stated[0] === undefined) return own.length === 1 && own[0] !== undefined ? { value: own[0], where: "h1" } : null;
  // two sources that say the same beat one that differs
  const agreed = stated.find((a) => stated.some((b) => b !== a && bare(b.value) === bare(a.value)));
  return agreed ?? stated[0];
}

function overlap(a: string, b: string): number {
  const [x, y] = [new Set(bare(a).split(" ")), new Set(bare(b).split(" "))];
  let shared = 0;
  for (const word of x) if (y.has(word)) shared += 1;
  return shared / Math.max(1, Math.max(x.size, y.size));
}

/** "Headline | Paper" to "Headline": only where the last or first part is the site's name. */
function withoutSite(title: string, publisher: string | null, metas: Map<string, string>): string {
  const names = [
    publisher,
    metas.get("og:site_name"),
    metas.get("application-name"),
    metas.get("twitter:site")?.replace(/^@/, ""),
  ];
  const squeezed = new Set(names.flatMap((name) => (name ? [bare(name).replaceAll(" ", "")] : [])));
  const host = URL.canParse(metas.get("og:url") ?? "") ? new URL(metas.get("og:url") ?? "").hostname : "";
  for (const label of host.split(".").slice(0, -1))
    if (label.length > 3 && label !== "www") squeezed.add(label.replace(/-/g, ""));
  const isSite = (part: string): boolean => {
    const own = bare(part).replaceAll(" ", "");
    return (
      own !== "" &&
      [...squeezed].some((name) => name !== "" && (own === name || (name.length > 4 && own.length < 40 && own.startsWith(name))))
    );
  };
  const separators = [...title.matchAll(/\s+[|\-–—·•:»«/]+\s+|\s*[|»]\s*/g)];
  for (const separator of separators.reverse()) {
    const before = title.slice(0, separator.index).trim();
    const after = title.slice(separator.index + separator[0].length).trim();
    if (isSite(after) && before !== "") return withoutSite(before, publisher, metas);
  }
  const first = separators.at(-1);
  if (first !== undefined && isSite(title.slice(0, first.index))) return title.slice(first.index + first[0].length).trim();
  return title;
}

export function findPublisher(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  things: readonly Thing[],
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
  return null;
}

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
];

export function findAuthors(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  things: readonly Thing[],
  publisher: string | null,
): Found | null {
  if (article !== null) {
    const people = namesOf(article["author"], things).filter(({ types }) => !types.some((type) => /Organization/.test(type)));
    const names = cleanAuthors(
      people.map(({ name }) => name),
      publisher,
    );
    if (names.length > 0) return { value: names.join(", "), where: "JSON-LD author" };
  }
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
  ]) {
    const value = metas.get(name);
    if (value === undefined || /^https?:|^\/|^@/.test(value)) continue;
    const names = cleanAuthors([value], publisher);
    if (names.length > 0) return { value: names.join(", "), where: `meta ${name}` };
  }
  for (const place of BYLINE_PLACES) {
    const spots = [...page.querySelectorAll(place)].slice(0, 12).filter((spot) => !inComments(spot));
    const texts = spots.map(textIn).filter((text) => text !== "" && text.length < 240);
    const lists = texts.map((text) => cleanAuthors([text], publisher)).filter((names) => names.length > 0);
    const first = lists[0];
    if (first === undefined) continue;
    // several signatures of one kind are several authors only right under the headline, where they are marked as such
    const all = place.startsWith("[rel") || place.startsWith("[itemprop") ? [...new Set(lists.slice(0, 6).flat())] : first;
    return { value: all.join(", "), where: `byline ${place}` };
  }
  return signedLine(page, publisher);
}

const SIGNED = /^(?:(?:written|posted|submitted|published|reported|story|text) by|by|von|par|por|di|door)\s+\p{Lu}/iu;

/** "Written by … on …" in a line of its own above the text: only where the line is short and nothing but that. */
function signedLine(page: Page, publisher: string | null): Found | null {
  const after = page.querySelector("h1")?.parentElement?.parentElement ?? page.body;
  let seen = 0;
  for (const element of after?.querySelectorAll("p,div,span,small,em") ?? []) {
    seen += 1;
    if (seen > 80) break;
    const text = shortText(element, 120);
    if (text === null || !SIGNED.test(text) || /[.!?]$/.test(text) || inComments(element)) continue;
    const names = cleanAuthors([text], publisher);
    if (names.length > 0) return { value: names.join(", "), where: `line "${text.slice(0, 80)}"` };
  }
  return null;
}

function inComments(element: PageElement): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parentElement) {
    if (/^(?:ASIDE|NAV|FOOTER)$/i.test(at.tagName)) return true;
    if (
      /(?:^|[\s_-])(?:comments?|respond|related|recommended|sidebar|teaser|card|promo|more-stories|most-read)(?:$|[\s_-])/i.test(
        `${at.className} ${at.id}`,
      )
    )
      return true;
  }
  return false;
}
