// Fetched bytes to an article, whatever kind of document they are; and whether that is news against what is indexed.
import type { Clock } from "../../clock.ts";
import type { Article, ReadOutcome } from "../../domain.ts";
import { contentFingerprint, nameFrom, toArticle } from "../article.ts";
import type { Fetched } from "../fetch/fetcher.ts";
import { plainAddress } from "../html/page-facts.ts";
import type { ReadResult } from "../read-result.ts";
import { readerFor } from "../readers.ts";
import type { KnownSources } from "../sources/read-inputs.ts";

/** Reads a document by its own kind; one that names no address gets the one it came from. Throws what readers throw. */
export async function readFetched(fetched: Fetched): Promise<ReadResult> {
  const hints = { path: new URL(fetched.url).pathname, url: fetched.url, contentType: fetched.contentType };
  const kind = readerFor(fetched.bytes, hints);
  const read = kind === null ? (await import("../notes/read-text.ts")).readText : await kind.load();
  const result = await read(fetched.bytes, hints);
  if (result.url !== null) return result;
  return {
    ...result,
    url: plainAddress(fetched.url, null),
    evidence: { ...result.evidence, url: "address it was fetched from" },
  };
}

/** `source` as in Article. */
export function webArticle(result: ReadResult, source: string, clock: Clock): Article {
  const fetched = clock.now().toISOString();
  return toArticle(result, { source, fingerprint: contentFingerprint(result), fetched, path: null, name: nameFrom(result) });
}

export function outcomeOf(known: KnownSources, input: string, article: Article): ReadOutcome {
  const same = known.get(article.source)?.fingerprint === article.fingerprint;
  return same ? { kind: "unchanged", input, source: article.source } : { kind: "article", input, article };
}
