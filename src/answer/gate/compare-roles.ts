// Who does what to whom: "Norland attacked Sudria" is not "Sudria attacked Norland", and what one did in a sentence is not the other's deed.
// Both sides must have a subject or object that the rules could find; a pronoun stands for nobody in particular and clashes with nothing.
import type { Name } from "../../text/names.ts";
import { isReporting } from "../../text/reporting-verbs.ts";
import { sameName } from "../../text/same-name.ts";
import type { Finding } from "./finding.ts";
import { type Grammar, grammarOf, type Predicate } from "./grammar.ts";
import { chunksOf } from "./phrases.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { likeness, type Window } from "./window.ts";

/** A deed with its parts as indexes of words: who does it, and to whom or what. */
interface Deed {
  sentence: ReadSentence;
  predicate: Predicate;
  doer: number[];
  patient: number[];
}

/** Verbs that tell the same from the other side, with the word before the other side's doer. */
const CONVERSE: readonly (readonly [verb: string, preposition: string, other: string])[] = [
  ["lose", "to", "beat"],
  ["lose", "to", "defeat"],
  ["sell", "to", "bui"],
  ["lend", "to", "borrow"],
  ["bui", "from", "sell"],
  ["borrow", "from", "lend"],
];

/** Nouns that may stand for somebody named differently before. */
const GENERIC =
  /^(?:man|woman|person|people|player|official|group|company|firm|team|side|club|country|other|others|one|both|all|latter|former|pair|two)$/;

export function compareRoles(claim: ReadSentence, source: Reading, window: Window, context: ReadSentence | null): Finding[] {
  const near = source.sentences.slice(window.from, window.to + 1);
  for (const predicate of grammarOf(claim).predicates) {
    const verb = claim.words[predicate.at];
    if (verb === undefined || verb.weight < 0.3) continue;
    const deed = deedOf(claim, predicate);
    const told = near.flatMap((sentence) => sameDeeds(deed, sentence));
    const clashes = told.map(
      (other) => clashOf(deed, other) ?? siblingOf(deed, other, near) ?? writerOf(deed, other, near, context),
    );
    const [clash] = clashes;
    if (clash === undefined || clash === null || clashes.includes(null)) continue;
    return [{ kind: "contradicted", about: "role", reason: clash }];
  }
  return [];
}

function deedOf(sentence: ReadSentence, predicate: Predicate): Deed {
  const { subject, agent, passive, end } = predicate;
  // "expected the airline to post a loss": what stands between is the doer of the second verb
  const raised = grammarOf(sentence).predicates.some((other) => other.form === "infinitive" && other.start === end);
  const object = raised ? [] : predicate.object;
  return passive
    ? { sentence, predicate, doer: agent, patient: subject }
    : { sentence, predicate, doer: subject, patient: object };
}

/** Deeds of the sentence with the same verb, or one that tells it from the other side. */
function sameDeeds(deed: Deed, sentence: ReadSentence): Deed[] {
  const verb = deed.sentence.words[deed.predicate.at];
  const grammar = grammarOf(sentence);
  if (verb === undefined) return [];
  const closest = Math.max(...grammar.predicates.map((predicate) => likeness(verb, sentence.words[predicate.at]?.base ?? "")));
  return grammar.predicates.flatMap((predicate) => {
    const base = sentence.words[predicate.at]?.base ?? "";
    const converse = CONVERSE.find(([a, , b]) => a === base && b === verb.base);
    if (converse !== undefined && !predicate.passive) {
      const chunk = chunksOf(grammar, predicate.to, predicate.end).find((other) => other.preposition === converse[1]);
      if (chunk === undefined) return [];
      const patient = converse[0] === "lose" ? predicate.subject : predicate.object;
      return [{ sentence, predicate, doer: [chunk.head], patient }];
    }
    const strength = likeness(verb, base);
    // speakers are compared elsewhere: here any verb of saying will do
    return strength > 0 && (strength === closest || isReporting(verb.base)) ? [deedOf(sentence, predicate)] : [];
  });
}

/** What speaks against the two being the same deed, in words; null where nothing does. */
function clashOf(deed: Deed, other: Deed): string | null {
  const verb = deed.sentence.words[deed.predicate.at]?.raw ?? "";
  const [doer, patient] = [compared(deed, deed.doer, other, other.doer), compared(deed, deed.patient, other, other.patient)];
  if (doer !== "other" && patient !== "other" && !crossed(deed, other)) return null;
  const turned =
    crossed(deed, other) ||
    (compared(deed, deed.doer, other, other.patient) === "same" && compared(deed, deed.patient, other, other.doer) === "same");
  if (turned) return `turns round who "${verb}" whom`;
  // what merely moves from object to subject ("the bridge closed") is no clash
  if (doer === "other" && deed.patient.length === 0 && compared(deed, deed.doer, other, other.patient) === "same") return null;
  if (doer === "other" && rivals(deed, deed.doer, other, other.doer)) return saidOf(deed, other);
  if (patient === "other" && !lightly(deed, other) && rivals(deed, deed.patient, other, other.patient))
    return `"${verb}" goes with "${phrase(other.sentence, other.patient)}", not with "${phrase(deed.sentence, deed.patient)}"`;
  return null;
}

