// The headline of a page: what stands over the text, weighed against what the page's data and its window title say; the site's name is cut off.
import { spacedText, type Page, type PageElement } from "./dom.ts";
import { fromMeta, textIn, type Found } from "./page-metas.ts";
import { textOf, type Thing } from "./structured-data.ts";

const SEPARATOR = /\s+[|\-–—·•:»«/]+\s+|\s*[|»｜]\s*/g;
/** No honest title has more; what has is left as it is. */
const MOST_PARTS = 12;
const PERMALINK = /\s*[¶#🔗§]+\s*$/u;
const HEADLINE_PLACE = /(?:^|[\s_-])(?:headline|title|heading)(?:$|[\s_-])/i;

/** Lower case, letters and digits only, single blanks: for comparing names and headlines. */
export const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The headline as readers see it, where machine-readable titles agree with it; else those, without the site's name. */
export function findTitle(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  publisher: string | null,
  address: string | null,
): Found | null {
  const ownTitle = textIn(page.querySelector("title"));
  const headings = [...page.querySelectorAll("h1")].slice(0, 8);
  const shown = [...headings, ...page.querySelectorAll("h2,h3")].slice(0, 40).map((element) => bare(textIn(element)));
  const site = siteNames(publisher, metas, address);
  const cut = (title: string): string => withoutSite(title, site, new Set(shown));
  const stated: Found[] = [];
  const og = fromMeta(metas, ["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title"]);
  const headline = article === null ? null : (textOf(article["headline"]) ?? textOf(article["name"]));
  if (og !== null) stated.push({ ...og, value: cut(og.value) });
  if (headline !== null) stated.push({ value: cut(headline), where: "JSON-LD headline" });
  if (ownTitle !== "") stated.push({ value: cut(ownTitle), where: "title element" });
  const known = bare(publisher ?? "");
  const own = headings
    .map((element) => ({ element, text: headingText(element, stated) }))
    .filter(({ text }) => text.length >= 4 && text.length <= 400 && bare(text) !== known);
  let best: { text: string; score: number } | null = null;
  for (const { text } of own) {
    const score = Math.max(0, ...stated.map(({ value }) => overlap(text, value)));
    if (best === null || score > best.score) best = { text, score };
  }
  if (best !== null && best.score >= 0.6) return { value: best.text, where: "h1" };
  const alone = own.length === 1 ? own[0] : undefined;
  // an own headline for search engines and networks does not take the place of the one over the text
  const shares = best !== null && best.score > 0.1 && isHeadlinePlace(alone?.element ?? null);
  if (alone !== undefined && (stated.length === 0 || (shares && bare(alone.text).split(" ").length > 3)))
    return { value: alone.text, where: "h1" };
  // two sources that say the same beat one that differs
  const agreed = stated.find((a) => stated.some((b) => b !== a && bare(b.value) === bare(a.value)));
  return agreed ?? stated[0] ?? null;
}

/** Without the kicker or the sub-line that stands in the same element, where the page's data name the headline alone. */
function headingText(element: PageElement, stated: readonly Found[]): string {
  const whole = textIn(element).replace(PERMALINK, "");
  if (spacedText(element).replace(PERMALINK, "") === whole) return whole;
  const parts = bare(spacedText(element));
  const named = stated.find(({ value }) => {
    const name = bare(value);
    return name.length >= 12 && name.length < parts.length && (parts.startsWith(`${name} `) || parts.endsWith(` ${name}`));
  });
  return named?.value ?? whole;
}

function isHeadlinePlace(element: PageElement | null): boolean {
  if (/headline/i.test(element?.getAttribute("itemprop") ?? "")) return true;
  for (let at: PageElement | null = element, level = 0; at !== null && level < 6; at = at.parentElement, level += 1) {
    if (/^(?:ARTICLE|MAIN)$/i.test(at.tagName) || (level < 2 && HEADLINE_PLACE.test(`${at.className} ${at.id}`))) return true;
  }
  return false;
}

function overlap(a: string, b: string): number {
  const [x, y] = [new Set(bare(a).split(" ")), new Set(bare(b).split(" "))];
  let shared = 0;
  for (const word of x) if (y.has(word)) shared += 1;
  return shared / Math.max(1, Math.max(x.size, y.size));
}

interface SiteNames {
  /** Lower case, letters and digits only. */
  squeezed: ReadonlySet<string>;
  /** The telling part of the host: "nytimes". */
  label: string;
}

export function siteNames(publisher: string | null, metas: Map<string, string>, address: string | null): SiteNames {
  const names = [
    publisher,
    metas.get("og:site_name"),
    metas.get("application-name"),
    metas.get("apple-mobile-web-app-title"),
    metas.get("twitter:site")?.replace(/^@/, ""),
  ];
  const squeezed = new Set(names.flatMap((name) => (name ? [bare(name).replaceAll(" ", "")] : [])));
  let label = "";
  for (const url of [metas.get("og:url"), address]) {
    if (!url || !URL.canParse(url)) continue;
    const labels = new URL(url).hostname.split(".").slice(0, -1);
    for (const one of labels) if (one.length > 3 && one !== "www") squeezed.add(one.replace(/-/g, ""));
    const telling = labels.filter((one) => !/^(?:www\d?|com?|org|net|gov|edu|ac|news|m|en|amp|mobile|edition)$/.test(one));
    label = (telling.at(-1) ?? label).replace(/-/g, "");
  }
  return { squeezed, label };
}

/** True where a name and a host are two ways to write one: "The New York Times" and nytimes, "NPR" and npr. */
export function isNameOfHost(name: string, label: string): boolean {
  const words = bare(name).replace(/^the /, "").split(" ");
  if (label.length < 3 || words.length > 6) return false;
  const rest = (from: number, at: number): boolean => {
    if (from === label.length) return at >= words.length - 1;
    const word = words[at];
    if (word === undefined) return false;
    for (let size = Math.min(word.length, label.length - from); size >= 1; size -= 1)
      if (label.startsWith(word.slice(0, size), from) && rest(from + size, at + 1)) return true;
    return false;
  };
  return rest(0, 0);
}

/** "Headline | Paper" to "Headline": only where the last or first part is the site's name, or the rest is a headline on the page. */
function withoutSite(title: string, site: SiteNames, shown: ReadonlySet<string>): string {
  const isSite = (part: string): boolean => {
    const own = bare(part).replaceAll(" ", "");
    return (
      own !== "" &&
      (isNameOfHost(part, site.label) ||
        [...site.squeezed].some(
          (name) => name !== "" && (own === name || (name.length > 4 && own.length < 40 && own.startsWith(name))),
        ))
    );
  };
  const separators = [...title.matchAll(SEPARATOR)];
  if (separators.length > MOST_PARTS) return title;
  for (const separator of [...separators].reverse()) {
    const before = title.slice(0, separator.index).trim();
    const after = title.slice(separator.index + separator[0].length).trim();
    if (before === "") continue;
    const telling = bare(before).length >= 15;
    // a short last part behind a bar is the site's name whatever the address is
    const behindBar = /[|｜]/.test(separator[0]) && telling && after.length <= 30 && after.length * 1.5 < before.length;
    if (isSite(after) || behindBar) return withoutSite(before, site, shown);
    if (telling && shown.has(bare(before))) return before;
  }
  const first = separators[0];
  if (first === undefined) return title;
  const after = title.slice(first.index + first[0].length).trim();
  return isSite(title.slice(0, first.index)) || (bare(after).length >= 15 && shown.has(bare(after))) ? after : title;
}
