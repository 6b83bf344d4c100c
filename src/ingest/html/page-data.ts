// What a page says of itself to machines, its meta elements, and the shape of a value that was found together with its place.
import { decodeEntities } from "../entities.ts";
import type { Page, PageElement } from "./dom.ts";
import type { Thing } from "./structured-data.ts";

export interface Found<T = string> {
  value: T;
  where: string;
}

/** What a page says of itself by machine-readable means, read before anything of it is taken out. */
export interface PageData {
  page: Page;
  metas: ReadonlyMap<string, string>;
  /** Every object of its JSON-LD, and the one that describes the article. */
  things: readonly Thing[];
  article: Thing | null;
  /** Where it came from, without tracking. */
  base: string | null;
}

/** Signatures may come one by one. */
const SEVERAL =
  /^(?:author|article:author|citation_author|dc\.creator|dcterms\.creator|dc:creator|parsely-author|sailthru\.author)$/;

/** `meta name=… content=…` and `property`, lower-case names, first one wins; several authors are joined by "; ". */
export function metaOf(page: Page): Map<string, string> {
  const metas = new Map<string, string>();
  for (const element of page.querySelectorAll("meta")) {
    const name = (element.getAttribute("property") ?? element.getAttribute("name") ?? element.getAttribute("itemprop"))
      ?.trim()
      .toLowerCase();
    const content = decodeEntities(element.getAttribute("content") ?? element.getAttribute("value") ?? "")
      .replace(/\s+/g, " ")
      .trim();
    if (name === undefined || content === "") continue;
    for (const one of name.split(/\s+/)) {
      const before = metas.get(one);
      if (before === undefined) metas.set(one, content);
      else if (SEVERAL.test(one) && before.length < 300 && !before.split("; ").includes(content))
        metas.set(one, `${before}; ${content}`);
    }
  }
  return metas;
}

export const textIn = (element: PageElement | null): string => (element?.textContent ?? "").replace(/[\s\u00a0]+/g, " ").trim();
export function fromMeta(metas: ReadonlyMap<string, string>, names: readonly string[]): Found | null {
  for (const name of names) {
    const value = metas.get(name);
    if (value !== undefined) return { value, where: `meta ${name}` };
  }
  return null;
}
