// Numbers of a claim against its source: each must stand where the claim takes it from, with the same unit and of the same thing.
import type { Quantity } from "../../text/numbers.ts";
import { sameQuantity } from "../../text/same-quantity.ts";
import { areSynonyms } from "../../text/synonyms.ts";
import type { Alignment } from "./alignment.ts";
import { aboutOf, belonging, stretches } from "./belonging.ts";
import { stepOf } from "./compare-measures.ts";
import type { Finding } from "./finding.ts";
import { grammarOf } from "./grammar.ts";
import type { Reading, ReadSentence } from "./reading.ts";
import type { Window } from "./window.ts";

export function compareQuantities(
  claim: ReadSentence,
  source: Reading,
  window: Window,
  alignment: Alignment,
  context: ReadSentence | null,
): Finding[] {
  const near = source.sentences.slice(window.from, window.to + 1).flatMap((sentence) => sentence.quantities);
  const best = source.sentences[window.best]?.quantities ?? [];
  const all = source.sentences.flatMap((sentence) => sentence.quantities);
  const findings: Finding[] = [];
  for (const quantity of claim.quantities) {
    if (context?.quantities.some((known) => sameQuantity(quantity, known)) === true) continue;
    const met = near.filter((other) => sameQuantity(quantity, other));
    if (met.length > 0) {
      const part = partOf(quantity, claim, source.sentences[window.best]);
      if (part !== null) {
        findings.push(objection(quantity, part));
        continue;
      }
      const bound = boundTo(quantity, claim, source.sentences.slice(window.from, window.to + 1));
      if (bound === "here" || sameStep(quantity, claim, source.sentences[window.best])) continue;
      const rival = bound ?? swapped(quantity, met, near) ?? inPlaceOf(quantity, claim, source.sentences[window.best], alignment);
      if (rival !== null) findings.push(objection(quantity, rival));
      continue;
    }
    if (quantity.weak) {
      // "one of them" proves nothing, but "one soldier" beside "two soldiers" is another number
      if (standsApart(quantity, source.text) || aged(quantity, all)) continue;
      const other = rivalOf(quantity, best);
      if (other !== null && quantity.counts.length > 0 && !other.weak) findings.push(objection(quantity, other));
      continue;
    }
    if (all.some((other) => sameQuantity(quantity, other) && (shareCounted(quantity, other) || quantity.unit !== null))) continue;
    if (standsApart(quantity, source.text) || aged(quantity, all)) continue;
    const other = rivalOf(quantity, best) ?? rivalOf(quantity, near);
    findings.push(
      other === null
        ? { kind: "missing", about: "number", reason: `number not in the source: ${quantity.text}` }
        : objection(quantity, other),
    );
  }
  return findings;
}

/** Texts that went through a tokeniser have "2. 4" for 2.4: the same digits with blanks beside the separator. */
function standsApart(quantity: Quantity, source: string): boolean {
  const [, digits, rest = ""] = /(\d+(?:[.,]\d+)+)(.*)$/.exec(quantity.text) ?? [];
  if (digits === undefined) return false;
  const apart = digits.replace(/[.,]/g, "\\$& ");
  const next = /^\s*(\p{L}+)/u.exec(rest)?.[1] ?? "";
  return new RegExp(`(?<!\\d[.,]? ?)${apart}(?! ?[.,]?\\d)\\W*${next}`, "i").test(source);
}

/** "the 33-year-old" for "Lund, 33,". */
function aged(quantity: Quantity, all: readonly Quantity[]): boolean {
  if (quantity.kind === "cardinal" && quantity.counts.length === 0) {
    return all.some((other) => other.unit === "year" && other.counts[0] === "old" && other.value === quantity.value);
  }
  if (quantity.unit !== "year" || quantity.counts[0] !== "old") return false;
  return all.some((other) => other.kind === "cardinal" && other.value === quantity.value && other.counts.length === 0);
}

const objection = (quantity: Quantity, other: Quantity): Finding => ({
  kind: "contradicted",
  about: "number",
  reason: `says ${quantity.text}, the source says ${other.text}`,
  words: [quantity.text, other.text],
});

