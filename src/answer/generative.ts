// Answers written by a language model: asked with numbered sentences, checked sentence by sentence (form, exact facts, judge), what failed repaired once
// and judged again. It posts nothing unchecked, cites only what the model named, and never overrules a model that finds no answer.
import { z } from "zod";
import type { Clock } from "../clock.ts";
import type { Dated, Disagreement, DroppedSentence, Inquiry, Passage, Sentence, Usage, WrittenSentence } from "../domain.ts";
import { Failure } from "../failure.ts";
import { type LanguageModel, spentUsage } from "../models/language-model.ts";
import { fold } from "../text/words.ts";
import type { Verifier } from "../verify/verifier.ts";
import { type Attempt, attemptsOf, checkAttempts, type Checked, isVerbatim } from "./attempts.ts";
import { cited, type SourceList } from "./citations.ts";
import { framed, voiced } from "./frame.ts";
import { listPassages, loadPrompt } from "./prompt.ts";

export interface GenerativeParts {
  model: LanguageModel;
  verifier: Verifier;
  clock: Clock;
  /** For a whole answer: writing, judging, repairing. Milliseconds. */
  timeoutMs: number;
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

export interface Generated {
  /** `written`: something passed. `empty`: the model finds no answer in the passages. `trouble`: it did not answer, or nothing of it passed. */
  kind: "written" | "empty" | "trouble";
  /** `model:openai:gpt-4.1-mini`. */
  mode: string;
  /** In reading order; all have passed. */
  sentences: Checked[];
  disagreements: { about: string; sides: Checked[] }[];
  /** The model says that it answers all that was asked. */
  complete: boolean;
  usage: Usage | null;
  /** Every sentence as it was written, and what was said of it: for the receipt. */
  written: WrittenSentence[];
  dropped: DroppedSentence[];
  warnings: string[];
  /** Spent on checking, in milliseconds. */
  checkMs: number;
}

/** A language model as the answer stage sees it. Throws AbortError when the signal fires; trouble with the provider is a value. */
export type Generate = (request: GenerateRequest) => Promise<Generated>;

/** Sentences of an answer. Of a longer reply one more than is asked for is read. */
const MOST_SENTENCES = 5;
const MOST_DISAGREEMENTS = 3;
const MOST_SIDES = 4;

const SENTENCE = z.object({
  text: z.string().describe("One plain sentence."),
  cites: z.array(z.string()).describe('Numbers of the sentences it was made from, e.g. "3.2".'),
});
/** A model that leaves out what it has nothing for is understood; the schema that it is given asks for all. */
const filled = (value: unknown): unknown =>
  typeof value === "object" && value !== null && "sentences" in value ? { complete: true, disagreements: [], ...value } : value;
const REPLY = z.preprocess(
  filled,
  z.object({
    sentences: z.array(SENTENCE),
    complete: z.boolean().describe("Whether the sentences answer every part of the question."),
    disagreements: z
      .array(z.object({ about: z.string().describe("The matter, in a few words."), sides: z.array(SENTENCE) }))
      .describe("Where passages give different answers to the question; mostly empty."),
  }),
);
const REPAIR = z.object({
  sentences: z.array(SENTENCE.extend({ number: z.int().describe("The number of the failed sentence that this one replaces.") })),
});

/** Reads the prompts at once, so that a missing file is known before the first question. */
export function createGenerate({ model, verifier, clock, timeoutMs, prompt }: GenerativeParts): Generate {
  const writePrompt = loadPrompt(prompt);
  const repairPrompt = loadPrompt("repair");

  return async function generate({ inquiry, passages, asOf, sentences: most = MOST_SENTENCES, signal: given }) {
    const usage: Usage = { input_tokens: 0, output_tokens: 0, cost_usd: 0 };
    const warnings: string[] = [];
    const written: WrittenSentence[] = [];
    let checkMs = 0;
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = given === undefined ? deadline : AbortSignal.any([given, deadline]);
    const list = listPassages(passages);
    const slots = { question: inquiry.text.replace(/\s+/g, " "), passages: list.text, days: daysOf(inquiry, asOf, clock) };
    const system = writePrompt.fill("System", { mark: list.mark, sentences: String(most) });
    const outcome = (kind: Generated["kind"], more: Partial<Generated> = {}): Generated => ({
      kind,
      mode: `model:${model.name}`,
      sentences: [],
      disagreements: [],
      complete: true,
      usage: usage.input_tokens + usage.output_tokens > 0 ? usage : null,
      written,
      dropped: [],
      warnings,
      checkMs: Math.round(checkMs),
      ...more,
    });

    try {
      const { value: reply, usage: spent } = await model.generate({
        system,
        user: writePrompt.fill("User", slots),
        schema: REPLY,
        signal,
      });
      add(usage, spent);
      const attempt = (item: { text: string; cites: string[] }): Attempt[] => attemptsOf(item, list, inquiry.text);
      const items = reply.sentences
        .slice(0, most + 1)
        .flatMap(attempt)
        .slice(0, most + 1);
      if (items.length === 0) {
        warnings.push(`${model.name} found no answer in the passages.`);
        return outcome("empty");
      }
      const matters = reply.disagreements.slice(0, MOST_DISAGREEMENTS).map(({ about, sides }) => ({
        about: about.length > 120 ? "" : about.replace(/\s+/g, " ").trim(),
        sides: sides.slice(0, MOST_SIDES).flatMap((side) => attempt(side).slice(0, 1)),
      }));
      const all = await check([...items, ...matters.flatMap(({ sides }) => sides)], false);
      const first = all.slice(0, items.length);
      const failed = first.filter((one) => one.check === null);
      const mended = failed.length === 0 ? new Map<Checked, Checked>() : await repair(failed);
      const last = first.map((one) => mended.get(one) ?? one);
      const sentences = withoutRepeats(last.filter((one) => one.check !== null));
      const dropped = last.flatMap((one) => (one.check === null ? [{ text: one.text, reasons: reasonsOf(one) }] : []));
      if (sentences.length === 0) {
        warnings.push(`None of the ${items.length} sentences that ${model.name} wrote passed the check against the passages.`);
        return outcome("trouble", { dropped });
      }
      if (dropped.length > 0)
        warnings.push(
          `${dropped.length} of the model's sentences failed the check against the sources and ${dropped.length === 1 ? "was" : "were"} left out.`,
        );
      let at = items.length;
      const disagreements = matters.flatMap(({ about, sides }) => {
        const passed = all.slice(at, (at += sides.length)).filter((one) => one.check !== null);
        const documents = new Set(passed.map(({ places: [place] }) => place?.passage.document.id));
        return documents.size > 1 && about !== "" ? [{ about, sides: passed }] : [];
      });
      return outcome("written", { sentences, disagreements, complete: reply.complete, dropped });
    } catch (error) {
      given?.throwIfAborted();
      if (!(error instanceof Failure) && !deadline.aborted) throw error;
      const spent = error instanceof Failure ? spentUsage(error) : null;
      if (spent !== null) add(usage, spent);
      warnings.push(error instanceof Failure ? error.message : `${model.name} did not answer in time.`);
      return outcome("trouble");
    }

    async function check(attempts: readonly Attempt[], isRepair: boolean): Promise<Checked[]> {
      const from = performance.now();
      const verification = await checkAttempts(attempts, verifier, signal);
      checkMs += performance.now() - from;
      if (verification.usage !== null) add(usage, verification.usage);
      for (const warning of verification.warnings) if (!warnings.includes(warning)) warnings.push(warning);
      for (const { text, cites, problems, facts, judge, check: passed } of verification.checked)
        written.push({ text, cites, repair: isRepair, kept: passed !== null, form: problems, facts, judge });
      return verification.checked;
    }

    /** All failures in one request; what comes back is checked like the first reply. Trouble here costs only the failed sentences. */
    async function repair(failures: readonly Checked[]): Promise<Map<Checked, Checked>> {
      const lines = failures.map((one, index) => {
        const cites = one.cites.length === 0 ? "no sentence" : one.cites.join(", ");
        return `${index + 1}. ${JSON.stringify(one.text)} (${cites}): ${reasonsOf(one).join("; ")}`;
      });
      const mended = new Map<Checked, Checked>();
      try {
        const user = repairPrompt.fill("User", { ...slots, failures: lines.join("\n") });
        const reply = await model.generate({ system, user, schema: REPAIR, signal });
        add(usage, reply.usage);
        const items = reply.value.sentences
          .slice(0, 2 * failures.length)
          .flatMap(({ number, ...item }) =>
            attemptsOf(item, list, inquiry.text).map((attempt) => ({ attempt, target: failures[number - 1] })),
          );
        const checked = await check(
          items.map(({ attempt }) => attempt),
          true,
        );
        items.forEach(({ target }, index) => {
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
  };
}

/** What passed, as sentences and disagreements of an answer, its sources numbered. */
export function tellGenerated(
  { sentences, disagreements }: Generated,
  sources: SourceList,
): { sentences: Sentence[]; disagreements: Disagreement[] } {
  return {
    sentences: sentences.map((one, at) => sentenceOf(one, sentences.slice(0, at), sources)),
    disagreements: disagreements.map(({ about, sides }) => ({
      about,
      sides: sides.map((side) => {
        const { text, citations } = sentenceOf(side, [], sources);
        return { text, citations, published: side.places[0]?.passage.document.published ?? null };
      }),
      note: "The sources differ; which is right is not decided here.",
    })),
  };
}

/** What is a slice of its source stands as a quotation. Where no judge has read who holds a view, its voice is set before it. */
function sentenceOf(one: Checked, before: readonly Checked[], sources: SourceList): Sentence {
  const { text, places, check } = one;
  const passages = before.flatMap(({ places: [place] }) => place?.passage ?? []);
  const [place] = places;
  if (place === undefined || check === null) throw new RangeError("a sentence that has not passed is not told");
  if (isVerbatim(one)) return cited(framed({ ...place, whole: place.start }, passages), sources);
  if (check.method === "facts and wording") return cited(voiced(text, places, passages), sources, check);
  return cited({ parts: [{ kind: "generated", text, places }] }, sources, check);
}

const reasonsOf = ({ problems, facts, judge }: Checked): string[] => [...problems, ...facts, ...(judge === null ? [] : [judge])];

/** What day it is, and which days the question speaks of. */
function daysOf({ period }: Inquiry, asOf: Dated | undefined, clock: Clock): string {
  const today = asOf?.slice(0, 10) ?? clock.now().toISOString().slice(0, 10);
  const weekday =
    today.length === 10
      ? `${new Date(`${today}T12:00:00Z`).toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" })}, `
      : "";
  const asked =
    period === null ? "" : ` “${period.text}” in the question is ${period.since ?? "any day"} to ${period.until ?? "today"}.`;
  return `Today is ${weekday}${today} (UTC).${asked}`;
}

function withoutRepeats(sentences: readonly Checked[]): Checked[] {
  const seen = new Set<string>();
  return sentences.filter(({ text }) => {
    const key = fold(text).replace(/[^\p{L}\p{N}]+/gu, " ");
    return !seen.has(key) && seen.add(key);
  });
}

function add(sum: Usage, more: Usage): void {
  sum.input_tokens += more.input_tokens;
  sum.output_tokens += more.output_tokens;
  sum.cost_usd += more.cost_usd;
}
