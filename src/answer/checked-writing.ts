// What a language model writes, on its way to a reader: asked for with numbered sentences, checked sentence by sentence (form, exact facts, judge), what
// failed mended once and judged again. One way for all that a model writes: answers, summaries, entries of a digest, lines of a timeline, claims.
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Dated, Disagreement, DroppedSentence, Inquiry, Passage, Sentence, Usage, WrittenSentence } from "../domain.ts";
import { Failure } from "../failure.ts";
import { type LanguageModel, spentUsage, summed } from "../models/language-model.ts";
import { contentWords } from "../text/words.ts";
import type { Verifier } from "../verify/verifier.ts";
import { type Attempt, attemptsOf, checkAttempts, type Checked, isVerbatim, type Item } from "./attempts.ts";
import { cited, quoteOf, type SourceList } from "./citations.ts";
import { framed, voiced } from "./frame.ts";
import { listPassages, loadPrompt, type Prompt } from "./prompt.ts";

export interface WriterParts {
  model: LanguageModel;
  verifier: Verifier;
  clock: Clock;
  /** For a whole writing: asking, judging, mending. Milliseconds. */
  timeoutMs: number;
}

export interface WriteRequest<T> {
  prompt: Prompt;
  /** Besides mark, passages, question and days. */
  slots: Readonly<Record<string, string>>;
  question: string;
  /** The period that the question names. */
  period?: Inquiry["period"] | undefined;
  /** The day that counts as today, where that is not the clock's. */
  asOf?: Dated | undefined;
  /** That may be cited; at least one. */
  passages: readonly Passage[];
  schema: z.ZodType<T>;
  /** What is to be told: items are mended where they fail, sides of a matter are left out. */
  itemsOf: (reply: T) => { items: readonly Item[]; matters?: readonly { about: string; sides: readonly Item[] }[] };
  signal?: AbortSignal | undefined;
}

/** What the sources tell differently: the sides that have passed. */
export interface Matter {
  about: string;
  sides: Checked[];
}

/** What a writing cost and how it went: for receipts and readers. */
export interface WritingRecord {
  /** `model:openai:gpt-4.1-mini`. */
  mode: string;
  usage: Usage | null;
  /** Every sentence as it was written, and what was said of it. */
  written: WrittenSentence[];
  dropped: DroppedSentence[];
  warnings: string[];
  /** Spent on checking, in milliseconds. */
  checkMs: number;
}

export interface Writing<T> extends WritingRecord {
  /** Null where the model did not answer. */
  reply: T | null;
  /** For each item its sentences; those that failed have no check. */
  items: Checked[][];
  /** In the order of the reply, as many of each as are read. */
  matters: Matter[];
}

export interface CheckedWriter {
  /** Throws AbortError when the signal fires; trouble with the provider is a warning. */
  write<T>(request: WriteRequest<T>): Promise<Writing<T>>;
}

export const SENTENCE = z.object({
  text: z.string().describe("One plain sentence."),
  cites: z.array(z.string()).describe('Numbers of the sentences it was made from, e.g. "3.2".'),
});
export const DISAGREEMENTS = z.array(
  z.object({ about: z.string().describe("The matter, in a few words."), sides: z.array(SENTENCE) }),
);
const REPAIR = z.object({
  sentences: z.array(SENTENCE.extend({ number: z.int().describe("The number of the failed sentence that this one replaces.") })),
});
/** Of one reply; what is more is not read. */
const MOST_MATTERS = 12;
const MOST_SIDES = 4;
const MOST_OF_ITEM = 6;
/** Names a matter whose own name is long, empty or says more than its sources. */
const LONGEST_ABOUT = 120;
const UNNAMED = "what the sources tell differently";

