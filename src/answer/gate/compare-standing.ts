// Whether the source tells as a fact what the claim tells as one, or only as feared, planned, denied, asked … The claim may carry the same
// reservation itself. Where the source tells the same deed in two places, a plain one is enough.
import { isReporting } from "../../text/reporting-verbs.ts";
import { IN_WORDS, type Unreality, unrealityOf } from "../../text/unreal-words.ts";
import { baseOf } from "../../text/words.ts";
import type { Finding } from "./finding.ts";
import { grammarOf, type Predicate } from "./grammar.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import { type Reservation, reservationsOf } from "./standing.ts";
import { likeness } from "./window.ts";

/** What only may come is not yet what will. */
const LESS_THAN_AHEAD: ReadonlySet<Unreality> = new Set<Unreality>([
  "denied",
  "possible",
  "asked",
  "feared",
  "wished",
  "demanded",
]);

interface Place {
  sentence: ReadSentence;
  at: number;
  /** How much of the claim's clause stands around it. */
  fit: number;
}

/** Share of the clause that must stand around the word for the place to tell of the same. */
const ENOUGH = 0.4;
/** What a place may lack of the best one and still tell of the same. */
const NEARLY = 0.15;

export function compareStanding(claim: ReadSentence, source: Reading): Finding[] {
  const grammar = grammarOf(claim);
  for (const predicate of grammar.predicates) {
    const main = claim.words[predicate.at];
    if (main === undefined || isReporting(main.base)) continue;
    const own = reservationsOf(claim, predicate.at);
    if (own.some(({ kind }) => kind !== "ahead")) continue;
    const reservation = heldBack(claim, predicate, source);
    if (reservation === null || (own.length > 0 && !LESS_THAN_AHEAD.has(reservation.kind))) continue;
    if (
      grammar.words.some(
        (word) => isReservation(word.base) && word.base === baseOf(reservation.cue.toLowerCase().replace(/^.* /, "")),
      )
    )
      continue;
    if (reservation.kind === "claimed" && grammar.predicates.some((other) => isReporting(claim.words[other.at]?.base ?? "")))
      continue;
    if (reservation.kind === "possible" && claim.words.some((word) => /^(?:able|capable)$/.test(word.folded))) continue;
    // "have to" asks as well
    if (reservation.kind === "demanded" && /\b(?:ha(?:s|ve|d)|needs?|needed) to\b/i.test(claim.text)) continue;
    if (reservation.kind === "ahead" && isPresent(claim, predicate)) continue;
    const denied = reservation.kind === "denied";
    return [
      {
        kind: denied ? "contradicted" : "missing",
        about: "standing",
        reason: `the source ${denied ? "says" : "only says"} that "${main.raw}" ${IN_WORDS[reservation.kind]} ("${reservation.cue}")`,
      },
    ];
  }
  return [];
}

/** What keeps the deed from being a fact in every place of the source that tells it; null where one tells it plainly, or none at all. */
function heldBack(claim: ReadSentence, predicate: Predicate, source: Reading): Reservation | null {
  const verb = claim.words[predicate.at];
  const told = (at: number): boolean => {
    const word = claim.words[at];
    return word !== undefined && word.weight >= 1 && !isReservation(word.base);
  };
  const objects = verb === undefined || isReservation(verb.base) ? [] : predicate.object.filter(told);
  const isVerb = grammarOf(claim).tags[predicate.at] === "VERB";
  // "is over": what follows tells it
  const rest = isVerb ? predicate.at : predicate.to;
  const bare = isVerb || (predicate.object.length === 0 && claim.words[rest]?.content === false);
  const targets = (verb?.weight ?? 0) >= 1 || (objects.length === 0 && bare) ? [rest, ...objects] : objects;
  for (const target of targets) {
    const places = placesOf(claim, predicate, target, source);
    const best = Math.max(...places.map((place) => place.fit));
    const same = places.filter((place) => place.fit >= best - NEARLY);
    if (same.length === 0 || best < ENOUGH) continue;
    const found = same.map((place) => reservationsOf(place.sentence, place.at));
    if (found.some((reservations) => reservations.length === 0)) return null;
    // a claim that denies the deed may rest on any denial; it has no fact behind it where the denial itself is only feared or asked
    const negated = claim.words[predicate.at]?.negated === true;
    if (
      negated &&
      (found[0]?.some(({ kind }) => kind === "denied") === true || same[0]?.sentence.words[same[0].at]?.negated !== true)
    )
      return null;
    return strongest(found[0] ?? []);
  }
  return null;
}

/** A word that makes a reservation tells of no deed itself. */
const isReservation = (base: string): boolean => unrealityOf(base, "") !== null;

function strongest(reservations: readonly Reservation[]): Reservation | null {
  const rank = (kind: Unreality): number => (kind === "denied" ? 0 : kind === "ahead" ? 2 : 1);
  return [...reservations].sort((a, b) => rank(a.kind) - rank(b.kind))[0] ?? null;
}

function placesOf(claim: ReadSentence, predicate: Predicate, target: number, source: Reading): Place[] {
  const word = claim.words[target];
  if (word === undefined) return [];
  const around = claim.words.filter(
    (other, at) =>
      at !== target && other.weight >= 0.3 && at < predicate.end && at >= Math.min(predicate.start, ...predicate.subject),
  );
  const places: Place[] = [];
  source.sentences.forEach((sentence) => {
    const strengths = sentence.words.map((other) => (other.content || other.base === word.base ? likeness(word, other.base) : 0));
    const best = Math.max(...strengths);
    if (best === 0) return;
    const { predicates } = grammarOf(sentence);
    strengths.forEach((strength, at) => {
      if (strength === 0 || strength < best - 0.01) return;
      const own = predicates.findLast((other) => other.start <= at && at < other.end);
      const near = (index: number): boolean =>
        own === undefined || (index >= own.start && index < own.end) || own.subject.includes(index) || own.object.includes(index);
      let met = 0;
      for (const wanted of around) {
        const hits = sentence.words.flatMap((other, index) => (index !== at && likeness(wanted, other.base) > 0 ? [index] : []));
        if (hits.length > 0) met += hits.some(near) ? 1 : 0.4;
      }
      places.push({ sentence, at, fit: (around.length === 0 ? 1 : met / around.length) + (own?.at === at ? 0.05 : 0) });
    });
  });
  return places;
}

/** "opens in June" tells of what is to come as well. */
function isPresent(claim: ReadSentence, predicate: Predicate): boolean {
  const group = claim.words.slice(predicate.from, predicate.to).map((word) => word.folded);
  const [first = ""] = group;
  return group.length === 1 ? first.endsWith("s") : /^(?:is|are)$/.test(first) && group.at(-1)?.endsWith("ing") === true;
}
