// The YAML block at the top of a text or Markdown file, or the same as TOML or as plain lines ("Title: …") above a blank one. What it says beats what is
// found in the text; what is wrong in it is reported and left out, and the document is kept. Aliases are limited, so a small file cannot unfold into a large one.
import { GENRES, type Dated, type Evidence } from "../../domain.ts";
import { findDates } from "../../text/dates.ts";
import { isOutlet, readByline } from "../bylines.ts";
import { folded } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";
import { languageTag, type Facts, type Found } from "../read-result.ts";

export interface FrontMatter {
  body: string;
  /** A block was there and could be read. */
  present: boolean;
  facts: Facts;
  /** Keys that the program does not know, and `id`, as they are. */
  extra: Record<string, unknown>;
  warnings: string[];
}

const RULE = /^(?:---|\.\.\.)[ \t]*$/;
const TOML = /^\+\+\+[ \t]*\n([\s\S]{0,65536}?)\n\+\+\+[ \t]*(?:\n|$)/;
const KEY = /^\t*(["']?)([\w-]{1,40})\1[ \t]*:(?:\s+(.*))?$/;
const LONGEST = 70_000;
/** What site generators, web clippers and people call the keys of the block; a key of the program's own beats them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  title: "headline",
  published: "date pubdate publishdate publishedat published_at published_time datepublished",
  updated: "lastmod modified datemodified",
  url: "link permalink canonical source_url",
  author: "authors by byline creator",
  publisher: "outlet publication site_name sitename",
  language: "lang",
};
const MOST_HEADER_LINES = 15;

/** Never throws. `text` has line feeds only. */
export async function readFrontMatter(text: string): Promise<FrontMatter> {
  const none: FrontMatter = { body: text, present: false, facts: {}, extra: {}, warnings: [] };
  const toml = TOML.exec(text);
  if (toml !== null) return { ...(await readKeys(tomlAsYaml(toml[1] ?? ""))), body: text.slice(toml[0].length) };
  const lines = text.slice(0, LONGEST).split("\n");
  const behind = (count: number): string => text.slice(lines.slice(0, count).join("\n").length + 1);
  if (!/^---[ \t]*$/.test(lines[0] ?? "")) return readHeaderLines(lines, behind) ?? none;
  const close = lines.findIndex((line, at) => at > 0 && RULE.test(line));
  const block = lines.slice(1, Math.max(1, close));
  // the closing line may be a rule further down, with the article in between
  const gap = block.findIndex((line) => line.trim() === "");
  if (close > 0 && looksLikeYaml(block) && (gap < 0 || looksLikeYaml(block.slice(gap))))
    return { ...(await readKeys(block)), body: behind(close + 1) };
  if (!KEY.test(lines[1] ?? "")) return none;
  const end = lastKnown(lines);
  if (end === 1) return { ...none, warnings: close > 0 ? [] : ["front matter has no closing --- line"] };
  const read = await readKeys(lines.slice(1, end));
  read.warnings.unshift(`front matter has no closing --- line: read up to line ${end}`);
  return { ...read, body: behind(end) };
}

type ReadBlock = Omit<FrontMatter, "body">;

/** A block that lost its closing line ends with the last line, before a blank one, whose key the program knows. */
function lastKnown(lines: readonly string[]): number {
  let end = 1;
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const key = KEY.exec(line)?.[2]?.toLowerCase();
    const goesOn = at > 1 && at === end && /^(?:\s+\S|-\s)/.test(line);
    if (key === undefined && !goesOn) break;
    if (goesOn || key === "id" || isKey(keyOf(key ?? "", null))) end = at + 1;
  }
  return end;
}

/** Two lines or more, one of them the title, up to the first blank one; null where the text begins otherwise. */
function readHeaderLines(lines: readonly string[], behind: (count: number) => string): FrontMatter | null {
  const end = lines.slice(0, MOST_HEADER_LINES + 1).findIndex((line) => line.trim() === "");
  if (end < 2) return null;
  const found: Record<string, unknown> = {};
  for (const line of lines.slice(0, end)) {
    const [, label = "", value = ""] = /^(\p{L}{2,12})[ \t]*:[ \t]+(\S.{0,400})$/u.exec(line.trim()) ?? [];
    const key = keyOf(label.toLowerCase(), value);
    // a line of prose may begin with a word and a colon
    if (value === "" || (!isKey(key) && value.length > 80)) return null;
    found[isKey(key) ? key : label] ??= key === "author" ? (readByline(`Author: ${value}`)?.author ?? value) : value;
  }
  if (found["title"] === undefined || Object.keys(found).filter(isKey).length < 2) return null;
  return { ...readValues(found), body: behind(end) };
}

/** The program's own key of that name. A source may be an outlet, an address, or something else. */
function keyOf(label: string, value: unknown): string {
  if (/^(?:source|site)$/.test(label) && typeof value === "string")
    return isOutlet(value) ? "publisher" : URL.canParse(value) ? "url" : label;
  return Object.keys(OTHER_NAMES).find((key) => OTHER_NAMES[key]?.split(" ").includes(label)) ?? label;
}

/** Each key with the lines that belong to it, so that one that is no YAML, which is read as plain text, takes no other along. */
async function readKeys(lines: readonly string[]): Promise<ReadBlock> {
  const entries: { at: number; lines: string[] }[] = [];
  for (const [at, line] of lines.entries()) {
    if (KEY.test(line)) entries.push({ at: at + 2, lines: [line.trimStart()] });
    else if (line.trim() !== "" && !line.startsWith("#")) entries.at(-1)?.lines.push(line);
  }
  const found: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const { at, lines: own } of entries) {
    const [, , key = "", rest = ""] = KEY.exec(own[0] ?? "") ?? [];
    const value = await valueOf(own.join("\n"));
    const text = rest
      .slice(0, 2_000)
      .replace(/^(["'])((?:(?!\1).)*)\1$/, "$2")
      .trim();
    if (value === undefined) problems.push(`line ${at} (${key}) was ${text === "" ? "left out" : "read as plain text"}`);
    if (key !== "__proto__") found[key] = value === undefined ? text : value;
  }
  const read = readValues(found);
  if (problems.length > 0) read.warnings.unshift(`front matter is not valid YAML: ${problems.join(", ")}`);
  return read;
}

/** Keys of the top table; YAML reads what TOML writes to the right of its equals signs. */
const tomlAsYaml = (toml: string): string[] =>
  (toml.split(/^\[/m)[0] ?? "").replace(/^([\w-]{1,40})[ \t]*=[ \t]*/gm, "$1: ").split("\n");

/** What stands behind the one key of an entry; undefined where it is no YAML, or cannot be stored as JSON (an alias of itself). */
async function valueOf(entry: string): Promise<unknown> {
  if (isDeep(entry)) return undefined;
  const { parse } = await import("yaml");
  try {
    const [value] = Object.values(parse(entry, { maxAliasCount: 20, logLevel: "error" }) as object);
    return JSON.stringify(value) && value;
  } catch {
    return undefined;
  }
}

/** The parser goes down into every bracket, and a program that runs out of stack inside a pattern ends at once. */
function isDeep(yaml: string): boolean {
  let depth = 0;
  return (yaml.match(/[[{\]}]/g) ?? []).some((sign) => (depth += /[[{]/.test(sign) ? 1 : -1) > 100);
}

function looksLikeYaml(block: readonly string[]): boolean {
  const lines = block.filter((line) => line.trim() !== "");
  return lines.filter((line) => /^\s*(?:["']?[\w-]+["']?\s*:|-\s|#|[\]}])|^\s+\S/.test(line)).length >= lines.length * 0.6;
}

type Key = keyof Evidence;

const LINE = "a line of text";
const DATE = "a date such as 2025-10-31 or 2025-10-31T23:03+04:00";
/** How each key's value is read, and what is expected of it. */
const READ: Readonly<Record<Key, readonly [(value: unknown) => string | null, expected: string]>> = {
  title: [lineOf, LINE],
  publisher: [lineOf, LINE],
  author: [(value) => lineOf(nameIn(value))?.replace(/^by\s+(?=\p{Lu})/iu, "") ?? null, "a name or a list of names"],
  published: [dateOf, DATE],
  updated: [dateOf, DATE],
  url: [(value) => plainAddress(lineOf(value) ?? "", null), "an http or https address"],
  genre: [(value) => GENRES.find((each) => each === lineOf(value)?.toLowerCase()) ?? null, `one of ${GENRES.join(", ")}`],
  language: [(value) => languageTag(lineOf(value)), "a language tag such as en"],
};
const isKey = (name: string): name is Key => Object.hasOwn(READ, name);

function readValues(found: object): ReadBlock {
  const facts: Partial<Record<Key, Found>> = {};
  const extra: Record<string, unknown> = {};
  const warnings: string[] = [];
  const own = new Set(Object.keys(found).map((key) => key.toLowerCase()));
  for (const [key, value] of Object.entries(found) as [string, unknown][]) {
    const label = key.toLowerCase();
    const means = keyOf(label, value);
    // a key of the program's own beats another name for it
    const name = own.has(means) ? label : means;
    if (value === null || value === "" || name === "__proto__") continue;
    if (!isKey(name)) {
      extra[key] = value;
      continue;
    }
    const [read, expected] = READ[name];
    const texts = (name === "author" ? [value].flat() : [value]).map(read);
    const good = texts.filter((text) => text !== null);
    if (good.length > 0) facts[name] = { value: good.join(", "), where: "front matter" };
    if (good.length < texts.length) {
      const shown = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
      warnings.push(`front matter: ${key} is not ${expected} and was left out: ${shown.slice(0, 80)}`);
    }
  }
  return { facts: facts as Facts, extra, warnings, present: true };
}

const nameIn = (value: unknown): unknown => (value as { name?: unknown } | null)?.name ?? value;

/** Clippers write names as links of their own: [[Name]]. */
function lineOf(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  return folded(String(value).replace(/^\[\[([^[\]|]{1,200})(?:\|[^[\]]{1,200})?\]\]$/, "$1")).slice(0, 500) || null;
}

/** The one date that a value is, with nothing else beside it; null otherwise. */
function dateOf(value: unknown): Dated | null {
  const text = lineOf(value) ?? "";
  if (/^(?:1[5-9]|20|21)\d\d$/.test(text)) return text;
  const [date, ...more] = findDates(text);
  if (date === undefined || more.length > 0) return null;
  return /[\p{L}\p{N}]/u.test(text.slice(0, date.start) + text.slice(date.end)) ? null : date.value;
}
