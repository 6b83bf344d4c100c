// How many of them: what the source tells of a part a claim may not tell of the whole, nor of one alone what it tells of several.
import type { Finding } from "./finding.ts";
import { type Grammar, grammarOf, type Predicate } from "./grammar.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { inAllNear, likeness, type Window } from "./window.ts";

export function compareExtent(claim: ReadSentence, source: Reading, window: Window): Finding[] {
  const grammar = grammarOf(claim);
  const heads = new Set(grammar.predicates.flatMap(({ subject, object, agent }) => [...subject, ...object, ...agent]));
  const found = claim.words.flatMap((word, at) =>
    word.content && /^(?:NOUN|PROPN)$/.test(grammar.tags[at] ?? "")
      ? (inAllNear(source, window, (sentence) => widened(claim, at, heads.has(at), sentence)) ?? [])
      : [],
  );
  return [...found, ...onlyAdded(claim, source, window)].slice(0, 1);
}

type Extent = "part" | "some" | "most" | "all" | "number" | "definite" | "bare";

const FRACTION =
  "half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|minority|handful|part|fraction|few|some|several|one|two|three|four|five|six|seven|eight|nine|ten|dozen|dozens|hundreds|\\d[\\d,.]*";
const PART = new RegExp(`\\b(?:${FRACTION}|(?:cent|percent|%))(?: out)? of\\b|\\bnot (?:all|every)\\b`);
const EXTENTS: readonly (readonly [Extent, RegExp])[] = [
  ["part", /\bnot (?:all|every)\b/],
  ["most", /\b(?:all|every|each) (?:but|except)\b|\b(?:almost|nearly|virtually|practically) (?:all|every)\b/],
  ["most", /\b(?:thirds|three quarters|most|majority)\b/],
  ["part", PART],
  ["some", /\b(?:some|few|several|handful)\b/],
  ["all", /\b(?:all|every|each|both|entire|whole)\b/],
  ["number", /^(?!(?:the|its|his|her|their|these|those)\b).*(?:\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen)\b)/],
  ["definite", /^(?:the|its|his|her|their|these|those)\b/],
];

