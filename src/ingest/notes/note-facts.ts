// Title, author, publisher, dates and section labels where a page's lines state them, each with the line it was found on.
// A value that two places could give is taken from the place nearest to the text; a date that could be today's masthead date is not taken.
import type { Dated, Evidence } from "../../domain.ts";
import { findDates, type FoundDate } from "../../text/dates.ts";
import { opensOtherPart, SECTION_NAMES } from "./interface-lines.ts";
import { isPersonName, isRole } from "./person-lines.ts";
import { isOutlet, publisherInCopyright, publisherInDateline, publisherInNotice } from "./publishers.ts";
import type { TypedText, TypedLine } from "./typed-lines.ts";

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

export function factsOf(layout: TypedText): PageFacts {
  const evidence: Evidence = {};
  const note = (key: keyof Evidence, line: TypedLine | undefined | null): void => {
    if (line !== undefined && line !== null) evidence[key] = `line ${line.number}: "${line.text.slice(0, 120)}"`;
  };
  const own = ownLines(layout.lines);
  const author = findAuthor(layout, own);
  const publisher = findPublisher(layout.lines, own);
  const dates = findPageDates(layout, own);
  const url = findUrl(own);
  note("title", layout.title);
  note("author", author?.line);
  note("publisher", publisher?.line);
  note("published", dates.published?.line);
  note("updated", dates.updated?.line);
  note("url", url?.line);
  return {
    title: layout.title?.text.replace(/\s*[|]\s*[^|]{2,40}$/, "") ?? null,
    author: author?.value ?? null,
    publisher: publisher?.value ?? null,
    published: dates.published?.date.value ?? null,
    updated: dates.updated?.date.value ?? null,
    url: url?.value ?? null,
    labels: labelsOf(layout.lines),
    evidence,
  };
}

interface Found {
  value: string;
  line: TypedLine;
}

/** Without what stands below a line that opens comments or other articles. */
function ownLines(lines: readonly TypedLine[]): TypedLine[] {
  const end = lines.findIndex((line) => line.part === "foot" && line.look === "interface" && opensOtherPart(line.text));
  return end === -1 ? [...lines] : lines.slice(0, end);
}

function findAuthor(layout: TypedText, own: readonly TypedLine[]): Found | null {
  const voices = [...new Set(layout.heads.map((head) => head.speaker))].filter((name) => name !== null);
  const first = layout.heads[0];
  if (voices.length > 0 && first !== undefined) return { value: voices.join(", "), line: layout.lines[first.at] as TypedLine };
  const bylines = own.filter((line) => line.byline !== null);
  const byline = bylines.find((line) => line.part !== "body") ?? bylines[0];
  if (byline?.byline !== undefined && byline.byline !== null) return { value: byline.byline.author, line: byline };
  const named = own.findIndex(
    (line, at) => line.part !== "body" && isPersonName(line.text) && line !== layout.title && pointsAtName(own, at),
  );
  const line = own[named];
  return line === undefined ? null : { value: line.text, line };
}

/** A name alone on a line is the author's where a portrait's label or the date stands beside it. */
function pointsAtName(lines: readonly TypedLine[], at: number): boolean {
  const before = lines[at - 1];
  const after = lines[at + 1];
  if (
    before !== undefined &&
    /^(?:author|by|written by|author (?:image|photo|avatar)|avatar|profile (?:image|picture|photo)|words by|posted by|published by)\s?:?$/i.test(
      before.text,
    )
  ) {
    return true;
  }
  if (lines[at]?.part !== "head")
    return after !== undefined && after.part === "foot" && isRole(after.text) && after.look === "short";
  // alone between the title and the text
  if (after?.part === "body" && after.look === "prose" && before !== undefined && before.part === "head") return true;
  return (
    before?.look === "date" || after?.look === "date" || (after !== undefined && after.part === "head" && isRole(after.text))
  );
}

