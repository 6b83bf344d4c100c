// The clauses of a sentence as far as a comparison needs them: verbs with their subjects, objects and reach, from parts of speech and rules.
// It is no parser: where a rule does not fit, a subject or object stays empty, and comparisons that need it are silent.
import { IRREGULAR } from "../../text/irregular-forms.ts";
import { MODALS } from "../../text/unreal-words.ts";
import { BE, gridOf, HELPING, takesClause } from "./grid.ts";
import { type Chunk, chunksOf, type Grid } from "./phrases.ts";
import type { ReadSentence } from "./reading.ts";

export interface Predicate {
  /** Index of the main verb, and the verb group from..to (exclusive) with its auxiliaries and "to". */
  at: number;
  from: number;
  to: number;
  form: "finite" | "infinitive" | "gerund" | "participle";
  passive: boolean;
  /** Heads of its subject and of its direct object or, for a passive, of who did it. Empty where unknown. */
  subject: number[];
  object: number[];
  agent: number[];
  /** Where its subject or the word that joins it begins, and where its reach ends. */
  start: number;
  end: number;
  /** Index of the predicate whose subject it shares ("rose and fell"), or -1. */
  shares: number;
  /** It says something of the noun before it: "who won". */
  relative: boolean;
}

export interface Grammar extends Grid {
  predicates: Predicate[];
}

const known = new WeakMap<ReadSentence, Grammar>();

export function grammarOf(sentence: ReadSentence): Grammar {
  const before = known.get(sentence);
  if (before !== undefined) return before;
  const grid = gridOf(sentence);
  const grammar = { ...grid, predicates: predicatesOf(grid) };
  known.set(sentence, grammar);
  return grammar;
}

const RELATIVE = new Set(["who", "which", "that"]);

