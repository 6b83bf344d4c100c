// Which sentences may be told where not all may: what goes beyond an answer that was given, what names a matter, what one voice says.
import { givesReason } from "../answer/asked-for.ts";
import type { Scored } from "../answer/relevance.ts";
import { sayTheSame } from "../answer/select.ts";
import type { Source } from "../domain.ts";
import { countryOf } from "../text/countries.ts";
import { sameName } from "../text/same-name.ts";
import { contentWords, wordsOf } from "../text/words.ts";

/** Share of the best sentence's score, told or not, that a further one must reach to be about the same matter. */
const WORTH = 0.6;

/** The ranking without what was told. */
export function beyond(told: readonly Source[]): (ranked: readonly Scored[]) => Scored[] {
  return (ranked) => {
    const best = ranked[0]?.score ?? 0;
    const known = ranked.filter(({ candidate: { passage, start, end } }) =>
      told.some(({ document, start: from, end: to }) => document.id === passage.document.id && start < to && from < end),
    );
    return ranked.filter(
      (entry) => entry.score >= WORTH * best && !known.some(({ candidate }) => sayTheSame(candidate, entry.candidate)),
    );
  };
}

/** Of that, sentences that give a reason. */
export function reasonsBeyond(told: readonly Source[]): (ranked: readonly Scored[]) => Scored[] {
  const further = beyond(told);
  return (ranked) => further(ranked).filter(({ candidate }) => givesReason(candidate.text));
}

/** Sentences that name the matter: all its words, or its country by another word. */
export function naming(matter: string): (ranked: readonly Scored[]) => Scored[] {
  const stems = contentWords(matter).map(({ stem }) => stem);
  const country = countryOf(matter.trim());
  return (ranked) =>
    ranked.filter(
      ({ candidate: { stems: held, text } }) =>
        stems.every((stem) => held.has(stem)) ||
        (country !== null && wordsOf(text).some(({ raw }) => countryOf(raw) === country)),
    );
}

/** What one of these says: somebody with a part of their own in the text, else its author or publisher. */
export function saidBy(voices: readonly string[]): (ranked: readonly Scored[]) => Scored[] {
  return (ranked) =>
    ranked.filter(({ candidate: { passage } }) => {
      const { document, speaker } = passage;
      const own = speaker === null ? (document.author?.split(", ") ?? []) : [speaker];
      return voices.some((voice) => voice === document.publisher || own.some((name) => sameName(voice, name)));
    });
}
