// Whether two statements about the same matter cannot both be right: another number, date, outcome, or a denial. Compares words, names and
// quantities; what ought to be never contradicts what is. Cautious: matter that differs in name, object or time is no conflict.
import { areOpposite } from "../language/polarity.ts";
import { sameName } from "../language/same-name.ts";
import { sameQuantity } from "../language/same-quantity.ts";
import { baseOf, fold } from "../language/words.ts";
import type { MatterWord, StatedDate, Statement } from "./statement.ts";

export type ConflictKind = "number" | "date" | "outcome" | "denial";

export interface Conflict {
  kind: ConflictKind;
  /** What differs, as each side writes it. */
  words: [a: string, b: string];
}

/** Names that the surroundings of each statement (title, passage) share, where the statements themselves do not say who and where. */
export interface Surroundings {
  a: readonly string[];
  b: readonly string[];
}

const MEASURE_VERBS = new Set(
  "rise fall stand reach hit total amount number estimate put grow climb drop increase decrease be cost come jump slip decline"
    .split(" ")
    .map(baseOf),
);
/** Staying and leaving, which the antonyms do not pair. */
const STAY = new Set("remain stay keep".split(" ").map(baseOf));
const GO = new Set("withdraw leave pull depart quit".split(" ").map(baseOf));
const FAR_APART_DAYS = 45;
/** Characters to either side of a word that are about it. */
const NEARBY = 60;

/** Null where the two may both be right, or are not about the same. */
export function conflictOf(a: Statement, b: Statement, around: Surroundings = { a: [], b: [] }): Conflict | null {
  if (daysApart(a, b) > FAR_APART_DAYS) return null;
  const outcome = outcomeConflict(a, b, around);
  if (outcome !== null) return outcome;
  if (a.unreal || b.unreal) return null;
  if (!sameParties(a, b)) return null;
  const date = dateConflict(a, b);
  if (date !== null) return date;
  if (!sameTime(a, b)) return null;
  return numberConflict(a, b) ?? denialConflict(a, b) ?? oppositeConflict(a, b);
}

function outcomeConflict(a: Statement, b: Statement, around: Surroundings): Conflict | null {
  const [x, y] = [a.outcome, b.outcome];
  if (x === null || y === null || x.unreal || y.unreal || x.topic !== y.topic || x.kind === y.kind || !sameTime(a, b))
    return null;
  const has = (names: readonly string[], name: string): boolean => names.some((other) => sameName(name, other));
  const lone = (own: Statement, others: Statement, othersAround: readonly string[]): boolean =>
    own.names.some((name) => !has([...others.names.map((other) => other.text), ...othersAround], name.text));
  if (lone(a, b, around.b) && lone(b, a, around.a)) return null;
  const common = around.a.filter((name) => has(around.b, name)).length;
  if (sharedNames(a, b) === 0 && common < 2) return null;
  return { kind: "outcome", words: [x.word, y.word] };
}

function numberConflict(a: Statement, b: Statement): Conflict | null {
  for (const x of a.quantities) {
    for (const y of b.quantities) {
      const unit = x.kind === y.kind && x.unit !== null && x.unit === y.unit;
      const percent = x.kind === "percent" && y.kind === "percent";
      const [left, right] = [countedBy(a, x), countedBy(b, y)];
      const counted = x.kind === "cardinal" && y.kind === "cardinal" && left.some((noun) => right.includes(noun));
      if ((!unit && !percent && !counted) || sameQuantity(x, y) || sameQuantity(y, x)) continue;
      // a list of numbers holds the other's somewhere else
      if (b.quantities.some((other) => sameQuantity(x, other)) || a.quantities.some((other) => sameQuantity(other, y))) continue;
      if (direction(a.text, x.start) !== direction(b.text, y.start)) continue;
      const ignored = new Set([...left, ...right]);
      const [before, after] = [governor(a, x.start, ignored), governor(b, y.start, ignored)];
      if (
        before !== null &&
        after !== null &&
        before !== after &&
        !hasBase(b, before) &&
        !hasBase(a, after) &&
        !(MEASURE_VERBS.has(before) && MEASURE_VERBS.has(after))
      )
        continue;
      if (overlap(a, b, ignored) < (counted ? 1 : 2) || rivalModifiers(a, b)) continue;
      return { kind: "number", words: [x.text, y.text] };
    }
  }
  return null;
}

