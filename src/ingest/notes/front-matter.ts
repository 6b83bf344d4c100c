// The YAML block at the top of a text or Markdown file, or the same as TOML or as plain lines ("Title: …") above a blank one. What it says beats what is
// found in the text; what is wrong in it is reported and left out, and the document is kept. Aliases are limited, so a small file cannot unfold into a large one.
import { GENRES, type Dated, type Genre } from "../../domain.ts";
import { findDates } from "../../text/dates.ts";
import { isOutlet, readByline } from "../bylines.ts";
import { folded } from "../html/dom.ts";
import { plainAddress } from "../html/page-facts.ts";
import { languageTag } from "../read-result.ts";

export interface FrontMatter {
  body: string;
  /** A block was there and could be read. */
  present: boolean;
  values: Partial<Record<"title" | "publisher" | "author" | "published" | "updated" | "url" | "language", string>> & {
    genre?: Genre;
  };
  /** Keys that the program does not know, and `id`, as they are. */
  extra: Record<string, unknown>;
  warnings: string[];
}

const BLOCK = /^---[ \t]*\n(?:([\s\S]{0,65536}?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const TOML = /^\+\+\+[ \t]*\n([\s\S]{0,65536}?)\n\+\+\+[ \t]*(?:\n|$)/;
/** What site generators, web clippers and people call the keys of the block; a key of the program's own beats them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  title: "headline",
  published: "date pubdate publishdate published_at published_time datepublished",
  updated: "lastmod modified datemodified",
  url: "link permalink canonical source_url",
  author: "authors by byline creator",
  publisher: "outlet site_name sitename",
  language: "lang",
};
const MOST_HEADER_LINES = 15;

/** Never throws. `text` has line feeds only. */
export async function readFrontMatter(text: string): Promise<FrontMatter> {
  const none: FrontMatter = { body: text, present: false, values: {}, extra: {}, warnings: [] };
  const toml = TOML.exec(text);
  if (toml !== null) return { ...(await lineByLine(tomlAsYaml(toml[1] ?? ""))), body: text.slice(toml[0].length) };
  if (!/^---[ \t]*\n/.test(text)) return readHeaderLines(text) ?? none;
  const [block, yaml = ""] = BLOCK.exec(text.slice(0, 70_000)) ?? [];
  if (block === undefined) {
    if (!/^---[ \t]*\n\w[\w -]*:/.test(text)) return none;
    return (await readUnclosed(text)) ?? { ...none, warnings: ["front matter has no closing --- line"] };
  }
  const body = text.slice(block.length);
  const { found, problem } = await parsed(yaml);
  if (problem === null) return isMap(found ?? {}) ? { ...readValues(found ?? {}), body } : none;
  // the closing line may be a rule further down, with the article in between
  const prose = /\n[ \t]*\n([\s\S]+)$/.exec(yaml)?.[1];
  const unclosed = prose === undefined || looksLikeYaml(prose) ? null : await readUnclosed(text);
  return unclosed ?? (looksLikeYaml(yaml) ? { ...(await lineByLine(yaml)), body } : none);
}

type ReadBlock = Omit<FrontMatter, "body">;

/** Two lines or more, one of them the title, up to the first blank one; null where the text begins otherwise. */
function readHeaderLines(text: string): FrontMatter | null {
  const lines = text.slice(0, 10_000).split("\n", MOST_HEADER_LINES + 1);
  const end = lines.findIndex((line) => line.trim() === "");
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
  return { ...readValues(found), body: text.split("\n").slice(end).join("\n") };
}

/** The program's own key of that name. A source may be an outlet, an address, or something else. */
function keyOf(label: string, value: unknown): string {
  if (/^(?:source|site)$/.test(label) && typeof value === "string")
    return isOutlet(value) ? "publisher" : URL.canParse(value) ? "url" : label;
  return Object.keys(OTHER_NAMES).find((key) => OTHER_NAMES[key]?.split(" ").includes(label)) ?? label;
}

/** What can be read of a block that is not valid as a whole: each key with the lines that belong to it, the bad ones as plain text. */
async function lineByLine(yaml: string): Promise<ReadBlock> {
  const found: Record<string, unknown> = {};
  const problems: string[] = [];
  const entries: { at: number; lines: string[] }[] = [];
  for (const [at, line] of yaml.split("\n").entries()) {
    if (/^\t*[\w-]{1,40}[ \t]*:(?:\s|$)/.test(line)) entries.push({ at: at + 2, lines: [line.trimStart()] });
    else if (line.trim() !== "" && !line.startsWith("#")) entries.at(-1)?.lines.push(line);
  }
  for (const { at, lines } of entries) {
    const { found: value, problem } = await parsed(lines.join("\n"));
    if (problem === null && isMap(value)) {
      for (const [name, one] of Object.entries(value)) if (name !== "__proto__") found[name] = one;
      continue;
    }
    const [, key = "", rest = ""] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(lines[0] ?? "") ?? [];
    const text = rest
      .trim()
      .slice(0, 2_000)
      .replace(/^(["'])((?:(?!\1).)*)\1$/, "$2");
    problems.push(`line ${at} (${key}) was ${text === "" ? "left out" : "read as plain text"}`);
    if (text !== "" && key !== "__proto__") found[key] = text;
  }
  const read = readValues(found);
  if (problems.length > 0) read.warnings.unshift(`front matter is not valid YAML: ${problems.join(", ")}`);
  return read;
}

/** Keys of the top table; YAML reads what TOML writes to the right of its equals signs. */
const tomlAsYaml = (toml: string): string => (toml.split(/^\[/m)[0] ?? "").replace(/^([\w-]{1,40})[ \t]*=[ \t]*/gm, "$1: ");

async function parsed(yaml: string): Promise<{ found: unknown; problem: string | null }> {
  if (isDeep(yaml)) return { found: null, problem: "brackets nest without end" };
  const { parse } = await import("yaml");
  try {
    const found: unknown = parse(yaml, { maxAliasCount: 20, logLevel: "error" });
    // what is kept of it is stored as JSON: an alias of itself has none
    JSON.stringify(found);
    return { found, problem: null };
  } catch (error) {
    return { found: null, problem: String(error) };
  }
}

/** The parser goes down into every bracket, and a program that runs out of stack inside a pattern ends at once. */
function isDeep(yaml: string): boolean {
  let depth = 0;
  return (yaml.match(/[[{\]}]/g) ?? []).some((sign) => (depth += /[[{]/.test(sign) ? 1 : -1) > 100);
}

/** A block that lost its closing line ends with the last line, before a blank one, whose key the program knows. Null where that is no YAML either. */
async function readUnclosed(text: string): Promise<FrontMatter | null> {
  const lines = text.split("\n");
  let end = 1;
  for (let at = 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const key = /^([\w-]{1,40})[ \t]*:(?:\s|$)/.exec(line)?.[1]?.toLowerCase();
    const goesOn = at > 1 && at === end && /^(?:\s+\S|-\s)/.test(line);
    if (key === undefined && !goesOn) break;
    if (goesOn || key === "id" || isKey(keyOf(key ?? "", null))) end = at + 1;
  }
  const { found } = await parsed(lines.slice(1, end).join("\n"));
  if (!isMap(found)) return null;
  const read = readValues(found);
  read.warnings.unshift(`front matter has no closing --- line: read up to line ${end}`);
  return { ...read, body: lines.slice(end).join("\n") };
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function looksLikeYaml(block: string): boolean {
  const lines = block.split("\n").filter((line) => line.trim() !== "");
  return lines.filter((line) => /^\s*(?:[\w-]+\s*:|-\s|#|[\]}])|^\s+\S/.test(line)).length >= lines.length * 0.6;
}

type Key = keyof FrontMatter["values"];

const LINE = "a line of text";
const DATE = "a date such as 2025-10-31 or 2025-10-31T23:03+04:00";
/** How each key's value is read, and what is expected of it. */
const READ: Readonly<Record<Key, readonly [(value: unknown) => string | null, expected: string]>> = {
  title: [lineOf, LINE],
  publisher: [lineOf, LINE],
  author: [(value) => lineOf(isMap(value) ? value["name"] : value), "a name or a list of names"],
  published: [dateOf, DATE],
  updated: [dateOf, DATE],
  url: [(value) => plainAddress(lineOf(value) ?? "", null), "an http or https address"],
  genre: [(value) => GENRES.find((each) => each === lineOf(value)?.toLowerCase()) ?? null, `one of ${GENRES.join(", ")}`],
  language: [(value) => languageTag(lineOf(value)), "a language tag such as en"],
};
const isKey = (name: string): name is Key => Object.hasOwn(READ, name);

function readValues(found: object): ReadBlock {
  const values: Partial<Record<Key, string>> = {};
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
    if (good.length > 0) values[name] = good.join(", ");
    if (good.length < texts.length) {
      const shown = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
      warnings.push(`front matter: ${key} is not ${expected} and was left out: ${shown.slice(0, 80)}`);
    }
  }
  return { values: values as FrontMatter["values"], extra, warnings, present: true };
}

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
