// The dates that readers of a page see by its headline: marked elements, elements named for dates, lines that are nothing but a date.
import { findDates, type DayMonthOrder } from "../../text/dates.ts";
import { shortText, spacedText, type Page, type PageElement } from "./dom.ts";
import { linesByHeadline, standsElsewhere } from "./page-head.ts";
import type { Found } from "./page-metas.ts";
import { plainDateText } from "./plain-date-text.ts";
import type { Segment } from "./segments.ts";
import { statedDate } from "./stated-dates.ts";

export interface VisibleDates {
  published: Found[];
  updated: Found[];
  /** Beside the headline, without a word that says what they are. */
  plain: Found[];
}

const DATE_PLACE =
  /(?:^|[\s_-])(?:published|publish|publishedat|pub-?date|post-?date|posted|entry-?date|article-?date|date-?published|timestamp|dateline|datetime|date\d?|time|byline|post-meta|entry-meta|article-meta|article-info|publication|\w*datum|fecha|data|meta|submitted|authored)(?:$|[\s_-])/i;
/** A line of its own that begins as date lines do. */
const DATE_LINE =
  /^(?:written by|posted|submitted by|published|first published|updated|last updated|veröffentlicht|erschienen|erstellt|publié|publicado|pubblicato|опубликовано|gepubliceerd|yayınlanma)\b[^.!?]{0,110}\d{4}/iu;
const UPDATED =
  /\b(?:updated?|modified|revised|last (?:edited|change)|aktualisiert|stand|mis à jour|actualizado|actualización|atualizado|aggiornato|bijgewerkt|edited|güncelleme\w*)\b|обновлено|آخر تحديث|به‌روزرسانی/iu;
const PUBLISHED =
  /\b(?:published|posted|publish|pubdate|first published|created|veröffentlicht|erschienen|erstellt|publié|publicado|pubblicato|gepubliceerd|yayınlanma)\b|опубликовано|تاريخ النشر|نشر في|تاریخ انتشار/iu;
