// A digest as a reader meets it: one block an event, who tells it, who disputes it, what opinion says, what was corrected, and the sources
// that are cited. Knows no surface, shows no sentence twice, and drops nothing without saying how much.
import type { Source } from "../../domain.ts";
import type { Correction, Digest, DigestItem } from "../../results.ts";
import { contentWords } from "../../text/words.ts";
import { cited, inBlocks, type Markup, marks, smallLines } from "./markup.ts";
import { sourceBlock, writtenBy } from "./render-answer.ts";

/** A first sentence that has fewer words beyond the headline takes its place. */
const ADDED_WORDS = 3;

/** The first `most` entries, and `others` more apart; how what is left can be read is said by `opener`. */
export function renderDigest(
  { items, corrections, sources, date, zone, warnings, mode }: Digest,
  markup: Markup,
  { most, others = 0, opener = "" }: { most: number; others?: number; opener?: string },
) {
  const title = markup.strong(`Digest of ${markup.day(date)}${markup.roomy ? ` (${markup.plain(zone)})` : ""}`);
  const entries = items.slice(0, most + others).map((item) => entry(item, sources, markup));
  const page = (from: number, to: number): string => {
    const shown = items.slice(from, to);
    const further = from === 0 ? corrections : [];
    const told = [
      ...shown.flatMap((item) => [...item.sentences, ...item.opinions, ...item.disagreements.flatMap(({ sides }) => sides)]),
      ...further.flatMap(({ sentences }) => sentences),
    ];
    const sentences = shown.flatMap((item) => item.sentences);
    return inBlocks(
      shown.length === 0 ? `${title}\nNothing new.` : title,
      ...entries.slice(from, to).map((lines) => lines.join("\n")),
      items.length > to ? markup.small(`and ${items.length - to} more${opener === "" ? "" : `: ${opener}`}`) : "",
      ...further.map((each) => renderCorrection(each, markup)),
      citedSources(sources, told, markup),
      from === 0 ? smallLines(markup, [...warnings.map(markup.plain), writtenBy(mode, sentences, markup)]) : "",
    );
  };
  return {
    text: page(0, most),
    /** The first line of each entry that is shown, for finding it again in the text. */
    heads: entries.slice(0, most).map(([head = ""]) => head),
    /** The entries that come next; null where there are none, or none were wanted. */
    rest: others > 0 && items.length > most ? page(most, most + others) : null,
  };
}

export function renderCorrection({ kind, text, sentences, before }: Correction, markup: Markup): string {
  return [
    `${markup.strong(kind === "corrected" ? "Correction" : "Withdrawn")}: ${markup.plain(text)}`,
    ...sentences.map((sentence) => cited(sentence, markup)),
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
  const { headline, outlets, also = [], earlier } = item;
  const named = (names: readonly string[]): string => names.map(markup.plain).join(", ");
  const [first] = item.sentences;
  const sourceOf = (at: number): Source | undefined => sources.find(({ n }) => n === item.sentences[at]?.citations[0]);
  const said = new Set(contentWords(headline).map(({ stem }) => stem));
  const added = contentWords(sourceOf(0)?.quote ?? "").filter(({ stem }) => !said.has(stem));
  const doubles = first !== undefined && added.length < ADDED_WORDS;
  // a voice in the headline is shorter than the frame of its sentence
  const framed = [first?.text ?? "", headline].every((text) => /: “[^“”]+”$/.test(text));
  const head = markup.strong(markup.plain(doubles && !framed ? first.text : headline));
  const sided = new Set(item.disagreements.flatMap(({ sides }) => sides.map(({ text }) => text)));
  // "she adds" needs what it adds to
  const leaned = (at: number): boolean =>
    at + 1 < item.sentences.length && sourceOf(at + 1)?.document.id === sourceOf(at)?.document.id;
  const sentences = item.sentences.filter(({ text }, at) => !(doubles && at === 0) && (!sided.has(text) || leaned(at)));
  const unnamed = sources.flatMap(({ document: { id, publisher, author } }) =>
    item.documents.includes(id) && publisher === null && author !== null ? [author] : [],
  );
  const tellers = [...new Set([...outlets, ...unnamed])];
  const title = earlier === null || earlier.title === null ? "" : `, “${markup.plain(earlier.title)}”`;
  const facts = [
    tellers.length === 0 ? "publisher unknown" : named(tellers),
    ...(also.length === 0 ? [] : [`also reports: ${named(also)}`]),
    ...(earlier === null ? [] : [`update to ${markup.day(earlier.date)}${title}`]),
  ];
  return [
    doubles ? `${head} ${marks(first.citations)}` : head,
    ...(sentences.length === 0 ? [] : [sentences.map((sentence) => cited(sentence, markup)).join(" ")]),
    ...item.disagreements.flatMap(({ about, sides, note }) => [
      `Disputed: ${markup.plain(about)}`,
      ...sides.map((side) => `• ${cited(side, markup)}`),
      ...(note === "" ? [] : [markup.small(markup.plain(note))]),
    ]),
    ...item.opinions.map((sentence) => `Opinion: ${cited(sentence, markup)}`),
    markup.small(facts.join(" · ")),
  ];
}