function findPublisher(lines: readonly TypedLine[], own: readonly TypedLine[]): Found | null {
  for (const [at, line] of own.entries()) {
    const behind = line.byline?.rest;
    if (behind !== undefined && behind !== null && isOutlet(behind)) return { value: behind, line };
    const next = own[at + 1];
    // a signature: the outlet under the author's name, below the text
    if (line.part === "foot" && line.look === "byline" && next?.look === "short" && isOutlet(next.text))
      return { value: next.text, line: next };
  }
  for (const line of own) {
    const labelled = /^(?:publisher|published by|source|outlet|site)\s?:\s?(.{2,60})$/i.exec(line.text)?.[1];
    if (labelled !== undefined && (isOutlet(labelled) || /^publisher/i.test(line.text))) return { value: labelled, line };
  }
  const outside = lines.filter((line) => line.part !== "body");
  for (const find of [publisherInCopyright, publisherInNotice]) {
    for (const line of outside) {
      const value = find(line.text);
      if (value !== null) return { value, line };
    }
  }
  const opening = lines.find((line) => line.look === "prose");
  const dateline = opening === undefined ? null : publisherInDateline(opening.text);
  if (opening !== undefined && dateline !== null) return { value: dateline, line: opening };
  const masthead = own.slice(0, 12).find((line) => line.part === "head" && line.look === "short" && isOutlet(line.text));
  return masthead === undefined ? null : { value: masthead.text, line: masthead };
}

interface DatedLine {
  date: FoundDate;
  line: TypedLine;
}

function findPageDates(layout: TypedText, own: readonly TypedLine[]): { published: DatedLine | null; updated: DatedLine | null } {
  const all: DatedLine[] = own
    .filter((line) => line.part !== "body" || (line.dates.some((date) => date.label !== null) && line.look === "date"))
    .filter((line) => line.look === "date" || line.look === "byline")
    .flatMap((line) => line.dates.filter((date) => !date.inferred && date.precision !== "year").map((date) => ({ date, line })));
  const updated = all.find((each) => each.date.label === "updated") ?? null;
  const labelled = all.find((each) => each.date.label === "published");
  const plain = all.filter((each) => each.date.label === null && each.date.precision !== "month");
  const at = (line: TypedLine): number => own.indexOf(line);
  const titleAt = layout.title === null ? null : at(layout.title);
  const head = plain.filter((each) => each.line.part === "head");
  const published =
    labelled ??
    head.find((each) => titleAt !== null && at(each.line) > titleAt) ??
    head.findLast((each) => titleAt === null || titleAt - at(each.line) <= 2) ??
    plain.find((each) => each.line.part === "foot" && nearByline(own, at(each.line))) ??
    inDateline(layout.lines.find((line) => line.look === "prose" && line.part === "body")) ??
    null;
  return { published, updated };
}

/** "OSLO, 4 Nov 2025 (AP) —" at the head of the first paragraph; a day without its year is nobody's date. */
function inDateline(line: TypedLine | undefined): DatedLine | null {
  const head = /^(\p{Lu}[^—–]{4,100}?)\s?(?:[—–]|\s-\s|:\s)/u.exec(line?.text ?? "")?.[1];
  if (line === undefined || head === undefined) return null;
  const [date, ...others] = findDates(head);
  if (date === undefined || others.length > 0 || date.inferred || !/day|time/.test(date.precision)) return null;
  const place = `${head.slice(0, date.start)} ${head.slice(date.end)}`.replace(/[([][^)\]]{1,40}[)\]]/g, " ");
  const words = place.match(/\p{L}[\p{L}.'’-]*/gu) ?? [];
  return words.length >= 1 && words.length <= 6 && words.every((word) => /^\p{Lu}|^(?:de|of|the|al|on|in)$/u.test(word))
    ? { date, line }
    : null;
}

function nearByline(lines: readonly TypedLine[], at: number): boolean {
  return lines.slice(Math.max(0, at - 2), at + 3).some((line) => line.look === "byline") || lines[at - 1]?.look === "prose";
}

function findUrl(lines: readonly TypedLine[]): Found | null {
  for (const [at, line] of lines.entries()) {
    if (line.part === "body" || line.text.length > 600) continue;
    const value =
      /^(?:(?:url|link|source|original(?: article)?|permalink|canonical|address|web)\s?:\s?)(https?:\/\/\S{4,500})$/i.exec(
        line.text,
      )?.[1];
    const bare = at === 0 && /^https?:\/\/\S{4,500}$/i.test(line.text) ? line.text : undefined;
    const found = value ?? bare;
    if (found !== undefined && URL.canParse(found)) return { value: new URL(found).href, line };
  }
  return null;
}

function labelsOf(lines: readonly TypedLine[]): string[] {
  const head = lines.filter((line) => line.part === "head" && (line.look === "interface" || line.words <= 4)).slice(0, 60);
  // a full menu names every section of the site and so says nothing of this text
  const menu = head.filter((line) => SECTION_NAMES.has(line.text.toLowerCase())).length > 6;
  return head
    .filter((line) => !menu || !SECTION_NAMES.has(line.text.toLowerCase()))
    .flatMap((line) => line.text.split(/(?<=\p{Ll})(?=\p{Lu})|\s*[|»›>•·/]\s*/u))
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
