// "Brandt said …": whom a sentence calls by the last name alone, and where the same text introduces her. It reads names and judges no facts.
import type { Candidate } from "../../answer/candidates.ts";
import { createRecent } from "../../answer/recent.ts";
import { findNames } from "../../text/names.ts";

const remembered = createRecent<string[]>(3000);
/** "Edda Korn of the Tessmar works" is Edda Korn. */
const namesIn = (text: string): string[] =>
  remembered(text, () => [...new Set(findNames(text).map((name) => name.text.replace(/ (?:of|from|at|in) .*$/u, "")))]);

/**
 * The candidate itself, or in its place the sentence of its document that names in full whom it calls by the last name alone: nobody speaks
 * who was not introduced, where a sentence of `all` does it and can stand behind those chosen.
 */
export function introducing(candidate: Candidate, chosen: readonly Candidate[], all: readonly Candidate[]): Candidate {
  const { document, text: around } = candidate.passage;
  const known = [...chosen.map(({ text }) => text), candidate.text].flatMap(namesIn);
  const people = namesIn(around).filter((name) => PERSON.test(name));
  for (const name of namesIn(candidate.text)) {
    const whole = / /.test(name) ? [] : people.filter((other) => other.endsWith(` ${name}`));
    if (whole.length === 0 || known.some((other) => whole.includes(other))) continue;
    const introduction = all.find(
      (other) =>
        other.passage.document.id === document.id &&
        (other.leans === null || other.leans === chosen.at(-1)) &&
        namesIn(other.text).some((each) => whole.includes(each)),
    );
    return introduction ?? candidate;
  }
  return candidate;
}

/** A full name, with what stands before it in capitals. */
const PERSON = /^(?:\p{Lu}[\p{L}.'’-]+ ){1,4}\p{Lu}[\p{L}.'’-]+$/u;
