// A question that hangs on the ones before it ("and in 2023?", "what about China?", "what did he say?"), completed so that it stands alone.
// Words only, no model writes: what cannot be filled in is put beside the earlier question instead of guessed.
import type { Turn } from "../results.ts";
import { attributionsOf } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import type { Name } from "../text/names.ts";
import { findPeriods } from "../text/periods.ts";
import { parseSpeaker } from "../text/speaker-phrase.ts";
import { contentWords, isStopWord } from "../text/words.ts";

/** What only the index and its model can tell. */
export interface Knowing {
  /** Which of the names is nearest in meaning to the first text; the index, or -1 where it cannot be told. */
  nearest: (text: string, among: readonly string[]) => Promise<number>;
  /** Whether the texts know somebody of this name, whole or the family name alone. */
  isPerson: (name: string) => Promise<boolean>;
}

/** How an answer tells that its question was read otherwise than it was typed. */
export const READ_AS = "Read as: ";

const LEAD =
  /^(?:(?:and|but|or|so|then|ok(?:ay)?)[\s,]+)*(?:(?:what|how)\s+about|what\s+of|same\s+(?:question\s+)?for|also|and)?\s*/i;
const HANGS = /^(?:and|but|or|so|then|also|what\s+about|how\s+about|what\s+of|same\s+(?:question\s+)?for)\b/i;
const PERSON = /\b(?:he|him|his|she|her|hers|himself|herself)\b/i;
const THEM = /\b(?:they|them|their|theirs|themselves)\b/i;
const THING = /\b(?:it|its|this|that|these|those|there|the\s+(?:latter|former|same))\b/i;
const ASKING =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i;

/** The question as it stands alone. Equal to the question where it already does, or where nothing came before. */
export async function completed(question: string, history: readonly Turn[], now: Date, knowing: Knowing): Promise<string> {
  let before: Turn | null = null;
  for (const turn of history.slice(-10))
    before = { ...turn, question: readingOf(turn) ?? (await complete(turn.question.trim(), before, now, knowing)) };
  return complete(question, before, now, knowing);
}

/** How the question of an earlier turn was read, where its answer says so. */
export function readingOf({ given }: Turn): string | null {
  return given?.warnings.find((warning) => warning.startsWith(READ_AS))?.slice(READ_AS.length) ?? null;
}

/** "What about trade?": the matter that takes the place of the one before; null where the question says more than that, or only a time. */
export function otherMatter(question: string): string | null {
  const match = /^(?:(?:and|but|or|so|then|ok(?:ay)?)[\s,]+)*(?:(?:what|how)\s+about|what\s+of|and)\s+(?:the\s+)?(.+?)\W*$/i.exec(
    question,
  );
  const other = match?.[1] ?? "";
  const words = contentWords(other);
  return words.length === 0 || words.length > 4 || ASKING.test(other) || THING.test(other) || /\d/.test(other) ? null : other;
}

/**
 * The word of the question that stands for nothing in it or before it, or null. Somebody who is not named cannot be guessed; a thing may be
 * told by the other words of the question.
 */
export function danglingWord(question: string, history: readonly Turn[]): string | null {
  const pronoun = PERSON.exec(question);
  const before = history.at(-1);
  if (pronoun !== null) {
    const front = question.slice(0, pronoun.index);
    if (contentWords(front).length > 0 || findNames(question).length > 0) return null;
    return history.some((turn) => personOf(turn) !== undefined) ? null : pronoun[0];
  }
  if (before !== undefined) return null;
  const rest = question.replace(LEAD, "").replace(/[?.!\s]+$/u, "");
  const matter = contentWords(question).filter(({ folded }) => !/^(?:tell|say|explain|know)$/.test(folded));
  if (findNames(question).some((name) => name.certain) || /\d/.test(question))
    return HANGS.test(question) && matter.length <= 1 && /^in\b/i.test(rest) ? question.replace(/[?.!\s]+$/u, "") : null;
  if (matter.length === 0 && ASKING.test(rest) && !/\byou\b/i.test(rest)) return question.replace(/[?.!\s]+$/u, "");
  const thing = /\b(?:it|its|they|them|their|(?:this|that|these|those)(?!\s+\p{L}{3,}))\b/iu.exec(question);
  return thing !== null && matter.length <= 1 && contentWords(question.slice(0, thing.index)).length === 0 ? thing[0] : null;
}

async function complete(question: string, before: Turn | null, now: Date, knowing: Knowing): Promise<string> {
  if (before === null || question.length > 500) return question;
  const hangs = HANGS.test(question);
  const rest = question.replace(LEAD, "").replace(/[?.!\s]+$/u, "");
  if (hangs && !ASKING.test(rest)) return replaced(rest, before.question, question, now, knowing);
  const names = findNames(question).filter((name) => name.certain);
  const matter = contentWords(question);
  if (PERSON.test(question) || THEM.test(question) || (THING.test(question) && names.length === 0))
    return filledIn(question, before, knowing);
  // "Why?", "When was that?", "Who said so?"
  if (matter.length <= 1 && names.length === 0) return `${stripped(question)} ${before.question}`;
  return question;
}

