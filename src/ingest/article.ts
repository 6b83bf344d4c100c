// From what a reader found to the Article that the stage hands on: identity, fingerprint, fetch time; and to a refusal where nothing was found.
// Ids: the front matter's `id` as it is; else the slug of the file name or address and eight hex digits of the source's hash, so that an
// id is readable, the same on every machine for the same place in the corpus, and two files of one name never share one.
import { createHash } from "node:crypto";
import type { Article, Dated, ReadOutcome } from "../domain.ts";
import { Failure, reasonOf } from "../failure.ts";
import type { ExtractedDocument } from "../results.ts";
import { firstDay, DAY_MS } from "../text/date-words.ts";
import { sentenceSpans } from "../text/sentences.ts";
import type { ReadResult } from "./read-result.ts";

const LONG_TITLE = 100;

/** Raised whenever readers give another result for the same bytes: every document is then read again. */
export const READER_VERSION = 18;

/** The first hex digits of a SHA-256. */
export const hashOf = (given: string | Uint8Array, digits = 32): string =>
  createHash("sha256").update(given).digest("hex").slice(0, digits);

/** Of the bytes and of the reader that reads them; equal means nothing to do. */
export const fingerprintOf = (bytes: Uint8Array): string => hashOf(`${READER_VERSION}\n${hashOf(bytes)}`);

/** An id of the author's own that can be typed in a command and stand in a link as it is. */
const OWN_ID = /^[\p{L}\p{N}][\p{L}\p{N}._:-]{0,99}$/u;

function documentId(source: string, name: string): string {
  const slug = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
  const hash = hashOf(source, 8);
  return slug === "" ? hash : `${slug}-${hash}`;
}

export interface Provenance {
  /** `file:<path>`, `url:<canonical address>`, `feed:<address>#<item>` or `upload:<name>`. */
  source: string;
  fingerprint: string;
  /** ISO instant at which the bytes were read. */
  fetched: string;
  /** Relative to the corpus folder, forward slashes; null for what came from the network. */
  path: string | null;
}

/** More than a day ahead, which no time zone explains: a slip of the pen, or a page that wants to stand first. */
const isAhead = (date: Dated, fetched: string): boolean =>
  firstDay(date) > new Date(Date.parse(fetched) + DAY_MS).toISOString().slice(0, 10);

/** Dates that lie in the future are nobody's knowledge: they are dropped with a warning. `extra.id`, where the document has one, is its id; that no two documents claim the same is the store's to see. */
export function toArticle(result: ReadResult, { source, fingerprint, fetched, path }: Provenance): Article {
  const { text, blocks, extra, evidence: told, warnings: trouble, ...found } = result;
  const [evidence, warnings] = [{ ...told }, [...trouble]];
  for (const key of ["published", "updated"] as const) {
    const date = found[key];
    if (date === null || !isAhead(date, fetched)) continue;
    warnings.push(`the ${key} date ${date} lies in the future and was left out`);
    found[key] = null;
    delete evidence[key];
  }
  // a sum of its bytes names nothing to a reader
  if (found.title === null || /^[\da-f-]{16,}$/i.test(found.title))
    [found.title, evidence.title] = [openingOf(text), "opening words"];
  const own = typeof extra["id"] === "string" || typeof extra["id"] === "number" ? String(extra["id"]).trim() : "";
  const id = OWN_ID.test(own) ? own : documentId(source, own || nameOf(result, path));
  return { source, fingerprint, document: { id, ...found, fetched, path }, text, blocks, evidence, extra, warnings, scope: null };
}

/** What a text without a title is listed by: its first line or sentence, or as many words of it as a line holds. */
function openingOf(text: string): string | null {
  const [line = ""] = text.split("\n");
  const first = sentenceSpans(line).find(({ start, end }) => !/[—–-]$/.test(line.slice(start, end)));
  const words = line.slice(first?.start ?? 0, first?.end ?? 0).replace(/(?<!\.)\.$/, "");
  return words.length <= LONG_TITLE ? words || null : `${words.slice(0, LONG_TITLE).replace(/\s+\S*$/, "")}…`;
}

/** Of everything that is stored and shown of a document, and of its wish to be found no more. */
export function contentFingerprint(result: ReadResult): string {
  const { title, publisher, author, published, updated, genre, url, language, text, blocks, extra } = result;
  const facts = [title, publisher, author, published, updated, genre, url, language];
  return hashOf(JSON.stringify([READER_VERSION, ...facts, text, blocks, extra["noindex"] === true]));
}

/** What an id is made from: the file's name; without one the last telling part of the address, else the title. */
function nameOf({ url, title }: ReadResult, path: string | null): string {
  if (path !== null) return path.replace(/^.*[/\\]/, "").replace(/\.[a-z0-9]{1,8}$/i, "");
  if (url === null) return title ?? "document";
  const parts = new URL(url).pathname.split("/");
  const last = parts.findLast((part) => /[a-z]{3}/i.test(part) && !/^index\.|^html?$/i.test(part));
  return last?.replace(/\.[a-z]{2,5}$/i, "") ?? title ?? new URL(url).hostname;
}

/** The shape in which a document leaves the program that was read and not stored. */
export const extracted = ({ document, text }: Article): ExtractedDocument => ({ ...document, text });

export interface Trouble {
  code: string;
  /** In words for people, with the way out where there is one. */
  reason: string;
}

export type Refusal = Extract<ReadOutcome, Trouble>;

/** What became of an input that was not read. `source`, where it is known, keeps an earlier version. */
export const refusal = (input: string, { code, reason }: Trouble, source: string | null = null): Refusal => ({
  kind: "refused",
  input,
  code,
  reason,
  source,
});

/** Expected trouble in its own words; anything else is a fault of a reader, told in one line. */
export function asRefusal(error: unknown): Trouble {
  if (error instanceof Failure)
    return { code: error.code, reason: [error.message.replace(/\.$/, ""), error.hint].filter((part) => part !== "").join(". ") };
  const detail = (reasonOf(error).split("\n")[0] ?? "").slice(0, 160);
  return { code: "input_broken", reason: `could not be understood (${detail})` };
}

/** What stands in the way of an input that somebody named and waits for. */
export const failureOf = (input: string, { code, reason }: Trouble, hint: string): Failure =>
  new Failure(code, `${input}: ${reason}`, hint);

/** What identifies a document of a scope, e.g. `guild:123|url:https://…`; null is everyone's and stays as it is. */
export const scopedSource = (source: string, scope: string | null): string => (scope === null ? source : `${scope}|${source}`);

/** What is indexed within one scope, by the source as its readers know it. */
export function knownWithin<T>(known: ReadonlyMap<string, T>, scope: string | null): ReadonlyMap<string, T> {
  if (scope === null) return known;
  const start = scopedSource("", scope);
  return new Map(
    [...known].flatMap(([source, entry]) => (source.startsWith(start) ? [[source.slice(start.length), entry]] : [])),
  );
}

/** The outcome as one of this scope. */
export function withinScope(outcome: ReadOutcome, scope: string | null): ReadOutcome {
  if (scope === null) return outcome;
  if (outcome.kind !== "article")
    return outcome.source === null ? outcome : { ...outcome, source: scopedSource(outcome.source, scope) };
  const { article } = outcome;
  const document = { ...article.document, id: `${article.document.id.slice(0, 80)}-${hashOf(scope, 8)}` };
  return { ...outcome, article: { ...article, source: scopedSource(article.source, scope), scope, document } };
}
