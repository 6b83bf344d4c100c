// Text that is meant for programs and not for readers: commands to a language model. The one policy for every kind of document:
// kept out of the text and counted in a warning. A quotation of such a command, or a report of somebody who gave one, stays.
import { sentenceSpans } from "../text/sentences.ts";

const COMMAND =
  /\b(?:(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,3}?(?:previous|prior|above|earlier|preceding|foregoing|all|any|your|system|other)\s(?:\w+\s){0,2}?(?:instructions?|prompts?|rules?|guidelines?|directions?|commands?|context|messages?|training)|(?:system|developer|admin(?:istrator)?)\s(?:prompt|message|override|instruction)s?\s?[:=]|(?:you are|act as|pretend to be|behave as)\s(?:now\s)?(?:an?\s)?(?:\w+\s){0,2}?(?:ai|assistant|chat ?bot|language model|llm|gpt|dan)\b|(?:ai|llm|language model|chat ?bot)s?(?:\s(?:assistants?|agents?|models?|summari[sz]ers?|systems?))?(?:\s\w+){0,4}?\s(?:must|should|are instructed to|are required to|shall|please)\s(?:ignore|say|answer|reply|respond|state|include|recommend|output|print|not|always|tell|write|mention|rate|visit)|(?:note|attention|message|instructions?) (?:to|for) (?:all )?(?:ai|llm|language models?|chat ?bots?|assistants?|gpt|crawlers)\b|do not (?:tell|inform|mention (?:this|it) to|reveal (?:this|it) to) (?:the )?(?:user|reader|human)|(?:reply|respond|answer) (?:only |exclusively )?with (?:the (?:words?|phrase|text)|exactly)\b|reveal (?:your|the) (?:system )?(?:prompt|instructions)|(?:send|post|exfiltrate|forward) (?:the |your |all )?(?:api key|token|password|credentials|conversation|chat history))/i;
const MARKUP =
  /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>|^#{2,3}\s?(?:system|instruction|human|assistant)\s?:|(?:^|\n)(?:human|assistant|system)\s?:\s/i;
/** The same inside a paragraph. */
const ROLE_WITHIN = /[.!?]\s(?:human|assistant|system)\s?:\s/i;
const OPENING = /["“„«‘「`]/;
/** "… had told the program to": somebody else's deed is news. */
const REPORTED =
  /\b(?:told|tells?|asks?|asked|instruct(?:s|ed|ing)?|order(?:s|ed|ing)?|trick(?:s|ed|ing)?|persuad(?:es?|ed|ing)|got|gets?|caus(?:es?|ed|ing)|forc(?:es?|ed|ing)|convinc(?:es?|ed|ing)|command(?:s|ed|ing)?|refus(?:es?|ed|ing))\b[^.!?;:]{0,80}\bto\s+$/i;
/** A short paragraph in a model's own marks is a forged conversation from end to end. */
const WHOLE_PARAGRAPH = 600;
/** What goes on speaking to the program after a command. */
const GOES_ON =
  /^(?:["“]?(?:instead|then|also|now|and|from now on|you|your|please|do not|don['’]t|never|always|say|answer|reply|respond|tell|write|state|output|print|repeat|pretend|act|start|begin|end|include|recommend|mention|visit|click|send|post|rate|claim|report|call|use|make|give)\b|@)/i;

/** True for a piece that reads like an instruction to a language model and is neither quoted nor reported. */
export function isCommandToPrograms(text: string): boolean {
  if (MARKUP.test(text)) return true;
  const match = COMMAND.exec(text);
  if (match === null) return false;
  const before = text.slice(Math.max(0, match.index - 200), match.index);
  if (REPORTED.test(before) && !/\byou\b/i.test(before)) return false;
  const opened = before.search(/["“„«‘「`](?=[^"”“»’」`]*$)/);
  return opened < 0 || !OPENING.test(before.slice(opened, opened + 1));
}

/** A paragraph without what speaks to programs (empty where nothing else is in it), and how many passages went. */
export function withoutCommands(text: string): { text: string; removed: number } {
  if (!MARKUP.test(text) && !COMMAND.test(text) && !ROLE_WITHIN.test(text)) return { text, removed: 0 };
  const sentences = sentenceSpans(text).map(({ start, end }) => text.slice(start, end));
  const bad = sentences.map(isCommandToPrograms);
  const removed = bad.filter(Boolean).length;
  if (removed === 0) return isCommandToPrograms(text) ? { text: "", removed: 1 } : { text, removed: 0 };
  if (text.length <= WHOLE_PARAGRAPH && MARKUP.test(text)) return { text: "", removed: 1 };
  let going = false;
  const kept = sentences.filter((sentence, at) => {
    going = bad[at] === true || (going && GOES_ON.test(sentence));
    return !going;
  });
  return { text: kept.join(" "), removed };
}

export const commandsWarning = (removed: number): string[] =>
  removed === 0 ? [] : [`Instructions to programs left out: ${removed}.`];
