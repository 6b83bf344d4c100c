// Sentences read for a question by the bundled reader. The same ones are asked for again where documents are held against each other: the last ones
// are kept.
import { rememberTexts } from "../text/recent.ts";
import type { Readable, ReadAnswers } from "./embedder.ts";

const KEPT = 4000;

export function createAnswerReader(answers: ReadAnswers): ReadAnswers {
  const read = rememberTexts<number>((keys, signal) => {
    const asked = keys.map((key) => JSON.parse(key) as [question: string, sentence: Readable]);
    const sentences = asked.map(([, sentence]) => sentence);
    return answers(asked[0]?.[0] ?? "", sentences, signal);
  }, KEPT);
  return (question, sentences, signal) =>
    read(
      sentences.map((sentence) => JSON.stringify([question, sentence])),
      signal,
    );
}
