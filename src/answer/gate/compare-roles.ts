// Who does what to whom: "Norland attacked Sudria" is not "Sudria attacked Norland". Only where both sides have two names round one verb.
import { sameName } from "../../language/same-name.ts";
import type { Finding } from "./finding.ts";
import type { ReadSentence } from "./reading.ts";

interface Deed {
  first: string;
  second: string;
  verb: string;
  raw: string;
  passive: boolean;
}

export function compareRoles(claim: ReadSentence, sentences: readonly ReadSentence[]): Finding[] {
  const claimed = deedsOf(claim);
  if (claimed.length === 0) return [];
  const given = sentences.flatMap((sentence) => deedsOf(sentence));
  for (const deed of claimed) {
    const same = given.filter((other) => other.verb === deed.verb);
    const agrees = (other: Deed): boolean => turned(deed, other) === (deed.passive !== other.passive) && related(deed, other);
    const clashes = same.filter((other) => related(deed, other) && !agrees(other));
    if (clashes.length > 0 && !same.some((other) => agrees(other))) {
      return [
        { kind: "contradicted", about: "role", reason: `turns round who ${deed.raw} whom: ${deed.first} and ${deed.second}` },
      ];
    }
  }
  return [];
}

const related = (a: Deed, b: Deed): boolean =>
  (sameName(a.first, b.first) && sameName(a.second, b.second)) || (sameName(a.first, b.second) && sameName(a.second, b.first));
const turned = (a: Deed, b: Deed): boolean => !(sameName(a.first, b.first) && sameName(a.second, b.second));

/** Verbs between two neighbouring names of one clause. */
function deedsOf(sentence: ReadSentence): Deed[] {
  const deeds: Deed[] = [];
  for (let index = 0; index + 1 < sentence.names.length; index += 1) {
    const [a, b] = [sentence.names[index], sentence.names[index + 1]];
    if (a === undefined || b === undefined || /[;:.!?]/.test(sentence.text.slice(a.end, b.start))) continue;
    const between = sentence.words.filter((word) => word.start >= a.end && word.end <= b.start);
    if (between.length === 0 || between.length > 8 || between.some((word) => /^(?:and|or|with)$/.test(word.folded))) continue;
    const by = between.findIndex((word) => word.folded === "by");
    const be = between.findIndex((word) => /^(?:was|were|is|are|been|being|be)$/.test(word.folded));
    for (const word of between) {
      if (!word.content) continue;
      deeds.push({ first: a.text, second: b.text, verb: word.base, raw: word.raw, passive: be !== -1 && by > be });
    }
  }
  return deeds;
}
