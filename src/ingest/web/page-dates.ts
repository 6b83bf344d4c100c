// When a page was published and changed: what its data, its visible date line and its address say, weighed against each other.
// Where machine-readable dates contradict each other and nothing decides, there is no date: a wrong one is worse than none.
import type { Dated } from "../../domain.ts";
import { findDates, type DayMonthOrder } from "../../language/dates.ts";
import { shortText, type Page, type PageElement } from "./dom.ts";
import type { Found } from "./page-labels.ts";
import { rangeOf, sameTime, statedDate } from "./stated-dates.ts";
import { textOf, type Thing } from "./structured-data.ts";

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
const DATE_PLACE =
  /(?:^|[\s_-])(?:published|publish|pub-?date|post-?date|posted|entry-?date|article-?date|date-?published|timestamp|dateline|datetime|date|byline|post-meta|entry-meta|article-meta|article-info|publication|datum|fecha|data|meta)(?:$|[\s_-])/i;
/** A line of its own that begins as date lines do. */
const DATE_LINE =
  /^(?:written by|posted|submitted by|published|first published|updated|last updated|veröffentlicht|publié|publicado|опубликовано)\b[^.!?]{0,110}\d{4}/iu;
const ELSEWHERE =
  /(?:^|[\s_-])(?:comments?|respond|related|recommended|sidebar|teaser|card|promo|widget|most|popular|trending|latest|more|copyright|ticker|weather|today|current-date|newsletter)(?:$|[\s_-])/i;

/** `heading` is the title as it stands on the page; `language` decides how 04/11/2025 reads. */
export function findPageDates(
  page: Page,
  metas: Map<string, string>,
  article: Thing | null,
  heading: string | null,
  language: string | null,
  address: string | null,
): PageDates {
  const order = orderOf(language);
  const stated = (value: string | null | undefined, where: string): Found[] => {
    const date = value === null || value === undefined ? null : statedDate(value, order);
    return date === null ? [] : [{ value: date, where: `${where}: "${value}"` }];
  };
  const visible = visibleDates(page, heading, order);
  const ld = article === null ? [] : stated(textOf(article["datePublished"]), "JSON-LD datePublished");
  const meta = firstOf(PUBLISHED_META, (name) => stated(metas.get(name), `meta ${name}`));
  const marked = [
    ...page.querySelectorAll('[itemprop~="datePublished"],time[pubdate],abbr.published,time.published,time.entry-date.published'),
  ]
    .filter((element) => !standsElsewhere(element))
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
    published = visible.published[0] ?? (agree(visible.plain) ? visible.plain[0] : undefined) ?? inAddress[0] ?? null;
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

const DAY = 86_400_000;
const near = (a: Dated, b: Dated): boolean => {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  return x.from <= y.to + DAY / 2 && y.from <= x.to + DAY / 2;
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

interface Visible {
  published: Found[];
  updated: Found[];
  /** Beside the headline, without a word that says what they are. */
  plain: Found[];
}

/** Date lines that readers see by the headline: `<time>` elements and elements named for dates, outside comments and teasers. */
function visibleDates(page: Page, heading: string | null, order: DayMonthOrder | undefined): Visible {
  const out: Visible = { published: [], updated: [], plain: [] };
  const root = frameOf(page, heading);
  const spots: PageElement[] = [];
  for (const element of root.querySelectorAll("time,[class],[id],[datetime],p,div,small")) {
    if (spots.length >= 12) break;
    const isTime = element.tagName.toUpperCase() === "TIME";
    const named = isTime || DATE_PLACE.test(`${element.className} ${element.id}`);
    const text = shortText(element, 240);
    if (text === null || !(isTime || /\d/.test(text)) || !(named || DATE_LINE.test(text)) || standsElsewhere(element)) continue;
    if (spots.some((spot) => spot.contains(element) && spot.tagName.toUpperCase() === "TIME")) continue;
    spots.push(element);
  }
  for (const spot of spots) {
    const text = (spot.textContent ?? "").replace(/[\s\u00a0]+/g, " ").trim();
    const machine = spot.getAttribute("datetime");
    const before = `${spot.parentElement === null ? "" : textBefore(spot)} ${spot.className}`;
    if (spot.tagName.toUpperCase() === "TIME" || machine !== null) {
      const value = (machine === null ? null : statedDate(machine, order)) ?? statedDate(text, order);
      if (value === null) continue;
      const found = { value, where: `${spot.tagName.toLowerCase()} element: "${(machine ?? text).slice(0, 60)}"` };
      const label = `${before} ${text}`;
      (UPDATED.test(label) ? out.updated : PUBLISHED.test(label) ? out.published : out.plain).push(found);
      continue;
    }
    for (const date of findDates(text, undefined, order)) {
      if (date.inferred || date.precision === "year" || date.precision === "month") continue;
      const value = statedDate(date.value) ?? date.value;
      const found = { value, where: `line "${text.slice(0, 80)}"` };
      const label =
        date.label ??
        (UPDATED.test(text.slice(0, date.start)) ? "updated" : PUBLISHED.test(text.slice(0, date.start)) ? "published" : null);
      (label === "updated" ? out.updated : label === "published" ? out.published : out.plain).push(found);
    }
  }
  return out;
}

const UPDATED =
  /\b(?:updated?|modified|revised|last (?:edited|change)|aktualisiert|stand|mis à jour|actualizado|actualización|atualizado|aggiornato|обновлено|bijgewerkt|edited)\b/iu;
const PUBLISHED =
  /(?:\b(?:published|posted|publish|pubdate|first published|created|veröffentlicht|erschienen|publié|publicado|pubblicato|gepubliceerd)\b|опубликовано)/iu;

function textBefore(element: PageElement): string {
  const whole = (element.parentElement?.textContent ?? "").replace(/\s+/g, " ");
  const own = (element.textContent ?? "").replace(/\s+/g, " ").trim();
  const at = own === "" ? -1 : whole.indexOf(own);
  return at < 0 ? "" : whole.slice(Math.max(0, at - 40), at);
}

/** The box around the headline that is large enough to hold its date line: at most four levels up; the page where there is no headline. */
function frameOf(page: Page, heading: string | null): PageElement {
  const squeeze = (text: string): string => text.replace(/[\s\u00a0]+/g, " ").trim();
  const title =
    heading === null
      ? null
      : ([...page.querySelectorAll("h1,h2")].find((element) => squeeze(element.textContent ?? "") === heading) ?? null);
  const body = page.body ?? page;
  let at: PageElement | null = title;
  for (let level = 0; at !== null && level < 4; level++) {
    const parent: PageElement | null = at.parentElement;
    if (parent === null || /^(?:BODY|HTML)$/i.test(parent.tagName)) return body;
    at = parent;
    if (/^(?:ARTICLE|MAIN)$/i.test(at.tagName)) break;
  }
  return at ?? body;
}

function standsElsewhere(element: PageElement): boolean {
  for (let at: PageElement | null = element; at !== null; at = at.parentElement) {
    if (/^(?:ASIDE|NAV|FOOTER)$/i.test(at.tagName)) return true;
    if (!/^(?:BODY|HTML)$/i.test(at.tagName) && ELSEWHERE.test(`${at.className} ${at.id}`)) return true;
  }
  return false;
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
