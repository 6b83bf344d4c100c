// What becomes of a question, in this order: talk with the program, a question about the answer before it, about the documents themselves,
// a word that points at nothing, and else what the documents tell. Fetches what each needs and hands it to the answer stage.
import type { AnswerOptions, Answerer, Asked, DraftAnswer } from "../answer/answerer.ts";
import type { Briefings } from "../briefings/briefings.ts";
import { asksForEvents, eventsIn } from "../briefings/events-in.ts";
import type { Clock } from "../clock.ts";
import type { Answer, Filter, Retrieval } from "../domain.ts";
import { summed } from "../models/language-model.ts";
import type { AskOptions, Turn } from "../results.ts";
import { readingOf } from "../retrieve/coverage.ts";
import { findCopies, republished } from "../retrieve/dedupe.ts";
import { isPersonIn } from "../retrieve/named-voices.ts";
import { READ_AS, readQuery, todayFor } from "../retrieve/query.ts";
import { authorsOf, writes } from "../retrieve/rerank.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { dateInWords } from "../text/date-words.ts";
import { findNames } from "../text/names.ts";
import { sameName } from "../text/same-name.ts";
import { fold } from "../text/words.ts";
import { aboutAnswer, type Keep, naming, noted, speaksOf, unclear } from "./about-answer.ts";
import { ofDocuments, spanInWords } from "./about-documents.ts";
import { type Condense, condenseQuestion, danglingWord, hangsOn, otherMatter } from "./condense-question.ts";
import { intentOf, plainlyAsked } from "./intents.ts";
import { replyTo } from "./talk.ts";

export interface AskParts {
  store: KnowledgeStore;
  retriever: Retriever;
  answerer: Answerer;
  /** All that the documents of the filter say, or one of them. */
  briefings: Pick<Briefings, "summarize">;
  clock: Clock;
  /** Name of the language model; null without one. */
  model: string | null;
  /** Makes a follow-up a question that stands alone; without it the names and the period before are carried over. */
  condense?: Condense | undefined;
}

/** What is told where no passage was read for it. */
export type Told = Pick<Answer, "status" | "sentences" | "sources" | "warnings"> &
  Partial<Pick<Answer, "disagreements" | "reply">>;

export interface Asking {
  /** Throws what retriever, store and answerer throw. */
  ask(question: string, options: Omit<AskOptions, "asker">): Promise<Asked>;
}

/** A question with what it hangs on. */
export interface Question {
  text: string;
  filter: Filter;
  /** Oldest first. */
  history: readonly Turn[];
  options: AnswerOptions & Pick<AskOptions, "onProgress">;
}

/** Ranked passages beyond those an answer is written from: where the other side of a matter is looked for. */
export const RETRIEVED = 24;
/** What happened in a month may stand anywhere. */
const FOR_EVENTS = 120;
/** Share of the best score at which the documents of the answer before are asked alone. */
const ENOUGH = 0.7;

