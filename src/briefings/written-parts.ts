// The parts of a briefing in a model's words: entries of a digest, lines of a timeline or of what has changed. Each part is made from its own passages
// and checked like an answer; one that fails, or does not come, is quoted by the caller, and the others stand.
import { z } from "zod";
import type { Checked, Item } from "../answer/attempts.ts";
import {
  createCheckedWriter,
  DISAGREEMENTS,
  type Matter,
  SENTENCE,
  tellInOrder,
  type WriterParts,
  type WritingRecord,
} from "../answer/checked-writing.ts";
import { createSourceList, type Place } from "../answer/citations.ts";
import { loadPrompt } from "../answer/prompt.ts";
import type { Dated, Passage, Sentence, Source } from "../domain.ts";
import { summed } from "../models/language-model.ts";
import type { Written } from "../results.ts";
import { sentenceSpans } from "../text/sentences.ts";

export interface PartToWrite {
  /** That may be cited: at least one. */
  passages: readonly Passage[];
  /** Of these, how many at the end the reader knows already. */
  known?: number;
  /** What stands in front of it for the reader, and is judged with it. */
  lead?: string;
}

export interface WrittenPart {
  /** Null where none passed. */
  headline: Checked | null;
  /** At least one; all have passed. */
  sentences: Checked[];
  matters: Matter[];
}

export interface WrittenParts extends WritingRecord {
  /** One a part, in order; null for what is to be quoted. */
  parts: (WrittenPart | null)[];
  /** Of the receipt. */
  answer_id: string;
}

