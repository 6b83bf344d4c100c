// A conversation over a real index of made-up notes: each question is asked with the turns before it, as the surfaces do.
import { createAnswerer, type DraftAnswer } from "../../src/answer/answerer.ts";
import { createBriefings } from "../../src/briefings/briefings.ts";
import { createAsking } from "../../src/conversation/ask.ts";
import type { Answer, Article, Filter } from "../../src/domain.ts";
import { createAnswerReader } from "../../src/models/answer-reader.ts";
import type { Turn } from "../../src/results.ts";
import { openNotes } from "./notes-index.ts";

export interface Conversation {
  /** What every question is narrowed to from now on. */
  narrow(filter: Filter): void;
  /** Asks one after the other and gives the last answer. */
  ask(...questions: string[]): Promise<DraftAnswer>;
  /** Asks behind turns that are given. */
  after(history: readonly Turn[], question: string): Promise<DraftAnswer>;
  close(): Promise<void>;
}

export async function openConversation(articles: readonly Article[]): Promise<Conversation> {
  const notes = await openNotes(articles);
  const { store, retriever, embedder, clock } = notes;
  const embedSentences = (texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> =>
    embedder.embed(texts, "query", signal);
  const answerer = createAnswerer({ clock, read: createAnswerReader(embedder.answers) });
  const briefings = createBriefings({ store, retriever, embedSentences, clock, verifier: notes.verifier });
  const asking = createAsking({ store, retriever, answerer, briefings, clock, model: null });
  let filter: Filter = {};
  return {
    narrow(given) {
      filter = given;
    },
    async ask(...questions) {
      const history: Turn[] = [];
      let last: DraftAnswer | null = null;
      for (const question of questions) {
        const { draft } = await asking.ask(question, { ...filter, history });
        const { dropped: _dropped, ...rest } = draft;
        const given: Answer = { answer_id: "", ...rest, timing_ms: { retrieve: 0, ...draft.timing_ms, total: 0 } };
        history.push({ question, answer: draft.sentences.map(({ text }) => text).join(" "), given });
        last = draft;
      }
      if (last === null) throw new Error("nothing was asked");
      return last;
    },
    async after(history, question) {
      return (await asking.ask(question, { ...filter, history })).draft;
    },
    close: () => notes.close(),
  };
}
