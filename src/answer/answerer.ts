// From ranked passages to a checked answer: written by a model where there is one, else made of the best sentences; then gated, cited, and
// set beside what disagrees. It never states what no passage says: without an answer it gives the nearest passages and says so.
import type { Clock } from "../clock.ts";
import type { Answer, Passage, Retrieval, Source, Usage } from "../domain.ts";
import { Failure } from "../failure.ts";
import { spentUsage } from "../models/language-model.ts";
import { candidatesOf } from "./candidates.ts";
import { type Composed, compose, draftGate, type VerifyClaim } from "./compose.ts";
import type { DraftSentence, Generate } from "./draft.ts";
import { framed } from "./frame.ts";
import { type EmbedSentences, rankCandidates, type Scored } from "./relevance.ts";
import { selectSentences } from "./select.ts";
import { createSourceList, sourceOf } from "./sources.ts";

export interface AnswererParts {
  clock: Clock;
  verify: VerifyClaim;
  embedSentences: EmbedSentences;
  /** Writes answers with a language model; without it they are extractive. */
  generate?: Generate | undefined;
}

export interface AnswerOptions {
  /** Passages that sentences may come from, best first; the further ones are read for the other side of a matter. */
  k?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** An answer before it is stored: the caller adds its id and the time that retrieval took. */
export type DraftAnswer = Omit<Answer, "answer_id" | "timing_ms"> & { timing_ms: { answer: number; check: number } };

export interface Answerer {
  /** Throws AbortError when the signal fires; trouble with the model ends in the extractive answer, marked by a warning. */
  answer(retrieval: Retrieval, options?: AnswerOptions): Promise<DraftAnswer>;
}

const READ = 8;
const NEAREST = 3;
/** Below both of these nothing is near enough to be quoted as an answer. */
const LEAST_COVERAGE = 0.3;
const LEAST_COSINE = 0.36;

export function createAnswerer({ clock, verify, embedSentences, generate }: AnswererParts): Answerer {
  return {
    async answer(retrieval, { k = READ, signal } = {}) {
      const started = clock.now().getTime();
      let checking = 0;
      const gate = draftGate((claim, source, context) => {
        const from = performance.now();
        const verdict = verify(claim, source, context);
        checking += performance.now() - from;
        return verdict;
      });
      const { inquiry } = retrieval;
      const read = retrieval.passages.slice(0, k);
      const candidates = candidatesOf(read);
      const questions = inquiry.parts.length > 1 ? inquiry.parts : [inquiry.text];
      const ranked: Scored[][] = [];
      for (const question of questions) ranked.push(await rankCandidates(question, inquiry, candidates, embedSentences, signal));
      const covered = ranked.map((part) => isCovered(part));
      const warnings = [...retrieval.warnings];
      const sources = createSourceList();
      let composed: Composed = { sentences: [], dropped: [] };
      let mode = "extractive";
      let usage: Usage | null = null;
      if (covered.some(Boolean)) {
        if (generate !== undefined) {
          try {
            const passages = read.map((entry) => entry.passage);
            const written = await generate({ retrieval, passages, verify: gate, signal });
            composed = compose(written.sentences, gate, sources);
            ({ usage } = written);
            warnings.push(...written.warnings);
            if (composed.sentences.length > 0) mode = `model:${written.model}`;
          } catch (error) {
            if (!(error instanceof Failure)) throw error;
            usage = spentUsage(error);
            warnings.push(`${error.message} The answer is made of quotations instead.`);
          }
        }
        if (composed.sentences.length === 0) {
          const chosen = selectSentences(
            ranked.filter((_, index) => covered[index]),
            inquiry.wantsLatest,
          );
          composed = compose(draftsOf(chosen), gate, sources);
        }
      }
      const answered = composed.sentences.length > 0;
      questions.forEach((question, index) => {
        if (answered && covered[index] === false) warnings.push(`Not covered by the sources: ${question}`);
      });
      return {
        question: inquiry.text,
        status: answered ? (covered.every(Boolean) ? "answered" : "partial") : "not_covered",
        sentences: composed.sentences,
        disagreements: [],
        sources: sources.list(),
        nearest: answered ? [] : nearestOf(ranked),
        coverage: retrieval.coverage,
        mode,
        warnings,
        usage,
        timing_ms: { answer: clock.now().getTime() - started, check: Math.round(checking) },
      };
    },
  };
}

function isCovered(ranked: readonly Scored[]): boolean {
  return ranked.some((entry) => entry.coverage >= LEAST_COVERAGE && entry.cosine >= LEAST_COSINE);
}

function draftsOf(chosen: readonly { passage: Passage; start: number; end: number }[]): DraftSentence[] {
  return chosen.map(({ passage, start, end }, index) => framed(passage, start, end, chosen[index - 1]?.passage ?? null));
}

/** The nearest sentence of each of the nearest documents, numbered on its own. */
function nearestOf(ranked: readonly (readonly Scored[])[]): Source[] {
  const sources: Source[] = [];
  for (const { candidate } of ranked.flat().sort((a, b) => b.cosine - a.cosine)) {
    if (sources.length >= NEAREST) break;
    if (sources.some((source) => source.document.id === candidate.passage.document.id)) continue;
    sources.push(sourceOf({ passage: candidate.passage, start: candidate.start, end: candidate.end }, sources.length + 1));
  }
  return sources;
}
