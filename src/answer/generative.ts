// Answers and summaries written by a language model, through the checked writer. Posts nothing unchecked, cites only what the model named, and never
// overrules a model that finds no answer.
import { z } from "zod";
import type { Dated, Disagreement, Inquiry, Passage, Sentence } from "../domain.ts";
import { fold } from "../text/words.ts";
import type { Checked } from "./attempts.ts";
import {
  createCheckedWriter,
  DISAGREEMENTS,
  type Matter,
  SENTENCE,
  tellInOrder,
  tellMatters,
  type WriterParts,
  type WritingRecord,
} from "./checked-writing.ts";
import type { SourceList } from "./citations.ts";
import { loadPrompt } from "./prompt.ts";

export interface GenerativeParts extends WriterParts {
  /** Name of the file in prompts/ that says what is to be written. */
  prompt: "answer" | "summary";
}

export interface GenerateRequest {
  inquiry: Inquiry;
  /** The passages that may be cited, best first; at least one. */
  passages: readonly Passage[];
  /** The day that counts as today, where that is not the clock's. */
  asOf?: Dated | undefined;
  /** Most sentences; as many as an answer has where it is absent. */
  sentences?: number | undefined;
  signal?: AbortSignal | undefined;
}

export interface Generated extends WritingRecord {
  /** `written`: something passed. `empty`: the model finds no answer in the passages. `trouble`: it did not answer, or nothing of it passed. */
  kind: "written" | "empty" | "trouble";
  /** In reading order; all have passed. */
  sentences: Checked[];
  disagreements: Matter[];
  /** The model says that it answers all that was asked. */
  complete: boolean;
}

/** A language model as the answer stage sees it. Throws AbortError when the signal fires; trouble with the provider is a value. */
export type Generate = (request: GenerateRequest) => Promise<Generated>;

/** Sentences of an answer. Of a longer reply one more than is asked for is read. */
const MOST_SENTENCES = 5;
const MOST_MATTERS = 3;

/** A model that leaves out what it has nothing for is understood; the schema that it is given asks for all. */
const filled = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "sentences" in value ? { complete: true, disagreements: [], ...value } : value;
const REPLY = z.preprocess(
  filled,
  z.object({
    sentences: z.array(SENTENCE),
    complete: z.boolean().describe("Whether the sentences answer every part of the question."),
    disagreements: DISAGREEMENTS.describe("Where passages give different answers to the question; mostly empty."),
  }),
);

/** Reads the prompts at once, so that a missing file is known before the first question. */
export function createGenerate({ prompt: name, ...parts }: GenerativeParts): Generate {
  const writer = createCheckedWriter(parts);
  const prompt = loadPrompt(name);

  return async function generate({ inquiry, passages, asOf, sentences: most = MOST_SENTENCES, signal }) {
    const { reply, items, matters, ...record } = await writer.write({
      prompt,
      slots: { sentences: String(most) },
      question: inquiry.text,
      period: inquiry.period,
      asOf,
      passages,
      schema: REPLY,
      itemsOf: ({ sentences, disagreements }) => ({
        items: sentences.slice(0, most + 1),
        matters: disagreements.slice(0, MOST_MATTERS),
      }),
      signal,
    });
    const name = record.mode.replace(/^model:/, "");
    const outcome = (kind: Generated["kind"], warning: string | null, more: Partial<Generated> = {}): Generated => ({
      ...record,
      kind,
      warnings: warning === null ? record.warnings : [...record.warnings, warning],
      sentences: [],
      disagreements: [],
      complete: true,
      ...more,
    });
    if (reply === null) return outcome("trouble", null);
    const all = items.flat().slice(0, most + 1);
    if (all.length === 0) return outcome("empty", `${name} found no answer in the passages.`);
    const sentences = withoutRepeats(all.filter((one) => one.check !== null));
    const failed = all.filter((one) => one.check === null).length;
    if (sentences.length === 0)
      return outcome("trouble", `None of the ${failed} sentences that ${name} wrote passed the check against the passages.`);
    const dropped = `${failed} of the model's sentences failed the check against the sources and ${failed === 1 ? "was" : "were"} left out.`;
    return outcome("written", failed === 0 ? null : dropped, { sentences, disagreements: matters, complete: reply.complete });
  };
}

/** What passed, as sentences and disagreements of an answer, its sources numbered. */
export function tellGenerated(
  { sentences, disagreements }: Pick<Generated, "sentences" | "disagreements">,
  sources: SourceList,
): { sentences: Sentence[]; disagreements: Disagreement[] } {
  return { sentences: tellInOrder(sentences, sources), disagreements: tellMatters(disagreements, sources) };
}

function withoutRepeats(sentences: readonly Checked[]): Checked[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => {
    const key = fold(text).replace(/[^\p{L}\p{N}]+/gu, " ");
    return !seen.has(key) && seen.add(key);
  });
}
