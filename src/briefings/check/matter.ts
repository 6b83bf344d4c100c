// The matter of a claim: its words without function words, numbers, units and names. What two sentences must share to be about the same.
import { createRecent } from "../../answer/recent.ts";
import { countryOf, governmentOf } from "../../text/countries.ts";
import { findNames } from "../../text/names.ts";
import { findQuantities } from "../../text/numbers.ts";
import { areOpposite } from "../../text/polarity.ts";
import { areRelated, areSynonyms } from "../../text/synonyms.ts";
import { baseOf, isStopWord, wordsOf } from "../../text/words.ts";

export interface Matter {
  /** Bases of the words that are no names. */
  plain: string[];
  /** Bases of the words of names. */
  named: string[];
}

/** Words of measures, saying and verbs without a meaning of their own: they say nothing of what a sentence is about. */
const NO_MATTER = new Set(
  (
    "percent per cent million billion thousand hundred year month week day said say according told write argue note state add explain stress insist maintain about around some last next still now already " +
    "get go come take make give stand amount total number people end up main"
  )
    .split(" ")
    .map(baseOf),
);

/** Less in common than this, and a passage or sentence is not looked at. */
export const NEAR = 0.34;

/** Share of the claim's matter that the sentence must hold, its title helping with names only. */
export const SAME_MATTER = 0.6;

const TOOK_OVER = /\b(?:take[sn]?|took|taking) over\b/gi;

const remembered = createRecent<Matter>(4000);

export const matterOf = (text: string): Matter => remembered(text, () => readMatter(text));

function readMatter(written: string): Matter {
  const text = written.replace(TOOK_OVER, "takeover");
  const names = findNames(text).filter((name) => name.certain);
  const numbers = findQuantities(text);
  const plain = new Set<string>();
  const named = new Set<string>();
  for (const word of wordsOf(text)) {
    if (isStopWord(word.folded) || /\d/.test(word.folded)) continue;
    if (numbers.some((number) => number.kind !== "vague" && word.start >= number.start && word.end <= number.end)) continue;
    const base = baseOf(word.folded);
    const name = names.find((name) => word.start >= name.start && word.start < name.end);
    // New Delhi is India, Afghans are Afghanistan
    if (name !== undefined) named.add(countryOf(name.text) ?? governmentOf(name.text) ?? countryOf(word.folded) ?? base);
    else if (!NO_MATTER.has(base)) plain.add(base);
  }
  return { plain: [...plain], named: [...named] };
}

/** Share of `wanted` that `held` has as the same word, as a synonym or (with `opposites`) as its opposite; 1 where nothing is wanted. Names are only themselves. */
export function shareHeld(wanted: readonly string[], held: Matter, opposites = false): number {
  if (wanted.length === 0) return 1;
  const known = new Set([...held.plain, ...held.named]);
  const has = (base: string): boolean =>
    known.has(base) ||
    held.plain.some((other) => areSynonyms(base, other) || (areOpposite(base, other) ? opposites : areRelated(base, other)));
  return wanted.filter(has).length / wanted.length;
}