/** "what about China (What happened at the talks)" */
const BESIDE = /^(?:and\s+)?(?:(?:what|how)\s+about|what\s+of|and)\s+([^()]{2,60})\s+\([^()]+\)$/i;

/** "and in 2023", "China": the earlier question with that part of it exchanged. */
async function replaced(
  rest: string,
  earlier: string,
  question: string,
  now: Date,
  { nearest, isPerson: known }: Knowing,
): Promise<string> {
  const [period] = findPeriods(rest, now);
  if (period !== undefined && contentWords(rest.replace(period.text, " ")).length === 0) {
    const [old] = findPeriods(earlier, now);
    // of a matter that was put beside another question, the matter
    const beside = BESIDE.exec(earlier)?.[1];
    if (beside !== undefined) return `What is known about ${beside} ${period.text}?`;
    return old === undefined ? `${stripped(earlier)} ${period.text}?` : exchange(earlier, old.start, old.end, period.text);
  }
  // "What did Holt say about fish?", "and Lund?": somebody takes the place of somebody
  if (/^\p{L}[\p{L}.'’-]+(?:\s\p{L}[\p{L}.'’-]+){0,2}$/u.test(rest) && (await known(rest))) {
    for (const old of findNames(earlier)) {
      if (await known(old.text)) return exchange(earlier, old.start, old.end, rest);
    }
  }
  // "What does Holt say about tariffs?", "and about fish?": what follows the last "about"
  const matter = rest.replace(/^(?:about|on|regarding)\s+/i, "");
  const about = /^(.*\b(?:about|regarding|concerning)\s+)(?=\S)[^?]{1,80}$/i.exec(stripped(earlier))?.[1];
  if (about !== undefined && contentWords(matter).length <= 4 && countryOf(matter) === null && !isPerson(matter))
    return `${about}${matter}?`;
  const [name] = findNames(`of ${rest}`);
  if (name !== undefined && contentWords(rest).length <= name.words.length + 1) {
    // a country takes the place of a country, and of nothing else
    const land = countryOf(name.text) !== null;
    const olds = findNames(earlier).filter((old) => (countryOf(old.text) !== null) === land);
    const at =
      olds.length < 2
        ? 0
        : await nearest(
            name.text,
            olds.map((old) => old.text),
          );
    const old = olds[at];
    if (old !== undefined) return exchange(earlier, old.start, old.end, name.text);
  }
  return `${stripped(question)} (${stripped(earlier)})`;
}

const ASKED = /^(?:(?:and|but|so)\s+)?how\s+(?:many|much|often|long|far|old)\s+(?=\S)/i;

/** The pronoun gives way to the name it most likely stands for; without one the earlier question is put beside it. */
async function filledIn(question: string, before: Turn, { isPerson: known }: Knowing): Promise<string> {
  const person = PERSON.exec(question);
  const pronoun = person ?? THEM.exec(question) ?? THING.exec(question);
  const own = findNames(question).map((name) => name.text);
  const name = person === null ? await thingOf(before.question, own, known) : await first(personsOf(before, own), known);
  // without its own "how many", which would be answered once more
  if (pronoun === null || name === undefined) return `${stripped(question)} (${stripped(before.question).replace(ASKED, "")})`;
  const possessive =
    /^(?:his|her|their|its)$/i.test(pronoun[0]) && /^\s+\p{L}/u.test(question.slice(pronoun.index + pronoun[0].length));
  const objective =
    /^her$/i.test(pronoun[0]) && /^\s+(?:say|about|on|in|to|and|do|think|as)\b/i.test(question.slice(pronoun.index + 3));
  const put = possessive && !objective ? `${name}'s` : name;
  return exchange(question, pronoun.index, pronoun.index + pronoun[0].length, put);
}

/** The likeliest of them that the texts know for a person, of those that were asked or told at once; else the likeliest. */
async function first({ likeliest, others }: Persons, known: Knowing["isPerson"]): Promise<string | undefined> {
  for (const name of likeliest) if (await known(name)) return name;
  return likeliest[0] ?? others[0];
}

/** Whom "she" stands for after these turns. */
export function personBefore(history: readonly Turn[]): string | undefined {
  const last = history.at(-1);
  return last === undefined ? undefined : personOf(last);
}

function personOf(turn: Turn): string | undefined {
  const { likeliest, others } = personsOf(turn, []);
  return likeliest[0] ?? others[0];
}

interface Persons {
  /** Named in the question, or in the first sentence of the answer. */
  likeliest: string[];
  others: string[];
}

