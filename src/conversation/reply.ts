// What the program says of itself and of what it has read, when somebody talks to it rather than asks the documents: who it is, what it
// can do, how current it is. Every figure is counted from the documents at hand; the questions that it offers are made of their own titles.
import type { Document, Reply, Talk } from "../domain.ts";
import { dateInWords } from "../text/date-words.ts";
import { exampleQuestions } from "./example-questions.ts";

export interface TalkContext {
  /** Those that the caller may read, newest publication first. */
  documents: readonly Document[];
  /** How some of the newest of them begin. */
  beginnings: readonly string[];
  /** The language model that words answers; null without one. */
  model: string | null;
}

const ABOUT =
  "I am Briefing Bot, a program that answers questions from the documents it has read. Each sentence of an answer cites its source and was checked against it; where the documents are silent, I say so.";
const ABILITIES =
  "Ask about the people, places and events in the documents, or about the documents themselves: who wrote one, when, and which of them tell of something. Then ask on: “who said that?”, “when was that?”, “and in 2023?”, “tell me more”. Summaries, timelines, lists of changes, digests and checks of a text are commands of their own; help lists them.";
const TRUST =
  "Do not take my word for it: each sentence names its source, and the quote can be read beside it. I do not know what is true, only what the documents say. My check compares words, numbers, dates, names and negation, and it can err.";
const LANGUAGES =
  "I understand questions in English. Documents in other languages are found by their words and quoted as they stand; I do not translate.";

type Line = (context: TalkContext) => string;
const about: Line = () => ABOUT;
const corpus: Line = ({ documents }) => whatWasRead(documents);
const writing: Line = ({ model }) =>
  model === null
    ? "No language model is at work: answers are sentences of the documents, chosen and quoted."
    : `A language model (${model.replace(/^model:/, "")}) words the answers; each sentence still has to pass the check.`;

const LINES: Record<Talk, { lines: readonly (string | Line)[]; offers: boolean }> = {
  greeting: { lines: ["Hello.", about, corpus], offers: true },
  thanks: { lines: ["You are welcome."], offers: false },
  farewell: { lines: ["Goodbye."], offers: false },
  wellbeing: { lines: ["I am running, thank you; being a program, I have no moods.", corpus], offers: true },
  praise: { lines: ["Noted. Ask on whenever you like."], offers: false },
  blame: {
    lines: [
      "I only repeat what the documents say: the quotes under an answer show what it rests on. “who said that?” names whose word it is, “is that true?” who disputes it, and naming people, places or dates in the question helps me to find better ones.",
      "To tell that an answer is bad: 👎 under it on Discord. How it came about: /why in the terminal chat, `why` with its id elsewhere.",
    ],
    offers: false,
  },
  gibberish: {
    lines: ["I cannot make a question of this. Ask in a sentence or in a few words, or type “help”."],
    offers: false,
  },
  self: { lines: [about, writing, corpus], offers: true },
  abilities: { lines: [about, ABILITIES, corpus], offers: true },
  trust: { lines: [TRUST, writing], offers: false },
  corpus: { lines: [corpus, languagesRead], offers: true },
  currency: {
    lines: [newest, corpus, "I know nothing that is not in these documents, and look nothing up elsewhere."],
    offers: false,
  },
  languages: { lines: [LANGUAGES, languagesRead], offers: true },
};

export function replyTo(kind: Talk, context: TalkContext): Reply {
  const { lines, offers } = LINES[kind];
  return {
    kind,
    text: lines
      .map((line) => (typeof line === "string" ? line : line(context)))
      .filter((line) => line !== "")
      .join("\n"),
    questions: offers ? exampleQuestions(context.documents, context.beginnings) : [],
  };
}

const MOST_NAMED = 8;

/** How many documents, of when, and by whom; what is not known is counted, too. */
function whatWasRead(documents: readonly Document[]): string {
  if (documents.length === 0) return "I have read no documents yet.";
  const dates = documents.flatMap(({ published }) => published ?? []).sort();
  const [from, to] = [dates[0], dates.at(-1)];
  const undated = documents.length - dates.length;
  const days =
    from === undefined || to === undefined
      ? "none of them dated"
      : `${undated === 0 ? "" : `${dates.length} dated `}${dateInWords(from) === dateInWords(to) ? dateInWords(from) : `from ${dateInWords(from)} to ${dateInWords(to)}`}${undated === 0 ? "" : `, ${undated} undated`}`;
  const counts = new Map<string, number>();
  for (const { publisher } of documents) if (publisher !== null) counts.set(publisher, (counts.get(publisher) ?? 0) + 1);
  const named = [...counts].sort((a, b) => b[1] - a[1]);
  const shown = named.slice(0, MOST_NAMED).map(([name, count]) => (documents.length === 1 ? name : `${name} (${count})`));
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : "";
  const unnamed = documents.filter(({ publisher }) => publisher === null).length;
  const by = shown.length === 0 ? "" : `; published by ${shown.join(", ")}${more}`;
  const unknown =
    unnamed === 0 ? "" : unnamed === documents.length ? "; no publisher is named" : `; ${unnamed} without a publisher`;
  return `I have read ${documents.length} ${documents.length === 1 ? "document" : "documents"}: ${days}${by}${unknown}.`;
}

function newest({ documents }: TalkContext): string {
  const [latest] = documents.filter(({ published }) => published !== null).sort((a, b) => compare(b.published, a.published));
  if (latest === undefined) return documents.length === 0 ? "" : "None of my documents says when it was published.";
  const title = latest.title === null ? "" : `, “${latest.title}”`;
  const by = latest.publisher ?? latest.author;
  const read =
    documents
      .map(({ fetched }) => fetched)
      .sort()
      .at(-1) ?? "";
  return `My newest dated document${title}${by === null ? "" : ` by ${by}`} is of ${dateInWords(latest.published ?? "")}. The documents were last read on ${dateInWords(read)}.`;
}

const compare = (a: string | null, b: string | null): number => (a ?? "").localeCompare(b ?? "");

/** Which languages the documents are in, where it is not English alone. */
function languagesRead({ documents }: TalkContext): string {
  const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });
  const counts = new Map<string, number>();
  for (const { language } of documents) {
    const tag = language?.split("-")[0]?.toLowerCase();
    if (tag !== undefined && /^[a-z]{2,3}$/.test(tag)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  if ([...counts.keys()].every((tag) => tag === "en")) return "";
  const listed = [...counts].sort((a, b) => b[1] - a[1]).map(([tag, count]) => `${names.of(tag) ?? tag} (${count})`);
  return `Languages of the documents: ${listed.join(", ")}.`;
}
