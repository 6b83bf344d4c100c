// Places in a statement that one name or thing fills: who won, wrote, designed or led it, what caused it, where it was held, how a match
// ended. Two statements that fill the same place of the same thing otherwise cannot both be right. Reads words only; a list shares its names.
import { sameName } from "../text/same-name.ts";
import { areSynonyms } from "../text/synonyms.ts";
import { baseOf } from "../text/words.ts";
import type { MatterWord, Statement } from "./statement.ts";

interface Role {
  role: string;
  /** What fills it, as written. */
  filler: string;
  fillers: string[];
  /** Base forms of what it is a role of; its head first. */
  of: MatterWord[];
}

/** Role by verb, with the noun for who fills it. */
const ROLES: readonly (readonly [role: string, verb: string, noun: string])[] = [
  ["winner", "won|wins", "winner"],
  ["designer", "designed", "architect|designer"],
  ["author", "wrote|written", "author|writer"],
  ["painter", "painted", "painter"],
  ["composer", "composed", "composer"],
  ["director", "directed", "director"],
  ["founder", "founded", "founder"],
  ["inventor", "invented", "inventor"],
  ["discoverer", "discovered", "discoverer"],
  ["successor", "succeeds|succeed|replaces|replace", "successor"],
  ["leader", "leads|is leading|is ahead in", "leader|frontrunner"],
  ["owner", "owns|owned|bought", "owner|buyer"],
  ["cause", "caused|triggered|sparked", "cause|trigger"],
  ["sinker", "sank|sunk", ""],
];
/** Filled by things as by names. */
const THINGS = new Set(["cause", "sinker"]);
const BE = "(?:is|are|was|were|has been|have been|had been|will be)";
const PHRASE = '[^,.;:“”"()]{2,70}?';
/** Where something is held or someone was born: one place at a time. */
const PLACED =
  /\b(born|took place|takes? place|held|headquartered|buried)(?: on [^,.;]{2,20}?)? (?:in|at) ((?:\p{Lu}[\p{L}'’-]*)(?: \p{Lu}[\p{L}'’-]*)*)/u;
const SCORE = /\b(\d{1,2})\s?[-–:]\s?(\d{1,2})\b/;
const TEAM = "((?:\\p{Lu}[\\p{L}.'’-]*)(?: \\p{Lu}[\\p{L}.'’-]*){0,3})";
const BEATS = new RegExp(`${TEAM} (?:beat|beats|defeated|overcame|thrashed|edged|won (?:[\\d–:-]+ )?against) ${TEAM}`, "u");
const LOSES = new RegExp(`${TEAM} (?:lost|were beaten|was beaten|fell)(?: [\\d–:-]+)? (?:to|against|by) ${TEAM}`, "u");
const DRAWS = new RegExp(`${TEAM} (?:drew(?: [\\d–:-]+)? (?:with|against)|and) ${TEAM}(?: drew)?`, "u");
/** "the second leg", "in the cup final", "in April": which of several. */
const WHICH =
  /\b(?:first|second|third|fourth|final|semi-?finals?|quarter-?finals?|league|cup|friendly|youth|women|January|February|March|April|May|June|July|August|September|October|November|December|\d+ metres)\b/giu;

/** What the two fill otherwise, as each writes it; null where nothing. `known`: names around each, for a place within another. */
export function rivalRoles(
  a: Statement,
  b: Statement,
  known: { a: readonly string[]; b: readonly string[] },
): [string, string] | null {
  if (rivalRounds(a, b)) return null;
  const match = rivalResults(a, b);
  if (match !== null) return match;
  for (const x of rolesOf(a)) {
    for (const y of rolesOf(b)) {
      if (x.role !== y.role || !sameThing(a, x, b, y)) continue;
      if (x.fillers.some((one) => y.fillers.some((other) => alike(x.role, one, other)))) continue;
      if (x.role.startsWith("place") && (within(x.filler, known.b) || within(y.filler, known.a))) continue;
      return [x.filler, y.filler];
    }
  }
  return null;
}

const whichOf = ({ text }: Statement): string[] => (text.match(WHICH) ?? []).map((word) => word.toLowerCase());

const within = (name: string, names: readonly string[]): boolean => names.some((other) => sameName(name, other));

const alike = (role: string, x: string, y: string): boolean => (THINGS.has(role) ? x === y || areSynonyms(x, y) : sameName(x, y));

/** One match told twice alike, whoever is named first. */
export function sameResult(a: Statement, b: Statement): boolean {
  const [x, y] = [resultOf(a.text), resultOf(b.text)];
  if (x === null || y === null || rivalResults(a, b) !== null) return false;
  return sameName(x.first, y.first) && sameName(x.second, y.second);
}

