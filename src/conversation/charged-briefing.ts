// Each request on the account of who asks and of their server, so that what a language model costs is theirs; what readers must know of a
// budget stands among the warnings. Adds nothing else.
import type { Filter } from "../domain.ts";
import type { Briefing, OnAccount } from "../results.ts";

export interface Charge {
  onAccountOf<T>(spender: { asker: string | null; server: string | null }, work: () => Promise<T>): Promise<T>;
  takeNotes(): string[];
}

export function chargedBriefing(briefing: Briefing, charge: Charge): Briefing {
  const charged = <T extends { warnings: string[] }>(
    options: (Filter & OnAccount) | undefined,
    work: () => Promise<T>,
  ): Promise<T> => {
    const server = options?.scopes?.find((scope) => scope.startsWith("guild:")) ?? null;
    return charge.onAccountOf({ asker: options?.asker ?? null, server }, async () => {
      const result = await work();
      result.warnings.push(...charge.takeNotes());
      return result;
    });
  };
  return {
    ...briefing,
    ask: (question, options) => charged(options, () => briefing.ask(question, options)),
    summarize: (options) => charged(options, () => briefing.summarize(options)),
    digest: (options) => charged(options, () => briefing.digest(options)),
    check: (text, filter) => charged(filter, () => briefing.check(text, filter)),
    timeline: (topic, filter) => charged(filter, () => briefing.timeline(topic, filter)),
    changes: (since, topic, filter) => charged(filter, () => briefing.changes(since, topic, filter)),
  };
}