/** The number that the best sentence has in this very place, where the two are otherwise the same. */
function inPlaceOf(
  quantity: Quantity,
  claim: ReadSentence,
  best: ReadSentence | undefined,
  alignment: Alignment,
): Quantity | null {
  if (best === undefined || alignment.share < 0.75) return null;
  const covers = (sentence: ReadSentence, from: number, to: number, found: Quantity): boolean =>
    sentence.words.slice(from, to).some((word) => word.start < found.end && word.end > found.start);
  const gap = alignment.gaps.find((gap) => covers(claim, gap.from, gap.to, quantity));
  if (gap === undefined || gap.to - gap.from > 4 || gap.sourceTo - gap.sourceFrom > 4) return null;
  const there = best.quantities.filter(
    (other) => other.kind === quantity.kind && covers(best, gap.sourceFrom, gap.sourceTo, other),
  );
  return there.length === 0 || there.some((other) => sameQuantity(quantity, other)) ? null : (there[0] ?? null);
}

/** "300 of the 1,200 employees": the number of the whole is given to what the source tells of the part. */
function partOf(quantity: Quantity, claim: ReadSentence, best: ReadSentence | undefined): Quantity | null {
  const whole = best?.quantities.find((other) => sameQuantity(quantity, other));
  if (best === undefined || whole === undefined || /\b(?:of|among)\b[^,]{0,12}$/.test(claim.text.slice(0, quantity.start)))
    return null;
  const part = best.quantities.find(
    (other) =>
      other.end < whole.start &&
      /^ (?:out )?of (?:(?:the|its|his|her|their|all|about|some) ){0,2}$/.test(best.text.slice(other.end, whole.start)),
  );
  if (part === undefined || claim.quantities.some((other) => sameQuantity(other, part))) return null;
  const told = grammarOf(claim).predicates.some(
    ({ at }) => (claim.words[at]?.weight ?? 0) >= 1 && best.bases.has(claim.words[at]?.base ?? ""),
  );
  return told ? part : null;
}

/** Where the sentence that has the number has others of its kind: the one that the claim's matter belongs to, or "here" if it is this one. */
function boundTo(quantity: Quantity, claim: ReadSentence, sentences: readonly ReadSentence[]): "here" | Quantity | null {
  const kin = (list: readonly Quantity[]): Quantity[] =>
    list.filter((other) => other.kind === quantity.kind && other.unit === quantity.unit && !other.weak);
  const own = kin(claim.quantities);
  let elsewhere: Quantity | null = null;
  for (const sentence of sentences) {
    const given = kin(sentence.quantities);
    const place = given.findIndex((other) => sameQuantity(quantity, other));
    if (place === -1 || given.length < 2) continue;
    const found = belonging(aboutOf(claim, own, own.indexOf(quantity)), place, stretches(sentence, given));
    if (found === "here") return "here";
    const other = found === null ? undefined : given[found];
    if (other !== undefined && !sameQuantity(quantity, other)) elsewhere = other;
  }
  return elsewhere;
}

/** "raised by 0.5 points to 4 per cent": told of the same step of the change. */
function sameStep(quantity: Quantity, claim: ReadSentence, best: ReadSentence | undefined): boolean {
  const step = stepOf(quantity, claim);
  return (
    step !== null &&
    best?.quantities.some((other) => sameQuantity(quantity, other) && stepOf(other, best) === step) === true &&
    best.quantities.filter((other) => stepOf(other, best) === step).length === 1
  );
}

/** The number stands in the source, but of another thing, and the thing that the claim counts has another number there. */
function swapped(quantity: Quantity, met: readonly Quantity[], near: readonly Quantity[]): Quantity | null {
  const [head] = quantity.counts;
  if (head === undefined || met.some((other) => other.counts.length === 0 || shareCounted(quantity, other))) return null;
  return (
    near.find(
      (other) =>
        other.kind === quantity.kind && !met.includes(other) && !sameQuantity(quantity, other) && shareCounted(quantity, other),
    ) ?? null
  );
}

/** A number of the same kind that the source gives instead. */
function rivalOf(quantity: Quantity, among: readonly Quantity[]): Quantity | null {
  const kin = among.filter(
    (other) => other.kind === quantity.kind && (quantity.kind !== "measure" || other.unit === quantity.unit),
  );
  return (
    kin.find((other) => shareCounted(quantity, other)) ?? (quantity.weak ? null : (kin.find((other) => !other.weak) ?? null))
  );
}

function shareCounted(a: Quantity, b: Quantity): boolean {
  return a.counts.some((word) => b.counts.some((other) => areSynonyms(word, other)));
}
