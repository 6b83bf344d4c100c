// An answer as a reader meets it, on any surface: sentences with their citations, what the sources dispute, the sources, what was not covered.
// Drops nothing but what comes third near to a question that is not answered, and shortens nothing.
import type { Answer, Check, Coverage, Disagreement, Document, Source } from "../../domain.ts";
import { dateInWords } from "../../text/date-words.ts";
import { sentenceSpans } from "../../text/sentences.ts";
import { cited, count, dateOf, inBlocks, type Markup, marks, smallLines, titled } from "./markup.ts";

/** A phone's screen holds no more of what comes near; the rest is behind the button. */
const MOST_NEAR = 2;

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
          nearest.slice(0, MOST_NEAR).flatMap((source) => nearLines(source, markup)),
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

/** The list under its heading, one entry a document; empty without a source. `told`: what stands in the text, so that it is not quoted again. */
export function sourceBlock(sources: readonly Source[], markup: Markup, told: readonly string[]): string {
  const stands = ({ quote }: Source): boolean => told.some((text) => text.toLowerCase().includes(quote.trim().toLowerCase()));
  const lines = grouped(sources, ({ document }) => document.id).flatMap((places) => [
    sourceLines(places, markup),
    ...(markup.roomy ? places.filter((place) => !stands(place)).map((place) => quoted(place, markup)) : []),
  ]);
  return titled(markup, "Sources", lines);
}

export function renderQuotes(sources: readonly Source[], markup: Markup): string {
  return inBlocks(
    ...grouped(sources, ({ document }) => document.id).flatMap((places) => {
      const { title, publisher } = places[0].document;
      const named = publisher === null || title === null || title === publisher ? [] : [markup.small(markup.plain(title))];
      const [first = "", ...others] = places.map((place) => quoted(place, markup));
      return [[sourceLines(places, markup), ...named, first].join("\n"), ...others];
    }),
  );
}

const quoted = ({ n, quote }: Source, markup: Markup): string => `${markup.under(markup.quote(quote))} [${n}]`;

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

/** One document, however many of its places are cited; each further number leads to its own place. */
function sourceLines(places: Places, markup: Markup): string {
  const [first, ...others] = places;
  if (others.length === 0) return `[${first.n}] ${documentLine(first.document, markup, first)}`;
  const numbers = others
    .map(({ n, link }) => (link === null || markup.roomy ? `[${n}]` : markup.link(String(n), link)))
    .join(", ");
  const voices = grouped(places, ({ speaker }) => speaker);
  const shown = voices.length === 1 ? first : { ...first, speaker: null };
  const line = `[${first.n}] ${documentLine(first.document, markup, shown)} · also ${numbers}`;
  if (voices.length === 1) return line;
  const told = voices.flatMap((own) =>
    own[0].speaker === null ? [] : [`${markup.plain(own[0].speaker)} ${marks(own.map(({ n }) => n))}`],
  );
  return `${line}\n${markup.small(`speaking: ${told.join(" · ")}`)}`;
}

/** `publisher · author · genre · date · “title” · who speaks`, leaving out what is not known, and where there is little room author and title. */
export function documentLine(
  { title, publisher, author, genre, published, path, url }: Document,
  markup: Markup,
  { speaker, link }: Pick<Source, "speaker" | "link"> = { speaker: null, link: null },
): string {
  const host = url !== null && URL.canParse(url) ? new URL(url).hostname : null;
  const name = publisher ?? title ?? path?.replace(/^.*\//, "") ?? host ?? "unknown publisher";
  const address = link ?? url;
  // a text that nobody published is somebody's
  const by = markup.roomy ? author !== speaker : publisher === null && speaker === null;
  return [
    // the link leads to the passage
    address === null ? markup.plain(name.replace(/\s+/g, " ")) : markup.link(name, address),
    author !== null && by ? markup.plain(author) : null,
    genre,
    dateOf(published, markup),
    title !== null && title !== name && markup.roomy ? `“${markup.plain(title)}”` : null,
    speaker === null ? null : `${markup.plain(speaker)} speaking`,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

/** A line for the source; on a phone the first sentence, else the whole passage. */
function nearLines({ document, quote, ...place }: Source, markup: Markup): string[] {
  const [first] = markup.roomy ? [] : sentenceSpans(quote);
  const text = first === undefined ? quote : quote.slice(first.start, first.end);
  const whole = text.length >= quote.trim().length;
  return [documentLine(document, { ...markup, roomy: false }, place), markup.under(markup.quote(whole ? text : `${text} …`))];
}

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
