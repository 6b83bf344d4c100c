// An answer as a reader meets it: sentences with their citations, what the sources dispute, the sources, what was not covered. Knows no
// surface: a Markup says how emphasis, dates and links look there. Drops and shortens nothing.
import type { Answer, Coverage, Dated, Disagreement, Reply, Source } from "../domain.ts";
import type { Reading } from "../results.ts";
import { sentenceSpans } from "../text/sentences.ts";

export interface Markup {
  /** Text from outside (questions, documents, models), made harmless. */
  plain(text: string): string;
  strong(text: string): string;
  /** A line of lesser weight. */
  small(line: string): string;
  /** A published date as the reader's place shows it. */
  day(date: Dated): string;
  link(label: string, url: string): string;
  quote(text: string): string;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The blocks of the answer, in reading order; a surface puts a blank line between them. */
export function layoutAnswer(answer: Answer, markup: Markup): string[] {
  if (answer.reply !== undefined) return layoutReply(answer.reply, markup);
  const blocks: string[] = [];
  if (answer.status === "not_covered") blocks.push(markup.strong("The documents I have read do not answer this."));
  else {
    const sentences = answer.sentences.map((sentence) => cited(sentence.text, sentence.citations, markup));
    // quotations stand each for itself, prose runs on
    if (answer.mode === "extractive") blocks.push(...sentences);
    else blocks.push(sentences.join(" "));
  }
  if (answer.status === "partial") blocks.push(markup.small("Part of the question is not covered by what I have read."));
  if (answer.disagreements.length > 0) {
    const [first = "", ...others] = answer.disagreements.map((each) => disagreement(each, markup));
    blocks.push(`${markup.strong("Where the sources disagree")}\n${first}`, ...others);
  }
  if (answer.sources.length > 0) {
    blocks.push([markup.strong("Sources"), ...sourceLines(answer.sources, markup)].join("\n"));
  }
  if (answer.status === "not_covered" && answer.nearest.length > 0) {
    blocks.push([markup.strong("What comes nearest"), ...answer.nearest.map((source) => nearLine(source, markup))].join("\n"));
  }
  blocks.push(
    [
      ...answer.warnings.map((warning) => markup.small(markup.plain(warning))),
      ...(answer.status === "answered" ? [] : [markup.small(coverageLine(answer.coverage, markup))]),
      markup.small(modeLine(answer, markup)),
    ].join("\n"),
  );
  return blocks.filter((block) => block !== "");
}

/** What the program says of itself, and what it could be asked. */
function layoutReply({ text, questions }: Reply, markup: Markup): string[] {
  const lines = text.split("\n").map((line) => markup.plain(line));
  const offers = questions.map((question) => `• ${markup.plain(question)}`);
  return [lines.join("\n"), ...(offers.length === 0 ? [] : [`${markup.strong("You could ask")}\n${offers.join("\n")}`])];
}

export function cited(text: string, citations: readonly number[], markup: Markup): string {
  return citations.length === 0 ? markup.plain(text) : `${markup.plain(text)} ${citations.map((n) => `[${n}]`).join("")}`;
}

function disagreement({ about, sides, note }: Disagreement, markup: Markup): string {
  return [
    ...(about === "" ? [] : [markup.plain(`${about.charAt(0).toUpperCase()}${about.slice(1)}`)]),
    ...sides.map((side) => `• ${dateOf(side.published, markup)}: ${cited(side.text, side.citations, markup)}`),
    ...(note === "" ? [] : [markup.small(markup.plain(note))]),
  ].join("\n");
}

export function dateOf(date: Dated | null, markup: Markup): string {
  return date === null ? "undated" : markup.day(date);
}

/** One line a document, however many of its places are cited; each further number leads to its own place. */
export function sourceLines(sources: readonly Source[], markup: Markup): string[] {
  const byDocument = grouped(sources, ({ document }) => document.id);
  return [...byDocument.values()].map((places) => {
    const [first, ...others] = places;
    if (first === undefined || others.length === 0) return places.map((place) => sourceLine(place, markup)).join("");
    const numbers = others.map(({ n, link }) => (link === null ? `[${n}]` : markup.link(String(n), link))).join(", ");
    const speakers = grouped(places, ({ speaker }) => speaker);
    const line = (place: Source): string => `${sourceLine(place, markup)} · also ${numbers}`;
    if (speakers.size === 1) return line(first);
    const told = [...speakers].flatMap(([speaker, own]) =>
      speaker === null ? [] : [`${markup.plain(speaker)} ${own.map(({ n }) => `[${n}]`).join("")}`],
    );
    return `${line({ ...first, speaker: null })}\n${markup.small(`speaking: ${told.join(" · ")}`)}`;
  });
}

/** The sources' own words, a block for each document. */
export function layoutQuotes(sources: readonly Source[], markup: Markup): string[] {
  return [...grouped(sources, ({ document }) => document.id).values()].map((places) => {
    const { title = null, publisher = null } = places[0]?.document ?? {};
    const named = publisher === null || title === null || title === publisher ? [] : [markup.small(markup.plain(title))];
    const quotes = places.map(({ n, quote }) => `${markup.quote(quote)} [${n}]`);
    return [[...sourceLines(places, markup), ...named, quotes[0] ?? ""].join("\n"), ...quotes.slice(1)].join("\n\n");
  });
}

/** `[n] publisher · genre · date · who speaks`: short, for a phone. The publisher carries the link to the passage. */
function sourceLine(source: Source, markup: Markup): string {
  return `[${source.n}] ${describe(source, markup)}`;
}

function grouped<K>(sources: readonly Source[], keyOf: (source: Source) => K): Map<K, Source[]> {
  const groups = new Map<K, Source[]>();
  for (const source of sources) groups.set(keyOf(source), [...(groups.get(keyOf(source)) ?? []), source]);
  return groups;
}

function describe(source: Source, markup: Markup): string {
  const { document, speaker } = source;
  const name = document.publisher ?? document.title ?? document.path ?? hostOf(document.url) ?? "unknown publisher";
  const url = source.link ?? document.url;
  return [
    url === null ? markup.plain(name.replace(/\s+/g, " ")) : markup.link(name, url),
    document.genre,
    dateOf(document.published, markup),
    speaker === null ? null : `${markup.plain(speaker)} speaking`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function nearLine(source: Source, markup: Markup): string {
  const first = sentenceSpans(source.quote)[0];
  const text = first === undefined ? source.quote : source.quote.slice(first.start, first.end);
  return `${describe(source, markup)}\n${markup.quote(text.length < source.quote.trim().length ? `${text} …` : text)}`;
}

/** What the corpus spans, in one line. */
export function coverageLine(coverage: Coverage, markup: Markup): string {
  return coverage.documents === 0 ? "I have read no documents yet." : `I have read ${extent(coverage, markup)}.`;
}

/** What is being read for a question, until its answer stands there. */
export function readingLine(reading: Reading, markup: Markup): string {
  return markup.small(`Reading ${extent(reading, markup)} …`);
}

function extent({ documents, from, to, publishers }: Reading, markup: Markup): string {
  const span =
    from === null || to === null
      ? ""
      : from === to
        ? `, of ${dateOf(from, markup)}`
        : `, from ${dateOf(from, markup)} to ${dateOf(to, markup)}`;
  const shown = publishers.slice(0, 6).map((publisher) => markup.plain(publisher));
  const more = publishers.length > shown.length ? ` and ${publishers.length - shown.length} more` : "";
  const by = shown.length === 0 ? "" : `, by ${shown.join(", ")}${more}`;
  return `${documents} ${documents === 1 ? "document" : "documents"}${span}${by}`;
}

function modeLine(answer: Answer, markup: Markup): string {
  if (answer.status === "not_covered") return "No answer is better than an invented one.";
  if (answer.mode === "extractive") return "Quoted from the sources, no language model";
  const wording = answer.sentences.some(({ check }) => check.method === "facts and wording");
  const checked = wording
    ? "numbers, dates, names and quotations checked against the sources, the rest only close to them in wording"
    : "each sentence checked against its sources";
  return `Written by ${markup.plain(answer.mode.replace(/^model:/, ""))}, ${checked}`;
}

/** A partial date in words; null when it names a day, which a surface may show in the reader's own way. */
export function partialDate(date: Dated): string | null {
  const [, year = "", month] = /^(\d{4})(?:-(\d{2}))?$/.exec(date) ?? [];
  if (year === "") return null;
  return month === undefined ? year : `${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname : null;
}
