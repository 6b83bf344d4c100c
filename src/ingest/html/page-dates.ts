// When a page was published and changed: what its data, its address and its visible date line say, in this order.
// Where machine-readable dates contradict each other and nothing decides, there is no date: a wrong one is worse than none.
import type { Dated } from "../../domain.ts";
import { DAY_MS } from "../../text/date-words.ts";
import { findDates, type DayMonthOrder, type FoundDate } from "../../text/dates.ts";
import { firstRead, foundAt, type Found } from "../read-result.ts";
import { boxesOf, spacedText, textIn } from "./dom.ts";
import { textOf, typesOf, type ShownPage } from "./page-data.ts";
import { linesByHeadline, standsElsewhere } from "./page-title.ts";
import { isDateLine, plainDateText, statedDate } from "./stated-dates.ts";

/** Names of meta elements without their punctuation; the surer ones first. */
const PUBLISHED_META = [
  /publ(?:ish(?:ed)?|ication)(?:date|time)?$|pubdate$|datepublished$/,
  /(?:^|^dc|^dcterms|^sailthru)date$|(?:issued|created)$/,
];
const UPDATED_META = [/modified(?:time|date)?$|updated(?:time)?$|lastmod$/];
const MARKED =
  '[itemprop~="datePublished"],[property~="datePublished"],[property~="schema:datePublished"],[property~="dc:date"],time[pubdate],abbr.published,time.published,time.entry-date';

export function findPageDates(given: ShownPage): { published: Found | null; updated: Found | null; warnings: string[] } {
  const { page, metas, article, things, headline, language, address } = given;
  const order = orderOf(language);
  const first = (...places: (Found | null)[]): Found | null => firstRead(places, (value) => statedDate(value, order));
  const inMeta = (tiers: readonly RegExp[]): Found | null => {
    const named = tiers.flatMap((tier) => [...metas].filter(([name]) => tier.test(name.replace(/[^a-z]/g, ""))));
    return first(...named.map(([name, value]) => foundAt(value, `meta ${name}`)));
  };
  const isDatedPage = (thing: (typeof things)[number]): boolean =>
    thing["datePublished"] !== undefined && typesOf(thing).includes("WebPage");
  const marked = [...page.querySelectorAll(MARKED)].find((element) => !standsElsewhere(element, headline));
  const [mark] = ["datetime", "content", "title"].flatMap((name) => marked?.getAttribute(name) ?? []);
  const machine = [
    first(foundAt(textOf((article ?? things.find(isDatedPage))?.["datePublished"]), "JSON-LD datePublished")),
    inMeta(PUBLISHED_META),
    first(foundAt(mark ?? marked?.textContent, "marked as date of publication")),
  ].filter((found) => found !== null);
  const inAddress = address === null ? null : addressDate(address);
  const all = shownDates(given, order, inAddress?.value);
  const shown = all.filter(({ changed }) => !changed);
  const seen = inAddress === null ? shown : [...shown, inAddress];
  // the day that the page's own time element shows its readers outweighs what only programs see
  const byElement = agreed(shown.filter(({ where }) => where.startsWith("time element")));
  const told = machine.find(({ value }) => seen.some((other) => near(other.value, value))) ?? byElement ?? agreed(machine);
  const contradicted = told === null && machine.length > 0;
  const published = told === null ? (contradicted ? null : (agreed(shown) ?? inAddress)) : asSeen(told, shown);
  const modified = foundAt(textOf(article?.["dateModified"]), "JSON-LD dateModified");
  const updates = [first(modified), inMeta(UPDATED_META), ...all.filter(({ changed }) => changed)];
  const updated = updates.find((found) => found !== null && (published === null || later(found.value, published.value))) ?? null;
  if (!contradicted) return { published, updated, warnings: [] };
  const warning = `Left without a date: the page gives ${machine.map(({ value, where }) => `${value} (${where})`).join(" and ")}.`;
  return { published, updated: null, warnings: [warning] };
}

/** The first of dates that mean the same. */
const agreed = (dates: readonly Found[]): Found | null =>
  dates[0] !== undefined && dates.every(({ value }) => near(value, dates[0]?.value ?? "")) ? dates[0] : null;

/** An instant that falls on another day where the page is read gives way to the day that the page shows. */
function asSeen(told: Found, shown: readonly Found[]): Found {
  const day = told.value.slice(0, 10);
  if (!told.value.includes("T") || shown.some(({ value }) => value.startsWith(day))) return told;
  return shown.find(({ value }) => value.length >= 10 && near(value, told.value)) ?? told;
}

