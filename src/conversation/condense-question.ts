// A follow-up ("and in 2023?", "what about China?", "what did he say?") made a question that stands alone: by a language model where one is
// given, else by carrying over the names and the period of the question before. What cannot be filled in stands beside that question.
import { z } from "zod";
import type { WriterParts } from "../answer/checked-writing.ts";
import type { Prompt } from "../answer/prompt.ts";
import type { Usage } from "../domain.ts";
import type { Turn } from "../results.ts";
import { READ_AS } from "../retrieve/query.ts";
import { attributionsOf, parseSpeaker } from "../text/attribution.ts";
import { countryOf } from "../text/countries.ts";
import { findNames, standsForPlace } from "../text/names.ts";
import { findPeriods } from "../text/periods.ts";
import { contentWords } from "../text/words.ts";

interface Condensed {
  question: string;
  /** What a model took for it. */
  usage: Usage | null;
}

/** A question that stands alone, written from the turns before it, oldest first. */
export type Condense = (history: readonly Turn[], question: string, signal?: AbortSignal) => Promise<Condensed>;

/** Turns that a model is shown, and characters of each answer. */
const SHOWN_TURNS = 4;
const TOLD = 400;
const REPLY = z.object({ question: z.string().describe("The question that stands alone.") });

/** By a language model: one call, of the last turns, and nothing of the documents but what was told in them. `prompt`: prompts/condense.md. */
export function createCondense({
  model,
  prompt,
  clock,
  timeoutMs,
}: Omit<WriterParts, "verifier"> & { prompt: Pick<Prompt, "fill"> }): Condense {
  const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
  return async (history, question, signal) => {
    const turns = history
      .slice(-SHOWN_TURNS)
      .map((turn) => `Question: ${oneLine(turn.question)}\nAnswer: ${oneLine(turn.answer).slice(0, TOLD) || "(none)"}`);
    const { value, usage } = await model.generate({
      system: prompt.fill("System", { today: clock.now().toISOString().slice(0, 10) }),
      user: prompt.fill("User", { turns: turns.join("\n"), question: oneLine(question) }),
      schema: REPLY,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]),
    });
    return { question: value.question, usage };
  };
}

export interface CondenseParts {
  now: Date;
  /** Whether the texts know somebody of this name, whole or the family name alone. */
  isPerson: (name: string) => Promise<boolean>;
  /** How near the texts come to the question by itself: the score of the best passage. */
  nearest: (question: string) => Promise<number>;
  condense?: Condense | undefined;
  signal?: AbortSignal | undefined;
}

/** Turns that are looked at, and the longest question that a follow-up is. */
const MOST_TURNS = 10;
const LONGEST = 500;
/** Words that a model may add to make a question stand alone: "happen", "say". */
const NEW_WORDS = 2;
/** A question of so many words of its own to which a passage comes so near stands alone, whatever was spoken of before. */
const OWN_WORDS = 3;
const OWN_SCORE = 0.45;

/** Equal to the question where it stands alone already, or where nothing came before. */
export async function condenseQuestion(question: string, history: readonly Turn[], parts: CondenseParts): Promise<Condensed> {
  if (history.length === 0 || question.length > LONGEST) return { question, usage: null };
  // trouble with the provider is no reason not to answer
  const reply = await parts.condense?.(history, question, parts.signal).catch(() => null);
  const written = reply?.question.trim() ?? "";
  const usage = reply?.usage ?? null;
  // whatever else a model says is no question
  if (/\p{L}/u.test(written) && written.length <= LONGEST && !written.includes("\n") && isOfThese(written, history, question))
    return { question: written, usage };
  let before: Turn | null = null;
  for (const turn of history.slice(-MOST_TURNS)) {
    const readAs = turn.given?.warnings.find((warning) => warning.startsWith(READ_AS))?.slice(READ_AS.length);
    before = { ...turn, question: readAs ?? (await complete(turn.question.trim(), before, parts)) };
  }
  return { question: await complete(question, before, parts), usage };
}

/** Made of the words of the conversation: readers are told how their question was read, so a model cannot say there what nobody said. */
function isOfThese(written: string, history: readonly Turn[], question: string): boolean {
  const said = [question, ...history.flatMap((turn) => [turn.question, turn.answer])].join("\n");
  const known = new Set(contentWords(said).map(({ stem }) => stem));
  return contentWords(written).filter(({ stem }) => !known.has(stem)).length <= NEW_WORDS;
}

