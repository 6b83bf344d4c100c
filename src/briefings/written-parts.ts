// The parts of a briefing in a model's words: entries of a digest, lines of a timeline or of what has changed. Each part is made from its own passages
// and checked like an answer; one that fails, or does not come, is quoted by the caller, and the others stand.
import { z } from "zod";
import type { Checked, Item } from "../answer/attempts.ts";
import {
  createCheckedWriter,
  DISAGREEMENTS,
  type Matter,
  SENTENCE,
  summed,
  tellInOrder,
  type WriterParts,
  type WritingRecord,
} from "../answer/checked-writing.ts";
import { createSourceList, type Place } from "../answer/citations.ts";
import { loadPrompt } from "../answer/prompt.ts";
import type { Dated, Passage, Sentence, Source } from "../domain.ts";
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
const EVENTS = z.preprocess(
  filled,
  z.object({
    entries: z.array(LINE.extend({ headline: SENTENCE, disagreements: DISAGREEMENTS.describe("Mostly empty.") })),
  }),
);
type Entry = z.infer<typeof LINE> & Partial<z.infer<typeof EVENTS>["entries"][number]>;

export function createWriteParts({ keepWritten, ...given }: WriterParts & { keepWritten: KeepWritten }): WriteParts {
  const writer = createCheckedWriter(given);
  const prompt = loadPrompt("entries");

  return async function writeParts({ kind, parts, topic, asOf, asker = null, signal }) {
    const schema: z.ZodType<{ entries: Entry[] }> = kind === "Digest" ? EVENTS : LINES;
    const done = await Promise.all(batchesOf(parts).map(writeBatch));
    const found = done.flatMap((batch) => batch.parts);
    const quoted = found.filter((part) => part === null).length;
    const record: WritingRecord = {
      mode: quoted === found.length ? "extractive" : (done[0]?.record.mode ?? "extractive"),
      usage: summed(...done.map(({ record }) => record.usage)),
      written: done.flatMap(({ record }) => record.written),
      dropped: done.flatMap(({ record }) => record.dropped),
      warnings: [
        ...new Set(done.flatMap(({ record }) => record.warnings)),
        ...(quoted === 0 ? [] : [`${quoted} of ${found.length} entries are made of quotations instead.`]),
      ],
      checkMs: Math.max(0, ...done.map(({ record }) => record.checkMs)),
    };
    const sources = createSourceList();
    const sentences = found.flatMap((part) => (part === null ? [] : tellInOrder(part.sentences, sources)));
    const receipt = { ...record, question: [kind, topic].filter(Boolean).join(": "), asker, sentences, sources: sources.list() };
    return { ...record, parts: found, answer_id: await keepWritten(receipt) };

    async function writeBatch(batch: readonly PartToWrite[]): Promise<{ parts: (WrittenPart | null)[]; record: WritingRecord }> {
      let last = 0;
      const numbers = batch.map(({ passages }) => passages.map(() => (last += 1)));
      const lines = batch.map(({ lead, known = 0 }, at) => {
        const own = numbers[at] ?? [];
        const heard = known === 0 ? "" : `; readers know ${own.slice(-known).join(", ")} already`;
        return `${at + 1}. ${lead === undefined ? "" : `${lead}: `}passages ${own.join(", ")}${heard}`;
      });
      /** To which part each item and each matter belongs. */
      const homes: { at: number; headline: boolean }[] = [];
      const matterHomes: number[] = [];
      const itemsOf = (reply: { entries: Entry[] }) => {
        const items: Item[] = [];
        const matters: { about: string; sides: Item[] }[] = [];
        for (const at of batch.keys()) {
          const entry = reply.entries.find((one) => one.entry === at + 1);
          const bound = (item: z.infer<typeof SENTENCE>): Item => ({ ...item, from: numbers[at], lead: batch[at]?.lead });
          const add = (item: z.infer<typeof SENTENCE> | undefined, headline: boolean): void => {
            if (item === undefined) return;
            items.push(bound(item));
            homes.push({ at, headline });
          };
          add(entry?.headline, true);
          for (const sentence of entry?.sentences.slice(0, MOST_SENTENCES[kind]) ?? []) add(sentence, false);
          for (const { about, sides } of entry?.disagreements?.slice(0, MOST_MATTERS) ?? []) {
            matters.push({ about, sides: sides.map(bound) });
            matterHomes.push(at);
          }
        }
        return { items, matters };
      };
      const {
        items,
        matters,
        reply: _reply,
        ...record
      } = await writer.write({
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
        itemsOf,
        signal,
      });
      const passed = (at: number, headline: boolean): Checked[] =>
        items.flatMap((group, index) =>
          homes[index]?.at === at && homes[index].headline === headline ? group.filter(({ check }) => check !== null) : [],
        );
      const parts = batch.map((_, at): WrittenPart | null => {
        const sentences = passed(at, false).slice(0, MOST_SENTENCES[kind]);
        const [headline = null] = passed(at, true);
        return sentences.length === 0
          ? null
          : { headline, sentences, matters: matters.filter((_, index) => matterHomes[index] === at) };
      });
      return { parts, record };
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
