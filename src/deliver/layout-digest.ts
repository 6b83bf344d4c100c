// A digest as a reader meets it: one block an event, who tells it, who disputes it, what opinion says, and the sources that are cited.
// Knows no surface and drops nothing without saying how much.
import type { Digest, DigestItem, Sentence } from "../domain.ts";
import { sourceLine, type Markup } from "./layout.ts";

/** The blocks in reading order. `most` entries; how the others can be read is said by `opener`. */
export function layoutDigest(
  digest: Digest,
  markup: Markup,
  { most, opener }: { most: number; opener: string | null },
): string[] {
  const title = markup.strong(`Digest of ${markup.day(digest.date)}`);
  if (digest.status === "nothing_new") return [`${title}\nNothing new.`];
  const shown = digest.items.slice(0, most);
  const cited = new Set(shown.flatMap(citationsOf));
  const more = digest.items.length - shown.length;
  return [
    title,
    ...shown.map((item) => entry(item, markup)),
    ...(more > 0 ? [markup.small(`and ${more} more${opener === null ? "" : `: ${opener}`}`)] : []),
    [
      markup.strong("Sources"),
      ...digest.sources.filter((source) => cited.has(source.n)).map((source) => sourceLine(source, markup)),
    ].join("\n"),
  ];
}

function entry(item: DigestItem, markup: Markup): string {
  const cite = ({ text, citations }: Pick<Sentence, "text" | "citations">): string =>
    `${markup.plain(text)} ${citations.map((n) => `[${n}]`).join("")}`;
  const outlets = item.outlets.length === 0 ? "publisher unknown" : item.outlets.map((outlet) => markup.plain(outlet)).join(", ");
  return [
    markup.strong(markup.plain(item.headline)),
    item.sentences.map(cite).join(" "),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      `Disputed: ${markup.plain(about)}`,
      ...sides.map((side) => `• ${cite(side)}`),
      ...(note === "" ? [] : [markup.small(markup.plain(note))]),
    ]),
    ...item.opinions.map((sentence) => `Opinion: ${cite(sentence)}`),
    markup.small(`${outlets}${item.earlier === null ? "" : ` · update to ${markup.day(item.earlier.date)}`}`),
  ].join("\n");
}

const citationsOf = (item: DigestItem): number[] =>
  [...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)].flatMap(
    ({ citations }) => citations,
  );
