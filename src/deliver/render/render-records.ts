// What the program keeps and finds (documents, passages, receipts, reports, checks) as a reader in a terminal meets it.
import type { Document, StoredDocument } from "../../domain.ts";
import type { DoctorCheck, Extraction, FollowedAddress, IngestReport, SearchResult } from "../../results.ts";
import type { Receipt, Replay } from "../../stores/state.ts";
import { cited, count, inBlocks, type Markup, titled } from "./markup.ts";
import { documentLine } from "./render-answer.ts";

/** `all` is the list that the numbers count in: what `show` takes. */
export function renderDocuments(documents: readonly Document[], all: readonly Document[], markup: Markup): string {
  if (documents.length === 0)
    return "No documents. Put files into the corpus folder and run: npm run --silent briefing -- ingest";
  const numbers = new Map(all.map(({ id }, at) => [id, `${at + 1}.`]));
  const width = String(all.length).length + 1;
  return documents
    .map((each) => `${(numbers.get(each.id) ?? "").padStart(width)} ${each.id}\n    ${documentLine(each, markup)}`)
    .join("\n");
}

export const renderFollowed = (followed: readonly FollowedAddress[], markup: Markup): string =>
  titled(
    markup,
    "Followed",
    followed.map((each) => followedLine(each, markup)),
  );

function followedLine(address: FollowedAddress, { plain }: Markup): string {
  const { url, scope, title, documents, succeededAt, failures, lastProblem, dueAt } = address;
  const read = succeededAt === null ? "never read" : `read ${minute(succeededAt)}, ${count(documents, "document")}`;
  const trouble = failures === 0 ? "" : `; failed ${failures === 1 ? "once" : `${failures} times`}: ${plain(lastProblem ?? "")}`;
  const next = dueAt === null ? "" : `; due ${minute(dueAt)}`;
  return `    ${title === null ? "" : `${plain(title)} `}${plain(url)}${scope === null ? "" : ` (${scope})`}: ${read}${trouble}${next}`;
}

export function renderStored(document: StoredDocument, markup: Markup): string {
  const { id, fetched, path, url, evidence, passages, text } = document;
  const found = Object.entries(evidence).map(([field, where]) => `  ${markup.plain(`${field}: ${where}`)}`);
  const about = [
    documentLine(document, markup),
    [`id ${id}`, `read ${minute(fetched)}`, path, url].filter(Boolean).join(" · "),
    ...(found.length === 0 ? [] : ["found in:", ...found]),
    count(passages.length, "passage"),
  ];
  return inBlocks(about.join("\n"), markup.plain(text));
}

export function renderExtraction(extraction: Extraction, markup: Markup): string {
  if (!("feed" in extraction)) return inBlocks(documentLine(extraction, markup), markup.plain(extraction.text));
  const { feed, items } = extraction;
  const title = `Feed ${markup.plain(feed.title ?? feed.url ?? "")}: ${count(items.length, "item")}`;
  return [title, ...items.map((item) => `  ${documentLine(item, markup)}`)].join("\n");
}

export function renderSearch({ passages, warnings }: SearchResult, markup: Markup): string {
  const found = passages.flatMap(({ rank, document, score, text }) => [
    `${rank}. ${documentLine(document, markup)} · ${score.toFixed(3)}`,
    markup.under(markup.quote(text)),
  ]);
  const notes = warnings.map((warning) => markup.small(markup.plain(warning)));
  return [...(found.length === 0 ? ["Nothing found."] : found), ...notes].join("\n");
}

export function renderIngest(report: IngestReport, { plain }: Pick<Markup, "plain">): string {
  const { added, updated, unchanged, removed, documents, passages, took_ms: took } = report;
  const counts = `${added} added, ${updated} updated, ${unchanged} unchanged, ${removed} removed`;
  return [
    `${counts}: ${count(documents, "document")} in ${count(passages, "passage")} (${(took / 1000).toFixed(1)} s)`,
    ...(documents > 0
      ? []
      : ["There is nothing to answer from: put documents into the corpus folder, or name files and addresses."]),
    ...(report.vectors_pending === 0 ? [] : [pendingLine(report.vectors_pending)]),
    ...report.warnings.map((warning) => `note: ${plain(warning)}`),
    ...report.failed.map(({ input, reason }) => `refused ${plain(input)}: ${plain(reason)}`),
  ].join("\n");
}

export function pendingLine(pending: number): string {
  const some =
    pending === 1 ? "1 passage still lacks its vector: it is" : `${pending} passages still lack their vectors: they are`;
  return `${some} found by words only until then.`;
}