const saidOf = (deed: Deed, other: Deed): string =>
  `"${deed.sentence.words[deed.predicate.at]?.raw ?? ""}" is said of "${phrase(other.sentence, other.doer)}", not of "${phrase(deed.sentence, deed.doer)}"`;

/** "Two men were arrested, a third man is being sought": the claim's "third man" stands in the source, with another verb. */
function siblingOf(deed: Deed, other: Deed, near: readonly ReadSentence[]): string | null {
  for (const [mine, theirs] of [
    [deed.doer, other.doer],
    [deed.patient, other.patient],
  ] as const) {
    const [own, given] = [mine[0], theirs[0]];
    if (own === undefined || given === undefined || !alike(deed.sentence, own, other.sentence, given)) continue;
    if (deed.sentence.words[own]?.name !== -1 || mine.length > 1 || theirs.length > 1) continue;
    const [told, had] = [tellingApart(deed.sentence, own), tellingApart(other.sentence, given)];
    if (told.length === 0 || had.length === 0 || told.some((word) => had.includes(word))) continue;
    const verb = deed.sentence.words[deed.predicate.at];
    const elsewhere = near.some((sentence) =>
      grammarOf(sentence).predicates.some(
        (predicate) =>
          predicate !== other.predicate &&
          verb !== undefined &&
          likeness(verb, sentence.words[predicate.at]?.base ?? "") === 0 &&
          predicate.subject.some(
            (at) =>
              !(sentence === other.sentence && at === given) &&
              alike(deed.sentence, own, sentence, at) &&
              told.every((word) => tellingApart(sentence, at).includes(word)),
          ),
      ),
    );
    if (elsewhere) return saidOfPhrase(deed, own, other, given);
  }
  return null;
}

/** Words before a head that tell it from others of its kind. */
function tellingApart(sentence: ReadSentence, head: number): string[] {
  const grammar = grammarOf(sentence);
  const chunk = chunksOf(grammar, 0, grammar.words.length).find((one) => one.head === head);
  if (chunk === undefined) return [];
  return grammar.words
    .slice(chunk.from, head)
    .filter((_, at) => /^(?:ADJ|NUM|NOUN)$/.test(grammar.tags[chunk.from + at] ?? ""))
    .map((word) => word.base);
}

function saidOfPhrase(deed: Deed, own: number, other: Deed, given: number): string {
  const whole = (sentence: ReadSentence, head: number): string =>
    [...tellingApart(sentence, head), sentence.words[head]?.raw ?? ""].join(" ");
  const verb = deed.sentence.words[deed.predicate.at]?.raw ?? "";
  return `"${verb}" is said of "${whole(other.sentence, given)}", not of "${whole(deed.sentence, own)}"`;
}

/** A person's deed given to another who stands beside it: in the next sentence, or as the one who wrote it. Both must be named in full. */
function writerOf(deed: Deed, other: Deed, near: readonly ReadSentence[], context: ReadSentence | null): string | null {
  const verb = deed.sentence.words[deed.predicate.at];
  if (verb === undefined || likeness(verb, other.sentence.words[other.predicate.at]?.base ?? "") === 0) return null;
  const [own, given] = [nameAt(deed.sentence, deed.doer), nameAt(other.sentence, other.doer)];
  if (own === null || given === null || deed.doer.length > 1 || other.doer.length > 1) return null;
  if (own.words.length < 2 || given.words.length < 2 || own.words.length > 3 || given.words.length > 3) return null;
  if (sameName(own.text, given.text) || own.words.at(-1) === given.words.at(-1)) return null;
  const has = (sentence: ReadSentence): boolean => sentence.names.some((name) => sameName(name.text, own.text));
  return near.some((sentence) => sentence !== other.sentence && has(sentence)) || (context !== null && has(context))
    ? saidOf(deed, other)
    : null;
}

const nameAt = (sentence: ReadSentence, heads: readonly number[]): Name | null => {
  const name = sentence.names[sentence.words[heads[0] ?? -1]?.name ?? -1];
  return name?.certain === true ? name : null;
};

/** The same doer and thing with an everyday verb: "took gold" may be what the claim calls "won gold". */
function lightly(deed: Deed, { sentence }: Deed): boolean {
  return grammarOf(sentence).predicates.some((predicate) => {
    const second = deedOf(sentence, predicate);
    const light = (sentence.words[predicate.at]?.weight ?? 1) < 1;
    return (
      light &&
      compared(deed, deed.doer, second, second.doer) === "same" &&
      compared(deed, deed.patient, second, second.patient) === "same"
    );
  });
}

