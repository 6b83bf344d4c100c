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
/** Colours and window titles of a terminal, whole: without its first character the rest would stand in the text as words. */
const ESCAPES =
  /(?:\u001B\[|\u009B)[0-?]{0,40}[ -/]{0,4}[@-~]|(?:\u001B[\]PX^_]|[\u0090\u009D])[^\u0007\u001B\u009C\n]{0,500}(?:\u0007|\u001B\\|\u009C)|\u001B[ -/]{0,4}[0-Z\\^-~]/g;
const CONTROLS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F-\u009F]/g;

/** The text as people see it, and how many characters were hidden on purpose (soft hyphens and stray marks are not counted). */
export function withoutHidden(text: string): { text: string; hidden: number } {
  let hidden = 0;
  const count = (match: string): string => {
    if (!HARMLESS.test(match)) hidden += 1;
    return "";
  };
  const unescaped = text.replace(ESCAPES, (sequence) => {
    hidden += sequence.length;
    return "";
  });
  const plain = unescaped.replace(HIDDEN, count);
  const clean = (/[\u200C\u200D]/.test(plain) ? plain.replace(IDLE_JOINER, count) : plain).replace(CONTROLS, "");
  return { text: clean, hidden };
}