export function createAsking({ store, retriever, answerer, briefings, clock, model, condense }: AskParts): Asking {
  return {
    async ask(text, { k, history: given = [], signal, onProgress, ...filter }) {
      const intent = intentOf(text);
      // a greeting in between is no part of what a follow-up hangs on
      const talked = given.filter((turn) => intentOf(turn.question).kind !== "talk");
      const history = await readable(talked, filter);
      const question: Question = { text, filter, history, options: { k, signal, onProgress } };
      if (intent.kind === "talk") {
        const documents = await store.documents({ ...filter, undated: true });
        return told(question, noted(replyTo(intent.talk, { documents, model })));
      }
      // with a model, what hangs on the conversation is made to stand alone and asked of the texts
      const condensed = condense !== undefined && history.length > 0;
      if (intent.kind === "answer" && !(condensed && (intent.asks === "time" || intent.asks === "reason")))
        return told(question, await aboutAnswer(question, intent.asks, { fromTexts, retriever }));
      if (intent.kind === "documents") {
        const found = await ofDocuments(question, intent.asks, { store, briefings, now: todayFor(filter, clock) });
        if (found !== null) return told(question, found);
      }
      const dangling = condensed ? null : danglingWord(text, history);
      if (dangling !== null) return told(question, unclear(dangling, history.length > 0));
      // nor is what was asked about an answer or a document
      const matters = condensed ? history : history.filter((turn) => intentOf(turn.question).kind === "question");
      const other = condensed || matters.length === 0 ? null : otherMatter(text);
      const hangs = matters.length > 0 && (condensed || hangsOn(text));
      const own = { ...question, text: intent.kind === "question" && !hangs ? intent.text : text, history: matters };
      const asked = await (other === null ? fromTexts(own) : ofOther({ ...own, text }, other));
      const { warnings, status } = asked.draft;
      const { language = null } = asked.retrieval.inquiry;
      // words are not translated
      const how = status === "not_covered" ? "please ask it in English." : "these sentences share its names and words.";
      if (language !== null) warnings.push(`This seems to be ${language}. I understand questions in English only: ${how}`);
      if (intent.kind === "question" && intent.opinion === true)
        warnings.unshift("I hold no opinions: the documents alone speak here.");
      return asked;
    },
  };

  async function fromTexts(asked: Question): Promise<Asked> {
    const { text: typed, filter, history } = asked;
    const { onProgress, ...options } = asked.options;
    const { k, signal } = options;
    const isPerson = (name: string): Promise<boolean> => isPersonIn(store, name, filter);
    const nearest = async (alone: string): Promise<number> =>
      (await retriever.retrieve(alone, { filter, k: 1, signal })).passages[0]?.score ?? 0;
    const parts = { now: todayFor(filter, clock), isPerson, nearest, condense, signal };
    const { question: alone, usage } = await condenseQuestion(typed, history, parts);
    const question = plainlyAsked(alone);
    // a question that was completed, or that names nothing itself, asks on about the same documents
    const goesOn = history.length > 0 && (question !== typed || !findNames(typed).some((name) => name.certain));
    const near = goesOn ? (history.at(-1)?.given?.sources ?? []).map(({ document }) => document.id) : [];
    const retrieval = await retriever.retrieve(question, { filter, k: Math.max(RETRIEVED, k ?? 0), near, signal });
    if (fold(question) !== fold(typed.trim())) sayReadAs(retrieval.warnings, question);
    const events = options.goesOn !== true && asksForEvents(retrieval.inquiry);
    if (events) {
      const wide = await retriever.retrieve(question, { filter: retrieval.filter, k: FOR_EVENTS, signal });
      const found = eventsIn(wide);
      if (found.sentences.length > 0)
        return drafted(question, wide, { status: "answered", ...found, warnings: [...retrieval.warnings] });
    }
    if (model !== null && retrieval.passages.length > 0) await onProgress?.(readingOf(retrieval.passages));
    const documents = await store.documents(retrieval.filter);
    const voices = (retrieval.inquiry.voices ?? []).filter((voice) => documents.some((document) => writes(document, [voice])));
    const keep = voices.length > 0 ? saidBy(voices) : goesOn ? nearFirst(near) : undefined;
    const draft = await answerer.answer(retrieval, { ...(keep === undefined ? {} : { keep }), ...options });
    draft.usage = summed(draft.usage, usage);
    if (events) {
      const empty = draft.sentences.length === 0 ? nothingThen(retrieval) : null;
      if (empty !== null) return told({ ...asked, text: question }, noted(empty));
      // not beside a sentence that names the time
      const time = retrieval.inquiry.period?.text ?? "then";
      const bare = time.replace(/^(?:in|on|during|of|from)\s+/i, "");
      if (!draft.sentences.some(({ text }) => text.includes(bare)))
        draft.warnings.push(`No sentence was found that tells of something ${time}.`);
    }
    const missed = draft.mode === "extractive" ? missesTheMark(draft, retrieval.inquiry.voices) : null;
    if (missed !== null) draft.warnings.push(missed);
    if (draft.status !== "not_covered")
      draft.warnings.push(...(await findCopies(store, draft.sources, retrieval.filter)).map(republished));
    return { draft, retrieval };
  }

  /** "What about China?": in the light of the question before, else of itself. */
  async function ofOther(question: Question, other: string): Promise<Asked> {
    const narrowed = { ...question, options: { ...question.options, keep: naming(other) } };
    const linked = await fromTexts(narrowed);
    if (linked.draft.sentences.length > 0) return linked;
    const alone = await fromTexts({ ...narrowed, text: plainlyAsked(`What about ${other}?`), history: [] });
    if (alone.draft.sentences.length === 0) return linked;
    // what comes next hangs on this reading
    sayReadAs(alone.draft.warnings, alone.retrieval.inquiry.text);
    alone.draft.warnings.unshift(`Nothing was found that links ${other} with the question before; this is what is said of it.`);
    return alone;
  }

  /** Earlier answers without what rests on documents that are gone, or that this caller may not read. */
  async function readable(history: readonly Turn[], { scopes, hidden }: Filter): Promise<Turn[]> {
    if (history.every(({ given }) => given === undefined || given.sources.length === 0)) return [...history];
    const known = new Set((await store.documents({ scopes, hidden, undated: true })).map(({ id }) => id));
    return history.map((turn) => (turn.given === undefined ? turn : { ...turn, given: restingOn(known, turn.given) }));
  }

  async function told(question: Question, outcome: Asked | Told): Promise<Asked> {
    if ("draft" in outcome) return outcome;
    const { text, filter } = question;
    const { undatedLeftOut: _left, passages: _held, ...coverage } = await store.coverage(filter);
    const { inquiry } = readQuery(text, todayFor(filter, clock));
    return drafted(text, { inquiry, passages: [], filter, coverage, warnings: [] }, outcome);
  }
}