const LEAD = /^(?:(?:and|but|or|so|then|also)\b[\s,]*)*(?:(?:(?:what|how) about|what of|same (?:question )?for)\b)?\s*/i;
const PERSON = /\b(?:he|him|his|she|her|hers|himself|herself)\b/i;
const THING = /\b(?:it|its|this|that|these|those|there|they|them|theirs?|the (?:latter|former|same))\b/i;
/** "How many" of the question before would be answered once more. */
const ASKED = /^(?:(?:and|but|so)\s+)?how\s+(?:many|much|often|long|far|old)\s+(?=\S)/i;
/** Somebody whom the question itself names: "Why did the sergeant lose his job?" */
const SOMEBODY = /\b(?:the|an?)\s+\p{L}/iu;
const ASKING = /^(?:wh(?:o|om|ose|at|en|ere|y|ich)|how|did|does|do|is|are|was|were|has|have|had|will|would|can|could|should)\b/i;

/** "What about 2015?" asks the question before once more. */
export const hangsOn = (question: string): boolean => LEAD.exec(question)?.[0].trim() !== "";
/** What is asked behind such words, without the marks at its end. */
const restOf = (question: string): string => stripped(question.replace(LEAD, ""));
const certainNames = (text: string): string[] => findNames(text).flatMap((name) => (name.certain ? name.text : []));

async function complete(question: string, before: Turn | null, parts: CondenseParts): Promise<string> {
  if (before === null || question.length > LONGEST || !/[\p{L}\p{N}]/u.test(question)) return question;
  const rest = restOf(question);
  if (rest !== "" && hangsOn(question) && !ASKING.test(rest)) return exchanged(rest, before.question, question, parts);
  const earlier = before.question.replace(ASKED, "");
  const pronoun = PERSON.exec(question);
  if (pronoun !== null) {
    const ahead = question.slice(0, pronoun.index);
    if (SOMEBODY.test(ahead) || certainNames(ahead).length > 0) return question;
    const own = findNames(question).map(({ text }) => text);
    const name = personIn(before, own);
    if (name === undefined) return beside(question, earlier);
    const possessive = /^(?:his|her) (?!(?:say|about|on|in|to|and|do|think|as)\b)\p{L}/iu.test(question.slice(pronoun.index));
    const end = pronoun.index + pronoun[0].length;
    return put(question, { start: pronoun.index, end }, possessive ? `${name}'s` : name);
  }
  if (certainNames(question).length > 0) return question;
  if (contentWords(question).length >= OWN_WORDS && (await parts.nearest(question)) >= OWN_SCORE) return question;
  // "When was that?", "Why?": too little of its own to be found by
  if (THING.test(question) || contentWords(question).length < 2) return beside(question, earlier);
  // what has a time of its own, is no question or follows on nothing that was told stands alone
  if (!ASKING.test(rest) || before.given?.status === "not_covered" || findPeriods(question, parts.now).length > 0)
    return question;
  const topic = certainNames(before.question);
  return topic.length === 0 ? question : beside(question, topic.join(", "));
}

/** "and in 2023", "China": the earlier question with what is of the same kind exchanged; else both side by side. */
async function exchanged(rest: string, before: string, question: string, { now, isPerson }: CondenseParts): Promise<string> {
  // "and for teenagers (How much did …)", "what about adults?": what stands there beside it is asked, in place of the teenagers
  const earlier = hangsOn(before) ? rootOf(before) : before;
  const [period] = findPeriods(/^\d{4}$/.test(rest) ? `in ${rest}` : rest, now);
  if (period !== undefined && contentWords(rest.replace(period.text.replace(/^in (?=\d)/, ""), " ")).length === 0) {
    const [old] = findPeriods(earlier, now);
    if (old === undefined) return `${stripped(earlier)} ${period.text}?`;
    // "in October", "and in 2015?": that month of the year
    const monthOf = /^in \d{4}$/.test(period.text) && /^in \p{Lu}\p{L}+$/u.test(old.text);
    return put(earlier, old, monthOf ? `${old.text} ${period.text.slice(3)}` : period.text);
  }
  const olds = findNames(earlier);
  // "What does Holt say about tariffs?", "and about fish?": what follows the last "about"
  const about = /^(.*\b(?:about|regarding|concerning)\s+)(?=\S)[^?]{1,80}$/i.exec(stripped(earlier))?.[1];
  const matter = rest.replace(/^(?:about|on|regarding)\s+/i, "");
  const short = about !== undefined && contentWords(matter).length <= 4;
  if (short && matter !== rest) return `${about}${matter}?`;
  if (/^\p{L}[\p{L}.'’-]+(?: \p{L}[\p{L}.'’-]+){0,2}$/u.test(rest) && (await isPerson(rest)))
    for (const old of olds) if (await isPerson(old.text)) return put(earlier, old, rest);
  const [name] = findNames(`of ${rest}`);
  // a country takes the place of a country, and of nothing else
  const isCountry = countryOf(name?.text ?? "") !== null;
  const old = olds.findLast((one) => (countryOf(one.text) !== null) === isCountry && one.acronym === (name?.acronym ?? false));
  if (short && !looksPerson(matter) && (!isCountry || old === undefined)) return `${about}${matter}?`;
  const whole = name !== undefined && contentWords(rest).length <= name.words.length + 1;
  return whole && old !== undefined ? put(earlier, old, name.text) : beside(question, earlier);
}

