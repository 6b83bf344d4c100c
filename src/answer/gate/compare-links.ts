// How a claim joins its parts: condition, cause, order in time and comparison must be those of the source.
import { areOpposite } from "../../text/polarity.ts";
import { isReporting } from "../../text/reporting-verbs.ts";
import { unrealityOf } from "../../text/unreal-words.ts";
import type { Finding } from "./finding.ts";
import { type Grammar, grammarOf, type Predicate } from "./grammar.ts";
import { crossed, type Link, linksOf, met } from "./links.ts";
import type { Reading, ReadSentence, ReadWord } from "./reading.ts";
import { reservationsOf } from "./standing.ts";
import { inAllNear, likeness, type Window } from "./window.ts";

export function compareLinks(claim: ReadSentence, source: Reading, window: Window): Finding[] {
  const own = linksOf(claim);
  const findings: (Finding | null)[] = [
    inAllNear(source, window, (sentence) => conditionLeftOut(claim, sentence)),
    ...own.map((link) => inAllNear(source, window, (sentence) => joinedOtherwise(link, claim, sentence))),
    ...own.map((link) => causeAdded(link, claim, window)),
    reasonAdded(claim, window),
    inAllNear(source, window, (sentence) => opinionTold(claim, sentence)),
  ];
  return findings.filter((finding) => finding !== null).slice(0, 1);
}

const CONDITIONAL =
  /\b(?:if|unless|provided|providing|(?:as|so) long as|condition\w*|in the event|in case|assuming|depend\w*|subject to|should|would|could|may|might|whenever|once|only when)\b/i;

function conditionLeftOut(claim: ReadSentence, sentence: ReadSentence): Finding | null {
  if (CONDITIONAL.test(claim.text)) return null;
  const grammar = grammarOf(sentence);
  const condition = conditionOf(grammar);
  if (condition === null) return null;
  const matter = grammar.words.slice(condition.from, condition.to).filter((word) => word.weight >= 1);
  if (met(matter, claim.words) > 0.5) return null;
  const told = grammarOf(claim).predicates.some(({ at, form }) => {
    const verb = claim.words[at];
    if (form !== "finite" || verb === undefined || isReporting(verb.base)) return false;
    if (reservationsOf(claim, at).some(({ kind }) => kind !== "ahead")) return false;
    return condition.consequents.some((other) => likeness(verb, grammar.words[other.at]?.base ?? "") > 0);
  });
  const text = sentence.text.slice(grammar.words[condition.from]?.start, grammar.words[condition.to - 1]?.end);
  return told ? { kind: "missing", about: "standing", reason: `the source says it only under a condition ("${text}")` } : null;
}

/** The first condition of the sentence, and the verbs that it holds for. */
function conditionOf(grammar: Grammar): { from: number; to: number; consequents: Predicate[] } | null {
  const { words, tags, marks, predicates } = grammar;
  const from = words.findIndex((_, at) => opensCondition(grammar, at));
  if (from === -1) return null;
  const comma = marks.findIndex((mark, at) => at > from && /[,;]/.test(mark));
  const leads = from < 2 || /[,;:“"]/.test(marks[from] ?? "") || tags[from - 1] === "CCONJ" || words[from - 1]?.folded === "that";
  if (leads && comma !== -1) {
    const first = predicates.findIndex((other) => other.from >= comma && !isReporting(words[other.at]?.base ?? ""));
    return first === -1 ? null : { from, to: comma, consequents: predicates.slice(first, first + 1) };
  }
  // "Only if it rains will the canal reopen"
  if (from < 2) return { from, to: words.length, consequents: predicates.filter((other) => other.at > from).slice(1) };
  const consequents: Predicate[] = [];
  for (let at = predicates.findLastIndex((other) => other.at < from); at >= 0; at -= 1) {
    const other = predicates[at];
    if (other === undefined || other.relative) break;
    consequents.push(other);
    if (other.form === "finite" && other.shares === -1) break;
  }
  return { from, to: comma === -1 ? words.length : comma, consequents };
}

function opensCondition({ words, tags }: Grammar, at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at]?.folded ?? "", words[at + 1]?.folded ?? ""];
  if (word === "unless") return true;
  if (word === "if")
    return (
      !/^(?:as|even|what|see|know|tell|whether|sure|or)$/.test(before?.folded ?? "") &&
      unrealityOf(before?.base ?? "", "if") !== "asked" &&
      !/^(?:not|any|anything|ever|so|possible|necessary|needed|true)$/.test(next)
    );
  if (/^(?:provided|providing|assuming)$/.test(word))
    return /^(?:that|the|a|an|it|they|he|she)$/.test(next) && (at === 0 || next === "that");
  if (word === "condition") return before?.folded === "on" && /^(?:that|of)$/.test(next) && words[at + 2]?.folded !== "anonymity";
  if (word === "long") return /^(?:as|so)$/.test(before?.folded ?? "") && next === "as";
  return at === 0 && /^(?:should|were|had)$/.test(word) && tags[1] !== "VERB";
}

