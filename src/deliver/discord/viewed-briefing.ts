// The program as a caller sees it: what may be read where they ask, without what their server hides, on their account. Handlers reach
// nothing else, so none of them can forget who asks.
import type { Dated, Filter } from "../../domain.ts";
import type { AskOptions, Briefing, DigestOptions, Feedback, OnAccount, SummaryOptions } from "../../results.ts";

interface View extends OnAccount {
  scopes: readonly string[];
  hidden: readonly string[];
  signal: AbortSignal;
  onProgress: AskOptions["onProgress"];
}

export type ViewedBriefing = ReturnType<typeof viewedBriefing>;

export function viewedBriefing(whole: Briefing, { scopes, hidden, asker, ceilings, signal, onProgress }: View) {
  const seen = { scopes, hidden };
  const account = { ...seen, asker, ceilings };
  return {
    documents: (filter?: Filter) => whole.documents({ ...filter, ...seen }),
    coverage: (filter?: Filter) => whole.coverage({ ...filter, ...seen }),
    ask: (question: string, options?: AskOptions) => whole.ask(question, { ...options, ...account, signal, onProgress }),
    summarize: (options?: SummaryOptions) => whole.summarize({ ...options, ...account, signal, onProgress }),
    digest: (options?: DigestOptions) => whole.digest({ ...options, ...account, signal }),
    timeline: (topic: string) => whole.timeline(topic, account),
    changes: (since: Dated, topic: string | null) => whole.changes(since, topic, account),
    check: (text: string) => whole.check(text, account),
    followed: () => whole.followed(scopes),
    // these read only what was shown before
    recall: (answerId: string) => whole.recall(answerId),
    feedback: (feedback: Feedback) => whole.feedback(feedback),
    forget: () => whole.forget(asker ?? ""),
  };
}