/** The words that say how many of the noun, and what they come to. */
function extentOf({ words, tags, marks }: Grammar, at: number): { extent: Extent; text: string; lead: string } {
  let from = at;
  while (from > 0 && at - from < 9) {
    const [tag, word, before] = [tags[from - 1], words[from - 1]?.folded ?? "", words[from - 2]?.folded ?? ""];
    const excepting = /^(?:but|except)$/.test(word) && /^(?:all|every\w*)$/.test(before);
    const bridging = /^(?:of|out|per)$/.test(word);
    const nominal =
      /^(?:ADJ|DET|NUM|PRON|NOUN|PROPN)$/.test(tag ?? "") || /^(?:nearly|almost|not|about|only|every|each|half|most)$/.test(word);
    if (!(excepting || bridging || nominal) || /[,;:()"“”]/.test(marks[from] ?? "")) break;
    from -= 1;
  }
  const lead = words
    .slice(from, at)
    .map((word, index) => `${/%/.test(marks[from + index] ?? "") ? "% " : ""}${word.folded}`)
    .join(" ");
  const percent = Number(/(\d[\d.]*) (?:per cent|percent|%) of\b/.exec(lead)?.[1] ?? 0);
  const extent = percent > 50 ? "most" : (EXTENTS.find(([, pattern]) => pattern.test(lead))?.[0] ?? "bare");
  return { extent, lead, text: `${lead} ${words[at]?.raw}`.trim() };
}

const SHORT_OF_ALL =
  /\b(?:except|but (?:for|one|two|three|four|five|six|seven|eight|nine|ten|\d+)|excepting|apart from|other than|with the exception|excluding|save for|all but|not all|not every|almost|nearly)\b/i;

function widened(claim: ReadSentence, at: number, isHead: boolean, sentence: ReadSentence): Finding | null {
  const [word, own, theirs] = [claim.words[at], grammarOf(claim), grammarOf(sentence)];
  if (word === undefined) return null;
  const mine = extentOf(own, at);
  const places = theirs.words.flatMap((other, index) => (likeness(word, other.base) === 1 ? [index] : []));
  const given = places.map((place) => extentOf(theirs, place));
  const [first] = given;
  if (first === undefined || PART.test(claim.text.toLowerCase()) || SHORT_OF_ALL.test(claim.text)) return null;
  const objection = (text: string): Finding => ({
    kind: "contradicted",
    about: "number",
    reason: `says it of "${mine.text}", the source only of "${text}"`,
  });
  const deed = own.predicates.find(({ subject }) => subject.includes(at));
  const apart = ofThem(theirs, deed, claim);
  if (mine.extent === "all" && apart !== null) return objection(apart);
  if (mine.extent === "all" && given.every(({ extent }) => extent === "all"))
    return SHORT_OF_ALL.test(sentence.text) && isHead ? objection(SHORT_OF_ALL.exec(sentence.text)?.[0] ?? "") : null;
  const smaller = (...extents: Extent[]): boolean => given.every(({ extent }) => extents.includes(extent));
  if (mine.extent === "all" && smaller("part", "some", "most")) return objection(first.text);
  if (mine.extent === "most" && smaller("part", "some") && !toldOfMost(theirs, deed, claim)) return objection(first.text);
  if (!isHead || !/(?:s|people|men|women|children|police)$/.test(word.folded)) return null;
  const contrast = /\b(?:most|others|the rest|many)\b/i.test(sentence.text.slice(sentence.words[places[0] ?? 0]?.end));
  if (mine.extent === "definite" && smaller("part", "some")) return objection(first.text);
  if (mine.extent === "bare" && (smaller("part") || (contrast && smaller("some")))) return objection(first.text);
  return null;
}

const sameDeed = (grammar: Grammar, other: Predicate, deed: Predicate | undefined, claim: ReadSentence): boolean => {
  const [verb, there] = [claim.words[deed?.at ?? -1], grammar.words[other.at]];
  return verb !== undefined && there !== undefined && likeness(verb, there.base) > 0;
};

/** "…; most supported it": the quantifier stands for itself before the same verb. */
function toldOfMost(grammar: Grammar, deed: Predicate | undefined, claim: ReadSentence): boolean {
  return grammar.predicates.some(
    (other) =>
      sameDeed(grammar, other, deed, claim) &&
      grammar.words.slice(Math.max(0, other.from - 3), other.from).some(({ folded }) => /^(?:most|majority)$/.test(folded)),
  );
}

/** "…; one of them caught fire" for the same verb. */
function ofThem(grammar: Grammar, deed: Predicate | undefined, claim: ReadSentence): string | null {
  for (const other of grammar.predicates) {
    const before = grammar.words.slice(Math.max(0, other.from - 4), other.from).map(({ folded }) => folded);
    const text = before.join(" ");
    if (/^(?:them|these|those|whom|which)$/.test(before.at(-1) ?? "") && PART.test(text) && sameDeed(grammar, other, deed, claim))
      return text;
  }
  return null;
}

const ALONE =
  /\b(?:only|sole|solely|just|alone|exclusively|nobody else|no one else|no other|but for|except|all but|nothing but|none but|lone|single|merely|other than|apart from)\b/i;

/** "Only the mayor", "the only survivor", "the mayor alone" where the source tells nothing of others. */
function onlyAdded(claim: ReadSentence, source: Reading, window: Window): Finding[] {
  const { words, tags } = grammarOf(claim);
  const at = words.findIndex(({ folded }, index) => {
    const [before, next] = [words[index - 1]?.folded ?? "", tags[index + 1] ?? ""];
    if (folded === "sole") return before === "the";
    if (folded !== "only" || before === "not") return false;
    return before === "the" ? true : index === 0 && /^(?:DET|PROPN|NOUN|ADJ|PRON)$/.test(next);
  });
  const near = source.sentences.slice(window.from, window.to + 1);
  if (at === -1 || window.bestCoverage < 0.45 || near.some(({ text }) => ALONE.test(text))) return [];
  return [
    { kind: "missing", about: "number", reason: `says "${words[at]?.raw}", the source does not say that there was no other` },
  ];
}
