// Whether two statements about the same matter cannot both be right: another number, date, outcome, or a denial. Compares words, names and
// quantities; what ought to be never contradicts what is. Cautious: matter that differs in name, object or time is no conflict.
import type { Genre } from "../domain.ts";
import { areOpposite } from "../text/polarity.ts";
import { sameName } from "../text/same-name.ts";
import { sameQuantity } from "../text/same-quantity.ts";
import { baseOf, fold } from "../text/words.ts";
import {
  daysApart,
  hasBase,
  leavesWhereStays,
  overlap,
  rivalModifiers,
  rivalObjects,
  rivalPlaces,
  rivalScopes,
  rivalSubjects,
  rivalTenses,
  rivalWeekdays,
  sameParties,
  sameTime,
  sharedNames,
} from "./comparable.ts";
import { rivalDepartures, rivalRoles, rivalShares, sameResult } from "./roles.ts";
import type { MatterWord, Statement } from "./statement.ts";

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
/** In front of a number, and no verb. */
const BOUNDS = new Set("least most nearly almost roughly approximately estimated".split(" ").map(baseOf));
/** What one text leaves out another may hold. */
const TELLS = new Set("mention discuss address comment describe name note say".split(" ").map(baseOf));
/** Ways to say that people died. */
const CASUALTIES = new Set("kill die lose perish claim dead slay".split(" ").map(baseOf));
/** Parts of a people or of a land: each has its own figures. */
const GROUPS = new Set(
  "man woman boy girl young old urban rural north south east west rich poor child adult".split(" ").map(baseOf),
);
const FAR_APART_DAYS = 45;
/** Beyond this a different value belongs to another time. */
const SAME_STORY_DAYS = 200;
/** Characters to either side of a word that are about it. */
const NEARBY = 60;

/** Null where the two may both be right, or are not about the same. */
export function conflictOf(a: Statement, b: Statement, around: Surroundings = { a: [], b: [] }): Conflict | null {
  if (daysApart(a, b) > FAR_APART_DAYS) return null;
  const outcome = outcomeConflict(a, b, around);
  if (outcome !== null) return outcome;
  if (a.unreal || b.unreal) return null;
  const role = sameTime(a, b) && !rivalWeekdays(a, b) ? roleConflict(a, b, around) : null;
  if (role !== null) return role;
  if (sameResult(a, b)) return null;
  if (!sameParties(a, b)) return null;
  const date = dateConflict(a, b);
  if (date !== null) return date;
  if (!sameTime(a, b) || rivalWeekdays(a, b)) return null;
  return numberConflict(a, b) ?? denialConflict(a, b) ?? oppositeConflict(a, b);
}

/** Whether one of the two is an opinion that only comments on what the other tells: it denies, judges or wishes, and gives no figure. */
export function isMereComment({ kind }: Conflict, [a, b]: readonly Statement[], genres: readonly (Genre | null)[]): boolean {
  if (!genres.includes("opinion") || kind === "number" || kind === "date") return false;
  const told = a?.outcome !== null && a?.outcome?.topic === b?.outcome?.topic;
  // how talks went, opinions tell each other; what a report tells of it they judge
  return !told || genres.includes("report");
}

