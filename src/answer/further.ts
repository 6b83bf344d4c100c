// What goes beyond an answer that was given: sentences at other places that do not say the same again.
import type { Source } from "../domain.ts";
import { givesReason } from "./asked-for.ts";
import type { Scored } from "./relevance.ts";
import { sayTheSame } from "./select.ts";

/** Share of the best sentence's score, told or not, that a further one must reach to be about the same matter. */
const WORTH = 0.5;

/** The ranking without what was told. */
export function beyond(told: readonly Source[]): (ranked: readonly Scored[]) => Scored[] {
  return (ranked) => {
    const best = ranked[0]?.score ?? 0;
    const known = ranked.filter(({ candidate: { passage, start, end } }) =>
      told.some(({ document, start: from, end: to }) => document.id === passage.document.id && start < to && from < end),
    );
    return ranked.filter(
      (entry) =>
        entry.score >= WORTH * best &&
        !known.includes(entry) &&
        !known.some(({ candidate }) => sayTheSame(candidate, entry.candidate)),
    );
  };
}

/** Of that, sentences that give a reason. */
export function reasonsBeyond(told: readonly Source[]): (ranked: readonly Scored[]) => Scored[] {
  const further = beyond(told);
  return (ranked) => further(ranked).filter(({ candidate }) => givesReason(candidate.text));
}
