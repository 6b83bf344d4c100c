import type { SourceList } from "../../answer/citations.ts";
// Which outlets stand behind the sentences of an entry, and which only report the same event: an outlet is named as the source of a
// sentence where its text carries that sentence, and of no other.
import type { Document, Passage } from "../../domain.ts";
import type { DigestItem } from "../../results.ts";
import { fold } from "../../text/words.ts";
import { carries } from "../../verify/carries.ts";
import { citedFrom } from "../../verify/cited-text.ts";

/** `outlets` carry a sentence of the entry or are cited for one; `also` tell of the event and are on no side of a dispute. */
export function tellersOf(
  told: readonly (readonly Passage[])[],
  { sentences, opinions, disagreements }: Pick<DigestItem, "sentences" | "opinions" | "disagreements">,
  sources: SourceList,
): Required<Pick<DigestItem, "outlets" | "also">> {
  const citing = (numbers: readonly number[]): Set<string> => {
    const wanted = new Set(numbers);
    return new Set(sources.list().flatMap(({ n, document }) => (wanted.has(n) ? [document.id] : [])));
  };
  const cited = citing([...sentences, ...opinions].flatMap(({ citations }) => citations));
  const sided = citing(disagreements.flatMap(({ sides }) => sides.flatMap(({ citations }) => citations)));
  const texts = sentences.map(({ text }) => text);
  const documents = told.flatMap((passages) => passages.slice(0, 1).map(({ document }) => ({ document, passages })));
  const carrying = documents.filter(
    ({ document, passages }) => cited.has(document.id) || (!sided.has(document.id) && carriesOne(passages, texts)),
  );
  const others = documents.filter((one) => !carrying.includes(one) && !sided.has(one.document.id));
  const outlets = namesOf(carrying);
  const known = new Set(
    [...outlets, ...namesOf(documents.filter(({ document }) => sided.has(document.id)))].map((name) => fold(name)),
  );
  return { outlets, also: namesOf(others).filter((name) => !known.has(fold(name))) };
}

function carriesOne(passages: readonly Passage[], sentences: readonly string[]): boolean {
  const [first] = passages;
  if (first === undefined) return false;
  const source = citedFrom(first, passages.map(({ text }) => text).join("\n\n"));
  return sentences.some((sentence) => carries(sentence, source));
}

function namesOf(told: readonly { document: Document }[]): string[] {
  const names = told.map(
    ({ document: { publisher, url } }) =>
      publisher ?? (url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : null),
  );
  const seen = new Map<string, string>();
  for (const name of names) if (name !== null && !seen.has(fold(name))) seen.set(fold(name), name);
  return [...seen.values()];
}
