// Whether two statements are about the same at all: parties, modifiers, subjects, time and scope. What differs there is no conflict.
import { DAY_MS } from "../text/date-words.ts";
import { areOpposite } from "../text/polarity.ts";
import { sameName } from "../text/same-name.ts";
import { areSynonyms } from "../text/synonyms.ts";
import { baseOf } from "../text/words.ts";
import type { MatterWord, StatedDate, Statement } from "./statement.ts";

/** Staying and leaving, which the antonyms do not pair. */
const STAY = new Set("remain stay keep".split(" ").map(baseOf));
const GO = new Set("withdraw leave pull depart quit".split(" ").map(baseOf));

export const leavesWhereStays = (x: string, y: string): boolean => (STAY.has(x) && GO.has(y)) || (GO.has(x) && STAY.has(y));

export const hasBase = (statement: Statement, base: string): boolean => statement.matter.some((word) => word.base === base);

/** Shared matter words that are no names. */
export function overlap(a: Statement, b: Statement, ignored: ReadonlySet<string>): number {
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
export function sameParties(a: Statement, b: Statement): boolean {
  if (rivalNames(a, b)) return false;
  if (sharedNames(a, b) > 0) return true;
  const few = Math.min(a.matter.length, b.matter.length);
  return few > 0 && overlap(a, b, new Set()) / few >= 0.6;
}

const isAdverb = ({ text }: Pick<Statement, "text">, word: MatterWord): boolean =>
  text.slice(word.start, word.end).endsWith("ly");

/** The same noun with another word in front: wheat harvest, barley harvest. */
export function rivalModifiers(a: Statement, b: Statement): boolean {
  return a.matter.some((noun, at) => {
    const left = a.matter[at - 1];
    if (noun.named || left === undefined || !adjacent(a.text, left, noun)) return false;
    return b.matter.some((other, place) => {
      const right = b.matter[place - 1];
      return (
        other.base === noun.base &&
        right !== undefined &&
        adjacent(b.text, right, other) &&
        !isAdverb(a, left) &&
        !isAdverb(b, right) &&
        right.base !== left.base &&
        !hasBase(b, left.base) &&
        !hasBase(a, right.base) &&
        !areOpposite(left.base, right.base) &&
        !(STAY.has(left.base) || STAY.has(right.base) || GO.has(left.base) || GO.has(right.base))
      );
    });
  });
}

/** The same name in front of different things at the place of the matter: at the Tolm brewery, at the Tolm dairy. */
export function rivalPlaces(a: Statement, b: Statement, x: MatterWord, y: MatterWord): boolean {
  const placed = (statement: Statement): { name: string; thing: MatterWord }[] =>
    statement.matter.flatMap((thing, at) => {
      const name = statement.matter[at - 1];
      if (
        name === undefined ||
        thing.named ||
        thing === x ||
        thing === y ||
        !name.named ||
        !adjacent(statement.text, name, thing)
      )
        return [];
      return /\b(?:at|in|near|of|from) (?:the |its |their )?(?:\p{Lu}\S* )*$/u.test(statement.text.slice(0, name.start))
        ? [{ name: name.base, thing }]
        : [];
    });
  const others = placed(b);
  return placed(a).some(({ name, thing }) =>
    others.some(
      (other) =>
        other.name === name &&
        !areSynonyms(thing.base, other.thing.base) &&
        !hasBase(b, thing.base) &&
        !hasBase(a, other.thing.base),
    ),
  );
}

/** Who does it: the noun in front of the verb and of what hangs on that noun ("workers" in "workers at the mill"). Null where none is found. */
function subjectOf({ text, matter }: Statement, verb: MatterWord): MatterWord | null {
  const clause = text.slice(0, verb.start).split(/[,;:“”"]|\b(?:and|but|while|as|after|because|that|when|which|who)\b/);
  const from = verb.start - (clause.at(-1) ?? "").length;
  const nouns = matter.filter((word) => word.start >= from && word.end <= verb.start && !word.named && !isAdverb({ text }, word));
  const [first] = nouns;
  if (first === undefined || /\b(?:in|on|at|of|from|for|with|by)\b/.test(text.slice(from, first.start))) return null;
  const joined = nouns.findIndex(
    (word, at) => at > 0 && /\b(?:in|on|at|of|from|for|with|by|near)\b/.test(text.slice(nouns[at - 1]?.end, word.start)),
  );
  return (joined === -1 ? nouns.at(-1) : nouns[joined - 1]) ?? null;
}

const isPassive = ({ text }: Statement, verb: MatterWord): boolean =>
  /\b(?:is|are|was|were|be|been|being)(?: (?:not|also|\p{L}+ly))?\s+$/u.test(text.slice(0, verb.start));

/** Inflation fell, wages grew: the same kind of sentence about two that neither has in common. */
export function rivalSubjects(a: Statement, b: Statement, x: MatterWord, y: MatterWord): boolean {
  if (isPassive(a, x) !== isPassive(b, y)) return false;
  const [left, right] = [subjectOf(a, x), subjectOf(b, y)];
  if (left !== null && isAnyone(a, left) && left.base !== right?.base) return !hasLoneName(b, y);
  if (right !== null && isAnyone(b, right) && left?.base !== right.base) return !hasLoneName(a, x);
  if (left === null || right === null || left.base === right.base || areSynonyms(left.base, right.base)) return false;
  return !hasBase(b, left.base) && !hasBase(a, right.base);
}

/** "No country has …" speaks of every country. */
const isAnyone = ({ text }: Statement, subject: MatterWord): boolean =>
  /\b(?:no|none of the)\s+(?:other |single )?$/i.test(text.slice(0, subject.start)) &&
  /^(?:countr|state|nation|government|party|side|group|compan|person|people|member|one)/i.test(
    text.slice(subject.start, subject.end),
  );

/** "Melde recognised": one word, as countries and companies are called; people have two. */
const hasLoneName = ({ text }: Statement, verb: MatterWord): boolean =>
  /(?:^|[,;:]\s|\b(?:and|but|that|while)\s)\p{Lu}[\p{L}-]+(?: has| have| had)?\s+$/u.test(text.slice(0, verb.start));

/** What follows the two verbs directly differs altogether: raised its interest rate, cut its growth forecast. */
export function rivalObjects(a: Statement, b: Statement, x: MatterWord, y: MatterWord): boolean {
  const objects = ({ text, matter }: Statement, verb: MatterWord): MatterWord[] => {
    const reach =
      text
        .slice(verb.end)
        .split(/[.,;:“”"]|\b(?:in|on|at|by|after|over|since|during|for|from|with|because|when|as|to|near)\b/, 1)[0] ?? "";
    return matter.filter((word) => word.start > verb.end && word.end <= verb.end + reach.length);
  };
  const [left, right] = [objects(a, x), objects(b, y)];
  if (left.length === 0 || right.length === 0) return false;
  const same = (one: MatterWord, other: MatterWord): boolean => one.base === other.base || areSynonyms(one.base, other.base);
  if (!left.some((word) => right.some((other) => same(word, other)))) return true;
  // the reform of pay, the reform of shifts
  const [last, end] = [left.at(-1), right.at(-1)];
  return (
    last !== undefined &&
    end !== undefined &&
    left.length > 1 &&
    right.length > 1 &&
    !same(last, end) &&
    !hasBase(b, last.base) &&
    !hasBase(a, end.base)
  );
}

/** "on Monday", "on Thursday": two days of one week. */
export function rivalWeekdays(a: Statement, b: Statement): boolean {
  const days = ({ text }: Statement): string[] => text.match(/\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/g) ?? [];
  const [left, right] = [days(a), days(b)];
  return left.length > 0 && right.length > 0 && !left.some((day) => right.includes(day));
}

const PERIOD =
  /\b(?:(?:in|over|during|within|for) the (?:past|last|first|second|third|next)\b[^,.;]{0,24}|since \S+|this (?:year|month|week|season)|last (?:year|month|week|season)|in (?:early |late )?(?:spring|summer|autumn|winter|January|February|March|April|May|June|July|August|September|October|November|December))\b/i;
/** A part of what is counted: "in the textile trade", "among women". */
const PART = /\b(?:in|among|of|for|at) (?:the )?(?!past\b|last\b|first\b|total\b|all\b)\p{Ll}[\p{L}-]+(?: \p{Ll}[\p{L}-]+)?/gu;

/** Figures of different periods, or of the whole and of a part of it. `share`: both are shares or rates of change. */
export function rivalScopes(a: Statement, b: Statement, share: boolean): boolean {
  const [p, q] = [PERIOD.exec(a.text)?.[0].toLowerCase(), PERIOD.exec(b.text)?.[0].toLowerCase()];
  if (p !== undefined && q !== undefined && p !== q && !p.includes(q) && !q.includes(p)) return true;
  if (!share) return false;
  const foreign = (one: Statement, other: Statement): boolean =>
    one.quantities.some((quantity) => {
      const after = one.text.slice(quantity.end, quantity.end + 50).split(/[,.;]/, 1)[0] ?? "";
      return [...after.matchAll(PART)].some((match) => {
        const words = one.matter.filter(
          ({ start }) => start >= quantity.end + match.index && start < quantity.end + match.index + match[0].length,
        );
        return words.length > 0 && !PERIOD.test(match[0]) && words.every(({ base }) => !hasBase(other, base));
      });
    });
  return foreign(a, b) || foreign(b, a);
}

/** One says what was or is, the other what is to come. */
export function rivalTenses(a: Statement, b: Statement, x: MatterWord, y: MatterWord): boolean {
  const ahead = ({ text }: Statement, verb: MatterWord): boolean =>
    /\b(?:will|would|shall|is to|are to|was to|were to|going to|plans? to|due to|set to|expected to|to be)(?: \p{L}+)?\s+$/u.test(
      text.slice(0, verb.start),
    );
  return ahead(a, x) !== ahead(b, y);
}

const adjacent = (text: string, left: MatterWord, right: MatterWord): boolean =>
  /^[\s'’s-]*$/.test(text.slice(left.end, right.start));

/** No dates that set them apart: a date that lies far before its own publication belongs to another event unless both give it. */
export function sameTime(a: Statement, b: Statement): boolean {
  const [left, right] = [a.dates, b.dates];
  if (left.length > 0 && right.length > 0) return left.some((x) => right.some((y) => meets(x, y)));
  return [...left.map((date) => ({ date, of: a })), ...right.map((date) => ({ date, of: b }))].every(
    ({ date, of }) => of.published === null || date.value.slice(0, 4) === of.published.slice(0, 4),
  );
}

const meets = (x: StatedDate, y: StatedDate): boolean => x.value.startsWith(y.value) || y.value.startsWith(x.value);

export function daysApart(a: Statement, b: Statement): number {
  if (a.published === null || b.published === null) return 0;
  return Math.abs(Date.parse(a.published.slice(0, 10)) - Date.parse(b.published.slice(0, 10))) / DAY_MS;
}
