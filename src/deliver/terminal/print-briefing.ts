// How checked claims and summaries look in a terminal. Pure: values in, text out.
import { createColors } from "picocolors";
import type { Answer, Coverage, Source } from "../../domain.ts";
import type { Changes, CheckReport, Timeline } from "../../results.ts";
import { plain, wrap } from "./output.ts";
import { count, dated, type Look, marks, printAnswer, sourceList } from "./print.ts";

const VERDICTS = { supported: "supported", contradicted: "contradicted", not_covered: "not covered" } as const;

export function printCheck({ claims, sources, warnings }: CheckReport, look: Look): string {
  const c = createColors(look.colour);
  const paint = { supported: c.green, contradicted: c.red, not_covered: c.yellow };
  return [
    ...claims.flatMap(({ text, verdict, citations, why }) => [
      wrap(plain(text), look.width),
      wrap(`${paint[verdict](VERDICTS[verdict])}: ${plain(why)} ${marks(citations)}`, look.width, "  ").trimEnd(),
    ]),
    ...foot(sources, warnings, [], look),
  ].join("\n");
}

export function printTimeline({ events, undated, sources, warnings }: Timeline, look: Look): string {
  const c = createColors(look.colour);
  const entry = (label: string, text: string, citations: readonly number[]): string =>
    `${c.bold(label)}\n${wrap(`${plain(text)} ${marks(citations)}`, look.width, "  ")}`;
  return [
    ...events.map(({ date, text, citations }) => entry(dated(date), text, citations)),
    ...(undated.length === 0 ? [] : ["", c.bold("Without a date")]),
    ...undated.map(({ text, citations }) => wrap(`${plain(text)} ${marks(citations)}`, look.width, "  ")),
    ...foot(
      sources,
      warnings,
      [...events, ...undated].map(({ text }) => text),
      look,
    ),
  ].join("\n");
}

export function printChanges({ items, sources, warnings }: Changes, look: Look): string {
  const c = createColors(look.colour);
  const titles = { changed: "Changed", disputed: "Disputed", new: "New" } as const;
  const lines = (["changed", "disputed", "new"] as const).flatMap((kind) => {
    const of = items.filter((item) => item.kind === kind);
    if (of.length === 0) return [];
    const told = of.flatMap(({ text, before, citations }) => [
      wrap(`${plain(text)} ${marks(citations)}`, look.width, "  "),
      ...(before === null
        ? []
        : [c.dim(wrap(`${kind === "changed" ? "Before" : "Otherwise"}: ${plain(before)}`, look.width, "    "))]),
    ]);
    return [c.bold(titles[kind]), ...told];
  });
  return [
    ...lines,
    ...foot(
      sources,
      warnings,
      items.flatMap(({ text, before }) => [text, before ?? ""]),
      look,
    ),
  ].join("\n");
}

/** As an answer, under a line that says what it rests on. */
export function printSummary(answer: Answer, look: Look): string {
  const page = printAnswer(answer, look);
  return answer.status === "not_covered" ? page : `${createColors(look.colour).dim(restsOn(answer.coverage))}\n${page}`;
}

function restsOn({ documents, from, to, publishers }: Coverage): string {
  const when = from === null ? "undated" : from === to ? `of ${dated(from)}` : `from ${dated(from)} to ${dated(to)}`;
  return `Rests on ${count(documents, "document")}, ${when}${publishers.length === 0 ? "" : `, by ${publishers.map(plain).join(", ")}`}.`;
}

/** The sources, without the quotes that `told` already shows, then the warnings. */
function foot(sources: readonly Source[], warnings: readonly string[], told: readonly string[], look: Look): string[] {
  const c = createColors(look.colour);
  return [
    ...(sources.length === 0 ? [] : ["", ...sourceList(sources, look, told)]),
    ...warnings.map((warning) => c.yellow(wrap(plain(warning), look.width))),
  ];
}
