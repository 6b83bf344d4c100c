// Summaries, timelines, changes and checked claims as a reader meets them: blocks in reading order, as layout.ts makes them of answers.
// Knows no surface, and drops and shortens nothing.
import type { Answer, Source } from "../domain.ts";
import type { Changes, CheckReport, Timeline } from "../results.ts";
import { cited, dateOf, layoutAnswer, type Markup, sourceLines } from "./layout.ts";

/** The answer under a line that says what it rests on. */
export function layoutSummary(answer: Answer, markup: Markup): string[] {
  const blocks = layoutAnswer(answer, markup);
  if (answer.status === "not_covered") return blocks;
  const { documents, from, to } = answer.coverage;
  const when = from === to ? `of ${dateOf(from, markup)}` : `from ${dateOf(from, markup)} to ${dateOf(to, markup)}`;
  const rests = `Rests on ${documents} ${documents === 1 ? "document" : "documents"}, ${from === null ? "undated" : when}.`;
  return [`${markup.strong(`Summary: ${markup.plain(answer.question)}`)}\n${markup.small(rests)}`, ...blocks];
}

export function layoutTimeline({ topic, events, undated, sources, warnings }: Timeline, markup: Markup): string[] {
  return [
    markup.strong(`Timeline: ${markup.plain(topic)}`),
    ...events.map(({ date, text, citations }) => `${markup.strong(dateOf(date, markup))}\n${cited(text, citations, markup)}`),
    ...undated.map(({ text, citations }, at) => {
      const line = cited(text, citations, markup);
      return at === 0 ? `${markup.strong("Without a date")}\n${line}` : line;
    }),
    ...closing(sources, warnings, markup),
  ];
}

export function layoutChanges({ since, items, sources, warnings }: Changes, markup: Markup): string[] {
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
  return [markup.strong(`Since ${dateOf(since, markup)}`), ...blocks, ...closing(sources, warnings, markup)];
}

/** Each claim with its verdict and the sources' own words. */
export function layoutCheck({ claims, sources, warnings }: CheckReport, markup: Markup): string[] {
  const verdicts = { supported: "Supported", contradicted: "Contradicted", not_covered: "Not covered" } as const;
  const blocks = claims.map(({ text, verdict, citations, why }) => {
    const quotes = citations.flatMap((n) => {
      const source = sources[n - 1];
      return source === undefined ? [] : [`${markup.quote(source.quote)} [${n}]`];
    });
    return [`${markup.strong(verdicts[verdict])}: ${markup.plain(text)}`, markup.small(markup.plain(why)), ...quotes].join("\n");
  });
  const silent = claims.some(({ verdict }) => verdict === "not_covered");
  return [
    ...blocks,
    ...closing(sources, warnings, markup),
    ...(silent ? [markup.small("What is not covered is not false for that.")] : []),
  ];
}

function closing(sources: readonly Source[], warnings: readonly string[], markup: Markup): string[] {
  return [
    ...(sources.length === 0 ? [] : [[markup.strong("Sources"), ...sourceLines(sources, markup)].join("\n")]),
    ...(warnings.length === 0 ? [] : [warnings.map((warning) => markup.small(markup.plain(warning))).join("\n")]),
  ];
}