function dateConflict(a: Statement, b: Statement): Conflict | null {
  for (const x of a.dates) {
    for (const y of b.dates) {
      if (x.precision !== y.precision || x.value === y.value) continue;
      const [before, after] = [governor(a, x.start, new Set()), governor(b, y.start, new Set())];
      if (before === null || before !== after || overlap(a, b, new Set([before])) < 1 || rivalModifiers(a, b)) continue;
      if (MEASURE_VERBS.has(before) || a.quantities.length + b.quantities.length > 0) continue;
      return { kind: "date", words: [a.text.slice(x.start, x.end), b.text.slice(y.start, y.end)] };
    }
  }
  return null;
}

function denialConflict(a: Statement, b: Statement): Conflict | null {
  for (const [no, yes, swapped] of [
    [a, b, false],
    [b, a, true],
  ] as const) {
    const plain = yes.matter.filter((word) => !word.negated && !yes.denied.includes(word.base));
    const holds = (base: string): MatterWord | undefined => plain.find((word) => word.base === base && !word.named);
    const head = no.denied.map((base) => holds(base)).find((word) => word !== undefined);
    const refused = no.refused.some(
      (scope) =>
        scope.length > 1 &&
        scope.some((base) => plain.some((word) => word.base === base && !word.named)) &&
        scope.filter((base) => plain.some((word) => word.base === base)).length / scope.length >= 0.6,
    );
    if (head === undefined && !refused) continue;
    if (overlap(a, b, new Set(head === undefined ? [] : [head.base])) < 1 || rivalModifiers(a, b)) continue;
    const said = head === undefined ? "it is so" : yes.text.slice(head.start, head.end);
    return { kind: "denial", words: swapped ? [said, `not ${said}`.trim()] : [`not ${said}`.trim(), said] };
  }
  return null;
}

function oppositeConflict(a: Statement, b: Statement): Conflict | null {
  const pairs: [MatterWord, MatterWord][] = [];
  for (const x of a.matter) {
    for (const y of b.matter) {
      if (x.named || y.named || x.negated !== y.negated || hasBase(b, x.base) || hasBase(a, y.base)) continue;
      if (areOpposite(x.base, y.base) || leavesWhereStays(x.base, y.base)) pairs.push([x, y]);
    }
  }
  const [first] = pairs;
  // exports rose, imports fell: two opposites are no contradiction
  const sides = new Set(pairs.map(([x]) => x.base));
  if (first === undefined || sides.size > 1) return null;
  const [x, y] = first;
  const skip = new Set([x.base, y.base]);
  if (overlap(nearby(a, x), nearby(b, y), skip) < 1 || rivalModifiers(a, b) || rivalObjects(a, b, x, y)) return null;
  return { kind: "outcome", words: [a.text.slice(x.start, x.end), b.text.slice(y.start, y.end)] };
}

/** The statement with the matter around one word only: in a long sentence the rest is another matter. */
function nearby(statement: Statement, word: MatterWord): Statement {
  const close = (start: number): boolean => Math.abs(start - word.start) <= NEARBY;
  return {
    ...statement,
    matter: statement.matter.filter((other) => close(other.start)),
    names: statement.names.filter((name) => close(name.start)),
  };
}

const leavesWhereStays = (x: string, y: string): boolean => (STAY.has(x) && GO.has(y)) || (GO.has(x) && STAY.has(y));

/** Nouns that a quantity counts, "number of people at the march at 120,000" included. */
function countedBy(statement: Statement, quantity: Statement["quantities"][number]): string[] {
  const before = /\bnumber of ([\p{L}-]+)[^.;]{0,60}$/iu.exec(statement.text.slice(0, quantity.start))?.[1];
  return before === undefined || quantity.counts.length > 0 ? quantity.counts : [baseOf(fold(before))];
}

/** "by 12 percent" is a change, "to 12 percent" a level. */
function direction(text: string, at: number): string {
  return /\bby (?:about |some |nearly |almost |around |more than )?$/.test(text.slice(Math.max(0, at - 20), at))
    ? "change"
    : "level";
}

/** The matter word right in front of a place, names left out. */
function governor(statement: Statement, at: number, ignored: ReadonlySet<string>): string | null {
  const before = statement.matter
    .filter((word) => word.end <= at && at - word.end < 40 && !word.named && !ignored.has(word.base))
    .at(-1);
  if (before === undefined || /[.;]/.test(statement.text.slice(before.end, at))) return null;
  return before.base;
}

