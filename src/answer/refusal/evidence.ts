import { governmentOf } from "../../text/countries.ts";
import { findNames } from "../../text/names.ts";
import { sameQuantity } from "../../text/numbers.ts";
// Looks for the evidence that a passage answers a question: the question's matter, its names, years and numbers in one place, the kind of
// answer beside them, and nothing turned round. It measures; deciding is assess-coverage's.
import { areAlike } from "../../text/synonyms.ts";
import { align } from "./alignment.ts";
import { read, type Reading, readSource, type ReadSentence } from "./compared-text.ts";
import { sameDate } from "./date-mentions.ts";
import { holdsName } from "./holds-name.ts";
import { predicateOf } from "./predicate.ts";
import { answerKind, type AnswerKind, isAskingWord } from "./question-form.ts";
import { findWindow, type Likeness, likeness, type Window } from "./window.ts";

/** What is measured; each about 0..1. */
export interface Signals {
  /** Share of the question's matter in the best sentence, the best one to three sentences, the whole passage. */
  sentence: number;
  window: number;
  passage: number;
  /** Share of the question's words that stand in the same order in the best sentence, and of its neighbouring pairs. */
  order: number;
  pairs: number;
  /** Matter words of the question that the passage lacks, out of three. */
  lacking: number;
  /** Share of its names that the passage lacks; of its years, dates and numbers. */
  namesLacking: number;
  numbersLacking: number;
  /** A word of opposite outcome, or a negation on one side only. */
  turned: number;
  /** The kind of answer stands in the best sentence / in the window, and is not the question's own; 0.5 where any text would do. */
  answer: number;
  answerNear: number;
  /** Share of the question's matter that stands in the best sentence in the very same form. */
  exact: number;
  /** Places where question and best sentence have different matter between the same neighbours, out of two. */
  replaced: number;
  /** How close together the question's words stand in the best sentence: 1 side by side. */
  density: number;
  /** The question's last verb or noun, and the first one after the asking word, are held by the best sentence. */
  last: number;
  first: number;
  /** Matter words of the question, out of ten. */
  length: number;
  /** Words of the best sentence that the question does not have, out of eight: room for an answer. */
  room: number;
}

export interface Evidence {
  signals: Signals;
  kind: AnswerKind;
  /** Sentences of the passage (as written) that the question rests on. */
  sentences: string[];
  /** The question's verb stands in the window, in some form. */
  predicateHeld: boolean;
  missingNames: string[];
  missingNumbers: string[];
  missingWords: string[];
}

export interface ReadQuestion {
  text: string;
  kind: AnswerKind;
  sentence: ReadSentence;
  /** Index of the word that says what happens ("ended", "mediated"), or -1 where it cannot be told. */
  predicate: number;
}

/** Reads a question once for all passages; null where no word of it says what it is about. */
export function readQuestion(text: string): ReadQuestion | null {
  // a capital after "Which" or "Did" is no name by itself: the question is read as it stands
  const [first, ...more] = read(text.replace(/\?+/g, "").replace(/[.!]\s/g, ", ")).sentences;
  if (first === undefined) return null;
  for (const other of more) {
    first.words.push(...other.words);
    first.names.push(...other.names);
  }
  for (const word of first.words) if (isAskingWord(word.folded) && word.name < 0) [word.weight, word.content] = [0, false];
  if (!first.words.some((word) => word.content) && first.dates.length + first.quantities.length === 0) return null;
  return { text, kind: answerKind(text), sentence: first, predicate: predicateOf(first.words) };
}

/** What a word is worth that only readers would use for the text's. */
const ASKED_AS = 0.7;

