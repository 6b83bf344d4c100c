// When a page was published and changed: what its data, its visible date line and its address say, weighed against each other.
// Where machine-readable dates contradict each other and nothing decides, there is no date: a wrong one is worse than none.
import type { Dated } from "../../domain.ts";
import { DAY_MS } from "../../text/date-words.ts";
import type { DayMonthOrder } from "../../text/dates.ts";
import type { Page, PageElement } from "./dom.ts";
import { standsElsewhere } from "./page-head.ts";
import type { Found } from "./page-metas.ts";
import type { Segment } from "./segments.ts";
import { rangeOf, sameTime, statedDate } from "./stated-dates.ts";
import { textOf, typesOf, type Thing } from "./structured-data.ts";
import { dayWithin, visibleDates } from "./visible-dates.ts";

export interface PageDates {
  published: Found | null;
  updated: Found | null;
  warnings: string[];
}

const PUBLISHED_META = [
  "article:published_time",
  "og:article:published_time",
  "article:published",
  "og:published_time",
  "datepublished",
  "parsely-pub-date",
  "sailthru.date",
  "dc.date.issued",
  "dcterms.issued",
  "dcterms.created",
  "dc.date.created",
  "citation_publication_date",
  "citation_online_date",
  "cxenseparse:recs:publishtime",
  "publish-date",
  "publish_date",
  "publishdate",
  "published_time",
  "publication_date",
  "pubdate",
  "article.published",
  "originalpublicationdate",
  "iso-8601-publish-date",
  "article_date_original",
  "date",
  "dc.date",
  "dcterms.date",
  "displaydate",
  "rnews:datepublished",
  "article:post_date",
  "created",
];
const UPDATED_META = [
  "article:modified_time",
  "og:updated_time",
  "og:article:modified_time",
  "datemodified",
  "article:modified",
  "dcterms.modified",
  "dc.date.modified",
  "lastmod",
  "last-modified",
  "revised",
  "article.updated",
  "iso-8601-last-modified",
];
export interface DatedPage {
  page: Page;
  metas: Map<string, string>;
  article: Thing | null;
  things: readonly Thing[];
  /** The page's visible segments, and the element that shows the title. */
  all: readonly Segment[];
  headline: PageElement | null;
  /** Decides how 04/11/2025 reads. */
  language: string | null;
  address: string | null;
}

const MARKED =
  '[itemprop~="datePublished"],[property~="datePublished"],[property~="schema:datePublished"],[property~="dc:date"],[property~="schema:dateCreated"],time[pubdate],abbr.published,time.published,time.entry-date';

export function findPageDates({ page, metas, article, things, all, headline, language, address }: DatedPage): PageDates {
  const order = orderOf(language);
  const stated = (value: string | null | undefined, where: string): Found[] => {
    const date = value === null || value === undefined ? null : statedDate(value, order);
    return date === null ? [] : [{ value: date, where: `${where}: "${value}"` }];
  };
  const visible = visibleDates(page, all, headline, order);
  const ofPage = things.find(
    (thing) => typesOf(thing).some((type) => /^(?:Web|Item)Page$/.test(type)) && thing["datePublished"] !== undefined,
  );
  const ld = stated(textOf((article ?? ofPage)?.["datePublished"]), "JSON-LD datePublished");
  const meta = firstOf(PUBLISHED_META, (name) => stated(metas.get(name), `meta ${name}`));
  const marked = [...page.querySelectorAll(MARKED)]
    .filter((element) => !standsElsewhere(element, headline))
    .slice(0, 1)
    .flatMap((element) =>
      stated(
        element.getAttribute("datetime") ??
          element.getAttribute("content") ??
          element.getAttribute("title") ??
          element.textContent,
        "marked as date of publication",
      ),
    );
  const inAddress = address === null ? [] : addressDate(address);
  const machine = [...ld, ...meta, ...marked];
  const warnings: string[] = [];
  let published: Found | null = null;
  const first = machine[0];
  const support = [...visible.published, ...visible.plain, ...inAddress];
  if (first !== undefined) {
    const rivals = machine.filter((other) => !sameTime(other.value, first.value));
    if (rivals.length === 0) {
      const shown = visible.published.find((date) => date.value.length >= 10);
      const denied =
        shown !== undefined &&
        !near(shown.value, first.value) &&
        inAddress.length > 0 &&
        !inAddress.some((date) => near(date.value, first.value));
      published = denied ? shown : first;
    } else {
      published = machine.find((date) => support.some((other) => near(other.value, date.value))) ?? majority(machine);
      if (published === null)
        warnings.push(`Left without a date: the page gives ${machine.map((date) => date.where).join(" and ")}.`);
    }
  } else {
    const coarse = inAddress.find(({ value }) => value.length === 7)?.value;
    published =
      visible.published[0] ??
      (agree(visible.plain) ? visible.plain[0] : undefined) ??
      (coarse === undefined ? null : dayWithin(coarse, all, headline)) ??
      inAddress[0] ??
      null;
  }
  const updates = [
    ...(article === null ? [] : stated(textOf(article["dateModified"]), "JSON-LD dateModified")),
    ...firstOf(UPDATED_META, (name) => stated(metas.get(name), `meta ${name}`)),
    ...visible.updated,
  ];
  const updated = updates.find((date) => published === null || later(date.value, published.value)) ?? null;
  return { published, updated: published === null && first !== undefined ? null : updated, warnings };
}

