// Whether the sentences at hand may be told as an answer: the reader is sure enough of one of them, every name and number of the question stands
// somewhere in their passages (the reader, which sees one sentence and its title, does not tell one matter from another of the same kind), and a number or a
// day is there where one is asked for.
import type { AskedPart, Inquiry, Passage, RankedPassage } from "../domain.ts";
import { countryOf } from "../text/countries.ts";
import { findNames } from "../text/names.ts";
import { findQuantities, type Quantity, type QuantityKind, sameQuantity } from "../text/numbers.ts";
import { sameName } from "../text/same-name.ts";
import { contentWords, fold, wordsOf } from "../text/words.ts";
import { type AnswerKind, answerKind, asksForOneThing, givesKind } from "./asked-for.ts";
import { isPeople } from "./given-values.ts";
import type { Scored } from "./relevance.ts";

/** How sure the reader must be of the sentence that it finds likeliest to answer; chosen on questions by readers over news pages, half of them not answered. */
const SURE = { oneThing: 0.2, open: 0.05, theirs: 0 };
/** Cosine of question and nearest passage, by what it promises of a sentence, below which the passages are about something else. */
const NEAR = 0.25;
/** What the reader says whatever stands around it. */
const CERTAIN = 0.85;
/** Sentences one of which must be of a document with all names. */
const BEST = 3;
/** Share of so many words of matter that a sentence holds which the question repeats. */
const NEARLY_ALL = 0.85;
const MANY = 8;
const CLAIMED = new Set<QuantityKind>(["cardinal", "percent", "money", "measure", "fraction", "year"]);
const NO_ANSWER: Partial<Record<AnswerKind, string>> = { number: "no number of this is given", date: "no date of this is given" };

/** One part of a question against its ranked sentences, best first. `score`: 0..1, one half is the line. */
export function assessPart(
  text: string,
  inquiry: Inquiry,
  ranked: readonly Scored[],
  passages: readonly RankedPassage[],
): AskedPart {
  const refused = (why: string, score = 0): AskedPart => ({ text, covered: false, why, score: Math.min(score, 0.49) });
  const [best] = ranked;
  if (best === undefined) return refused("no passage was found");
  const names = namesAsked(text, inquiry);
  // whoever asks for somebody's words wants what there is
  const isTheirs = isVoiceOf(best.candidate.passage, [...names, ...(inquiry.voices ?? [])]);
  const [kind, oneThing] = [answerKind(text), asksForOneThing(text)];
  const isOpen = isTheirs || kind === "definition" || (names.length > 0 && !oneThing);
  const least = isTheirs ? SURE.theirs : oneThing ? SURE.oneThing : SURE.open;
  // what repeats a sentence asks where it stands, however it asks
  const repeats = contentWords(text).length >= MANY && ranked.some(({ coverage }) => coverage >= NEARLY_ALL);
  const surest = Math.max(repeats ? least : 0, ...ranked.map(({ sure = 0 }) => sure));
  const score = surest < least ? surest / least / 2 : 0.5 + (surest - least) / (1 - least) / 2;
  const texts = passages.map(({ passage }) => passage);
  const unheard = names.filter((name) => !isHeard(name, texts));
  if (unheard.length > 0) return refused(`not mentioned: ${unheard.join(", ")}`, score);
  if (names.length > 1 && !ranked.slice(0, BEST).some(({ candidate: { passage } }) => isAbout(names, passage.document.id, texts)))
    return refused(`not mentioned together: ${names.join(", ")}`, score);
  const nearest = Math.max(...ranked.map(({ cosine, sure }) => (sure === undefined ? -1 : cosine)));
  if (nearest < NEAR && surest < CERTAIN && !isOpen && !isForeign(inquiry))
    return refused("the passages are about something else", score);
  const numbers = numbersOf(text).filter((one) => !passages.some(({ passage }) => holdsNumber(passage, one)));
  if (numbers.length > 0)
    return refused(`not the time or number asked about: ${numbers.map((one) => one.text).join(", ")}`, score);
  // of another language the reader knows too little to refuse
  if (surest < least && !isForeign(inquiry)) return refused("no sentence reads like an answer", score);
  const lacking = NO_ANSWER[kind];
  if (lacking !== undefined && !givesKind(text, best.candidate)) return refused(lacking, score);
  return { text, covered: true, why: `rests on: "${best.candidate.text}"`, score: Math.max(0.5, score) };
}

