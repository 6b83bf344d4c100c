// What a page says of itself to machines: its meta elements and its JSON-LD, every object flattened, with the one that describes the article.
// Broken JSON is mended where only its control characters or commas are wrong.
import { decodeEntities, mendedJson } from "../decode.ts";
import type { Found } from "../read-result.ts";
import { folded, type Page, type PageElement } from "./dom.ts";
import type { Segment } from "./segments.ts";

export type Thing = Record<string, unknown>;

/** What a page says of itself, read before anything of it is taken out. */
export interface PageData {
  page: Page;
  metas: ReadonlyMap<string, string>;
  /** Every object of its JSON-LD, and the one that describes the article. */
  things: readonly Thing[];
  article: Thing | null;
  /** Where it came from, without tracking. */
  base: string | null;
}

/** The page as readers see it, with what was read of it so far. */
export interface ShownPage extends PageData {
  /** Its visible segments, and the element that shows the title. */
  all: readonly Segment[];
  headline: PageElement | null;
  title: string | null;
  publisher: string | null;
  /** Decides how 04/11/2025 reads. */
  language: string | null;
  address: string | null;
}

/** `meta name=… content=…` and `property`, lower-case names, first one wins; several authors, who may come one by one, are joined by "; ". */
export function metaOf(page: Page): Map<string, string> {
  const metas = new Map<string, string>();
  for (const element of page.querySelectorAll("meta")) {
    const names = element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("itemprop");
    const content = folded(decodeEntities(element.getAttribute("content") ?? element.getAttribute("value") ?? ""));
    if (names === null || content === "") continue;
    for (const name of names.trim().toLowerCase().split(/\s+/)) {
      const before = metas.get(name);
      if (before === undefined) metas.set(name, content);
      else if (/author$|[.:]creator$/.test(name) && before.length < 300 && !before.split("; ").includes(content))
        metas.set(name, `${before}; ${content}`);
    }
  }
  return metas;
}

/** The first of these meta elements that is there. */
export function fromMeta({ metas }: Pick<PageData, "metas">, names: string): Found | null {
  const name = names.split(" ").find((each) => metas.has(each));
  return name === undefined ? null : { value: metas.get(name) ?? "", where: `meta ${name}` };
}

const ARTICLE = /(?:Article|Posting)$|^(?:Report|Review|CriticReview|PressRelease|Interview|ImageGallery|ClaimReview)$/;
/** What an article merely mentions or is part of is not the article. */
const BESIDE = /^(?:mentions|isPartOf|hasPart|about|citation|comment|itemListElement|relatedLink|liveBlogUpdate|review)$/;
const MAX_BYTES = 2_000_000;
const MAX_DEPTH = 12;
const MAX_THINGS = 500;

/** All objects with a type, outer ones first. */
export function thingsOf(page: Page): Thing[] {
  const things: Thing[] = [];
  let budget = MAX_BYTES;
  for (const script of page.querySelectorAll('script[type*="ld+json"]')) {
    const source = script.textContent ?? "";
    budget -= source.length;
    if (budget >= 0) collect(mendedJson(source), things, 0);
  }
  return things;
}

export const typesOf = (thing: Thing): string[] =>
  [thing["@type"]].flat().flatMap((type) => (typeof type === "string" ? [type.replace(/^.*[/:#]/, "")] : []));

/** The article's own object: the one whose headline or address is the page's, else the only one; null where several contend. */
export function articleOf(things: readonly Thing[], heading: string | null, addresses: readonly string[]): Thing | null {
  const articles = things.filter((thing) => typesOf(thing).some((type) => ARTICLE.test(type)));
  const plain = (text: string | null): string => (text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const pathOf = (address: string | null): string => (address ?? "").replace(/^https?:\/\/(?:www\.)?|[?#].*$|\/$/g, "");
  const paths = new Set(addresses.map(pathOf));
  const named = articles.filter((thing) => {
    const headline = plain(textOf(thing["headline"]) ?? textOf(thing["name"]));
    const url = textOf(thing["url"]) ?? idOf(thing["mainEntityOfPage"]) ?? textOf(thing["@id"]);
    return paths.has(pathOf(url)) || (headline !== "" && headline === plain(heading));
  });
  const isDated = (thing: Thing): boolean => thing["datePublished"] !== undefined;
  if (named[0] !== undefined) return named.find(isDated) ?? named[0];
  const telling = articles.filter((thing) => isDated(thing) || thing["headline"] !== undefined);
  const [only, ...others] = telling.length === 1 ? telling : articles;
  return others.length === 0 ? (only ?? null) : null;
}

/** A string, or the text of a language-tagged value; trimmed, null when empty. */
export function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return textOf(value[0]);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "object" && value !== null) return textOf((value as Thing)["@value"]);
  if (typeof value !== "string") return null;
  return folded(decodeEntities(value).replace(/<[^>]{1,200}>/g, "")) || null;
}

/** The names of people or organisations: strings, objects with a `name`, or lists of them; `@id` references are followed. */
export function namesOf(value: unknown, things: readonly Thing[]): { name: string; types: string[] }[] {
  return [value]
    .flat()
    .slice(0, 30)
    .flatMap((entry: unknown): { name: string; types: string[] }[] => {
      const thing: Thing = typeof entry === "object" && entry !== null ? (entry as Thing) : { name: entry };
      if (Array.isArray(thing["name"])) return namesOf(thing["name"], []);
      const id = thing["name"] === undefined ? textOf(thing["@id"]) : null;
      const meant = id === null ? thing : things.find((other) => other["@id"] === id && other["name"] !== undefined);
      const name = textOf(meant?.["name"]);
      return meant === undefined || name === null ? [] : [{ name, types: typesOf(meant) }];
    });
}

export function idOf(value: unknown): string | null {
  const thing = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Thing) : null;
  return thing === null ? textOf(value) : (textOf(thing["@id"]) ?? textOf(thing["url"]));
}

function collect(value: unknown, out: Thing[], depth: number): void {
  if (depth > MAX_DEPTH || out.length >= MAX_THINGS || typeof value !== "object" || value === null) return;
  if (!Array.isArray(value) && (value as Thing)["@type"] !== undefined) out.push(value as Thing);
  for (const [key, entry] of Object.entries(value)) if (!BESIDE.test(key)) collect(entry, out, depth + 1);
}
