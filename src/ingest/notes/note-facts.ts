// Title, author, publisher, dates and section labels where a page's lines state them, each with the line it was found on.
// A value that two places could give is taken from the place nearest to the text; a date that could be today's masthead date is not taken.
import type { Dated, Evidence } from "../../domain.ts";
import { findDates, type FoundDate } from "../../text/dates.ts";
import { isPersonName, isRole } from "../bylines.ts";
import { isOutlet, publisherInDateline, publisherInNotice } from "../bylines.ts";
import { opensOtherPart, SECTION_NAMES } from "./interface-lines.ts";
import type { TypedLine, TypedText } from "./typed-lines.ts";

export interface PageFacts {
  title: string | null;
  author: string | null;
  publisher: string | null;
  published: Dated | null;
  updated: Dated | null;
  url: string | null;
  /** Section labels and tags as the page has them. */
  labels: string[];
  evidence: Evidence;
}

interface Found {
  value: string;
  line: TypedLine;
}

export function factsOf(text: TypedText): PageFacts {
  // without what stands below a line that opens comments or other articles
  const end = text.lines.findIndex((line) => line.part === "foot" && line.look === "interface" && opensOtherPart(line.text));
  const own = end === -1 ? text.lines : text.lines.slice(0, end);
  const title = text.title === null ? null : { value: text.title.text.replace(/\s*[|]\s*[^|]{2,40}$/, ""), line: text.title };
  const found = {
    title,
    author: findAuthor(text, own),
    publisher: findPublisher(text.lines, own),
    ...findPageDates(text, own),
    url: findUrl(own),
  };
  const evidence: Evidence = {};
  for (const [key, value] of Object.entries(found))
    if (value !== null) evidence[key as keyof typeof found] = `line ${value.line.number}: "${value.line.text.slice(0, 120)}"`;
  const values = Object.fromEntries(Object.entries(found).map(([key, value]) => [key, value?.value ?? null]));
  return { ...(values as Record<keyof typeof found, string | null>), labels: labelsOf(text.lines), evidence };
}

function findAuthor({ lines, heads, title }: TypedText, own: readonly TypedLine[]): Found | null {
  const voices = [...new Set(heads.map(({ speaker }) => speaker))].filter((name) => name !== null);
  const first = lines[heads[0]?.at ?? -1];
  if (voices.length > 0 && first !== undefined) return { value: voices.join(", "), line: first };
  const bylines = own.flatMap((line) => (line.byline === null ? [] : [{ value: line.byline.author, line }]));
  const byline = bylines.find(({ line }) => line.part !== "body") ?? bylines[0];
  if (byline !== undefined) return byline;
  const namesIn = ({ text }: TypedLine): string[] => text.split(/,\s+|\s+(?:and|&)\s+/);
  const line = own.find((one, at) => {
    if (one.part === "body" || one === title) return false;
    const names = namesIn(one);
    return names.every(isPersonName) && (names.length > 1 ? one.part === "head" : pointsAtName(own, at));
  });
  return line === undefined ? null : { value: namesIn(line).join(", "), line };
}

/** A name alone on a line is the author's where a portrait's label, the date or an office stands beside it, or where it parts title and text. */
function pointsAtName(lines: readonly TypedLine[], at: number): boolean {
  const [before, after] = [lines[at - 1], lines[at + 1]];
  if (/^(?:author|(?:written |posted )?by|author (?:image|photo|avatar)|avatar)\s?:?$/i.test(before?.text ?? "")) return true;
  const hasOffice = after !== undefined && after.part === lines[at]?.part && isRole(after.text);
  if (lines[at]?.part !== "head") return hasOffice && after.look === "short";
  return hasOffice || before?.look === "date" || after?.look === "date" || (after?.part === "body" && before?.part === "head");
}