/** Passages that are listed whether anything of them is cited or not. */
const FOREMOST = 5;

/** The receipt: the answer, what was read for it with scores, how each sentence was checked, and with what it was made. */
export function renderReceipt({ answer, trail, at, asker }: Receipt, markup: Markup): string {
  const { plain } = markup;
  const { index, dropped = [], written = [], parts = [], passages } = trail;
  const { usage } = answer;
  const window = Object.entries(trail.filter).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  );
  const sources = [...answer.sources, ...answer.nearest];
  const telling = passages.filter(
    ({ document, start, end }, place) =>
      place < FOREMOST || sources.some((source) => source.document.id === document && source.start < end && start < source.end),
  );
  const others = passages.length - telling.length;
  const made = index === null ? "none" : `${index.embedder}, schema ${index.schema}, generation ${index.generation}`;
  const lists: Record<string, readonly string[]> = {
    Sentences: answer.sentences.map((each) => `${cited(each, markup)} ${each.check.method} ${each.check.score.toFixed(2)}`),
    "What was asked": parts.map(
      ({ text, covered, why, score }) =>
        `${covered ? "covered" : "not covered"} ${score.toFixed(2)}: ${plain(text)} (${plain(why)})`,
    ),
    "Left out, as the check failed": dropped.map(({ text, reasons }) => `${plain(text)} (${plain(reasons.join("; "))})`),
    "As the model wrote it, and what was said of it": written.map(({ text, cites, repair, kept, form, facts, judge }) => {
      const said = [...form, ...facts, ...(judge === null ? [] : [judge])].join("; ");
      const became = `${repair ? "repaired, " : ""}${kept ? "kept" : "left out"}`;
      return `${plain(text)} [${plain(cites.join(", "))}] ${became}${said === "" ? "" : `: ${plain(said)}`}`;
    }),
    "Passages read": telling.map(
      ({ document, start, end, score, cosine, lexical }) =>
        `${score.toFixed(3)} (meaning ${cosine?.toFixed(3) ?? "-"}, words ${lexical?.toFixed(3) ?? "-"}) ${document} ${start}-${end}`,
    ),
  };
  const missing: Record<string, string> = { Sentences: "No sentences", "Passages read": "No passages read" };
  return [
    markup.strong(plain(answer.question)),
    `${at}${asker === null ? "" : ` by ${asker}`}`,
    `status ${answer.status}, ${answer.mode}, window: ${window.length === 0 ? "everything" : window.join(", ")}`,
    `index ${made}, prompt ${trail.prompt ?? "none"}`,
    usage === null ? "no model was used" : `${usage.input_tokens} tokens in, ${usage.output_tokens} out, ${usage.cost_usd} USD`,
    ...(answer.reply === undefined ? [] : [`replied: ${plain(answer.reply.text)}`]),
    ...Object.entries(lists).flatMap(([title, lines]) => {
      const none = missing[title];
      if (lines.length === 0) return none === undefined ? [] : [markup.strong(none)];
      return [markup.strong(title), ...lines.map((line) => `  ${line}`)];
    }),
    ...(others === 0 ? [] : [`  and ${others} more, of which nothing is cited; --json has them`]),
  ].join("\n");
}

/** The receipt, then what is told now that was not told then, and the other way round. */
export function renderReplay({ replay, ...receipt }: Receipt & { replay: Replay }, markup: Markup): string {
  const told = (title: string, texts: readonly string[]): string[] =>
    texts.length === 0 ? [] : [markup.strong(title), ...texts.map((text) => `  ${markup.plain(text)}`)];
  const again = [
    markup.strong(replay.same ? "Asked again: the same answer." : "Asked again: another answer."),
    `status ${replay.status}, ${replay.mode}, ${replay.index_changed ? "the index has changed since" : "over the same index"}`,
    ...told("No longer told", replay.gone),
    ...told("Told now", replay.added),
  ];
  return inBlocks(renderReceipt(receipt, markup), again.join("\n"));
}

export function renderDoctor(checks: readonly DoctorCheck[], { plain }: Markup): string {
  const lines = checks.flatMap(({ ok, name, detail, fix }) => [
    `${ok ? "ok  " : "FAIL"} ${name}: ${plain(detail)}`,
    ...(fix === null ? [] : [`     fix: ${plain(fix)}`]),
  ]);
  return lines.join("\n");
}

const minute = (instant: string): string => `${instant.slice(0, 16).replace("T", " ")} UTC`;
