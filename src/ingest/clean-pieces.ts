// The one policy on hostile text, for every kind of document: characters that no reader sees, and text that is meant for programs and not for readers,
// are left out and told. A quotation of a command to a language model, or a report of somebody who gave one, stays.
import { sentenceSpans } from "../text/sentences.ts";
import type { Piece } from "./compose-text.ts";

/** Pieces of which something is left; `warnings` in words for people. `unseen`: texts that the page hides, as visibility.ts found them. */
export function cleanPieces<T extends Piece>(
  pieces: readonly T[],
  unseen: readonly string[] = [],
): { pieces: T[]; warnings: string[] } {
  let characters = 0;
  let commands = unseen.filter(isCommandToPrograms).length;
  const kept = pieces.flatMap((piece) => {
    const visible = withoutHidden(piece.text);
    const { text, removed } = withoutCommands(visible.text);
    characters += visible.hidden;
    commands += removed;
    return text === "" ? [] : [{ ...piece, text }];
  });
  const count = unseen.length;
  const warnings = [
    ...(count > 0 ? [`Hidden text left out: ${count} ${count === 1 ? "piece" : "pieces"}.`] : []),
    ...(commands > 0 ? [`Instructions to programs left out: ${commands}.`] : []),
    ...invisibleWarning(characters),
  ];
  return { pieces: kept, warnings };
}

export const invisibleWarning = (characters: number): string[] =>
  characters === 0 ? [] : [`Invisible characters left out: ${characters}.`];

const HIDDEN = new RegExp(
  "\\u{AD}|\\u{34F}|\\u{61C}|[\\u{115F}\\u{1160}]|[\\u{17B4}\\u{17B5}]|[\\u{180B}-\\u{180E}]|[\\u{200B}\\u{200E}\\u{200F}\\u{202A}-\\u{202E}\\u{2060}-\\u{206F}]|" +
    "[\\u{3164}\\u{FFA0}]|[\\u{FE00}-\\u{FE0E}]|\\u{FEFF}|[\\u{FFF9}-\\u{FFFB}]|[\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}]|[\\u{E0000}-\\u{E0FFF}]",
  "gu",
);
/** Joiners beside a Latin, Greek or Cyrillic letter, a digit, a space or a stop join nothing: they only hide. */
const IDLE_JOINER = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\s.,;:!?]|^)[\u200C\u200D]+/gu;
const HARMLESS = /\u00AD|\uFEFF|[\uFE00-\uFE0E]/u;
/** Colours and window titles of a terminal, whole: without its first character the rest would stand in the text as words. */
const ESCAPES =
  /(?:\u001B\[|\u009B)[0-?]{0,40}[ -/]{0,4}[@-~]|(?:\u001B[\]PX^_]|[\u0090\u009D])[^\u0007\u001B\u009C\n]{0,500}(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]{0,4}[0-Z\\^-~]/g;
const CONTROLS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F]/g;

/** The text as people see it, and how many characters or sequences of a terminal were hidden on purpose (soft hyphens and stray marks are not counted). */
export function withoutHidden(text: string): { text: string; hidden: number } {
  let hidden = 0;
  const drop = (match: string): string => {
    if (!HARMLESS.test(match)) hidden += 1;
    return "";
  };
  const plain = text.replace(ESCAPES, drop).replace(HIDDEN, drop);
  return { text: (/[\u200C\u200D]/.test(plain) ? plain.replace(IDLE_JOINER, drop) : plain).replace(CONTROLS, ""), hidden };
}

