// A question that hangs on the ones before it ("and in 2023?", "what about China?", "what did he say?"), completed so that it stands alone.
// Words only, no model writes: what cannot be filled in is put beside the earlier question instead of guessed.
import type { Turn } from "../briefing.ts";
import { countryOf } from "../language/countries.ts";
import { findNames } from "../language/names.ts";
import type { Name } from "../language/names.ts";
import { findPeriods } from "../language/periods.ts";
import { contentWords } from "../language/words.ts";

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
    before = { question: await complete(turn.question.trim(), before, now, nearest), answer: turn.answer };
  return complete(question, before, now, nearest);
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
  const [name] = findNames(`of ${rest}`);
  const olds = findNames(earlier);
  if (name !== undefined && olds.length > 0 && contentWords(rest).length <= name.words.length + 1) {
    const at =
      olds.length === 1
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
  const names = [...findNames(before.question)];
  const own = new Set(findNames(question).map((name) => name.text));
  const free = names.filter((name) => !own.has(name.text));
  const name = (person === null ? free[0] : (personAmong(free) ?? personAmong(findNames(before.answer))))?.text;
  if (pronoun === null || name === undefined) return `${stripped(question)} (${stripped(before.question)})`;
  const possessive =
    /^(?:his|her|their|its)$/i.test(pronoun[0]) && /^\s+\p{L}/u.test(question.slice(pronoun.index + pronoun[0].length));
  const objective =
    /^her$/i.test(pronoun[0]) && /^\s+(?:say|about|on|in|to|and|do|think|as)\b/i.test(question.slice(pronoun.index + 3));
  const put = possessive && !objective ? `${name}'s` : name;
  return exchange(question, pronoun.index, pronoun.index + pronoun[0].length, put);
}

/** The last name that may be a person's; one with a first name before a lone word. */
function personAmong(names: readonly Name[]): Name | undefined {
  const persons = names.filter((name) => !name.acronym && name.words.length <= 4 && countryOf(name.text) === null);
  return persons.findLast((name) => name.words.length > 1) ?? persons.at(-1);
}

function exchange(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end);
}

const stripped = (question: string): string => question.replace(/[?.!\s]+$/u, "");