/** The clock of the page, not of the article. */
const NOW =
  /\b(?:aktuelle zeit|heute|current time|it is currently|today(?: is)?|time now|aujourd['’]hui|hoy|oggi)\b|сегодня|اليوم/iu;
/** What may stand beside the date in a line that is nothing but a date line. */
const BESIDE = 70;

/** `heading` is the element that shows the title; `all` the page's visible segments. */
export function visibleDates(
  page: Page,
  all: readonly Segment[],
  headline: PageElement | null,
  order: DayMonthOrder | undefined,
): VisibleDates {
  const out: VisibleDates = { published: [], updated: [], plain: [] };
  for (const spot of spotsIn(frameOf(page, headline), headline)) {
    const text = (spot.textContent ?? "").replace(/[\s\u00a0]+/g, " ").trim();
    const machine = spot.getAttribute("datetime");
    if (/^TIME$/i.test(spot.tagName) || machine !== null) {
      const value = (machine === null ? null : statedDate(machine, order)) ?? statedDate(text, order);
      if (value === null) continue;
      const found = { value, where: `${spot.tagName.toLowerCase()} element: "${(machine ?? text).slice(0, 60)}"` };
      const label = `${spot.parentElement === null ? "" : textBefore(spot)} ${spot.className} ${text}`;
      (UPDATED.test(label) ? out.updated : PUBLISHED.test(label) ? out.published : out.plain).push(found);
    } else addLine(out, text, order);
  }
  if (out.published.length + out.plain.length > 0) return out;
  for (const { text, element } of linesByHeadline(all, headline)) {
    const apart = spacedText(element);
    for (const line of new Set([text, apart.length <= 200 ? apart : text]))
      if (isDateLine(line, order)) addLine(out, line, order);
  }
  if (out.published.length + out.plain.length > 0) return out;
  // a line at the end of the article that says what it is
  for (const { text, element } of all)
    if (text.length <= 160 && DATE_LINE.test(text) && !standsElsewhere(element, headline)) addLine(out, text, order);
  return out;
}

/** A day of the month that the address names, where the page shows exactly one such day; figures of either order. */
export function dayWithin(month: string, all: readonly Segment[], headline: PageElement | null): Found | null {
  const near = linesByHeadline(all, headline);
  const short = all.filter(({ text, element }) => text.length <= 160 && /\d/.test(text) && !standsElsewhere(element, headline));
  for (const lines of [near, short]) {
    const days = new Map<string, Found>();
    for (const { text } of lines)
      for (const order of ["day-first", "month-first"] as const)
        for (const date of findDates(plainDateText(text), undefined, order))
          if (!date.inferred && date.value.startsWith(`${month}-`) && !days.has(date.value.slice(0, 10)))
            days.set(date.value.slice(0, 10), { value: date.value, where: `line "${text.slice(0, 80)}" and address` });
    const [only] = [...days.values()];
    if (days.size === 1 && only !== undefined) return only;
    if (days.size > 1) return null;
  }
  return null;
}

function spotsIn(root: PageElement, headline: PageElement | null): PageElement[] {
  const spots: PageElement[] = [];
  for (const element of root.querySelectorAll("time,[class],[id],[datetime],p,div,small")) {
    if (spots.length >= 12) break;
    const isTime = /^TIME$/i.test(element.tagName);
    const names = `${element.className} ${element.id}`.replace(/([a-z])([A-Z])/g, "$1-$2");
    const named = isTime || DATE_PLACE.test(names);
    const text = shortText(element, 240);
    if (text === null || !(isTime || /\p{N}/u.test(text)) || !(named || DATE_LINE.test(text))) continue;
    if (standsElsewhere(element, headline)) continue;
    if (spots.some((spot) => spot.contains(element) && /^TIME$/i.test(spot.tagName))) continue;
    spots.push(element);
  }
  return spots;
}

function addLine(out: VisibleDates, written: string, order: DayMonthOrder | undefined): void {
  const text = plainDateText(written);
  for (const date of findDates(text, undefined, order)) {
    if (date.inferred || date.precision === "year" || date.precision === "month") continue;
    const value = statedDate(date.value) ?? date.value;
    const found = { value, where: `line "${written.slice(0, 80)}"` };
    const before = text.slice(0, date.start);
    const label = date.label ?? (UPDATED.test(before) ? "updated" : PUBLISHED.test(before) ? "published" : null);
    (label === "updated" ? out.updated : label === "published" ? out.published : out.plain).push(found);
  }
}

/** True where little stands beside the date and nothing of it is a sentence. */
function isDateLine(written: string, order: DayMonthOrder | undefined): boolean {
  const text = plainDateText(written);
  const dates = findDates(text, undefined, order).filter(({ inferred, precision }) => !inferred && /day|time/.test(precision));
  if (dates.length === 0 || dates.length > 2 || NOW.test(text)) return false;
  const beside = dates.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text).trim();
  const words = beside.match(/\p{L}+/gu)?.length ?? 0;
  return beside.length <= BESIDE && words <= 9 && !(words > 4 && /[.!?]["”’]?$/u.test(beside));
}

function textBefore(element: PageElement): string {
  const whole = (element.parentElement?.textContent ?? "").replace(/\s+/g, " ");
  const own = (element.textContent ?? "").replace(/\s+/g, " ").trim();
  const at = own === "" ? -1 : whole.indexOf(own);
  return at < 0 ? "" : whole.slice(Math.max(0, at - 40), at);
}

/** The box around the headline that is large enough to hold its date line: at most four levels up; the page where there is no headline. */
function frameOf(page: Page, headline: PageElement | null): PageElement {
  const body = page.body ?? page;
  let at: PageElement | null = headline;
  for (let level = 0; at !== null && level < 4; level++) {
    const parent: PageElement | null = at.parentElement;
    if (parent === null || /^(?:BODY|HTML)$/i.test(parent.tagName)) return body;
    at = parent;
    if (/^(?:ARTICLE|MAIN)$/i.test(at.tagName)) break;
  }
  return at ?? body;
}
