// Lists of feeds among the inputs: each becomes the addresses in it. A list that cannot be read is a refusal like any other, and an
// address that the list only pretends to be one is told by name.
import { readFile } from "node:fs/promises";
import { fileIn, refused, type Shown, whyUnreadable, type FoundInput } from "./find-inputs.ts";

/** The list that belongs to a corpus folder. */
const CORPUS_LIST = "feeds.opml";

const LARGEST = 4_000_000;

/** The corpus folder's own list as an input; nothing where there is none, a refusal where it is a link out of the folder. */
export async function corpusList(corpus: string, shown: Shown): Promise<FoundInput[]> {
  const list = await fileIn(corpus, CORPUS_LIST, shown);
  return list === null ? [] : [list];
}

/** The inputs with lists of feeds replaced by the addresses in them, in order, and by what is wrong with the others. */
export async function withListsRead(inputs: readonly FoundInput[]): Promise<FoundInput[]> {
  return (await Promise.all(inputs.map(feedsIn))).flat();
}

async function feedsIn(found: FoundInput): Promise<FoundInput[]> {
  if (found.kind !== "file" || !/\.opml$/i.test(found.absolute)) return [found];
  const { input, absolute, size } = found;
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
