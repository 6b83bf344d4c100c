// How lists, receipts and reports look in a terminal. Pure: values in, text out.
import { createColors } from "picocolors";
import type { Document, StoredDocument } from "../../domain.ts";
import type { DoctorCheck, Extraction, IngestReport, SearchResult } from "../../results.ts";
import type { Receipt, Replay } from "../../stores/state.ts";
import { documentLine } from "../render/render-answer.ts";
import { plain, wrap } from "./output.ts";
import { type Look, terminalMarkup } from "./terminal-markup.ts";

const documentIn = (document: Document): string => documentLine(document, terminalMarkup({ colour: false }));

/** `all` is the list that the numbers count in: what `show` takes. */
export function printDocuments(documents: readonly Document[], all: readonly Document[], look: Look): string {
  if (documents.length === 0)
    return "No documents. Put files into the corpus folder and run: npm run --silent briefing -- ingest";
  const numbers = new Map(all.map(({ id }, at) => [id, `${at + 1}.`]));
  const width = String(all.length).length + 1;
  return documents
    .map(
      (document) =>
        `${(numbers.get(document.id) ?? "").padStart(width)} ${document.id}\n${wrap(documentIn(document), look.width, "    ")}`,
    )
    .join("\n");
}

export function printStored(document: StoredDocument, look: Look): string {
  const found = Object.entries(document.evidence).map(([field, where]) => `${field}: ${where}`);
  return [
    wrap(documentIn(document), look.width),
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
    return `${wrap(documentIn(extraction), look.width)}\n\n${wrap(plain(extraction.text), look.width)}`;
  const { feed, items } = extraction;
  return [
    `Feed ${plain(feed.title ?? feed.url ?? "")}: ${count(items.length, "item")}`,
    ...items.map((item) => wrap(documentIn(item), look.width, "    ", "  ")),
  ].join("\n");
}

export function printSearch(result: SearchResult, look: Look): string {
  const c = createColors(look.colour);
  const found = result.passages.map(
    (passage) =>
      `${wrap(`${passage.rank}. ${documentIn(passage.document)} · ${passage.score.toFixed(3)}`, look.width, "   ", "")}\n${c.dim(wrap(plain(passage.text), look.width, "   "))}`,
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

/** Passages that are listed whether anything of them is cited or not: why an answer was refused shows in the best. */
const FOREMOST = 5;

/** The receipt: the answer, what was read for it with scores, how each sentence was checked, and with what it was made. */
export function printReceipt({ answer, trail, at, asker }: Receipt, look: Look): string {
  const c = createColors(look.colour);
  const filter = Object.entries(trail.filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
  const { usage } = answer;
  const wrapped = (text: string): string => wrap(text, look.width);
  const cited = [...answer.sources, ...answer.nearest];
  const telling = trail.passages.filter(
    ({ document, start, end }, at) =>
      at < FOREMOST || cited.some((source) => source.document.id === document && source.start < end && start < source.end),
  );
  const others = trail.passages.length - telling.length;
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
    ...telling.map(({ document, start, end, score, cosine, lexical }) =>
      wrap(
        `${score.toFixed(3)} (meaning ${cosine?.toFixed(3) ?? "-"}, words ${lexical?.toFixed(3) ?? "-"}) ${document} ${start}-${end}`,
        look.width,
        "    ",
        "  ",
      ),
    ),
    ...(others === 0 ? [] : [`  and ${others} more, of which nothing is cited; --json has them`]),
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

function marks(citations: readonly number[]): string {
  return citations.map((n) => `[${n}]`).join("");
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