/** `context` is what is known besides the text (title, publisher, speaker): names and words in it count as met. */
export function evidenceFor(question: ReadQuestion, passage: string, context = ""): Evidence {
  const source = readSource(passage);
  const about = context === "" ? null : readSource(context);
  const asked = question.sentence;
  const window = findWindow(asked, source, () => false, asAsked);
  const best = source.sentences[window.best];
  const alignment = best === undefined ? { gaps: [], partners: [], share: 0 } : align(asked, best);
  const inContext = (base: string): boolean => about?.vocabulary.has(base) === true;
  const missingWords = asked.words.filter(
    (word) => word.weight >= 1 && !somewhere(asked, word.base, source, window) && !inContext(word.base),
  );
  const named = asked.names.filter((name) => name.certain || name.words.length > 1);
  const missingNames = named.filter(
    (name) =>
      ![...source.sentences, ...(about?.sentences ?? [])].some(
        (sentence) => holdsName(sentence, name, source) || sentence.countries.has(governmentOf(name.text) ?? ""),
      ),
  );
  /** A capital is met by its country. */
  const isMet = (name: ReadSentence["names"][number] | undefined): boolean =>
    name !== undefined && governmentOf(name.text) !== null && named.includes(name) && !missingNames.includes(name);
  const years = new Set([...source.years, ...(about?.years ?? [])]);
  const dates = asked.dates.filter((date) => date.weekday === null || date.day !== null);
  const allDates = [...source.sentences, ...(about?.sentences ?? [])].flatMap((sentence) => sentence.dates);
  const quantities = asked.quantities.filter((quantity) => !quantity.weak);
  const allQuantities = source.sentences.flatMap((sentence) => sentence.quantities);
  const missingNumbers = [
    ...dates.filter((date) => !allDates.some((other) => sameDate(date, other, years))).map((date) => date.text),
    ...quantities
      .filter((quantity) => !allQuantities.some((other) => sameQuantity(quantity, other)))
      .map((quantity) => quantity.text),
  ];
  const matter = asked.words.map((word, at) => ({ word, at })).filter(({ word }) => word.content);
  const heldBy = (at: number | undefined): number =>
    at === undefined || best === undefined ? 0 : (window.answers[at] ?? -1) >= 0 ? 1 : 0;
  const places = matter.map(({ at }) => window.answers[at] ?? -1).filter((place) => place >= 0);
  const span = places.length < 2 ? 0 : Math.max(...places) - Math.min(...places) + 1;
  const replaced =
    best === undefined
      ? 0
      : alignment.gaps.filter((gap) => {
          const [mine, theirs] = [asked.words.slice(gap.from, gap.to), best.words.slice(gap.sourceFrom, gap.sourceTo)];
          return (
            mine.length <= 2 &&
            theirs.length <= 2 &&
            mine.some((word, index) => word.content && (window.answers[gap.from + index] ?? -1) < 0) &&
            theirs.some((word) => word.content)
          );
        }).length;
  const near = answering(question, source, window);
  const known = source.pairs();
  const bases = asked.words.map((word) => word.base);
  const pairs = bases.filter((base, at) => at > 0 && known.has(`${bases[at - 1]} ${base}`)).length;
  return {
    kind: question.kind,
    predicateHeld: question.predicate === -1 || (window.held[question.predicate] ?? 0) > 0,
    sentences: near.map((sentence) => sentence.text),
    missingNames: missingNames.map((name) => name.text),
    missingNumbers,
    missingWords: missingWords.filter((word) => !isMet(asked.names[word.name])).map((word) => word.raw),
    signals: {
      sentence: window.bestCoverage,
      window: window.coverage,
      passage: window.anywhere,
      order: alignment.share,
      pairs: bases.length < 2 ? 0 : pairs / (bases.length - 1),
      lacking: Math.min(1, missingWords.length / 3),
      namesLacking: named.length === 0 ? 0 : missingNames.length / named.length,
      numbersLacking: dates.length + quantities.length === 0 ? 0 : missingNumbers.length / (dates.length + quantities.length),
      turned: best !== undefined && isTurned(asked, best, window) ? 1 : 0,
      answer: best === undefined ? 0 : holdsAnswer(question, [best]),
      answerNear: holdsAnswer(question, near),
      exact:
        best === undefined || matter.length === 0
          ? 0
          : matter.filter(({ word }) => best.bases.has(word.base)).length / matter.length,
      replaced: Math.min(1, replaced / 2),
      density: span === 0 ? 0 : Math.min(1, places.length / span),
      last: heldBy(matter[matter.length - 1]?.at),
      first: heldBy(matter[0]?.at),
      length: Math.min(1, matter.length / 10),
      room:
        best === undefined ? 0 : Math.min(1, best.words.filter((word) => word.content && !asked.bases.has(word.base)).length / 8),
    },
  };
}

