// How answers and lists look in a terminal. Pure: values in, text out.
import { createColors } from "picocolors";
import type { Answer, Document, Reply, Source, StoredDocument } from "../../domain.ts";
import type { DoctorCheck, Extraction, IngestReport, SearchResult } from "../../results.ts";
import type { Receipt, Replay } from "../../stores/state.ts";
import { dateInWords } from "../../text/date-words.ts";
import { plain, wrap } from "./output.ts";

export interface Look {
  colour: boolean;
  width: number;
}

type Colours = ReturnType<typeof createColors>;

/** The answer, what the sources dispute, the numbered sources with their quotes, and what the reader should know. */
export function printAnswer(answer: Answer, look: Look): string {
  const c = createColors(look.colour);
  const parts: string[] = [];
  if (answer.reply !== undefined) return printReply(answer.reply, look);
  if (answer.status === "not_covered") {
    // without a document there is nothing that could
    if (answer.coverage.documents > 0) parts.push(c.bold("The sources do not cover this."));
    parts.push(...nearest(answer, look, c), wrap(coverageLine(answer), look.width));
  } else {
    parts.push(...answer.sentences.map((sentence) => wrap(`${plain(sentence.text)} ${marks(sentence.citations)}`, look.width)));
  }
  if (answer.disagreements.length > 0) {
    parts.push("", c.bold("Where the sources disagree"));
    for (const { about, sides, note } of answer.disagreements) {
      parts.push(wrap(plain(about), look.width, "  "));
      for (const side of sides) {
        const day = dated(side.published);
        const lead = side.text.includes(`(${day}`) || side.text.includes(`; ${day}`) ? "" : `${day}: `;
        parts.push(wrap(`${lead}${plain(side.text)} ${marks(side.citations)}`, look.width, "    ", "  - "));
      }
      if (note !== "") parts.push(wrap(plain(note), look.width, "  "));
    }
  }
  const printed = [...answer.sentences, ...answer.disagreements.flatMap(({ sides }) => sides)].map(({ text }) => text);
  if (answer.sources.length > 0) parts.push("", ...sourceList(answer.sources, look, printed));
  for (const warning of answer.warnings) parts.push(c.yellow(wrap(plain(warning), look.width)));
  parts.push(c.dim(`${answer.mode} · ${Math.round(answer.timing_ms.total)} ms · ${answer.answer_id}`));
  return parts.join("\n");
}

/** What the program says of itself, and what it could be asked. */
function printReply({ text, questions }: Reply, look: Look): string {
  const lines = text.split("\n").map((line) => wrap(plain(line), look.width));
  const offers = questions.map((question) => wrap(plain(question), look.width, "    ", "  - "));
  return [...lines, ...(offers.length === 0 ? [] : ["You could ask:", ...offers])].join("\n");
}

/**
 * The numbered sources under their heading. A quote that was printed as a sentence already is not printed again, and places in one document
 * that have nothing more to show share a line.
 */
export function sourceList(sources: readonly Source[], look: Look, printed: readonly string[]): string[] {
  const c = createColors(look.colour);
  const known = (quote: string): boolean => printed.some((text) => text.toLowerCase().includes(quote.trim().toLowerCase()));
  const entries: { numbers: number[]; source: Source; quoting: boolean }[] = [];
  for (const source of sources) {
    const quoting = !known(source.quote);
    const same = entries.find(
      (entry) =>
        !entry.quoting && !quoting && entry.source.document.id === source.document.id && entry.source.speaker === source.speaker,
    );
    if (same === undefined) entries.push({ numbers: [source.n], source, quoting });
    else same.numbers.push(source.n);
  }
  return [
    c.bold("Sources"),
    ...entries.map(({ numbers, source, quoting }) => sourceEntry(source, look, c, { numbers, quoting })),
  ];
}

function nearest(answer: Answer, look: Look, c: Colours): string[] {
  return answer.nearest.length === 0 ? [] : ["Nearest to it:", ...answer.nearest.map((source) => sourceEntry(source, look, c))];
}

function coverageLine({ coverage }: Answer): string {
  if (coverage.documents === 0) return "No document was read for this.";
  const [from, to] = [dated(coverage.from), dated(coverage.to)];
  const span = coverage.from === null ? "none of them dated" : from === to ? `dated ${from}` : `dated from ${from} to ${to}`;
  const named = coverage.publishers.slice(0, 6).map(plain).join(", ");
  const more = coverage.publishers.length > 6 ? ` and ${coverage.publishers.length - 6} more` : "";
  const read = coverage.documents === 1 ? "1 document was" : `${coverage.documents} documents were`;
  return `${read} read for this, ${span}${named === "" ? "" : `; publishers: ${named}${more}`}.`;
}

