// Negation with its scope, words of opposite outcome, and how sure a sentence is of what it says. Pure; English.
import { ANTONYM_PAIRS } from "./antonyms.ts";
import { baseOf, type Word, wordsOf } from "./words.ts";

export interface Negation {
  /** The word or words that negate, as written. */
  cue: string;
  /** `denial` cues are verbs of their own ("refused to", "denied"): the statement below them is not the case. */
  kind: "negator" | "denial";
  /** Index of the cue's first word in the list of words. */
  at: number;
  /** Words from..to (exclusive) whose statement is negated. */
  from: number;
  to: number;
}

const NEGATORS = new Set(
  "not no never without neither nor nobody nothing none nowhere cannot hardly scarcely barely ain't".split(" "),
);
const CONTRACTED = /n't$/;

/** Base forms of verbs and adjectives below which a statement is not the case. The value says what must follow: "to", "that/of", or anything. */
const DENIALS = new Map<string, "to" | "any">(
  (
    "fail:to refuse:to decline:to reject:any deny:any dismiss:any unable:to unwilling:to reluctant:to cease:to stop:any neglect:to forget:to lack:any prevent:any " +
    "avoid:any refrain:any ban:any prohibit:any forbid:any halt:any block:any oppose:any refute:any rebuff:any abandon:any cancel:any scrap:any absent:any failure:to refusal:to inability:to denial:any"
  )
    .split(" ")
    .map((pair): [string, "to" | "any"] => {
      const [word = "", kind = "any"] = pair.split(":");
      return [baseOf(word), kind === "to" ? "to" : "any"];
    }),
);

const NOUNS = new Set("failure refusal inability".split(" ").map(baseOf));

/** Where a negation stops: a new clause. "that" does not stop a denial. */
const CLAUSE_END = new Set(
  "but although though while whereas because since unless however who which where when after before until despite if so".split(
    " ",
  ),
);

/** After "and" these begin a statement of its own. */
const AFRESH = /^(?:that|he|she|it|they|we)$/;

/** Longest reach of a negation in words; beyond it the link is guesswork. */
const REACH = 12;

/** Every negation of a sentence. `words` are those of `text` when the caller has them already. */
export function findNegations(text: string, words: readonly Word[] = wordsOf(text)): Negation[] {
  const found: Negation[] = [];
  words.forEach((word, at) => {
    const next = words[at + 1]?.folded ?? "";
    if (NEGATORS.has(word.folded) || CONTRACTED.test(word.folded)) {
      if (harmless(word.folded, next, words[at + 2]?.folded ?? "")) return;
      found.push({ cue: word.raw, kind: "negator", at, from: at + 1, to: scopeEnd(text, words, at) });
      return;
    }
    const denial = DENIALS.get(baseOf(word.folded));
    const to = laterTo(word.folded, words, at);
    if (denial === undefined || (denial === "to" && next !== "to" && to === -1)) return;
    if (isAttribute(text, words, at) || endsHere(text, word, words[at + 1])) return;
    found.push({
      cue: word.raw,
      kind: "denial",
      at,
      from: (to === -1 ? at : to) + 1,
      to: scopeEnd(text, words, Math.max(at, to)),
    });
  });
  return found;
}

