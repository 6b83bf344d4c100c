// What a page says about itself in JSON-LD: every object in its scripts, flattened, and the one that describes the article.
// Broken JSON is mended where only its control characters are wrong, else passed over.
import { decodeEntities } from "../entities.ts";
import type { Page } from "./dom.ts";

export type Thing = Record<string, unknown>;

const ARTICLE =
  /^(?:(?:News|Reportage|Analysis|AskPublicNews|Background|Opinion|ReviewNews|Satirical|Scholarly|Tech|AdvertiserContent|Social\w*)?Article|OpinionNewsArticle|AnalysisNewsArticle|ReportageNewsArticle|BlogPosting|LiveBlogPosting|Report|Review|CriticReview|PressRelease|Interview|ImageGallery|ClaimReview)$/;
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
    if (budget < 0) break;
    collect(parseLoosely(source), things, 0);
  }
  return things;
}

export const typesOf = (thing: Thing): string[] =>
  [thing["@type"]]
    .flat()
    .filter((type): type is string => typeof type === "string")
    .map((type) => type.replace(/^.*[/:#]/, ""));

export const isArticle = (thing: Thing): boolean => typesOf(thing).some((type) => ARTICLE.test(type));

/** The article's own object: the one whose headline or address is the page's, else the only one; null where several contend. */
export function articleOf(things: readonly Thing[], heading: string | null, addresses: readonly string[]): Thing | null {
  const articles = things.filter(isArticle);
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  const paths = new Set(addresses.map((address) => address.replace(/^https?:\/\/(?:www\.)?/, "").replace(/[?#].*$|\/$/g, "")));
  const named = articles.filter((thing) => {
    const url = textOf(thing["url"]) ?? idOf(thing["mainEntityOfPage"]) ?? textOf(thing["@id"]);
    const headline = textOf(thing["headline"]) ?? textOf(thing["name"]);
    const sameUrl = url !== null && paths.has(url.replace(/^https?:\/\/(?:www\.)?/, "").replace(/[?#].*$|\/$/g, ""));
    return sameUrl || (headline !== null && heading !== null && plain(headline) !== "" && plain(headline) === plain(heading));
  });
  if (named[0] !== undefined) return named.find((thing) => thing["datePublished"] !== undefined) ?? named[0];
  const dated = articles.filter((thing) => thing["datePublished"] !== undefined || thing["headline"] !== undefined);
  return dated.length === 1 ? (dated[0] ?? null) : articles.length === 1 ? (articles[0] ?? null) : null;
}

/** A string, or the text of a language-tagged value; trimmed, null when empty. */
export function textOf(value: unknown): string | null {
  if (Array.isArray(value)) return textOf(value[0]);
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) return textOf((value as Thing)["@value"]);
  if (typeof value !== "string") return null;
  const text = decodeEntities(value)
    .replace(/<[^>]{1,200}>/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? null : text;
}

/** The names of people or organisations: strings, objects with a `name`, or lists of them; `@id` references are followed. */
export function namesOf(value: unknown, things: readonly Thing[]): { name: string; types: string[] }[] {
  return [value]
    .flat()
    .slice(0, 30)
    .flatMap((entry: unknown) => {
      if (typeof entry === "string") {
        const name = textOf(entry);
        return name === null ? [] : [{ name, types: [] }];
      }
      if (typeof entry !== "object" || entry === null) return [];
      const thing = entry as Thing;
      if (Array.isArray(thing["name"])) return namesOf(thing["name"], []);
      const name = textOf(thing["name"]);
      if (name !== null) return [{ name, types: typesOf(thing) }];
      const id = textOf(thing["@id"]);
      const target = id === null ? undefined : things.find((other) => other["@id"] === id && other["name"] !== undefined);
      const found = target === undefined ? null : textOf(target["name"]);
      return found === null || target === undefined ? [] : [{ name: found, types: typesOf(target) }];
    });
}

export function idOf(value: unknown): string | null {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return textOf((value as Thing)["@id"]) ?? textOf((value as Thing)["url"]);
  }
  return textOf(value);
}

function collect(value: unknown, out: Thing[], depth: number): void {
  if (depth > MAX_DEPTH || out.length >= MAX_THINGS || typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, out, depth + 1);
    return;
  }
  const thing = value as Thing;
  if (thing["@type"] !== undefined) out.push(thing);
  for (const [key, entry] of Object.entries(thing)) {
    // what an article merely mentions or is part of is not the article
    if (
      /^(?:mentions|isPartOf|hasPart|about|citation|comment|itemListElement|relatedLink|liveBlogUpdate|review|recordedIn)$/.test(
        key,
      )
    )
      continue;
    if (typeof entry === "object") collect(entry, out, depth + 1);
  }
}

function parseLoosely(source: string): unknown {
  const bare = source
    .replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)\s*$/, "")
    .trim()
    .replace(/;$/, "");
  for (const attempt of [
    bare,
    bare.replace(/[\u0000-\u001f]+/g, " "),
    bare.replace(/[\u0000-\u001f]+/g, " ").replace(/,\s*([}\]])/g, "$1"),
  ]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      // the next, more forgiving reading
    }
  }
  return pieces(bare);
}

/** What can be told of data that no reading makes whole: the article's own fields, where each stands there only once. */
function pieces(source: string): Thing | null {
  const type = /"@type"\s*:\s*\[?\s*"([A-Za-z]{3,40})"/g;
  const kinds = [...source.matchAll(type)].flatMap(([, kind]) => (kind !== undefined && ARTICLE.test(kind) ? [kind] : []));
  if (kinds.length !== 1) return null;
  const once = (name: string): string | undefined => {
    const values = [...source.matchAll(new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\\n]|\\\\.){1,400})"`, "g"))].map(
      ([, value]) => value,
    );
    return new Set(values).size === 1 ? values[0] : undefined;
  };
  const author = /"author"\s*:\s*[[{]{1,2}[^\]}]{0,300}?"name"\s*:\s*"([^"\n]{2,100})"/.exec(source)?.[1];
  const found = Object.fromEntries(["headline", "datePublished", "dateModified"].map((name) => [name, once(name)]));
  return { "@type": kinds[0], ...found, ...(author === undefined ? {} : { author: { name: author } }) };
}
