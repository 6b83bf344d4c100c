// Questions about the answer that was just given: who says it, when it was, whether it is so. Nothing is looked up again: the answer's own
// sources tell, and whether something is true is not decided, only who says so and who disputes it.
import { aboutMetadata } from "../answer/citations.ts";
import type { Answer, Disagreement, Sentence, Source } from "../domain.ts";
import { findEventTimes } from "../text/event-times.ts";
import { fieldStatement, speakerStatement } from "./statements.ts";

export interface AboutAnswer {
  sentences: Sentence[];
  disagreements: Disagreement[];
  sources: Source[];
  warnings: string[];
}

const MOST = 5;

export function whoSays(given: Answer): AboutAnswer {
  return renumbered({ sentences: speakers(given), disagreements: [], sources: given.sources, warnings: [] });
}

/** Who says so, and the other side where there is one: the disagreements with their sources. */
export function whetherTrue(
  given: Answer,
  { disagreements, sources }: Pick<AboutAnswer, "disagreements" | "sources">,
): AboutAnswer {
  const sentences = speakers(given);
  if (disagreements.length > 0)
    return { sentences, disagreements, sources, warnings: ["What is true I cannot tell: the sources disagree."] };
  const warnings = ["What is true I cannot tell, only who says so. I saw no other document dispute it."];
  return renumbered({ sentences, disagreements, sources, warnings });
}

/** The told sentences that give a time, and when the document was published that tells them. */
export function whenItWas(given: Answer): AboutAnswer {
  const timed = given.sentences.filter(({ citations }) =>
    citations.some((n) => {
      const source = sourceOf(given, n);
      return source !== undefined && findEventTimes(source.quote, source.document.published).length > 0;
    }),
  );
  const told = timed.slice(0, 2);
  const about = told.length > 0 ? told : given.sentences.slice(0, 1);
  const published = publications(citedBy(about, given));
  const warnings = told.length > 0 ? [] : ["The answer gives no day for this; only the documents have dates."];
  return renumbered({ sentences: [...told, ...published], disagreements: [], sources: given.sources, warnings });
}

/** When the documents were published in which it was said. */
export function whenSaid(given: Answer): AboutAnswer {
  const sentences = publications(citedBy(given.sentences, given));
  return renumbered({ sentences, disagreements: [], sources: given.sources, warnings: [] });
}

/** One sentence for each document. */
function publications(cited: readonly Source[]): Sentence[] {
  const seen = new Set<string>();
  return cited.flatMap(({ n, document }) => {
    if (seen.has(document.id)) return [];
    seen.add(document.id);
    return [aboutMetadata(fieldStatement("published", document).text, [n])];
  });
}

function speakers(given: Answer): Sentence[] {
  const seen = new Set<string>();
  return citedBy(given.sentences, given).flatMap((source) => {
    const statement = speakerStatement(source);
    if (seen.has(statement.text) || seen.size >= MOST) return [];
    seen.add(statement.text);
    return [aboutMetadata(statement.text, [source.n])];
  });
}

const sourceOf = ({ sources }: Answer, n: number): Source | undefined => sources.find((source) => source.n === n);

function citedBy(sentences: readonly Sentence[], given: Answer): Source[] {
  const numbers = [...new Set(sentences.flatMap(({ citations }) => citations))];
  return numbers.flatMap((n) => sourceOf(given, n) ?? []);
}

/** Only the sources that are cited, numbered from 1 in the order of citing. */
function renumbered(about: AboutAnswer): AboutAnswer {
  const order = [...new Set(about.sentences.flatMap(({ citations }) => citations))];
  const place = new Map(order.map((n, at) => [n, at + 1]));
  return {
    ...about,
    sentences: about.sentences.map((sentence) => ({
      ...sentence,
      citations: sentence.citations.flatMap((n) => place.get(n) ?? []),
    })),
    sources: order.flatMap((n) => {
      const source = about.sources.find((one) => one.n === n);
      return source === undefined ? [] : [{ ...source, n: place.get(n) ?? n }];
    }),
  };
}
