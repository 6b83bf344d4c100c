// Whether the sentences at hand are about a topic at all: near enough, and about whom it names. Questions are refusal's matter.
import type { Inquiry, Passage } from "../domain.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import { sameName } from "../text/same-name.ts";
import { fold, wordsOf } from "../text/words.ts";
import type { Scored } from "./relevance.ts";

const LEAST_COVERAGE = 0.3;
const LEAST_COSINE = 0.36;
/** Either of these is enough on its own. */
const SURE_COSINE = 0.55;
const SURE_COVERAGE = 0.8;
/** Sentences that would be shown. */
const LOOKED_AT = 6;

/** `ranked`: the sentences for this topic, best first. */
export function isAboutTopic(topic: string, inquiry: Inquiry, ranked: readonly Scored[]): boolean {
  const top = ranked.slice(0, LOOKED_AT);
  const near = top.filter(
    ({ coverage, cosine }) =>
      (coverage >= LEAST_COVERAGE && cosine >= LEAST_COSINE) || cosine >= SURE_COSINE || coverage >= SURE_COVERAGE,
  );
  if (near.length === 0) return false;
  const folded = fold(topic);
  const asked = inquiry.names.filter((name) => folded.includes(fold(name)) && !/^\d+$/.test(name));
  const passages = [...new Set(ranked.map(({ candidate }) => candidate.passage))];
  return asked.every((name) => isMentioned(name, passages));
}

/** Whether any passage, its speaker or its document's header names it. A name of several words may stand as its last one. */
export function isMentioned(name: string, passages: readonly Passage[]): boolean {
  const words = wordsOf(name).map((word) => word.folded);
  return passages.some((passage) => {
    const { document, speaker, role, heading } = passage;
    const text = [passage.text, speaker, role, heading, document.author, document.publisher, document.title]
      .filter(Boolean)
      .join(".\n");
    const has = new Set(wordsOf(text).map((word) => word.folded));
    if (words.every((word) => has.has(word))) return true;
    return countryOf(name) !== null || words.length > 1 ? findNames(text).some((other) => sameName(name, other.text)) : false;
  });
}