function joinedOtherwise(link: Link, claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const others = linksOf(sentence);
  const turned = (kind: Finding["kind"], other: Link): Finding => ({
    kind,
    about: "outcome",
    reason: `says "${link.cue}" where the source says "${other.cue}" of it`,
  });
  const reversed = (reason: string): Finding => ({ kind: "contradicted", about: "outcome", reason });
  if (link.kind === "than") return comparedOtherwise(link, claim, sentence, others);
  if (link.kind === "cause" || link.kind === "effect") {
    const despite = others.find((other) => other.kind === "despite" && met(link.joined, other.joined) >= 0.5);
    if (link.kind === "cause" && despite !== undefined) return turned("contradicted", despite);
    const [cause, effect] = link.kind === "cause" ? [link.joined, link.main] : [link.main, link.joined];
    return others.some(
      (other) =>
        (other.kind === "cause" && crossed(cause, effect, other.joined, other.main)) ||
        (other.kind === "effect" && crossed(cause, effect, other.main, other.joined)),
    )
      ? reversed("turns cause and effect of the source round")
      : null;
  }
  if (link.kind !== "before" && link.kind !== "after") return null;
  const [earlier, later] = link.kind === "after" ? [link.joined, link.main] : [link.main, link.joined];
  // with several of them it cannot be told which answers which
  const timed = (links: readonly Link[]): boolean => links.filter(({ kind }) => /^(?:before|after)$/.test(kind)).length < 2;
  if (!timed(linksOf(claim)) || !timed(others)) return null;
  const order = others.find(
    (other) =>
      (other.kind === "after" && crossed(earlier, later, other.joined, other.main)) ||
      (other.kind === "before" && crossed(earlier, later, other.main, other.joined)),
  );
  if (order !== undefined) return reversed(`turns the order round: "${link.cue}", the source says "${order.cue}"`);
  const same = others.some(
    (other) => /^(?:before|after)$/.test(other.kind) && met(link.joined, [...other.joined, ...other.main]) >= 0.5,
  );
  const when = others.find((other) => other.kind === "when" && met(link.joined, other.joined) >= 0.5);
  // what came after may be told with "when", what came before not
  return link.kind === "before" && !same && when !== undefined ? turned("missing", when) : null;
}

/** "Orm is larger than Reva" against "Reva is larger than Orm". */
function comparedOtherwise(link: Link, claim: ReadSentence, sentence: ReadSentence, others: readonly Link[]): Finding | null {
  const mine = degreeOf(claim, link);
  for (const other of others.filter(({ kind }) => kind === "than")) {
    const theirs = degreeOf(sentence, other);
    if (mine === null || theirs === null) continue;
    const swapped = crossed(link.main, link.joined, other.main, other.joined);
    if (swapped && mine.base === theirs.base)
      return { kind: "contradicted", about: "outcome", reason: `turns "${mine.raw} than" of the source round` };
  }
  return null;
}

