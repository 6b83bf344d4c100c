// From what people type to the files that will be read: folders walked in a stable order, dot files and editors' leavings passed over,
// no link followed out of the folder it stands in. Reads names only, never contents.
import type { Stats } from "node:fs";
import { lstat, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { stampOf } from "./file-stamps.ts";

export type FoundInput =
  | {
      kind: "file";
      /** As people know it. */ input: string;
      absolute: string;
      size: number;
      /** See file-stamps. */ stamp?: string | null;
    }
  | { kind: "url"; input: string; /** It stands in a list of feeds, which is where it is added and removed. */ listed?: boolean }
  | { kind: "refused"; input: string; absolute: string | null; code: string; reason: string };

/** Turns an absolute path into what people read. */
export type Shown = (absolute: string) => string;

type Why = [code: string, reason: string];

/** Backups, swap and part files, the system's own leavings, and what is plainly not a document. */
const PASSED_OVER =
  /^(?:\.|~\$|#.*#$)|~$|\.(?:bak|orig|rej|swp|swo|tmp|temp|part|crdownload|lock|log|ds_store|png|jpe?g|gif|webp|svg|ico|bmp|tiff?|mp[34]|m4a|wav|avi|mov|css|js|mjs|ts|map|woff2?|ttf)$|^(?:thumbs\.db|desktop\.ini|node_modules|__macosx)$/i;
/** Lists of sources, not documents: the feed reader takes them. */
const NOT_DOCUMENTS = /\.opml$/i;
const OUTSIDE: Why = ["input_link_outside", "is a link that leaves the folder; it is not followed"];

/** Each given input in the order given; the files of a folder by name. */
export async function findInputs(given: readonly string[], shown: Shown): Promise<FoundInput[]> {
  const found = new Map<string, FoundInput>();
  for (const input of given) {
    const own = isAddress(input)
      ? [{ kind: "url" as const, input }]
      : /^[a-z][a-z\d+.-]+:\/\//i.test(input)
        ? [refused(input, null, "address_scheme", "only http and https addresses and files are read")]
        : await findUnder(path.resolve(input), shown);
    for (const each of own) {
      const key = each.kind === "url" ? each.input : (each.absolute ?? each.input);
      if (!found.has(key)) found.set(key, each);
    }
  }
  return [...found.values()];
}

async function findUnder(absolute: string, shown: Shown): Promise<FoundInput[]> {
  try {
    const facts = await stat(absolute);
    if (facts.isDirectory()) return await walk(absolute, await realpath(absolute), shown);
    return [inputOf(absolute, facts, shown)];
  } catch (error) {
    const missing = isCode(error, "ENOENT") || isCode(error, "ENOTDIR");
    const [code, reason]: Why = missing ? ["input_not_found", "there is no such file or folder"] : whyUnreadable(error);
    return [refused(shown(absolute), absolute, code, reason)];
  }
}

async function walk(folder: string, root: string, shown: Shown): Promise<FoundInput[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return [refused(shown(folder), folder, ...whyUnreadable(error))];
  }
  const found: FoundInput[] = [];
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
    if (PASSED_OVER.test(name) || NOT_DOCUMENTS.test(name)) continue;
    const absolute = path.join(folder, name);
    try {
      const facts = await lstat(absolute);
      if (facts.isDirectory()) found.push(...(await walk(absolute, root, shown)));
      // a link to a place inside the folder would only read the same file twice
      else if (!facts.isSymbolicLink()) found.push(inputOf(absolute, facts, shown));
      else if (!(await staysInside(absolute, root))) found.push(refused(shown(absolute), absolute, ...OUTSIDE));
    } catch (error) {
      found.push(refused(shown(absolute), absolute, ...(isCode(error, "ENOENT") ? whyMissing(name) : whyUnreadable(error))));
    }
  }
  return found;
}

/** The file as an input, a refusal where it is none or a link out of the folder. Null where nothing is there. */
export async function fileIn(folder: string, name: string, shown: Shown): Promise<FoundInput | null> {
  const absolute = path.join(folder, name);
  const facts = await lstat(absolute).catch(() => null);
  if (facts === null) return null;
  const inside = !facts.isSymbolicLink() || (await staysInside(absolute, await realpath(folder)).catch(() => false));
  return inside ? inputOf(absolute, await stat(absolute), shown) : refused(shown(absolute), absolute, ...OUTSIDE);
}

async function staysInside(link: string, root: string): Promise<boolean> {
  const target = await realpath(link);
  return target === root || target.startsWith(root + path.sep);
}

function inputOf(absolute: string, facts: Stats, shown: Shown): FoundInput {
  if (!facts.isFile()) return refused(shown(absolute), absolute, "input_not_a_file", "is neither a file nor a folder");
  return { kind: "file", input: shown(absolute), absolute, size: facts.size, stamp: stampOf(facts, Date.now()) };
}

export const refused = (input: string, absolute: string | null, code: string, reason: string): FoundInput => ({
  kind: "refused",
  input,
  absolute,
  code,
  reason,
});

/** A name with bytes that are no UTF-8 reaches us with U+FFFD in their place, and leads nowhere. */
const whyMissing = (name: string): Why =>
  name.includes("\uFFFD")
    ? ["input_unreadable", "has a name that is not UTF-8: rename it"]
    : ["input_vanished", "is a broken link, or disappeared while the folder was being read"];

/** Code and reason for an error of the file system. */
export function whyUnreadable(error: unknown): Why {
  if (isCode(error, "EACCES") || isCode(error, "EPERM"))
    return ["input_no_permission", "may not be read: its permissions forbid it"];
  if (isCode(error, "ENOENT")) return ["input_vanished", "disappeared before it could be read"];
  if (isCode(error, "EISDIR")) return ["input_not_a_file", "is a folder"];
  if (isCode(error, "ENAMETOOLONG")) return ["input_not_found", "there is no such file or folder: the name is too long"];
  const detail = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return ["input_unreadable", `cannot be read (${detail})`];
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** An http(s) address; anything else names a file or folder. */
export function isAddress(input: string): boolean {
  return /^https?:\/\//i.test(input);
}
