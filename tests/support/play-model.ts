// A scripted model that answers by what it is asked for: reads the prompts as a model would, and plays one part for each kind of them. What is not
// scripted, it does as a model of no worth: its judge agrees to everything, and it has nothing better to write.
import { reply, type ChatRequest, type Step } from "./scripted-model/script.ts";

export interface Asked {
  kind: "answer" | "summary" | "entries" | "claims" | "judge" | "repair" | "condense";
  system: string;
  user: string;
  /** Of the passages, as numbered in the prompt. */
  sentences: { number: string; text: string }[];
  /** Of a list of entries: what stands in front of each, and the numbers of its passages. */
  entries: { entry: number; lead: string; passages: number[] }[];
  question: string;
}

/** What is written of an entry that has such words in one of its sentences; `cites` are words of the sentences cited. */
export type Sentence = readonly [text: string, ...cites: string[]];

export function readPrompt({ messages }: ChatRequest): Asked {
  const [system = "", user = ""] = messages.map(({ content }) => content);
  const kind: Asked["kind"] = /^Claims:$/m.test(user)
    ? "judge"
    : user.includes("failed the check")
      ? "repair"
      : /^The last question:/m.test(user)
        ? "condense"
        : /^Entries:$/m.test(user)
          ? "entries"
          : /^Text to be split:/m.test(user)
            ? "claims"
            : /^Topic:/m.test(user)
              ? "summary"
              : "answer";
  return {
    kind,
    system,
    user,
    sentences: [...user.matchAll(/^\[(\d+\.\d+)\] (.*)$/gm)].map(([, number = "", text = ""]) => ({ number, text })),
    entries: [...user.matchAll(/^(\d+)\. (?:(.*): )?passages ([\d, ]+)/gm)].map(([, entry, lead = "", numbers = ""]) => ({
      entry: Number(entry),
      lead,
      passages: numbers.split(", ").map(Number),
    })),
    question: /^(?:Question|Topic): (.*)$/m.exec(user)?.[1] ?? "",
  };
}

/** Numbers of the prompt's sentences that hold one of these words; of these passages only. */
export const citing = ({ sentences }: Asked, words: readonly string[], passages?: readonly number[]): string[] =>
  sentences
    .filter(
      ({ number, text }) =>
        passages?.includes(Number(number.split(".")[0])) !== false && words.some((word) => text.includes(word)),
    )
    .map(({ number }) => number);

export type Play = Partial<Record<Asked["kind"], (asked: Asked) => object | string | Step>>;

const isStep = (made: object | string): made is Step => typeof made === "object" && "do" in made;

export function playing(play: Play): (request: ChatRequest) => Step {
  return (request) => {
    const asked = readPrompt(request);
    const made = play[asked.kind]?.(asked) ?? worthless(asked);
    return isStep(made) ? made : reply(made);
  };
}

function worthless({ kind, user, question }: Asked): object {
  if (kind === "judge")
    return {
      verdicts: [...user.matchAll(/^(\d+)\. "/gm)].map(([, claim]) => ({
        claim: Number(claim),
        verdict: "supported",
        reason: "it agrees",
      })),
    };
  if (kind === "entries") return { entries: [] };
  if (kind === "condense") return { question };
  return { sentences: [], complete: true, disagreements: [] };
}