/** Asked with "who", the answer's first sentence names the one; asked who says something, the one speaks it. */
const WHO = /^(?:(?:and|but|so)\s+)?(?:who|whom|whose|which\s+(?:man|woman|person|minister|official|politician))\b/i;
const WHO_SAYS =
  /^\S+(?:\s+\S+)?\s+(?:says?|said|claims?|claimed|thinks?|thought|argues?|argued|warns?|warned|writes?|wrote|calls?|called)\b/i;

const WHO_IS = /^\S+?(?:'s|’s|\s+(?:is|was))\s+(?:(?!(?:of|at|for|in|behind)\s)\p{Ll}+\s+){0,4}\p{Lu}\S*(?:\s+\p{Lu}\S*)*\W*$/u;

/** Whom a question and its answer are about: somebody named in the question, else who speaks in the answer, else somebody named in it. */
function personsOf({ question, answer, given }: Turn, own: readonly string[]): Persons {
  const named = (text: string): Name[] => findNames(text).filter((name) => !own.includes(name.text) && !name.acronym);
  const cited = (given?.sentences ?? []).flatMap(({ citations }) => citations);
  const voices = cited.flatMap((n) => {
    const source = given?.sources.find((one) => one.n === n);
    return [source?.speaker ?? "", source?.document.author ?? ""].filter((name) => name !== "" && !name.includes(", "));
  });
  const full = (name: string): string => voices.find((voice) => voice.split(" ").at(-1) === name) ?? name;
  const asked = named(question).filter(
    ({ text, words }) =>
      countryOf(text) === null && (words.length > 1 ? isPerson(text) : voices.some((voice) => full(text) === voice)),
  );
  const houses = new Set(given?.sources.map(({ document }) => document.publisher) ?? []);
  const who = WHO.test(question) && !WHO_SAYS.test(question) && !WHO_IS.test(question);
  const matter = new Set(who ? named(question).flatMap(({ words }) => words) : []);
  const told = (given?.sentences.map(({ text }) => text) ?? [answer]).map((text) => {
    const named = findNames(text).filter(
      ({ words, text: name }) =>
        words.length > 1 && countryOf(name) === null && isPerson(name) && !words.some((word) => matter.has(word)),
    );
    const speaking = attributionsOf(text).filter(({ kind, speaker }) => kind === "person" && /^\p{Lu}/u.test(speaker));
    const [whole, part] = [true, false].map((long) =>
      speaking.map(({ speaker }) => full(speaker)).filter((speaker) => speaker.includes(" ") === long),
    );
    const names = named.map((name) => parseSpeaker(name.text)?.speaker ?? name.text);
    // the one who says it, before those of whom it is said; a lone word behind an office ("the owner Kestrel") may be a firm
    return (who ? [...names, ...(whole ?? []), ...(part ?? [])] : [...(whole ?? []), ...names, ...(part ?? [])]).filter(
      (name) => !own.includes(name) && !houses.has(name) && !name.startsWith("The "),
    );
  });
  const inQuestion = asked.map(({ text }) => full(text)).reverse();
  // a lone name in the question may be somebody's
  const lone = named(question).find(({ text, certain }) => certain && countryOf(text) === null)?.text;
  return {
    likeliest: who ? [...(told[0] ?? []), ...inQuestion] : [...inQuestion, ...(told[0] ?? [])],
    others: [...told.flat(), ...voices, ...(lone === undefined ? [] : [lone])],
  };
}

const isPerson = (name: string): boolean => parseSpeaker(name)?.kind === "person";

/** The first name of the earlier question that is nobody's, with the nouns that it belongs to: "the Halden talks". */
async function thingOf(earlier: string, own: readonly string[], known: Knowing["isPerson"]): Promise<string | undefined> {
  const names = findNames(earlier).filter(({ text }) => !own.includes(text));
  let name = names[0];
  for (const one of names.toReversed()) if (!(await known(one.text))) name = one;
  if (name === undefined || !/\bthe\s+$/i.test(earlier.slice(0, name.start))) return name?.text;
  const nouns = /^(?:\s+\p{Ll}{3,}){0,2}/u.exec(earlier.slice(name.end))?.[0].match(/\s+\p{Ll}+/gu) ?? [];
  const verb = nouns.findIndex((word) => isStopWord(word.trim()));
  // "when did the Orsava strike begin": behind an auxiliary the last word is the verb
  const asked = /\b(?:did|does|do|will|would|can|could|should|must)\b/i.test(earlier.slice(0, name.start))
    ? nouns.slice(0, -1)
    : nouns;
  const tail = (verb === -1 ? asked : asked.slice(0, verb)).slice(0, 1).join("");
  return tail === "" ? name.text : `the ${name.text}${tail}`;
}

function exchange(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

const stripped = (question: string): string => question.replace(/[?.!\s]+$/u, "");
