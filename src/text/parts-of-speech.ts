// Parts of speech of the words of a sentence, by winkNLP's small English model (about 95 % of words right). Loaded when first asked for.
import { createRequire } from "node:module";
import type winkNLP from "wink-nlp";
import type { ItsFunction, Model } from "wink-nlp";
import type { Span } from "../domain.ts";

/** Universal part-of-speech tags, as far as they are told apart here. */
export type PartOfSpeech =
  | "NOUN"
  | "PROPN"
  | "VERB"
  | "AUX"
  | "ADJ"
  | "ADV"
  | "ADP"
  | "DET"
  | "PRON"
  | "NUM"
  | "CCONJ"
  | "SCONJ"
  | "PART"
  | "OTHER";

interface Tagger {
  /** Tokens of the text in order, with their tags. */
  (text: string): { values: string[]; tags: string[] };
}

let tagger: Tagger | null = null;

function open(): Tagger {
  const require = createRequire(import.meta.url);
  const wink = require("wink-nlp") as typeof winkNLP;
  const nlp = wink(require("wink-eng-lite-web-model") as Model, ["sbd", "pos"]);
  // as plain functions: they use no "this"
  const { value, pos } = nlp.its as Record<"value" | "pos", ItsFunction<string>>;
  return (text) => {
    const tokens = nlp.readDoc(text).tokens();
    return { values: tokens.out(value), tags: tokens.out(pos) };
  };
}

/** The tag of each span (a word) of the text: that of the first token in it. */
export function partsOfSpeech(text: string, words: readonly Span[]): PartOfSpeech[] {
  tagger ??= open();
  const { values, tags } = tagger(text);
  const found: PartOfSpeech[] = [];
  let [at, offset] = [0, 0];
  for (const word of words) {
    let tag = "OTHER";
    while (at < values.length) {
      const start = text.indexOf(values[at] ?? "", offset);
      if (start === -1) break;
      if (start >= word.end) break;
      const end = start + (values[at]?.length ?? 0);
      if (end > word.start && tag === "OTHER") tag = tags[at] ?? "OTHER";
      if (end > word.end) break;
      offset = end;
      at += 1;
    }
    found.push(tag as PartOfSpeech);
  }
  return found;
}