/** Reads the prompt of repairs at once, so that a missing file is known before the first question. */
export function createCheckedWriter({ model, verifier, clock, timeoutMs }: WriterParts): CheckedWriter {
  const repairPrompt = loadPrompt("repair");

  return {
    async write<T>({ prompt, question, passages, schema, itemsOf, signal: given, ...request }: WriteRequest<T>) {
      let usage: Usage | null = null;
      const warnings: string[] = [];
      const written: WrittenSentence[] = [];
      let checkMs = 0;
      let writer = model.name;
      const deadline = AbortSignal.timeout(timeoutMs);
      const signal = given === undefined ? deadline : AbortSignal.any([given, deadline]);
      const list = listPassages(passages);
      const days = daysOf(request.period ?? null, request.asOf, passages, clock);
      const slots = { ...request.slots, question: question.replace(/\s+/g, " "), passages: list.text, days };
      const system = prompt.fill("System", { ...slots, mark: list.mark });
      const attemptsAt = (item: Item): Attempt[] => attemptsOf(item, list, question).slice(0, MOST_OF_ITEM);
      const outcome = (more: Pick<Writing<T>, "reply" | "items" | "matters">): Writing<T> => ({
        mode: `model:${writer}`,
        usage,
        written,
        dropped: more.items.flat().flatMap((one) => (one.check === null ? [{ text: one.text, reasons: reasonsOf(one) }] : [])),
        warnings,
        checkMs: Math.round(checkMs),
        ...more,
      });

      try {
        const asked = { system, user: prompt.fill("User", slots), schema, signal };
        const { value: reply, usage: spent, by = writer } = await model.generate(asked);
        writer = by;
        usage = summed(usage, spent);
        const { items, matters: differing = [] } = itemsOf(reply);
        const attempts = items.map(attemptsAt);
        const matters = differing.slice(0, MOST_MATTERS).map(({ about, sides }) => ({
          about: about.replace(/\s+/g, " ").trim(),
          sides: sides.slice(0, MOST_SIDES).flatMap((side) => attemptsAt(side).slice(0, 1)),
        }));
        const shape = [...attempts, ...matters.map(({ sides }) => sides)];
        const checked = grouped(await check(shape.flat(), false), shape);
        const first = checked.slice(0, items.length);
        const failed = first.flatMap((group, at) =>
          group.flatMap((one) => (one.check === null ? [{ one, item: items[at] }] : [])),
        );
        const mended = failed.length === 0 ? new Map<Checked, Checked>() : await repair(failed);
        return outcome({
          reply,
          items: first.map((group) => group.map((one) => mended.get(one) ?? one)),
          matters: matters.map(({ about }, at) => {
            const sides = (checked[items.length + at] ?? []).filter(({ check }) => check !== null);
            return { about: isAbout(about, sides, question) ? about : UNNAMED, sides };
          }),
        });
      } catch (error) {
        given?.throwIfAborted();
        if (!(error instanceof Failure) && !deadline.aborted) throw error;
        usage = summed(usage, error instanceof Failure ? spentUsage(error) : null);
        warnings.push(error instanceof Failure ? error.message : `${model.name} did not answer in time.`);
        return outcome({ reply: null, items: [], matters: [] });
      }

      async function check(attempts: readonly Attempt[], isRepair: boolean): Promise<Checked[]> {
        const from = performance.now();
        const verification = await checkAttempts(attempts, verifier, signal);
        checkMs += performance.now() - from;
        usage = summed(usage, verification.usage);
        for (const warning of verification.warnings) if (!warnings.includes(warning)) warnings.push(warning);
        for (const { text, cites, problems, facts, judge, check: passed } of verification.checked)
          written.push({ text, cites, repair: isRepair, kept: passed !== null, form: problems, facts, judge });
        return verification.checked;
      }

      /** All failures in one request; what comes back is checked like the first reply. Trouble here costs only the failed sentences. */
      async function repair(failures: readonly { one: Checked; item: Item | undefined }[]): Promise<Map<Checked, Checked>> {
        const lines = failures.map(({ one }, index) => {
          const cites = one.cites.length === 0 ? "no sentence" : one.cites.join(", ");
          return `${index + 1}. ${JSON.stringify(one.text)} (${cites}): ${reasonsOf(one).join("; ")}`;
        });
        const mended = new Map<Checked, Checked>();
        try {
          const user = repairPrompt.fill("User", { ...slots, failures: lines.join("\n") });
          const reply = await model.generate({ system, user, schema: REPAIR, signal });
          usage = summed(usage, reply.usage);
          const tries = reply.value.sentences.slice(0, 2 * failures.length).flatMap(({ number, ...better }) => {
            const target = failures[number - 1];
            return attemptsAt({ ...target?.item, ...better }).map((attempt) => ({ attempt, target: target?.one }));
          });
          const checked = await check(
            tries.map(({ attempt }) => attempt),
            true,
          );
          tries.forEach(({ target }, index) => {
            const better = checked[index];
            if (target !== undefined && better !== undefined && better.check !== null && !mended.has(target))
              mended.set(target, better);
          });
        } catch (error) {
          given?.throwIfAborted();
          const why = error instanceof Failure ? error.message : "it took too long.";
          if (!(error instanceof Failure) && !deadline.aborted) throw error;
          warnings.push(`The model could not mend its sentences: ${why}`);
        }
        return mended;
      }
    },
  };
}

