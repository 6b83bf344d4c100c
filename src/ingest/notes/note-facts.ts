// Title, author, publisher, dates and section labels where a page's lines state them, each with the line it was found on.
// A value that two places could give is taken from the place nearest to the text; a date that could be today's masthead date is not taken.
import { findDates, type FoundDate } from "../../text/dates.ts";
import { datelineOf } from "../../text/sentences.ts";
import { cleanAuthors, isOutlet, isPersonName, isRole, publisherInNotice } from "../bylines.ts";
import type { Piece } from "../compose-text.ts";
import { folded } from "../html/dom.ts";
import { foundAt, type Facts, type Found } from "../read-result.ts";
import { SECTION_NAMES } from "./interface-lines.ts";
import { typeLines, type TypedLine, type TypedText } from "./typed-lines.ts";

const onLine = (value: string | null | undefined, line: TypedLine | undefined): Found | null =>
  foundAt(value, `line ${line?.number}: "${line?.text.slice(0, 120)}"`);

export const factsOf = (text: TypedText): Facts => ({
  title: onLine(text.title?.text.replace(/\s*[|]\s*[^|]{2,40}$/, ""), text.title ?? undefined),
  author: findAuthor(text),
  publisher: findPublisher(text.lines),
  ...findNoteDates(text),
});

function findAuthor({ lines, heads, title }: TypedText): Found | null {
  const voices = [...new Set(heads.map(({ speaker }) => speaker))].filter((name) => name !== null);
  if (voices.length > 0) return onLine(voices.join(", "), lines[heads[0]?.at ?? -1]);
  const bylines = lines.filter(({ byline }) => byline !== null);
  const signed = bylines.find(({ part }) => part !== "body") ?? bylines[0];
  if (signed !== undefined) return onLine(signed.byline?.author, signed);
  const namesIn = ({ text }: TypedLine): string[] => text.split(/,\s+|\s+(?:and|&)\s+/);
  for (const [at, line] of lines.entries()) {
    if (line.part === "body" || line === title) continue;
    const [first = "", place = "", ...more] = namesIn(line);
    const names = [first, place, ...more].filter((name) => name !== "" && !isRole(name));
    const isNamed =
      names.every(isPersonName) && (names.length > 1 ? line.part === "head" : names.length === 1 && pointsAtName(lines, at));
    // "Ana Ruiz, Orbe" over a day
    const isSent = more.length === 0 && isPersonName(first) && /^\p{Lu}\p{Ll}+$/u.test(place) && lines[at + 1]?.look === "date";
    if (isNamed || isSent) return onLine(cleanAuthors(isNamed ? names : [first], null).join(", "), line);
  }
  return null;
}

/** A name alone on a line is the author's where a portrait's label, the date or an office stands beside it, or where it parts title and text. */
function pointsAtName(lines: readonly TypedLine[], at: number): boolean {
  const [before, after] = [lines[at - 1], lines[at + 1]];
  if (/^(?:author|by|author (?:image|photo|avatar))\s?:?$/i.test(before?.text ?? "")) return true;
  const hasOffice = after !== undefined && after.part === lines[at]?.part && isRole(after.text);
  if (lines[at]?.part !== "head") return hasOffice && after.look === "short";
  return hasOffice || before?.look === "date" || after?.look === "date" || (after?.part === "body" && before?.part === "head");
}

function findPublisher(lines: readonly TypedLine[]): Found | null {
  const outlet = (text = ""): string | null => (isOutlet(text) ? text : null);
  const places: ((line: TypedLine, at: number) => string | null | undefined)[] = [
    ({ byline }) => byline?.rest,
    // a signature: the outlet under the author's name, below the text
    ({ part, look }, at) => (part === "foot" && look === "byline" ? outlet(lines[at + 1]?.text) : null),
    ({ text }) => outlet(/^(?:publisher|published by|source)\s?:\s?(.{2,60})$/i.exec(text)?.[1]),
    ({ part, text }) => (part === "body" ? null : publisherInNotice(text)),
    ({ part, look, text }, at) => (at < 12 && part === "head" && look === "short" ? outlet(text) : null),
  ];
  return places.flatMap((read) => lines.flatMap((line, at) => onLine(read(line, at), line) ?? []))[0] ?? null;
}