function findPublisher(lines: readonly TypedLine[], own: readonly TypedLine[]): Found | null {
  const first = (some: readonly TypedLine[], find: (line: TypedLine, at: number) => string | null | undefined): Found[] =>
    some.flatMap((line, at) => {
      const value = find(line, at);
      return value === null || value === undefined ? [] : [{ value, line }];
    });
  const outlet = (text: string | undefined): string | null => (text !== undefined && isOutlet(text) ? text : null);
  const outside = lines.filter(({ part }) => part !== "body");
  return (
    [
      ...first(own, ({ byline }) => byline?.rest),
      // a signature: the outlet under the author's name, below the text
      ...first(own, ({ part, look }, at) => (part === "foot" && look === "byline" ? outlet(own[at + 1]?.text) : null)),
      ...first(own, ({ text }) => outlet(/^(?:publisher|published by|source|outlet|site)\s?:\s?(.{2,60})$/i.exec(text)?.[1])),
      ...first(outside, ({ text }) => publisherInNotice(text)),
      ...first(lines.filter(({ look }) => look === "prose").slice(0, 1), ({ text }) => publisherInDateline(text)),
      ...first(own.slice(0, 12), ({ part, look, text }) => (part === "head" && look === "short" ? outlet(text) : null)),
    ][0] ?? null
  );
}

function findPageDates(
  { lines, title }: TypedText,
  own: readonly TypedLine[],
): { published: Found | null; updated: Found | null } {
  const all = own
    .filter(
      ({ look, part, dates }) =>
        (look === "date" && (part !== "body" || dates.some(({ label }) => label !== null))) ||
        (look === "byline" && part !== "body"),
    )
    .flatMap((line) =>
      line.dates.filter(({ inferred, precision }) => !inferred && precision !== "year").map((date) => ({ ...date, line })),
    );
  const at = (line: TypedLine | null): number => (line === null ? -1 : own.indexOf(line));
  const plain = all.filter(({ label, precision }) => label === null && precision !== "month");
  const head = plain.filter(({ line }) => line.part === "head");
  const signed = (index: number): boolean =>
    own[index - 1]?.look === "prose" || own.slice(Math.max(0, index - 2), index + 3).some(({ look }) => look === "byline");
  const published =
    all.find(({ label }) => label === "published") ??
    head.find(({ line }) => title !== null && at(line) > at(title)) ??
    head.findLast(({ line }) => title === null || at(title) - at(line) <= 2) ??
    plain.find(({ line }) => line.part === "foot" && signed(at(line))) ??
    inDateline(lines.find(({ look, part }) => look === "prose" && part === "body"));
  return { published: published ?? null, updated: all.find(({ label }) => label === "updated") ?? null };
}

/** "OSLO, 4 Nov 2025 (AP) —" at the head of the first paragraph; a day without its year is nobody's date. */
function inDateline(line: TypedLine | undefined): (FoundDate & { line: TypedLine }) | null {
  const head = /^(\p{Lu}[^—–]{4,100}?)\s?(?:[—–]|\s--?\s|:\s)/u.exec(line?.text ?? "")?.[1];
  const [date, ...others] = head === undefined ? [] : findDates(head);
  if (line === undefined || head === undefined || date === undefined || others.length > 0) return null;
  if (date.inferred || !/day|time/.test(date.precision)) return null;
  const place = `${head.slice(0, date.start)} ${head.slice(date.end)}`.replace(/[([][^)\]]{1,40}[)\]]/g, " ");
  const words = place.match(/\p{L}[\p{L}.'’-]*/gu) ?? [];
  const isPlace = words.length >= 1 && words.length <= 6 && words.every((word) => /^\p{Lu}|^(?:de|of|the|al|on|in)$/u.test(word));
  return isPlace ? { ...date, line } : null;
}

function findUrl(lines: readonly TypedLine[]): Found | null {
  const label = /^(?:url|link|source|original(?: article)?|permalink|canonical|address)\s?:\s?/i;
  for (const [at, line] of lines.entries()) {
    const value = line.text.replace(label, "");
    const stated = line.part !== "body" && (at === 0 || value !== line.text) && /^https?:\/\/\S{4,500}$/i.test(value);
    if (stated && URL.canParse(value)) return { value: new URL(value).href, line };
  }
  return null;
}

function labelsOf(lines: readonly TypedLine[]): string[] {
  const isSection = ({ text }: TypedLine): boolean => SECTION_NAMES.has(text.toLowerCase());
  const head = lines.filter(({ part, look, words }) => part === "head" && (look === "interface" || words <= 4)).slice(0, 60);
  // a full menu names every section of the site and so says nothing of this text
  const menu = head.filter(isSection).length > 6;
  return head
    .filter((line) => !menu || !isSection(line))
    .flatMap(({ text }) => text.split(/(?<=\p{Ll})(?=\p{Lu})|\s*[|»›>•·/]\s*/u))
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
