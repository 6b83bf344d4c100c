// Questions about the answer before: who said it, when it was, whether it is so, why, and what more there is. What that answer's own sources
// tell is not looked up again, and nothing is decided to be true; "why?" and "tell me more" go back to the documents for what was not told.
import type { AnswerOptions } from "../answer/answerer.ts";
import { givesReason } from "../answer/asked-for.ts";
import { aboutMetadata } from "../answer/citations.ts";
import type { Scored } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import { FOR_A_CLAIM } from "../briefings/briefings.ts";
import { disputesOver } from "../briefings/check.ts";
import type { Answer, Disagreement, Filter, Sentence, Source } from "../domain.ts";
import type { Turn } from "../results.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import { findEventTimes } from "../text/event-times.ts";
import { fieldStatement, speakerStatement } from "./about-documents.ts";
import type { Asked, WaysToAnswer } from "./ask.ts";
import { type AskedOfAnswer, intentOf, withoutCourtesy } from "./intents.ts";

export interface AboutAnswerParts extends WaysToAnswer {
  retriever: Retriever;
}

interface About {
  sentences: Sentence[];
  disagreements?: Disagreement[];
  sources: Source[];
  warnings: string[];
}

const MOST = 5;
/** Share of the best sentence's score, told or not, that a further one must reach to be about the same matter. */
const WORTH = 0.6;

