// `verify` on other people's labels, and on fluent sentences with a false variant of each: what exact facts and wording alone can tell.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { PROJECT_ROOT } from "../../../src/project.ts";
import { areaUnderCurve } from "../evaluation/metrics.ts";
import { type Figure, share } from "./figures.ts";
import { type Program, readLines } from "./program.ts";

interface Verdict {
  supported: boolean;
  score: number;
}

/** Kinds of which exact facts can be expected to stop the false variant. */
const EXACT = ["number", "date", "name", "negation", "quotation"];

interface Fluent {
  sentence: string;
  supported: boolean;
  kind: string;
  half?: string;
}

export async function verifySet(program: Program, data: string, half: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const fluent = path.join(data, "fluent-sentences/sentences.jsonl");
  if (existsSync(fluent))
    figures.push(...(await fluentFigures(program, "fluent, seeds", readLines<Fluent & { passages: string[] }>(fluent, "all"))));
  const pages = path.join(data, "article-extraction-benchmark/ground-truth.json.gz");
  if (existsSync(pages)) figures.push(...(await fluentFigures(program, "fluent, news", overPages(pages, half))));
  const qags = path.join(data, "qags/mturk_cnndm.jsonl.gz");
  if (existsSync(qags)) {
    const rows = jsonLines<{
      article: string;
      summary_sentences: { sentence: string; responses: { response: string }[] }[];
    }>(qags).flatMap(({ article, summary_sentences }) =>
      summary_sentences.map(({ sentence, responses }) => ({
        claim: [sentence, article] as const,
        positive: responses.filter(({ response }) => response === "yes").length * 2 > responses.length,
      })),
    );
    figures.push(await curve(program, "QAGS CNN/DM, area under the curve", rows, 0.86));
  }
  const fever = path.join(data, "fever-symmetric/fever_symmetric_dev.jsonl.gz");
  if (existsSync(fever)) {
    const rows = jsonLines<{ claim: string; evidence: string; gold_label: string }>(fever).map((row) => ({
      claim: [row.claim, row.evidence] as const,
      positive: row.gold_label === "SUPPORTS",
    }));
    figures.push(await curve(program, "FEVER-symmetric, area under the curve", rows, 0.7));
  }
  return figures;
}

async function fluentFigures(
  program: Program,
  name: string,
  lines: readonly (Fluent & { passages: string[] })[],
): Promise<Figure[]> {
  const pairs = lines.map(({ passages, sentence }) => [sentence, passages.join("\n\n")] as const);
  const verdicts = await verified(program, pairs);
  const rows = lines.map((line, at) => ({ ...line, passed: verdicts[at]?.supported ?? false }));
  const kept = rows.filter(({ supported }) => supported).map(({ passed }) => passed);
  const lies = rows.filter(({ supported }) => !supported);
  const exact = lies.filter(({ kind }) => EXACT.includes(kind));
  return [
    share(`${name}, true: kept`, kept, 0.95),
    share(
      `${name}, false by number, date, name, negation, quotation: stopped`,
      exact.map(({ passed }) => !passed),
      0.85,
    ),
    share(
      `${name}, false in any respect: stopped`,
      lies.map(({ passed }) => !passed),
    ),
  ];
}

/** The pairs over news pages, their passages cut out of the benchmark's texts. */
function overPages(pages: string, half: string): (Fluent & { passages: string[] })[] {
  const bodies = Object.entries(
    JSON.parse(gunzipSync(readFileSync(pages)).toString()) as Record<string, { articleBody: string }>,
  );
  return readLines<Fluent & { passages: { article: string; about: string; start: number; end: number }[] }>(
    path.join(PROJECT_ROOT, "tests/benchmarks/scoreboard/sets/fluent.jsonl"),
    half,
  ).map((line) => ({
    ...line,
    passages: line.passages.map(({ article, about, start, end }) => {
      const [, body] = bodies.find(([id]) => id.startsWith(article)) ?? [];
      return `${about}\n\n${body?.articleBody.slice(start, end) ?? ""}`;
    }),
  }));
}

async function curve(
  program: Program,
  name: string,
  rows: readonly { claim: readonly [string, string]; positive: boolean }[],
  aim: number,
): Promise<Figure> {
  const verdicts = await verified(
    program,
    rows.map(({ claim }) => claim),
  );
  const scored = rows.map(({ positive }, at) => ({ positive, score: verdicts[at]?.score ?? 0 }));
  return { name, value: areaUnderCurve(scored), n: rows.length, aim };
}

function verified(program: Program, pairs: readonly (readonly [string, string])[]): Promise<Verdict[]> {
  return program.batch<Verdict>(
    "verify",
    pairs.map(([claim, source], at) => ({ id: String(at), claim, source })),
  );
}

function jsonLines<T>(file: string): T[] {
  return gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}
