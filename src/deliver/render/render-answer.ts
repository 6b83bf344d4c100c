// An answer as a reader meets it, on any surface: sentences with their citations, what the sources dispute, the sources, what was not covered.
// Drops and shortens nothing.
import type { Answer, Check, Coverage, Disagreement, Document, Source } from "../../domain.ts";
import { dateInWords } from "../../text/date-words.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import { cited, count, dateOf, inBlocks, type Markup, marks, smallLines, titled } from "./markup.ts";

export function renderAnswer(answer: Answer, markup: Markup): string {
  const { status, reply, sentences, disagreements, sources, nearest, mode } = answer;
  if (reply !== undefined)
    return inBlocks(
      markup.plain(reply.text),
      titled(
        markup,
        "You could ask",
        reply.questions.map((question) => `• ${markup.plain(question)}`),
      ),
    );
  const covered = status !== "not_covered";
  const told = [...sentences, ...disagreements.flatMap(({ sides }) => sides)].map(({ text }) => text);
  // quotations stand each for itself, prose runs on
  const between = mode !== "extractive" ? " " : markup.roomy ? "\n" : "\n\n";
  return inBlocks(
    covered
      ? sentences.map((sentence) => cited(sentence, markup)).join(between)
      : markup.strong("The documents I have read do not answer this."),
    status === "partial" ? markup.small("Part of the question is not covered by what I have read.") : "",
    disagreements.length === 0
      ? ""
      : `${markup.strong("Where the sources disagree")}\n${inBlocks(...disagreements.map((each) => disagreement(each, markup)))}`,
    sourceBlock(sources, markup, told),
    covered
      ? ""
      : titled(
          markup,
          "Nearest to it",
          nearest.flatMap((source) => nearLines(source, markup)),
        ),
    smallLines(markup, [
      status === "answered" ? "" : coverageLine(answer.coverage, markup),
      ...answer.warnings.map(markup.plain),
      covered ? writtenBy(mode, sentences, markup) : "No answer is better than an invented one.",
      covered && mode === "extractive" && !markup.roomy ? "Quoted from the sources, no language model" : "",
      markup.roomy ? `${mode} · ${Math.round(answer.timing_ms.total)} ms · ${answer.answer_id}` : "",
    ]),
  );
}

function disagreement({ about, sides, note }: Disagreement, markup: Markup): string {
  return [
    ...(about === "" ? [] : [markup.plain(`${about.charAt(0).toUpperCase()}${about.slice(1)}`)]),
    ...sides.map((side) => {
      // a side that is told with its day needs it no second time
      const day = side.published === null ? "undated" : dateInWords(side.published);
      const lead = ["(", ", ", "; "].some((mark) => side.text.includes(mark + day));
      return `• ${lead ? "" : `${dateOf(side.published, markup)}: `}${cited(side, markup)}`;
    }),
    ...(note === "" ? [] : [markup.small(markup.plain(note))]),
  ].join("\n");
}

/** The list under its heading; empty without a source. `told`: what stands in the text, so that it is not quoted again. */
export function sourceBlock(sources: readonly Source[], markup: Markup, told: readonly string[]): string {
  if (!markup.roomy) {
    const documents = grouped(sources, ({ document }) => document.id);
    return titled(
      markup,
      "Sources",
      documents.map((places) => sourceLines(places, markup)),
    );
  }
  const stands = ({ quote }: Source): boolean => told.some((text) => text.toLowerCase().includes(quote.trim().toLowerCase()));
  // places in one document that have nothing more to show share a line
  const entries = grouped(sources, (source) =>
    stands(source) ? `${source.document.id} ${source.speaker ?? ""}` : `${source.n}`,
  );
  return titled(
    markup,
    "Sources",
    entries.flatMap((places) => fullLines(places, markup, !stands(places[0]))),
  );
}

type Places = readonly [Source, ...Source[]];

function grouped(sources: readonly Source[], keyOf: (source: Source) => string | null): Places[] {
  const groups = new Map<string | null, [Source, ...Source[]]>();
  for (const source of sources) {
    const group = groups.get(keyOf(source));
    if (group === undefined) groups.set(keyOf(source), [source]);
    else group.push(source);
  }
  return [...groups.values()];
}

function fullLines(places: Places, markup: Markup, quoting: boolean): string[] {
  const [{ document, speaker, quote }] = places;
  // of several authors, the one who speaks
  const author = speaker !== null && document.author?.includes(speaker) === true ? speaker : document.author;
  const quoted = speaker === null || speaker === author ? "" : ` · quoting ${markup.plain(speaker)}`;
  const line = `  ${marks(places.map(({ n }) => n))} ${documentLine({ ...document, author }, markup)}${quoted}`;
  return quoting ? [line, markup.under(markup.quote(quote))] : [line];
}

