// From what people type to the files and addresses that will be read: folders walked in a stable order, dot files and editors' leavings passed
// over, no link followed out of the folder it stands in, lists of feeds (OPML) replaced by the addresses in them. Documents are not opened.
import type { Stats } from "node:fs";
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { asRefusal, refusal, type Refusal, type Trouble } from "../article.ts";
import { stampOf } from "./file-stamps.ts";

/** How people know a file, and `Article.source` of the document in it. */
export interface Place {
  input: string;
  source: string;
}

export type FoundInput =
  /** `stamp`: see file-stamps. */
  | ({ kind: "file"; absolute: string; size: number; stamp: string | null } & Place)
  /** `listed`: it stands in a list of feeds, which is where it is added and removed. */
  | { kind: "url"; input: string; listed?: boolean }
  | Refusal;

export type PlaceOf = (absolute: string) => Place;

/** Backups, swap and part files, the system's own leavings, and what is plainly not a document. */
const PASSED_OVER =
  /^(?:\.|~\$|#.*#$)|~$|\.(?:bak|orig|sw[po]|te?mp|part|crdownload|lock|log|png|jpe?g|gif|webp|svg|ico|bmp|tiff?|mp[34]|m4a|wav|avi|mov|css|m?js|ts|map|woff2?|ttf|opml)$|^(?:thumbs\.db|desktop\.ini|node_modules|__macosx)$/i;
/** The list that belongs to a corpus folder. */
const CORPUS_LIST = "feeds.opml";
const LARGEST_LIST = 4_000_000;

const trouble = (code: string, reason: string): Trouble => ({ code, reason });
const refusedAt = ({ input, source }: Place, why: Trouble): FoundInput => refusal(input, why, source);
const OUTSIDE = trouble("input_link_outside", "is a link that leaves the folder; it is not followed");

/** Each given input in the order given; the files of a folder by name. */
export async function findInputs(given: readonly string[], placeOf: PlaceOf): Promise<FoundInput[]> {
  const found = new Map<string, FoundInput>();
  for (const input of given) {
    const own: FoundInput[] = isAddress(input)
      ? [{ kind: "url", input }]
      : /^[a-z][a-z\d+.-]+:\/\//i.test(input)
        ? [refusal(input, trouble("address_scheme", "only http and https addresses and files are read"))]
        : await findAt(path.resolve(input), placeOf, null);
    for (const each of own) {
      const key = each.kind === "url" ? each.input : (each.source ?? each.input);
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

/** A file, or the files of a folder; `root` is the real place of the given folder in which it was met, null for what was given itself. */
async function findAt(absolute: string, placeOf: PlaceOf, root: string | null): Promise<FoundInput[]> {
  try {
    const facts = await (root === null ? stat : lstat)(absolute);
    // a link to a place inside the folder would only read the same file twice
    if (root !== null && facts.isSymbolicLink())
      return (await staysInside(absolute, root)) ? [] : [refusedAt(placeOf(absolute), OUTSIDE)];
    if (!facts.isDirectory()) return [inputOf(absolute, facts, placeOf)];
    const within = root ?? (await realpath(absolute));
    const found: FoundInput[] = [];
    for (const name of (await readdir(absolute)).sort())
      if (!PASSED_OVER.test(name)) found.push(...(await findAt(path.join(absolute, name), placeOf, within)));
    return found;
  } catch (error) {
    const isMissing = /^(?:ENOENT|ENOTDIR)$/.test(codeOf(error));
    const why = !isMissing ? whyUnreadable(error) : root === null ? NOT_FOUND : whyMissing(absolute);
    return [refusedAt(placeOf(absolute), why)];
  }
}

/** The corpus folder's own list as an input; nothing where there is none, a refusal where it is a link out of the folder. */
export async function corpusList(corpus: string, placeOf: PlaceOf): Promise<FoundInput[]> {
  const absolute = path.join(corpus, CORPUS_LIST);
  const facts = await lstat(absolute).catch(() => null);
  if (facts === null) return [];
  const inside = !facts.isSymbolicLink() || (await staysInside(absolute, await realpath(corpus)).catch(() => false));
  return [inside ? inputOf(absolute, await stat(absolute), placeOf) : refusedAt(placeOf(absolute), OUTSIDE)];
}

/** The inputs with lists of feeds replaced by the addresses in them, in order, and by what is wrong with the others. */
export const withListsRead = async (inputs: readonly FoundInput[]): Promise<FoundInput[]> =>
  (await Promise.all(inputs.map(feedsIn))).flat();

async function feedsIn(found: FoundInput): Promise<FoundInput[]> {
  if (found.kind !== "file" || !/\.opml$/i.test(found.absolute)) return [found];
  const refuse = (why: Trouble): FoundInput[] => [refusedAt(found, why)];
  if (found.size > LARGEST_LIST) return refuse(trouble("input_too_large", "is too large for a list of feeds"));
  try {
    const { readOpml } = await import("../feeds/read-feed.ts");
    const { feeds, refused: wrong } = await readOpml(await readFile(found.absolute));
    if (feeds.length + wrong.length === 0)
      return refuse(trouble("input_no_feeds", "names no feeds (OPML outlines with an xmlUrl)"));
    const why = trouble("address_scheme", "is no http or https address of a feed");
    return [
      ...feeds.map(({ url }): FoundInput => ({ kind: "url", input: url, listed: true })),
      ...wrong.map((address) => refusal(`${found.input}: ${address.slice(0, 200)}`, why)),
    ];
  } catch (error) {
    return refuse(troubleWith(error));
  }
}

async function staysInside(link: string, root: string): Promise<boolean> {
  const target = await realpath(link);
  return target === root || target.startsWith(root + path.sep);
}

function inputOf(absolute: string, facts: Stats, placeOf: PlaceOf): FoundInput {
  const place = placeOf(absolute);
  if (!facts.isFile()) return refusedAt(place, trouble("input_not_a_file", "is neither a file nor a folder"));
  return { kind: "file", ...place, absolute, size: facts.size, stamp: stampOf(facts, Date.now()) };
}

export const NOT_FOUND = trouble("input_not_found", "there is no such file or folder");

/** A name with bytes that are no UTF-8 reaches us with U+FFFD in their place, and leads nowhere. */
const whyMissing = (name: string): Trouble =>
  name.includes("\uFFFD")
    ? trouble("input_unreadable", "has a name that is not UTF-8: rename it")
    : trouble("input_vanished", "is a broken link, or disappeared while the folder was being read");

const FORBIDDEN = trouble("input_no_permission", "may not be read: its permissions forbid it");
const OF_FILE_SYSTEM: Readonly<Record<string, Trouble>> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ENOENT: trouble("input_vanished", "disappeared before it could be read"),
  EISDIR: trouble("input_not_a_file", "is a folder"),
  ENAMETOOLONG: trouble("input_not_found", "there is no such file or folder: the name is too long"),
};

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : String(error));

const whyUnreadable = (error: unknown): Trouble =>
  OF_FILE_SYSTEM[codeOf(error)] ?? trouble("input_unreadable", `cannot be read (${codeOf(error)})`);

/** Trouble with a file is told in the words of the file system. */
export const troubleWith = (error: unknown): Trouble =>
  error instanceof Error && "syscall" in error ? whyUnreadable(error) : asRefusal(error);

/** An http(s) address; anything else names a file or folder. */
export const isAddress = (input: string): boolean => /^https?:\/\//i.test(input);