export interface PartsRequest {
  /** Named after the part of the prompt that says what an entry is. */
  kind: "Digest" | "Timeline" | "Changes";
  parts: readonly PartToWrite[];
  topic: string | null;
  asOf?: Dated | undefined;
  /** Whose the receipt is. */
  asker?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** What is kept of a writing. */
export interface WrittenReceipt extends WritingRecord {
  question: string;
  asker: string | null;
  sentences: Sentence[];
  sources: Source[];
}

/** Gives the id under which `why` finds it. */
export type KeepWritten = (receipt: WrittenReceipt) => Promise<string>;

/** Where no model wrote anything. */
export const QUOTED: Written = { mode: "extractive", usage: null };

export const writtenBy = (wrote: WrittenParts | undefined): Written =>
  wrote === undefined ? QUOTED : { mode: wrote.mode, usage: wrote.usage, answer_id: wrote.answer_id };

/** Throws AbortError when the signal fires; trouble with the provider is a warning. */
export type WriteParts = (request: PartsRequest) => Promise<WrittenParts>;

/** Of one part. */
const MOST_SENTENCES = { Digest: 3, Timeline: 1, Changes: 1 };
const MOST_MATTERS = 2;
/** One request: characters of passages, and parts. All requests are made at once. */
const CHARACTERS = 14_000;
const PARTS = 12;

const LINE = z.object({ entry: z.int().describe("The number of the entry."), sentences: z.array(SENTENCE) });
const LINES = z.object({ entries: z.array(LINE) });
/** A model that leaves out what it has nothing for is understood; the schema that it is given asks for all. */
const filled = (value: unknown): unknown => {
  const { entries } = (value ?? {}) as { entries?: unknown };
  return Array.isArray(entries) ? { entries: entries.map((entry: object) => ({ disagreements: [], ...entry })) } : value;
};
const EVENT = LINE.extend({ headline: SENTENCE, disagreements: DISAGREEMENTS.describe("Mostly empty.") });
const EVENTS = z.preprocess(filled, z.object({ entries: z.array(EVENT) }));
interface Reply {
  entries: (z.infer<typeof LINE> & Partial<z.infer<typeof EVENT>>)[];
}

export function createWriteParts({ keepWritten, ...given }: WriterParts & { keepWritten: KeepWritten }): WriteParts {
  const writer = createCheckedWriter(given);
  const prompt = loadPrompt("entries");

  return async function writeParts({ kind, parts, topic, asOf, asker = null, signal }) {
    const schema: z.ZodType<Reply> = kind === "Digest" ? EVENTS : LINES;
    const done = await Promise.all(batchesOf(parts).map(writeBatch));
    const found = done.flatMap((batch) => batch.parts);
    const quoted = found.filter((part) => part === null).length;
    const record: WritingRecord = {
      mode: quoted === found.length ? "extractive" : (done[0]?.mode ?? "extractive"),
      usage: summed(...done.map(({ usage }) => usage)),
      written: done.flatMap(({ written }) => written),
      dropped: done.flatMap(({ dropped }) => dropped),
      warnings: [
        ...new Set(done.flatMap(({ warnings }) => warnings)),
        ...(quoted === 0 ? [] : [`${quoted} of ${found.length} entries are made of quotations instead.`]),
      ],
      checkMs: Math.max(0, ...done.map(({ checkMs }) => checkMs)),
    };
    const sources = createSourceList();
    const sentences = found.flatMap((part) => (part === null ? [] : tellInOrder(part.sentences, sources)));
    const receipt = { ...record, question: [kind, topic].filter(Boolean).join(": "), asker, sentences, sources: sources.list() };
    return { ...record, parts: found, answer_id: await keepWritten(receipt) };

    async function writeBatch(batch: readonly PartToWrite[]): Promise<WritingRecord & Pick<WrittenParts, "parts">> {
      let last = 0;
      const slots = batch.map((part) => ({ ...part, from: part.passages.map(() => (last += 1)) }));
      const lines = slots.map(({ lead, known = 0, from }, at) => {
        const heard = known === 0 ? "" : `; readers know ${from.slice(-known).join(", ")} already`;
        return `${at + 1}. ${lead === undefined ? "" : `${lead}: `}passages ${from.join(", ")}${heard}`;
      });
      /** What the reply tells of each part, in the order in which it is checked; a sentence may cite the passages of its own part only. */
      const toldIn = ({ entries }: Reply) =>
        slots.map(({ from, lead }, at) => {
          const own = entries.find(({ entry }) => entry === at + 1);
          const bound = (sentence: z.infer<typeof SENTENCE>): Item => ({ ...sentence, from, lead });
          return {
            headline: own?.headline === undefined ? [] : [bound(own.headline)],
            sentences: own?.sentences.slice(0, MOST_SENTENCES[kind]).map(bound) ?? [],
            matters:
              own?.disagreements?.slice(0, MOST_MATTERS).map(({ about, sides }) => ({ about, sides: sides.map(bound) })) ?? [],
          };
        });
      const { items, matters, reply, ...record } = await writer.write({
        prompt,
        slots: {
          task: prompt.fill(kind, {}),
          entries: lines.join("\n"),
          topic: topic === null ? "" : `\n\nThe readers' topic: ${topic.replace(/\s+/g, " ")}`,
        },
        question: topic ?? "",
        asOf,
        passages: batch.flatMap(({ passages }) => passages),
        schema,
        itemsOf: (reply) => ({
          items: toldIn(reply).flatMap((part) => [...part.headline, ...part.sentences]),
          matters: toldIn(reply).flatMap((part) => part.matters),
        }),
        signal,
      });
      const passed = (count: number): Checked[] =>
        items.splice(0, count).flatMap((group) => group.filter(({ check }) => check !== null));
      const written =
        reply === null
          ? batch.map(() => null)
          : toldIn(reply).map((part): WrittenPart | null => {
              const [headline = null] = passed(part.headline.length);
              const sentences = passed(part.sentences.length).slice(0, MOST_SENTENCES[kind]);
              const own = matters.splice(0, part.matters.length);
              return sentences.length === 0 ? null : { headline, sentences, matters: own };
            });
      return { ...record, parts: written };
    }
  };
}

/** In order; each holds at least one part. */
function batchesOf(parts: readonly PartToWrite[]): PartToWrite[][] {
  const batches: PartToWrite[][] = [];
  let left = 0;
  for (const part of parts) {
    const length = part.passages.reduce((sum, { text }) => sum + text.length, 0);
    const open = batches.at(-1);
    if (open === undefined || length > left || open.length >= PARTS) {
      batches.push([part]);
      left = CHARACTERS - length;
    } else {
      open.push(part);
      left -= length;
    }
  }
  return batches;
}

/** A sentence with the ones beside it, as a passage of its own. */
export function excerptOf({ passage, start, end }: Place): Passage {
  const spans = sentenceSpans(passage.text);
  const from = spans.findLast((span) => passage.start + span.end <= start)?.start ?? start - passage.start;
  const to = spans.find((span) => passage.start + span.start >= end)?.end ?? end - passage.start;
  return { ...passage, text: passage.text.slice(from, to), start: passage.start + from, end: passage.start + to };
}
