// Plants errors in true sentences: another number, date, name, speaker or outcome, or a "not" too many; and makes harmless variants of the
// same sentences to see that those pass. Deterministic. It knows nothing of the gate that it tests.
import { findNames } from "../../../src/text/names.ts";
import { sentenceSpans } from "../../../src/text/sentences.ts";

export interface PlantedSentence {
  /** `true` for a harmless variant, else what was changed. */
  kind: "true" | "number" | "date" | "name" | "negation" | "outcome" | "speaker";
  claim: string;
  source: string;
  /** Whether the source supports the claim. */
  holds: boolean;
}

const MONTHS = ["January", "February", "April", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const STRANGERS = ["Anselm Okoro", "Birgit Falk", "Ruslan Temir", "Dolores Quint", "Pieter Vroom"];
const TURNED: readonly (readonly [string, string])[] = [
  ["rose", "fell"],
  ["won", "lost"],
  ["approved", "rejected"],
  ["accepted", "refused"],
  ["opened", "closed"],
  ["increased", "decreased"],
  ["banned", "allowed"],
  ["confirmed", "denied"],
];
const WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** Every sentence of the texts in each variant that fits it. The source of a claim is its whole text. */
export function plantErrors(texts: readonly string[]): PlantedSentence[] {
  return texts.flatMap((source, index) =>
    sentenceSpans(source)
      .map(({ start, end }) => source.slice(start, end))
      .filter((sentence) => /[.!?]["”]?$/.test(sentence) && sentence.split(" ").length > 6)
      .flatMap((sentence, at) =>
        variants(sentence, index * 31 + at).map(([kind, claim]) => ({ kind, claim, source, holds: kind === "true" })),
      )
      .filter(({ claim }) => !source.includes(claim)),
  );
}

function variants(sentence: string, seed: number): [PlantedSentence["kind"], string][] {
  const made: [PlantedSentence["kind"], string][] = [];
  const add = (kind: PlantedSentence["kind"], claim: string): void => {
    if (claim !== sentence) made.push([kind, claim]);
  };
  const pick = <T>(list: readonly T[]): T => list[seed % list.length] as T;
  const quoted = /["“”]/.test(sentence);
  if (!quoted) {
    const lead = /^((?:On|In|At|After|During|Since) [^,]{3,30}), (\p{L}[^,]+)\.$/u.exec(sentence);
    if (lead !== null) add("true", `${upper(lead[2] ?? "")} ${lower(lead[1] ?? "")}.`);
    add("true", sentence.replace(/(\d) per cent/, "$1%"));
    add(
      "true",
      sentence.replace(/\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?!-)/, (word) =>
        String(WORDS.indexOf(word)),
      ),
    );
    add(
      "true",
      sentence.replace(
        /(\d{1,2}) (January|February|August|September|October|November|December)\b/,
        (_, day: string, month: string) => `${month.slice(0, 3)} ${day}`,
      ),
    );
    add("true", sentence.replace(/\bsaid\b/, "stated"));
  }
  add(
    "number",
    sentence.replace(
      /(?<![\d.,:])(?!(?:19|20)\d\d\b)\d{1,3}(?![\d:]|,\d| (?:January|February|March|April|May|June|July|August|September|October|November|December))/,
      (digits) => String(Number(digits) + 2 + (seed % 7)),
    ),
  );
  add(
    "date",
    sentence.replace(/\b(?:19|20)\d\d\b/, (year) => String(Number(year) - 1 - (seed % 3))),
  );
  add(
    "date",
    sentence.replace(new RegExp(`\\b(?:${DAYS.join("|")})\\b`), (day) => pick(DAYS.filter((other) => other !== day))),
  );
  add(
    "date",
    sentence.replace(new RegExp(`\\b(?:${MONTHS.join("|")})\\b`), (month) => pick(MONTHS.filter((other) => other !== month))),
  );
  const names = findNames(sentence).filter((name) => name.certain && !name.acronym);
  const name = names.length === 0 ? undefined : pick(names);
  if (name !== undefined) add("name", sentence.slice(0, name.start) + pick(STRANGERS) + sentence.slice(name.end));
  const speaker = names.find((one) => /^ (?:said|told|added|argued|warned)\b/.test(sentence.slice(one.end)));
  if (speaker !== undefined) add("speaker", sentence.slice(0, speaker.start) + pick(STRANGERS) + sentence.slice(speaker.end));
  if (!quoted && !/\bnot\b|n't\b/.test(sentence))
    add("negation", sentence.replace(/\b(?:is|are|was|were|will|can|would|should)\b/, "$& not"));
  else add("negation", sentence.replace(/\b(is|are|was|were|will|can|would|should|did|does|do|has|have|had) not\b/, "$1"));
  for (const [a, b] of TURNED) {
    add("outcome", sentence.replace(new RegExp(`\\b${a}\\b`), b));
    add("outcome", sentence.replace(new RegExp(`\\b${b}\\b`), a));
  }
  return made;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
