// From ranked passages to an answer: written by a model and checked where there is one, else made of the best sentences; cited, and set
// beside what disagrees. It never states what no passage says: without an answer it gives the nearest passages and says so.
import type { Clock } from "../clock.ts";
import type { AskedPart, Answer, Disagreement, DroppedSentence, Retrieval, Sentence, Usage, WrittenSentence } from "../domain.ts";
import { assessPart } from "./answerability.ts";
import { asksForOneThing } from "./asked-for.ts";
import { ofAskedQuarter } from "./asked-quarter.ts";
import { candidatesOf } from "./candidates.ts";
import { cited, createSourceList } from "./citations.ts";
import { type Contradiction, contradictionsFor, leadingOf, ofInterest, tellContradictions } from "./contradictions.ts";
import { attributed, framedInOrder } from "./frame.ts";
import { type Generate, tellGenerated } from "./generative.ts";
import { nearestOf } from "./nearest.ts";
import { pastedFrom } from "./pasted.ts";
import { rankAnswers, type ReadSentences } from "./rank-answers.ts";
import type { Scored } from "./relevance.ts";
import { MOST_SENTENCES, selectSentences } from "./select.ts";

export interface AnswererParts {
  clock: Clock;
  read: ReadSentences;
  /** Writes answers with a language model; without it they are extractive. */
  generate?: Generate | undefined;
}

export interface AnswerOptions {
  /** Passages that sentences may come from, best first; the further ones are read for the other side of a matter. */
  k?: number | undefined;
  /** Narrows what may be told: to one voice, to what goes beyond an earlier answer. */
  keep?: ((ranked: readonly Scored[]) => Scored[]) | undefined;
  /** It goes on from an earlier answer: made of quotations, and the sides of a matter are not set out again. */
  goesOn?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** An answer before it is stored: the caller adds its id and the time that retrieval took. */
export type DraftAnswer = Omit<Answer, "answer_id" | "timing_ms"> & {
  timing_ms: { answer: number; check: number };
  /** For the receipt. */
  dropped: DroppedSentence[];
  /** Every sentence as a model wrote it; absent where none did. */
  written?: WrittenSentence[] | undefined;
  parts?: AskedPart[] | undefined;
};

export interface Answerer {
  /** Throws AbortError when the signal fires; trouble with the model ends in the extractive answer, marked by a warning. */
  answer(retrieval: Retrieval, options?: AnswerOptions): Promise<DraftAnswer>;
}

const READ = 12;
export function createAnswerer({ clock, read: readings, generate }: AnswererParts): Answerer {
  return {
    async answer(retrieval, { k = READ, keep, goesOn = false, signal } = {}) {
      const started = clock.now().getTime();
      const { inquiry } = retrieval;
      const read = retrieval.passages.slice(0, k);
      const all = ofAskedQuarter(inquiry.text, candidatesOf(retrieval.passages, true), clock.now());
      const candidates = all.filter((candidate) => candidate.rank < read.length);
      const pasted = goesOn || keep !== undefined ? null : pastedFrom(inquiry.text, all);
      const questions = pasted === null && inquiry.parts.length > 1 ? inquiry.parts : [inquiry.text];
      const ranked: Scored[][] = [];
      for (const question of questions) ranked.push(await rankAnswers(question, inquiry, candidates, readings, signal));
      const parts = pasted === null ? questions.map((part, at) => assessPart(part, inquiry, ranked[at] ?? [], read)) : undefined;
      const covered = parts?.map((part) => part.covered) ?? [(pasted?.sentences.length ?? 0) > 0];
      const warnings = [...retrieval.warnings];
      const sources = createSourceList();
      let sentences: Sentence[] = [];
      let mode = "extractive";
      let usage: Usage | null = null;
      let disputes: Contradiction[] = [];
      const passages = read.map((entry) => entry.passage);
      // what a model can answer it decides itself: no rule stands before it or overrules it
      const wrote =
        goesOn || passages.length === 0
          ? undefined
          : await generate?.({ inquiry, passages, asOf: retrieval.filter.asOf, signal });
      let disagreements: Disagreement[] = [];
      if (wrote !== undefined) {
        warnings.push(...wrote.warnings);
        ({ usage } = wrote);
        if (wrote.kind === "trouble") warnings.push("The answer is made of quotations instead.");
        else ({ mode } = wrote);
      }
      if (wrote?.kind === "written") {
        ({ sentences, disagreements } = tellGenerated(wrote, sources));
      } else if (wrote?.kind !== "empty" && covered.some(Boolean)) {
        const answering = ranked.filter((_, index) => covered[index]).map((part) => keep?.(part) ?? part);
        const chosen =
          pasted?.sentences.slice(0, MOST_SENTENCES) ??
          selectSentences(answering, inquiry.wantsLatest, questions.every(asksForOneThing));
        if (!goesOn)
          disputes = ofInterest(inquiry, await contradictionsFor(questions, inquiry, chosen, all, ranked, readings, signal));
        const leading = leadingOf(inquiry, chosen, disputes);
        const told = leading?.chosen ?? chosen;
        // what brings a matter up to date is told with its voice and day, whatever the genre
        const statements = framedInOrder(told);
        if (leading !== null) statements[told.indexOf(leading.lead)] = attributed(leading.lead);
        sentences = statements.map((statement) => cited(statement, sources));
      }
      const answered = sentences.length > 0;
      const whole = wrote?.kind === "written" ? wrote.complete : covered.every(Boolean);
      questions.forEach((question, index) => {
        if (answered && mode === "extractive" && covered[index] === false)
          warnings.push(`Not covered by the sources: ${question}`);
      });
      return {
        question: inquiry.text,
        status: answered ? (whole ? "answered" : "partial") : "not_covered",
        sentences,
        disagreements: answered ? [...disagreements, ...tellContradictions(disputes, sources)] : [],
        sources: sources.list(),
        nearest: answered ? [] : nearestOf(ranked),
        coverage: retrieval.coverage,
        mode,
        warnings,
        usage,
        dropped: wrote?.dropped ?? [],
        written: wrote?.written ?? [],
        ...(mode === "extractive" && parts !== undefined
          ? { parts: parts.map(({ text, covered: held, why, score }) => ({ text, covered: held, why, score })) }
          : {}),
        timing_ms: { answer: clock.now().getTime() - started, check: wrote?.checkMs ?? 0 },
      };
    },
  };
}