/** The first and last millisecond that a date can mean, in any time zone where it names none. */
function rangeOf(value: Dated): { from: number; to: number } {
  if (/T.*(?:Z|[+-]\d{2}:\d{2})$/.test(value)) return { from: Date.parse(value), to: Date.parse(value) };
  const [year = 1970, month = 1, day] = value.slice(0, 10).split("-").map(Number);
  const end = Date.UTC(year, day === undefined ? month : month - 1, day === undefined ? 1 : day + 1);
  return { from: Date.UTC(year, month - 1, day ?? 1) - (7 * DAY_MS) / 12, to: end + DAY_MS / 2 };
}

/** Within half a day of meaning the same. */
function near(a: Dated, b: Dated): boolean {
  const [x, y] = [rangeOf(a), rangeOf(b)];
  return x.from <= y.to + DAY_MS / 2 && y.from <= x.to + DAY_MS / 2;
}

/** Certainly later: another instant, or another day where one of them is only a day. */
const later = (a: Dated, b: Dated): boolean =>
  a.includes("T") && b.includes("T") ? rangeOf(a).from - rangeOf(b).from > 60_000 : a.slice(0, 10) > b.slice(0, 10);

/** /2025/10/31/ or /2025-oct-31- or /20251031/ in the path; a month alone counts where it is a folder of its own. */
function addressDate(address: string): Found | null {
  const path = new URL(address).pathname;
  const DAY =
    /[/_-]((?:19|20)\d{2})(?:([/_-])(0?[1-9]|1[0-2]|[a-z]{3})\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)/i;
  const [, year, , m1, d1, month = m1, day = d1] = DAY.exec(path) ?? [];
  const written = /^\d/.test(month ?? "") ? `${year}-${month}-${day}` : `${day} ${month} ${year}`;
  const folder = /\/((?:19|20)\d{2})\/(0[1-9]|1[0-2])\//.exec(path);
  const value = (year === undefined ? null : statedDate(written)) ?? (folder === null ? null : `${folder[1]}-${folder[2]}`);
  return foundAt(value, `address: "${path.slice(0, 80)}"`);
}

/** As the language's country writes; English without a country is written both ways, and so decides nothing. */
function orderOf(language: string | null): DayMonthOrder | undefined {
  if (language === null || /^en$/i.test(language)) return undefined;
  const parts = new Intl.DateTimeFormat(language).formatToParts(0).map(({ type }) => type);
  const [first, second] = parts.filter((type) => type !== "literal");
  return first === "day" ? "day-first" : first === "month" && second === "day" ? "month-first" : undefined;
}

const CHANGED = /updat|modif|aktualisiert|stand\b/i;

/** `changed`: when the page was changed, not when it was published. */
type Shown = Found & { changed: boolean };

/** The dates that readers see by the headline: of time elements, else of lines. `month`: what the address says, which decides 04/11/2025. */
function shownDates({ page, all, headline }: ShownPage, order: DayMonthOrder | undefined, month: Dated | undefined): Shown[] {
  const boxes = [...boxesOf(headline, 5)];
  const frame = boxes.find(({ tagName }) => /^(?:ARTICLE|MAIN)$/i.test(tagName)) ?? boxes[4] ?? page.body;
  const elements = [...frame.querySelectorAll('time,[datetime],[class*="date" i]')].slice(0, 40);
  const times = elements.flatMap((time): Shown[] => {
    if (standsElsewhere(time, headline)) return [];
    const text = textIn(time).length > 240 ? "" : textIn(time);
    const written = time.getAttribute("datetime") ?? text;
    const where = `time element: "${written.slice(0, 60)}"`;
    const [stated, seen] = [foundAt(statedDate(written, order), where), foundAt(statedDate(text, order), where)];
    const found = stated === null || seen === null ? (stated ?? seen) : asSeen(stated, [seen]);
    return found === null ? [] : [{ ...found, changed: CHANGED.test(`${time.className} ${text}`) }];
  });
  if (times.some(({ changed }) => !changed)) return times;
  const lines = linesByHeadline(all, headline).flatMap((line): Shown[] => {
    const apart = spacedText(line.element);
    const written = apart.length <= 200 ? apart : line.text;
    const text = plainDateText(written);
    const dates = datesIn(text, order, month);
    if (!isDateLine(text, dates)) return [];
    return dates.map(({ value, start, label }) => ({
      value: statedDate(value) ?? value,
      where: `line "${written.slice(0, 80)}"`,
      changed: label === "updated" || (label === null && CHANGED.test(text.slice(0, start))),
    }));
  });
  return [...times, ...lines];
}

/** Of days only. What could be read in two orders is read in that which gives the address's month. */
function datesIn(text: string, order: DayMonthOrder | undefined, month: Dated | undefined): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const find = (how: DayMonthOrder | undefined): FoundDate[] =>
    findDates(text, undefined, how).filter(({ inferred, precision }) => !inferred && /day|time/.test(precision));
  const found = find(order);
  if (found.length > 0 || order !== undefined || month === undefined) return found;
  return (["day-first", "month-first"] as const).flatMap(find).filter(({ value }) => value.startsWith(month.slice(0, 7)));
}
