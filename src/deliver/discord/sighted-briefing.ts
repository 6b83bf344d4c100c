// The briefing as one server sees it: what the server hides is left out of everything that a handler can reach. Written out method by
// method, so that a new one does not compile until somebody has decided what hiding means for it.
import type { Filter } from "../../domain.ts";
import { Failure } from "../../failure.ts";
import type { Briefing } from "../../results.ts";

export function sightedBriefing(whole: Briefing, hidden: readonly string[]): Briefing {
  const without = <T extends Filter>(filter: T | undefined): (T | undefined) & { hidden: string[] } =>
    Object.assign({ ...filter } as T, { hidden: [...(filter?.hidden ?? []), ...hidden] });
  const show: Briefing["show"] = async (id, scopes) => {
    const found = await whole.show(id, scopes);
    if (!hidden.includes(found.id)) return found;
    throw new Failure("document_unknown", `There is no document ${id}.`, "/sources lists what I have read.");
  };
  return {
    documents: (filter) => whole.documents(without(filter)),
    copies: (filter) => whole.copies(without(filter)),
    coverage: (filter) => whole.coverage(without(filter)),
    search: (query, options) => whole.search(query, without(options)),
    searchAll: (query, options) => whole.searchAll(query, without(options)),
    ask: (question, options) => whole.ask(question, without(options)),
    digest: (options) => whole.digest(without(options)),
    corrections: (since, filter) => whole.corrections(since, without(filter)),
    timeline: (topic, filter) => whole.timeline(topic, without(filter)),
    changes: (since, topic, filter) => whole.changes(since, topic, without(filter)),
    check: (text, filter) => whole.check(text, without(filter)),
    async summarize(options) {
      if (options?.document !== undefined) await show(options.document, options.scopes);
      return whole.summarize(without(options));
    },
    show,
    // these read no stored document, or only what was shown before
    ingest: (inputs, options) => whole.ingest(inputs, options),
    embed: (options) => whole.embed(options),
    vectors: () => whole.vectors(),
    ingestUpload: (file, scope, signal) => whole.ingestUpload(file, scope, signal),
    removeScoped: (documentId, scopes) => whole.removeScoped(documentId, scopes),
    followed: (scopes = []) => whole.followed(scopes),
    refresh: (signal) => whole.refresh(signal),
    extract: (input, url) => whole.extract(input, url),
    verify: (claim, source, signal) => whole.verify(claim, source, signal),
    why: (answerId) => whole.why(answerId),
    replay: (answerId) => whole.replay(answerId),
    recall: (answerId) => whole.recall(answerId),
    feedback: (feedback) => whole.feedback(feedback),
    forget: (asker) => whole.forget(asker),
    doctor: () => whole.doctor(),
    close: () => whole.close(),
  };
}
