// A digest as a reader meets it: one block an event, who tells it, who disputes it, what opinion says, what was corrected, and the sources
// that are cited. Knows no surface and drops nothing without saying how much.
import type { Sentence, Source } from "../../domain.ts";
import type { Correction, Digest, DigestItem } from "../../results.ts";
import { bodyOf, type EntryBody } from "./digest-body.ts";
import type { Markup } from "./markup.ts";
import { sourceBlock, writtenBy } from "./render-answer.ts";

export interface DigestLayout {
  /** In reading order. */
  blocks: string[];
  /** The first line of each entry that is shown, for finding it again in the laid out text. */
  heads: string[];
}

/** Entries `from` to before `to`; how the others can be read is said by `opener`. */
export function renderDigest(
  digest: Digest,
  markup: Markup,
  { from = 0, to, opener }: { from?: number; to: number; opener: string | null },
): DigestLayout {
  const title = markup.strong(`Digest of ${markup.day(digest.date)}${markup.roomy ? ` (${markup.plain(digest.zone)})` : ""}`);
  const shown = digest.items.slice(from, to);
  const corrections = from === 0 ? digest.corrections : [];
  const more = digest.items.length - from - shown.length;
  const cited = new Set([...shown.flatMap(citationsOf), ...corrections.flatMap(({ sentences }) => sentences.flatMap(numbersOf))]);
  const written = writtenBy(
    digest.mode,
    shown.flatMap(({ sentences }) => sentences),
    markup,
  );
  const blocks = [
    shown.length === 0 ? `${title}\nNothing new.` : title,
    ...shown.map((item) => entry(item, digest.sources, markup)),
    ...(more > 0 ? [markup.small(`and ${more} more${opener === null ? "" : `: ${opener}`}`)] : []),
    ...corrections.map((each) => renderCorrection(each, markup)),
    citedSources(digest.sources, cited, markup),
    from === 0 ? digest.warnings.map((warning) => markup.small(markup.plain(warning))).join("\n") : "",
    from === 0 && written !== "" ? markup.small(written) : "",
  ];
  return {
    blocks: blocks.filter((block) => block !== ""),
    heads: shown.map((item) => headOf(bodyOf(item, digest.sources), markup)),
  };
}

/** What became of one document that was told. */
export function renderCorrection({ kind, text, sentences, before }: Correction, markup: Markup): string {
  return [
    `${markup.strong(kind === "corrected" ? "Correction" : "Withdrawn")}: ${markup.plain(text)}`,
    ...sentences.map((sentence) => cite(sentence, markup)),
    ...(before === null ? [] : [markup.small(`It said before: “${markup.plain(before)}”`)]),
  ].join("\n");
}

/** What is cited of these, without the sources' words: they stand in the text. */
export function citedSources(sources: readonly Source[], cited: ReadonlySet<number>, markup: Markup): string {
  const shown = sources.filter(({ n }) => cited.has(n));
  return sourceBlock(
    shown,
    markup,
    shown.map(({ quote }) => quote),
  );
}

const headOf = ({ head }: EntryBody, markup: Markup): string =>
  `${markup.strong(markup.plain(head.text))}${head.citations.length === 0 ? "" : ` ${numbers(head)}`}`;

const cite = ({ text, citations }: Pick<Sentence, "text" | "citations">, markup: Markup): string =>
  `${markup.plain(text)} ${numbers({ citations })}`;

const numbers = ({ citations }: Pick<Sentence, "citations">): string => citations.map((n) => `[${n}]`).join("");

function entry(item: DigestItem, sources: readonly Source[], markup: Markup): string {
  const body = bodyOf(item, sources);
  const tellers = body.tellers.length === 0 ? "publisher unknown" : body.tellers.map((name) => markup.plain(name)).join(", ");
  const also = body.also.length === 0 ? "" : ` · also reports: ${body.also.map((name) => markup.plain(name)).join(", ")}`;
  return [
    headOf(body, markup),
    ...(body.sentences.length === 0 ? [] : [body.sentences.map((sentence) => cite(sentence, markup)).join(" ")]),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      `Disputed: ${markup.plain(about)}`,
      ...sides.map((side) => `• ${cite(side, markup)}`),
      ...(note === "" ? [] : [markup.small(markup.plain(note))]),
    ]),
    ...item.opinions.map((sentence) => `Opinion: ${cite(sentence, markup)}`),
    markup.small(`${tellers}${also}${updateOf(item, markup)}`),
  ].join("\n");
}

function updateOf({ earlier }: DigestItem, markup: Markup): string {
  if (earlier === null) return "";
  return ` · update to ${markup.day(earlier.date)}${earlier.title === null ? "" : `, “${markup.plain(earlier.title)}”`}`;
}

const numbersOf = ({ citations }: { citations: number[] }): number[] => citations;
const citationsOf = (item: DigestItem): number[] => [
  ...(item.headline_citations ?? []),
  ...[...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)].flatMap(numbersOf),
];