function drafted(question: string, retrieval: Retrieval, told: Told): Asked {
  const rest = { nearest: [], dropped: [], mode: "extractive", usage: null, timing_ms: { answer: 0, check: 0 } };
  return { draft: { question, disagreements: [], ...told, ...rest, coverage: retrieval.coverage }, retrieval };
}

/** How the question was read, once. */
function sayReadAs(warnings: string[], question: string): void {
  if (!warnings.some((warning) => warning.startsWith(READ_AS))) warnings.push(`${READ_AS}${question}`);
}

/** The answer without the sentences that cite another document than these. */
function restingOn(known: ReadonlySet<string>, given: Answer): Answer {
  const kept = given.sources.filter(({ document }) => known.has(document.id));
  const numbers = new Set(kept.map(({ n }) => n));
  const rests = ({ citations }: { citations: readonly number[] }): boolean => citations.every((n) => numbers.has(n));
  return {
    ...given,
    sentences: given.sentences.filter(rests),
    disagreements: given.disagreements.filter(({ sides }) => sides.every(rests)),
    sources: kept,
  };
}

/** Of a question that goes on, the earlier answer's documents answer where they have about as much to say as any. */
const nearFirst =
  (near: readonly string[]): Keep =>
  (ranked) => {
    const own = ranked.filter(({ candidate }) => near.includes(candidate.passage.document.id));
    return (own[0]?.score ?? 0) >= ENOUGH * (ranked[0]?.score ?? 0) ? own : [...ranked];
  };

const SAID_ABOUT =
  /\b(?:say|says|said|write|wrote|think|thinks|tell|told)\b.*?\b(?:about|of|on|regarding|concerning)\s+(?:the\s+)?([^?]{2,80}?)\s*\?*$/i;

/** Whoever asks what somebody says of a matter is told where the answer has theirs on other matters, or others on it; else null. */
function missesTheMark({ question, sentences, sources }: DraftAnswer, [voice]: readonly string[] = []): string | null {
  const matter = SAID_ABOUT.exec(question)?.[1];
  if (matter === undefined || voice === undefined || sentences.length === 0) return null;
  const theirs = sentences.filter(({ text, citations }) => {
    const cited = sources.filter(({ n }) => citations.includes(n));
    const voices = cited.flatMap(({ speaker, document }) => [speaker ?? "", document.publisher ?? "", ...authorsOf(document)]);
    return [...voices, ...findNames(text).map((name) => name.text)].some((name) => sameName(voice, name));
  });
  if (theirs.some(({ text }) => speaksOf(matter, text, (words, holds) => words.some(holds)))) return null;
  const what = theirs.length > 0 ? `what ${voice} says of other matters` : "what others say";
  return `Nothing was found that ${voice} says about ${matter}; this is ${what}.`;
}

/** What one of these says: somebody with a part of their own in the text, else its author or publisher. */
const saidBy =
  (voices: readonly string[]): Keep =>
  (ranked) =>
    ranked.filter(({ candidate: { passage } }) => {
      const { document, speaker } = passage;
      const own = speaker === null ? authorsOf(document) : [speaker];
      return voices.some((voice) => voice === document.publisher || own.some((name) => sameName(voice, name)));
    });

/** "What happened yesterday?", where nothing is of that day: which day it was, and how far the documents go. Null for any other question. */
function nothingThen({ inquiry: { period, names }, coverage }: Retrieval): string | null {
  if (period === null || period.since === null || /\d/.test(period.text) || names.length > 0) return null;
  const span = spanInWords(period.since, period.until ?? period.since);
  const last = coverage.to === null ? "" : ` The newest document is of ${dateInWords(coverage.to)}.`;
  return `Nothing that I have read is dated ${span} (${period.text}).${last}`;
}