/** A question need not be put in the words of its answer. */
const asAsked: Likeness = (word, base) => {
  const same = likeness(word, base);
  return same > 0 || word.name >= 0 || !areAlike(word.base, base) ? same : ASKED_AS;
};

/** Share of the window's coverage from which a sentence elsewhere stands for it that holds the kind of answer, where the window does not. */
const ELSEWHERE = 0.6;

/** The window, or the sentence nearest to it in matter that holds what is asked for: "$3 billion" in the sentence after the one about aid. */
function answering(question: ReadQuestion, source: Reading, window: Window): ReadSentence[] {
  const near = source.sentences.slice(window.from, window.to + 1);
  if (holdsAnswer(question, near) > 0) return near;
  const [other] = source.sentences
    .map((sentence, at) => ({ sentence, coverage: window.single[at] ?? 0 }))
    .filter(({ sentence, coverage }) => coverage >= ELSEWHERE * window.coverage && holdsAnswer(question, [sentence]) > 0)
    .sort((a, b) => b.coverage - a.coverage);
  return other === undefined ? near : [other.sentence];
}

function somewhere(asked: ReadSentence, base: string, source: Reading, window: Window): boolean {
  return source.vocabulary.has(base) || asked.words.some((word, at) => word.base === base && (window.held[at] ?? 0) > 0);
}

function isTurned(asked: ReadSentence, best: ReadSentence, window: Window): boolean {
  if (window.bestCoverage < 0.4) return false;
  const odd = (sentence: ReadSentence): boolean => sentence.negations.length % 2 === 1;
  return odd(asked) && !odd(best);
}

const BECAUSE =
  /\b(?:because|due to|owing to|as a result|thanks to|caused?|led to|lead(?:s|ing)? to|so that|in order to|prompt(?:ed|s)|in response|since|reasons?|therefore|after|fear(?:s|ed|ing)?|to (?:prevent|avoid|protect|allow|help|keep|stop|make|reduce|ensure))\b/i;
const COUNTS = new Set(["cardinal", "percent", "money", "measure", "fraction", "vague"]);

const FREQUENT =
  /\b(?:every|once|twice|times|daily|weekly|monthly|yearly|annual(?:ly)?|hourly|nightly|per|each|an? (?:hour|day|week|month|year)|always|never|often|rarely)\b/i;

/** Whether the sentences hold the kind of thing that is asked for, which the question does not itself give. */
function holdsAnswer(question: ReadQuestion, sentences: readonly ReadSentence[]): number {
  const asked = question.sentence;
  const any = (test: (sentence: ReadSentence) => boolean): number => (sentences.some((sentence) => test(sentence)) ? 1 : 0);
  switch (question.kind) {
    case "number":
      if (/\bhow often\b/i.test(question.text)) return any((sentence) => FREQUENT.test(sentence.text));
      return any((sentence) =>
        sentence.quantities.some(
          (quantity) => COUNTS.has(quantity.kind) && !asked.quantities.some((own) => sameQuantity(own, quantity)),
        ),
      );
    case "date":
      return any(
        (sentence) =>
          sentence.dates.length > 0 ||
          /\b(?:yesterday|today|tomorrow|centur(?:y|ies)|(?:last|next|this) (?:week|month|year))\b/i.test(sentence.text),
      );
    case "person":
    case "place":
      return any((sentence) => freshNames(question, sentence));
    case "reason":
      return any((sentence) => BECAUSE.test(sentence.text));
    case "said":
    case "view":
    case "yes/no":
    case "definition":
    case "list":
    case "other":
      break;
  }
  return 0.5; // any text may answer
}

function freshNames(question: ReadQuestion, sentence: ReadSentence): boolean {
  const own = question.sentence.bases;
  const names = sentence.names.length > 0 ? sentence.names : findNames(sentence.text);
  return names.some((name) => sentence.words.some((word) => sentence.names[word.name] === name && !own.has(word.base)));
}