/** Two legs, two rounds, two months: the same kind of event at another time. */
function rivalRounds(a: Statement, b: Statement): boolean {
  const [m, n] = [whichOf(a), whichOf(b)];
  return m.length > 0 && n.length > 0 && !m.some((word) => n.includes(word));
}

function rivalResults(a: Statement, b: Statement): [string, string] | null {
  const [x, y] = [resultOf(a.text), resultOf(b.text)];
  if (x === null || y === null) return null;
  const same = sameName(x.first, y.first) && sameName(x.second, y.second);
  const turned = sameName(x.first, y.second) && sameName(x.second, y.first);
  if (!same && !turned) return null;
  if (x.drawn !== y.drawn || (!x.drawn && turned)) return [x.written, y.written];
  return x.score === null || y.score === null || x.score === y.score ? null : [x.written, y.written];
}

/** Who beat whom: `score` with the higher number first, whoever is named first. */
function resultOf(text: string): { first: string; second: string; drawn: boolean; score: string | null; written: string } | null {
  const points = SCORE.exec(text);
  const numbers = points === null ? null : [Number(points[1]), Number(points[2])].toSorted((x, y) => y - x).join("-");
  const [wins, loses, draws] = [BEATS.exec(text), LOSES.exec(text), /\bdrew\b/.test(text) ? DRAWS.exec(text) : null];
  const hit = wins ?? loses ?? draws;
  if (hit === null) return null;
  const [first = "", second = ""] = wins === null && loses !== null ? [hit[2], hit[1]] : [hit[1], hit[2]];
  const end = points === null ? hit.index + hit[0].length : Math.max(hit.index + hit[0].length, points.index + points[0].length);
  return { first, second, drawn: hit === draws, score: numbers, written: text.slice(hit.index, end) };
}

function rolesOf(statement: Statement): Role[] {
  const { text } = statement;
  if (statement.unreal || /\b(?:also|helped|partly|not|never|no)\b/i.test(text)) return [];
  const found: Role[] = [];
  const add = (role: string, fill: readonly [number, number], of: readonly [number, number]): void => {
    const written = text.slice(...fill).trim();
    const things = THINGS.has(role);
    const names = statement.names.filter(({ start, end }) => start >= fill[0] && end <= fill[1] + 1).map((name) => name.text);
    const words = wordsWithin(statement, fill).map(({ base }) => base);
    const thing = wordsWithin(statement, of);
    // "a medal", "two seats": there are others
    if (thing.length === 0 || /^(?:an?|some|two|three|four|several|many|one)\b/i.test(text.slice(...of).trim())) return;
    const capital = /(?<=\s)\p{Lu}/u.test(written) ? [written.replace(/^the /i, "")] : [];
    const fillers = things ? words : names.length > 0 ? names : capital;
    if (fillers.length > 0) found.push({ role, filler: written, fillers, of: thing });
  };
  for (const [role, verb, noun] of ROLES) {
    const passive = new RegExp(
      `^(.*?)\\b${BE} (?:${verb}) by (${PHRASE})(?=[,.;]|$| (?:on|in|at|with|after|as|and was)\\b)`,
      "iu",
    ).exec(text);
    if (passive !== null) {
      const by = passive[0].length - (passive[2] ?? "").length;
      add(role, [by, passive[0].length], [clauseStart(text, 0, (passive[1] ?? "").length), (passive[1] ?? "").length]);
      continue;
    }
    const nominal =
      noun === ""
        ? null
        : new RegExp(`\\b(?:the|its) (?:${noun}) (?:of|in) (${PHRASE}) ${BE} (${PHRASE})(?=[,.;]|$)`, "iu").exec(text);
    if (nominal !== null) {
      const [whole = "", thing = "", filler = ""] = nominal;
      const end = nominal.index + whole.length;
      const from = nominal.index + whole.indexOf(thing);
      add(role, [end - filler.length, end], [from, from + thing.length]);
      continue;
    }
    const called =
      noun === "" ? null : new RegExp(`^(${PHRASE}) ${BE} the (?:${noun}) of (${PHRASE})(?=[,.;]|$)`, "iu").exec(text);
    if (called !== null) {
      const [whole = "", filler = "", thing = ""] = called;
      add(role, [0, filler.length], [whole.length - thing.length, whole.length]);
      continue;
    }
    const active = new RegExp(`^(${PHRASE}) (?:(?:has|have|had|will) )?(?:${verb}) (${PHRASE})(?=[,.;]|$)`, "iu").exec(text);
    if (active === null || new RegExp(`\\b${BE}$`, "i").test(active[1] ?? "")) continue;
    const [whole = "", filler = "", thing = ""] = active;
    add(role, [0, filler.length], [whole.length - thing.length, whole.length]);
  }
  const placed = PLACED.exec(text);
  if (placed !== null) {
    const [whole, verb = "", place = ""] = placed;
    const at = placed.index + whole.length - place.length;
    const thing = wordsWithin(statement, [clauseStart(text, 0, placed.index), placed.index]);
    const past = /\b(?:will|would|is to|are to|to be)\b/.test(text.slice(0, placed.index)) ? "ahead" : "";
    const role = `place ${/born|buried/.test(verb) ? verb : "held"} ${past}`;
    if (thing.length > 0) found.push({ role, filler: text.slice(at, at + place.length), fillers: [place], of: thing });
  }
  return found;
}

