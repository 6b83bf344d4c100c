// A real language model over questions whose answers are known: how many answers are of use, how long one takes, and that nothing gets through which its
// sources do not hold. What is told is compared once more, by exact facts and against the stored texts, whatever the program said of it.
import type { Answer, StoredDocument } from "../../../src/domain.ts";
import { citedFrom } from "../../../src/verify/cited-text.ts";
import { checkFacts } from "../../../src/verify/facts.ts";
import type { Program } from "./program.ts";

export interface KnownQuestion {
  id: string;
  question: string;
  /** Patterns that a right answer holds, all of them. */
  facts?: string[];
  /** Why no text answers it. */
  unanswerable?: string;
}

export interface ModelRun {
  answers: number;
  /** Answered by the model with all facts, or rightly refused. */
  useful: number;
  /** Made of quotations, as the model had trouble or nothing of its own passed. */
  quoted: number;
  /** Seconds, middle one and 95th percentile. */
  seconds: { median: number; p95: number };
  /** Sentences that were told and do not hold: each is a fault. */
  unsupported: string[];
  /** Sentences that a model wrote and that were told. */
  told: number;
}

export async function modelRun(program: Program, questions: readonly KnownQuestion[]): Promise<ModelRun> {
  const answers = await program.ask(questions.map(({ id, question }) => ({ id, question })));
  const texts = new Map<string, string>();
  for (const id of new Set(answers.flatMap(({ sources }) => sources.map(({ document }) => document.id))))
    texts.set(id, (await program.run<StoredDocument>(["show", id, "--json"])).text);
  const times = answers.map(({ timing_ms }) => timing_ms.total / 1000).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  return {
    answers: answers.length,
    useful: answers.filter((answer, place) => isUseful(answer, questions[place])).length,
    quoted: answers.filter(({ mode, sentences }) => mode === "extractive" && sentences.length > 0).length,
    seconds: { median: at(0.5), p95: at(0.95) },
    unsupported: answers.flatMap((answer) => unsupportedIn(answer, texts)),
    told: answers.reduce((sum, { mode, sentences }) => sum + (mode === "extractive" ? 0 : sentences.length), 0),
  };
}

function isUseful({ status, mode, sentences, disagreements }: Answer, asked: KnownQuestion | undefined): boolean {
  if (asked?.unanswerable !== undefined) return status === "not_covered";
  const text = [...sentences, ...disagreements.flatMap(({ sides }) => sides)].map((one) => one.text).join(" ");
  return mode !== "extractive" && (asked?.facts ?? []).every((fact) => new RegExp(fact).test(text));
}

function unsupportedIn({ question, sentences, disagreements, sources }: Answer, texts: ReadonlyMap<string, string>): string[] {
  const told = [
    ...sentences.map(({ text, citations, check }) => ({ text, citations, passed: check.supported })),
    ...disagreements.flatMap(({ sides }) => sides.map((side) => ({ ...side, passed: true }))),
  ];
  return told.flatMap(({ text, citations, passed }) => {
    const cited = sources.filter(({ n }) => citations.includes(n));
    const whole = cited.every(({ document, quote, start, end }) => texts.get(document.id)?.slice(start, end) === quote);
    const findings = checkFacts(
      text,
      cited.map((source) => citedFrom({ ...source, id: 0, text: source.quote, heading: null, role: null }, source.quote)),
    ).findings.map(({ reason }) => reason);
    if (passed && whole && cited.length > 0 && findings.length === 0) return [];
    const why = !passed
      ? "it did not pass"
      : cited.length === 0
        ? "it cites nothing"
        : whole
          ? findings.join("; ")
          : "its quotation is none";
    return [`${question} -> ${text} (${why})`];
  });
}
