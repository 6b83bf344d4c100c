// An answer as a reader meets it, on any surface: sentences with their citations, what the sources dispute, the sources, what was not covered.
// Drops and shortens nothing.
import type { Answer, Check, Coverage, Dated, Disagreement, Document, Reply, Source } from "../../domain.ts";
import type { Reading } from "../../results.ts";
import { dateInWords } from "../../text/date-words.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import type { Markup } from "./markup.ts";

/** The blocks of the answer, in reading order; a surface puts a blank line between them. */
export function renderAnswer(answer: Answer, markup: Markup): string[] {
  if (answer.reply !== undefined) return renderReply(answer.reply, markup);
  const covered = answer.status !== "not_covered";
  const sentences = answer.sentences.map((sentence) => cited(sentence.text, sentence.citations, markup));
  const told = [...answer.sentences, ...answer.disagreements.flatMap(({ sides }) => sides)].map(({ text }) => text);
  // quotations stand each for itself, prose runs on
  const prose = answer.mode === "extractive" ? (markup.roomy ? [sentences.join("\n")] : sentences) : [sentences.join(" ")];
  const [first = "", ...others] = answer.disagreements.map((each) => disagreement(each, markup));
  return [
    ...(covered ? prose : [markup.strong("The documents I have read do not answer this.")]),
    answer.status === "partial" ? markup.small("Part of the question is not covered by what I have read.") : "",
    ...(first === "" ? [] : [`${markup.strong("Where the sources disagree")}\n${first}`, ...others]),
    sourceBlock(answer.sources, markup, told),
    ...(covered || answer.nearest.length === 0 ? [] : [nearest(answer.nearest, markup)]),
    smallLines(
      [
        answer.status === "answered" ? "" : coverageLine(answer.coverage, markup),
        ...answer.warnings.map(markup.plain),
        modeLine(answer, markup),
        markup.roomy ? `${answer.mode} · ${Math.round(answer.timing_ms.total)} ms · ${answer.answer_id}` : "",
      ],
      markup,
    ),
  ].filter((block) => block !== "");
}

/** What the program says of itself, and what it could be asked. */
function renderReply({ text, questions }: Reply, markup: Markup): string[] {
  const lines = text.split("\n").map((line) => markup.plain(line));
  const offers = questions.map((question) => `• ${markup.plain(question)}`);
  return [lines.join("\n"), ...(offers.length === 0 ? [] : [`${markup.strong("You could ask")}\n${offers.join("\n")}`])];
}

/** Lines of lesser weight, without those that are empty. */
export const smallLines = (lines: readonly string[], markup: Markup): string =>
  lines.flatMap((line) => (line === "" ? [] : [markup.small(line)])).join("\n");

export function cited(text: string, citations: readonly number[], markup: Markup): string {
  return citations.length === 0 ? markup.plain(text) : `${markup.plain(text)} ${citations.map((n) => `[${n}]`).join("")}`;
}

function disagreement({ about, sides, note }: Disagreement, markup: Markup): string {
  return [
    ...(about === "" ? [] : [markup.plain(`${about.charAt(0).toUpperCase()}${about.slice(1)}`)]),
    ...sides.map(({ text, citations, published }) => {
      // a side that is told with its day needs it no second time
      const day = published === null ? "undated" : dateInWords(published);
      const lead = text.includes(`(${day}`) || text.includes(`, ${day}`) || text.includes(`; ${day}`);
      return `• ${lead ? "" : `${dateOf(published, markup)}: `}${cited(text, citations, markup)}`;
    }),
    ...(note === "" ? [] : [markup.small(markup.plain(note))]),
  ].join("\n");
}

export function dateOf(date: Dated | null, markup: Markup): string {
  return date === null ? "undated" : markup.day(date);
}

/** The list under its heading; empty without a source. `told`: what stands in the text, so that it is not quoted again. */
export function sourceBlock(sources: readonly Source[], markup: Markup, told: readonly string[]): string {
  if (sources.length === 0) return "";
  const lines = markup.roomy ? fullLines(sources, markup, told) : sourceLines(sources, markup);
  return [markup.strong("Sources"), ...lines].join("\n");
}