const degreeOf = ({ words }: ReadSentence, { at }: Link): ReadWord | null =>
  words
    .slice(Math.max(0, at - 4), at)
    .findLast((word) => /^(?:more|less|fewer|\p{L}+er)$/u.test(word.folded) && !/ther$|^number$/.test(word.folded)) ?? null;

/** Both compare, the other way round and with the opposite word: "higher than" and "lower than" say the same. */
export function comparesAlike(claim: ReadSentence, sentence: ReadSentence): boolean {
  return linksOf(claim).some(
    (link) =>
      link.kind === "than" &&
      linksOf(sentence).some((other) => {
        const [mine, theirs] = [degreeOf(claim, link), degreeOf(sentence, other)];
        if (other.kind !== "than" || mine === null || theirs === null) return false;
        const opposite =
          areOpposite(mine.base, theirs.base) ||
          /more (?:less|fewer)|(?:less|fewer) more/.test(`${mine.folded} ${theirs.folded}`);
        return opposite && crossed(link.main, link.joined, other.main, other.joined);
      }),
  );
}

const REASONS = /^(?:over|amid|for)$/;

/** "arrested over a bribe", "fined for fraud" where the source has nothing of it. */
function reasonAdded(claim: ReadSentence, window: Window): Finding | null {
  const { words, tags, marks } = grammarOf(claim);
  const at = words.findLastIndex(({ folded }, index) => REASONS.test(folded) && tags[index] === "ADP");
  const rest = words.slice(at + 1);
  if (
    at < 2 ||
    rest.length === 0 ||
    rest.length > 4 ||
    window.coverage < 0.6 ||
    marks.slice(at + 1).some((mark) => /[,;:]/.test(mark))
  )
    return null;
  if (rest.some((word) => /\d/.test(word.folded) || word.name >= 0)) return null;
  const matter = rest.filter((word) => word.weight >= 1);
  const held = matter.some((word) => (window.held[words.indexOf(word)] ?? 0) > 0);
  const text = rest.map(({ raw }) => raw).join(" ");
  return matter.length > 0 && !held
    ? { kind: "missing", about: "content", reason: `adds "${words[at]?.raw} ${text}", of which the source has nothing` }
    : null;
}

/** "The reform is a disaster" where the source has it in somebody's mouth. */
function opinionTold(claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const judgement = /\b(?:is|are|was|were) an? [^,;\d]+$/i.test(claim.text);
  if (
    !judgement ||
    /["“”]|\baccording to\b/.test(claim.text) ||
    claim.words.some(({ base }) => isReporting(base) || /^(?:call|describe)$/.test(base))
  )
    return null;
  const quoted = [...sentence.text.matchAll(/[“"]([^“”"]+)[”"]/g)];
  const spoken = quoted.find(({ index, 0: text }) => {
    const inside = sentence.words.filter((word) => word.start >= index && word.end <= index + text.length);
    return claim.words
      .slice(claim.words.findIndex(({ folded }) => /^(?:is|are|was|were)$/.test(folded)) + 1)
      .every((word) => !word.content || inside.some((other) => other.base === word.base));
  });
  return spoken === undefined || spoken[0].length > sentence.text.length - 4
    ? null
    : { kind: "missing", about: "speaker", reason: `tells as a fact what the source gives as somebody's words: ${spoken[0]}` };
}

/** A cause of which the source has nothing. */
function causeAdded(link: Link, claim: ReadSentence, window: Window): Finding | null {
  if (link.kind !== "cause") return null;
  const matter = link.joined.filter((word) => word.weight >= 1);
  const lost = matter.filter((word) => (window.held[claim.words.indexOf(word)] ?? 0) === 0);
  return matter.length > 0 && lost.length * 2 > matter.length
    ? {
        kind: "missing",
        about: "content",
        reason: `gives a cause that the source does not: ${lost.map(({ raw }) => raw).join(", ")}`,
      }
    : null;
}