const hasBase = (statement: Statement, base: string): boolean => statement.matter.some((word) => word.base === base);

/** Shared matter words that are no names. */
function overlap(a: Statement, b: Statement, ignored: ReadonlySet<string>): number {
  const left = new Set(
    a.matter.filter((word) => !word.named && !ignored.has(word.base) && !/^\d/.test(word.base)).map((word) => word.base),
  );
  const shared = new Set(b.matter.filter((word) => left.has(word.base)).map((word) => word.base));
  // a name that two sentences share in full may be all the matter they need: "Mayor Lena Orsk won …"
  return shared.size + (sharedNames(a, b) > 1 ? 1 : 0);
}

export function sharedNames(a: Statement, b: Statement): number {
  return a.names.filter((name) => b.names.some((other) => sameName(name.text, other.text))).length;
}

/** Both are about someone or something the other does not mention. */
function rivalNames(a: Statement, b: Statement): boolean {
  const lone = (from: Statement, to: Statement): boolean =>
    from.names.some(
      (name) =>
        !to.names.some((other) => sameName(name.text, other.text)) &&
        !name.words.every((word) => to.matter.some((known) => known.base === baseOf(word))),
    );
  return lone(a, b) && lone(b, a) && sharedNames(a, b) < 2;
}

/** They share a name, or nearly all of their matter where neither has one. */
function sameParties(a: Statement, b: Statement): boolean {
  if (rivalNames(a, b)) return false;
  if (sharedNames(a, b) > 0) return true;
  const few = Math.min(a.matter.length, b.matter.length);
  return few > 0 && overlap(a, b, new Set()) / few >= 0.6;
}

/** The same noun with another word in front: wheat harvest, barley harvest. */
function rivalModifiers(a: Statement, b: Statement): boolean {
  return a.matter.some((noun, at) => {
    const left = a.matter[at - 1];
    if (noun.named || left === undefined || !adjacent(a.text, left, noun)) return false;
    return b.matter.some((other, place) => {
      const right = b.matter[place - 1];
      return (
        other.base === noun.base &&
        right !== undefined &&
        adjacent(b.text, right, other) &&
        right.base !== left.base &&
        !hasBase(b, left.base) &&
        !hasBase(a, right.base) &&
        !areOpposite(left.base, right.base) &&
        !(STAY.has(left.base) || STAY.has(right.base) || GO.has(left.base) || GO.has(right.base))
      );
    });
  });
}

const adjacent = (text: string, left: MatterWord, right: MatterWord): boolean =>
  /^[\s'’s-]*$/.test(text.slice(left.end, right.start));

/** What follows the opposite verbs directly differs altogether: raised its interest rate, cut its growth forecast. */
function rivalObjects(a: Statement, b: Statement, x: MatterWord, y: MatterWord): boolean {
  const objects = (statement: Statement, word: MatterWord): MatterWord[] => {
    const close = statement.matter.filter((other) => other.start > word.end && other.start - word.end < 45).slice(0, 3);
    return close.filter(
      (other) =>
        !/[.,;]/.test(statement.text.slice(word.end, other.start)) &&
        !/^\s(?:in|on|at|by|after|over|since|during|for|from)\b/.test(statement.text.slice(word.end, other.start)),
    );
  };
  const [left, right] = [objects(a, x), objects(b, y)];
  return left.length > 0 && right.length > 0 && !left.some((word) => right.some((other) => other.base === word.base));
}

/** No dates that set them apart: a date that lies far before its own publication belongs to another event unless both give it. */
function sameTime(a: Statement, b: Statement): boolean {
  const [left, right] = [a.dates, b.dates];
  if (left.length > 0 && right.length > 0) return left.some((x) => right.some((y) => meets(x, y)));
  return [...left.map((date) => ({ date, of: a })), ...right.map((date) => ({ date, of: b }))].every(
    ({ date, of }) => of.published === null || date.value.slice(0, 4) === of.published.slice(0, 4),
  );
}

const meets = (x: StatedDate, y: StatedDate): boolean => x.value.startsWith(y.value) || y.value.startsWith(x.value);

function daysApart(a: Statement, b: Statement): number {
  if (a.published === null || b.published === null) return 0;
  return Math.abs(Date.parse(a.published.slice(0, 10)) - Date.parse(b.published.slice(0, 10))) / 86_400_000;
}