/** After the last mark before `to`. */
function clauseStart(text: string, from: number, to: number): number {
  const mark = /^.*[,;:]\s/s.exec(text.slice(from, to));
  return from + (mark?.[0].length ?? 0);
}

const wordsWithin = ({ matter }: Statement, [from, to]: readonly [number, number]): MatterWord[] =>
  matter.filter(({ start, end }) => start >= from && end <= to);

/** All the words of the shorter in the longer, names and head included. */
function sameThing(a: Statement, x: Role, b: Statement, y: Role): boolean {
  const has = (words: readonly MatterWord[], base: string): boolean =>
    words.some((word) => word.base === base || areSynonyms(word.base, base));
  const missing = (from: Role, to: Role, all: Statement): MatterWord[] =>
    from.of.filter(({ base }) => !has(to.of, base) && !has(all.matter, base));
  const [left, right] = [missing(x, y, b), missing(y, x, a)];
  if (left.length > 0 && right.length > 0) return false;
  const head = ({ text }: Statement, { of }: Role): MatterWord | undefined => {
    const end = of.findIndex((word, at) => at > 0 && !/^[\s'’-]*$/.test(text.slice(of[at - 1]?.end, word.start)));
    return end === -1 ? of.at(-1) : of[end - 1];
  };
  const [one, other] = [head(a, x), head(b, y)];
  if (one === undefined || other === undefined || !(one.base === other.base || areSynonyms(one.base, other.base))) return false;
  // a name, or two words, must say which
  const shared = x.of.filter(({ base }) => has(y.of, base));
  return shared.some(({ named }) => named) || shared.length > 1;
}

const MANY =
  /^(?:most|nearly all|almost all|all|the (?:vast )?majority of|thousands of|many)(?: of)?(?: the| its| their)? (\p{Ll}+)/iu;
const FEW =
  /^(?:few|very few|only a few|hardly any|almost no|a handful of|a minority of|a small minority of|none of)(?: the| its| their)? (\p{Ll}+)/iu;

/** Most of them did, few of them did: the words for how many. */
export function rivalShares(a: Statement, b: Statement): [string, string] | null {
  for (const [many, few, swapped] of [
    [a, b, false],
    [b, a, true],
  ] as const) {
    const [x, y] = [MANY.exec(many.text), FEW.exec(few.text)];
    if (x?.[1] === undefined || y?.[1] === undefined || baseOf(x[1].toLowerCase()) !== baseOf(y[1].toLowerCase())) continue;
    const shared = many.matter.filter((word) => few.matter.some(({ base }) => base === word.base)).length;
    if (shared < 3) continue;
    return swapped ? [y[0], x[0]] : [x[0], y[0]];
  }
  return null;
}

const DISMISSED = /\b(?:dismissed|sacked|fired|ousted|forced out|removed|expelled)\b/i;
const BY_CHOICE =
  /\b(?:(?:(?:resigned|stepped down|quit|left|departed|retired)\b[^.;]{0,60}?\b)?(?:voluntarily|of (?:his|her|their|its) own (?:free will|accord|volition|choice))|resigned)\b/i;

/** Somebody was made to go, or went by choice. */
export function rivalDepartures(a: Statement, b: Statement): [string, string] | null {
  const person = (one: Statement, at: number): string | undefined => one.names.filter((name) => name.end <= at).at(-1)?.text;
  for (const [made, chose, swapped] of [
    [a, b, false],
    [b, a, true],
  ] as const) {
    const [x, y] = [DISMISSED.exec(made.text), BY_CHOICE.exec(chose.text)];
    if (x === null || y === null || made.matter.some((word) => word.negated) || chose.matter.some((word) => word.negated))
      continue;
    const [one, other] = [person(made, x.index), person(chose, y.index)];
    if (one === undefined || other === undefined || !sameName(one, other)) continue;
    return swapped ? [y[0], x[0]] : [x[0], y[0]];
  }
  return null;
}
