// An answer on its way out, and the ones that need no passage: about documents, about an earlier answer, or a word to the reader.
import type { DraftAnswer } from "../answer/answerer.ts";
import type { Answer, Document, Inquiry, Reply, Retrieval } from "../domain.ts";
import type { Turn } from "../results.ts";
import { backReference } from "../text/back-reference.ts";
import { dateInWords } from "../text/date-words.ts";
import { foreignQuestion } from "../text/foreign-question.ts";
import { withoutCourtesy } from "../text/small-talk.ts";

/** With what was read for it. */
export interface Asked {
  draft: DraftAnswer;
  retrieval: Retrieval;
}

type Parts = Pick<Answer, "status" | "sentences" | "sources" | "warnings"> & Partial<Pick<Answer, "disagreements">>;

export function plainDraft(question: string, { coverage }: Retrieval, parts: Parts): DraftAnswer {
  return {
    question,
    disagreements: [],
    ...parts,
    nearest: [],
    dropped: [],
    coverage,
    mode: "extractive",
    usage: null,
    timing_ms: { answer: 0, check: 0 },
  };
}

/** The answer without the sentences that cite another document than these. */
export function restingOn(known: ReadonlySet<string>, given: Answer): Answer {
  const lost = new Set(given.sources.filter(({ document }) => !known.has(document.id)).map(({ n }) => n));
  if (lost.size === 0) return given;
  return {
    ...given,
    sentences: given.sentences.filter(({ citations }) => !citations.some((n) => lost.has(n))),
    disagreements: given.disagreements.filter(({ sides }) => !sides.some(({ citations }) => citations.some((n) => lost.has(n)))),
    sources: given.sources.filter(({ n }) => !lost.has(n)),
  };
}

/** Without words to the reader and without what only told of an answer or of documents: what "that", "it" and "why?" may refer to. */
export function withContent(history: readonly Turn[]): Turn[] {
  return history.filter(({ question, given }) => {
    const back = backReference(withoutCourtesy(question));
    if (given?.reply !== undefined || (back !== null && back !== "reason" && back !== "more")) return false;
    const told = given?.sentences ?? [];
    return told.length === 0 || told.some(({ check }) => check.method !== "metadata");
  });
}

/** The answer's first sentence, which "that" means, with those that stand against it or beside it in a disagreement. */
export function foremost(given: Answer): Answer {
  const disputed = new Set(given.disagreements.flatMap(({ sides }) => sides.flatMap(({ citations }) => citations)));
  const [first, ...others] = given.sentences;
  const against = others.filter(({ citations }) => citations.some((n) => disputed.has(n)));
  return { ...given, sentences: first === undefined ? [] : [first, ...against] };
}

/** Documents that the answer's sentences cite, in the order of citing. */
export function citedDocuments(given: Answer | undefined): string[] {
  const cited = (given?.sentences ?? []).flatMap(({ citations }) => citations);
  const ids = cited.flatMap((n) => given?.sources.find((source) => source.n === n)?.document.id ?? []);
  return [...new Set(ids)];
}

/** A word that stands for something which nobody named, or not before this question. */
export function unclear(word: string, before: boolean): Reply {
  const text = before
    ? `I cannot tell what “${word}” stands for here. Please name the person, place or matter.`
    : `“${word}” points at something that was said before, and there is nothing before it here. Please ask in full.`;
  return { kind: "note", text, questions: [] };
}

/** That nothing was found which happened then; not beside a sentence that names the time. */
export function noEvents({ period }: Inquiry, { sentences }: DraftAnswer): string[] {
  const then = period?.text ?? "then";
  const bare = then.replace(/^(?:in|on|during|of|from)\s+/i, "");
  return sentences.some(({ text }) => text.includes(bare)) ? [] : [`No sentence was found that tells of something ${then}.`];
}

/** "What happened yesterday?", where nothing is of that day: which day it was, and how far the documents go. Null for any other question. */
export function nothingThen({ period, names }: Inquiry, newest: string | null): Reply | null {
  if (period === null || period.since === null || /\d/.test(period.text) || names.length > 0) return null;
  const [from, to] = [period.since, period.until ?? period.since].map((date) => dateInWords(date));
  const days = from === to ? from : `from ${from} to ${to}`;
  const last = newest === null ? "" : ` The newest document is of ${dateInWords(newest)}.`;
  return { kind: "note", text: `Nothing that I have read is dated ${days} (${period.text}).${last}`, questions: [] };
}

/** What a reader of another language should know: questions are understood in English only, and words are not translated. */
export function languageNotes(question: string, covered: boolean, documents: readonly Document[]): string[] {
  const asked = foreignQuestion(question);
  if (asked === null && covered) return [];
  const names = languageNames(documents);
  if (asked !== null && names.includes(asked))
    return [`Questions in ${asked} are looked up by their words alone; what they ask for is understood in English only.`];
  if (asked !== null)
    return [
      covered
        ? `This seems to be ${asked}. I understand questions in English only; these sentences share its names and words.`
        : `This seems to be ${asked}. I understand questions in English only: please ask it in English.`,
    ];
  return names.length === 0 || names.includes("English")
    ? []
    : [
        `The documents are in ${names.join(" and ")}; an English question finds in them only names, numbers and words that both share.`,
      ];
}

/** English names of the documents' languages, those that are known. */
function languageNames(documents: readonly Document[]): string[] {
  const tags = new Set(documents.flatMap(({ language }) => language?.split("-")[0]?.toLowerCase() ?? []));
  const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
  return [...tags].filter((tag) => /^[a-z]{2,3}$/.test(tag)).map((tag) => names.of(tag) ?? tag);
}

/** What the line on coverage cannot say: how many documents lack a date or a publisher. */
export function unknownsOf(documents: readonly Document[]): string[] {
  const undated = documents.filter(({ published }) => published === null).length;
  const unnamed = documents.filter(({ publisher }) => publisher === null).length;
  const parts = [
    ...(undated === 0 ? [] : [`${undated} ${undated === 1 ? "is" : "are"} undated`]),
    ...(unnamed === 0 ? [] : [`${unnamed} ${unnamed === 1 ? "names" : "name"} no publisher`]),
  ];
  return parts.length === 0
    ? []
    : [`Of ${documents.length} ${documents.length === 1 ? "document" : "documents"}, ${parts.join(" and ")}.`];
}
