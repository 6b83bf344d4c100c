// The form a generated sentence must have before its content is checked: plain text that nothing on a surface can act on.
// Mends spacing and citation marks; whatever else is wrong is named, never patched over.
import { sentenceSpans } from "../text/sentences.ts";

/** Longer ones are no sentences for a briefing. UTF-16 units. */
const LONGEST = 600;

/** An item beyond this is not taken apart. */
const LONGEST_ITEM = 4_000;

/** `[1.2]`, `[2.1, 3.4]`, `(passage 4)` inside a text: citations belong beside it. */
const CITATION_MARK =
  /\s*(?:\[(?:passages?\s*)?(\d{1,3}(?:\.\d{1,3})?(?:\s*[,;–-]\s*\d{1,3}(?:\.\d{1,3})?)*)\]|\((?:see\s+)?(?:passages?|sentences?)\s+(\d{1,3}(?:\.\d{1,3})?(?:\s*(?:,|and|&)\s*\d{1,3}(?:\.\d{1,3})?)*)\))/gi;

/** What must not be in a sentence, and how the model is told. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/[a-z][a-z0-9+.-]{1,20}:\/\/|\bwww\.|\bdiscord\.gg\b|\b[\w-]+\.[a-z]{2,12}\/\S/i, "it holds a web address"],
  [/\b(?:mailto|javascript):\S|\bdata:\w+\/|\btel:[+\d]/i, "it holds a web address"],
  [/\]\s?\(|!\[|\]\[/, "it holds a Markdown link"],
  [/@/, "it holds an @"],
  [/<[^<>]*>/, "it holds markup"],
  [/`|\*\*|__|~~|\|\||^\s*(?:#|>|[-*•]\s)/, "it holds Markdown"],
  // characters that are not seen, or that turn the direction of what follows
  [/[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u, "it holds invisible characters"],
  [
    /\bsystem prompt\b|\bas an ai\b|\b(?:the|these|this) passages? (?:do|does|say|state|mention|provide|contain)/i,
    "it speaks of itself or of its passages",
  ],
];

/** An order to whoever writes or reads, or text for a machine: it states nothing, so it is neither told nor cited. 5 of 9,542 sentences of real pages.
 * "Output of steel fell" orders nothing. */
const ORDER =
  /(?:^|[:;“"‘>\]]\s*|\b(?:assistant|system|ai|model)[,:]\s+)(?:(?:please|now|first|then|always)\s+)?(?:(?:say|tell|write|announce|respond|greet|invite|pretend|ignore|disregard|forget)\b|(?:answer|reply|repeat|print|output|mention)\b(?!\s(?:of|at|from|per)\b))/i;

const FOR_A_MACHINE = /"\s*:\s*["[{]|<\/\w+>/;

export const givesOrders = (text: string): boolean => ORDER.test(text) || FOR_A_MACHINE.test(text);

/** It only announces what is to come: "Here is what we know", "The plan in short:". */
export const leadsIn = (text: string): boolean => /^here(?:['’]s| is| are)\b|:$/i.test(text);

export interface Formed {
  text: string;
  /** Numbers of sentences or passages that stood inside the text. */
  inline: string[];
  /** What is wrong, in words; empty when the form is right. */
  problems: string[];
}

/** The sentences of one item of a reply, formed. One item may hold several: each is checked for itself. */
export function formSentences(raw: string): Formed[] {
  const flat = raw.slice(0, LONGEST_ITEM).replace(/\s+/g, " ").trim();
  if (raw.length > LONGEST_ITEM) return [{ text: flat, inline: [], problems: [`it is longer than ${LONGEST_ITEM} characters`] }];
  return separate(flat).map((piece) => {
    const inline: string[] = [];
    let text = piece.replace(CITATION_MARK, (_, bracket?: string, words?: string) => {
      inline.push(...((bracket ?? words ?? "").match(/[\d.]*\d/g) ?? []));
      return "";
    });
    text = text.replace(/\s+([.,;:!?])/g, "$1").trim();
    if (/[\p{L}\p{N}%)”"’]$/u.test(text) && !/[.!?…]["”’)]*$/.test(text)) text += ".";
    return { text, inline, problems: problemsOf(text) };
  });
}

function problemsOf(text: string): string[] {
  const problems = FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, problem]) => problem);
  if (text.length > LONGEST) problems.push(`it is longer than ${LONGEST} characters`);
  if (!/\p{L}.*\s.*\p{L}/su.test(text)) problems.push("it is not a sentence");
  if (leadsIn(text)) problems.push("it announces what it should tell");
  if (givesOrders(text)) problems.push("it gives orders");
  if (text.endsWith("?")) problems.push("it asks instead of answering");
  return [...new Set(problems)];
}

/** Cuts an item into its sentences, but never inside a quotation. */
function separate(text: string): string[] {
  const pieces: string[] = [];
  let open = "";
  for (const span of sentenceSpans(text)) {
    open = open === "" ? text.slice(span.start, span.end) : `${open} ${text.slice(span.start, span.end)}`;
    if (!balanced(open)) continue;
    // a mark behind the full stop belongs to the sentence before it
    const mark = /^(?:\[[\d.\s,;–-]+\]\s*)+/.exec(open);
    if (mark !== null && pieces.length > 0) {
      pieces[pieces.length - 1] += ` ${mark[0].trim()}`;
      open = open.slice(mark[0].length);
    }
    if (open.trim() !== "") pieces.push(open);
    open = "";
  }
  if (open !== "") pieces.push(open);
  return pieces;
}

function balanced(text: string): boolean {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
  return count(/"/g) % 2 === 0 && count(/“/g) === count(/”/g) && count(/\(/g) === count(/\)/g);
}