export async function aboutAnswer(
  question: string,
  asks: AskedOfAnswer,
  filter: Filter,
  history: readonly Turn[],
  options: AnswerOptions,
  { fromTexts, note, plain, retriever }: AboutAnswerParts,
): Promise<Asked> {
  const matters = withContent(history);
  const given = matters.at(-1)?.given;
  if (asks === "more") return furtherOn();
  if (given === undefined || given.sentences.length === 0) return note(question, filter, unclear("that", history.length > 0));
  if (asks === "reason") return reasonFor(given);
  const about =
    asks === "truth"
      ? whetherTrue(given, await disputesOver(given, (query) => retriever.retrieve(query, { filter, k: FOR_A_CLAIM })))
      : { speaker: whoSays, time: whenItWas, said: whenSaid }[asks](asks === "time" ? given : foremost(given));
  if (about.sentences.length === 0) return note(question, filter, unclear("that", true));
  return plain(question, filter, { status: asks === "time" && about.warnings.length > 0 ? "partial" : "answered", ...about });

  /** The last question that asked for something of its own, once more, without what was told of it. */
  async function furtherOn(): Promise<Asked> {
    const at = matters.findLastIndex((turn) => intentOf(turn.question).kind !== "answer");
    const root = matters[at];
    if (root === undefined) return note(question, filter, unclear("more", false));
    const told = matters.slice(at).flatMap((turn) => turn.given?.sources ?? []);
    const again = withoutCourtesy(root.question);
    const asked = await fromTexts(again, filter, matters.slice(0, at), { ...options, keep: beyond(told), goesOn: true });
    if (asked.draft.sentences.length > 0) return renamed(question, asked);
    return note(question, filter, `The documents say nothing further on this: ${again}`);
  }

  /** Of a question that can be turned, "Did the talks fail?", the turned one; else of what the first sentence tells. */
  async function reasonFor(answer: Answer): Promise<Asked> {
    const earlier = withoutCourtesy(matters.at(-1)?.question ?? "");
    const quote = answer.sources.find(({ n }) => n === answer.sentences[0]?.citations[0])?.quote ?? earlier;
    const turned = /^(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i.test(earlier);
    const why = turned ? `Why ${earlier.charAt(0).toLowerCase()}${earlier.slice(1)}` : `Why? ${quote}`;
    const further = beyond(turned ? [] : answer.sources);
    const keep = (ranked: readonly Scored[]): Scored[] => further(ranked).filter(({ candidate }) => givesReason(candidate.text));
    const asked = await fromTexts(why, filter, matters.slice(0, turned ? -1 : 0), { ...options, keep, goesOn: true });
    if (asked.draft.sentences.length > 0) return renamed(question, asked);
    return note(question, filter, "The documents give no reason for this that I could find.");
  }
}

/** A word that stands for something which nobody named, or not before this question. */
export function unclear(word: string, before: boolean): string {
  return before
    ? `I cannot tell what “${word}” stands for here. Please name the person, place or matter.`
    : `“${word}” points at something that was said before, and there is nothing before it here. Please ask in full.`;
}

/** Without words to the reader and without what only told of an answer or of documents: what "that", "it" and "why?" may refer to. */
export function withContent(history: readonly Turn[]): Turn[] {
  return history.filter(({ question, given }) => {
    const intent = intentOf(question);
    if (given?.reply !== undefined) return false;
    if (intent.kind === "answer" && intent.asks !== "reason" && intent.asks !== "more") return false;
    const told = given?.sentences ?? [];
    return told.length === 0 || told.some(({ check }) => check.method !== "metadata");
  });
}

/** The answer's first sentence, which "that" means, with those that stand against it or beside it in a disagreement. */
export function foremost(given: Answer): Answer {
  const disputed = new Set(given.disagreements.flatMap(({ sides }) => sides.flatMap(({ citations }) => citations)));
  const sentences = given.sentences.filter(({ citations }, at) => at === 0 || citations.some((n) => disputed.has(n)));
  return { ...given, sentences };
}

export const renamed = (question: string, { draft, retrieval }: Asked): Asked => ({ draft: { ...draft, question }, retrieval });

/** The ranking without what was told. */
function beyond(told: readonly Source[]): (ranked: readonly Scored[]) => Scored[] {
  return (ranked) => {
    const best = ranked[0]?.score ?? 0;
    const known = ranked.filter(({ candidate: { passage, start, end } }) =>
      told.some(({ document, start: from, end: to }) => document.id === passage.document.id && start < to && from < end),
    );
    return ranked.filter(
      (entry) => entry.score >= WORTH * best && !known.some(({ candidate }) => sayTheSame(candidate, entry.candidate)),
    );
  };
}

const whoSays = (given: Answer): About => renumbered({ sentences: speakers(given), sources: given.sources, warnings: [] });

/** Who says so, and the other side where there is one: the disagreements with their sources. */
function whetherTrue(given: Answer, { disagreements, sources }: { disagreements: Disagreement[]; sources: Source[] }): About {
  const sentences = speakers(given);
  if (disagreements.length > 0)
    return { sentences, disagreements, sources, warnings: ["What is true I cannot tell: the sources disagree."] };
  const warnings = ["What is true I cannot tell, only who says so. I saw no other document dispute it."];
  return renumbered({ sentences, sources, warnings });
}

/** The told sentences that give a time, and when the document was published that tells them. */
function whenItWas(given: Answer): About {
  const timed = given.sentences.filter((sentence) =>
    citedBy([sentence], given).some(({ quote, document }) => findEventTimes(quote, document.published).length > 0),
  );
  const told = timed.slice(0, 2);
  const published = publications(citedBy(told.length > 0 ? told : given.sentences.slice(0, 1), given));
  const warnings = told.length > 0 ? [] : ["The answer gives no day for this; only the documents have dates."];
  return renumbered({ sentences: [...told, ...published], sources: given.sources, warnings });
}

/** When the documents were published in which it was said. */
function whenSaid(given: Answer): About {
  return renumbered({ sentences: publications(citedBy(given.sentences, given)), sources: given.sources, warnings: [] });
}

/** One sentence for each document. */
function publications(cited: readonly Source[]): Sentence[] {
  const firsts = cited.filter(({ document }, at) => cited.findIndex((other) => other.document.id === document.id) === at);
  return firsts.map(({ n, document }) => aboutMetadata(fieldStatement("published", document).text, [n]));
}

function speakers(given: Answer): Sentence[] {
  const seen = new Map(
    citedBy(given.sentences, given)
      .toReversed()
      .map((source) => [speakerStatement(source).text, source.n]),
  );
  return [...seen]
    .reverse()
    .slice(0, MOST)
    .map(([text, n]) => aboutMetadata(text, [n]));
}

function citedBy(sentences: readonly Sentence[], { sources }: Answer): Source[] {
  const numbers = [...new Set(sentences.flatMap(({ citations }) => citations))];
  return numbers.flatMap((n) => sources.find((source) => source.n === n) ?? []);
}

/** Only the sources that are cited, numbered from 1 in the order of citing. */
function renumbered(about: About): About {
  const order = [...new Set(about.sentences.flatMap(({ citations }) => citations))];
  return {
    ...about,
    sentences: about.sentences.map((sentence) => ({
      ...sentence,
      citations: sentence.citations.map((n) => order.indexOf(n) + 1),
    })),
    sources: order.flatMap((n, at) =>
      about.sources.filter((source) => source.n === n).map((source) => ({ ...source, n: at + 1 })),
    ),
  };
}
