// What a sentence denies, how something that can go either way is said to have ended, and how surely a sentence says it. Pure; English.
import type { Span } from "../domain.ts";
import { baseOf, fold, isStopWord, type Word, wordsOf } from "./words.ts";

export interface Negation {
  /** The word that negates, as written. */
  cue: string;
  /** `denial` cues are verbs of their own ("refused to", "denied"): the statement below them is not the case. */
  kind: "negator" | "denial";
  /** Index of the cue in the list of words. */
  at: number;
  /** Words from..to (exclusive) whose statement is negated. */
  from: number;
  to: number;
}

const NEGATORS = new Set("not no never without neither nor nobody nothing none nowhere cannot hardly scarcely barely".split(" "));
/** Verbs below which a statement is not the case: where "to" follows, and whatever follows. */
const DENY_TO = bases("fail refuse decline unable unwilling reluctant cease neglect forget failure refusal inability");
const DENY = bases(
  "little few reject deny dismiss stop lack prevent avoid refrain ban prohibit forbid halt block oppose refute rebuff abandon cancel scrap absent denial",
);
/** A new clause. "that" does not stop a denial. */
const CLAUSE_END = new Set(
  "but although though while whereas because since unless however who which where when after before until despite if whether so".split(
    " ",
  ),
);
/** Longest reach of a negation in words; beyond it the link is guesswork. */
const SCOPE = 12;

/** Every negation of a sentence. `words` are those of `text` when the caller has them already. */
export function findNegations(text: string, words: readonly Word[] = wordsOf(text)): Negation[] {
  return words.flatMap((word, at): Negation[] => {
    const next = words[at + 1]?.folded ?? "";
    const kind = NEGATORS.has(word.folded) || word.folded.endsWith("n't") ? "negator" : "denial";
    const denies = DENY.has(baseOf(word.folded)) || (next === "to" && DENY_TO.has(baseOf(word.folded)));
    // "not only", "no fewer than" deny nothing
    if (kind === "negator" ? /^n.* (?:only|just|least|merely|doubt|fewer|less|more)$/.test(`${word.folded} ${next}`) : !denies)
      return [];
    const to = scopeEnd(text, words, at);
    // "did not open until Friday": it did
    return words[to]?.folded === "until" ? [] : [{ cue: word.raw, kind, at, from: at + 1, to }];
  });
}

