// Which sentences a summary of a topic may take: those that say the topic's words, or stand in a text about it. Nearness of meaning alone is
// enough only for a topic whose words no text uses.
import type { Candidate } from "../../answer/candidates.ts";
import type { Scored } from "../../answer/relevance.ts";
import { findNames } from "../../text/names.ts";
import { baseOf, isStopWord, wordsOf } from "../../text/words.ts";

/** Share of the topic's words that a sentence holds together with its title and heading. */
const LEAST = 0.5;
/** Nearness in meaning that does as well for a topic that names nobody. */
const NEAR = 0.33;

/** `ranked` without what wanders from the topic, in order. */
export function aboutOnly(topic: string, ranked: readonly Scored[]): Scored[] {
  const asked = asWords(topic);
  const names =
    asked.length === 1
      ? asked
      : asWords(
          findNames(topic)
            .map(({ text }) => text)
            .join(" "),
        );
  const told = ranked.map((entry) => ({ entry, held: headed(entry.candidate) }));
  // nobody says it in these words
  if (asked.length === 0 || !told.some(({ held }) => (names.length === 0 ? asked : names).every((base) => held.has(base))))
    return [...ranked];
  const share = (held: ReadonlySet<string>): number => asked.filter((base) => held.has(base)).length / asked.length;
  const texts = wordsOfTexts(ranked);
  return told
    .filter(({ entry: { candidate, cosine }, held }) => {
      if (names.length === 0) return cosine >= NEAR || share(held) >= LEAST;
      if (names.some((base) => held.has(base))) return true;
      // a text about it may call it by one of its words
      const text = texts.get(candidate.passage.document.id) ?? held;
      return share(held) > 0 && share(text) > LEAST && names.every((base) => text.has(base));
    })
    .map(({ entry }) => entry);
}

/** The best sentence, understood alone and naming the topic, of the text that was published last. */
export function newestOf(topic: string, ranked: readonly Scored[]): Candidate | null {
  const asked = asWords(topic);
  const day = ({ passage }: Candidate): string => passage.document.published ?? "";
  const names = ({ candidate }: Scored): boolean =>
    candidate.leans === null && asked.length > 0 && asked.every((base) => candidate.bases.has(base));
  const last = ranked.filter(names).reduce((latest, { candidate }) => (day(candidate) > latest ? day(candidate) : latest), "");
  return last === "" ? null : (ranked.find((entry) => names(entry) && day(entry.candidate) === last)?.candidate ?? null);
}

const asWords = (text: string): string[] => [
  ...new Set(wordsOf(text).flatMap(({ folded }) => (isStopWord(folded) ? [] : [baseOf(folded)]))),
];

/** Words of the sentence, its heading and its title. */
function headed({ bases, passage }: Candidate): Set<string> {
  const { heading, speaker, document } = passage;
  return new Set([...bases, ...asWords([document.title, heading, speaker].filter(Boolean).join(".\n"))]);
}

/** All words at hand of each document. */
function wordsOfTexts(ranked: readonly Scored[]): Map<string, Set<string>> {
  const texts = new Map<string, Set<string>>();
  for (const { candidate } of ranked) {
    const { id } = candidate.passage.document;
    const words = texts.get(id) ?? new Set();
    for (const base of headed(candidate)) words.add(base);
    texts.set(id, words);
  }
  return texts;
}
