// `verify` on other people's labels, and on fluent sentences with a false variant of each: what exact facts and wording alone can tell.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { areaUnderCurve } from "../evaluation/metrics.ts";
import { type Figure, share } from "./figures.ts";
import { type Program, readLines } from "./program.ts";

interface Verdict {
  supported: boolean;
  score: number;
}

/** Kinds of which exact facts can be expected to stop the false variant. */
const EXACT = ["number", "date", "name", "negation", "quotation"];

export async function verifySet(program: Program, data: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  const fluent = path.join(data, "fluent-sentences/sentences.jsonl");
  if (existsSync(fluent)) {
    const lines = readLines<{
      id: string;
      passages: string[];
      sentence: string;
      supported: boolean;
      kind: string;
      half?: string;
    }>(fluent, "all");
    const verdicts = await verified(
      program,
      lines.map(({ passages, sentence }) => [sentence, passages.join("\n\n")]),
    );
    const rows = lines.map((line, at) => ({ ...line, passed: verdicts[at]?.supported ?? false }));
    const exact = rows.filter(({ supported, kind }) => !supported && EXACT.includes(kind));
    figures.push(
      share(
        "fluent, true: kept by exact facts and wording",
        rows.filter((row) => row.supported).map((row) => row.passed),
        0.95,
      ),
      share(
        "fluent, false by number, date, name, negation, quotation: stopped",
        exact.map((row) => !row.passed),
        0.85,
      ),
      share(
        "fluent, false in any respect: stopped",
        rows.filter((row) => !row.supported).map((row) => !row.passed),
      ),
    );
  }
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
