// What the program says of itself and of what it has read, when somebody talks to it rather than asks the documents. Every figure is counted
// from the documents at hand; the questions that it offers are made of their titles.
import type { Document, Reply, Talk } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { inAll, spanInWords, tallied } from "./about-documents.ts";

export interface TalkContext {
  /** Those that the caller may read, newest publication first. */
  documents: readonly Document[];
  /** The language model that words answers; null without one. */
  model: string | null;
}

const ABOUT =
  "I am Briefing Bot, a program that answers questions from the documents it has read. Each sentence of an answer cites its source and was checked against it; where the documents are silent, I say so.";
const ABILITIES =
  "Ask about the people, places and events in the documents, or about the documents themselves: who wrote one, when, and which of them tell of something. Then ask on: “who said that?”, “when was that?”, “and in 2023?”, “tell me more”. Summaries, timelines, lists of changes, digests and checks of a text are commands of their own; help lists them.";
const LIMITS =
  "I understand questions in English; documents in other languages are found by their words and quoted as they stand. I do not know what is true, only what the documents say: the quote behind each sentence can be read beside it.";
const MOST_NAMED = 8;
const MOST_QUESTIONS = 3;

export function replyTo(kind: Talk, { documents, model }: TalkContext): Reply {
  const writing =
    model === null
      ? "No language model is at work: answers are sentences of the documents, chosen and quoted."
      : `A language model (${model.replace(/^model:/, "")}) words the answers; each sentence still has to pass the check.`;
  const read = whatWasRead(documents);
  const lines: Record<Talk, string[]> = {
    greeting: ["Hello.", ABOUT, read],
    thanks: ["You are welcome."],
    farewell: ["Goodbye."],
    help: [ABOUT, ABILITIES, LIMITS, writing, read],
    corpus: [read, newest(documents)],
  };
  const offers = kind !== "thanks" && kind !== "farewell";
  return { kind, text: lines[kind].filter((line) => line !== "").join("\n"), questions: offers ? questionsOn(documents) : [] };
}

/** How many documents, of when, and by whom; what is not known is counted, too. */
function whatWasRead(documents: readonly Document[]): string {
  if (documents.length === 0) return "I have read no documents yet.";
  const days = documents.flatMap(({ published }) => published ?? []).toSorted();
  const named = tallied(documents.flatMap(({ publisher }) => publisher ?? []));
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : "";
  const undated = documents.length - days.length;
  const unnamed = documents.filter(({ publisher }) => publisher === null).length;
  const rest = undated === 0 ? "" : `, ${undated} undated`;
  const facts = [
    days.length === 0 ? "none of them dated" : `${days.length} dated ${spanInWords(days[0] ?? null, days.at(-1) ?? null)}${rest}`,
    named.length === 0 ? "" : `published by ${named.slice(0, MOST_NAMED).join(", ")}${more}`,
    unnamed === 0 ? "" : `${unnamed} without a publisher`,
  ];
  return `I have read ${inAll(documents.length)}: ${facts.filter((fact) => fact !== "").join("; ")}.`;
}

function newest(documents: readonly Document[]): string {
  const read = documents.map(({ fetched }) => fetched).toSorted();
  const latest = documents.find(({ published }) => published !== null);
  if (latest === undefined) return read.length === 0 ? "" : "None of my documents says when it was published.";
  const title = latest.title === null ? "" : `, “${latest.title}”`;
  const by = latest.publisher ?? latest.author;
  return `My newest dated document${title}${by === null ? "" : ` by ${by}`} is of ${dateInWords(latest.published ?? "")}. The documents were last read on ${dateInWords(read.at(-1) ?? "")}; I know nothing that is not in them.`;
}

/** Three questions that the documents do answer, of three publishers where there are so many. */
function questionsOn(documents: readonly Document[]): string[] {
  const titled = documents.filter(({ title }) => title !== null && title.length <= 100);
  const firsts = titled.filter(({ publisher }, at) => titled.findIndex((other) => other.publisher === publisher) === at);
  return [...new Set([...firsts, ...titled])].slice(0, MOST_QUESTIONS).map(({ title, author, published }, at) => {
    if (at === 1 && author !== null) return `Who wrote “${title}”?`;
    return at === 2 && published !== null ? `When was “${title}” published?` : `What is “${title}” about?`;
  });
}
