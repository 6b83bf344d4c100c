// Exact facts of one sentence against the texts that it cites and what is known of their documents: numbers, dates, names, quotations, plain
// negation. Pure, without a model; what needs reading (who did what to whom, why, how surely) is not decided here.
import type { CitedText } from "../domain.ts";
import { checkDates } from "./claimed-dates.ts";
import { checkNames } from "./claimed-names.ts";
import { checkNegation } from "./flipped-negation.ts";
import { checkQuantities } from "./quantities.ts";
import { findQuotations, foldTypography, locateQuotation } from "./quotations.ts";
import { readSentence, readSource, type ReadSource } from "./reading.ts";

export interface Finding {
  kind: "number" | "date" | "name" | "quotation" | "negation";
  /** The source says otherwise; else it only stands nowhere in it. */
  contradicted: boolean;
  /** In words, for people. */
  reason: string;
}

export interface Facts {
  /** Empty where no exact fact speaks against the sentence. */
  findings: Finding[];
}

/** Any text is a valid input; a sentence without facts has no findings, whatever it says. */
export function checkFacts(sentence: string, cited: readonly CitedText[]): Facts {
  const source = readSource(cited);
  const claim = readSentence(sentence);
  return {
    findings: [
      ...checkQuotations(sentence, source),
      ...checkQuantities(claim, source),
      ...checkDates(claim, source),
      ...checkNames(claim, source),
      ...checkNegation(claim, source),
    ],
  };
}

function checkQuotations(sentence: string, source: ReadSource): Finding[] {
  const titles = source.known.map(({ text }) => foldTypography(text));
  return findQuotations(sentence)
    .filter(
      ({ text }) =>
        /[\p{L}\p{N}]/u.test(text) && [source.folded, ...titles].every((place) => locateQuotation(text, place) === null),
    )
    .map(({ text }) => ({ kind: "quotation", contradicted: false, reason: `not verbatim in the source: "${text}"` }));
}
