// What speaks against a passage however near it is: a name, year or number of the question that it does not hold, no answer of the kind
// asked for, a person who says nothing in it.
import { attributionsOf, isSaying } from "../../text/attribution.ts";
import { countsIt, isOfTheKind } from "../asked-number.ts";
import { readSource } from "./compared-text.ts";
import type { Evidence, ReadQuestion } from "./evidence.ts";

export interface Objection {
  /** What is missing: a name, a year or number, the matter, an answer of the kind asked for, the one who should say it. */
  about: "name" | "number" | "matter" | "answer" | "speaker";
  reason: string;
}

export function objections(question: ReadQuestion, evidence: Evidence, passage: string, context: string): Objection[] {
  const { signals } = evidence;
  const against: Objection[] = [];
  const object = (about: Objection["about"], reason: string): void => void against.push({ about, reason });
  if (evidence.missingNames.length > 0) object("name", `not mentioned: ${evidence.missingNames.join(", ")}`);
  if (evidence.missingNumbers.length > 0)
    object("number", `not the time or number asked about: ${evidence.missingNumbers.join(", ")}`);
  if (question.kind === "said" && !(speaks(question, passage, context) && knowsRole(question, evidence)))
    object("speaker", "nothing that the one asked about says");
  if (
    (signals.answerNear === 0 && question.kind !== "reason") ||
    (question.kind === "number" &&
      !(countsIt(question.text, evidence.sentences) && isOfTheKind(question.text, evidence.sentences.join(" "))))
  )
    object("answer", NO_ANSWER[question.kind] ?? "no answer of the kind asked for");
  if (evidence.missingWords.length > 0 || !evidence.predicateHeld)
    object("matter", `nothing is said of: ${evidence.missingWords.slice(0, 4).join(", ") || "what is asked about it"}`);
  return against;
}

const NO_ANSWER: Partial<Record<ReadQuestion["kind"], string>> = {
  number: "no number of this is given",
  date: "no date of this is given",
  person: "nobody is named for this",
  place: "no place is named for this",
  reason: "no reason is given",
};

/** The part of the question in front of "say", where the one who should say it stands. */
const SUBJECT =
  /^(.{4,120}?)\b(?:say|said|argue|argued|claim|claimed|warn|warned|call|called|respond|react|describe|described|recommend|recommended|propose|suggest|advise|see|view|think|accuse|want|demand|urge|insist|note|expect|threaten|promise|announce|deny|admit|pledge|declare)\b/i;

/** Whoever speaks in a text is one of these. */
const ANYBODY =
  /^(?:sources?|documents?|reports?|reporters?|journalists?|articles?|texts?|papers?|newspapers?|outlets?|publications?|pieces?|stor(?:y|ies)|notes?|news|corpus|interviews?|experts?|analysts?|authors?|writers?|critics?|observers?|commentators?|people|media|press|everyone|everybody|anyone|anybody|others?|sides?)$/i;

/** "The defence minister": every word of the office stands in the passage or with its speaker. */
function knowsRole(question: ReadQuestion, { missingWords }: Evidence): boolean {
  const subject = SUBJECT.exec(question.text)?.[1] ?? "";
  return !missingWords.some(
    (word) => /^\p{Ll}/u.test(word) && !ANYBODY.test(word) && new RegExp(`\\b${word}\\b`, "u").test(subject),
  );
}

/** Somebody of the question's names says something in the passage, or the passage is theirs. */
function speaks(question: ReadQuestion, passage: string, context: string): boolean {
  const subject = SUBJECT.exec(question.text)?.[1] ?? question.text;
  const asked = question.sentence.names.filter((name) => subject.includes(name.text)).flatMap((name) => name.words);
  if (asked.length === 0) return true;
  const known = readSource(context).sentences.flatMap((sentence) => sentence.words.map((word) => word.folded));
  if (asked.some((word) => known.includes(word))) return true;
  const { sentences } = readSource(passage);
  return sentences.some((sentence, at) => {
    const speakers = attributionsOf(sentence.text);
    if (speakers.length === 0 && !sentence.words.some((word) => isSaying(word.base))) return false;
    const holds = (other: typeof sentence | undefined): boolean =>
      other?.words.some((word) => asked.includes(word.folded)) === true;
    return holds(sentence) || (speakers.some(({ kind }) => kind === "pronoun") && holds(sentences[at - 1]));
  });
}
