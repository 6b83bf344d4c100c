// What becomes of a question: talk with the program, a question about the answer before it, about the documents themselves, about what
// happened in a period, or, as a rule, about what the documents tell. Fetches what each needs and hands it to the answer stage.
import type { AnswerOptions, Answerer } from "../answer/answerer.ts";
import type { Briefings } from "../briefings/briefings.ts";
import { asksForEvents, eventsIn } from "../briefings/timeline/events-in.ts";
import type { Clock } from "../clock.ts";
import type { Document, Filter, Passage, Reply, Retrieval, Source } from "../domain.ts";
import type { AskOptions, Turn } from "../results.ts";
import { chooseDocuments, type ChosenDocuments, newestDocuments } from "../retrieve/choose-documents.ts";
import { findCopies, republished } from "../retrieve/copies.ts";
import { danglingWord, otherMatter, personBefore, READ_AS } from "../retrieve/follow-up.ts";
import { readQuery, todayFor } from "../retrieve/query.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import { writes } from "../retrieve/weigh.ts";
import type { KnowledgeStore } from "../stores/knowledge.ts";
import { backReference } from "../text/back-reference.ts";
import { type DocumentQuestion, documentQuestion, pointsBack } from "../text/document-question.ts";
import { plainlyAsked } from "../text/open-question.ts";
import { smallTalk, withoutCourtesy } from "../text/small-talk.ts";
import { wordsOf } from "../text/words.ts";
import { aboutDocuments } from "./about-documents.ts";
import {
  type Asked,
  citedDocuments,
  foremost,
  languageNotes,
  noEvents,
  nothingThen,
  plainDraft,
  restingOn,
  unclear,
  unknownsOf,
  withContent,
} from "./asked.ts";
import { createAskingBack } from "./asking-back.ts";
import { naming, saidBy } from "./further.ts";
import { replyTo } from "./reply.ts";

export interface AskingParts {
  store: KnowledgeStore;
  retriever: Retriever;
  answerer: Answerer;
  /** All that the documents of the filter say, or one of them. */
  briefings: Pick<Briefings, "summarize">;
  clock: Clock;
  /** Name of the language model; null without one. */
  model: string | null;
}

type Options = Omit<AskOptions, "asker">;

/** Ranked passages beyond those an answer is written from: where the other side of a matter is looked for. */
export const RETRIEVED = 24;
/** What happened in a month may stand anywhere. */
const FOR_EVENTS = 120;
const LISTED = 12;

export interface Asking {
  /** Throws what retriever, store and answerer throw. */
  ask(question: string, options: Options): Promise<Asked>;
}