/** "not only", "no doubt", "not least", "no longer than", "no fewer than" deny nothing. */
function harmless(cue: string, next: string, after: string): boolean {
  if (cue === "not") return /^(?:only|just|least|merely|necessarily|fewer|less|more)$/.test(next);
  if (cue === "no")
    return (
      /^(?:doubt|matter|wonder|fewer|less|more|later|earlier|sooner|1|one's)$/.test(next) &&
      !(next === "more" && after !== "than")
    );
  return false;
}

/** Index of the "to" in "the failure of the town to inspect"; -1 where there is none. */
function laterTo(folded: string, words: readonly Word[], at: number): number {
  if (!NOUNS.has(baseOf(folded)) || !/^(?:of|by)$/.test(words[at + 1]?.folded ?? "")) return -1;
  return words.findIndex((word, index) => index > at + 2 && index < at + 8 && word.folded === "to");
}

/** "the banned group", "like the cancelled flights": a word for a thing, not a statement about it. */
function isAttribute(text: string, words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (word === undefined || next === undefined || !/(?:ed|en)$/.test(word.folded)) return false;
  if (
    text.slice(word.end, next.start) !== " " ||
    /^(?:by|to|from|in|on|at|for|that|a|an|the|any|all|its|their|his|her)$/.test(next.folded)
  )
    return false;
  return (
    before === undefined ||
    /^(?:a|an|the|this|these|those|its|their|his|her|of|like|with|against|including|and|such|as)$/.test(before.folded)
  );
}

/** "after the refusals, the club …": nothing stands below it. */
const endsHere = (text: string, word: Word, next: Word | undefined): boolean =>
  next === undefined || /[,;:.!?)]/.test(text.slice(word.end, next.start));

function scopeEnd(text: string, words: readonly Word[], at: number): number {
  let end = at + 1;
  while (end < words.length && end - at <= REACH) {
    const [last, word] = [words[end - 1], words[end]];
    if (word === undefined || last === undefined) break;
    const between = text.slice(last.end, word.start);
    if (/[…"“”]/.test(between)) break;
    if (word.folded === "and" && AFRESH.test(words[end + 1]?.folded ?? "")) break;
    if (end > at + 1 && (CLAUSE_END.has(word.folded) || /[;:.!?]|,\s|\s[–—]\s?/.test(between))) break;
    end += 1;
  }
  return end;
}

const opposite = new Map<string, Set<string>>();
for (const [a, b] of ANTONYM_PAIRS) {
  for (const [x, y] of [[baseOf(a), baseOf(b)] as const, [baseOf(b), baseOf(a)] as const]) {
    if (x === y) continue;
    const known = opposite.get(x);
    if (known === undefined) opposite.set(x, new Set([y]));
    else known.add(y);
  }
}

/** Whether two base forms (see `baseOf`) report opposite outcomes: collapse and succeed, rise and fall. */
export function areOpposite(baseA: string, baseB: string): boolean {
  if (opposite.get(baseA)?.has(baseB) === true) return true;
  const [short, long] = baseA.length < baseB.length ? [baseA, baseB] : [baseB, baseA];
  return (
    short.length > 3 &&
    /^(?:un|in|im|il|ir|dis|non)/.test(long) &&
    /^(?:un|in|im|il|ir|dis|non)(.*)$/.exec(long)?.[1] === short &&
    !ONLY_LOOKS.has(long)
  );
}

/** Base forms that begin like a denial and are none. */
const ONLY_LOOKS = new Set([
  "increas",
  "invalu",
  "inform",
  "invest",
  "import",
  "impress",
  "discount",
  "indeed",
  "includ",
  "income",
  "intent",
  "insid",
  "intens",
  "instal",
  "inflam",
  "invent",
  "imprison",
  "disgruntl",
  "discours",
  "display",
  "dispos",
  "unit",
  "until",
  "under",
]);

const HEDGES = new Set(
  (
    "may might could possibly perhaps maybe likely unlikely probably apparently reportedly allegedly alleged suspected potential potentially seemingly " +
    "supposedly purportedly presumably would should expected"
  ).split(" "),
);
const FUTURE =
  /\b(?:will|would|shall|is to|are to|going to|plans? to|intends? to|expected to|due to|set to|about to|hopes? to|aims? to|wants? to)\b/i;

/** How a sentence puts its statement: as fact, as possible, or as still to come. */
export function modalityOf(sentence: string): "fact" | "possible" | "future" {
  const words = wordsOf(sentence);
  if (
    words.some(
      (word, at) =>
        HEDGES.has(word.folded) && !(word.raw === "May" && at > 0) && word.folded !== "would" && word.folded !== "should",
    )
  )
    return "possible";
  return FUTURE.test(sentence) ? "future" : "fact";
}