function compared(a: Deed, mine: readonly number[], b: Deed, theirs: readonly number[]): "same" | "other" | "unknown" {
  const [own, given] = [named(a.sentence, mine), named(b.sentence, theirs)];
  if (own.length === 0 || given.length === 0) return "unknown";
  return own.some((one) => given.some((other) => samePhrase(a.sentence, one, b.sentence, other))) ? "same" : "other";
}

/** Without pronouns and numbers, which may stand for anything. */
function named(sentence: ReadSentence, heads: readonly number[]): number[] {
  const { tags } = grammarOf(sentence);
  return heads.filter((at) => tags[at] === "NOUN" || tags[at] === "PROPN");
}

function alike(a: ReadSentence, at: number, b: ReadSentence, other: number): boolean {
  const [one, two] = [a.words[at], b.words[other]];
  if (one === undefined || two === undefined) return false;
  if (likeness(one, two.base) > 0 || likeness(two, one.base) > 0) return true;
  const [first, second] = [a.names[one.name], b.names[two.name]];
  return first !== undefined && second !== undefined && sameName(first.text, second.text);
}

/** Heads that may stand for each other, and no different names beside them: "Norland's envoy", "Sudria's envoy". */
function samePhrase(a: ReadSentence, at: number, b: ReadSentence, other: number): boolean {
  if (!alike(a, at, b, other)) return false;
  const [own, given] = [namesBeside(a, [at]), namesBeside(b, [other])];
  return own.length === 0 || given.length === 0 || meets(own, given);
}

/** Both are named, or both are common nouns, and the claim's one stands elsewhere in the same sentence: they are two. */
function rivals(deed: Deed, mine: readonly number[], other: Deed, theirs: readonly number[]): boolean {
  const [own, given] = [named(deed.sentence, mine), named(other.sentence, theirs)];
  const [first, second] = [own[0], given[0]];
  if (first === undefined || second === undefined) return false;
  // a lone capital that opens the claim is a name where the source has it as one
  const sort = (sentence: ReadSentence, at: number): boolean => {
    const name = sentence.names[sentence.words[at]?.name ?? -1];
    return (
      name?.certain === true ||
      (name !== undefined && other.sentence.names.some((one) => one.certain && sameName(one.text, name.text)))
    );
  };
  if (sort(deed.sentence, first) !== sort(other.sentence, second)) return false;
  if (GENERIC.test(deed.sentence.words[first]?.folded ?? "") || GENERIC.test(other.sentence.words[second]?.folded ?? ""))
    return false;
  const grammar = grammarOf(other.sentence);
  const { from, end, shares } = other.predicate;
  const start = shares === -1 ? Math.min(other.predicate.start, ...other.predicate.subject) : other.predicate.start;
  const elsewhere = (at: number): boolean => samePhrase(deed.sentence, first, other.sentence, at);
  // a part of the phrase itself ("a spokesman for the club"), or a second member of a list ("the driver …, and his passenger …")
  for (let at = start; at < from; at += 1) if (elsewhere(at)) return false;
  if (chunksOf(grammar, start, end).some((chunk) => chunk.joined && elsewhere(chunk.head))) return false;
  if (sort(deed.sentence, first)) return grammar.words.some((_, at) => elsewhere(at));
  return grammar.predicates.some(
    (predicate) =>
      predicate !== other.predicate &&
      [...predicate.subject, ...predicate.object, ...predicate.agent].some((at) => elsewhere(at)),
  );
}

/** Names in the phrases with these heads. */
function namesBeside(sentence: ReadSentence, heads: readonly number[]): string[] {
  const grammar: Grammar = grammarOf(sentence);
  return chunksOf(grammar, 0, grammar.words.length)
    .filter((chunk) => heads.includes(chunk.head))
    .flatMap((chunk) => grammar.words.slice(chunk.from, chunk.to).flatMap((word) => sentence.names[word.name]?.text ?? []));
}

const meets = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((name) => others.some((second) => sameName(name, second)));

/** The names beside the two heads have changed places: "the Norland navy … a Sudrian trawler". */
function crossed(deed: Deed, other: Deed): boolean {
  const [doer, patient] = [namesBeside(deed.sentence, deed.doer), namesBeside(deed.sentence, deed.patient)];
  const [givenDoer, givenPatient] = [namesBeside(other.sentence, other.doer), namesBeside(other.sentence, other.patient)];
  return meets(doer, givenPatient) && !meets(doer, givenDoer) && meets(patient, givenDoer) && !meets(patient, givenPatient);
}

const phrase = (sentence: ReadSentence, heads: readonly number[]): string =>
  heads
    .slice(0, 1)
    .map((at) => sentence.names[sentence.words[at]?.name ?? -1]?.text ?? sentence.words[at]?.raw ?? "")
    .join("");