/** `Publisher · Author · genre · date · “title”`, leaving out what is not known. */
export function documentLine(document: Document, markup: Markup): string {
  const { title, publisher, author, genre, published, path, url } = document;
  // without a title, what it is filed under
  const name = title === null ? (path ?? url) : `“${title}”`;
  const known = [publisher, author, genre, dateOf(published, markup), name].filter((part) => part !== null);
  return known.map(markup.plain).join(" · ");
}

/** One document, however many of its places are cited; each further number leads to its own place. */
function sourceLines(places: Places, markup: Markup): string {
  const [first, ...others] = places;
  if (others.length === 0) return `[${first.n}] ${describe(first, markup)}`;
  const numbers = others.map(({ n, link }) => (link === null ? `[${n}]` : markup.link(String(n), link))).join(", ");
  const voices = grouped(places, ({ speaker }) => speaker);
  const shown = voices.length === 1 ? first : { ...first, speaker: null };
  const line = `[${first.n}] ${describe(shown, markup)} · also ${numbers}`;
  if (voices.length === 1) return line;
  const told = voices.flatMap((own) =>
    own[0].speaker === null ? [] : [`${markup.plain(own[0].speaker)} ${marks(own.map(({ n }) => n))}`],
  );
  return `${line}\n${markup.small(`speaking: ${told.join(" · ")}`)}`;
}

/** The sources' own words, under their documents. */
export function renderQuotes(sources: readonly Source[], markup: Markup): string {
  return inBlocks(
    ...grouped(sources, ({ document }) => document.id).flatMap((places) => {
      const { title, publisher } = places[0].document;
      const named = publisher === null || title === null || title === publisher ? [] : [markup.small(markup.plain(title))];
      const [first = "", ...others] = places.map(({ n, quote }) => `${markup.quote(quote)} [${n}]`);
      return [[sourceLines(places, markup), ...named, first].join("\n"), ...others];
    }),
  );
}

/** `publisher · genre · date · who speaks`: short, for a phone. The publisher carries the link to the passage. */
function describe({ document, speaker, link }: Source, markup: Markup): string {
  const { publisher, title, path, author, genre, published } = document;
  const url = link ?? document.url;
  const host = document.url !== null && URL.canParse(document.url) ? new URL(document.url).hostname : null;
  const name = publisher ?? title ?? path ?? host ?? "unknown publisher";
  return [
    url === null ? markup.plain(name.replace(/\s+/g, " ")) : markup.link(name, url),
    // a text that nobody published is somebody's
    publisher === null && author !== null && speaker === null ? markup.plain(author) : null,
    genre,
    dateOf(published, markup),
    speaker === null ? null : `${markup.plain(speaker)} speaking`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function nearLines(source: Source, markup: Markup): string[] {
  if (markup.roomy) return fullLines([source], markup, true);
  const first = sentenceSpans(source.quote)[0];
  const text = first === undefined ? source.quote : source.quote.slice(first.start, first.end);
  return [describe(source, markup), markup.quote(text.length < source.quote.trim().length ? `${text} …` : text)];
}

/** What the corpus spans, in one line. */
export function coverageLine(coverage: Coverage, markup: Markup): string {
  return coverage.documents === 0
    ? "No document fits: none is read yet, or the filters leave none."
    : `I have read ${extent(coverage, markup)}.`;
}

/** What is being read for a question, until its answer stands there. */
export function readingLine(reading: Coverage, markup: Markup): string {
  return markup.small(`Reading ${extent(reading, markup)} …`);
}

/** `of 31 Oct 2025`, `from 4 Jan 2025 to 31 Oct 2025`; empty where nothing is dated. */
export function spanOf({ from, to }: Pick<Coverage, "from" | "to">, markup: Markup): string {
  if (from === null || to === null) return "";
  return from === to ? `of ${dateOf(from, markup)}` : `from ${dateOf(from, markup)} to ${dateOf(to, markup)}`;
}

function extent(reading: Coverage, markup: Markup): string {
  const { documents, publishers } = reading;
  const span = spanOf(reading, markup);
  const shown = publishers.slice(0, 6).map(markup.plain);
  const more = publishers.length > shown.length ? ` and ${publishers.length - shown.length} more` : "";
  const by = shown.length === 0 ? "" : `, by ${shown.join(", ")}${more}`;
  return `${count(documents, "document")}${span === "" ? "" : `, ${span}`}${by}`;
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
