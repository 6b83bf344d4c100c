// How a sentence tells something: as a fact, or only as feared, planned, denied, asked … It climbs from a word to what governs it.
import {
  BRINGING_ABOUT,
  DOUBTING,
  MODALS,
  NEVER_WITH_TO,
  OPENING,
  PROOF,
  REFUTING,
  SEEKING,
  TAKING_FOR_GRANTED,
  unrealityOf,
  type Unreality,
} from "../../text/unreal-words.ts";
import { type Grammar, grammarOf, isBareForm, type Predicate } from "./grammar.ts";
import { takesClause } from "./grid.ts";
import { chunksOf } from "./phrases.ts";
import type { ReadSentence } from "./reading.ts";

/** One thing that keeps a statement from being a plain fact, with the words that show it. */
export interface Reservation {
  kind: Unreality;
  cue: string;
}

/** Deepest nesting that is followed. */
const DEEPEST = 5;
const CARRIERS = /^(?:that|to|of|for|about|on|at|in|with|from|by|against|over|out|whether|if|as)$/;
const NO_ONE = /^(?:nobody|none|neither|few|no|nothing|little|hardly|never)$/;

/** What stands between the deed that the word tells and a plain fact; empty for a fact. */
export function reservationsOf(sentence: ReadSentence, word: number): Reservation[] {
  const grammar = grammarOf(sentence);
  const asked = /\?["”’)]*\s*$/.test(sentence.text) ? [{ kind: "asked" as const, cue: "?" }] : [];
  const own = grammar.predicates.findIndex(({ at, to }) => at === word || (grammar.tags[at] === "AUX" && to === word));
  if (own !== -1) return [...asked, ...above(grammar, own, 0)];
  return [...asked, ...aboveNoun(grammar, word)];
}

function above(grammar: Grammar, index: number, depth: number): Reservation[] {
  const predicate = grammar.predicates[index];
  if (predicate === undefined || depth > DEEPEST) return [];
  const found = [...helpers(grammar, predicate), ...outer(grammar, index, depth)];
  return [...found, ...added(grammar, index, found.length > 0)];
}

/** Modals and adverbs of its own. */
function helpers({ words, tags }: Grammar, predicate: Predicate): Reservation[] {
  const found: Reservation[] = [];
  for (let at = Math.max(0, predicate.from - 2); at < Math.min(words.length, predicate.to + 1); at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    const modal = at >= predicate.from && at < predicate.at && tags[at] === "AUX" ? MODALS.get(word.folded) : undefined;
    const counts = tags[at + 1] === "NUM" || tags[at + 1] === "DET";
    const doubting = (at < predicate.to || tags[at] === "ADV") && !counts ? DOUBTING.get(word.folded) : undefined;
    const kind = modal ?? doubting;
    if (kind !== undefined) found.push({ kind, cue: word.raw });
  }
  return found;
}

/** What the clause hangs on. */
function outer(grammar: Grammar, index: number, depth: number): Reservation[] {
  const { words, tags, marks, predicates } = grammar;
  const predicate = predicates[index];
  if (predicate === undefined) return [];
  const shared = predicates[predicate.shares];
  if (shared !== undefined) {
    const bare = predicate.from === predicate.at && isBareForm(grammar, predicate.at) && shared.from < shared.at;
    return bare ? above(grammar, predicate.shares, depth + 1) : outer(grammar, predicate.shares, depth + 1);
  }
  let left = predicate.start - 1;
  if (predicate.form === "infinitive" || predicate.form === "gerund") left = predicate.from - 1;
  while (tags[left] === "ADV" && !/^(?:instead|rather)$/.test(words[left]?.folded ?? "")) left -= 1;
  if (left < 0) return inverted(grammar, predicate);
  const word = words[left]?.folded ?? "";
  if (predicate.form === "infinitive") {
    const before = words.slice(Math.max(0, left - 1), predicate.from).map((other) => other.folded);
    if (before.at(-1) === "about") return [{ kind: "ahead", cue: "about to" }];
    if (before.at(-1) === "yet" || (before[0] === "too" && before.length > 1))
      return [{ kind: "denied", cue: `${before.join(" ")} to` }];
    return governedBy(grammar, index, left, "to", depth);
  }
  if (predicate.form === "gerund") {
    if (/^(?:than|of)$/.test(word) && /^(?:rather|instead)$/.test(words[left - 1]?.folded ?? ""))
      return [{ kind: "denied", cue: `${words[left - 1]?.raw} ${word}` }];
    if (word === "without") return [{ kind: "denied", cue: word }];
    if (tags[left] === "ADP") return governedBy(grammar, index, left - 1, word, depth);
    return tags[left] === "VERB" || tags[left] === "AUX" ? governedBy(grammar, index, left, "that", depth) : [];
  }
  if (word === "than" && words[left - 1]?.folded === "rather") return [{ kind: "denied", cue: "rather than" }];
  const opening = OPENING.get(word);
  if (opening !== undefined) {
    const asks = word === "if" && unrealityOf(words[left - 1]?.base ?? "", "if") === "asked";
    return [{ kind: asks ? "asked" : opening, cue: word }];
  }
  const two = `${words[left - 1]?.folded} ${word}`;
  if (two === "as though" || two === "in case") return [{ kind: "conditional", cue: two }];
  if (predicate.relative) return inverted(grammar, predicate);
  if (word === "that" && tags[left - 1] === "CCONJ") {
    // "said that prices rose and that wages fell"
    const saying = predicates.findLastIndex((other, at) => at < index && takesClause(words[other.at]?.base ?? ""));
    return saying === -1 ? [] : governedBy(grammar, index, (predicates[saying]?.to ?? 1) - 1, "that", depth);
  }
  if (word === "that" || word === "whether") return governedBy(grammar, index, left - 1, "that", depth);
  // "feared the talks had collapsed": the verb stands right before the subject
  const before = predicates.find((other) => other.to === left + 1);
  if (before !== undefined && marks[left + 1] === " " && takesClause(words[before.at]?.base ?? ""))
    return governedBy(grammar, index, left, "that", depth);
  // "feared that prices rose and wages fell"
  const earlier = predicates[index - 1];
  if (tags[left] === "CCONJ" && earlier !== undefined && !(marks[left] ?? "").includes(","))
    return outer(grammar, index - 1, depth + 1);
  return inverted(grammar, predicate);
}

/** "Had the alarm not sounded, …" */
function inverted({ words, tags }: Grammar, predicate: Predicate): Reservation[] {
  const first = words[0];
  if (first === undefined || !/^(?:had|should|were)$/.test(first.folded) || tags[1] === "VERB") return [];
  const opens = predicate.from <= 1 || predicate.start <= 1;
  return opens ? [{ kind: "conditional", cue: first.raw }] : [];
}

/** The word at `left`, or the verb before it, joined by `joint` to the clause: what they make of it, and what stands above them. */
function governedBy(grammar: Grammar, index: number, left: number, joint: string, depth: number): Reservation[] {
  const { words, tags, predicates } = grammar;
  const clause = predicates[index];
  if (clause === undefined) return [];
  const verb = predicates.findLastIndex((other, at) => at < index && other.from <= left);
  const governor = predicates[verb];
  const stop = governor?.to ?? 0;
  // nouns and adjectives that take the clause, nearest first
  for (let at = left; at >= stop; at -= 1) {
    const word = words[at];
    if (
      word === undefined ||
      (at < left && /[,;:()]/.test(grammar.marks[at + 1] ?? "")) ||
      /[();:]/.test(grammar.marks[left + 1] ?? "")
    )
      break;
    const near = at >= left - 2;
    const proof = PROOF.has(word.base) && near;
    const doubt = tags[at] === "NOUN" && /^doubts?$/.test(word.folded);
    if (proof || doubt) {
      const refused = deniedNoun(grammar, at, governor);
      if (doubt) return refused ? [] : [{ kind: "believed", cue: word.raw }];
      return refused ? [{ kind: "denied", cue: `no ${word.raw}` }] : [];
    }
    const kind =
      near || joint === "to" || joint === "of"
        ? (unrealityOf(word.base, joint) ?? (tags[at] === "NOUN" && joint === "that" ? unrealityOf(word.base, "noun") : null))
        : null;
    const nounLike =
      tags[at] !== "ADP" && tags[at] !== "PRON" && tags[at] !== "DET" && tags[at] !== "NUM" && (word.name === -1 || at === 0);
    if (kind !== null && nounLike && (at === left || tags[at] === "NOUN" || (near && tags[at] !== "ADJ"))) {
      const refuted = predicates
        .slice(index + 1)
        .find((other) => [other.at, ...other.object].some((head) => REFUTING.has(words[head]?.base ?? "")));
      if (refuted !== undefined && tags[at] === "NOUN")
        return [{ kind: "denied", cue: words[refuted.object[0] ?? refuted.at]?.raw ?? "" }];
      return turned(grammar, { kind, cue: word.raw }, at, verb, depth);
    }
  }
  if (governor === undefined) return [];
  const main = words[governor.at];
  if (main === undefined) return [];
  const gap = words[governor.to]?.folded ?? "";
  const kind = unrealityOf(main.base, CARRIERS.test(gap) ? gap : joint) ?? unrealityOf(main.base, joint);
  if ((joint === "from") !== NEVER_WITH_TO.has(main.base) && (joint === "from" || joint === "to")) return [];
  if (kind !== null) return turned(grammar, { kind, cue: main.raw }, governor.at, verb, depth);
  if (joint === "to") {
    if (tags[governor.at] === "AUX" && governor.to === clause.from && /^(?:is|are|was|were|be)$/.test(main.folded))
      return [{ kind: "ahead", cue: `${main.raw} to` }, ...above(grammar, verb, depth + 1)];
    if (!BRINGING_ABOUT.has(main.base) && !BRINGING_ABOUT.has(words[left]?.base ?? "")) return above(grammar, verb, depth + 1);
  } else if (joint !== "that") return above(grammar, verb, depth + 1);
  const denied =
    isDenied(grammar, governor) && !TAKING_FOR_GRANTED.has(main.base) && !TAKING_FOR_GRANTED.has(words[left]?.base ?? "");
  return [...(denied ? [{ kind: "denied" as const, cue: `not … ${main.raw}` }] : []), ...above(grammar, verb, depth + 1)];
}

/** A governor that is denied itself leaves the matter open: "did not rule out". */
function turned(grammar: Grammar, reservation: Reservation, at: number, verb: number, depth: number): Reservation[] {
  const governor = grammar.predicates[verb];
  const denied = (governor !== undefined && isDenied(grammar, governor)) || grammar.words[at]?.negated === true;
  const here =
    denied && reservation.kind === "denied" ? { kind: "possible" as const, cue: `not … ${reservation.cue}` } : reservation;
  return [here, ...above(grammar, verb, depth + 1)];
}

function isDenied({ words }: Grammar, predicate: Predicate): boolean {
  if (words[predicate.at]?.negated === true) return true;
  const subject = predicate.subject[0];
  return (
    words.slice(predicate.start, predicate.to).some((word) => NO_ONE.test(word.folded)) ||
    (subject !== undefined && NO_ONE.test(words[subject]?.folded ?? ""))
  );
}

/** "no evidence", "without any sign", "found little proof". */
function deniedNoun(grammar: Grammar, at: number, governor: Predicate | undefined): boolean {
  const before = grammar.words.slice(Math.max(0, at - 3), at).map((word) => word.folded);
  return (
    before.some((word) => NO_ONE.test(word) || /^(?:lack|lacked|lacks|absence|without)$/.test(word)) ||
    (governor !== undefined && isDenied(grammar, governor))
  );
}

/** "…, critics claim" and "…, according to rumours" behind the statement. */
function added(grammar: Grammar, index: number, claimed: boolean): Reservation[] {
  const { words, marks, predicates } = grammar;
  const found: Reservation[] = [];
  for (const other of predicates.slice(index + 1)) {
    const word = words[other.at];
    if (marks.slice(predicates[index]?.to ?? 0, other.to).some((mark) => /[.;:`"“”]/.test(mark))) break;
    if (claimed && word !== undefined && words[other.start - 1]?.folded === "which" && REFUTING.has(word.base))
      found.push({ kind: "denied", cue: word.raw });
    if (word === undefined || !(marks[other.start] ?? "").includes(",") || other.relative || other.shares !== -1) continue;
    const kind = unrealityOf(word.base, "that");
    const closes = other.to >= words.length || other.object.length === 0;
    if (kind !== null && kind !== "denied" && closes && other.subject.length > 0 && other.form === "finite")
      found.push({ kind, cue: word.raw });
  }
  const rumour = words.findIndex(
    (word, at) =>
      /^(?:rumou?rs?|speculation|gossip|allegations?)$/.test(word.folded) &&
      words.slice(Math.max(0, at - 5), at).some((other) => other.folded === "according"),
  );
  if (rumour !== -1) found.push({ kind: "claimed", cue: words[rumour]?.raw ?? "" });
  return found;
}

/** A noun for a deed: sought, feared or denied as an object, or hanging on such a noun ("calls for his resignation"). */
function aboveNoun(grammar: Grammar, at: number): Reservation[] {
  const { words, predicates } = grammar;
  const index = predicates.findLastIndex((predicate) => predicate.to <= at && at < predicate.end);
  const predicate = predicates[index];
  const chunks = chunksOf(grammar, predicate?.to ?? 0, predicate?.end ?? words.length);
  const found: Reservation[] = [];
  let here = chunks.findIndex((chunk) => chunk.from <= at && at < chunk.to);
  while (here !== -1) {
    const chunk = chunks[here];
    if (chunk === undefined) break;
    const [own, governor] = [chunk.preposition, words[chunk.from - 2]];
    if (own !== null && governor !== undefined && /^(?:of|for|about|on|at|against|to|out)$/.test(own)) {
      const kind = unrealityOf(governor.base, own);
      if (kind !== null) found.push({ kind, cue: governor.raw });
      here = chunks.findIndex((other) => other.head === chunk.from - 2);
      if (here !== -1 || kind !== null) continue;
    }
    if (predicate !== undefined) {
      const main = words[predicate.at];
      const direct = predicate.object.includes(chunk.head) || (own !== null && predicate.to === chunk.from - 1);
      const kind = unrealityOf(main?.base ?? "", own ?? "");
      if (direct && main !== undefined && kind !== null && (SEEKING.has(main.base) || own !== null)) {
        const denied = isDenied(grammar, predicate);
        found.push(denied && kind === "denied" ? { kind: "possible", cue: `not … ${main.raw}` } : { kind, cue: main.raw });
      }
      if (direct) found.push(...above(grammar, index, 1));
    }
    break;
  }
  return found;
}
