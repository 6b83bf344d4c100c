// A question that hangs on the ones before it ("and in 2023?", "what about China?", "what did he say?"), completed so that it stands alone.
// Words only, no model writes: what cannot be filled in is put beside the earlier question instead of guessed.
import type { Turn } from "../briefing.ts";
import { attributionsOf } from "../language/attribution.ts";
import { countryOf } from "../language/countries.ts";
import { findNames } from "../language/names.ts";
import type { Name } from "../language/names.ts";
import { findPeriods } from "../language/periods.ts";
import { parseSpeaker } from "../language/speaker-phrase.ts";
import { contentWords, isStopWord } from "../language/words.ts";

/** Which of the names is nearest in meaning to the first text; the index, or -1 where it cannot be told. */
export type Nearest = (text: string, among: readonly string[]) => Promise<number>;

const LEAD =
  /^(?:(?:and|but|or|so|then|ok(?:ay)?)[\s,]+)*(?:(?:what|how)\s+about|what\s+of|same\s+(?:question\s+)?for|also|and)?\s*/i;
const HANGS = /^(?:and|but|or|so|then|also|what\s+about|how\s+about|what\s+of|same\s+(?:question\s+)?for)\b/i;
const PERSON = /\b(?:he|him|his|she|her|hers|himself|herself)\b/i;
const THEM = /\b(?:they|them|their|theirs|themselves)\b/i;
const THING = /\b(?:it|its|this|that|these|those|there|the\s+(?:latter|former|same))\b/i;
const ASKING =
  /^(?:who|whom|whose|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i;

/** The question as it stands alone. Equal to the question where it already does, or where nothing came before. */
export async function completed(question: string, history: readonly Turn[], now: Date, nearest: Nearest): Promise<string> {
  let before: Turn | null = null;
  for (const turn of history.slice(-10))
    before = { ...turn, question: await complete(turn.question.trim(), before, now, nearest) };
  return complete(question, before, now, nearest);
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
    return history.some((turn) => personOf(turn, []) !== undefined) ? null : pronoun[0];
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

async function complete(question: string, before: Turn | null, now: Date, nearest: Nearest): Promise<string> {
  if (before === null || question.length > 500) return question;
  const hangs = HANGS.test(question);
  const rest = question.replace(LEAD, "").replace(/[?.!\s]+$/u, "");
  if (hangs && !ASKING.test(rest)) return replaced(rest, before.question, question, now, nearest);
  const names = findNames(question).filter((name) => name.certain);
  const matter = contentWords(question);
  if (PERSON.test(question) || THEM.test(question) || (THING.test(question) && names.length === 0))
    return filledIn(question, before);
  // "Why?", "When was that?", "Who said so?"
  if (matter.length <= 1 && names.length === 0) return `${stripped(question)} ${before.question}`;
  return question;
}

/** "and in 2023", "China": the earlier question with that part of it exchanged. */
async function replaced(rest: string, earlier: string, question: string, now: Date, nearest: Nearest): Promise<string> {
  const [period] = findPeriods(rest, now);
  if (period !== undefined && contentWords(rest.replace(period.text, " ")).length === 0) {
    const [old] = findPeriods(earlier, now);
    return old === undefined ? `${stripped(earlier)} ${period.text}?` : exchange(earlier, old.start, old.end, period.text);
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

/** The pronoun gives way to the name it most likely stands for; without one the earlier question is put beside it. */
function filledIn(question: string, before: Turn): string {
  const person = PERSON.exec(question);
  const pronoun = person ?? THEM.exec(question) ?? THING.exec(question);
  const own = findNames(question).map((name) => name.text);
  const name = person === null ? thingOf(before.question, own) : personOf(before, own);
  if (pronoun === null || name === undefined) return `${stripped(question)} (${stripped(before.question)})`;
  const possessive =
    /^(?:his|her|their|its)$/i.test(pronoun[0]) && /^\s+\p{L}/u.test(question.slice(pronoun.index + pronoun[0].length));
  const objective =
    /^her$/i.test(pronoun[0]) && /^\s+(?:say|about|on|in|to|and|do|think|as)\b/i.test(question.slice(pronoun.index + 3));
  const put = possessive && !objective ? `${name}'s` : name;
  return exchange(question, pronoun.index, pronoun.index + pronoun[0].length, put);
}

/** Whom "she" stands for after these turns. */
export function personBefore(history: readonly Turn[]): string | undefined {
  const last = history.at(-1);
  return last === undefined ? undefined : personOf(last, []);
}

/** Whom a question and its answer are about: somebody named in the question, else who speaks in the answer, else somebody named in it. */
function personOf({ question, answer, given }: Turn, own: readonly string[]): string | undefined {
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
  const told = (given?.sentences.map(({ text }) => text) ?? [answer]).flatMap((text) => {
    const named = findNames(text).filter(
      ({ words, text: name }) => words.length > 1 && countryOf(name) === null && isPerson(name),
    );
    const speaking = attributionsOf(text).filter(({ kind, speaker }) => kind === "person" && /^\p{Lu}/u.test(speaker));
    // the one who says it, before those of whom it is said
    return [...speaking.map(({ speaker }) => speaker), ...named.map((name) => name.text)].filter(
      (name) => !own.includes(name) && !houses.has(name) && !name.startsWith("The "),
    );
  });
  return (
    full(asked.at(-1)?.text ?? "") ||
    (told[0] === undefined ? undefined : full(told[0])) ||
    voices[0] ||
    // a lone name in the question may be somebody's
    named(question).find(({ text, certain }) => certain && countryOf(text) === null)?.text
  );
}

const isPerson = (name: string): boolean => parseSpeaker(name)?.kind === "person";

/** The first name of the earlier question with the nouns that it belongs to: "the Halden talks". */
function thingOf(earlier: string, own: readonly string[]): string | undefined {
  const name = findNames(earlier).find(({ text }) => !own.includes(text));
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