function firstOf(names: readonly string[], read: (name: string) => Found[]): Found[] {
  for (const name of names) {
    const found = read(name);
    if (found.length > 0) return found;
  }
  return [];
}

const agree = (dates: readonly Found[]): boolean =>
  dates.every((date) => dates[0] !== undefined && sameTime(date.value, dates[0].value));

function majority(dates: readonly Found[]): Found | null {
  const best = dates
    .map((date) => ({ date, votes: dates.filter((other) => near(other.value, date.value)).length }))
    .sort((a, b) => b.votes - a.votes)[0];
  return best !== undefined && best.votes * 2 > dates.length ? best.date : null;
}

const near = (a: Dated, b: Dated): boolean => {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  return x.from <= y.to + DAY_MS / 2 && y.from <= x.to + DAY_MS / 2;
};

/** Certainly later: another instant, or another day where one of them is only a day. */
const later = (a: Dated, b: Dated): boolean => {
  if (a.includes("T") && b.includes("T")) return rangeOf(a).from - rangeOf(b).from > 60_000;
  return a.slice(0, 10) > b.slice(0, 10);
};

/** /2025/10/31/ or /2025-10-31- or /20251031/ in the path; a month alone counts where it is a folder of its own. */
function addressDate(address: string): Found[] {
  const path = new URL(address).pathname;
  const where = `address: "${path.slice(0, 80)}"`;
  const day =
    /[/_-]((?:19|20)\d{2})([/_-])(0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\2(0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/i.exec(
      path,
    );
  if (day !== null) {
    const month = /^\d/.test(day[3] ?? "")
      ? day[3]
      : String("jan feb mar apr may jun jul aug sep oct nov dec".split(" ").indexOf((day[3] ?? "").toLowerCase()) + 1);
    const value = statedDate(`${day[1]}-${month}-${day[4]}`);
    return value === null ? [] : [{ value, where }];
  }
  const compact = /\/((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-])/.exec(path);
  if (compact !== null) {
    const value = statedDate(`${compact[1]}-${compact[2]}-${compact[3]}`);
    return value === null ? [] : [{ value, where }];
  }
  const folder = /\/((?:19|20)\d{2})\/(0[1-9]|1[0-2])\//.exec(path);
  return folder === null ? [] : [{ value: `${folder[1]}-${folder[2]}`, where }];
}

/** Only the languages of countries that all write one way; English is written both ways, so it decides nothing without a region. */
function orderOf(language: string | null): DayMonthOrder | undefined {
  if (language === null) return undefined;
  if (/^en-US$/i.test(language)) return "month-first";
  return /^(?:de|fr|es|it|pt|nl|pl|ru|uk|tr|az|ro|bg|sr|hr|cs|sk|el|da|nb|no|fi|id|vi|ar|he|en-(?:GB|AU|NZ|IE|IN))\b/i.test(
    language,
  )
    ? "day-first"
    : undefined;
}
