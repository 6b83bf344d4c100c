// A summary of what was read on a topic, in one document or in a window of time: chosen whole sentences, cited, reports before what people argue, with
// where they disagree. It rests on what it cites and says so in `coverage`; a topic nobody wrote about stays uncovered.
import type { DraftAnswer } from "../answer/answerer.ts";
import type { Candidate } from "../answer/candidates.ts";
import { cited, createSourceList } from "../answer/citations.ts";
import { contradictionsOf, tellContradictions } from "../answer/contradictions.ts";
import { type Generate, tellGenerated } from "../answer/generative.ts";
import type { EmbedSentences, Scored } from "../answer/relevance.ts";
import { nearestOf } from "../answer/select.ts";
import type { Clock } from "../clock.ts";
import type { Passage, Retrieval } from "../domain.ts";
import type { SummaryLength } from "../results.ts";
import { restsOn } from "../retrieve/coverage.ts";
import { chooseSentences, needsVoice, sentencesOn, statementsOf } from "./choose-sentences.ts";

export interface SummaryRequest {
  /** What is asked for, as the answer repeats it. */
  question: string;
  /** Null: everything that was read is the matter. */
  topic: string | null;
  length: SummaryLength;
  retrieval: Retrieval;
  signal?: AbortSignal | undefined;
}

export interface SummaryParts {
  clock: Clock;
  embedSentences: EmbedSentences;
  /** Writes summaries with a language model; without it they are made of quotations. */
  generate?: Generate | undefined;
}

/** Of a summary made of quotations, and passages that a model is given for its own. */
const LENGTHS: Record<SummaryLength, { sentences: number; words: number; read: number }> = {
  short: { sentences: 4, words: 130, read: 8 },
  medium: { sentences: 8, words: 270, read: 12 },
  long: { sentences: 16, words: 560, read: 20 },
};
/** The best sentences; the rest of a large corpus is not compared. */
const COMPARED = 160;

export async function summarize(
  { question, topic, length, retrieval, signal }: SummaryRequest,
  { clock, embedSentences, generate }: SummaryParts,
): Promise<DraftAnswer> {
  const started = clock.now().getTime();
  const { near, weighed, ranked: all } = await sentencesOn(topic, retrieval, embedSentences, signal);
  const ranked = all.slice(0, COMPARED);
  const first = topic === null ? null : newestOf(ranked);
  const chosen = chooseSentences(ranked, { ...LENGTHS[length], first });
  const sources = createSourceList();
  const wrote =
    chosen.length === 0
      ? undefined
      : await generate?.({
          inquiry: { ...retrieval.inquiry, text: question },
          passages: passagesOf([...chosen, ...ranked], LENGTHS[length].read),
          asOf: retrieval.filter.asOf,
          sentences: LENGTHS[length].sentences,
          signal,
        });
  const told = wrote?.kind === "written" ? tellGenerated(wrote, sources) : null;
  const quoting = wrote === undefined || wrote.kind === "trouble";
  const inOrder = [...chosen.filter((one) => !needsVoice(one)), ...chosen.filter(needsVoice)];
  const sentences = told?.sentences ?? (quoting ? statementsOf(inOrder).map((statement) => cited(statement, sources)) : []);
  // the other side may tell it in other words than the topic's
  const others = weighed.slice(0, COMPARED).map(({ candidate }) => candidate);
  const own = inOrder.map(({ candidate }) => candidate);
  const disagreements = tellContradictions(contradictionsOf(own, others), sources);
  const answered = sentences.length > 0;
  const warnings = [...retrieval.warnings, ...(wrote?.warnings ?? [])];
  if (wrote?.kind === "trouble") warnings.push("The summary is made of quotations instead.");
  const about = new Set(all.map(({ candidate }) => candidate.passage.document.id)).size;
  const coverage = answered ? restsOn(sources.list()) : retrieval.coverage;
  if (answered && coverage.documents < about)
    warnings.push(`${coverage.documents} of the ${about} documents that tell of this are cited.`);
  return {
    question,
    status: answered ? "answered" : "not_covered",
    sentences,
    disagreements: answered ? [...(told?.disagreements ?? []), ...disagreements] : [],
    sources: answered ? sources.list() : [],
    nearest: answered ? [] : nearestOf(near === null ? [] : [near]),
    coverage,
    mode: quoting ? "extractive" : wrote.mode,
    warnings,
    usage: wrote?.usage ?? null,
    dropped: wrote?.dropped ?? [],
    written: wrote?.written ?? [],
    timing_ms: { answer: clock.now().getTime() - started, check: wrote?.checkMs ?? 0 },
  };
}

/** Where the best sentences stand, so that every voice chosen is among what a model reads. */
function passagesOf(ranked: readonly Pick<Scored, "candidate">[], most: number): Passage[] {
  const passages = new Map(ranked.map(({ candidate: { passage } }) => [passage.id, passage]));
  return [...passages.values()].slice(0, most);
}

/** The best sentence, understood alone, of the text on the topic that was published last. */
function newestOf(ranked: readonly Scored[]): Candidate | null {
  const whole = ranked.filter(({ candidate }) => candidate.leans === null).map(({ candidate }) => candidate);
  const day = ({ passage }: Candidate): string => passage.document.published ?? "";
  return whole.reduce<Candidate | null>((last, one) => (day(one) > (last === null ? "" : day(last)) ? one : last), null);
}
