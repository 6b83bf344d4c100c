// From what people type to the files that will be read: folders walked in a stable order, dot files and editors' leavings passed over,
// no link followed out of the folder it stands in. Reads names only, never contents.
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

/** Backups, swap and part files, the system's own leavings, and what is plainly not a document. */
const PASSED_OVER =
  /^(?:\.|~\$|#.*#$)|~$|\.(?:bak|orig|rej|swp|swo|tmp|temp|part|crdownload|lock|log|ds_store|png|jpe?g|gif|webp|svg|ico|bmp|tiff?|mp[34]|m4a|wav|avi|mov|css|js|mjs|ts|map|woff2?|ttf)$|^(?:thumbs\.db|desktop\.ini|node_modules|__macosx)$/i;
/** Lists of sources, not documents: the feed reader takes them. */
const NOT_DOCUMENTS = /\.opml$/i;

/** Each given input in the order given; the files of a folder by name. `shown` turns an absolute path into what people read. */
export async function findInputs(given: readonly string[], shown: (absolute: string) => string): Promise<FoundInput[]> {
  const found: FoundInput[] = [];
  const seen = new Set<string>();
  for (const input of given) {
    if (isAddress(input)) {
      found.push({ kind: "url", input });
      continue;
    }
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(input)) {
      const reason = "only http and https addresses and files are read";
      found.push({ kind: "refused", input, absolute: null, code: "address_scheme", reason });
      continue;
    }
    const absolute = path.resolve(input);
    for (const each of await findUnder(absolute, shown, true)) {
      const key = each.kind === "url" ? each.input : (each.absolute ?? each.input);
      if (!seen.has(key)) found.push(each);
      seen.add(key);
    }
  }
  return found;
}

async function findUnder(absolute: string, shown: (absolute: string) => string, named: boolean): Promise<FoundInput[]> {
  try {
    const facts = await stat(absolute);
    if (facts.isDirectory()) return await walk(absolute, await realpath(absolute), shown);
    if (facts.isFile())
      return [{ kind: "file", input: shown(absolute), absolute, size: facts.size, stamp: stampOf(facts, Date.now()) }];
    return [refusal(absolute, shown, "input_not_a_file", "is neither a file nor a folder")];
  } catch (error) {
    const missing = isCode(error, "ENOENT") || isCode(error, "ENOTDIR");
    if (missing && !named) return [refusal(absolute, shown, "input_vanished", "disappeared while the folder was being read")];
    return [
      missing
        ? refusal(absolute, shown, "input_not_found", "there is no such file or folder")
        : unreadable(absolute, shown, error),
    ];
  }
}

async function walk(folder: string, root: string, shown: (absolute: string) => string): Promise<FoundInput[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return [unreadable(folder, shown, error)];
  }
  const found: FoundInput[] = [];
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
    if (PASSED_OVER.test(name) || NOT_DOCUMENTS.test(name)) continue;
    const absolute = path.join(folder, name);
    try {
      const facts = await lstat(absolute);
      if (facts.isSymbolicLink()) {
        const target = await realpath(absolute);
        const inside = target === root || target.startsWith(root + path.sep);
        // a link to a place inside the folder would only read the same file twice
        if (!inside)
          found.push(refusal(absolute, shown, "input_link_outside", "is a link that leaves the folder; it is not followed"));
      } else if (facts.isDirectory()) {
        found.push(...(await walk(absolute, root, shown)));
      } else if (facts.isFile()) {
        found.push({ kind: "file", input: shown(absolute), absolute, size: facts.size, stamp: stampOf(facts, Date.now()) });
      } else {
        found.push(refusal(absolute, shown, "input_not_a_file", "is neither a file nor a folder"));
      }
    } catch (error) {
      found.push(isCode(error, "ENOENT") ? missing(absolute, shown) : unreadable(absolute, shown, error));
    }
  }
  return found;
}

/** A name with bytes that are no UTF-8 reaches us with U+FFFD in their place, and leads nowhere. */
function missing(absolute: string, shown: (absolute: string) => string): FoundInput {
  return path.basename(absolute).includes("\uFFFD")
    ? refusal(absolute, shown, "input_unreadable", "has a name that is not UTF-8: rename it")
    : refusal(absolute, shown, "input_vanished", "is a broken link, or disappeared while the folder was being read");
}

function refusal(absolute: string, shown: (absolute: string) => string, code: string, reason: string): FoundInput {
  return { kind: "refused", input: shown(absolute), absolute, code, reason };
}

function unreadable(absolute: string, shown: (absolute: string) => string, error: unknown): FoundInput {
  return refusal(absolute, shown, ...whyUnreadable(error));
}

/** Code and reason for an error of the file system. */
export function whyUnreadable(error: unknown): [code: string, reason: string] {
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