function scopeEnd(text: string, words: readonly Word[], at: number): number {
  let end = at + 1;
  while (end < words.length && end - at <= SCOPE) {
    const [last, word] = [words[end - 1], words[end]];
    if (word === undefined || last === undefined) break;
    const between = text.slice(last.end, word.start);
    if (/[…"“”]/.test(between)) break;
    if (end > at + 1 && (CLAUSE_END.has(word.folded) || /[;:.!?]|,\s|\s[–—]\s?/.test(between))) break;
    end += 1;
  }
  return end;
}

export type Pole = "for" | "against" | "stuck";

export interface Ending {
  /** What can be compared: a vote, a pause, a venture, a ruling. */
  of: string;
  pole: Pole;
  /** The words that say so, as written. */
  text: string;
}

/** Found on pairs of articles that their author wrote to disagree; a pair that they do not know is not told. */
const ENDINGS: readonly (readonly [of: string, pole: Pole, words: string])[] = [
  [
    "vote",
    "for",
    "adopt(?:s|ed)|approv(?:es|ed)|accept(?:s|ed)|endors(?:es|ed)|vot(?:es|ed) (?:for|in favou?r)|g(?:ave|iven) the green light|ratif(?:ies|ied)",
  ],
  [
    "vote",
    "against",
    "reject(?:s|ed)|turn(?:s|ed) (?:it |the idea |them )?down|vot(?:es|ed) (?:down|against)|refus(?:es|ed) (?:the|to)|veto(?:es|ed)|thr(?:ew|own) out|want(?:s|ed)? nothing to do",
  ],
  [
    "run",
    "for",
    "resum(?:es|ed)|restart(?:s|ed)|reopen(?:s|ed)|(?:flowing|running|open) again|back in (?:service|operation)|switched (?:back )?on",
  ],
  [
    "run",
    "against",
    "(?:remain(?:s|ed)?|stay(?:s|ed)?|still|is|are|was|were) (?:shut|idle|closed|halted|suspended|silent)|shut down|standstill",
  ],
  [
    "venture",
    "for",
    "complet(?:es|ed)|success(?:es|ful|fully)?|succeed(?:s|ed)?|breakthrough|(?:reach|sign|seal|clinch)ed (?:a |an |the )?(?:\\S+ )?(?:deal|agreement|accord|truce|ceasefire)|struck (?:a |the )?(?:deal|agreement)|ended (?:in|with) (?:a |an )?(?:\\S+ )?(?:deal|agreement|accord|truce)|w(?:ent|as) through|bore fruit|paid off|is holding|has held",
  ],
  [
    "venture",
    "against",
    "collaps(?:es|ed|e|ing)|fail(?:s|ed|ure)?|br(?:oke|oken) (?:down|off|up)|f(?:ell|allen) (?:apart|through)|call(?:s|ed) off|abandon(?:s|ed)|walk(?:s|ed) (?:out|away)|unsuccessful(?:ly)?|without (?:a |an |any )?(?:deal|agreement|result|accord)",
  ],
  ["venture", "stuck", "deadlock(?:ed)?|stalemate|impasse|stall(?:s|ed)|inconclusive|gridlock|no (?:breakthrough|progress)"],
  ["ruling", "for", "upheld|uphold(?:s|ing)|dismiss(?:es|ed) (?:\\S+ )?appeal|convict(?:s|ed)|found guilty"],
  [
    "ruling",
    "against",
    "overturn(?:s|ed)|struck (?:out|down)|quash(?:es|ed)|acquit(?:s|ted)|clear(?:s|ed) (?:of|him|her)|annul(?:s|led)",
  ],
  ["level", "for", "r(?:ose|isen|ises)|increas(?:es|ed)|gr(?:ew|own)|climb(?:s|ed)"],
  ["level", "against", "f(?:ell|allen|alls)|decreas(?:es|ed)|dropp?(?:s|ed)|declin(?:es|ed)|shr(?:ank|unk)"],
];
const PATTERNS = ENDINGS.map(([of, pole, words]) => ({ of, pole, pattern: new RegExp(`\\b(?:${words})\\b`, "gi") }));
const DENIED = /\b(?:not|never|n't|hardly|no|denie[sd]|without)\s+(?:\S+\s+){0,2}$|n't\s+(?:\S+\s+){0,2}$/;
const UNREAL = /\b(?:should|must|can|could|would|will|may|might|if|unless|to|risks?|hopes?|fears?)\s+(?:\S+\s+){0,2}$/;
const NOT_ONLY = /\bnot (?:only|just)\b/;

/** In order of place. What is denied has the other pole; what should, might or will be is no ending. */
export function endingsOf(text: string): Ending[] {
  return PATTERNS.flatMap(({ of, pole, pattern }) =>
    [...text.matchAll(pattern)].flatMap((hit) => {
      const before = fold(text.slice(Math.max(0, hit.index - 28), hit.index));
      if (UNREAL.test(before)) return [];
      const denied = pole !== "stuck" && DENIED.test(before) && !NOT_ONLY.test(before);
      return [
        { of, pole: denied ? (pole === "for" ? ("against" as const) : ("for" as const)) : pole, text: hit[0], at: hit.index },
      ];
    }),
  )
    .sort((a, b) => a.at - b.at)
    .map(({ of, pole, text: words }) => ({ of, pole, text: words }));
}

/** Of one matter the one ended well and the other did not: a deadlock is no opposite of a collapse. */
const endOpposite = (a: Ending, b: Ending): boolean => a.of === b.of && (a.pole === "for") !== (b.pole === "for");

/** Of the endings that the claim tells, the first one that the text tells another way and never the claim's way; with the text's. */
export function otherEnding(claim: string, text: string): { claimed: string; told: string; opposite: boolean } | null {
  const told = endingsOf(text);
  for (const one of endingsOf(claim)) {
    const same = told.filter(({ of }) => of === one.of);
    const [other] = same;
    if (other !== undefined && same.every(({ pole }) => pole !== one.pole))
      return { claimed: one.text, told: other.text, opposite: endOpposite(one, other) };
  }
  return null;
}

/** Single words for opposite outcomes of one matter; a much longer list stopped no more lies of QAGS, FEVER or fluent sentences. */
const OPPOSITES = new Map(
  (
    "rise/fall rise/drop rise/cut increase/decrease increase/reduce increase/fall grow/shrink raise/lower raise/cut gain/lose more/fewer more/less " +
    "higher/lower up/down accept/reject approve/reject adopt/reject support/oppose back/oppose agree/refuse allow/ban permit/ban lift/impose open/close " +
    "start/end begin/end resume/suspend launch/cancel continue/stop extend/shorten arrest/release convict/acquit confirm/deny admit/deny guilty/innocent " +
    "join/leave buy/sell hire/fire appoint/dismiss win/lose success/failure succeed/fail profit/loss surplus/deficit import/export strengthen/weaken " +
    "worsen/improve legal/illegal harmful/beneficial safe/dangerous true/false before/after oldest/newest largest/smallest highest/lowest all/none " +
    "for/against first/last stay/leave early/late northern/southern eastern/western praise/condemn welcome/condemn"
  )
    .split(" ")
    .flatMap((pair) => {
      const [one = "", other = ""] = pair.split("/").map(baseOf);
      return [`${one} ${other}`, `${other} ${one}`].map((key) => [key, true] as const);
    }),
);

/** Whether two base forms (see `baseOf`) say opposite things of the same matter. */
export const areOpposite = (base: string, other: string): boolean => OPPOSITES.has(`${base} ${other}`);

/** The first word of matter that each negator stands in front of. */
export function deniedStems(text: string): Set<string> {
  const words = wordsOf(text);
  const heads = findNegations(text, words).map(({ kind, from }) =>
    kind === "denial" ? undefined : words.slice(from, from + 2).find(({ folded }) => !isStopWord(folded) && !/^\d/.test(folded)),
  );
  return new Set(heads.flatMap((head) => head?.stem ?? []));
}

export type Modality = "fact" | "future" | "possible";

const HEDGED =
  /\b(?:may|might|could|possibly|perhaps|maybe|(?:un)?likely|probably|apparently|reportedly|alleged(?:ly)?|suspected|potential(?:ly)?|seemingly|supposedly|purportedly|presumably|expected|in (?:\p{Ll}+ )?(?:talks|negotiations)|close to)\b/iu;
const FUTURE = /\b(?:will|would|shall|(?:is|are|plans?|intends?|hopes?|aims?|wants?|due|set|about) to|going to)\b/i;
/** Below these something is asked for, offered, or feared, and nobody says that it came about. */
const WISHED = bases(
  "want wish hope ask demand seek offer propose suggest urge threaten promise vow pledge consider call request invite fear doubt bid try attempt whether",
);

/** How a sentence puts its statement: as fact, as possible, or as still to come. */
export function modalityOf(sentence: string): Modality {
  if (HEDGED.test(sentence.charAt(0).toLowerCase() + sentence.slice(1))) return "possible";
  return FUTURE.test(sentence) ? "future" : "fact";
}

/**
 * Where a sentence denies, wishes or only supposes what a claim tells as so: half of the claim's own `words` (stems) that it has stand below such a
 * word, and the claim has none. The words from there on, or null.
 */
export function withheldBy(claim: string, sentence: string, words: ReadonlySet<string>): string | null {
  const told = wordsOf(sentence);
  const count = (some: readonly Word[]): number => new Set(some.flatMap(({ stem }) => (words.has(stem) ? [stem] : []))).size;
  const all = count(told);
  for (const cuesOf of [deniedIn, wishedIn, supposedIn]) {
    if (cuesOf(claim).length > 0) return null;
    for (const { start, end } of cuesOf(sentence)) {
      const below = told.filter((word) => word.start > start && word.end <= end);
      const first = below.find(({ stem }) => words.has(stem));
      if (first !== undefined && count(below) * 2 >= all) return sentence.slice(start, first.end);
    }
  }
  return null;
}

const deniedIn = (text: string): Span[] => {
  const words = wordsOf(text);
  // "rejected the plan" tells of something that came about
  const plain = findNegations(text, words).filter(({ kind, from }) => kind === "negator" || words[from]?.folded === "to");
  return plain.map(({ at, to }) => ({ start: words[at]?.start ?? 0, end: words[to - 1]?.end ?? 0 }));
};
const wishedIn = (text: string): Span[] =>
  wordsOf(text).flatMap(({ folded, start }) => (WISHED.has(baseOf(folded)) ? [{ start, end: clauseEnd(text, start) }] : []));
const supposedIn = (text: string): Span[] =>
  [...text.matchAll(new RegExp(HEDGED, "giu"))].map(({ index }) => ({ start: index, end: clauseEnd(text, index) }));
const clauseEnd = (text: string, from: number): number => from + (/^[^.;:!?”"]*/.exec(text.slice(from))?.[0].length ?? 0);

function bases(list: string): ReadonlySet<string> {
  return new Set(list.split(" ").map(baseOf));
}
