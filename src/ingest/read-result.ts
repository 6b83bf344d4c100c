// What a reader of one kind of document is: bytes in, a clean dated text out. Readers plug into readers.ts.
// A reader never guesses (null where it does not know), never touches the network or other files, and never runs what it reads.
import type { Article, Document, Evidence, Genre } from "../domain.ts";
import { Failure } from "../failure.ts";

/** What is known about the bytes before they are read; null where unknown. */
export interface ReadHints {
  /** File path as people know it (relative to the corpus folder where it is in there). */
  path: string | null;
  url: string | null;
  /** The media type that a server sent, parameters (charset) included. */
  contentType: string | null;
}

/**
 * One document as its reader found it. `text` is what will be stored and quoted; `blocks` cover all of it but white space. `url` is the canonical address,
 * absolute, where the document names one; `language` is BCP 47; `id` in `extra` names the document.
 */
export interface ReadResult
  extends Pick<Document, keyof Evidence>, Pick<Article, "text" | "blocks" | "evidence" | "warnings" | "extra"> {}

/** A value together with the place where it was found, in words for people. */
export type Found<T extends string = string> = { value: T; where: string };

export const NOTHING = {
  title: null,
  publisher: null,
  author: null,
  published: null,
  updated: null,
  genre: null,
  url: null,
  language: null,
};

export type Facts = { [name in keyof Evidence]?: (name extends "genre" ? Found<Genre> : Found) | null };

/** The result of a reader: values and evidence from what was found. `extra` without what is null. */
export function resultOf(
  facts: Facts,
  { text, blocks }: Pick<ReadResult, "text" | "blocks">,
  warnings: string[],
  extra: Record<string, unknown> = {},
): ReadResult {
  const stated = Object.entries(extra).filter(([, value]) => value !== null && value !== undefined);
  const result: ReadResult = { ...NOTHING, text, blocks, evidence: {}, warnings, extra: Object.fromEntries(stated) };
  for (const [name, found] of Object.entries(facts) as [keyof Evidence, Found | null | undefined][]) {
    if (found === null || found === undefined) continue;
    result[name] = found.value as Genre;
    result.evidence[name] = found.where;
  }
  return result;
}

/** The first of some places that holds what is looked for, in the form in which it is kept; what stands there in another one is told with the place. */
export function firstRead<T extends string>(
  places: readonly (Found | null)[],
  read: (value: string) => T | null,
): Found<T> | null {
  for (const place of places) {
    const value = place === null ? null : read(place.value);
    if (place !== null && value !== null)
      return { value, where: place.value === value ? place.where : `${place.where}: "${place.value.slice(0, 120)}"` };
  }
  return null;
}

export const foundAt = (value: string | null | undefined, where: string): Found | null => (value ? { value, where } : null);

/**
 * Reads one kind of document. Throws Failure where the bytes cannot be read (`input_encrypted`, `input_no_text`, `input_broken` …):
 * its code and message become the refusal of this input, and the run goes on.
 */
export type Reader = (bytes: Uint8Array, hints: ReadHints) => Promise<ReadResult>;

/** The refusal of a document that cannot be read: why, in words after "Not read:", and the way out. */
export const notRead = (code: string, why: string, hint: string, cause?: unknown): Failure =>
  new Failure(code, `Not read: ${why}.`, hint, { cause });

/** What a document states as its language, where that is a tag. */
export const languageTag = (stated: string | null): string | null =>
  /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.exec(stated ?? "")?.[0] ?? null;
