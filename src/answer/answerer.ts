// From ranked passages to an answer: written by a model and checked where there is one, else made of the best sentences; cited, and set
// beside what disagrees. It never states what no passage says: without an answer it gives the nearest passages and says so.
import type { Clock } from "../clock.ts";
import type {
  AskedPart,
  Answer,
  Disagreement,
  DroppedSentence,
  Inquiry,
  Retrieval,
  Sentence,
  Source,
  WrittenSentence,
} from "../domain.ts";
import type { ReadAnswers } from "../models/embedder.ts";
import { sameName } from "../text/same-name.ts";
import { assessPart } from "./answerability.ts";
import { asksForOneThing, asksWhoIs } from "./asked-for.ts";
import { ofAskedRow } from "./asked-row.ts";
import { ofAskedTime } from "./asked-time.ts";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { cited, createSourceList, own, type SourceList, type Statement } from "./citations.ts";
import { contradictionsFor, LOOKED_INTO, leadingOf, ofInterest, tellContradictions } from "./contradictions.ts";
import { attributed, framedInOrder } from "./frame.ts";
import { type Generate, tellGenerated } from "./generative.ts";
import { pastedFrom } from "./pasted.ts";
import { rankAnswers } from "./rank-answers.ts";
import type { Scored } from "./relevance.ts";
import type { RankedPart } from "./rival-answers.ts";
import { MOST_SENTENCES, nearestOf, selectSentences } from "./select.ts";

export interface AnswererParts {
  clock: Clock;
  read: ReadAnswers;
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

/** A draft with what was read for it. */
export interface Asked {
  draft: DraftAnswer;
  retrieval: Retrieval;
}

export interface Answerer {
  /** Throws AbortError when the signal fires; trouble with the model ends in the extractive answer, marked by a warning. */
  answer(retrieval: Retrieval, options?: AnswerOptions): Promise<DraftAnswer>;
}

/** What is told of a question, by whatever way. */
interface Told {
  sentences: Sentence[];
  disagreements: Disagreement[];
  /** Every part of the question is answered. */
  whole: boolean;
  nearest: Source[];
  warnings: string[];
  parts?: AskedPart[] | undefined;
}

const READ = 12;
/** Own sentences of somebody whose post has been told. */
const BESIDE = 2;

export function createAnswerer({ clock, read: reader, generate }: AnswererParts): Answerer {
  return {
    async answer(retrieval, options = {}) {
      const started = clock.now().getTime();
      const { inquiry, filter, coverage } = retrieval;
      const { k = READ, goesOn = false, signal } = options;
      const passages = retrieval.passages.slice(0, k).map((entry) => entry.passage);
      // what a model can answer it decides itself: no rule stands before it or overrules it
      const wrote =
        goesOn || passages.length === 0 ? undefined : await generate?.({ inquiry, passages, asOf: filter.asOf, signal });
      const trouble = wrote?.kind === "trouble" ? ["The answer is made of quotations instead."] : [];
      const sources = createSourceList();
      let told: Told;
      if (wrote?.kind === "written")
        told = { ...tellGenerated(wrote, sources), whole: wrote.complete, nearest: [], warnings: [] };
      else told = await quotations(retrieval, options, wrote !== undefined && wrote.kind !== "trouble", sources);
      const { sentences, disagreements, whole, nearest, warnings, parts } = told;
      return {
        question: inquiry.text,
        status: sentences.length === 0 ? "not_covered" : whole ? "answered" : "partial",
        sentences,
        disagreements,
        sources: sources.list(),
        nearest,
        coverage,
        mode: wrote === undefined || wrote.kind === "trouble" ? "extractive" : wrote.mode,
        warnings: [...retrieval.warnings, ...(wrote?.warnings ?? []), ...trouble, ...warnings],
        usage: wrote?.usage ?? null,
        dropped: wrote?.dropped ?? [],
        written: wrote?.written ?? [],
        ...(parts === undefined ? {} : { parts }),
        timing_ms: { answer: clock.now().getTime() - started, check: wrote?.checkMs ?? 0 },
      };
    },
  };

  /** The sentences that answer, as they stand; with `nothing` only what comes nearest. */
  async function quotations(
    retrieval: Retrieval,
    { k = READ, keep, goesOn = false, signal }: AnswerOptions,
    nothing: boolean,
    sources: SourceList,
  ): Promise<Told> {
    const { inquiry } = retrieval;
    const read = retrieval.passages.slice(0, k);
    const all = ofAskedRow(inquiry.text, ofAskedTime(inquiry, candidatesOf(retrieval.passages, true), clock.now()));
    const candidates = all.filter((candidate) => candidate.rank < read.length);
    const pasted = goesOn || keep !== undefined ? null : pastedFrom(inquiry.text, all);
    const questions = pasted === null && inquiry.parts.length > 1 ? inquiry.parts : [inquiry.text];
    const asked: RankedPart[] = [];
    for (const question of questions)
      asked.push({ question, ranked: await rankAnswers(question, inquiry, candidates, { read: reader, signal }) });
    const parts = asked.map(({ question, ranked }) => assessPart(question, inquiry, ranked, read));
    const covered = pasted === null ? parts.map((part) => part.covered) : [pasted.sentences.length > 0];
    const refused = {
      sentences: [],
      disagreements: [],
      whole: false,
      nearest: nearestOf(asked.map(({ ranked }) => ranked)),
      warnings: [],
    };
    if (nothing) return refused;
    const receipt = pasted === null ? { parts } : {};
    if (!covered.some(Boolean)) return { ...refused, ...receipt };
    const answering = asked.filter((_, index) => covered[index]).map(({ ranked }) => keep?.(ranked) ?? ranked);
    const selection = { newestFirst: inquiry.wantsLatest, oneThing: questions.every(asksForOneThing) };
    const chosen = pasted?.sentences.slice(0, MOST_SENTENCES) ?? selectSentences(answering, selection);
    if (chosen.length === 0) return { ...refused, ...receipt };
    const disputes = goesOn
      ? []
      : ofInterest(
          inquiry,
          await contradictionsFor(
            inquiry,
            asked,
            pasted === null ? selectSentences(answering, { ...selection, most: LOOKED_INTO }) : chosen,
            all,
            { read: reader, signal },
          ),
        );
    const leading = leadingOf(inquiry, chosen, disputes);
    const told = leading?.chosen ?? chosen;
    // what brings a matter up to date is told with its voice and day, whatever the genre
    const statements = framedInOrder(told);
    if (leading !== null) statements[told.indexOf(leading.lead)] = attributed(leading.lead);
    const known = pasted === null && !goesOn && asksWhoIs(inquiry.text) ? introduction(inquiry, told) : null;
    return {
      sentences: (known === null ? statements : [known, ...statements.slice(0, BESIDE)]).map((statement) =>
        cited(statement, sources),
      ),
      disagreements: tellContradictions(disputes, sources),
      whole: covered.every(Boolean),
      nearest: [],
      warnings: questions.filter((_, at) => covered[at] === false).map((part) => `Not covered by the sources: ${part}`),
      ...receipt,
    };
  }
}

/** The post of the speaker who is asked about, as the document gives it: "Ana Ruiz: chief engineer of the port." */
function introduction({ names }: Inquiry, told: readonly Candidate[]): Statement | null {
  const theirs = told.find(
    ({ passage: { speaker, role } }) => speaker !== null && role !== null && names.some((name) => sameName(name, speaker)),
  );
  if (theirs === undefined) return null;
  const { speaker, role } = theirs.passage;
  return { parts: [own(`${speaker}: ${role?.replace(/\.$/, "")}.`)], beside: [theirs] };
}
