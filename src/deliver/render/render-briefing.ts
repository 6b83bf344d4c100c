// Summaries, timelines, changes and checked claims as a reader meets them: blocks in reading order. Knows no surface, and drops and shortens
// nothing.
import type { Answer } from "../../domain.ts";
import type { Changes, CheckReport, Timeline } from "../../results.ts";
import type { Markup } from "./markup.ts";
import { cited, dateOf, renderAnswer, smallLines, sourceBlock, writtenBy } from "./render-answer.ts";

/** The answer under a line that says what it rests on. */
export function renderSummary(answer: Answer, markup: Markup): string[] {
  const blocks = renderAnswer(answer, markup);
  if (answer.status === "not_covered") return blocks;
  const { documents, from, to, publishers } = answer.coverage;
  const when = from === to ? `of ${dateOf(from, markup)}` : `from ${dateOf(from, markup)} to ${dateOf(to, markup)}`;
  const rests = `Rests on ${documents} ${documents === 1 ? "document" : "documents"}, ${from === null ? "undated" : when}${markup.roomy && publishers.length > 0 ? `, by ${publishers.map((name) => markup.plain(name)).join(", ")}` : ""}.`;
  const title = answer.question.startsWith("Summary of ") ? answer.question : `Summary: ${answer.question}`;
  return [`${markup.strong(markup.plain(title))}\n${markup.small(rests)}`, ...blocks];
}

export function renderTimeline({ topic, events, undated, sources, warnings, mode }: Timeline, markup: Markup): string[] {
  const told = [...events, ...undated].map(({ text }) => text);
  return [
    markup.strong(`Timeline: ${markup.plain(topic)}`),
    ...events.map(({ date, text, citations }) => `${markup.strong(dateOf(date, markup))}\n${cited(text, citations, markup)}`),
    ...undated.map(({ text, citations }, at) => {
      const line = cited(text, citations, markup);
      return at === 0 ? `${markup.strong("Without a date")}\n${line}` : line;
    }),
    sourceBlock(sources, markup, told),
    smallLines([...warnings.map(markup.plain), writtenBy(mode, events, markup)], markup),
  ].filter((block) => block !== "");
}

export function renderChanges({ since, items, sources, warnings, mode }: Changes, markup: Markup): string[] {
  const titles = { changed: "Changed", disputed: "Disputed", new: "New" } as const;
  const blocks = (["changed", "disputed", "new"] as const).flatMap((kind) =>
    items
      .filter((item) => item.kind === kind)
      .map(({ text, before, citations }, at) => {
        const lines = [
          ...(at === 0 ? [markup.strong(titles[kind])] : []),
          cited(text, citations, markup),
          ...(before === null ? [] : [`${kind === "changed" ? "Before" : "Otherwise"}: ${markup.plain(before)}`]),
        ];
        return lines.join("\n");
      }),
  );
  const told = items.flatMap(({ text, before }) => [text, before ?? ""]);
  return [
    markup.strong(`Since ${dateOf(since, markup)}`),
    ...blocks,
    sourceBlock(sources, markup, told),
    smallLines([...warnings.map(markup.plain), writtenBy(mode, items, markup)], markup),
  ].filter((block) => block !== "");
}

/** Each claim with its verdict and the sources' own words. */
export function renderCheck({ claims, sources, warnings }: CheckReport, markup: Markup): string[] {
  const verdicts = { supported: "Supported", contradicted: "Contradicted", not_covered: "Not covered" } as const;
  const blocks = claims.map(({ text, verdict, citations, why }) => {
    const quotes = citations.flatMap((n) => {
      const source = sources[n - 1];
      return source === undefined ? [] : [`${markup.quote(source.quote)} [${n}]`];
    });
    return [`${markup.strong(verdicts[verdict])}: ${markup.plain(text)}`, markup.small(markup.plain(why)), ...quotes].join("\n");
  });
  const silent = claims.some(({ verdict }) => verdict === "not_covered");
  const quoted = sources.map(({ quote }) => quote);
  return [
    ...blocks,
    sourceBlock(sources, markup, quoted),
    smallLines(warnings.map(markup.plain), markup),
    silent ? markup.small("What is not covered is not false for that.") : "",
  ].filter((block) => block !== "");
}
