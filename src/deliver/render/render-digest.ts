// A digest as a reader meets it: one block an event, who tells it, who disputes it, what opinion says, what was corrected, and the sources
// that are cited. Knows no surface, shows no sentence twice, and drops nothing without saying how much.
import type { Sentence, Source } from "../../domain.ts";
import type { Correction, Digest, DigestItem } from "../../results.ts";
import { contentWords } from "../../text/words.ts";
import type { Markup } from "./markup.ts";
import { cited, smallLines, sourceBlock, writtenBy } from "./render-answer.ts";

export interface DigestLayout {
  /** In reading order. */
  blocks: string[];
  /** The first line of each entry that is shown, for finding it again in the laid out text. */
  heads: string[];
}

/** A first sentence that has fewer words beyond the headline takes its place. */
const ADDED_WORDS = 3;

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
  const told = [
    ...shown.flatMap((item) => [...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)]),
    ...corrections.flatMap(({ sentences }) => sentences),
  ];
  const sentences = shown.flatMap((item) => item.sentences);
  const notes = [...digest.warnings.map(markup.plain), writtenBy(digest.mode, sentences, markup)];
  const entries = shown.map((item) => entry(item, digest.sources, markup));
  const blocks = [
    shown.length === 0 ? `${title}\nNothing new.` : title,
    ...entries.map((lines) => lines.join("\n")),
    ...(more > 0 ? [markup.small(`and ${more} more${opener === null ? "" : `: ${opener}`}`)] : []),
    ...corrections.map((each) => renderCorrection(each, markup)),
    citedSources(digest.sources, told, markup),
    from === 0 ? smallLines(notes, markup) : "",
  ];
  return { blocks: blocks.filter((block) => block !== ""), heads: entries.map(([head = ""]) => head) };
}

/** What became of one document that was told. */
export function renderCorrection({ kind, text, sentences, before }: Correction, markup: Markup): string {
  return [
    `${markup.strong(kind === "corrected" ? "Correction" : "Withdrawn")}: ${markup.plain(text)}`,
    ...sentences.map((sentence) => cited(sentence.text, sentence.citations, markup)),
    ...(before === null ? [] : [markup.small(`It said before: “${markup.plain(before)}”`)]),
  ].join("\n");
}

/** What these cite, without the sources' words: they stand in the text. */
export function citedSources(sources: readonly Source[], told: readonly { citations: number[] }[], markup: Markup): string {
  const numbers = new Set(told.flatMap(({ citations }) => citations));
  const shown = sources.filter(({ n }) => numbers.has(n));
  const quotes = shown.map(({ quote }) => quote);
  return sourceBlock(shown, markup, quotes);
}

/** Lines of one event, the headline first: bold, and cited where it is a sentence in full. */
function entry(item: DigestItem, sources: readonly Source[], markup: Markup): string[] {
  const cite = ({ text, citations }: Pick<Sentence, "text" | "citations">): string => cited(text, citations, markup);
  const named = (names: readonly string[]): string => names.map((name) => markup.plain(name)).join(", ");
  const sourceOf = (sentence: Sentence | undefined): Source | undefined => sources.find(({ n }) => n === sentence?.citations[0]);
  const [first] = item.sentences;
  const said = new Set(contentWords(item.headline).map(({ stem }) => stem));
  const added = contentWords(sourceOf(first)?.quote ?? "").filter(({ stem }) => !said.has(stem));
  const doubles = first !== undefined && added.length < ADDED_WORDS;
  // a voice in the headline is shorter than the frame of its sentence
  const framed = [first?.text ?? "", item.headline].every((text) => /: “[^“”]+”$/.test(text));
  const head = markup.strong(markup.plain(doubles && !framed ? first.text : item.headline));
  const sided = new Set(item.disagreements.flatMap(({ sides }) => sides.map(({ text }) => text)));
  // "she adds" needs what it adds to
  const sentences = item.sentences
    .slice(doubles ? 1 : 0)
    .filter(
      (sentence, at, rest) =>
        !sided.has(sentence.text) ||
        (at + 1 < rest.length && sourceOf(rest[at + 1])?.document.id === sourceOf(sentence)?.document.id),
    );
  const unnamed = sources.flatMap(({ document: { id, publisher, author } }) =>
    item.documents.includes(id) && publisher === null && author !== null ? [author] : [],
  );
  const tellers = [...new Set([...item.outlets, ...unnamed])];
  const { also = [], earlier } = item;
  const update =
    earlier === null
      ? ""
      : ` · update to ${markup.day(earlier.date)}${earlier.title === null ? "" : `, “${markup.plain(earlier.title)}”`}`;
  return [
    doubles ? `${head} ${first.citations.map((n) => `[${n}]`).join("")}` : head,
    ...(sentences.length === 0 ? [] : [sentences.map(cite).join(" ")]),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      `Disputed: ${markup.plain(about)}`,
      ...sides.map((side) => `• ${cite(side)}`),
      ...(note === "" ? [] : [markup.small(markup.plain(note))]),
    ]),
    ...item.opinions.map((sentence) => `Opinion: ${cite(sentence)}`),
    markup.small(
      `${tellers.length === 0 ? "publisher unknown" : named(tellers)}${also.length === 0 ? "" : ` · also reports: ${named(also)}`}${update}`,
    ),
  ];
}
