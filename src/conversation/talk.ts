// What the program says of itself and of what it has read, when somebody talks to it rather than asks the documents. Every figure is counted
// from the documents at hand; the questions that it offers are made of their titles.
import type { Document, Reply, Talk } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";

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
  const all = documents.length;
  if (all === 0) return "I have read no documents yet.";
  const dates = documents.flatMap(({ published }) => published ?? []).sort();
  const [from, to] = [dates[0], dates.at(-1)].map((date) => dateInWords(date ?? ""));
  const span = from === to ? from : `from ${from} to ${to}`;
  const undated = all - dates.length;
  const days =
    dates.length === 0 ? "none of them dated" : undated === 0 ? span : `${dates.length} dated ${span}, ${undated} undated`;
  const counts = new Map<string, number>();
  for (const { publisher } of documents) if (publisher !== null) counts.set(publisher, (counts.get(publisher) ?? 0) + 1);
  const named = [...counts].sort((a, b) => b[1] - a[1]).map(([name, count]) => (all === 1 ? name : `${name} (${count})`));
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : "";
  const unnamed = documents.filter(({ publisher }) => publisher === null).length;
  const by = named.length === 0 ? "; no publisher is named" : `; published by ${named.slice(0, MOST_NAMED).join(", ")}${more}`;
  const unknown = unnamed === 0 || named.length === 0 ? "" : `; ${unnamed} without a publisher`;
  return `I have read ${all} ${all === 1 ? "document" : "documents"}: ${days}${by}${unknown}.`;
}

function newest(documents: readonly Document[]): string {
  const [latest] = documents
    .filter(({ published }) => published !== null)
    .sort((a, b) => (b.published ?? "").localeCompare(a.published ?? ""));
  const read = documents
    .map(({ fetched }) => fetched)
    .sort()
    .at(-1);
  if (read === undefined) return "";
  if (latest === undefined) return "None of my documents says when it was published.";
  const title = latest.title === null ? "" : `, “${latest.title}”`;
  const by = latest.publisher ?? latest.author;
  return `My newest dated document${title}${by === null ? "" : ` by ${by}`} is of ${dateInWords(latest.published ?? "")}. The documents were last read on ${dateInWords(read)}; I know nothing that is not in them.`;
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