function sourceEntry(
  source: Source,
  look: Look,
  c: Colours,
  { numbers, quoting }: { numbers: readonly number[]; quoting: boolean } = { numbers: [source.n], quoting: true },
): string {
  const quote = quoting ? `\n${c.dim(wrap(`“${plain(source.quote)}”`, look.width, "      "))}` : "";
  // of several authors, the one who speaks
  const { document, speaker } = source;
  const voice = speaker !== null && document.author?.includes(speaker) === true ? speaker : document.author;
  const quoted = speaker === null || speaker === voice ? "" : ` · quoting ${plain(speaker)}`;
  return `${wrap(`${marks(numbers)} ${documentLine({ ...document, author: voice })}${quoted}`, look.width, "      ", "  ")}${quote}`;
}

/** `Publisher · Author · genre · date · “title”`, leaving out what is not known. */
export function documentLine(document: Document): string {
  const parts = [
    document.publisher,
    document.author,
    document.genre,
    dated(document.published),
    // without a title, what it is filed under
    document.title === null ? (document.path ?? document.url) : `“${document.title}”`,
  ];
  return parts
    .filter((part) => part !== null)
    .map(plain)
    .join(" · ");
}

/** `all` is the list that the numbers count in: what `show` takes. */
export function printDocuments(documents: readonly Document[], all: readonly Document[], look: Look): string {
  if (documents.length === 0)
    return "No documents. Put files into the corpus folder and run: npm run --silent briefing -- ingest";
  const numbers = new Map(all.map(({ id }, at) => [id, `${at + 1}.`]));
  const width = String(all.length).length + 1;
  return documents
    .map(
      (document) =>
        `${(numbers.get(document.id) ?? "").padStart(width)} ${document.id}\n${wrap(documentLine(document), look.width, "    ")}`,
    )
    .join("\n");
}

export function printStored(document: StoredDocument, look: Look): string {
  const found = Object.entries(document.evidence).map(([field, where]) => `${field}: ${where}`);
  return [
    wrap(documentLine(document), look.width),
    wrap(
      `id ${document.id} · read ${document.fetched.slice(0, 16).replace("T", " ")} UTC${document.path === null ? "" : ` · ${document.path}`}${document.url === null ? "" : ` · ${document.url}`}`,
      look.width,
    ),
    ...(found.length > 0 ? ["found in:", ...found.map((line) => wrap(plain(line), look.width, "    ", "  "))] : []),
    count(document.passages.length, "passage"),
    "",
    wrap(plain(document.text), look.width),
  ].join("\n");
}

export function printExtraction(extraction: Extraction, look: Look): string {
  if (!("feed" in extraction))
    return `${wrap(documentLine(extraction), look.width)}\n\n${wrap(plain(extraction.text), look.width)}`;
  const { feed, items } = extraction;
  return [
    `Feed ${plain(feed.title ?? feed.url ?? "")}: ${count(items.length, "item")}`,
    ...items.map((item) => wrap(documentLine(item), look.width, "    ", "  ")),
  ].join("\n");
}

export function printSearch(result: SearchResult, look: Look): string {
  const c = createColors(look.colour);
  const found = result.passages.map(
    (passage) =>
      `${wrap(`${passage.rank}. ${documentLine(passage.document)} · ${passage.score.toFixed(3)}`, look.width, "   ", "")}\n${c.dim(wrap(plain(passage.text), look.width, "   "))}`,
  );
  return [
    ...(found.length === 0 ? ["Nothing found."] : found),
    ...result.warnings.map((warning) => c.yellow(wrap(plain(warning), look.width))),
  ].join("\n");
}

export function printIngest(report: IngestReport): string {
  const { added, updated, unchanged, removed } = report;
  const lines = [
    `${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed: ${count(report.documents, "document")} in ${count(report.passages, "passage")} (${(report.took_ms / 1000).toFixed(1)} s)`,
    ...(report.vectors_pending === 0 ? [] : [pendingLine(report.vectors_pending)]),
    ...report.warnings.map((warning) => `note: ${plain(warning)}`),
    ...report.failed.map((refused) => `refused ${plain(refused.input)}: ${plain(refused.reason)}`),
  ];
  return lines.join("\n");
}

