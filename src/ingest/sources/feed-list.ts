// Lists of feeds among the inputs: each becomes the addresses in it. A list that cannot be read is a refusal like any other, and an
// address that the list only pretends to be one is told by name.
import { lstat, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { whyUnreadable, type FoundInput } from "./find-inputs.ts";

/** The list that belongs to a corpus folder. */
export const CORPUS_LIST = "feeds.opml";

const LARGEST = 4_000_000;

const FEED =
  /<(?:rss|feed|rdf:RDF)[\s>][\s\S]{0,3000}(?:<channel|<entry|<item|<title|<id>)|^\s*\{[^{}]{0,400}"version"\s*:\s*"https?:\/\/jsonfeed\.org/i;

/** A feed's items are documents, the file is none. */
export const isSavedFeed = (bytes: Uint8Array): boolean => /^[\s\uFEFF]*[<{]/.test(headOf(bytes)) && FEED.test(headOf(bytes));

const headOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 4096));

export const isFeedList = (name: string): boolean => /\.opml$/i.test(name);

/** The corpus folder's own list as an input; nothing where there is none, a refusal where it is a link out of the folder. */
export async function corpusList(corpus: string, shown: (absolute: string) => string): Promise<FoundInput[]> {
  const absolute = path.join(corpus, CORPUS_LIST);
  const facts = await lstat(absolute).catch(() => null);
  if (facts === null) return [];
  if (facts.isSymbolicLink()) {
    const [target, root] = await Promise.all([realpath(absolute).catch(() => ""), realpath(corpus)]);
    if (!target.startsWith(root + path.sep))
      return [refused(shown(absolute), absolute, "input_link_outside", "is a link that leaves the folder; it is not followed")];
  }
  return [{ kind: "file", input: shown(absolute), absolute, size: facts.size }];
}

/** The addresses in a list, in order, and what is wrong with the others. */
export async function feedsInList({
  input,
  absolute,
  size,
}: {
  input: string;
  absolute: string;
  size: number;
}): Promise<FoundInput[]> {
  if (size > LARGEST) return [refused(input, absolute, "input_too_large", "is too large for a list of feeds")];
  let bytes: Buffer;
  try {
    bytes = await readFile(absolute);
  } catch (error) {
    return [refused(input, absolute, ...whyUnreadable(error))];
  }
  const { readOpml } = await import("../feeds/read-opml.ts");
  const { feeds, refused: wrong } = await readOpml(bytes);
  if (feeds.length + wrong.length === 0)
    return [refused(input, absolute, "input_no_feeds", "names no feeds (OPML outlines with an xmlUrl)")];
  return [
    ...feeds.map(({ url }): FoundInput => ({ kind: "url", input: url, listed: true })),
    ...wrong.map((address) =>
      refused(`${input}: ${address.slice(0, 200)}`, null, "address_scheme", "is no http or https address of a feed"),
    ),
  ];
}

const refused = (input: string, absolute: string | null, code: string, reason: string): FoundInput => ({
  kind: "refused",
  input,
  absolute,
  code,
  reason,
});