const isForeign = ({ language }: Inquiry): boolean => language !== null && language !== undefined;

/** The names that an English question asks about; what is of a country ("German") may be said in other words. */
const namesAsked = (text: string, inquiry: Inquiry): string[] =>
  (isForeign(inquiry) ? [] : inquiry.names).filter((name) => text.includes(name) && /\p{L}/u.test(name) && !isPeople(name));

const isVoiceOf = ({ speaker, document: { author, publisher } }: Passage, asked: readonly string[]): boolean =>
  asked.some((name) =>
    [speaker, author, publisher].some((voice) => voice !== null && (voice.includes(name) || sameName(voice, name))),
  );

/** Whether what was read of a document names all of them. */
function isAbout(names: readonly string[], document: string, passages: readonly Passage[]): boolean {
  const own = passages.filter((passage) => passage.document.id === document);
  return names.every((name) => isHeard(name, own));
}

const numbersOf = (text: string): Quantity[] =>
  findQuantities(text.replace(/\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b/g, " ")).filter(
    (one) => CLAIMED.has(one.kind) && /\d/.test(one.text),
  );

function holdsNumber({ text, document }: RankedPassage["passage"], asked: Quantity): boolean {
  const around = [document.title, document.published?.slice(0, 4)].filter(Boolean).join(" ; ");
  return [text, around].some(
    (where) => where.includes(asked.text) || findQuantities(where).some((one) => sameQuantity(asked, one)),
  );
}

/** Share of a topic's words and cosine that a sentence about it has, both; either of the larger ones is enough on its own. */
const TOPIC = { coverage: 0.3, cosine: 0.36, sureCoverage: 0.8, sureCosine: 0.55 };
/** Sentences that would be shown. */
const SHOWN = 6;

/** `ranked`: the sentences for this topic, best first. */
export function isAboutTopic(topic: string, inquiry: Inquiry, ranked: readonly Scored[]): boolean {
  const top = ranked.slice(0, SHOWN);
  const near = top.filter(
    ({ coverage, cosine }) =>
      (coverage >= TOPIC.coverage && cosine >= TOPIC.cosine) || cosine >= TOPIC.sureCosine || coverage >= TOPIC.sureCoverage,
  );
  if (near.length === 0) return false;
  const folded = fold(topic);
  const asked = inquiry.names.filter((name) => folded.includes(fold(name)) && !/^\d+$/.test(name));
  const passages = [...new Set(ranked.map(({ candidate }) => candidate.passage))];
  return asked.every((name) => isHeard(name, passages));
}

/**
 * Whether any passage, its speaker or its document's header names it. A name of several words may stand as its last one, "New Yorker" is of New York,
 * and "TNG" stands in "TNG50".
 */
function isHeard(name: string, passages: readonly Passage[]): boolean {
  const words = wordsOf(name).map((word) => word.folded);
  const all = new Set<string>();
  const named = passages.some(({ document, speaker, role, heading, text: own }) => {
    const parts = [own, speaker, role, heading, document.author, document.publisher, document.title];
    const text = parts.filter((part) => part !== null).join(".\n");
    const has = new Set(wordsOf(text).map((word) => word.folded));
    for (const word of has) all.add(word);
    if (words.every((word) => has.has(word))) return true;
    return (countryOf(name) !== null || words.length > 1) && findNames(text).some((other) => sameName(name, other.text));
  });
  const isForm = (own: string, word: string): boolean =>
    (word.startsWith(own) || (word.length > 3 && own.startsWith(word))) && Math.abs(word.length - own.length) < 4;
  return named || words.every((own) => [...all].some((word) => isForm(own, word)));
}
