// Each request on the account of who asks and of their server, so that what a language model costs is theirs; what readers must know of a
// budget stands among the warnings. Adds nothing else.
import type { Filter } from "../domain.ts";
import type { Briefing, OnAccount } from "../results.ts";

export interface Charge {
  onAccountOf<T>(
    spender: { asker: string | null; server: string | null; ceilings?: OnAccount["ceilings"] },
    work: () => Promise<T>,
  ): Promise<T>;
  takeNotes(): string[];
}

export function chargedBriefing(briefing: Briefing, charge: Charge): Briefing {
  const charged = <O extends Filter & OnAccount, T extends { warnings: string[] }>(
    { ceilings, ...options }: O,
    work: (options: Omit<O, "ceilings">) => Promise<T>,
  ): Promise<T> => {
    const server = options.scopes?.find((scope) => scope.startsWith("guild:")) ?? null;
    return charge.onAccountOf({ asker: options.asker ?? null, server, ceilings }, async () => {
      const result = await work(options);
      result.warnings.push(...charge.takeNotes());
      return result;
    });
  };
  return {
    ...briefing,
    ask: (question, options = {}) => charged(options, (own) => briefing.ask(question, own)),
    summarize: (options = {}) => charged(options, (own) => briefing.summarize(own)),
    digest: (options = {}) => charged(options, (own) => briefing.digest(own)),
    check: (text, filter = {}) => charged(filter, (own) => briefing.check(text, own)),
    timeline: (topic, filter = {}) => charged(filter, (own) => briefing.timeline(topic, own)),
    changes: (since, topic, filter = {}) => charged(filter, (own) => briefing.changes(since, topic, own)),
  };
}
