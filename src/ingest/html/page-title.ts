// The headline of a page: what stands over the text, where the page's data or window title agree; else those, with the site's name cut off. And the lines
// around it, where date and signature stand, with the boxes of a page that are not the article's.
import { foundAt, type Found } from "../read-result.ts";
import { boxesOf, textIn, type Page, type PageElement } from "./dom.ts";
import { fromMeta, textOf, type PageData } from "./page-data.ts";
import type { Segment } from "./segments.ts";

const SEPARATOR = /\s+[|\-–—·•:»«/]+\s+|\s*[|»｜]\s*/g;
/** No honest title has more; what has is left as it is. */
const MOST_PARTS = 12;
const PERMALINK = /\s*[¶#🔗§]+\s*$/u;

/** Lower case, letters and digits only, single blanks: for comparing names and headlines. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The headline as readers see it, where machine-readable titles agree with it; else those, without the site's name. */
export function findTitle(data: PageData, publisher: string | null, address: string | null): Found | null {
  const { page, metas, article } = data;
  const headings = [...page.querySelectorAll("h1")].slice(0, 8);
  const shown = new Set([...headings, ...page.querySelectorAll("h2,h3")].slice(0, 40).map((element) => bare(textIn(element))));
  const names = ["og:site_name", "application-name", "twitter:site"].map((name) => metas.get(name));
  const isSite = siteOf([metas.get("og:url"), address], [publisher, ...names]);
  const stated = [
    fromMeta(data, "og:title twitter:title dc.title dcterms.title citation_title parsely-title"),
    foundAt(textOf(article?.["headline"]) ?? textOf(article?.["name"]), "JSON-LD headline"),
    foundAt(textIn(page.querySelector("title")), "title element"),
  ].flatMap((found) => (found === null ? [] : [{ ...found, value: withoutSite(found.value, isSite, shown) }]));
  const texts = headings
    .map((element) => textIn(element).replace(PERMALINK, ""))
    .filter((text) => text.length >= 4 && text.length <= 400 && bare(text) !== bare(publisher ?? ""))
    .map((text) => ({ text, score: Math.max(0, ...stated.map(({ value }) => overlap(text, value))) }));
  const [best] = texts.toSorted((a, b) => b.score - a.score);
  if (best !== undefined) {
    // a headline of its own for search engines and networks does not take the place of the only one over the text
    const alone = texts.length === 1 && (stated.length === 0 || (best.score > 0.1 && bare(best.text).split(" ").length > 3));
    if (best.score >= 0.6 || alone) return { value: best.text, where: "h1" };
  }
  return stated[0] ?? null;
}

/** The element that shows the title, if any. */
export function headlineOf(page: Page, title: string | null): PageElement | null {
  if (title === null) return null;
  const name = bare(title);
  const headings = [...page.querySelectorAll("h1,h2,h3")].slice(0, 60);
  return headings.find((element) => bare(textIn(element)) === name) ?? null;
}

function overlap(a: string, b: string): number {
  const [x, y] = [new Set(bare(a).split(" ")), new Set(bare(b).split(" "))];
  return [...x].filter((word) => y.has(word)).length / Math.max(1, x.size, y.size);
}

type Told = string | null | undefined;

/** Tells the site's name from a part of a title: as the page is called, or as its addresses write it. */
export function siteOf(addresses: readonly Told[], called: readonly Told[] = []): (part: string) => boolean {
  const names = called.flatMap((name) => (name ? [bare(name).replaceAll(" ", "")] : []));
  const labels = addresses.flatMap((url) => {
    const host = url && URL.canParse(url) ? new URL(url).hostname.split(".").slice(0, -1) : [];
    return host.findLast((one) => !/^(?:www\d?|com?|org|gov|ac|news|m|en|edition)$/.test(one))?.replaceAll("-", "") ?? [];
  });
  return (part) => {
    const own = bare(part).replaceAll(" ", "");
    return (
      own !== "" &&
      (names.some((name) => own === name || (name.length > 4 && own.length < 40 && own.startsWith(name))) ||
        labels.some((label) => isNameOfHost(part, label)))
    );
  };
}

/** True where a name and a host are two ways to write one: "The New York Times" and nytimes, "NPR" and npr. */
function isNameOfHost(name: string, label: string): boolean {
  const words = bare(name).replace(/^the /, "").split(" ");
  if (label.length < 3 || words.length > 6) return false;
  const rest = (from: number, at: number): boolean => {
    if (from === label.length) return at >= words.length - 1;
    const word = words[at] ?? "";
    for (let size = Math.min(word.length, label.length - from); size >= 1; size -= 1)
      if (label.startsWith(word.slice(0, size), from) && rest(from + size, at + 1)) return true;
    return false;
  };
  return rest(0, 0);
}

/** "Headline | Paper" to "Headline": only where the last or first part is the site's name, or the rest is a headline on the page. */
function withoutSite(title: string, isSite: (part: string) => boolean, shown: ReadonlySet<string>): string {
  const parts = [...title.matchAll(SEPARATOR)].map(({ 0: mark, index }) => ({
    before: title.slice(0, index).trim(),
    after: title.slice(index + mark.length).trim(),
  }));
  if (parts.length > MOST_PARTS) return title;
  const isHeadline = (part: string): boolean => bare(part).length >= 15 && shown.has(bare(part));
  for (const { before, after } of parts.toReversed()) {
    if (before !== "" && (isSite(after) || isHeadline(before))) return withoutSite(before, isSite, shown);
  }
  const [first] = parts;
  return first !== undefined && (isSite(first.before) || isHeadline(first.after)) ? first.after : title;
}

const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|respond|related|recommended|sidebar|teaser|card|promo|widget|most|popular|trending|latest|more|ticker|newsletter)(?:$|[\s_-])/i;
const BEFORE = 4;
const AFTER = 20;
const LONG = 160;

/** In comments, teasers, margins. A box that holds the headline too is the article's own. */
export function standsElsewhere(element: PageElement, headline: PageElement | null): boolean {
  for (const box of boxesOf(element)) {
    if (headline !== null && box.contains(headline)) return false;
    if (/^(?:NAV|FOOTER|ASIDE)$/i.test(box.tagName)) return true;
    if (ELSEWHERE.test(`${box.className} ${box.id}`.replace(/author[\w-]*/gi, ""))) return true;
  }
  return false;
}

/** The short lines just over the headline and under it, down to the second paragraph, in reading order. */
export function linesByHeadline(all: readonly Segment[], headline: PageElement | null): Segment[] {
  const start = headline === null ? -1 : all.findIndex(({ element }) => headline.contains(element));
  const box = [...boxesOf(headline, 5)].at(-1);
  if (box === undefined || start < 0) return [];
  const lines = all.slice(Math.max(0, start - BEFORE), start).filter(({ element }) => box.contains(element));
  let paragraphs = 0;
  for (const segment of all.slice(start + 1, start + 1 + AFTER)) {
    if (segment.text.length > LONG) paragraphs += segment.linked > segment.text.length / 2 ? 0 : 1;
    else lines.push(segment);
    if (paragraphs > 1) break;
  }
  return lines.filter(({ element, text }) => text.length <= LONG && !standsElsewhere(element, headline));
}
