// What was read of an input in the shape that leaves the program: for `extract`, which stores nothing.
import type { Article } from "../domain.ts";
import { Failure } from "../failure.ts";
import type { ExtractedDocument, Extraction } from "../results.ts";
import type { Extracted } from "./web/read-address.ts";

/** Of an address; Failure with the reader's reason where it was refused. */
export function extraction(found: Extracted, input: string): Extraction {
  if (found.kind === "document") return extracted(found.article);
  if (found.kind === "feed") return { feed: { title: found.title, url: found.url }, items: found.items.map(extracted) };
  throw new Failure(found.code, `${input}: ${found.reason}`, "Name another address; an intranet's hosts go into FETCH_ALLOW.");
}

export const extracted = ({ document, text }: Article): ExtractedDocument => ({ ...document, text });
