// Questions about the answer before: who said it, when it was, whether it is so, why, and what more there is. What that answer's own sources
// tell is not looked up again, and nothing is decided to be true; "why?" and "tell me more" go back to the documents for what was not told.
import type { Asked } from "../answer/answerer.ts";
import { givesReason } from "../answer/asked-for.ts";
import { aboutMetadata } from "../answer/citations.ts";
import type { Scored } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import { FOR_A_CLAIM } from "../briefings/briefings.ts";
import { disputesOver } from "../briefings/check.ts";
import type { Answer, Reply, Sentence, Source } from "../domain.ts";
import type { Turn } from "../results.ts";
import { FRAME } from "../retrieve/query.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import { countryOf } from "../text/countries.ts";
import { findEventTimes } from "../text/event-times.ts";
import { contentWords, wordsOf } from "../text/words.ts";
import { fieldSentence, speakerSentence } from "./about-documents.ts";
import type { Question, Told } from "./ask.ts";
import { otherMatter } from "./condense-question.ts";
import { type AskedOfAnswer, intentOf, withoutCourtesy } from "./intents.ts";

const MOST = 5;
/** Share of the best sentence's score, told or not, that a further one must reach to be about the same matter. */
const WORTH = 0.6;

export async function aboutAnswer(
  { filter, history, options }: Question,
  asks: AskedOfAnswer,
  { fromTexts, retriever }: { fromTexts: (question: Question) => Promise<Asked>; retriever: Retriever },
): Promise<Asked | Told> {
  const matters = withContent(history);
  const given = matters.at(-1)?.given;
  if (asks === "more") return furtherOn();
  if (given === undefined || given.sentences.length === 0) return unclear("that", history.length > 0);
  if (asks === "reason") return reasonFor(given);
  if (asks === "time") return whenItWas(given);
  const status = "answered";
  if (asks === "speaker") return { status, ...renumbered(speakers(foremost(given)), given), warnings: [] };
  const { disagreements, sources } = await disputesOver(given, (query) => retriever.retrieve(query, { filter, k: FOR_A_CLAIM }));
  const sentences = speakers(given);
  return disagreements.length > 0
    ? { status, sentences, disagreements, sources, warnings: ["What is true I cannot tell: the sources disagree."] }
    : { status, ...renumbered(sentences, given), warnings: [UNDISPUTED] };

  /** The last question that asked for something of its own, once more, without what was told of it. */
  async function furtherOn(): Promise<Asked | Told> {
    const at = matters.findLastIndex((turn) => intentOf(turn.question).kind !== "answer");
    const root = matters[at];
    if (root === undefined) return unclear("more", false);
    const again = withoutCourtesy(root.question);
    const told = matters.slice(at).flatMap((turn) => turn.given?.sources ?? []);
    const other = otherMatter(root.question);
    const further = beyond(told);
    const keep: Keep = other === null ? further : (ranked) => further(naming(other)(ranked));
    return goOn(again, matters.slice(0, at), keep, `The documents say nothing further on this: ${again}`);
  }

  /** Of a question that can be turned, "Did the talks fail?", the turned one; else of what the first sentence tells. */
  async function reasonFor(answer: Answer): Promise<Asked | Told> {
    const earlier = withoutCourtesy(matters.at(-1)?.question ?? "");
    const quote = answer.sources.find(({ n }) => n === answer.sentences[0]?.citations[0])?.quote ?? earlier;
    const turned = /^(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i.test(earlier);
    const why = turned ? `Why ${earlier.charAt(0).toLowerCase()}${earlier.slice(1)}` : `Why? ${quote}`;
    const further = beyond(turned ? [] : answer.sources);
    const told = new Set(answer.sources.map(({ document }) => document.id));
    const keep: Keep = (ranked) =>
      further(ranked).filter(
        ({ candidate: { text, passage }, coverage }) =>
          givesReason(text) && (coverage >= ON_THE_MATTER || told.has(passage.document.id)),
      );
    return goOn(why, matters.slice(0, turned ? -1 : 0), keep, "The documents give no reason for this that I could find.");
  }

  async function goOn(text: string, history: readonly Turn[], keep: Keep, nothing: string): Promise<Asked | Told> {
    const asked = await fromTexts({ text, filter, history, options: { ...options, keep, goesOn: true } });
    return asked.draft.sentences.length > 0 ? asked : noted(nothing);
  }
}

const UNDISPUTED = "What is true I cannot tell, only who says so. I saw no other document dispute it.";
/** Share of the words of what was told that a reason in another document holds. */
const ON_THE_MATTER = 0.3;

/** A word to the reader instead of an answer. */
export function noted(said: Reply | string): Told {
  const reply: Reply = typeof said === "string" ? { kind: "note", text: said, questions: [] } : said;
  return { status: "not_covered", sentences: [], sources: [], warnings: [], reply };
}

/** A word that stands for something which nobody named, or not before this question. */
export const unclear = (word: string, before: boolean): Told =>
  noted(
    before
      ? `I cannot tell what “${word}” stands for here. Please name the person, place or matter.`
      : `“${word}” points at something that was said before, and there is nothing before it here. Please ask in full.`,
  );

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

export type Keep = (ranked: readonly Scored[]) => Scored[];

/** Sentences that name the matter: all its words, or its country by another word. */
export const naming =
  (matter: string): Keep =>
  (ranked) =>
    ranked.filter(({ candidate: { text } }) => speaksOf(matter, text, (words, holds) => words.every(holds)));

export function speaksOf(
  matter: string,
  text: string,
  each: (words: readonly string[], holds: (word: string) => boolean) => boolean,
): boolean {
  const [told, country] = [wordsOf(text), countryOf(matter.trim())];
  const wanted = contentWords(matter).flatMap(({ stem, folded }) => (FRAME.has(folded) ? [] : [stem]));
  return (
    wanted.length === 0 ||
    each(wanted, (stem) => told.some((word) => word.stem === stem)) ||
    (country !== null && told.some(({ raw }) => countryOf(raw) === country))
  );
}

/** The ranking without what was told. */
function beyond(told: readonly Source[]): Keep {
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

/** The told sentences that give a time, and when each document was published that tells them. */
function whenItWas(given: Answer): Told {
  const told = given.sentences
    .filter((sentence) =>
      citedBy([sentence], given).some(({ quote, document }) => findEventTimes(quote, document.published).length > 0),
    )
    .slice(0, 2);
  const cited = citedBy(told.length > 0 ? told : given.sentences.slice(0, 1), given);
  const first = new Map(cited.toReversed().map((source) => [source.document.id, source.n]));
  const published = cited
    .filter(({ n, document }) => first.get(document.id) === n)
    .map(({ n, document }) => aboutMetadata(fieldSentence("published", document), [n]));
  return {
    ...renumbered([...told, ...published], given),
    ...(told.length > 0
      ? { status: "answered", warnings: [] }
      : { status: "partial", warnings: ["The answer gives no day for this; only the documents have dates."] }),
  };
}

/** Each speaker once, by the first of their places. */
function speakers(given: Answer): Sentence[] {
  const said = new Map<string, number>();
  for (const source of citedBy(given.sentences, given)) {
    const text = speakerSentence(source);
    if (!said.has(text)) said.set(text, source.n);
  }
  return [...said].slice(0, MOST).map(([text, n]) => aboutMetadata(text, [n]));
}

function citedBy(sentences: readonly Sentence[], { sources }: Answer): Source[] {
  const numbers = [...new Set(sentences.flatMap(({ citations }) => citations))];
  return numbers.flatMap((n) => sources.find((source) => source.n === n) ?? []);
}

/** Only the sources that are cited, numbered from 1 in the order of citing. */
function renumbered(sentences: readonly Sentence[], given: Answer): { sentences: Sentence[]; sources: Source[] } {
  const cited = citedBy(sentences, given);
  const numberOf = (n: number): number => cited.findIndex((source) => source.n === n) + 1;
  return {
    sentences: sentences.map((sentence) => ({ ...sentence, citations: sentence.citations.map(numberOf) })),
    sources: cited.map((source, at) => ({ ...source, n: at + 1 })),
  };
}
