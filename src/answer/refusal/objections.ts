// What speaks against a passage however near it is: a name, year or number of the question that it does not hold, no answer of the kind
// asked for, a person who says nothing in it.
import { findQuantities } from "../../language/numbers.ts";
import { areSynonyms } from "../../language/synonyms.ts";
import { read, readSource } from "../gate/reading.ts";
import { isReporting, speakersOf } from "../gate/speakers.ts";
import type { Evidence, ReadQuestion } from "./evidence.ts";

/** Share of the question's matter that must stand in one to three sentences. */
const ENOUGH = 0.45;

/** `byWords`: it rests on the question's words alone, so nearness of meaning may overrule it. */
export interface Objection {
  reason: string;
  byWords: boolean;
}

export function objections(question: ReadQuestion, evidence: Evidence, passage: string, context: string): Objection[] {
  const { signals } = evidence;
  const against: Objection[] = [];
  const object = (reason: string, byWords = false): void => void against.push({ reason, byWords });
  if (evidence.missingNames.length > 0) object(`not mentioned: ${evidence.missingNames.join(", ")}`);
  if (evidence.missingNumbers.length > 0) object(`not the time or number asked about: ${evidence.missingNumbers.join(", ")}`);
  if (signals.turned > 0) object("the passage reports the opposite or something else in its place", true);
  if (signals.window < ENOUGH)
    object(`nothing is said of: ${evidence.missingWords.slice(0, 4).join(", ") || "the matter asked about"}`, true);
  if (signals.answerNear === 0 && question.kind !== "reason")
    object(NO_ANSWER[question.kind] ?? "no answer of the kind asked for");
  else if (question.kind === "number" && !countsIt(question, evidence)) object(NO_ANSWER["number"] ?? "");
  if (question.kind === "said" && !speaks(question, passage, context)) object("nothing that the one asked about says");
  if (predicateLacks(question, evidence))
    object(`nothing is said of: ${evidence.missingWords.slice(0, 4).join(", ") || "what is asked about it"}`, true);
  return against;
}

const NO_ANSWER: Partial<Record<ReadQuestion["kind"], string>> = {
  number: "no number of this is given",
  date: "no date of this is given",
  person: "nobody is named for this",
  place: "no place is named for this",
  reason: "no reason is given",
};

/** "How many soldiers": a number beside soldiers, or in the sentence that holds all the rest. */
function countsIt(question: ReadQuestion, evidence: Evidence): boolean {
  const counted = /\bhow many ((?:[\p{L}-]+ ?){1,3})/iu.exec(question.text)?.[1];
  if (counted === undefined) return true;
  const words = (read(counted).sentences[0]?.words ?? []).filter((word) => word.content);
  if (words.length === 0) return true;
  return evidence.sentences.some((sentence) =>
    findQuantities(sentence).some((quantity) =>
      quantity.counts.some((noun) => words.some((word) => areSynonyms(word.base, noun))),
    ),
  );
}

/** Somebody of the question's names says something in the passage, or the passage is theirs. */
function speaks(question: ReadQuestion, passage: string, context: string): boolean {
  const asked = question.sentence.names.flatMap((name) => name.words);
  if (asked.length === 0) return true;
  const known = readSource(context).sentences.flatMap((sentence) => sentence.words.map((word) => word.folded));
  if (asked.some((word) => known.includes(word))) return true;
  const { sentences } = readSource(passage);
  return sentences.some((sentence, at) => {
    const speakers = speakersOf(sentence);
    if (speakers.length === 0 && !sentence.words.some((word) => isReporting(word.base))) return false;
    const holds = (other: typeof sentence | undefined): boolean =>
      other?.words.some((word) => asked.includes(word.folded)) === true;
    return holds(sentence) || (speakers.some((speaker) => speaker.pronoun) && holds(sentences[at - 1]));
  });
}

/** A question of few words stands or falls with each of them: "who designed the dam" is not answered where nobody designs. */
function predicateLacks(question: ReadQuestion, evidence: Evidence): boolean {
  if (question.predicate !== -1 && question.kind !== "said" && !evidence.predicateHeld) return true;
  const matter = question.sentence.words.filter((word) => word.content && word.weight >= 1 && word.name < 0);
  return (
    matter.length > 0 &&
    (evidence.missingWords.length >= matter.length || evidence.missingWords.length / Math.max(matter.length, 2) >= 0.5)
  );
}