/** Places in one document that have nothing more to show share a line. */
function fullLines(sources: readonly Source[], markup: Markup, told: readonly string[]): string[] {
  const stands = ({ quote }: Source): boolean => told.some((text) => text.toLowerCase().includes(quote.trim().toLowerCase()));
  const entries = grouped(sources, (source) =>
    stands(source) ? `${source.document.id} ${source.speaker ?? ""}` : `${source.n}`,
  );
  return [...entries.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : fullLine(first, markup, { numbers: [first, ...others].map(({ n }) => n), quoting: !stands(first) }),
  );
}

function fullLine(
  source: Source,
  markup: Markup,
  { numbers, quoting }: { numbers: readonly number[]; quoting: boolean },
): string[] {
  const { document, speaker } = source;
  // of several authors, the one who speaks
  const author = speaker !== null && document.author?.includes(speaker) === true ? speaker : document.author;
  const quoted = speaker === null || speaker === author ? "" : ` · quoting ${markup.plain(speaker)}`;
  const line = `  ${numbers.map((n) => `[${n}]`).join("")} ${documentLine({ ...document, author }, markup)}${quoted}`;
  return quoting ? [line, markup.under(markup.quote(source.quote))] : [line];
}

/** `Publisher · Author · genre · date · “title”`, leaving out what is not known. */
export function documentLine(document: Document, markup: Markup): string {
  const { title, publisher, author, genre, published, path, url } = document;
  // without a title, what it is filed under
  const name = title === null ? (path ?? url) : `“${title}”`;
  const known = [publisher, author, genre, dateOf(published, markup), name].filter((part) => part !== null);
  return known.map((part) => markup.plain(part)).join(" · ");
}

/** One line a document, however many of its places are cited; each further number leads to its own place. */
function sourceLines(sources: readonly Source[], markup: Markup): string[] {
  return [...grouped(sources, ({ document }) => document.id).values()].map((places) => {
    const [first, ...others] = places;
    if (first === undefined || others.length === 0) return places.map((place) => sourceLine(place, markup)).join("");
    const numbers = others.map(({ n, link }) => (link === null ? `[${n}]` : markup.link(String(n), link))).join(", ");
    const line = (place: Source): string => `${sourceLine(place, markup)} · also ${numbers}`;
    const speakers = grouped(places, ({ speaker }) => speaker);
    if (speakers.size === 1) return line(first);
    const told = [...speakers].flatMap(([speaker, own]) =>
      speaker === null ? [] : [`${markup.plain(speaker)} ${own.map(({ n }) => `[${n}]`).join("")}`],
    );
    return `${line({ ...first, speaker: null })}\n${markup.small(`speaking: ${told.join(" · ")}`)}`;
  });
}

function nearest(sources: readonly Source[], markup: Markup): string {
  const lines = sources.flatMap((source) =>
    markup.roomy ? fullLine(source, markup, { numbers: [source.n], quoting: true }) : [nearLine(source, markup)],
  );
  return [markup.strong("Nearest to it"), ...lines].join("\n");
}

/** The sources' own words, a block for each document. */
export function renderQuotes(sources: readonly Source[], markup: Markup): string[] {
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
    // a text that nobody published is somebody's
    document.publisher === null && document.author !== null && speaker === null ? markup.plain(document.author) : null,
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

function modeLine({ status, mode, sentences }: Answer, markup: Markup): string {
  if (status === "not_covered") return "No answer is better than an invented one.";
  if (mode === "extractive") return markup.roomy ? "" : "Quoted from the sources, no language model";
  return writtenBy(mode, sentences, markup);
}

/** Which model wrote it, and how that was checked; empty for quotations. */
export function writtenBy(mode: string, told: readonly { check?: Check }[], markup: Markup): string {
  if (mode === "extractive") return "";
  const model = markup.plain(mode.replace(/^model:/, ""));
  const checked = told.some(({ check }) => check?.method === "facts and wording")
    ? "numbers, dates, names and quotations checked against the sources, the rest only close in wording"
    : "each sentence checked against its sources";
  return `Written by ${model}, ${checked}`;
}

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).hostname : null;
}
