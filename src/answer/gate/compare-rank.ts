// Rank and office: "second-largest" is not "largest", a former, acting or would-be minister is no minister.
import type { Finding } from "./finding.ts";
import { grammarOf } from "./grammar.ts";
import { chunksOf } from "./phrases.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { inAllNear, likeness, type Window } from "./window.ts";

export function compareRank(claim: ReadSentence, source: Reading, window: Window): Finding[] {
  const found =
    inAllNear(source, window, (sentence) => ranked(claim, sentence)) ??
    inAllNear(source, window, (sentence) => inOffice(claim, sentence)) ??
    inAllNear(source, window, (sentence) => usedTo(claim, sentence));
  return found === null ? [] : [found];
}

const ORDINAL = /^(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|next|\d+(?:st|nd|rd|th))$/;
const superlative = (folded: string): boolean =>
  /^\p{L}{2,}est$/u.test(folded) &&
  !/^(?:interest|request|protest|forest|arrest|harvest|invest|guest|quest|contest|suggest|honest|modest|manifest|conquest|midwest|northwest|southwest|digest|behest|priest|chest|unrest|west|rest|test|best-of|attest|detest|tempest|inquest|bequest)$/.test(
    folded,
  );

/** The places of superlatives, with an ordinal before them and whether they are of several ("one of the largest"). */
function ranksOf({ words }: ReadSentence): { word: string; at: number; place: string | null; several: boolean }[] {
  return words.flatMap(({ folded }, at) => {
    const [, joined, tail] = /^(\p{L}+|\d+\p{L}+)-(\p{L}+est)$/u.exec(folded) ?? [];
    const word = tail ?? folded;
    if (!superlative(word)) return [];
    const before = words.slice(Math.max(0, at - 4), at).map((other) => other.folded);
    const [place = ""] = [joined ?? before.at(-1)];
    return [
      {
        word,
        at,
        place: ORDINAL.test(place) ? place : null,
        several: /\bone of(?: \S+)?$|\bamong(?: \S+)?$/.test(before.join(" ")),
      },
    ];
  });
}

function ranked(claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const [own, given] = [ranksOf(claim), ranksOf(sentence)];
  const grammar = grammarOf(sentence);
  for (const mine of own) {
    const theirs = given.filter((other) => other.word === mine.word);
    const [first] = theirs;
    if (first === undefined) continue;
    const says = (text: string): Finding => ({
      kind: "contradicted",
      about: "number",
      reason: `says "${mine.place === null ? "" : `${mine.place}-`}${mine.word}", the source says "${text}"`,
    });
    if (theirs.every((other) => other.place !== mine.place)) return says(`${first.place ?? ""} ${first.word}`.trim());
    if (theirs.every((other) => other.several && !mine.several)) return says(`one of the ${first.word}`);
    if (theirs.length > 1) continue;
    // "the oldest in the west": of what it is told must stand in the claim
    const after = chunksOf(grammar, first.at, grammar.words.length);
    const scope = after[1];
    const head = grammar.words[scope?.head ?? -1];
    const beside = scope !== undefined && after[0] !== undefined && scope.from - after[0].to === 1;
    if (
      !beside ||
      head === undefined ||
      !/^(?:in|of|on|at|among)$/.test(scope.preposition ?? "") ||
      scope.dated ||
      head.weight < 1
    )
      continue;
    const named = (from: number, to: number): boolean =>
      grammar.words.slice(from, to).some((word) => word.content && claim.words.some((other) => likeness(other, word.base) > 0));
    if (!named(scope.from, scope.to))
      return {
        kind: "missing",
        about: "standing",
        reason: `says "${mine.word}" without "${scope.preposition} ${grammar.words
          .slice(scope.from, scope.to)
          .map(({ raw }) => raw)
          .join(" ")}"`,
      };
  }
  return null;
}

const NOT_IN_OFFICE =
  /^(?:former|ex|formerly|onetime|ousted|acting|interim|caretaker|deputy|vice|assistant|shadow|honorary|designate|would-be|aspiring|self-styled|self-proclaimed)$/;
