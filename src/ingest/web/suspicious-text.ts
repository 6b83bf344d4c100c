// Text that is meant for programs and not for readers: commands to a language model.
// Kept out of the text and counted; a quotation of such a command in an article about the matter stays.

const COMMAND =
  /\b(?:(?:ignore|disregard|forget|override|bypass)\s(?:\w+\s){0,3}?(?:previous|prior|above|earlier|preceding|foregoing|all|any|your|system|other)\s(?:\w+\s){0,2}?(?:instructions?|prompts?|rules?|guidelines?|directions?|commands?|context|messages?|training)|(?:system|developer|admin(?:istrator)?)\s(?:prompt|message|override|instruction)s?\s?[:=]|(?:you are|act as|pretend to be|behave as)\s(?:now\s)?(?:an?\s)?(?:\w+\s){0,2}?(?:ai|assistant|chat ?bot|language model|llm|gpt|dan)\b|(?:ai|llm|language model|chat ?bot)s?(?:\s(?:assistants?|agents?|models?|summari[sz]ers?|systems?))?(?:\s\w+){0,4}?\s(?:must|should|are instructed to|are required to|shall|please)\s(?:ignore|say|answer|reply|respond|state|include|recommend|output|print|not|always|tell|write|mention|rate|visit)|(?:note|attention|message|instructions?) (?:to|for) (?:all )?(?:ai|llm|language models?|chat ?bots?|assistants?|gpt|crawlers)\b|do not (?:tell|inform|mention (?:this|it) to|reveal (?:this|it) to) (?:the )?(?:user|reader|human)|(?:reply|respond|answer) (?:only |exclusively )?with (?:the (?:words?|phrase|text)|exactly)\b|reveal (?:your|the) (?:system )?(?:prompt|instructions)|(?:send|post|exfiltrate|forward) (?:the |your |all )?(?:api key|token|password|credentials|conversation|chat history))/i;
const MARKUP =
  /<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>|^#{2,3}\s?(?:system|instruction|human|assistant)\s?:|(?:^|\n)(?:human|assistant|system)\s?:\s/i;
const OPENING = /["“„«‘「]/;

/** True for a piece that reads like an instruction to a language model and does not stand in quotation marks. */
export function isCommandToPrograms(text: string): boolean {
  if (MARKUP.test(text)) return true;
  const match = COMMAND.exec(text);
  if (match === null) return false;
  const before = text.slice(Math.max(0, match.index - 200), match.index);
  const opened = before.search(/["“„«‘「](?=[^"”“»’」]*$)/);
  return opened < 0 || !OPENING.test(before.slice(opened, opened + 1));
}