/** Runs of auxiliaries up to and with the first main verb. */
function groupsOf({ words, tags, marks }: Grid): { from: number; at: number; to: number }[] {
  const groups: { from: number; at: number; to: number }[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const to = tags[from] === "PART" && words[from]?.folded === "to";
    if (tags[from] !== "VERB" && tags[from] !== "AUX" && !to) continue;
    let [at, next] = [from, from];
    while (next < words.length && (next === from || /^[\s'’-]*$/.test(marks[next] ?? ""))) {
      const tag = tags[next];
      if (tag === "VERB" || tag === "AUX") {
        at = next;
        if (tag === "VERB") break;
      } else if (tag !== "ADV" && !(tag === "PART" && (next === from || words[next]?.folded === "not"))) break;
      next += 1;
    }
    if (to && at === from) continue;
    groups.push({ from, at, to: at + 1 });
    from = at;
  }
  return groups;
}

function predicatesOf(grid: Grid): Predicate[] {
  const { words, tags } = grid;
  const groups = groupsOf(grid);
  const predicates: Predicate[] = [];
  for (const { from, at, to } of groups) {
    const helpers = words.slice(from, at).map((word) => word.folded);
    const infinitive = helpers[0] === "to";
    const aided = helpers.some((word) => HELPING.has(word) || MODALS.has(word));
    const raw = words[at]?.raw ?? "";
    const be = helpers.some((word) => BE.has(word)) && tags[at] === "VERB";
    const predicate: Predicate = {
      at,
      from,
      to,
      form: infinitive ? "infinitive" : /ing$/i.test(raw) && !aided ? "gerund" : "finite",
      passive: be && !/ing$/i.test(raw),
      subject: [],
      object: [],
      agent: [],
      start: from,
      end: words.length,
      shares: -1,
      relative: false,
    };
    if (predicate.form === "finite") findSubject(predicate, predicates, grid, aided);
    else if (from === 0 && predicate.form === "gerund") predicate.subject = leading(grid, to);
    const last = predicates.at(-1);
    if (last !== undefined) last.end = predicate.start;
    predicates.push(predicate);
  }
  for (const predicate of predicates) findObjects(predicate, grid);
  return predicates;
}

/** Nouns that only measure what follows: "the number of burglaries". */
const MEASURING =
  /^(?:number|rate|price|level|share|amount|total|majority|value|volume|cost|percentage|proportion|dozens|scores|hundreds|thousands|millions|most|some|many|part|half|third|all)$/;

/** Heads of the phrases that stand without a preposition, and what they measure. */
function heads(chunks: readonly Chunk[], { words }: Grid): number[] {
  return chunks.flatMap((chunk, index) => {
    if (chunk.preposition !== null) return [];
    const next = chunks[index + 1];
    return next?.preposition === "of" && MEASURING.test(words[chunk.head]?.folded ?? "") ? [chunk.head, next.head] : [chunk.head];
  });
}

/** The phrase before "who", and those that it hangs on: "the captain of the team that …". */
function antecedent(chunks: readonly Chunk[]): number[] {
  const found: number[] = [];
  for (let at = chunks.length - 1; at >= 0; at -= 1) {
    const chunk = chunks[at];
    const next = chunks[at + 1];
    if (chunk === undefined || (next !== undefined && (next.preposition === null || next.from - chunk.to > 1))) break;
    found.push(chunk.head);
  }
  return found;
}

/** After a leading participle the subject is what stands first behind the comma. */
function leading(grid: Grid, from: number): number[] {
  const comma = grid.marks.findIndex((mark, at) => at > from && mark.includes(","));
  const first = comma === -1 ? undefined : chunksOf(grid, comma, grid.words.length).find((chunk) => !chunk.dated);
  return first !== undefined && first.preposition === null && first.from - comma < 2 ? [first.head] : [];
}

function findSubject(predicate: Predicate, before: readonly Predicate[], grid: Grid, aided: boolean): void {
  const { words, tags, marks } = grid;
  const { from, at } = predicate;
  const previous = before.at(-1);
  let left = (marks[from] ?? "").includes(")")
    ? marks.findLastIndex((mark, place) => place < from && mark.includes("(")) - 1
    : from - 1;
  const bareParticiple = !aided && /(?:ed|[^aeiou]en|wn|ught)$/.test(words[at]?.raw ?? "");
  const comma = (marks[from] ?? "").includes(",");
  if (left < 0) {
    predicate.subject = leading(grid, predicate.to);
    if (bareParticiple) [predicate.form, predicate.passive] = ["participle", true];
    return;
  }
  while (
    tags[left] === "ADV" &&
    left > 0 &&
    !/[,;:]/.test(marks[left] ?? "") &&
    !/^(?:when|where|why|how)$/.test(words[left]?.folded ?? "")
  )
    left -= 1;
  const word = words[left]?.folded ?? "";
  if (RELATIVE.has(word) && tags[left - 1] !== "VERB" && (word !== "that" || tags[left - 1] !== "AUX")) {
    predicate.start = left;
    predicate.relative = true;
    predicate.subject = antecedent(chunksOf(grid, 0, left));
    return;
  }
  if (tags[left] === "CCONJ") {
    share(predicate, before, left, bareParticiple, grid);
    return;
  }
  if (comma && left === from - 1) {
    const opening = lastComma(marks, left);
    const inner = before.filter((other) => other.from >= opening && other.start >= opening - 1);
    if (opening > 0 && (inner.every((other) => other.relative || other.form !== "finite") || previous === undefined)) {
      predicate.start = from;
      predicate.subject = heads(
        [
          ...nominal(grid, leftEnd(grid, opening - 1), opening),
          ...(inner.length === 0 ? nominal(grid, opening, from).slice(0, 1) : []),
        ],
        grid,
      );
      return;
    }
    if (previous !== undefined) share(predicate, before, from, bareParticiple, grid);
    else {
      predicate.subject = heads(nominal(grid, leftEnd(grid, left), left + 1), grid);
      if (bareParticiple) [predicate.form, predicate.passive] = ["participle", true];
    }
    return;
  }
  let begin = leftEnd(grid, left);
  // "people who fled the fighting returned": what stands right behind "fled" belongs to it
  if (previous?.relative === true && previous.to === begin && !takesClause(words[previous.at]?.base ?? "")) {
    predicate.start = from;
    predicate.subject = previous.subject;
    return;
  }
  // "A and B signed": both, unless a verb stands before the "and"
  while (begin > 1 && tags[begin - 1] === "CCONJ" && before.length === 0) begin = leftEnd(grid, begin - 2);
  predicate.start = begin;
  const chunks = nominal(grid, begin, left + 1);
  // "said the dam burst": what stands right behind a verb may hold its object as well
  const own = chunks.findLastIndex((chunk) => chunk.preposition === null);
  const told = previous !== undefined && own > 0 && tags.slice(previous.to, begin).every((tag) => tag === "ADV");
  predicate.subject = heads(told ? chunks.slice(own) : chunks, grid);
}

/** The subject of the verb before, and its passive where this one has no object and no auxiliary of its own. */
function share(predicate: Predicate, before: readonly Predicate[], start: number, bare: boolean, grid: Grid): void {
  predicate.start = start;
  const same = (other: Predicate): boolean => other.form === "finite" || other.form === "participle";
  const [last] = before.slice(-1);
  const plain = last?.form === "infinitive" && isBareForm(grid, predicate.at);
  const near = last?.relative === true && !grid.marks.slice(last.to, predicate.to).some((mark) => mark.includes(","));
  const index = plain || near ? before.length - 1 : before.findLastIndex((other) => same(other) && !other.relative);
  const other = before[index] ?? before.findLast(same);
  if (other === undefined) return;
  predicate.shares = before.indexOf(other);
  predicate.subject = other.subject;
  predicate.relative = other.relative;
  if (plain) predicate.form = "infinitive";
  else if (other.passive && bare && chunksOf(grid, predicate.to, predicate.to + 3)[0]?.preposition !== null) {
    predicate.passive = true;
    predicate.form = other.form;
  }
}

/** No ending and no irregular past: what stands after "to" or a modal. */
export function isBareForm({ words }: Grid, at: number): boolean {
  const folded = words[at]?.folded ?? "";
  return !/(?:ed|ing|[^s]s)$/.test(folded) && !IRREGULAR.has(folded);
}

const lastComma = (marks: readonly string[], until: number): number => {
  for (let at = until; at > 0; at -= 1) if ((marks[at] ?? "").includes(",")) return at;
  return -1;
};

/** Where the noun phrase that ends at `at` begins, with its prepositional phrases. */
function leftEnd({ words, tags, marks }: Grid, at: number): number {
  let begin = at + 1;
  while (begin > 0) {
    const tag = tags[begin - 1];
    const fits =
      tag === "NOUN" || tag === "PROPN" || tag === "ADJ" || tag === "DET" || tag === "NUM" || tag === "ADP" || tag === "PRON";
    if (
      !fits ||
      /^(?:who|which|that|what|whom|whose|unless|whether|if|because|as|than|while|although|though|when|after|before)$/.test(
        words[begin - 1]?.folded ?? "",
      )
    )
      break;
    if (begin <= at && /[,;:()"“”–—]/.test(marks[begin] ?? "")) break;
    begin -= 1;
  }
  return begin;
}

/** The phrases of a stretch; a date is no subject. */
const nominal = (grid: Grid, from: number, to: number): Chunk[] => chunksOf(grid, from, to).filter((chunk) => !chunk.dated);

function findObjects(predicate: Predicate, grid: Grid): void {
  for (const chunk of chunksOf(grid, predicate.to, predicate.end)) {
    if (chunk.dated) continue;
    if (chunk.preposition === null && (predicate.object.length === 0 ? chunk.from - predicate.to < 2 : true))
      predicate.object.push(chunk.head);
    else if (chunk.preposition === "by" && predicate.passive) predicate.agent.push(chunk.head);
  }
}