/** What the second phase has not done yet. */
export function pendingLine(pending: number): string {
  const some =
    pending === 1 ? "1 passage still lacks its vector: it is" : `${pending} passages still lack their vectors: they are`;
  return `${some} found by words only until then.`;
}

/** The receipt: the answer, what was read for it with scores, how each sentence was checked, and with what it was made. */
export function printReceipt({ answer, trail, at, asker }: Receipt, look: Look): string {
  const c = createColors(look.colour);
  const filter = Object.entries(trail.filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
  const { usage } = answer;
  const wrapped = (text: string): string => wrap(text, look.width);
  return [
    c.bold(wrapped(plain(answer.question))),
    wrapped(`${at}${asker === null ? "" : ` by ${asker}`}`),
    wrapped(`status ${answer.status}, ${answer.mode}, window: ${filter.length === 0 ? "everything" : filter.join(", ")}`),
    wrapped(
      `index ${trail.index === null ? "none" : `${trail.index.embedder}, schema ${trail.index.schema}, generation ${trail.index.generation}`}, prompt ${trail.prompt ?? "none"}`,
    ),
    usage === null ? "no model was used" : `${usage.input_tokens} tokens in, ${usage.output_tokens} out, ${usage.cost_usd} USD`,
    ...(answer.reply === undefined ? [] : [wrapped(`replied: ${plain(answer.reply.text)}`)]),
    c.bold(answer.sentences.length === 0 ? "No sentences" : "Sentences"),
    ...answer.sentences.map(({ text, citations, check }) =>
      wrap(`${plain(text)} ${marks(citations)} ${check.method} ${check.score.toFixed(2)}`, look.width, "  "),
    ),
    ...((trail.dropped ?? []).length === 0 ? [] : [c.bold("Left out, as the check failed")]),
    ...(trail.dropped ?? []).map(({ text, reasons }) => wrap(`${plain(text)} (${plain(reasons.join("; "))})`, look.width, "  ")),
    ...((trail.written ?? []).length === 0 ? [] : [c.bold("As the model wrote it, and what was said of it")]),
    ...(trail.written ?? []).map(({ text, cites, repair, kept, form, facts, judge }) => {
      const said = [...form, ...facts, ...(judge === null ? [] : [judge])].join("; ");
      const became = `${repair ? "repaired, " : ""}${kept ? "kept" : "left out"}`;
      return wrap(
        `${plain(text)} [${plain(cites.join(", "))}] ${became}${said === "" ? "" : `: ${plain(said)}`}`,
        look.width,
        "  ",
      );
    }),
    c.bold(trail.passages.length === 0 ? "No passages read" : "Passages read"),
    ...trail.passages.map(({ document, start, end, score, cosine, lexical }) =>
      wrap(
        `${score.toFixed(3)} (meaning ${cosine?.toFixed(3) ?? "-"}, words ${lexical?.toFixed(3) ?? "-"}) ${document} ${start}-${end}`,
        look.width,
        "    ",
        "  ",
      ),
    ),
  ].join("\n");
}

/** The receipt, then what is told now that was not told then, and the other way round. */
export function printReplay(receipt: Receipt, replay: Replay, look: Look): string {
  const c = createColors(look.colour);
  const list = (title: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [c.bold(title), ...texts.map((text) => wrap(plain(text), look.width, "  "))];
  return [
    printReceipt(receipt, look),
    "",
    c.bold(replay.same ? "Asked again: the same answer." : "Asked again: another answer."),
    `status ${replay.status}, ${replay.mode}, ${replay.index_changed ? "the index has changed since" : "over the same index"}`,
    ...list("No longer told", replay.gone),
    ...list("Told now", replay.added),
  ].join("\n");
}

export function printDoctor(checks: readonly DoctorCheck[], look: Look): string {
  const c = createColors(look.colour);
  return checks
    .flatMap(({ ok, name, detail, fix }) => [
      wrap(`${name}: ${plain(detail)}`, look.width, "     ", `${ok ? c.green("ok  ") : c.red("FAIL")} `),
      ...(fix === null ? [] : [wrap(`fix: ${plain(fix)}`, look.width, "          ", "     ")]),
    ])
    .join("\n");
}

export function marks(citations: readonly number[]): string {
  return citations.map((n) => `[${n}]`).join("");
}

export function dated(value: string | null): string {
  return value === null ? "undated" : dateInWords(value);
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
