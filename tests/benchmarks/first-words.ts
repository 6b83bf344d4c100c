// How soon people see words when twenty ask at once and a model takes its time. Build and run:
//   npx esbuild tests/benchmarks/first-words.ts --bundle --packages=external --platform=node --format=esm --outfile=dist/first-words.mjs
//   node dist/first-words.mjs [seconds of the model, 8 by default] [questions, 20 by default]
import { askAtOnce, p95 } from "../support/first-words.ts";

const seconds = Number(process.argv[2] ?? 8);
const questions = Number(process.argv[3] ?? 20);
const mentions = Math.floor(questions / 3);
const shown = await askAtOnce({ model: seconds * 1000, slash: questions - mentions, mentions });
const line = (what: string, values: readonly number[]): string =>
  `${what}: p50 ${values.toSorted((a, b) => a - b)[values.length >> 1]?.toFixed(0)} ms, p95 ${p95(values).toFixed(0)} ms\n`;
const reading = shown.filter(({ texts }) => texts.some((text) => text.includes("Reading")));
process.stdout.write(
  [
    `${questions} questions at once, the model takes ${seconds} s; told what is read: ${reading.length}\n`,
    line(
      "first words",
      shown.map(({ firstMs }) => firstMs),
    ),
    line(
      "what is read",
      shown.map(({ readingMs }) => readingMs),
    ),
    line(
      "answer",
      shown.map(({ answerMs }) => answerMs),
    ),
  ].join(""),
);
