// Questions about the answer before: who said it, when it was, whether it is so, why, and what more there is. "Who said that?" is answered
// from that answer; "why?" and "tell me more" go back to the documents for what was not told yet.
import type { AnswerOptions } from "../answer/answerer.ts";
import { FOR_A_CLAIM } from "../briefings/briefings.ts";
import { disputesOver } from "../briefings/check/disputed.ts";
import type { Answer, Filter, Reply, Retrieval } from "../domain.ts";
import type { Turn } from "../results.ts";
import type { Retriever } from "../retrieve/retriever.ts";
import { backReference, type BackReference } from "../text/back-reference.ts";
import { withoutCourtesy } from "../text/small-talk.ts";
import { whenItWas, whenSaid, whetherTrue, whoSays } from "./about-answer.ts";
import { type Asked, citedDocuments, foremost, plainDraft, unclear, withContent } from "./asked.ts";
import { beyond, reasonsBeyond } from "./further.ts";

export interface AskingBackParts {
  fromTexts: (question: string, filter: Filter, history: readonly Turn[], options: AnswerOptions) => Promise<Asked>;
  retriever: Retriever;
  note: (question: string, filter: Filter, reply: Reply) => Promise<Asked>;
  /** A retrieval that read nothing. */
  empty: (question: string, filter: Filter) => Promise<Retrieval>;
}

type AskBack = (
  question: string,
  back: BackReference,
  filter: Filter,
  history: readonly Turn[],
  options: AnswerOptions,
) => Promise<Asked>;

export function createAskingBack({ fromTexts, retriever, note, empty }: AskingBackParts): AskBack {
  return ofAnswer;

  async function ofAnswer(
    question: string,
    back: BackReference,
    filter: Filter,
    history: readonly Turn[],
    options: AnswerOptions,
  ): Promise<Asked> {
    const matters = withContent(history);
    const given = matters.at(-1)?.given;
    if (back === "more") return furtherOn(question, filter, matters, options);
    if (given === undefined || given.sentences.length === 0) return note(question, filter, unclear("that", history.length > 0));
    if (back === "reason") return reasonFor(question, given, filter, matters, options);
    const about =
      back === "truth"
        ? whetherTrue(given, await disputesOver(given, (query) => retriever.retrieve(query, { filter, k: FOR_A_CLAIM })))
        : { speaker: whoSays, time: whenItWas, said: whenSaid }[back](back === "time" ? given : foremost(given));
    if (about.sentences.length === 0) return note(question, filter, unclear("that", true));
    const retrieval = await empty(question, filter);
    const status = back === "time" && about.warnings.length > 0 ? "partial" : "answered";
    return { draft: plainDraft(question, retrieval, { status, ...about }), retrieval };
  }

  /** The last question that asked for something of its own, once more, without what was told of it. */
  async function furtherOn(question: string, filter: Filter, history: readonly Turn[], options: AnswerOptions): Promise<Asked> {
    const at = history.findLastIndex(({ question: earlier }) => backReference(withoutCourtesy(earlier)) === null);
    const root = history[at];
    if (root === undefined) return note(question, filter, unclear("more", false));
    const told = history.slice(at).flatMap(({ given }) => given?.sources ?? []);
    const again = withoutCourtesy(root.question);
    const { draft, retrieval } = await fromTexts(again, filter, history.slice(0, at), {
      ...options,
      keep: beyond(told),
      goesOn: true,
    });
    if (draft.sentences.length > 0) return { draft: { ...draft, question }, retrieval };
    return note(question, filter, { kind: "note", text: `The documents say nothing further on this: ${again}`, questions: [] });
  }

  /** Of a question that can be turned, "Did the talks fail?", the turned one; else of what the first sentence tells. */
  async function reasonFor(
    question: string,
    given: Answer,
    filter: Filter,
    history: readonly Turn[],
    options: AnswerOptions,
  ): Promise<Asked> {
    const earlier = withoutCourtesy(history.at(-1)?.question ?? "");
    const [first] = citedDocuments(given);
    const quote = given.sources.find(({ document }) => document.id === first)?.quote ?? earlier;
    const turned = /^(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i.test(earlier);
    const asked = turned ? `Why ${earlier.charAt(0).toLowerCase()}${earlier.slice(1)}` : `Why? ${quote}`;
    const told = turned ? [] : given.sources;
    const before = history.slice(0, turned ? -1 : 0);
    const { draft, retrieval } = await fromTexts(asked, filter, before, { ...options, keep: reasonsBeyond(told), goesOn: true });
    if (draft.sentences.length > 0) return { draft: { ...draft, question }, retrieval };
    return note(question, filter, {
      kind: "note",
      text: "The documents give no reason for this that I could find.",
      questions: [],
    });
  }
}
