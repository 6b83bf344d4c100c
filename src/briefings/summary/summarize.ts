// A summary of what was read on a topic, in one document or in a window of time: chosen whole sentences, gated and cited, with what several
// sources tell alike and where they disagree. It rests on what it cites and says so in `coverage`; a topic nobody wrote about stays uncovered.
import { isAboutTopic } from "../../answer/about-topic.ts";
import type { DraftAnswer } from "../../answer/answerer.ts";
import { candidatesOf, type Candidate } from "../../answer/candidates.ts";
import { cited, createSourceList, type Statement } from "../../answer/citations.ts";
import { contradictionsOf, tellContradictions } from "../../answer/contradictions.ts";
import { framedInOrder } from "../../answer/frame.ts";
import { type Generate, tellGenerated } from "../../answer/generative.ts";
import { nearestOf } from "../../answer/nearest.ts";
import { type EmbedSentences, rankCandidates, type Scored } from "../../answer/relevance.ts";
import type { Clock } from "../../clock.ts";
import type { Coverage, Document, Passage, Retrieval, Source } from "../../domain.ts";
import type { SummaryLength } from "../../results.ts";
import { carries } from "../../verify/carries.ts";
import { citedFrom } from "../../verify/cited-text.ts";
import { aboutOnly, newestOf } from "./about.ts";
import { centrality } from "./central.ts";
import { chooseSentences, type Chosen, LENGTHS } from "./choose.ts";

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

/** Weight of standing for the whole beside the nearness to the topic. */
const FOR_THE_WHOLE = 0.35;
/** Passages that a model is given. */
const MOST_READ: Record<SummaryLength, number> = { short: 8, medium: 12, long: 20 };
/** The best sentences; the rest of a large corpus is not compared. */
const COMPARED = 160;

export async function summarize(
  request: SummaryRequest,
  { clock, embedSentences, generate }: SummaryParts,
): Promise<DraftAnswer> {
  const { question, topic, length, retrieval, signal } = request;
  const started = clock.now().getTime();
  const candidates = candidatesOf(retrieval.passages);
  const central = centrality(candidates);
  const near = topic === null ? null : await rankCandidates(topic, retrieval.inquiry, candidates, embedSentences, signal);
  const covered = near === null ? candidates.length > 0 : isAboutTopic(topic ?? "", retrieval.inquiry, near);
  const merged = covered ? merge(candidates, central, near) : [];
  const ranked = (topic === null ? merged : aboutOnly(topic, merged)).slice(0, COMPARED);
  const newest = topic === null ? null : newestOf(topic, ranked);
  const chosen = chooseSentences(ranked, length, newest);
  const sources = createSourceList();
  const wrote =
    chosen.length === 0
      ? undefined
      : await generate?.({
          inquiry: { ...retrieval.inquiry, text: question },
          passages: passagesFor(chosen, ranked, length),
          asOf: retrieval.filter.asOf,
          sentences: LENGTHS[length].sentences,
          signal,
        });
  const told = wrote?.kind === "written" ? tellGenerated(wrote, sources) : null;
  const quoting = wrote === undefined || wrote.kind === "trouble";
  const sentences = told?.sentences ?? (quoting ? statementsOf(chosen).map((statement) => cited(statement, sources)) : []);
  // the other side may tell it in other words than the topic's
  const others = merged.slice(0, COMPARED).map(({ candidate }) => candidate);
  const disagreements = tellContradictions(
    contradictionsOf(
      chosen.map(({ candidate }) => candidate),
      others,
    ),
    sources,
  );
  const answered = sentences.length > 0;
  const warnings = [...retrieval.warnings, ...(wrote?.warnings ?? [])];
  if (wrote?.kind === "trouble") warnings.push("The summary is made of quotations instead.");
  const alike = sentences.flatMap(({ citations }, at) =>
    new Set(citations.map((n) => sources.list()[n - 1]?.document.id)).size > 1 ? [at + 1] : [],
  );
  if (alike.length > 0)
    warnings.push(`Told alike by several sources: sentence${alike.length > 1 ? "s" : ""} ${alike.join(", ")}.`);
  return {
    question,
    status: answered ? "answered" : "not_covered",
    sentences,
    disagreements: answered ? [...(told?.disagreements ?? []), ...disagreements] : [],
    sources: answered ? sources.list() : [],
    nearest: answered ? [] : nearestOf(near === null ? [] : [near]),
    coverage: answered ? restsOn(sources.list()) : retrieval.coverage,
    mode: quoting ? "extractive" : wrote.mode,
    warnings,
    usage: wrote?.usage ?? null,
    dropped: wrote?.dropped ?? [],
    written: wrote?.written ?? [],
    timing_ms: { answer: clock.now().getTime() - started, check: wrote?.checkMs ?? 0 },
  };
}

/** What a model reads: where the best sentences stand, so that every voice chosen is among it, then what is next. */
function passagesFor(chosen: readonly Chosen[], ranked: readonly Scored[], length: SummaryLength): Passage[] {
  const read = new Map<number, Passage>();
  for (const { candidate } of [...chosen, ...ranked]) {
    if (read.size >= MOST_READ[length]) break;
    read.set(candidate.passage.id, candidate.passage);
  }
  return [...read.values()];
}

function merge(candidates: readonly Candidate[], central: readonly number[], near: readonly Scored[] | null): Scored[] {
  if (near === null) {
    return candidates
      .map((candidate, index) => ({ candidate, score: central[index] ?? 0, coverage: 1, cosine: candidate.cosine ?? 0 }))
      .sort((a, b) => b.score - a.score);
  }
  const whole = new Map(candidates.map((candidate, index) => [candidate, central[index] ?? 0]));
  return near
    .map((entry) => ({ ...entry, score: (1 - FOR_THE_WHOLE) * entry.score + FOR_THE_WHOLE * (whole.get(entry.candidate) ?? 0) }))
    .sort((a, b) => b.score - a.score);
}

/** The sentences in their frames, and the other documents whose words carry them too. */
function statementsOf(chosen: readonly Chosen[]): Statement[] {
  return framedInOrder(chosen.map(({ candidate }) => candidate)).map((statement, at) => {
    const { candidate, alike } = chosen[at] ?? { candidate: undefined, alike: [] };
    if (candidate === undefined || statement.parts.length > 1) return statement;
    const tellers = alike.filter((other) => carries(candidate.text, citedFrom(other.passage, other.text)));
    return { ...statement, beside: tellers };
  });
}

/** How many documents, from when, by whom: of what is cited. */
export function restsOn(sources: readonly Source[]): Coverage {
  const documents = new Map<string, Document>(sources.map(({ document }) => [document.id, document]));
  const dates = [...documents.values()].flatMap(({ published }) => published ?? []).sort();
  const publishers = [...documents.values()].flatMap(({ publisher }) => publisher ?? []);
  return {
    documents: documents.size,
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    publishers: [...new Set(publishers)].sort(),
  };
}
