// Characters that a reader of the page never sees but a search or a model would: removed, and counted for the warning.
// Joiners inside words of scripts that need them, and in emoji, stay.

const HIDDEN = new RegExp(
  "\\u{AD}|\\u{34F}|\\u{61C}|[\\u{115F}\\u{1160}]|[\\u{17B4}\\u{17B5}]|[\\u{180B}-\\u{180E}]|[\\u{200B}\\u{200E}\\u{200F}\\u{202A}-\\u{202E}\\u{2060}-\\u{206F}]|" +
    "[\\u{3164}\\u{FFA0}]|[\\u{FE00}-\\u{FE0E}]|\\u{FEFF}|[\\u{FFF9}-\\u{FFFB}]|[\\u{1BCA0}-\\u{1BCA3}\\u{1D173}-\\u{1D17A}]|[\\u{E0000}-\\u{E0FFF}]",
  "gu",
);
/** Joiners beside a Latin, Greek or Cyrillic letter, a digit, a space or a stop join nothing: they only hide. */
const IDLE_JOINER = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}\s.,;:!?]|^)[\u200C\u200D]+/gu;
const HARMLESS = /\u00AD|\uFEFF|[\uFE00-\uFE0E]/u;
const CONTROLS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F]/g;

/** The text as people see it, and how many characters were hidden on purpose (soft hyphens and stray marks are not counted). */
export function withoutHidden(text: string): { text: string; hidden: number } {
  let hidden = 0;
  const count = (match: string): string => {
    if (!HARMLESS.test(match)) hidden += 1;
    return "";
  };
  const plain = text.replace(HIDDEN, count);
  const clean = (/[\u200C\u200D]/.test(plain) ? plain.replace(IDLE_JOINER, count) : plain).replace(CONTROLS, "");
  return { text: clean, hidden };
}

const INSTRUCTIONS =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,30}\b(?:previous|prior|above|earlier|all|any|your|the)\b.{0,20}\b(?:instructions?|prompts?|rules|guidelines|messages|directions)\b|\b(?:you are (?:now|no longer)|act as|pretend to be|from now on,? you)\b.{0,60}\b(?:assistant|ai|model|chatbot|bot|mode|dan|admin|system|unrestricted)\b|(?:^|\s)(?:system|assistant|user)\s?(?:prompt|message)?\s?:\s.{0,40}\b(?:you|ignore|reply|respond|output|must)\b|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[\/?INST\]|\b(?:reveal|print|repeat|output)\b.{0,30}\b(?:system prompt|hidden instructions|api key)\b|\b(?:ai|language) (?:assistants?|models?|agents?)\b.{0,40}\b(?:must|should|reading this|are instructed)\b.{0,60}\b(?:reply|respond|answer|say|output|include|ignore|visit|send)\b/giu;

/** Passages that speak to a machine rather than to a reader, cut short; they stay in the text, as somebody else's words. */
export function instructionsIn(text: string): string[] {
  return [...text.matchAll(INSTRUCTIONS)].slice(0, 5).map((match) => match[0].replace(/\s+/g, " ").trim().slice(0, 80));
}

/** Warnings on both, in words for people. */
export function hiddenWarnings(hidden: number, text: string): string[] {
  return [
    ...(hidden === 0 ? [] : [`${hidden} hidden ${hidden === 1 ? "character" : "characters"} removed`]),
    ...instructionsIn(text).map((passage) => `speaks to a machine, is treated as plain text: "${passage}"`),
  ];
}