export function createAsking({ store, retriever, answerer, briefings, clock, model }: AskingParts): Asking {
  const ofAnswer = createAskingBack({ fromTexts, retriever, note, empty });
  return { ask };

  async function ask(typed: string, { k, history = [], signal, ...filter }: Options): Promise<Asked> {
    const talk = smallTalk(typed);
    if (talk !== null && !(talk === "gibberish" && (await isHeld(typed))))
      return note(typed, filter, await talkReply(talk, filter));
    const question = withoutCourtesy(typed);
    // a greeting in between is no part of what a follow-up hangs on
    const turns = await readable(
      history.filter((turn) => smallTalk(turn.question) === null),
      filter,
    );
    const last = turns.at(-1)?.given;
    const about = documentQuestion(question);
    if (about !== null) {
      const asked = await ofDocuments(question, about, filter, turns, signal);
      if (asked !== null) return asked;
    }
    const back = backReference(question);
    if (back !== null) return ofAnswer(question, back, filter, turns, { k, signal });
    const dangling = danglingWord(question, turns);
    if (dangling !== null) return note(question, filter, unclear(dangling, last !== undefined || turns.length > 0));
    // nor is what was asked about an answer or a document
    const matters = turns.filter((turn) => backReference(turn.question) === null && documentQuestion(turn.question) === null);
    const other = otherMatter(question);
    const asked =
      other === null || matters.length === 0
        ? await fromTexts(plainlyAsked(question), filter, matters, { k, signal })
        : await ofOther(question, other, filter, matters, { k, signal });
    const covered = asked.draft.status !== "not_covered";
    asked.draft.warnings.push(...languageNotes(question, covered, await store.documents(filter)));
    return asked;
  }

  async function fromTexts(question: string, filter: Filter, history: readonly Turn[], options: AnswerOptions): Promise<Asked> {
    const { k, signal } = options;
    const retrieval = await retriever.retrieve(question, { filter, k: Math.max(RETRIEVED, k ?? 0), history, signal });
    const events = options.goesOn !== true && asksForEvents(retrieval.inquiry);
    if (events) {
      const asked = await fromEvents(question, retrieval, history, signal);
      if (asked !== null) return asked;
    }
    const voices = await voicesIn(retrieval);
    const draft = await answerer.answer(retrieval, voices.length === 0 ? options : { keep: saidBy(voices), ...options });
    if (events) {
      const empty = draft.sentences.length === 0 ? nothingThen(retrieval.inquiry, retrieval.coverage.to) : null;
      if (empty !== null) return note(question, filter, empty);
      draft.warnings.push(...noEvents(retrieval.inquiry, draft));
    }
    if (draft.status === "not_covered") draft.warnings.push(...unknownsOf(await store.documents(retrieval.filter)));
    else draft.warnings.push(...(await findCopies(store, draft.sources, retrieval.filter)).map(republished));
    return { draft, retrieval };
  }

  /** Whether the documents hold a word of the line after all. */
  async function isHeld(line: string): Promise<boolean> {
    const words = wordsOf(line.slice(0, 200)).map(({ folded }) => folded);
    return (await store.frequencies(words)).holding.some((count) => count > 0);
  }

  /** Earlier answers without what rests on documents that are gone, or that this caller may not read. */
  async function readable(history: readonly Turn[], { scopes, hidden }: Filter): Promise<Turn[]> {
    if (history.every(({ given }) => given === undefined || given.sources.length === 0)) return [...history];
    const known = new Set((await store.documents({ scopes, hidden, undated: true })).map(({ id }) => id));
    return history.map((turn) => (turn.given === undefined ? turn : { ...turn, given: restingOn(known, turn.given) }));
  }

  /** "What about China?": in the light of the question before, else of itself. */
  async function ofOther(
    question: string,
    other: string,
    filter: Filter,
    history: readonly Turn[],
    options: AnswerOptions,
  ): Promise<Asked> {
    const narrowed = { ...options, keep: naming(other) };
    const linked = await fromTexts(question, filter, history, narrowed);
    if (linked.draft.sentences.length > 0) return linked;
    const alone = await fromTexts(plainlyAsked(`What about ${other}?`), filter, [], narrowed);
    if (alone.draft.sentences.length === 0) return linked;
    // what comes next hangs on this reading
    if (!alone.draft.warnings.some((warning) => warning.startsWith(READ_AS)))
      alone.draft.warnings.unshift(`${READ_AS}${alone.retrieval.inquiry.text}`);
    alone.draft.warnings.unshift(`Nothing was found that links ${other} with the question before; this is what is said of it.`);
    return renamed(question, alone);
  }

  /** Authors and publishers whose own words the question asks for. */
  async function voicesIn({ inquiry, filter }: Retrieval): Promise<string[]> {
    const documents = await store.documents(filter);
    return (inquiry.voices ?? []).filter((voice) => documents.some((document) => writes(document, [voice])));
  }

  async function fromEvents(
    question: string,
    narrow: Retrieval,
    history: readonly Turn[],
    signal?: AbortSignal,
  ): Promise<Asked | null> {
    const from = clock.now().getTime();
    const { filter } = narrow;
    const wide = await retriever.retrieve(question, { filter, k: FOR_EVENTS, history, signal });
    const events = eventsIn(wide);
    if (events.sentences.length === 0) return null;
    const draft = plainDraft(question, wide, { status: "answered", ...events, warnings: [...wide.warnings] });
    return { draft: { ...draft, timing_ms: { answer: clock.now().getTime() - from, check: 0 } }, retrieval: wide };
  }

  /** Null where there is no such document: then the texts may tell. */
  async function ofDocuments(
    question: string,
    about: DocumentQuestion,
    filter: Filter,
    history: readonly Turn[],
    signal?: AbortSignal,
  ): Promise<Asked | null> {
    const chosen = await chosenFor(about, filter, history);
    if (chosen === "nothing before")
      return note(question, filter, unclear(about.kind === "field" ? about.which : (about.by ?? "that"), history.length > 0));
    if (chosen === null || chosen.documents.length === 0) return null;
    if (about.kind === "voice" || (about.kind === "field" && about.asks === "content")) {
      const [only, ...others] = chosen.documents;
      if (only === undefined || (about.kind === "voice" && chosen.documents.some(({ author }) => author?.includes(", "))))
        return null;
      if (others.length === 0) return renamed(question, await summary({ ...filter, document: only.id, signal }));
      if (about.kind === "field") return null;
      return renamed(
        question,
        await summary({ ...filter, undated: true, documents: chosen.documents.map(({ id }) => id), signal }),
      );
    }
    const documents = chosen.documents.slice(0, LISTED);
    const places = new Map<string, Passage>();
    for (const { id } of documents) {
      const place = chosen.places.get(id) ?? (await store.passagesOf(id))[0];
      if (place !== undefined) places.set(id, place);
    }
    const { documents: all } = await store.coverage(filter);
    const by = about.kind === "list" ? about.by : null;
    const told = aboutDocuments(about, { ...chosen, places, by: by === null ? null : nameFor(by, chosen.documents), all });
    if (told.sentences.length === 0) return null;
    const retrieval = await empty(question, filter);
    return { draft: plainDraft(question, retrieval, { status: "answered", ...told }), retrieval };
  }

  async function summary(options: Parameters<Briefings["summarize"]>[0]): Promise<Asked> {
    const { answer, making } = await briefings.summarize(options);
    return { draft: { ...answer, dropped: making.dropped }, retrieval: making };
  }

  async function chosenFor(
    about: DocumentQuestion,
    filter: Filter,
    history: readonly Turn[],
  ): Promise<ChosenDocuments | "nothing before" | null> {
    const now = todayFor(filter, clock);
    if (about.kind === "voice") {
      const chosen = await chooseDocuments({ by: about.by }, { store, filter, now });
      return chosen.words === null ? chosen : null;
    }
    if (about.kind === "list" && about.asks === "newest") return newestDocuments(store, filter);
    if (about.kind === "list" && about.by !== null && /^(?:he|she|they)$/i.test(about.by)) {
      const by = personBefore(history);
      return by === undefined ? "nothing before" : chooseDocuments({ ...about, by }, { store, filter, now });
    }
    if (about.kind === "list") return chooseDocuments(about, { store, filter, now });
    if (!pointsBack(about.which)) return chooseDocuments({ which: about.which }, { store, filter, now });
    const given = withContent(history).at(-1)?.given;
    const several = /^(?:them|these|those)\b|s$/i.test(about.which.trim()) && !/^this$/i.test(about.which.trim());
    const before = citedDocuments(given === undefined || several ? given : foremost(given));
    const readable = new Map((await store.documents(filter)).map((document) => [document.id, document]));
    const documents = before.flatMap((id) => readable.get(id) ?? []);
    if (documents.length === 0 && readable.size === 1) documents.push(...readable.values());
    // "the report" may be one that the texts speak of
    if (documents.length === 0) return /^(?:it|that|this|them|these|those)\b/i.test(about.which.trim()) ? "nothing before" : null;
    return {
      documents: about.asks === "content" ? documents.slice(0, 1) : documents,
      places: await quotedPlaces(given?.sources ?? []),
      words: null,
      more: false,
    };
  }

  /** The passages that an answer quotes first of each document. */
  async function quotedPlaces(sources: readonly Source[]): Promise<Map<string, Passage>> {
    const places = new Map<string, Passage>();
    for (const { document, start } of sources) {
      const place = (await store.passagesOf(document.id)).find((passage) => passage.start <= start && start < passage.end);
      if (place !== undefined && !places.has(document.id)) places.set(document.id, place);
    }
    return places;
  }

  async function talkReply(kind: Parameters<typeof replyTo>[0], filter: Filter): Promise<Reply> {
    const documents = await store.documents({ ...filter, undated: true });
    const beginnings: string[] = [];
    for (const { id } of documents.slice(0, LISTED)) beginnings.push((await store.passagesOf(id))[0]?.text ?? "");
    return replyTo(kind, { documents, beginnings, model });
  }

  async function note(question: string, filter: Filter, reply: Reply): Promise<Asked> {
    const retrieval = await empty(question, filter);
    const draft = plainDraft(question, retrieval, { status: "not_covered", sentences: [], sources: [], warnings: [] });
    return { draft: { ...draft, reply }, retrieval };
  }

  async function empty(question: string, filter: Filter): Promise<Retrieval> {
    const { undatedLeftOut: _left, passages: _held, ...coverage } = await store.coverage(filter);
    return { inquiry: readQuery(question, todayFor(filter, clock)).inquiry, passages: [], filter, coverage, warnings: [] };
  }
}

/** The publisher or author as the documents write it. */
function nameFor(typed: string, documents: readonly Document[]): string {
  const [first] = documents;
  const lower = typed.toLowerCase();
  const named = [first?.publisher ?? typed, ...(first?.author?.split(", ") ?? [])];
  return named.find((name) => lower.includes(name.toLowerCase()) || name.toLowerCase().includes(lower)) ?? typed;
}

const renamed = (question: string, { draft, retrieval }: Asked): Asked => ({ draft: { ...draft, question }, retrieval });