const SEEKING_OFFICE =
  /^(?:candidate|contender|nominee|bid|race|favourite|favorite|hopeful|contest|campaign|candidacy|frontrunner|applicant|candidates|contenders|ran|run|running|runs)$/;
const OF_THE_PAST =
  /\b(?:former|formerly|ex|once|previous|previously|then|past|ousted|retired|onetime|served|until|used to|had been)\b|\b(?:was|were) (?:an?|the) /i;

/** What a capital may begin besides a name: "former President Oda", not "deputy Oda". */
const OFFICE =
  /^(?:president|prime|minister|premier|chancellor|governor|mayor|senator|secretary|judge|justice|chief|director|general|ambassador|captain|speaker|chair\w*|king|queen|foreign|finance|defen[cs]e|head)$/;

/** The source has a qualifier before the office, the claim has the office without it. */
function inOffice(claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const { words, tags, marks } = grammarOf(sentence);
  const own = grammarOf(claim);
  for (const [at, word] of words.entries()) {
    const qualifier = NOT_IN_OFFICE.test(word.folded) ? word.folded : null;
    const seeking = SEEKING_OFFICE.test(word.folded) && words[at + 1]?.folded === "for";
    if (qualifier === null && !seeking) continue;
    // the noun that it belongs to: the last of the phrase that follows
    let to = at + (seeking ? 2 : 1);
    while (/^(?:DET|ADJ|NUM)$/.test(tags[to] ?? "") || (tags[to] === "PROPN" && tags[to + 1] === "NOUN")) to += 1;
    const noun = words[to];
    if (noun === undefined || !/^(?:NOUN|PROPN)$/.test(tags[to] ?? "") || /[,;:.()]/.test(marks[to] ?? "")) continue;
    if (/^\p{Lu}/u.test(noun.raw) && !OFFICE.test(noun.folded)) continue;
    const plain = words.filter((other, index) => other.base === noun.base && index !== to);
    const mine = claim.words.findIndex((other) => other.base === noun.base);
    if (plain.length > 0 || mine === -1 || !/^(?:NOUN|PROPN)$/.test(own.tags[mine] ?? "")) continue;
    const near = claim.words.slice(Math.max(0, mine - 4), mine).map(({ folded }) => folded);
    if (
      near.some((folded) => NOT_IN_OFFICE.test(folded)) ||
      claim.words.some(
        ({ folded }) =>
          folded === word.folded ||
          SEEKING_OFFICE.test(folded) ||
          /^(?:elect|stand|stands|stood|seek|seeks|sought|seeking|standing)$/.test(folded),
      )
    )
      continue;
    if (/^(?:former|ex|formerly|onetime|ousted)$/.test(qualifier ?? "") && OF_THE_PAST.test(claim.text)) continue;
    return {
      kind: "contradicted",
      about: "standing",
      reason: `says "${claim.words[mine]?.raw}", the source says "${words
        .slice(at, to + 1)
        .map(({ raw }) => raw)
        .join(" ")}"`,
    };
  }
  return null;
}

/** "used to house" told as "houses". */
function usedTo(claim: ReadSentence, sentence: ReadSentence): Finding | null {
  const { words, predicates } = grammarOf(sentence);
  const past = predicates.find(
    ({ at }) =>
      words
        .slice(Math.max(0, at - 2), at)
        .map(({ folded }) => folded)
        .join(" ") === "used to",
  );
  const verb = words[past?.at ?? -1];
  if (verb === undefined) return null;
  const told = grammarOf(claim).predicates.find(({ at, from }) => {
    const own = claim.words[at];
    return (
      own !== undefined &&
      likeness(own, verb.base) > 0 &&
      ((from === at && own.folded.endsWith("s")) || /^(?:is|are)$/.test(claim.words[from]?.folded ?? ""))
    );
  });
  return told === undefined
    ? null
    : { kind: "contradicted", about: "standing", reason: `tells as present what the source says "used to ${verb.raw}"` };
}