type DatedLine = FoundDate & { line: TypedLine };

function findNoteDates({ lines: own, title }: TypedText): Pick<Facts, "published" | "updated"> {
  const isDated = ({ look, part, dates }: TypedLine): boolean =>
    part !== "body" ? look === "date" || look === "byline" : look === "date" && dates.some(({ label }) => label !== null);
  const all = own
    .filter(isDated)
    .flatMap((line) => line.dates.map((date) => ({ ...date, line })))
    .filter(({ inferred, precision }) => !inferred && precision !== "year");
  const at = (line: TypedLine): number => own.indexOf(line);
  const plain = all.filter(({ label, precision }) => label === null && precision !== "month");
  const head = plain.filter(({ line }) => line.part === "head");
  const signed = (index: number): boolean =>
    own[index - 1]?.look === "prose" || own.slice(Math.max(0, index - 2), index + 3).some(({ look }) => look === "byline");
  const published =
    all.find(({ label }) => label === "published") ??
    head.find(({ line }) => title !== null && at(line) > at(title)) ??
    head.findLast(({ line }) => title === null || at(title) - at(line) <= 2) ??
    plain.find(({ line }) => line.part === "foot" && signed(at(line))) ??
    inDateline(own.find(({ look, part }) => look === "prose" && part === "body"));
  const updated = all.find(({ label }) => label === "updated");
  return { published: onLine(published?.value, published?.line), updated: onLine(updated?.value, updated?.line) };
}

/** A day in the dateline of the first paragraph; without its year it is nobody's date. */
function inDateline(line: TypedLine | undefined): DatedLine | null {
  const [date, ...others] = findDates(datelineOf(line?.text ?? ""));
  const isDay = date !== undefined && others.length === 0 && !date.inferred && /day|time/.test(date.precision);
  return line !== undefined && isDay ? { ...date, line } : null;
}

/** Section labels and tags, as the page has them. */
export function labelsOf(lines: readonly TypedLine[]): string[] {
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

/** Names that programs give to documents nobody named. */
const UNNAMED = /\.\w{2,5}$|^(?:microsoft word|untitled|document ?\d*|powerpoint|presentation ?\d*|template|print)\b/i;
/** Beyond this, a page speaks of something else than itself. */
const MOST = 400;

/**
 * What the paragraphs of a printed page or a Word file say of themselves above the text, and the `pieces` without the lines that say it, which are no
 * sentences of the text; `title`: where it is known. A document's `properties` are asked only where the page says nothing: programs fill them in.
 */
export function paragraphFacts<T extends Piece>(pieces: readonly T[], properties: Facts, title: string | null = null) {
  const lines = pieces.slice(0, MOST).map(({ kind, text }, at) => ({
    text: folded(text),
    kind: kind === "paragraph" ? ("plain" as const) : kind,
    level: kind === "heading" ? 1 : 0,
    gap: true,
    number: at + 1,
  }));
  const layout = typeLines(lines, { title, curated: true });
  const found = factsOf(layout);
  const property = properties.title && !UNNAMED.test(properties.title.value) ? properties.title : null;
  const first = lines.find((line, at) => line.kind === "heading" && layout.lines[at]?.part === "head")?.text ?? null;
  const heading = foundAt(first, "first heading");
  const fuller = heading !== null && property?.value.startsWith(heading.value) === true;
  const own = pieces.filter((_piece, at) => {
    const line = layout.lines[at];
    return line?.part === "body" || !(/^(?:byline|date)$/.test(line?.look ?? "") || line?.text === found.author?.value);
  });
  const named = (fuller ? property : heading) ?? found.title ?? property;
  const isPerson = /^\p{Lu}[\p{L}.'’-]+(?:[ ,]+[\p{L}.'’-]+){1,8}$/u.test(properties.author?.value ?? "");
  const author = found.author ?? (isPerson ? (properties.author ?? null) : null);
  const facts: Facts = { ...found, title: named, author };
  return { facts, pieces: own };
}
