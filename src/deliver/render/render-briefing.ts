// Summaries, timelines, changes and checked claims as a reader meets them. Knows no surface, and drops and shortens nothing.
import type { Answer } from "../../domain.ts";
import type { Changes, CheckReport, Timeline } from "../../results.ts";
import { cited, count, dateOf, inBlocks, type Markup, smallLines } from "./markup.ts";
import { renderAnswer, sourceBlock, spanOf, writtenBy } from "./render-answer.ts";

export function renderSummary(answer: Answer, markup: Markup): string {
  const shown = renderAnswer(answer, markup);
  const { question, coverage } = answer;
  if (answer.status === "not_covered") return shown;
  const by = markup.roomy ? coverage.publishers.map(markup.plain).join(", ") : "";
  const rests = `Rests on ${count(coverage.documents, "document")}, ${spanOf(coverage, markup) || "undated"}${by === "" ? "" : `, by ${by}`}.`;
  const title = question.startsWith("Summary of ") ? question : `Summary: ${question}`;
  return inBlocks(`${markup.strong(markup.plain(title))}\n${markup.small(rests)}`, shown);
}

export function renderTimeline({ topic, events, undated, sources, warnings, mode }: Timeline, markup: Markup): string {
  const told = [...events, ...undated].map(({ text }) => text);
  return inBlocks(
    markup.strong(`Timeline: ${markup.plain(topic)}`),
    ...events.map((event) => `${markup.strong(dateOf(event.date, markup))}\n${cited(event, markup)}`),
    ...undated.map((each, at) => `${at === 0 ? `${markup.strong("Without a date")}\n` : ""}${cited(each, markup)}`),
    sourceBlock(sources, markup, told),
    smallLines(markup, [...warnings.map(markup.plain), writtenBy(mode, events, markup)]),
  );
}

export function renderChanges({ since, items, sources, warnings, mode }: Changes, markup: Markup): string {
  const titles = { changed: "Changed", disputed: "Disputed", new: "New" } as const;
  const blocks = (["changed", "disputed", "new"] as const).flatMap((kind) =>
    items
      .filter((item) => item.kind === kind)
      .map((item, at) => {
        const title = at === 0 ? `${markup.strong(titles[kind])}\n` : "";
        const before =
          item.before === null ? "" : `\n${kind === "changed" ? "Before" : "Otherwise"}: ${markup.plain(item.before)}`;
        return `${title}${cited(item, markup)}${before}`;
      }),
  );
  const told = items.flatMap(({ text, before }) => [text, before ?? ""]);
  return inBlocks(
    markup.strong(`Since ${dateOf(since, markup)}`),
    ...blocks,
    sourceBlock(sources, markup, told),
    smallLines(markup, [...warnings.map(markup.plain), writtenBy(mode, items, markup)]),
  );
}

export function renderCheck({ claims, sources, warnings }: CheckReport, markup: Markup): string {
  const verdicts = { supported: "Supported", contradicted: "Contradicted", not_covered: "Not covered" } as const;
  const blocks = claims.map(({ text, verdict, citations, why }) => {
    const quotes = citations.flatMap((cite) =>
      sources.filter(({ n }) => n === cite).map(({ n, quote }) => `${markup.quote(quote)} [${n}]`),
    );
    return [`${markup.strong(verdicts[verdict])}: ${markup.plain(text)}`, markup.small(markup.plain(why)), ...quotes].join("\n");
  });
  const quoted = sources.map(({ quote }) => quote);
  return inBlocks(
    ...blocks,
    sourceBlock(sources, markup, quoted),
    smallLines(markup, warnings.map(markup.plain)),
    claims.some(({ verdict }) => verdict === "not_covered") ? markup.small("What is not covered is not false for that.") : "",
  );
}