/** The same for two texts of one story that may lie months apart: the later one may bring a matter up to date, or correct it. */
export function conflictOverTime(a: Statement, b: Statement, around?: Surroundings): Conflict | null {
  const days = daysApart(a, b);
  if (days > SAME_STORY_DAYS) return null;
  const undated = (statement: Statement): Statement => (days > FAR_APART_DAYS ? { ...statement, published: null } : statement);
  return conflictOf(undated(a), undated(b), around);
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

function roleConflict(a: Statement, b: Statement, around: Surroundings): Conflict | null {
  const words = rivalRoles(a, b, around) ?? rivalDepartures(a, b) ?? (sameParties(a, b) ? rivalShares(a, b) : null);
  return words === null ? null : { kind: "outcome", words };
}

function numberConflict(a: Statement, b: Statement): Conflict | null {
  const [own, others] = [said(a), said(b)];
  for (const x of own) {
    for (const y of others) {
      const unit = x.kind === y.kind && x.unit !== null && x.unit === y.unit;
      const percent = x.kind === "percent" && y.kind === "percent";
      const [left, right] = [countedBy(a, x), countedBy(b, y)];
      const counted = x.kind === "cardinal" && y.kind === "cardinal" && left.some((noun) => right.includes(noun));
      if ((!unit && !percent && !counted) || sameQuantity(x, y) || sameQuantity(y, x)) continue;
      // a list of numbers holds the other's somewhere else
      if (others.some((other) => sameQuantity(x, other)) || own.some((other) => sameQuantity(other, y))) continue;
      if (isPart(a.text, x.end) || isPart(b.text, y.end)) continue;
      if (direction(a.text, x.start) !== direction(b.text, y.start)) continue;
      const ignored = new Set([...left, ...right]);
      const [before, after] = [governor(a, x.start, ignored), governor(b, y.start, ignored)];
      if (before !== null && after !== null && (rivalVerbs(a, b, before.base, after.base) || rivalSubjects(a, b, before, after)))
        continue;
      if (overlap(a, b, ignored) < (counted ? 1 : 2) || rivalModifiers(a, b) || rivalScopes(a, b, percent)) continue;
      return { kind: "number", words: [x.text, y.text] };
    }
  }
  return null;
}

/** Quantities that the statement gives; of "95, not 140" only the first. */
function said({ text, quantities }: Statement): Statement["quantities"] {
  return quantities.filter(({ start }) => !/(?:\bnot|\brather than|\binstead of)\s+(?:the\s+)?$/i.test(text.slice(0, start)));
}

function rivalVerbs(a: Statement, b: Statement, x: string, y: string): boolean {
  if (x === y || hasBase(b, x) || hasBase(a, y)) return false;
  return !(MEASURE_VERBS.has(x) && MEASURE_VERBS.has(y)) && !(CASUALTIES.has(x) && CASUALTIES.has(y));
}

function dateConflict(a: Statement, b: Statement): Conflict | null {
  for (const x of a.dates) {
    for (const y of b.dates) {
      if (x.precision !== y.precision || x.value === y.value) continue;
      const [before, after] = [governor(a, x.start, new Set()), governor(b, y.start, new Set())];
      if (before === null || before.base !== after?.base || overlap(a, b, new Set([before.base])) < 1 || rivalModifiers(a, b))
        continue;
      if (MEASURE_VERBS.has(before.base) || a.quantities.length + b.quantities.length > 0) continue;
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
    const refused = no.refused.find(
      ({ matter, verbs }) =>
        matter.length > 1 &&
        verbs.some((base) => holds(base) !== undefined) &&
        matter.filter((base) => plain.some((word) => word.base === base)).length / matter.length >= 0.6,
    );
    const met = head ?? refused?.verbs.map((base) => holds(base)).find((word) => word !== undefined);
    if (met === undefined) continue;
    if (overlap(a, b, new Set(head === undefined ? [] : [head.base])) < 1 || rivalModifiers(a, b)) continue;
    const denied = no.matter.find((word) => word.base === met.base);
    if (denied !== undefined && (rivalTenses(no, yes, denied, met) || rivalSubjects(no, yes, denied, met))) continue;
    if (denied !== undefined && rivalObjects(no, yes, denied, met)) continue;
    if (TELLS.has(met.base)) continue;
    const said = yes.text.slice(met.start, met.end);
    return { kind: "denial", words: swapped ? [said, `not ${said}`] : [`not ${said}`, said] };
  }
  return null;
}

function oppositeConflict(a: Statement, b: Statement): Conflict | null {
  const pairs: [MatterWord, MatterWord][] = [];
  for (const x of a.matter) {
    for (const y of b.matter) {
      if (x.named || y.named || x.negated !== y.negated || hasBase(b, x.base) || hasBase(a, y.base)) continue;
      if (GROUPS.has(x.base) && GROUPS.has(y.base)) continue;
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
  if (rivalPlaces(a, b, x, y) || rivalTenses(a, b, x, y)) return null;
  if (rivalSubjects(a, b, x, y)) return null;
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

/** Nouns that a quantity counts, "number of people at the march at 120,000" included. */
function countedBy(statement: Statement, quantity: Statement["quantities"][number]): string[] {
  const before = /\bnumber of ([\p{L}-]+)[^.;]{0,60}$/iu.exec(statement.text.slice(0, quantity.start))?.[1];
  return before === undefined || quantity.counts.length > 0 ? quantity.counts : [baseOf(fold(before))];
}

/** "two of the five miners" */
const isPart = (text: string, end: number): boolean => /^ of (?:the|its|their|his|her|those)\b/.test(text.slice(end, end + 12));

/** "by 12 percent" is a change, "to 12 percent" a level. */
function direction(text: string, at: number): string {
  return /\bby (?:about |some |nearly |almost |around |more than )?$/.test(text.slice(Math.max(0, at - 20), at))
    ? "change"
    : "level";
}

/** The matter word right in front of a place, names left out. */
function governor(statement: Statement, at: number, ignored: ReadonlySet<string>): MatterWord | null {
  const before = statement.matter
    .filter((word) => word.end <= at && at - word.end < 40 && !word.named && !ignored.has(word.base) && !BOUNDS.has(word.base))
    .at(-1);
  if (before === undefined || /[.;]/.test(statement.text.slice(before.end, at))) return null;
  return before;
}