const COMMAND =
  /\b(?:(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,3}?(?:previous|prior|above|earlier|preceding|foregoing|all|any|your|system|other)\s(?:\w+\s){0,2}?(?:instructions?|prompts?|rules?|guidelines?|directions?|commands?|context|messages?|training)|(?:system|developer|admin(?:istrator)?)\s(?:prompt|message|override|instruction)s?\s?[:=]|(?:you are|act as|pretend to be|behave as)\s(?:now\s)?(?:an?\s)?(?:\w+\s){0,2}?(?:ai|assistant|chat ?bot|language model|llm|gpt|dan)\b|(?:ai|llm|language model|chat ?bot)s?(?:\s(?:assistants?|agents?|models?|summari[sz]ers?|systems?))?(?:\s\w+){0,4}?\s(?:must|should|are instructed to|are required to|shall|please)\s(?:ignore|say|answer|reply|respond|state|include|recommend|output|print|not|always|tell|write|mention|rate|visit)|(?:note|attention|message|instructions?) (?:to|for) (?:all )?(?:ai|llm|language models?|chat ?bots?|assistants?|gpt|crawlers)\b|do not (?:tell|inform|mention (?:this|it) to|reveal (?:this|it) to) (?:the )?(?:user|reader|human)|(?:reply|respond|answer) (?:only |exclusively )?with (?:the (?:words?|phrase|text)|exactly)\b|reveal (?:your|the) (?:system )?(?:prompt|instructions)|(?:send|post|exfiltrate|forward) (?:the |your |all )?(?:api key|token|password|credentials|conversation|chat history))/i;
/** Marks that conversations with a model are written with; one of them says where a turn ends. */
const MARKS = /<\|(?:im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>/gi;
const MARKED_TURN = /<\|im_start\|>[^\n]{0,600}?(?:<\|im_end\|>|[.!?](?=\s)|$)/gim;
/** Somebody's turn in such a conversation, at its beginning and inside a paragraph. */
const TURN = /^#{2,3}\s?(?:system|instruction|human|assistant)\s?:|(?:^|\n)(?:human|assistant|system)\s?:\s/i;
const TURN_WITHIN = /[.!?]\s(?:human|assistant|system)\s?:\s/i;
const WHOLE_PARAGRAPH = 600;
/** "… had told the program to": somebody else's deed is news. */
const REPORTED =
  /\b(?:told|tells?|asks?|asked|instruct(?:s|ed|ing)?|order(?:s|ed|ing)?|trick(?:s|ed|ing)?|persuad(?:es?|ed|ing)|got|gets?|caus(?:es?|ed|ing)|forc(?:es?|ed|ing)|convinc(?:es?|ed|ing)|command(?:s|ed|ing)?|refus(?:es?|ed|ing))\b[^.!?;:]{0,80}\bto\s+$/i;
const GOES_ON =
  /^(?:["“]?(?:instead|then|also|now|and|from now on|you|your|please|do not|don['’]t|never|always|say|answer|reply|respond|tell|write|state|output|print|repeat|pretend|act|start|begin|end|include|recommend|mention|visit|click|send|post|rate|claim|report|call|use|make|give)\b|@)/i;
const MARK = "\uE000";

/** True for a piece that reads like an instruction to a language model and is neither quoted nor reported. */
function isCommandToPrograms(text: string): boolean {
  if (TURN.test(text) || text.search(MARKED_TURN) >= 0) return true;
  const match = COMMAND.exec(text);
  if (match === null) return false;
  const before = text.slice(Math.max(0, match.index - 200), match.index);
  if (REPORTED.test(before) && !/\byou\b/i.test(before)) return false;
  return !/["“„«‘「`](?=[^"”“»’」`]*$)/.test(before);
}

/** A paragraph without what speaks to programs (empty where nothing else is in it), and how many passages went. */
function withoutCommands(given: string): { text: string; removed: number } {
  const text = given.replace(MARKED_TURN, MARK).replace(MARKS, MARK);
  if (!text.includes(MARK) && !TURN.test(text) && !TURN_WITHIN.test(text) && !COMMAND.test(text)) return { text, removed: 0 };
  if (text.length <= WHOLE_PARAGRAPH && TURN.test(text)) return { text: "", removed: 1 };
  let going = false;
  let removed = 0;
  const kept = sentenceSpans(text).flatMap(({ start, end }) => {
    const sentence = text.slice(start, end);
    const own = sentence.replaceAll(MARK, "").trim();
    const [isMarked, isCommand] = [sentence.includes(MARK), isCommandToPrograms(own)];
    going = isCommand || ((going || isMarked) && GOES_ON.test(own));
    removed += isCommand || isMarked ? 1 : 0;
    return going || own === "" ? [] : [own];
  });
  // one that goes over several sentences
  return removed === 0 && isCommandToPrograms(text) ? { text: "", removed: 1 } : { text: kept.join(" "), removed };
}
