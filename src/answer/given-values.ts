// The value that a sentence gives for what is asked: a number, a day, a person, a place or how something ended. Two values are the same, may
// both hold, or rival each other. It reads no question beyond the kind of its answer.
import type { Dated } from "../domain.ts";
import { countryOf, governmentOf } from "../text/countries.ts";
import { type EventTime, findEventTimes } from "../text/event-times.ts";
import { findNames } from "../text/names.ts";
import { type Ending, endingsOf } from "../text/negation.ts";
import { findQuantities, type Quantity, sameQuantity } from "../text/numbers.ts";
import { sameName } from "../text/same-name.ts";
import { fold } from "../text/words.ts";

export type ValueKind = "number" | "date" | "person" | "place" | "outcome";

/** As it stands in the sentence, with what it is compared by. */
export type Value =
  | { kind: "number"; text: string; quantity: Quantity }
  | { kind: "date"; text: string; time: EventTime }
  | { kind: "person" | "place"; text: string }
  | { kind: "outcome"; text: string; ending: Ending };

const COUNTS_NOTHING = new Set(["year", "day", "decade", "ordinal", "clock", "vague"]);
/** What follows one of these is where something is, seldom who did it. */
const AT = /\b(?:in|at|near|on|outside|off|from|inside|across|around)\s+(?:the\s+|an?\s+)?$/i;
const TOWARDS = /\b(?:in|at|near|on|outside|off|from|to|of|for)\s+(?:the\s+|an?\s+)?$/i;
/** Two counts of one thing are seldom further apart than this; what is, counts different things or another day. */
const FURTHEST = 2;

export function valuesOf(text: string, kind: ValueKind, published: Dated | null): Value[] {
  if (kind === "number")
    return findQuantities(text).flatMap((quantity) =>
      quantity.weak || COUNTS_NOTHING.has(quantity.kind) || /\bnot (?:the )?$/i.test(text.slice(0, quantity.start))
        ? []
        : [{ kind, text: quantity.text, quantity }],
    );
  if (kind === "date")
    return findEventTimes(text, published).map((time) => ({
      kind,
      text: text.slice(time.start, time.end).replace(/[.,;]$/, ""),
      time,
    }));
  if (kind === "outcome") return endingsOf(text).map((ending) => ({ kind, text: ending.text, ending }));
  return findNames(text).flatMap((name): Value[] => {
    const before = text.slice(Math.max(0, name.start - 24), name.start);
    if (kind === "place") return TOWARDS.test(before) && !isPeople(name.text) ? [{ kind, text: name.text }] : [];
    const isPlace = countryOf(name.text) !== null || governmentOf(name.text) !== null;
    return AT.test(before) || /\bthe $/i.test(before) || isPlace || (!name.certain && name.words.length < 2)
      ? []
      : [{ kind, text: name.text }];
  });
}

/** One value said in two ways. */
export function sameValue(a: Value, b: Value): boolean {
  if (a.kind === "number" && b.kind === "number")
    return sameQuantity(a.quantity, b.quantity) || sameQuantity(b.quantity, a.quantity);
  if (a.kind === "date" && b.kind === "date")
    return (
      a.time.date.startsWith(b.time.date) ||
      b.time.date.startsWith(a.time.date) ||
      within(a.time, b.time) ||
      within(b.time, a.time)
    );
  if (a.kind === "outcome" && b.kind === "outcome") return a.ending.of === b.ending.of && a.ending.pole === b.ending.pole;
  return "text" in a && "text" in b && sameName(a.text, b.text);
}

/** Values of one kind and measure of which only one can be right. */
export function rivals(a: Value, b: Value, furthest = FURTHEST): boolean {
  if (a.kind !== b.kind || sameValue(a, b)) return false;
  if (a.kind === "number" && b.kind === "number") {
    const [one, other] = [a.quantity, b.quantity];
    const [least, most] = [Math.min(one.value, other.value), Math.max(one.value, other.value)];
    return one.kind === other.kind && one.unit === other.unit && least > 0 && most / least <= furthest;
  }
  // "in March" may hold the day
  if (a.kind === "date" && b.kind === "date") return a.time.precision === b.time.precision;
  return a.kind !== "outcome" || (b.kind === "outcome" && a.ending.of === b.ending.of);
}

const within = (day: EventTime, range: EventTime): boolean =>
  range.until !== null && day.date >= range.date && day.date <= range.until;
/** "Omani" is of a country and no place. */
export const isPeople = (name: string): boolean => {
  const country = countryOf(name);
  return country !== null && /\p{Ll}/u.test(name) && fold(name) !== country && governmentOf(name) === null;
};

const AHEAD =
  /\b(?:will|would|shall|demand(?:s|ed)?|wants?|seeks?|asks? for|propose[sd]?|hopes?|expect(?:s|ed)?)\b(?: \S+){0,6} $/i;

/** What will be, or is asked for, is no other account of what is: "will spend 9 million" and "spends 8 million". */
export function sameMood(texts: readonly [string, string], values: readonly [Value, Value]): boolean {
  const [one, other] = values.map(
    (value, at) => value.kind === "number" && AHEAD.test((texts[at] ?? "").split(value.text, 1)[0] ?? ""),
  );
  return one === other;
}