/**
 * Whom "she" stands for after this turn: most likely who is named in the question, or in the answer's first sentence, who speaks before of whom
 * it is said. `own`: names in the question that asks.
 */
export function personIn({ question, answer, given }: Turn, own: readonly string[] = []): string | undefined {
  const free = (name: string): boolean => !own.includes(name) && !name.startsWith("The ") && countryOf(name) === null;
  const persons = (text: string): string[] =>
    findNames(text)
      .filter((name) => name.words.length > 1 && !standsForPlace(text, name))
      .flatMap(({ text }) => (looksPerson(text) ? [parseSpeaker(text)?.speaker ?? text] : []));
  // who does something is told by the answer; "who is Jens Marrow?" names him
  const who = /^(?:(?:and|but|so) )?who(?:m|se)?\b(?!(?:'s|’s| is| was) (?:the )?\p{Lu})/iu.test(question);
  const told = (given?.sentences.map(({ text }) => text) ?? [answer]).map((text) => {
    const speaking = attributionsOf(text).filter(({ kind, speaker }) => kind === "person" && /^\p{Lu}/u.test(speaker));
    const speakers = speaking.map(({ speaker }) => speaker);
    return who ? [...persons(text), ...speakers] : [...speakers, ...persons(text)];
  });
  // a lone name in the question may be somebody's
  return [...(who ? told.slice(0, 1) : []), persons(question), ...told, certainNames(question)].flat().find(free);
}

/** "What about trade?": the matter that takes the place of the one before; null where the question says more than that, or only a time. */
export function otherMatter(question: string): string | null {
  const other = hangsOn(question) ? restOf(question).replace(/^the\s+/i, "") : "";
  const words = contentWords(other);
  return words.length === 0 || words.length > 4 || ASKING.test(other) || THING.test(other) || /\d/.test(other) ? null : other;
}

/**
 * The word of the question that stands for nothing in it or before it, or null. Somebody who is not named cannot be guessed; a thing may be
 * told by the other words of the question.
 */
export function danglingWord(question: string, history: readonly Turn[]): string | null {
  const pronoun = PERSON.exec(question);
  const names = findNames(question);
  if (pronoun !== null) {
    if (contentWords(question.slice(0, pronoun.index)).length > 0 || names.length > 0) return null;
    return history.some((turn) => personIn(turn) !== undefined) ? null : pronoun[0];
  }
  if (history.length > 0) return null;
  const rest = restOf(question);
  const matter = contentWords(question).filter(({ folded }) => !/^(?:tell|say|explain|know)$/.test(folded));
  if (names.some((name) => name.certain) || /\d/.test(question))
    return hangsOn(question) && matter.length <= 1 && /^in\b/i.test(rest) ? stripped(question) : null;
  if (matter.length === 0 && ASKING.test(rest) && !/\byou\b/i.test(rest)) return stripped(question);
  const thing = /\b(?:it|its|they|them|their|(?:this|that|these|those)(?!\s+\p{L}{3,}))\b/iu.exec(question);
  return thing !== null && matter.length <= 1 && contentWords(question.slice(0, thing.index)).length === 0 ? thing[0] : null;
}

const looksPerson = (name: string): boolean => parseSpeaker(name)?.kind === "person";
/** "who (What happened there)" stands beside nothing but what happened there: what hung on it is not hung on. */
const beside = (question: string, earlier: string): string => `${stripped(question)} (${stripped(rootOf(earlier))})`;
const rootOf = (question: string): string => /\(([^()]+)\)+$/.exec(stripped(question))?.[1] ?? question;
const put = (text: string, { start, end }: { start: number; end: number }, by: string): string =>
  text.slice(0, start) + by + text.slice(end);
const stripped = (question: string): string => question.replace(/[?.!\s]+$/u, "");