const reasonsOf = ({ problems, facts, judge }: Checked): string[] => [...problems, ...facts, ...(judge === null ? [] : [judge])];

/** The list cut again into pieces as long as those of `shape`. */
function grouped<T>(list: readonly T[], shape: readonly (readonly unknown[])[]): T[][] {
  let at = 0;
  return shape.map(({ length }) => list.slice(at, (at += length)));
}

const YEAR_MS = 366 * 86_400_000;

/** What day it is, and which days the question speaks of, where a passage is of about that time. */
function daysOf(period: Inquiry["period"], asOf: Dated | undefined, passages: readonly Passage[], clock: Clock): string {
  const today = asOf?.slice(0, 10) ?? clock.now().toISOString().slice(0, 10);
  const weekday =
    today.length === 10
      ? `${new Date(`${today}T12:00:00Z`).toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" })}, `
      : "";
  // "on Wednesday" over an archive is no day of this week
  const at = Date.parse((period?.since ?? period?.until ?? today).slice(0, 10));
  const plausible = passages.some(
    ({ document: { published } }) => published !== null && Math.abs(Date.parse(published.slice(0, 10)) - at) <= YEAR_MS,
  );
  const asked =
    period === null || !plausible
      ? ""
      : ` “${period.text}” in the question is ${period.since ?? "any day"} to ${period.until ?? "today"}.`;
  return `Today is ${weekday}${today} (UTC).${asked}`;
}

/** The name of a matter is told unjudged, so it may hold no word that is new. */
function isAbout(about: string, sides: readonly Checked[], question: string): boolean {
  const known = new Set(
    contentWords([question, ...sides.flatMap(({ places }) => places.map(quoteOf))].join("\n")).map(({ stem }) => stem),
  );
  return about !== "" && about.length <= LONGEST_ABOUT && contentWords(about).every(({ stem }) => known.has(stem));
}

/** Matters of which two documents' sides have passed. */
export function tellMatters(matters: readonly Matter[], sources: SourceList): Disagreement[] {
  return matters.flatMap(({ about, sides: passed }) => {
    const documents = new Set(passed.map(({ places: [place] }) => place?.passage.document.id));
    if (documents.size < 2) return [];
    const sides = passed.map((side) => {
      const { text, citations } = tellChecked(side, [], sources);
      return { text, citations, published: side.places[0]?.passage.document.published ?? null };
    });
    return [{ about, sides, note: "The sources differ; which is right is not decided here." }];
  });
}

export const tellInOrder = (sentences: readonly Checked[], sources: SourceList): Sentence[] =>
  sentences.map((one, at) => tellChecked(one, sentences.slice(0, at), sources));

/** As the reader gets it, behind `before`. A slice of its source stands as a quotation. A view that names nobody has its voice set before it, whatever a judge says. */
export function tellChecked(one: Checked, before: readonly Checked[], sources: SourceList): Sentence {
  const { text, places, check } = one;
  const passages = before.flatMap(({ places: [place] }) => place?.passage ?? []);
  const [place] = places;
  if (place === undefined || check === null) throw new RangeError("a sentence that has not passed is not told");
  if (isVerbatim(one)) return cited(framed({ ...place, whole: place.start }, passages), sources);
  return cited(voiced(text, places, passages), sources, check);
}
