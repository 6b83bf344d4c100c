// The program as a caller sees it: what may be read where they ask, without what their server hides, on their account. Handlers reach
// nothing else, so none of them can forget who asks.
import { Failure } from "../../failure.ts";
import type { AskOptions, Briefing, OnAccount } from "../../results.ts";

export interface View extends OnAccount {
  scopes: readonly string[];
  hidden: readonly string[];
  signal: AbortSignal;
  onProgress: AskOptions["onProgress"];
}

export type ViewedBriefing = Pick<
  Briefing,
  | "documents"
  | "coverage"
  | "ask"
  | "digest"
  | "timeline"
  | "changes"
  | "check"
  | "summarize"
  | "show"
  | "followed"
  | "recall"
  | "feedback"
  | "forget"
>;

export function viewedBriefing(whole: Briefing, { scopes, hidden, asker, ceilings, signal, onProgress }: View): ViewedBriefing {
  const seen = { scopes, hidden };
  const account = { ...seen, asker, ceilings };
  return {
    documents: (filter) => whole.documents({ ...filter, ...seen }),
    coverage: (filter) => whole.coverage({ ...filter, ...seen }),
    ask: (question, options) => whole.ask(question, { ...options, ...account, signal, onProgress }),
    summarize: (options) => whole.summarize({ ...options, ...account, signal, onProgress }),
    digest: (options) => whole.digest({ ...options, ...account, signal }),
    timeline: (topic, filter) => whole.timeline(topic, { ...filter, ...account }),
    changes: (since, topic, filter) => whole.changes(since, topic, { ...filter, ...account }),
    check: (text, filter) => whole.check(text, { ...filter, ...account }),
    followed: () => whole.followed(scopes),
    async show(id) {
      const found = await whole.show(id, scopes);
      if (!hidden.includes(found.id)) return found;
      throw new Failure("document_unknown", `There is no document ${id}.`, "/sources lists what I have read.");
    },
    // these read only what was shown before
    recall: (answerId) => whole.recall(answerId),
    feedback: (feedback) => whole.feedback(feedback),
    forget: (asker) => whole.forget(asker),
  };
}
